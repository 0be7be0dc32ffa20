"""Dialects: which character separates the cells of a delimited file.

Spreadsheets of several countries write several. The delimiter is the one by which the first lines have as many cells as
the line that names the columns; quoted cells do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64 * 1024
QUOTED = re.compile(r'(?:(?<=[,;\t|\n])|\A)"(?>[^"]*(?:""[^"]*)*)"')


@dataclass(frozen=True)
class Dialect:
    """How a delimited file is written, as far as its beginning tells.

    encoding: as Python names it; "utf-8-sig" and "utf-16" begin with a mark. scannable: whether Polars can read the
    file from the disk as it is (UTF-8, lines ended by a newline with or without a carriage return). skip_lines: lines
    before the data, such as `sep=;`.
    """

    delimiter: str
    encoding: str
    scannable: bool
    skip_lines: int = 0


def sniffed(sample: str) -> str:
    """The delimiter of a text, by its first lines; a comma where there is none."""
    lines = [line for line in QUOTED.sub("", sample[:SAMPLE]).split("\n") if line.strip(" ")]
    if len(sample) >= SAMPLE and len(lines) > 1:
        lines.pop()  # it may be cut
    best = max(DELIMITERS, key=lambda delimiter: _consistency(lines, delimiter))
    return best if any(best in line for line in lines) else DELIMITERS[0]


def _consistency(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    """How much of a table the lines are by a delimiter: the share of lines as long as the first; its length."""
    counts = [line.count(delimiter) for line in lines]
    if not counts or not counts[0]:
        return (0.0, sum(1 for count in counts if count))
    # a longer line may end in empty cells and a shorter one be cut, but neither speaks for the delimiter
    return (sum(1 for count in counts if count == counts[0]) / len(counts), counts[0])
