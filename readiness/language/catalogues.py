"""Catalogues of translated words: those that come along, and a user's own, which stand before them.

A catalogue is a gettext `.po` file named by its language, such as `it.po` or `pt-BR.po`. Own ones lie in the folders
that the environment variable READINESS_LOCALES names. Their words go into pages as they are, so they are judged first.
"""

from __future__ import annotations

import gettext
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import EditionError, Fault
from readiness.language.plurals import wrong_headers

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

LOCALES = Path(__file__).parent / "locale"
COMPLETE = "fr.po"  # a test holds that it has every message
SOURCE = "en"  # the language of the message ids
OWN = "READINESS_LOCALES"
_PLACES = re.compile(r"%\(\w+\)s|\{\w*\}")
_LINE = re.compile(r'\s*(?:#.*|(?:(?:msg(?:id|id_plural|str|ctxt)(?:\[\d+\])?)?\s*"(?:[^"\\]|\\.)*")?\s*)')
MOST_FAULTS = 50
_MARKUP = re.compile(r'[<>&"|`\x00-\x1f\x7f-\x9f]')  # would be taken for a page's own, or break an attribute or a row


@dataclass(frozen=True)
class Words:
    """What one language says in place of English."""

    said: gettext.NullTranslations
    translated: frozenset[str]  # message ids, the first of those that have a plural


def own_folders() -> tuple[Path, ...]:
    """The folders of a user's own catalogues, the first one first.

    Raises:
        EditionError: one of them is none.
    """
    named = tuple(Path(name) for name in os.environ.get(OWN, "").split(os.pathsep) if name)
    faults = [
        Fault(f"{OWN}={folder}", None, "there is no such folder", "name the folder of your .po files")
        for folder in named
        if not folder.is_dir()
    ]
    if faults:
        raise EditionError(faults)
    return named


def catalogues(language: str) -> tuple[Path, ...]:
    """The files with a language's words, own ones first."""
    files = (path for folder in (*own_folders(), LOCALES) for path in sorted(folder.glob("*.po")))
    return tuple(path for path in files if tag_of(path) == language)


def tag_of(path: Path) -> str:
    """The language that a catalogue's name says: `pt_BR.po` is of `pt-BR`."""
    return path.stem.replace("_", "-")


def spoken() -> tuple[str, ...]:
    """The languages the interface speaks, English first."""
    tags = {tag_of(path) for folder in (*own_folders(), LOCALES) for path in folder.glob("*.po")}
    return (SOURCE, *sorted(tags - {SOURCE}))


@lru_cache(maxsize=32)
def words_of(files: tuple[Path, ...]) -> Words:
    """The words of several catalogues, the first one that translates a message counting.

    Raises:
        EditionError: an own catalogue has faults.
    """
    said = gettext.NullTranslations()
    translated: frozenset[str] = frozenset()
    for path in reversed(files):
        catalogue = read_catalogue(path)
        compiled = _compiled(catalogue)
        compiled.add_fallback(said)
        said = compiled
        translated |= {_ids(message)[0] for message in catalogue if message.id and message.string}
    return Words(said, translated)


def _compiled(catalogue: Catalog) -> gettext.GNUTranslations:
    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def read_catalogue(path: Path) -> Catalog:
    """One catalogue, without what is fuzzy or lacks a plural form: such a message is as good as not translated.

    Raises:
        EditionError: it has faults. Of those that come along, tests hold that they have none.
    """
    catalogue = _parsed(path)
    for message in catalogue:
        if message.id and (message.fuzzy or not all(_forms(message))):
            message.string = ""
    faults = [] if path.parent == LOCALES else [fault for message in catalogue for fault in _wrong(path, message)]
    if faults:
        raise EditionError(faults)
    return catalogue


def never_said(language: str) -> Iterator[Fault]:
    """Own catalogues of a language that word what nobody says, mistyped or of another version: the first line of each.

    Raises:
        EditionError: one of them has faults.
    """
    for path in catalogues(language):
        if path.parent != LOCALES:
            lost = [message for message in read_catalogue(path) if message.id and _ids(message) not in known_messages()]
            if lost:
                more = f" (and {len(lost) - 1} more)" if lost[1:] else ""
                mend = "copy msgid and msgid_plural as `readiness schema catalogue` prints them"
                yield _fault(path, lost[0].lineno, f"{_ids(lost[0])[0]!r} is no message of ours{more}", mend)


def _parsed(path: Path) -> Catalog:
    from babel import Locale, UnknownLocaleError
    from babel.messages.pofile import PoFileError, read_po

    try:
        locale = Locale.parse(tag_of(path), sep="-")
    except (UnknownLocaleError, ValueError):
        mend = "name the file by its language, such as it.po or pt-BR.po"
        raise EditionError([_fault(path, None, f"no language is called {tag_of(path)!r}", mend)]) from None
    lines = _lines(path)
    odd = [number for number, line in enumerate(lines, start=1) if not _LINE.fullmatch(line)]
    if odd:
        mend = 'write msgid or msgstr, and the text in double quotes, with \\" for one in it'
        raise EditionError(
            [_fault(path, number, "this is no line of a catalogue", mend) for number in odd[:MOST_FAULTS]]
        )
    if unruly := [_fault(path, *found) for found in wrong_headers(lines, locale)]:
        raise EditionError(unruly)
    try:
        catalogue = read_po(lines, locale=locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = error.lineno + 1 if isinstance(error, PoFileError) else None
        raise EditionError([_fault(path, line, f"no catalogue ({error})", "mend it there")]) from error
    catalogue.charset = "utf-8"  # whatever its header says: it was read so
    return catalogue


def _lines(path: Path) -> list[str]:
    if not path.is_file():  # a pipe or a device may never end
        mend = "take it away, or put a file in its place"
        raise EditionError([_fault(path, None, "this is no file", mend)])
    try:
        return path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise EditionError([_fault(path, None, what, "check who may read it")]) from error
    except UnicodeDecodeError:
        raise EditionError([_fault(path, None, "is not UTF-8", "save it as UTF-8")]) from None


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def _ids(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _fault(path: Path, line: int | None, what: str, mend: str) -> Fault:
    return Fault(path.as_posix(), line, what, mend)


def _wrong(path: Path, message: Message) -> Iterator[Fault]:
    """What would break where a translation is put in."""
    for form in filter(None, _forms(message) if message.id else ()):
        if found := _misplaced(_ids(message), form) or _unprintable(_ids(message)[0], form):
            yield _fault(path, message.lineno, *found)


def _misplaced(ids: tuple[str, ...], form: str) -> tuple[str, str] | None:
    """Places for values that a translation invents or lacks. A plural's form may leave the number out, as "one"."""
    allowed = {place for id_ in ids for place in _PLACES.findall(id_)}
    used = set(_PLACES.findall(form))
    if unknown := used - allowed:
        mend = f"use {', '.join(sorted(allowed))}" if allowed else "leave it out"
        return f"{', '.join(sorted(unknown))} stands for no value here", mend
    if len(ids) == 1 and (lacking := allowed - used):
        return f"the translation lacks {', '.join(sorted(lacking))}", "add it"
    if "%(" in ids[0] and "%" in _PLACES.sub("", form).replace("%%", ""):
        return "a percent sign begins no value", "write %% for the sign itself"
    return None


def _unprintable(id_: str, form: str) -> tuple[str, str] | None:
    """A character that a page would take for its own."""
    found = _MARKUP.search(form)
    if found is None or found[0] in id_:
        return None
    mend = "use the quotation marks of the language" if found[0] == '"' else "leave it out"
    return f"the translation holds {found[0]!r}, which breaks pages", mend


@lru_cache(maxsize=1)
def known_messages() -> tuple[tuple[str, ...], ...]:
    """Every message: its id, and that of its plural if it has one. The catalogue that comes along has them all."""
    return tuple(_ids(message) for message in _parsed(LOCALES / COMPLETE) if message.id)
