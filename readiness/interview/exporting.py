"""Interviews as the canonical table of responses: a row an interview, so that other programs, and we, can read them.

The columns are `respondent`, every context key, every item, and then the questions that score nothing. A cell holds an
option's value, `dk` or `na`; it is empty where nothing was answered.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.responses.cells import AnswerReader, ContextReader
from readiness.responses.coding import DK, MISSING, NA, RESPONDENT
from readiness.responses.journal import DK as SAID_DK
from readiness.responses.journal import NA as SAID_NA
from readiness.responses.journal import Journal, Value
from readiness.responses.table import text_of
from readiness.writers import kinds
from readiness.writers.safe import inert, inert_json, visible
from readiness.writers.whole import whole

if TYPE_CHECKING:
    from readiness.framework.models import Framework

Cell = int | float | str | None
Context = Mapping[str, Value]
CONFIDENTIAL = "confidential: what individuals said in interviews; do not pass it on"
EXACT = 2**53  # below that a float has every whole number
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without which a spreadsheet takes UTF-8 for a Windows code page


@dataclass(frozen=True)
class Table:
    """Named columns, and rows of as many cells."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table_of(framework: Framework, interviews: Sequence[tuple[Journal, Context]], *, ratings: bool = False) -> Table:
    """Interviews that were held with this framework as one table, in their order.

    interviews: each with the context that holds for it where it says nothing itself. ratings: what the interviewer
    rated from evidence, in place of what was answered; questions that score nothing have none.
    """
    reading = _Reading(framework)
    columns = (RESPONDENT, *framework.context, *framework.items, *framework.unscored)
    return Table(columns, tuple(reading.row(journal, context, ratings) for journal, context in interviews))


class _Reading:
    """Answers into cells. What no reader of the canonical table would understand stands there as it was recorded."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._items = {id_: AnswerReader(item, framework) for id_, item in framework.items.items()}
        self._keys = {id_: ContextReader(key) for id_, key in framework.context.items()}

    def row(self, journal: Journal, context: Context, ratings: bool) -> tuple[Cell, ...]:
        told = {**context, **journal.context, **{k: v for k, v in journal.answers.items() if k in self._keys}}
        answers, open_ = (journal.ratings, {}) if ratings else (journal.answers, journal.answers)
        return (
            visible(journal.respondent.strip()),
            *(self._context(key, told.get(key)) for key in self._keys),
            *(self._answer(item, answers.get(item)) for item in self._items),
            *(_written(open_.get(question)) for question in self._framework.unscored),
        )

    def _context(self, key: str, value: Value | None) -> Cell:
        reader = self._keys[key]
        if value is None or (reader.key.options and value in (SAID_DK, SAID_NA)):
            return None  # whoever does not know their level has told none
        try:
            return visible(reader.value(text_of(value) or "") or "") or _written(value)
        except KeyError:
            return _written(value)

    def _answer(self, item: str, value: Value | None) -> Cell:
        reader = self._items[item]
        text = text_of(value)
        code = MISSING if text is None else reader.code(text)
        if code is None or code == MISSING:
            return _written(value)
        if code in (DK, NA):
            return SAID_DK if code == DK else SAID_NA
        if reader.item.type == "number":
            return _whole(reader.number(text or ""))
        return _whole(self._framework.scales[str(reader.item.scale)].options[code].value)


def _written(value: Value | None) -> Cell:
    """A value as it was recorded; as text where it is larger than any number that other programs keep whole.

    Control characters, which no form but ours bears well, are replaced by their pictures.
    """
    if isinstance(value, int | float) and abs(value) >= EXACT:
        return text_of(value)
    return visible(value) if isinstance(value, str) else _whole(value)


def _whole(number: float | None) -> int | float | None:
    """The number without a decimal point that says nothing."""
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < EXACT else number


def as_csv(table: Table) -> str:
    """The table as text: commas, decimal points, nothing that a spreadsheet would run. Numbers are never changed."""
    written = io.StringIO(newline="")
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(map(inert, table.columns))
    for row in table.rows:
        rows.writerow("" if cell is None else inert(cell) if isinstance(cell, str) else cell for cell in row)
    return written.getvalue()


def write(table: Table, path: Path, option: str) -> None:
    """Write a table as .csv, .xlsx, .parquet or .jsonl, whole or not at all.

    Raises:
        UsageError: the name ends in none of these; `option` is what gave it.
        InputError: the file cannot be written, or does not hold as much.
    """
    kind = kinds.kind_of(path, kinds.TABLES, option, "a table of interviews")
    with whole(path) as begun:
        if kind == kinds.CSV:
            begun.write_text(MARK + as_csv(table), encoding="utf-8", newline="")
        elif kind == kinds.JSONL:
            begun.write_text("".join(_json_lines(table)), encoding="utf-8", newline="")
        elif kind == kinds.PARQUET:
            _write_parquet(table, begun)
        else:
            _write_workbook(table, begun, path)


def _json_lines(table: Table) -> Iterator[str]:
    for row in table.rows:
        said = dict(zip(table.columns, row, strict=True))
        yield inert_json(json.dumps(said, ensure_ascii=False, separators=(",", ":"))) + "\n"


def _write_parquet(table: Table, path: Path) -> None:
    """Texts, since one column may hold a value in one row and `dk` in the next."""
    import polars as pl

    from readiness.writers.streams import write_parquet

    schema = dict.fromkeys(table.columns, pl.String())
    rows = [[text_of(cell) for cell in row] for row in table.rows]
    frame = pl.DataFrame(rows, schema, orient="row")
    write_parquet([frame], frame.schema, path, {"confidential": CONFIDENTIAL})


def _write_workbook(table: Table, path: Path, named: Path) -> None:
    from readiness.writers.columns import Column
    from readiness.writers.workbook import workbook

    with workbook(path, "Confidential: interviews with individuals", named) as book:
        book.sheet("confidential", [Column(name) for name in table.columns], table.rows)
