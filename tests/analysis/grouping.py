"""Respondents as an engine would tell of them where they lie: in groups, made here from the very rows, one by one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl

from readiness.analysis.onlooking import Onlooker
from readiness.framework.models import Framework
from readiness.responses.coding import WEIGHT
from readiness.responses.table import Responses
from readiness.scoring.atoms import ATOM
from readiness.scoring.counting import Counting, Piece
from readiness.scoring.grouped import Grouped, told_column
from readiness.scoring.histograms import COUNT, PLACE
from readiness.scoring.patterns import KEY
from readiness.scoring.plan import Plan
from readiness.scoring.totals import MASS, MASS_SQUARED


def seen_in_groups(
    framework: Framework, held: Responses, keys: Sequence[str] = (), crossed: Sequence[str] = (), seed: int = 0
) -> Onlooker:
    """What the analysis sees of responses of which it is shown groups only.

    crossed: the context keys that groups are formed by.
    """
    counting = Counting(Plan(framework, held.items, held.context), ())
    onlooker = Onlooker(framework, keys)
    piece = counting.keyed(held.frame.collect())
    if piece is None:
        nobody = pl.DataFrame(schema={ATOM: pl.UInt32, COUNT: pl.Int64})
        onlooker.grouped(counting, Grouped((), nobody, nobody.clear()), Asked(counting, None))
    else:
        counting.learn(piece)
        onlooker.grouped(counting, grouped(counting, piece, crossed, seed), Asked(counting, piece))
    return onlooker


def grouped(counting: Counting, piece: Piece, crossed: Sequence[str], seed: int) -> Grouped:
    """Groups of a piece's respondents, rows in no order, and crossings numbered as they fall."""
    rng = random.Random(seed)
    crossings = [tuple(row[key] for key in crossed) for row in piece.people.iter_rows(named=True)]
    distinct = sorted(set(crossings), key=repr)
    numbers = dict(zip(distinct, rng.sample(range(3 * len(distinct)), len(distinct)), strict=True))
    people = Counter(crossings)
    atoms = [(numbers[values], *values, people[values]) for values in rng.sample(distinct, len(distinct))]
    sums: dict[tuple[int, int, int], list[int]] = {}
    for values, row in zip(crossings, piece.keyed.iter_rows(named=True), strict=True):
        weight = row.get(WEIGHT, 0)
        for place, (member, _) in enumerate(counting.members):
            found = sums.setdefault((place, numbers[values], row[member.id]), [0, 0, 0])
            for at, figure in enumerate((1, weight, weight**2)):
                found[at] += figure
    ways = rng.sample(sorted(sums), len(sums))
    schema = {PLACE: pl.UInt32, ATOM: pl.UInt32, KEY: pl.UInt32, COUNT: pl.Int64, MASS: pl.Int64}
    table = pl.DataFrame([(*way, *sums[way]) for way in ways], schema={**schema, MASS_SQUARED: pl.Int128}, orient="row")
    if WEIGHT not in piece.keyed.columns:
        table = table.drop(MASS, MASS_SQUARED)
    columns = {ATOM: pl.UInt32, **dict.fromkeys(crossed, pl.String), COUNT: pl.Int64}
    return Grouped(tuple(crossed), pl.DataFrame(atoms, schema=columns, orient="row"), table)


class Asked:
    """Answers what else there is to ask (`scoring.grouped.Rows`), and knows what was asked."""

    def __init__(self, counting: Counting, piece: Piece | None) -> None:
        self.counting = counting
        self.piece = piece
        self.questions: list[str] = []

    def alike(self, context: Sequence[str]) -> pl.DataFrame:
        self.questions.append("alike")
        assert self.piece is not None
        people = self.piece.people.select(pl.col(key).alias(told_column(key)) for key in context)
        ids = [member.id for member, _ in self.counting.members]
        weight = [WEIGHT] if WEIGHT in self.piece.keyed.columns else []
        rows = self.piece.keyed.select(*people.get_columns(), *ids, *weight)
        return rows.group_by(pl.all()).agg(pl.len().cast(pl.Int64).alias(COUNT))

    def products(self, steps: Mapping[str, pl.Series]) -> Any:
        self.questions.append("products")
        assert self.piece is not None
        sums = np.zeros((2 * len(steps), 2 * len(steps)), dtype=np.int64)
        tables = {id_: table.to_list() for id_, table in steps.items()}
        for row in self.piece.keyed.iter_rows(named=True):
            found = [table[row[id_]] for id_, table in tables.items()]
            column = np.array([step or 0 for step in found] + [step is not None for step in found], dtype=np.int64)
            sums += np.outer(column, column)
        return sums
