"""A report into files: one publisher for each kind of file, chosen by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from readiness.report.edition import Edition
    from readiness.scoring.result import Result

LONGEST_TARGET = 120
CHARTS = ("files", "text", "none")


@dataclass(frozen=True)
class Manner:
    """How a report is to be written, where its kind of file leaves a choice."""

    charts: str = "text"  # of Markdown
    document: Path | None = None  # the firm's own, whose styles and page a Word document takes over


@dataclass(frozen=True)
class Published:
    """A report's file, and the files that belong beside it by their path from its folder."""

    page: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)


Publisher = Callable[["Result", str, "Edition", Manner, Path], Published]


def _html(result: Result, language: str, edition: Edition, manner: Manner, out: Path) -> Published:  # noqa: ARG001
    from readiness.report.html import render_html

    return Published(render_html(result, language, edition).encode())


def _markdown(result: Result, language: str, edition: Edition, manner: Manner, out: Path) -> Published:
    from readiness.report.markdown import render_markdown, render_with_charts

    if manner.charts != "files":
        return Published(render_markdown(result, language, edition, bars=manner.charts == "text").encode())
    folder = f"{out.stem}.charts"
    text, charts = render_with_charts(result, language, folder, edition)
    return Published(text.encode(), {f"{folder}/{name}": svg.encode() for name, svg in charts.items()})


def _docx(result: Result, language: str, edition: Edition, manner: Manner, out: Path) -> Published:  # noqa: ARG001
    from readiness.cli.talk import tell
    from readiness.report.docx import can_letter, render_docx

    if manner.document is not None:
        _tell_of_fetched(manner.document)
    if not can_letter():
        tell("no font is installed here that charts could be lettered with: the document says in words what they show")
    return Published(render_docx(result, language, edition, manner.document))


def _tell_of_fetched(document: Path) -> None:
    from readiness.cli.talk import tell
    from readiness.report.docx import fetched_by

    found = fetched_by(document)
    if found:
        more = f" and {len(found) - 1} more" if found[1:] else ""
        first = f"{found[0].kind} {found[0].target[:LONGEST_TARGET]}"
        tell(f"{document}: fetches something from elsewhere when it is opened ({first}{more}): the report does not")


def _pdf(result: Result, language: str, edition: Edition, manner: Manner, out: Path) -> Published:  # noqa: ARG001
    from readiness.report.pdf import render_pdf

    return Published(render_pdf(result, language, edition))


PUBLISHERS: Mapping[str, Publisher] = {".html": _html, ".md": _markdown, ".docx": _docx, ".pdf": _pdf}


def publisher_for(out: Path) -> Publisher:
    """What writes a file of this kind.

    Raises:
        UsageError: no report can be written so, or not without something that is not installed.
    """
    found = PUBLISHERS.get(out.suffix.lower())
    if found is None:
        *others, last = PUBLISHERS
        mend = f"name a file ending in {', '.join(others)} or {last}"
        raise UsageError([Fault(f"--out {out}", None, "no report can be written so", mend)])
    _judge_ready(out.suffix.lower())
    return found


def _judge_ready(suffix: str) -> None:
    """What a kind of file needs beside us, asked for before any work is done."""
    if suffix == ".docx":
        from readiness.report.docx import judge_installed

        judge_installed()
    elif suffix == ".pdf":
        from readiness.report.pdf import installed

        installed()


def judge_charts(charts: str | None, out: Path) -> str:
    """How a report in Markdown shows its charts.

    Raises:
        UsageError: it is none of the ways, or the report is to be something else, which has charts of its own.
    """
    from readiness.framework.ledger import nearest, one_of

    if charts is not None and charts not in CHARTS:
        mend = nearest(charts, CHARTS) or one_of(CHARTS)
        raise UsageError([Fault(f"--charts {charts}", None, "charts cannot be shown so", mend)])
    if charts is not None and out.suffix.lower() != ".md":
        mend = "name a .md file, or leave --charts out"
        raise UsageError([Fault(f"--out {out}", None, "only Markdown leaves a choice of charts", mend)])
    return charts or CHARTS[1]


def judge_document(document: Path | None, out: Path) -> None:
    """A firm's own document is of use to a Word document only.

    Raises:
        UsageError: the report is to be something else.
    """
    if document is not None and out.suffix.lower() != ".docx":
        mend = "name a .docx file, or leave --document out"
        raise UsageError([Fault(f"--out {out}", None, "only a Word document can be written into one", mend)])


def publish(result: Result, language: str, edition: Edition, out: Path, manner: Manner = Manner()) -> None:
    """Write a report, and what belongs beside it, each file whole or not at all.

    Raises:
        UsageError: no report can be written so.
        InputError: the folder is missing or cannot be written to, or the theme or an own template has a fault.
    """
    from readiness.cli.files import write_bytes

    published = publisher_for(out)(result, language, edition, manner, out)
    beside = {out.parent / name: content for name, content in published.beside.items()}
    fresh = [path for path in beside if not path.exists()]
    folders = {path.parent for path in fresh if not path.parent.exists()}
    try:
        for path, content in beside.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, content)
        write_bytes(out, published.page)
    except BaseException:
        _take_back(fresh, folders)
        raise


def _take_back(files: Iterable[Path], folders: Iterable[Path]) -> None:
    """Charts whose page could not be written are of no use to anybody."""
    with suppress(OSError):
        for path in files:
            path.unlink(missing_ok=True)
        for folder in folders:
            folder.rmdir()
