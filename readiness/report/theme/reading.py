"""The theme out of an engagement's settings. Every fault is told at once, with its line."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from readiness.faults import EditionError, Fault
from readiness.framework.frozen import EMPTY, Text
from readiness.framework.ledger import Ledger, quoted
from readiness.framework.nodes import Broken, Mapping, Node, Scalar
from readiness.framework.source import read
from readiness.framework.table import Table
from readiness.framework.vocabulary import Keys
from readiness.framework.wording import Page
from readiness.report.languages import judge_languages
from readiness.report.theme.logo import NoLogoError, picture
from readiness.report.theme.palette import COLOURS, Palette, completed, shipped, unfit
from readiness.report.theme.records import Logo, Theme

SETTINGS = "engagement.yaml"
THEME = Keys(
    (),
    ("firm", "client", "authors", "date", "confidentiality", "logo", "logo_alt", "colours", "serif", "sans"),
)
TEXTS = ("date", "confidentiality", "logo_alt")  # that may be given by language
DARK = "dark"
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FONT = re.compile(r"[^\W_][\w .+-]{0,59}")  # nothing that could end a string, a rule or a style sheet
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")


def read_theme(engagement: Path, languages: Sequence[str] | None = None) -> Theme:
    """The theme of an engagement's folder; its client is the engagement's unless it names another.

    languages: in which a text may be written; in any, where they are not known.

    Raises:
        EditionError: the theme has faults, all of which are listed.
    """
    ledger = Ledger()
    document = read(engagement / SETTINGS)
    ledger.open(document.name)
    ledger.add(document.faults)
    if not isinstance(document.root, Mapping):
        raise EditionError(ledger.faults or [_no_settings(document.name)])
    page = Page(ledger, document.name)
    settings = Table(page, document.root, "the engagement", Keys((), tuple(document.root)))
    theme = _theme(settings, engagement, languages)
    if ledger.faults:
        raise EditionError(ledger.faults)
    return theme


def _theme(settings: Table, engagement: Path, languages: Sequence[str] | None) -> Theme:
    client = settings.string("client")
    node = settings.node("theme")
    if node is None:
        return Theme(client=client)
    table = Table(settings.page, node, "theme", THEME)
    if languages is not None:
        for key in TEXTS:
            judge_languages(table.page, table.node(key), f"{table.who}: {quoted(key)}", languages)
    colours = _table_of_colours(table)
    return Theme(
        client=table.string("client") or client,
        firm=table.string("firm"),
        authors=tuple(_names(table)),
        date=_date(table),
        confidentiality=table.text("confidentiality"),
        logo=_logo(table, engagement),
        light=_palette(colours, shipped().light, "light") if colours else {},
        dark=_palette(_dark(colours), shipped().dark, DARK) if colours and DARK in colours else {},
        serif=_font(table, "serif"),
        sans=_font(table, "sans"),
        places={key: table.place(key) for key in TEXTS if key in table},
    )


def _no_settings(name: str) -> Fault:
    return Fault(name, None, "its keys are expected", "write one key a line, such as 'client: …'")


def _names(table: Table) -> Iterator[str]:
    node = table.node("authors")
    if isinstance(node, Scalar) and isinstance(node.value, str):
        yield node.text.strip()
        return
    for part in table.listed("authors"):
        if isinstance(part, Scalar) and isinstance(part.value, str) and part.text.strip():
            yield part.text.strip()
        else:
            table.wrong("authors", part, "names", "write [A. Name, B. Name]")


def _date(table: Table) -> datetime.date | Text:
    """A day, or words as they are: "spring 2026" is written out by nobody."""
    node = table.node("date")
    if node is None:
        return EMPTY
    if not (isinstance(node, Scalar) and _DAY.fullmatch(node.text.strip())):
        return table.text("date")
    try:
        return datetime.date.fromisoformat(node.text.strip())
    except ValueError:
        table.wrong("date", node, "a day that exists", "write year-month-day, such as 2026-03-05")
        return EMPTY


def _logo(table: Table, engagement: Path) -> Logo | None:
    name = table.string("logo")
    if not name:
        return None
    alt = table.text("logo_alt")
    firm = table.string("firm")
    if not alt and not firm:
        mend = "write 'logo_alt' for those who do not see it, or 'firm'"
        table.fault(table.place("logo").line, "theme: nothing says what the logo shows", mend)
    try:
        media, data = picture(engagement, name)
    except NoLogoError as error:
        table.fault(table.place("logo").line, f"theme: {error.what}", error.mend)
        return None
    return Logo(name, media, data, alt or Text({"": firm}))


def _table_of_colours(table: Table) -> Table | None:
    node = table.node("colours")
    return None if node is None else Table(table.page, node, "theme: colours", Keys((), (*COLOURS, DARK)))


def _dark(colours: Table) -> Table:
    node = colours.node(DARK)
    return colours if node is None else Table(colours.page, node, "theme: colours: dark", Keys((), COLOURS))


def _palette(table: Table, base: Palette, sheet: str) -> dict[str, str]:
    """The colours of one sheet with their tints; those that cannot be read are faults."""
    own = {name: colour for name in COLOURS if (colour := _colour(table, name))}
    for wrong in unfit(own, base, sheet):
        mend = f"{wrong.instead} would do" if wrong.instead else "choose hues further apart, such as a red and a teal"
        table.fault(table.place(wrong.colour).line, f"{table.who}: {wrong.why}", mend)
    return completed(own, base)


def _colour(table: Table, name: str) -> str | None:
    if name not in table:
        return None
    node = table.node(name)
    if isinstance(node, Scalar) and _HEX.fullmatch(node.text.strip()):
        digits = node.text.strip().lower()[1:]
        return "#" + (digits if len(digits) == 6 else "".join(2 * digit for digit in digits))
    if node is not None and not isinstance(node, Broken):
        table.wrong(name, node, "a colour", _mended(node))
    return None


def _mended(node: Node) -> str:
    if isinstance(node, Scalar) and node.value is None and not node.quoted:
        return 'put it in quotes, since # begins a comment: "#0b4f6c"'
    return 'write it as six hexadecimal digits in quotes: "#0b4f6c"'


def _font(table: Table, key: str) -> str:
    name = table.string(key)
    if name and not _FONT.fullmatch(name):
        what = f"theme: {quoted(key)} should be the name of one font, found {quoted(name)}"
        mend = "write letters, digits, spaces and hyphens only; further fonts are tried by themselves"
        table.fault(table.place(key).line, what, mend)
        return ""
    return name
