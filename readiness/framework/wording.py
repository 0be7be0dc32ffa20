"""Texts as a framework's files give them: once for all languages, or once per language."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readiness.framework.frozen import Text
from readiness.framework.ledger import Ledger, Place, nearest, one_of, quoted
from readiness.framework.nodes import Broken, Mapping, Node, Scalar, Sequence


@dataclass(frozen=True)
class Page:
    """A file being read: its name, the ledger, and the framework's languages (None while they are not known)."""

    ledger: Ledger
    file: str
    languages: tuple[str, ...] | None = None

    def at(self, line: int | None) -> Place:
        """A line of this file."""
        return Place(self.file, line)

    def fault(self, line: int | None, what: str, mend: str) -> None:
        """Record a fault on this page."""
        self.ledger.fault(self.at(line), what, mend)

    def in_languages(self, languages: tuple[str, ...] | None) -> Page:
        """The same page, once the languages are known."""
        return replace(self, languages=languages)


def read_text(page: Page, node: Node, what: str) -> Text:
    """One text, given once for all languages or by language. `what` names it in messages."""
    if isinstance(node, Scalar) and isinstance(node.value, str):
        if node.text.strip():
            return Text({"": node.text.strip()})
        page.fault(node.line, f"{what} is empty", "write the text, or remove the key")
    elif isinstance(node, Mapping):
        return _translated(page, node, what)
    elif not isinstance(node, Broken):
        page.fault(node.line, f"{what} should be a text, found {found(node)}", in_quotes(node))
    return Text()


def _translated(page: Page, node: Mapping, what: str) -> Text:
    read: dict[str, str] = {}
    languages = page.languages
    for language, part in node.entries.items():
        if languages is not None and language not in languages:
            mend = (
                nearest(language, languages)
                or f"{one_of(languages)}, or add it to 'languages'; in braces, a text with a comma stands in quotes"
            )
            page.fault(node.lines[language], f"{what}: unknown language {quoted(language)}", mend)
        elif isinstance(part, Scalar) and isinstance(part.value, str):
            if part.text.strip():
                read[language] = part.text.strip()
        elif not isinstance(part, Broken) and not _is_blank(part):
            page.fault(part.line, f"{what}: a text is expected in {language}, found {found(part)}", in_quotes(part))
    for position, language in enumerate(languages or ()):
        written = node.entries.get(language)
        if language in read or (written is not None and not _is_blank(written)):
            continue  # there, or there as something else than a text, which was reported
        place = page.at(node.lines.get(language, node.line))
        if position > 0:
            page.ledger.warn(place, f"{what} is not translated into {language}", "add the translation")
        else:
            page.fault(place.line, f"{what} lacks {language}, which the other languages fall back on", "add it")
    return Text({language: read[language] for language in languages or read if language in read})


def _is_blank(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def found(node: Node) -> str:
    """What stands there, for a message."""
    match node:
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"
        case Scalar(value=None, quoted=False):
            return "nothing"
        case Scalar(text=text):
            return quoted(text)
        case _:
            return "something else"


def in_quotes(node: Node) -> str:
    """The mend for a value that was meant as a text."""
    if isinstance(node, Scalar) and node.text and node.value is not None:
        return f'put it in quotes: "{node.text[:40]}"'
    return "write a text"
