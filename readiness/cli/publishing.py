"""A report into files: one publisher for each kind of file, chosen by its suffix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from readiness.report.edition import Edition
    from readiness.scoring.result import Result

CHARTS = ("files", "text", "none")


@dataclass(frozen=True)
class Manner:
    """How a report is to be written, where its kind of file leaves a choice."""

    charts: str = "text"  # of Markdown
    model: Path | None = None  # the firm's own document, whose styles a DOCX takes over


@dataclass(frozen=True)
class Published:
    """A report's file, and the files that belong beside it by their path from its folder."""

    page: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)


Publisher = Callable[["Result", str, "Edition", Manner, Path], Published]


def _html(result: Result, language: str, edition: Edition, manner: Manner, out: Path) -> Published:  # noqa: ARG001
    from readiness.report.html import render_html

    return Published(render_html(result, language, edition).encode())


def _markdown(result: Result, language: str, edition: Edition, manner: Manner, out: Path) -> Published:  # noqa: ARG001
    from readiness.report.markdown import render_markdown

    return Published(render_markdown(result, language, edition).encode())


PUBLISHERS: Mapping[str, Publisher] = {".html": _html, ".md": _markdown}


def publisher_for(out: Path) -> Publisher:
    """What writes a file of this kind.

    Raises:
        UsageError: no report can be written so.
    """
    found = PUBLISHERS.get(out.suffix.lower())
    if found is None:
        *others, last = PUBLISHERS
        mend = f"name a file ending in {', '.join(others)} or {last}"
        raise UsageError([Fault(f"--out {out}", None, "no report can be written so", mend)])
    return found


def publish(result: Result, language: str, edition: Edition, out: Path, manner: Manner = Manner()) -> None:
    """Write a report, and what belongs beside it, each file whole or not at all.

    Raises:
        UsageError: no report can be written so.
        InputError: the folder is missing or cannot be written to, or the theme or an own template has a fault.
    """
    from readiness.cli.files import write_bytes

    published = publisher_for(out)(result, language, edition, manner, out)
    for name, content in published.beside.items():
        path = out.parent / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content)
    write_bytes(out, published.page)
