"""A shape: one way in which some platform writes a survey's answers down."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.shapes.survey import Survey

Writer = Callable[[Survey, str], bytes]


@dataclass(frozen=True)
class Shape:
    """write: a survey and a language into a file's bytes. platform: how the reading calls it.

    names: whether each row says whose it is, so that a repeated row can be told from another person.
    speaks: whether it has a column or a code for *don't know* and *not applicable*.
    """

    write: Writer
    suffix: str
    platform: str
    names: bool = True
    speaks: bool = True
    languages: tuple[str, ...] = ("en", "fr")


def delimited(
    rows: Sequence[Sequence[Any]],
    delimiter: str = ",",
    end: str = "\n",
    quoting: Any = csv.QUOTE_MINIMAL,
) -> str:
    """Rows as delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


def decimal(number: str, language: str) -> str:
    """A number as it is typed in a language."""
    return number.replace(".", ",") if language == "fr" else number
