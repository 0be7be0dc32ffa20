"""Which form of a message goes with how many things: the rule in a catalogue's header, tried before it is trusted."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

MOST_FORMS = 10  # no language has more than six
TRIED = range(201)  # rules go by the last one or two digits
LONGEST_SHOWN = 60
_BLANK = r'[ \t]*(?:"")?[ \t]*\n'
_STRINGS = r'(?:[ \t]*(?:"(?:[^"\\]|\\.)*")?[ \t]*\n)*'
_HEADER = re.compile(rf'^[ \t]*msgid[ \t]*""[ \t]*\n(?:{_BLANK})*[ \t]*msgstr[ \t]*{_STRINGS}', re.MULTILINE)
_PLURAL_FORMS = re.compile("plural-forms", re.IGNORECASE)
_UNSURE = re.compile(r"[/%](?!\s*0*[1-9])")  # divides by something that may be nothing, if not for the numbers tried


def wrong_headers(lines: Sequence[str], locale: Locale) -> Iterator[tuple[int, str, str]]:
    """What is wrong with a catalogue's header: the line, what, and how to mend it."""
    text = "".join(f"{line}\n" for line in lines)
    from babel.messages.plurals import get_plural

    mend = f'write "Plural-Forms: {get_plural(locale).plural_forms}\\n", or leave the header out'
    for header in _HEADER.finditer(text):
        if wrong := _wrong_header(header[0], locale):
            named = _PLURAL_FORMS.search(text, header.start(), header.end())
            place = named.start() if named else header.start()
            yield text.count("\n", 0, place) + 1, wrong, mend


def _wrong_header(header: str, locale: Locale) -> str | None:
    """Read by itself: a catalogue makes room for as many forms as its header says."""
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(header.splitlines(), locale=locale, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        return f"this header cannot be read ({error})"
    return wrong_rule(catalogue.plural_expr, catalogue.num_plurals)


def wrong_rule(rule: str, forms: int) -> str | None:
    """Why a rule does not say for every number of things which of so many forms goes with it; None where it does."""
    if not 1 <= forms <= MOST_FORMS:
        return f"a language has 1 to {MOST_FORMS} plural forms, and not {forms}"
    shown = repr(rule if len(rule) <= LONGEST_SHOWN else f"{rule[: LONGEST_SHOWN - 1]}…")
    try:
        form_of = gettext.c2py(rule)  # what reads the rule when a message is said
        strays = [(n, form) for n in TRIED if not 0 <= (form := form_of(n)) < forms]
    except ZeroDivisionError:
        return f"the plural rule {shown} divides by nothing"
    except (ValueError, SyntaxError) as error:
        return f"the plural rule {shown} is none ({_said(error)})"
    if _UNSURE.search(rule):
        return f"the plural rule {shown} divides by what may be nothing"
    if strays:
        n, form = strays[0]
        return f"the plural rule {shown} gives {n} things the form {form}, and there are {forms}, from 0 on"
    return None


def _said(error: Exception) -> str:
    return error.msg if isinstance(error, SyntaxError) else str(error)
