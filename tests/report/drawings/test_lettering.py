"""Words fit the room they are given, and say as much as fits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.report.drawings.lettering import SHORTENED, lettered, width
from readiness.report.words import Said

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Mn", "Me")), max_size=200)


@given(TEXTS, st.integers(40, 700), st.integers(1, 5), st.booleans())
def test_every_line_fits_and_none_is_too_many(text: str, room: int, most: int, bold: bool) -> None:
    said = lettered(text, room, 14, most, bold)
    assert len(said.lines) <= most
    assert all(width(line, 14, bold) <= room for line in said.lines)


@given(TEXTS, st.integers(40, 700))
def test_nothing_is_lost_where_there_are_lines_enough(text: str, room: int) -> None:
    said = lettered(text, room, 14, 1000)
    assert not said.whole
    assert "".join(said.lines).replace("-", "").replace(" ", "") == text.translate(BLANKS).replace("-", "").replace(
        " ", ""
    )


BLANKS = str.maketrans(dict.fromkeys("\t\r\n\f\v", " "))


def test_what_is_too_long_keeps_its_end_and_is_told_in_full() -> None:
    north, south = (
        lettered(f"Direction régionale de la logistique et des entrepôts — {where}", 150, 14)
        for where in ("Nord", "Sud")
    )
    assert len(north.lines) == 2
    assert north.lines[1].startswith(SHORTENED)
    assert north.lines[1].endswith("Nord")
    assert north.lines != south.lines
    assert north.whole == "Direction régionale de la logistique et des entrepôts — Nord"


def test_a_no_break_space_does_not_break() -> None:
    assert lettered("Pourquoi donc\u202f?", 100, 14).lines == ("Pourquoi", "donc\u202f?")


def test_a_text_keeps_its_language() -> None:
    assert lettered(Said("Confiance", "fr"), 300, 14).lang == "fr"
