"""A catalogue to be translated: every message there is, beside what a language says already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from readiness.faults import Fault, UsageError
from readiness.language.catalogues import catalogues, known_messages, read_catalogue

HEADER = ("MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")


def to_translate(language: str) -> str:
    """A `.po` file with every message in the order of ours; what the catalogues of `language` say is filled in.

    language: a tag such as `it` or `pt-BR`.

    Raises:
        UsageError: no language is called so.
        EditionError: a catalogue of it has faults.
    """
    forms, rule = _plural(language)
    said = _said(catalogues(language))
    head = (f"Language: {language}", *HEADER, f"Plural-Forms: {rule}")
    parts = ['msgid ""\nmsgstr ""\n' + "".join(f"{_quoted(line + chr(10))}\n" for line in head)]
    return "\n".join([*parts, *("".join(_entry(ids, said.get(ids, ()), forms)) for ids in known_messages())])


def _plural(language: str) -> tuple[int, str]:
    """How many plural forms a language has, and the rule as `.po` files state it."""
    from babel import Locale, UnknownLocaleError
    from babel.messages.plurals import get_plural

    try:
        plural = get_plural(Locale.parse(language, sep="-"))
    except (UnknownLocaleError, ValueError) as error:
        mend = "write a language's tag, such as it or pt-BR"
        raise UsageError([Fault(f"--lang {language}", None, "no language is called so", mend)]) from error
    return plural.num_plurals, plural.plural_forms


def _said(files: tuple[Path, ...]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What several catalogues say, the first one counting."""
    said: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path in reversed(files):
        for message in read_catalogue(path):
            if message.id and message.string:
                ids = (message.id,) if isinstance(message.id, str) else tuple(message.id)
                said[ids] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return said


def _entry(ids: tuple[str, ...], said: tuple[str, ...], forms: int) -> Iterator[str]:
    if "%(" in ids[0]:
        yield "#, python-format\n"
    yield f"msgid {_quoted(ids[0])}\n"
    if len(ids) == 1:
        yield f"msgstr {_quoted(said[0] if said else '')}\n"
        return
    yield f"msgid_plural {_quoted(ids[1])}\n"
    for form in range(forms):
        yield f"msgstr[{form}] {_quoted(said[form] if form < len(said) else '')}\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
