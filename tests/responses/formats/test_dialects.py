"""The delimiter is found by the first lines, not by the first one alone."""

from __future__ import annotations

import pytest

from readiness.responses.formats.dialects import sniffed


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b", ","), ("a;b", ";"), ("a\tb", "\t"), ("a|b", "|"), ("a", ",")]
)
def test_the_delimiter_is_what_the_header_has(header: str, delimiter: str) -> None:
    assert sniffed(f"{header}\n1,2;3|4\t5\n") == delimiter


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("How well, all in all, do you work?;And why, in short?\n4;x\n5;y, z\n", ";"),  # commas of a sentence
        ("Nom;Score;Poids\nA;1,5;2,5\nB;2,5;3,5\n", ";"),  # decimal commas
        ('"a;b;c","d"\n"1;2;3","4"\n', ","),  # semicolons in quotes
        ('"a;\nb;c","d"\n"1","4"\n', ","),
        ("id,choices\nr1,a;b\nr2,a;b;c\n", ","),  # choices in one cell
        ("id\twhy\n1\tyes, no, perhaps, and more\n", "\t"),
        ("a,b,c\n1\n2\n", ","),  # short lines
        ("Report of May\n\na;b;c\n1;2;3\n", ";"),  # a title
        ('"a"\t"b"\n""\t"1"\n', "\t"),  # nothing but tabs outside quotes
        ('size;5" disk\n1;2\n', ";"),
    ],
)
def test_a_delimiter_makes_lines_as_long_as_the_first(text: str, delimiter: str) -> None:
    assert sniffed(text) == delimiter
