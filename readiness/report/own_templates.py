"""A firm's own templates: whether a folder holds any, and what is wrong where one does not work."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from readiness.faults import EditionError, Fault, InputError
from readiness.framework.catalogue import templates_folder
from readiness.framework.ledger import nearest, one_of

if TYPE_CHECKING:
    from jinja2 import TemplateSyntaxError

TEMPLATE = ".j2"
SHIPPED = "shipped"  # the prefix by which own templates reach those that they stand before
# What templates are given, those of HTML and those of Markdown.
GIVEN = ("report", "outline", "said", "_", "ngettext", "filled", "listed", "carried", "bar", "marks", "moved_bar")
DOCS = "docs/templates.md says what templates are given"
_UNKNOWN = re.compile(r"'(\w+)' is undefined")
_LACKING = re.compile(r"'[\w.]*?(\w+) object' has no attribute '(\w+)'")


@cache
def known_names() -> tuple[str, ...]:
    """The shipped templates by name, such as `html/sections/brief.html.j2`."""
    folder = templates_folder()
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*") if path.is_file()))


def own_names(folder: Path) -> tuple[str, ...]:
    """The files of a folder by name, those of the system left out."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return tuple(sorted(path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts)))


def judge_templates(folder: Path) -> None:
    """Whether a folder holds templates that reports are made from.

    Raises:
        EditionError: it is missing, holds none, or one that is no text.
    """
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "there is no such folder"
        raise EditionError([Fault(f"--templates {folder}", None, what, "name a folder of templates")])
    names = own_names(folder)
    if known_names_of(names) == ():
        raise EditionError([_nothing_known(folder, names)])
    faults = [fault for name in names if (fault := _unreadable(folder / name))]
    if faults := faults or list(_unused(folder, names)):
        raise EditionError(faults)


def known_names_of(names: Iterable[str]) -> tuple[str, ...]:
    """Those of them that stand before a shipped template."""
    return tuple(name for name in names if name in known_names())


def _nothing_known(folder: Path, names: Iterable[str]) -> Fault:
    what = "no file here has the name of a template, so none would be used"
    for name in names:
        if mend := nearest(name, known_names()):
            return Fault((folder / name).as_posix(), None, what, mend)
    return Fault(f"--templates {folder}", None, what, one_of(_most_telling(), most=4))


def _unused(folder: Path, names: Iterable[str]) -> Iterator[Fault]:
    """Templates that stand before none, that no other one names, and whose name is nearly a shipped one's."""
    templates = {name: (folder / name).read_text("utf-8") for name in names if name.endswith(TEMPLATE)}
    said = "\n".join(templates.values())
    for name in templates:
        if name not in known_names() and name not in said and (mend := nearest(name, known_names())):
            yield Fault((folder / name).as_posix(), None, "nothing asks for a template of this name", mend)


def _most_telling() -> list[str]:
    return sorted(known_names(), key=lambda name: (name.count("/"), not name.endswith(".html.j2"), name))


def _unreadable(path: Path) -> Fault | None:
    try:
        data = path.read_bytes() if path.suffix in {".j2", ".css", ".js"} else b""
        data.decode("utf-8")
    except OSError as error:
        return Fault(path.as_posix(), None, f"cannot be read ({error.strerror})", "check its permissions")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Fault(path.as_posix(), line, f"is not UTF-8 (byte 0x{data[error.start]:02x})", "save it as UTF-8")
    return None


@contextmanager
def naming_templates(folder: Path | None) -> Iterator[None]:
    """Whatever goes wrong in own templates is told with template and line; of the shipped ones, the fault is ours.

    Raises:
        EditionError: an own template cannot be read or run, or a shipped one misses what an own one should give.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:
        if folder is None:
            raise
        raise EditionError([_fault(error, folder)]) from error


def _fault(error: Exception, folder: Path) -> Fault:
    file, line = _place(error, folder)
    what, mend = _told(error, folder)
    if folder not in Path(file).parents:
        mend = f"see what the templates of {folder} leave out: {', '.join(known_names_of(own_names(folder)))}"
    return Fault(Path(file).as_posix(), line, what, mend)


def _place(error: Exception, folder: Path) -> tuple[str, int | None]:
    """Where it happened: in the innermost own template, else in the innermost shipped one."""
    from jinja2 import TemplateSyntaxError

    if isinstance(error, TemplateSyntaxError) and error.filename:
        return error.filename, error.lineno
    lines = list(_lines(error.__traceback__))
    for home in (folder, templates_folder()):
        for file, line in reversed(lines):
            if home in Path(file).parents and not file.endswith(".py"):
                return file, line
    return f"--templates {folder}", None


def _lines(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback is not None:
        yield traceback.tb_frame.f_code.co_filename, traceback.tb_lineno
        traceback = traceback.tb_next


def _told(error: Exception, folder: Path) -> tuple[str, str]:
    """What went wrong, and how to mend it."""
    from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

    if isinstance(error, TemplateSyntaxError):
        return _as_clause(error), "mend the template at this line"
    if isinstance(error, TemplateNotFound):
        names = {*known_names(), *(f"{SHIPPED}/{name}" for name in known_names()), *own_names(folder)}
        return f"there is no template {error.name!r}", nearest(str(error.name), sorted(names)) or "correct its name"
    if isinstance(error, UndefinedError):
        return _undefined(str(error.message))
    said = " ".join(str(error).split())
    return f"cannot be run ({type(error).__name__}{': ' if said else ''}{said[:200]})", "mend the template at this line"


def _as_clause(error: TemplateSyntaxError) -> str:
    return f"not a template: {' '.join(str(error.message).split()).rstrip('.')}"


def _undefined(message: str) -> tuple[str, str]:
    if found := _UNKNOWN.search(message):
        return f"nothing is called {found[1]!r}", nearest(found[1], GIVEN) or DOCS
    if found := _LACKING.search(message):
        if found[1] == "TemplateModule":
            return f"a macro {found[2]!r} is missing", DOCS
        return f"a {found[1]} has no {found[2]!r}", nearest(found[2], _parts(found[1])) or DOCS
    return message, DOCS


def _parts(record: str) -> list[str]:
    from readiness.report.view import Report

    return [part.name for part in dataclasses.fields(Report)] if record == Report.__name__ else []
