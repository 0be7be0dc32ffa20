"""Histograms: how many answered in which way, and the sums of `totals` that follow from that.

A histogram of patterns says everything that a total says of an indicator and of its items, since whoever answered alike
has the same figures; one of the numbers of `packing` says everything of a dimension.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.responses.coding import ABSENT, DK, MISSING, NA, WEIGHT
from readiness.scoring.items import UNPUT, count_of
from readiness.scoring.patterns import KEY, PUT
from readiness.scoring.plan import indicator_column, readiness_column
from readiness.scoring.totals import MASS, MASS_SQUARED

if TYPE_CHECKING:
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.packing import Packed
    from readiness.scoring.patterns import Keyed
    from readiness.scoring.plan import Plan

ATOM, COUNT, PLACE = "atom#", "count#", "place#"
MASSES = (  # how many, their case weights added up, and the squares of these
    pl.len().alias(COUNT),
    pl.col(WEIGHT).sum().alias(MASS),
    (pl.col(WEIGHT).cast(pl.Int128) * pl.col(WEIGHT)).sum().alias(MASS_SQUARED),
)


def histograms(frame: pl.DataFrame, sizes: Mapping[str, int], atoms: int, sign: int) -> Iterator[pl.DataFrame]:
    """How often each number of each column occurs in each atom; by case weights too where the frame has them.

    sizes: how many numbers a column can have. sign: -1 takes respondents back.
    """
    weighted = WEIGHT in frame.columns
    crossed = [_crossed(name, size, atoms) for name, size in sizes.items()]
    if weighted:
        found = pl.collect_all([frame.lazy().group_by(column).agg(*MASSES) for column in crossed])
    else:
        counted = frame.select(*[column.value_counts(name=COUNT).implode() for column in crossed])
        found = [column.explode().struct.unnest() for column in counted]
    masses = [pl.col(name) * sign for name in (MASS, MASS_SQUARED) if weighted]
    for (name, size), pairs in zip(sizes.items(), found, strict=True):
        cell = pl.col(name).cast(pl.UInt64)
        yield pairs.select(
            (cell // size).cast(pl.UInt32).alias(ATOM),
            (cell % size).cast(pl.UInt32).alias(KEY),
            pl.col(COUNT).cast(pl.Int64) * sign,
            *masses,
        )


def _crossed(name: str, size: int, atoms: int) -> pl.Expr:
    """A column of numbers and its row's atom in one number."""
    cells = atoms * size
    wide = pl.UInt16 if cells <= 1 << 16 else pl.UInt32 if cells <= 1 << 32 else pl.UInt64
    return (pl.col(ATOM).cast(wide) * pl.lit(size, dtype=wide) + pl.col(name).cast(wide)).alias(name)


def indicator_figures(
    lookup: Lookup, counts: Sequence[pl.DataFrame], plan: Plan, *, of_those_who_know: bool = False
) -> Iterator[tuple[int, str, dict[str, int]]]:
    """The sums of every indicator of a shape and of its items: atom, indicator, sums by name.

    of_those_who_know: whoever has no value counts as one to whom the indicator does not apply.
    """
    if not counts:
        return
    shape = lookup.shape
    first = shape.first
    n = pl.col(COUNT)
    weighted = MASS in counts[0].columns
    sums = _indicator_sums(n, weighted)
    for place, item in enumerate(first.items):
        code = first.code_of(item)
        states = (ABSENT, NA, DK, *range(item.size + ABSENT))
        sums |= {f"{place}.{state}": pl.when(code == state).then(n).otherwise(0) for state in states}
        test = plan.asked[item.name].name
        for digit in first.tests:
            if test and digit.name == f"{test}.flag":
                unput = (code == MISSING) & (first.state_of(digit) != PUT)
                sums[f"{place}.{UNPUT}"] = pl.when(unput).then(n).otherwise(0)
    index = pl.col(KEY)
    figures = ("value.units", "low.units", "high.units", "has", "applies", "open")
    gathered = [pl.lit(lookup.figures[name]).gather(index).alias(name) for name in figures]
    # The members of a shape stand one after the other in the order in which they were counted.
    merged = pl.concat(counts).lazy().group_by(ATOM, PLACE, KEY).agg(pl.all().sum()).with_columns(*gathered)
    if of_those_who_know:
        merged = merged.with_columns(applies=pl.col("has"))
    worked = merged.group_by(ATOM, PLACE).agg(*[total.sum().alias(name) for name, total in sums.items()]).collect()
    lowest = worked[PLACE].min()
    for row in worked.iter_rows(named=True):
        member = shape.members[row[PLACE] - lowest]
        apart = weighted or of_those_who_know or member.id in plan.hanging
        yield row[ATOM], member.id, dict(_named(member, row, apart, weighted))


def _indicator_sums(n: pl.Expr, weighted: bool) -> dict[str, pl.Expr]:
    """What is summed of an indicator, by a name of its own."""
    value, low, high = (pl.col(f"{name}.units").fill_null(0).cast(pl.Int128) for name in ("value", "low", "high"))
    mass = pl.col(MASS) if weighted else n
    out = {
        "value.n": n * pl.col("has"),
        "value.sum": mass * value,
        "value.squares": mass * value * value,
        "applies.n": n * pl.col("applies"),
        "open.n": n * pl.col("open"),
        "low.sum": mass * low,
        "high.sum": mass * high,
    }
    for end, units in (("low", low), ("high", high)):
        out |= {f"{end}.{counting}.sum": mass * units * pl.col(counting) for counting in ("applies", "open")}
    if weighted:
        out |= {f"{counting}.{MASS}": mass * pl.col(counting) for counting in ("applies", "open")}
        out[f"value.{MASS}"] = mass * pl.col("has")
        out[f"value.{MASS_SQUARED}"] = pl.col(MASS_SQUARED) * pl.col("has")
    return out


def _named(member: Keyed, row: Mapping[str, Any], apart: bool, weighted: bool) -> Iterator[tuple[str, int]]:
    """A shape's sums under the names that `totals` has for this member."""
    for field_ in ("n", "sum", "squares", *((MASS, MASS_SQUARED) if weighted else ())):
        yield f"{indicator_column(member.id, 'value')}.units.{field_}", row[f"value.{field_}"]
    for counting in ("applies", "open"):
        for field_ in ("n", MASS) if weighted else ("n",):
            yield f"{indicator_column(member.id, counting)}.{field_}", row[f"{counting}.{field_}"]
    for end in ("low", "high"):
        column = indicator_column(member.id, end)
        if apart:
            for counting in ("applies", "open"):
                yield f"{column}.{counting}.sum", row[f"{end}.{counting}.sum"]
        else:
            yield f"{column}.units.sum", row[f"{end}.sum"]
    for place, item in enumerate(member.items):
        for state in (ABSENT, NA, DK, *range(item.size + ABSENT), UNPUT):
            if f"{place}.{state}" in row:
                yield count_of(item.name, state), row[f"{place}.{state}"]


def level_figures(level: Packed, counts: Sequence[pl.DataFrame]) -> Iterator[tuple[int, dict[str, int]]]:
    """The sums of a dimension that is told by a number: atom, sums by name."""
    if not counts:
        return
    weighted = MASS in counts[0].columns
    n = pl.col(COUNT)
    units = pl.lit(level.table["units"]).gather(pl.col(KEY)).alias("units")
    there = pl.col("units").is_not_null().cast(pl.Int64)
    wide = pl.col("units").fill_null(0).cast(pl.Int128)
    mass = pl.col(MASS) if weighted else n
    sums = {"n": n * there, "sum": mass * wide, "squares": mass * wide * wide}
    if weighted:
        sums |= {MASS: mass * there, MASS_SQUARED: pl.col(MASS_SQUARED) * there}
    column = f"{readiness_column(level.id, 'value')}.units"
    named = [total.sum().alias(f"{column}.{name}") for name, total in sums.items()]
    for row in pl.concat(counts).with_columns(units).group_by(ATOM).agg(named).iter_rows(named=True):
        yield row.pop(ATOM), row
