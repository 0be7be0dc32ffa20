"""What a consultant gave in other languages than a report's, and what is shown instead."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from readiness.faults import Fault
from readiness.language.speech import SOURCE, speak
from readiness.report.commentary.telling import told_texts
from readiness.report.words import Reader

if TYPE_CHECKING:
    from readiness.framework.ledger import Place
    from readiness.report.edition import Edition
    from readiness.report.theme import Theme
    from readiness.scoring.result import Result


def untranslated(
    result: Result, language: str, edition: Edition, of: Collection[str] | None = None
) -> tuple[Fault, ...]:
    """Texts of commentary and theme that a report in `language` shows in another one, each with its place.

    A text given once for all languages is none of them. of: only what is said of groups that are formed by these keys.
    """
    reader = Reader(result.framework.texts, language)
    texts = (*told_texts(reader, result, edition.commentary, of), *_texts(edition.theme))
    instead = ((at, reader.say(text).lang) for at, text in texts)
    found = dict.fromkeys(_fault(at, lang, language) for at, lang in instead if lang not in ("", language))
    return tuple(sorted(found, key=lambda fault: (fault.file, fault.line or 0)))


def _texts(theme: Theme) -> Iterator[tuple[Place, Mapping[str, str]]]:
    texts = {
        "date": theme.date if isinstance(theme.date, Mapping) else None,
        "confidentiality": theme.confidentiality,
        "logo_alt": theme.logo.alt if theme.logo else None,
    }
    yield from ((theme.places[key], text) for key, text in texts.items() if text and key in theme.places)


def _fault(at: Place, shown: str, language: str) -> Fault:
    names = [speak(SOURCE).language_name(tag) for tag in (language, shown)]
    return Fault(at.file, at.line, f"no {names[0]} text", f"the {names[1]} one is shown")
