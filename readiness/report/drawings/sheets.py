"""The sheets that charts are drawn on: what stands where, in units of which a sheet is 720 wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from readiness.report.drawings.lettering import Lettered, lettered

WIDTH, MARGIN = 720, 16
INSIDE = WIDTH - 2 * MARGIN
TALLEST = 960  # so that a sheet fits a page of paper
TITLE, TITLE_STEP = 17, 22  # size of letters, and from line to line
TEXT, STEP = 14, 18
SMALL, SMALL_STEP = 11.5, 15
LABEL = 224  # room for the names of rows
FROM, TRACK = 248, 300  # where the scale begins, and how wide it is
FIGURES = WIDTH - MARGIN - FROM - TRACK - 16  # room for figures at the right
NOTHING = Lettered()


@dataclass(frozen=True)
class Row:
    """One row: what it is called, what it shows, and from where down it reaches.

    kind: which mark is drawn. note: smaller, below its name. shows: a record of the view.
    """

    kind: str
    label: Lettered
    shows: object
    height: float
    note: Lettered = NOTHING
    top: float = 0.0

    @property
    def middle(self) -> float:
        """Halfway down."""
        return self.height / 2

    @property
    def first(self) -> float:
        """Base of the first line of its name."""
        said = len(self.label.lines) * STEP + len(self.note.lines) * SMALL_STEP
        return (self.height - said) / 2 + STEP - 4


@dataclass(frozen=True)
class Head:
    """The head of a column, its lines centred on `x`."""

    label: Lettered
    x: float


@dataclass(frozen=True)
class Sheet:
    """A chart before it is drawn. ends: what stands at both ends of the scale above the rows."""

    title: Lettered
    lead: Lettered
    rows: tuple[Row, ...]
    top: float
    height: int
    heads: tuple[Head, ...] = ()
    cell: float = 0.0  # how wide a column is
    ends: tuple[str, str] | None = None


def row(
    kind: str,
    name: str,
    shows: object,
    least: float = 36,
    most: int = 2,
    note: str = "",
    notes: int = 2,
    room: float = LABEL,
) -> Row:
    """A row as high as what stands in it. most, notes: lines of its name, and of what is noted below."""
    label = lettered(name, room, TEXT, most)
    below = lettered(note, room, SMALL, notes) if note else NOTHING
    return Row(kind, label, shows, max(least, len(label.lines) * STEP + len(below.lines) * SMALL_STEP + 12), below)


def parted(rows: Iterable[Row], room: float) -> Iterator[tuple[Row, ...]]:
    """Rows in as many parts as it takes for each to fit; a heading stays with what it is above."""
    part: list[Row] = []
    for one in rows:
        if part and sum(other.height for other in part) + one.height > room:
            carried = [part.pop()] if part[-1].kind == "heading" and len(part) > 1 else []
            yield _stacked(part)
            part = carried
        part.append(one)
    if part:
        yield _stacked(part)


def _stacked(rows: Sequence[Row]) -> tuple[Row, ...]:
    top, placed = 0.0, []
    for one in rows:
        placed.append(Row(**{**vars(one), "top": top}))
        top += one.height
    return tuple(placed)


def sheets(
    title: str,
    lead: str,
    rows: Iterable[Row],
    heads: tuple[Head, ...] = (),
    cell: float = 0.0,
    ends: tuple[str, str] | None = None,
) -> tuple[Sheet, ...]:
    """Rows on as many sheets as it takes, each with title, explanation and heads."""
    told = lettered(lead, INSIDE, SMALL, 6)
    headed = max((len(head.label.lines) for head in heads), default=1 if ends else 0) * SMALL_STEP
    top = MARGIN + 2 * TITLE_STEP + len(told.lines) * SMALL_STEP + 10 + headed
    parts = list(parted(rows, TALLEST - top - MARGIN))
    found = []
    for number, part in enumerate(parts, start=1):
        name = title if len(parts) == 1 else f"{title} ({number}/{len(parts)})"
        named = lettered(name, INSIDE, TITLE, 2, bold=True)
        begins = top - (2 - len(named.lines)) * TITLE_STEP
        height = round(begins + sum(one.height for one in part) + MARGIN)
        found.append(Sheet(named, told, part, begins, height, heads, cell, ends))
    return tuple(found)
