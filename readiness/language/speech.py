"""One language's words and numbers: gettext catalogues and locale data, read at run time through Babel.

Message ids are the English texts, so English needs no catalogue. A third language needs no code: see `catalogues`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.language.catalogues import COMPLETE, LOCALES, SOURCE, Words, catalogues, known_messages, spoken, words_of

if TYPE_CHECKING:
    from babel import Locale

__all__ = ["FOREIGN", "LOCALES", "SOURCE", "Speech", "is_leftward", "marking_foreign", "speak", "spoken"]

MINUS = "\u2212"
# Noncharacters, which no text holds: between them stands what is said in English for want of a translation.
FOREIGN = ("\ufdd0", "\ufdd1")
_MARKING: ContextVar[bool] = ContextVar("marking", default=False)


@contextmanager
def marking_foreign() -> Iterator[None]:
    """Words that nobody translated are put between the marks of `FOREIGN`, for pages to say that they are English."""
    token = _MARKING.set(True)
    try:
        yield
    finally:
        _MARKING.reset(token)


def speak(language: str) -> Speech:
    """The speech of `language` (a tag such as `fr` or `fr-CA`); of English where it has no catalogue.

    Raises:
        EditionError: an own catalogue has faults.
    """
    tag = language.replace("_", "-").strip()
    known = {name.casefold(): name for name in spoken()}
    found = known.get(tag.casefold()) or known.get(tag.split("-")[0].casefold())
    if found is None:
        return _speech(SOURCE, SOURCE, ())
    return _speech(found, tag if "-" in tag else found, catalogues(found))


@lru_cache(maxsize=32)
def _speech(language: str, tag: str, files: tuple[Path, ...]) -> Speech:
    return Speech(language, tag, files)


@lru_cache(maxsize=32)
def is_leftward(tag: str) -> bool:
    """Whether a language is written from right to left; not, where nobody knows it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-").text_direction == "rtl"
    except (UnknownLocaleError, ValueError):
        return False


class Speech:
    """Words, numbers, lists and dates in one language. Get one from `speak`, which keeps them."""

    def __init__(self, language: str, tag: str, files: tuple[Path, ...] = ()) -> None:
        self.language = language
        self._files = files
        self._tag = tag
        self._formatted: dict[tuple[str, str], str] = {}

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(self._tag, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale.parse(self.language, sep="-")

    @cached_property
    def locale(self) -> str:
        """This language as it is spoken somewhere, as word processors want it: `en-GB`, `fr-FR`, `fr-CA`.

        Without a territory of its own, where most who speak it live; English is that of Britain, as our texts are.
        """
        from babel.core import get_global

        own = self._locale
        if own.territory:
            return f"{own.language}-{own.territory}"
        if own.language == SOURCE:
            return "en-GB"
        territory = get_global("likely_subtags").get(own.language, own.language).split("_")[-1]
        return f"{own.language}-{territory}"

    @cached_property
    def _words(self) -> Words:
        return words_of(self._files)

    @property
    def leftward(self) -> bool:
        """Whether it is written from right to left."""
        return is_leftward(self.language)

    def untranslated(self, wanted: str) -> int:
        """How many messages nobody translated into the language that was wanted; they are said in English."""
        if wanted.split("-", maxsplit=1)[0].casefold() == SOURCE or self.language == COMPLETE.removesuffix(".po"):
            return 0
        return sum(ids[0] not in self._words.translated for ids in known_messages())

    def gettext(self, message: str) -> str:
        """The message in this language, or as it is where nobody translated it."""
        return self._marked(message, self._words.said.gettext(message)) if message else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The form of the message that goes with `n` things."""
        return self._marked(one, self._words.said.ngettext(one, many, n))

    def _marked(self, message: str, said: str) -> str:
        if not _MARKING.get() or self.language == SOURCE or message in self._words.translated:
            return said
        return said.join(FOREIGN)

    def number(self, x: float, digits: int = 0) -> str:
        """A number with `digits` decimals and this language's separators: 1234.5 is "1,234.5" or "1 234,5"."""
        return self._format(_rounded(x, digits), "#,##0" + ("." + "0" * digits if digits else ""))

    def percent(self, share: float, digits: int = 0) -> str:
        """A share of 1 in percent: 0.453 is "45%" or "45 %"."""
        pattern = self._locale.percent_formats[None].pattern
        rounded = str(Decimal(_rounded(share * 100, digits)).scaleb(-2))
        return self._format(rounded, pattern.replace("0", "0." + "0" * digits) if digits else pattern)

    def signed(self, x: float, digits: int = 0) -> str:
        """A difference, always with its sign; zero has none."""
        rounded = _rounded(x, digits)
        text = self.number(x, digits)
        return text if rounded.startswith("-") or not Decimal(rounded) else f"+{text}"

    def listed(self, words: Iterable[str]) -> str:
        """Several words as an enumeration: "a, b, and c" or "a, b et c"."""
        from babel.lists import format_list

        return format_list(list(words), locale=self._locale)

    def language_name(self, tag: str) -> str:
        """What a language is called in this one; the tag itself where nobody knows it."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (UnknownLocaleError, ValueError):
            return tag

    def date(self, day: datetime.date) -> str:
        """A day, written out: "15 April 2026"; in English without a territory as in Britain."""
        from babel.dates import format_date

        bare = not self._locale.territory and self.language == SOURCE
        return format_date(day, format="long", locale="en_GB" if bare else self._locale)

    def _format(self, rounded: str, pattern: str) -> str:
        # Reports print the same few hundred figures over and over, and Babel takes 30 microseconds for each.
        key = (rounded, pattern)
        found = self._formatted.get(key)
        if found is None:
            from babel.numbers import format_decimal

            found = format_decimal(Decimal(rounded), format=pattern, locale=self._locale).replace("-", MINUS)
            self._formatted[key] = found
        return found


def _rounded(x: float, digits: int) -> str:
    """Decimal digits of the number, rounded once; "-0" has no sign."""
    text = format(x, f".{digits}f")
    return text.removeprefix("-") if float(text) == 0 else text
