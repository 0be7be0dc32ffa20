"""The commentary that lies in an engagement: `commentary.yaml`, `commentary.md`, and `commentary.fr.md` for French."""

from __future__ import annotations

import re
import stat
from collections.abc import Sequence
from pathlib import Path

from readiness.faults import Fault
from readiness.framework.ledger import Ledger, nearest, one_of, quoted
from readiness.framework.source import read
from readiness.framework.wording import Page
from readiness.report.commentary.records import Commentary
from readiness.report.commentary.written_page import read_written_page
from readiness.report.commentary.yaml_page import read_yaml_page

YAML_PAGE = "commentary.yaml"
WRITTEN_PAGE = "commentary.md"
MISNAMED = ("commentary.yml", "commentary.markdown", "commentary.txt")
LARGEST = 1_000_000  # bytes of a page
_TONGUE = re.compile(r"commentary\.([A-Za-z0-9_-]+)\.md")


def pages_of(folder: Path) -> tuple[Path, ...]:
    """The files of a commentary that are there: YAML, the page for every report, and those for one language."""
    found = sorted(path for path in folder.glob("commentary.*.md") if _TONGUE.fullmatch(path.name))
    return tuple(
        path for path in (folder / YAML_PAGE, folder / WRITTEN_PAGE, *found) if path.exists() or path.is_symlink()
    )


def read_commentary(folder: Path, languages: Sequence[str], ledger: Ledger) -> Commentary:
    """Everything the pages say, one after the other; their faults go to the ledger.

    languages: in which a text may be written.
    """
    for name in MISNAMED:
        if (path := folder / name).exists():
            mend = f"call it {YAML_PAGE if path.suffix == '.yml' else WRITTEN_PAGE}, or put it elsewhere"
            ledger.add([Fault(path.as_posix(), None, "this file is not read", mend)])
    parts = [_page(path, languages, ledger) for path in pages_of(folder)]
    return Commentary(
        tuple(comment for part in parts for comment in part.comments),
        tuple(override for part in parts for override in part.overrides),
        tuple(quote for part in parts for quote in part.quotes),
        tuple(action for part in parts for action in part.actions),
    )


def _page(path: Path, languages: Sequence[str], ledger: Ledger) -> Commentary:
    name = path.as_posix()
    ledger.open(name)
    page = Page(ledger, name)
    if path.name == YAML_PAGE:
        return _yaml(page, path, languages)
    found = _TONGUE.fullmatch(path.name)
    tongue = found[1] if found else ""
    if tongue and tongue not in languages:
        mend = nearest(tongue, languages) or one_of(languages)
        page.fault(None, f"its name says it is written in {quoted(tongue)}, which no report here is", mend)
    text = _text(page, path)
    return Commentary() if text is None else read_written_page(page, text, tongue)


def _yaml(page: Page, path: Path, languages: Sequence[str]) -> Commentary:
    document = read(path)
    if document.root is None:
        empty = [fault for fault in document.faults if fault.what == "is empty"]  # which says nothing, and may
        page.ledger.add(fault for fault in document.faults if fault not in empty)
        return Commentary()
    page.ledger.add(document.faults)
    return read_yaml_page(page, document.root, languages)


def _text(page: Page, path: Path) -> str | None:
    """A page's text; None, and a fault, where it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            page.fault(None, "is not a file", "put a text there")
            return None
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        page.fault(None, f"cannot be read ({error.strerror or error})", "check the file and its permissions")
        return None
    if len(content) > LARGEST:
        page.fault(None, f"holds more than {LARGEST // 1_000_000} MB", "shorten it")
        return None
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        page.fault(content.count(b"\n", 0, error.start) + 1, "is not UTF-8", "save it as UTF-8")
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")
