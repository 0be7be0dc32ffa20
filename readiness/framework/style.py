"""The wording of items: length, and negations, which respondents overlook and which turn "disagree" into a riddle.

Word lists cannot judge a sentence, so what they find is a hint. English and French have lists; in other languages
only the length is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readiness.framework.ledger import Ledger, quoted
from readiness.framework.models import Framework, Item

MOST_WORDS = 25  # more can hardly be kept in mind while an item is read aloud


@dataclass(frozen=True)
class Negations:
    """How a language negates. Every match of `negations` is one; `doubling` matches count only beside one."""

    negations: re.Pattern[str]
    doubling: re.Pattern[str]


def _words(*words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


NEGATIONS = {
    "en": Negations(
        _words(
            *("not", "cannot", r"\w+n['’]t", "never", "no", "none", "nobody", "no[- ]one", "nothing", "nowhere"),
            *("neither", "without", "hardly", "scarcely", "barely"),
        ),
        # "never uninformed"; but neither under nor until, nor a unit or a union
        _words(
            r"un(?!der|i[^n]|til|less|to\b)\w{4,}", r"in(?:ability|capable|correct|visible)", r"im(?:possible|proper)"
        ),
    ),
    "fr": Negations(
        # "ne … pas" is one negation: its first word is counted, and the second where the first is left out.
        _words("ne", r"n['’]\w+", "sans", "non", r"(?<!ne )ni"),
        _words(
            "aucune?", "rien", "jamais", r"im(?:possible|prévue?s?|précis)\w*", r"in(?:capable|connue?|exact|utile)s?"
        ),
    ),
}


def words_of(text: str) -> list[str]:
    """The words of a text as a word processor counts them: what stands between spaces and holds a letter or digit."""
    return [word for word in text.split() if any(char.isalnum() for char in word)]


def negations_in(text: str, language: str) -> list[str]:
    """The negations in a text; none in a language without a list."""
    known = NEGATIONS.get(language.partition("-")[0])
    if known is None:
        return []
    found = list(known.negations.finditer(text))
    if found:
        found += [match for match in known.doubling.finditer(text) if not _follows_up(match, found)]
    return [match.group() for match in sorted(found, key=lambda match: match.start())]


def _follows_up(match: re.Match[str], found: list[re.Match[str]]) -> bool:
    """Whether a French second word ("rien", "jamais", "aucun") completes a "ne" or a "sans": no other negation."""
    second = match.group().lower() in ("aucun", "aucune", "rien", "jamais")
    return second and any(other.group().lower().startswith(("ne", "n'", "n’", "sans")) for other in found)


def check_style(framework: Framework, ledger: Ledger) -> None:
    """Record a hint for every item that is long, that negates twice, or that is reversed by a negation."""
    for item in framework.items.values():
        place = ledger.place("item", item.id)
        for what, mend in _remarks(framework, item):
            ledger.hint(place, f"item {quoted(item.id)} {what}", mend)


def _remarks(framework: Framework, item: Item) -> Iterator[tuple[str, str]]:
    for code, text in item.text.items():
        language = code or next(iter(framework.languages), "")
        where = f" in {language}" if len(framework.languages) > 1 and code else ""
        length = len(words_of(text))
        if length > MOST_WORDS:
            yield f"has {length} words{where}", f"keep to {MOST_WORDS}, so that it can be read aloud"
        negations = negations_in(text, language)
        named = " and ".join(quoted(word) for word in negations)
        if len(negations) > 1:
            yield f"negates twice{where}: {named}", "say it positively"
        elif negations and item.reversed:
            yield f"is reversed by a negation{where}: {named}", "name the opposite instead"
        elif negations:
            yield f"holds a negation{where}: {named}", "say it positively: who disagrees with it would negate twice"
