"""Texts that no spreadsheet runs, and that every form can hold.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, which can start programs; so it does
where a tab, a line end or NUL stands before them, and some do so with the full-width signs of Chinese and Japanese
keyboards (OWASP ASVS 1.2.10). Where the spreadsheet separates by another character than the file (a French one by
semicolons), a cell begins in the middle of a text. Only texts are changed, never numbers.
"""

from __future__ import annotations

import re

_SEPARATORS = ",;|\t\r\n"
_PASSED_OVER = r"""[\s"'\x00-\x1f\x{200b}\x{feff}]*"""  # between the beginning of a cell and its sign
_SIGNS = r"[=+\-@＝＋－＠]"
_UNSEEN_FIRST = r"\t\r\n\x00"

# The same rule twice: without lookaround as Rust has it, to find such texts fast, and with it, to mend them.
RUNNABLE = rf"(?:^|[{_SEPARATORS}]){_PASSED_OVER}{_SIGNS}|^'*[{_UNSEEN_FIRST}]"
_PYTHONS = _PASSED_OVER.replace(r"\x{200b}", "\u200b").replace(r"\x{feff}", "\ufeff")
_BEGINNING = re.compile(rf"(?:^|(?<=[{_SEPARATORS}]))(?={_PYTHONS}{_SIGNS})|^(?='*[{_UNSEEN_FIRST}])")
_IN_JSON = re.compile(rf"""((?:(?<=[:,{{])"|[,;|])(?:[\s'\u200b\ufeff]|\\")*)({_SIGNS})""")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def inert(text: str) -> str:
    """The text for a delimited file: an apostrophe before whatever a spreadsheet could run.

    It can be undone: an apostrophe before such a place is always one that was put there.
    """
    return _BEGINNING.sub("'", text)


def is_runnable(text: str) -> bool:
    """Whether a spreadsheet could run this text as it stands."""
    return _BEGINNING.search(text) is not None


def inert_json(lines: str) -> str:
    r"""JSON of flat objects, without spaces outside of strings, that says the same and holds nothing to run.

    Signs at the beginning of what could become a cell are spelled by their number (`\u003d`), so that no value changes.
    """
    return _IN_JSON.sub(lambda found: f"{found[1]}\\u{ord(found[2]):04x}", lines)


def visible(text: str) -> str:
    """The text for a workbook, whose XML holds no control characters: each is replaced by its picture, such as ␀."""
    return _UNWRITABLE.sub(lambda found: chr(0x2400 + ord(found[0])) if found[0] < " " else "\ufffd", text)
