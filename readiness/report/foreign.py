"""Words in a page of another language: marked as such, for those who have it read aloud, and in their direction."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.language.speech import FOREIGN, SOURCE, Speech, is_leftward
from readiness.report.words import Said

if TYPE_CHECKING:
    from markupsafe import Markup

_OPENS, _CLOSES = FOREIGN
_MARKS = re.compile(f"[{_OPENS}{_CLOSES}]")
_TAGS = re.compile(r"<[^<>]*>")
# Where no element may stand for the language: titles, and the words of drawings.
_PLAIN = re.compile(r"<(title|desc|text|option|style|script)\b.*?</\1>", re.DOTALL)
_INLINE = r"</?(?:a|abbr|b|bdi|em|i|small|span|strong|sub|sup)\b[^<>]*>"
_WORDS = re.compile(f"{_OPENS}((?:[^<{_OPENS}{_CLOSES}]|{_INLINE})*){_CLOSES}")


def sayer(speech: Speech) -> Callable[[str], Markup]:
    """What puts a text of the framework into a page, with its language where it is not the page's."""
    from markupsafe import Markup, escape

    def said(text: str) -> Markup:
        if isinstance(text, Said) and text.lang and text.lang != speech.language:
            return Markup('<span lang="{}"{}>{}</span>').format(text.lang, Markup(_direction(text.lang, speech)), text)
        return escape(text)

    return said


def _direction(language: str, speech: Speech) -> str:
    """The attribute that turns a text round in a page that is written the other way."""
    leftward = is_leftward(language)
    return "" if leftward == speech.leftward else ' dir="rtl"' if leftward else ' dir="ltr"'


def named(page: str, speech: Speech) -> str:
    """A page with its marked words in elements of their own language. A page without such words stays as it is."""
    if not _MARKS.search(page):
        return page
    direction = _direction(SOURCE, speech)
    for plain in (_PLAIN, _TAGS):
        page = plain.sub(lambda found: _MARKS.sub("", found[0]), page)
    before = ""
    while before != page:  # from the innermost outwards: words stand in words
        before, page = page, _WORDS.sub(rf'<span lang="{SOURCE}"{direction}>\1</span>', page)
    return _MARKS.sub("", page)
