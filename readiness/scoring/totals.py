"""Totals: integer sums over respondents, from which every figure of every group is made.

Every sum is one of integers, scores in units of 1e-9 and squares in 128 bits, because float sums differ from run to
run in a parallel engine. The frame is summed once, by the finest crossing of all keys asked for (an *atom* is one
of its cells); every table's groups are then sums of atoms, so that no two tables can disagree.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import ABSENT, DK, NA, WEIGHT
from readiness.scoring.calibration import GRAIN
from readiness.scoring.configuration import present
from readiness.scoring.items import UNPUT, count_of, options_of
from readiness.scoring.plan import Plan, indicator_column, readiness_column, scenario_column

if TYPE_CHECKING:
    from narwhals.dtypes import DType

    from readiness.framework.models import Framework, Item

UNIT = int(GRAIN)
INT128 = nw.Int128()
Key = tuple[str | None, ...]  # one value for each key of a table; None is a blank
Sums = Mapping[str, int]

PEOPLE, ROWS, ANSWERED = "n", "rows", "answered"
MASS, MASS_SQUARED = "mass", "mass_squared"  # sums of case weights and of their squares, in units of `WEIGHT_UNIT`
ITEM, CODE = "item#", "code#"  # no id can hold a "#"


def in_units(frame: nw.LazyFrame[Any], own: Sequence[str], levels: Sequence[str] = ()) -> nw.LazyFrame[Any]:
    """Every score as an integer of units of 1e-9, to be added up. own: indicators; levels: dimensions and the whole."""
    columns = to_be_summed(own, levels)
    return frame.with_columns((nw.col(*columns) * GRAIN).round().cast(nw.Int64).name.suffix("/units"))


def to_be_summed(own: Sequence[str], levels: Sequence[str] = ()) -> list[str]:
    """The columns of scores that are added up: values of both, and bounds of indicators."""
    ends = [indicator_column(id_, end) for id_ in own for end in ("low", "high")]
    return [*_values(own, levels), *ends]


def _values(own: Sequence[str], levels: Sequence[str]) -> list[str]:
    values = [indicator_column(id_, "value") for id_ in own]
    return values + [readiness_column(id_, "value") for id_ in levels]


def score_sums(own: Sequence[str], levels: Sequence[str] = (), *, weighted: bool = False) -> list[nw.Expr]:
    """Indicators' and dimensions' values: how many, their sum and the sum of their squares, by case weight if any."""
    units = nw.col(*[f"{name}/units" for name in _values(own, levels)])
    count = units.count().cast(nw.Int64).name.suffix("/n")
    # A square of up to 1e22 needs 128 bits.
    wide = units.cast(INT128)
    if not weighted:
        return [count, units.sum().name.suffix("/sum"), (wide**2).sum().name.suffix("/squares")]
    weight = nw.col(WEIGHT)
    there = (~units.is_null()).cast(nw.Int64) * weight
    return [
        count,
        (wide * weight).sum().name.suffix("/sum"),
        (wide**2 * weight).sum().name.suffix("/squares"),
        there.sum().name.suffix(f"/{MASS}"),
        (there.cast(INT128) * weight).sum().name.suffix(f"/{MASS_SQUARED}"),
    ]


def bound_sums(
    own: Sequence[str], apart: Collection[str], *, weighted: bool = False, wide_type: DType = INT128
) -> list[nw.Expr]:
    """Indicators' bounds of all respondents to whom they apply, and how many those are, by case weight if any.

    apart: indicators whose bounds say something also of those to whom they do not apply, such as those with items of
    which an answer still missing decides whether they are asked. They are summed over those to whom they apply, and
    over all who may come to be asked, which is what counts of one respondent (rule 6). All others stand at their limits
    wherever they do not apply, so that one sum over everybody will do. With case weights every indicator is summed so.

    wide_type: of whole numbers of some 38 digits, which products with weights need.
    """
    if not own:
        return []
    counts = nw.col(*[indicator_column(id_, field) for id_ in own for field in ("applies", "open")]).cast(nw.Int64)
    sums = [counts.sum().name.suffix("/n")]
    if weighted:
        sums.append((counts * nw.col(WEIGHT)).sum().name.suffix(f"/{MASS}"))
    plain = [indicator_column(id_, end) for id_ in own if id_ not in apart for end in ("low", "high") if not weighted]
    everybody = [nw.col(*[f"{end}/units" for end in plain]).sum().name.suffix("/sum")] if plain else []
    ends = [
        _times_weight(
            nw.col(f"{indicator_column(id_, end)}/units") * nw.col(indicator_column(id_, counting)), weighted, wide_type
        )
        .sum()
        .alias(f"{indicator_column(id_, end)}/{counting}/sum")
        for id_ in own
        if weighted or id_ in apart
        for end in ("low", "high")
        for counting in ("applies", "open")
    ]
    return [*sums, *everybody, *ends]


def _times_weight(column: nw.Expr, weighted: bool, wide_type: DType) -> nw.Expr:
    return column.cast(wide_type) * nw.col(WEIGHT) if weighted else column


def prevalence_sums(plan: Plan, *, weighted: bool = False) -> list[nw.Expr]:
    """How many have a membership of their own in each scenario, and how many of those are present."""
    if not plan.framework.scenarios:
        return []
    values = nw.col(*[scenario_column(id_, "value") for id_ in plan.framework.scenarios])
    count = values.count().cast(nw.Int64).name.suffix("/n")
    truths = present(values).cast(nw.Int64)
    if not weighted:
        return [count, truths.sum().name.suffix("/present")]
    weight = nw.col(WEIGHT)
    return [
        count,
        (truths * weight).sum().name.suffix("/present"),
        ((~values.is_null()).cast(nw.Int64) * weight).sum().name.suffix(f"/{MASS}"),
    ]


def people(*, weighted: bool = False) -> list[nw.Expr]:
    """How many rows there are, and how many of them gave an answer: all, or none of a single one."""
    rows = [nw.len().cast(nw.Int64).alias(ROWS), nw.col(ANSWERED).cast(nw.Int64).sum().alias(PEOPLE)]
    if not weighted:
        return rows
    weight = nw.col(WEIGHT)
    return [*rows, weight.sum().alias(MASS), (weight.cast(INT128) ** 2).sum().alias(MASS_SQUARED)]


NOBODY: Sums = {PEOPLE: 0, ROWS: 0}


@dataclass(frozen=True)
class GroupTotals:
    """The sums of one group, and the figures that follow from them exactly."""

    sums: Sums

    @property
    def n(self) -> int:
        """Respondents in the group, those with at least one answer."""
        return self.sums[PEOPLE]

    def count(self, name: str) -> int:
        """One count; 0 where the plan had no such column."""
        return int(self.sums.get(name) or 0)

    @property
    def is_weighted(self) -> bool:
        """Whether respondents count by case weights."""
        return MASS in self.sums

    @property
    def mass(self) -> int:
        """The case weights of all respondents, else how many they are."""
        return self.count(MASS) if self.is_weighted else self.n

    @property
    def mass_squared(self) -> int:
        """The squares of the case weights, added up."""
        return self.count(MASS_SQUARED) if self.is_weighted else self.n

    def masses_of(self, column: str) -> tuple[int, int]:
        """The same of those who have a value of their own."""
        mass = self.mass_of(f"{column}/units")
        return mass, self.count(f"{column}/units/{MASS_SQUARED}") if self.is_weighted else mass

    @property
    def effective(self) -> float | None:
        """The effective number of respondents (Kish 1965): how many of equal weight would say as much."""
        return _effective(self.mass, self.mass_squared) if self.is_weighted else None

    def scored(self, column: str) -> int:
        """How many have a value of their own. column: a score's, such as `x:openness.value`."""
        return self.count(f"{column}/units/n")

    def effective_of(self, column: str) -> float | None:
        """The effective number of those who have a value of their own."""
        return _effective(*self.masses_of(column)) if self.is_weighted else None

    def mass_of(self, name: str) -> int:
        """What a sum is to be divided by: the case weights, else the number of respondents."""
        return self.count(f"{name}/{MASS}" if self.is_weighted else f"{name}/n")

    def mean(self, column: str) -> float | None:
        """The mean of a score over those who have one."""
        mass = self.mass_of(f"{column}/units")
        return self.count(f"{column}/units/sum") / (mass * UNIT) if mass else None

    def spread(self, column: str) -> float | None:
        """The standard deviation of a score over those who have one, from exact integers.

        With n - 1; with case weights, with their sum less its share that one respondent of average weight has, which is
        the same where all weights are equal.
        """
        mass = self.mass_of(f"{column}/units")
        if self.scored(column) < 2 or not mass:
            return None
        total, squares = self.count(f"{column}/units/sum"), self.count(f"{column}/units/squares")
        one = Fraction(self.masses_of(column)[1], mass)
        if mass <= one:
            return None
        return math.sqrt(Fraction(mass * squares - total * total, mass) / ((mass - one) * UNIT * UNIT))

    def mean_square(self, column: str) -> float | None:
        """The mean of the squares of a score over those who have one."""
        mass = self.mass_of(f"{column}/units")
        return float(Fraction(self.count(f"{column}/units/squares"), mass * UNIT * UNIT)) if mass else None

    def applies(self, indicator: str) -> bool:
        """Whether an indicator applies to anybody."""
        return self.count(f"{indicator_column(indicator, 'applies')}/n") > 0

    def prevalence(self, scenario: str) -> float | None:
        """The share of those with a membership of their own in whom a scenario is present."""
        column = scenario_column(scenario, "value")
        mass = self.mass_of(column)
        return self.count(f"{column}/present") / mass if mass else None

    def bounds(self, indicator: str, limits: tuple[float, float]) -> tuple[float, float]:
        """Means of the bounds of all to whom it applies, widened to hold the value; the limits where to nobody."""
        apart = f"{indicator_column(indicator, 'low')}/open/sum" in self.sums
        counting = "open" if apart and self.n <= 1 else "applies"
        mass = self.mass_of(indicator_column(indicator, counting))
        if not mass:
            return limits
        low, high = (
            self._bound(indicator_column(indicator, end), mass, counting if apart else "", limit)
            for end, limit in zip(("low", "high"), limits, strict=True)
        )
        value = self.mean(indicator_column(indicator, "value"))
        return (low, high) if value is None else (min(low, value), max(high, value))

    def _bound(self, column: str, mass: int, counting: str, limit: float) -> float:
        """One bound's mean: by its own sum, or by everybody's less that of those who stand at the limit."""
        if counting:
            return self.count(f"{column}/{counting}/sum") / (mass * UNIT)
        others = self.sums[ROWS] - mass
        return (self.count(f"{column}/units/sum") - others * round(limit * UNIT)) / (mass * UNIT)

    def state(self, item: str, code: int) -> int:
        """How often an item stands so."""
        return self.count(count_of(item, code))

    def item(self, item: Item, framework: Framework) -> tuple[int, dict[str, int]]:
        """How many answered an item, and how all others stand: dk, na, not_asked, missing."""
        answers, dk, na, absent, unput = _states_of(item.id, options_of(item, framework))
        get = self.sums.get
        n = sum(get(name) or 0 for name in answers)
        states = {"dk": get(dk) or 0, "na": get(na) or 0, "not_asked": (get(absent) or 0) + (get(unput) or 0)}
        return n, {**states, "missing": self.sums[ROWS] - n - sum(states.values())}


@cache
def _states_of(item: str, options: int) -> tuple[tuple[str, ...], str, str, str, str]:
    """The names of an item's counts: its answers, don't know, not applicable, no column, not put."""
    answers = tuple(count_of(item, code) for code in range(options))
    return answers, count_of(item, DK), count_of(item, NA), count_of(item, ABSENT), count_of(item, UNPUT)


def ordered(keys: Sequence[Key]) -> list[Key]:
    """Group keys by code point, blanks last."""
    return sorted(keys, key=lambda key: [(value is None, value or "") for value in key])


@dataclass(frozen=True)
class Totals:
    """The sums of every atom, and how they add up to the groups of the tables asked for."""

    keys: tuple[str, ...]  # all keys of all tables
    atoms: Mapping[Key, Sums]

    def __post_init__(self) -> None:
        # An engine groups in any order, and what is hidden must not hang on it.
        object.__setattr__(self, "atoms", {key: self.atoms[key] for key in ordered(list(self.atoms))})

    def of(self, first: str) -> Totals:
        """The totals of those atoms whose first key has this value, without that key."""
        return Totals(self.keys[1:], {key[1:]: sums for key, sums in self.atoms.items() if key[0] == first})

    @cached_property
    def overall(self) -> GroupTotals:
        """Everybody."""
        return GroupTotals(_added(list(self.atoms.values())))

    def table(self, by: Sequence[str]) -> dict[Key, list[Key]]:
        """The groups of a table in their order, and the atoms each is made of."""
        places = [self.keys.index(key) for key in by]
        groups: dict[Key, list[Key]] = {}
        for atom in self.atoms:
            groups.setdefault(tuple(atom[place] for place in places), []).append(atom)
        return {key: groups[key] for key in ordered(list(groups))}

    def group(self, atoms: Sequence[Key]) -> GroupTotals:
        """The sums of a set of atoms."""
        return GroupTotals(_added([self.atoms[atom] for atom in atoms]))


def times(totals: GroupTotals, sign: int) -> GroupTotals:
    """The sums as they are to be added: -1 takes respondents back."""
    return totals if sign == 1 else GroupTotals({name: sign * (figure or 0) for name, figure in totals.sums.items()})


def added(totals: Sequence[GroupTotals]) -> GroupTotals:
    """The sums of several sets of respondents together."""
    return GroupTotals(_added([some.sums for some in totals]))


def _added(all_sums: Sequence[Sums]) -> Sums:
    if not all_sums:
        return NOBODY
    if len(all_sums) == 1:
        return all_sums[0]
    names = dict.fromkeys(name for sums in all_sums for name in sums)
    return {name: sum(sums.get(name) or 0 for sums in all_sums) for name in names}


def _effective(mass: int, squared: int) -> float:
    return mass * mass / squared if squared else 0.0


def summed(frame: nw.LazyFrame[Any], keys: Sequence[str], sums: Sequence[nw.Expr], *, weighted: bool = False) -> Totals:
    """The frame summed once, by the finest crossing of `keys`."""
    columns = [*people(weighted=weighted), *sums]
    collected = (frame.group_by(*keys).agg(*columns) if keys else frame.select(*columns)).collect()
    return Totals(tuple(keys), dict(_atoms(collected, keys)))


def with_codes(totals: Totals, frame: nw.LazyFrame[Any], items: Sequence[str]) -> Totals:
    """Totals with how often each code of each item occurs, counted in one column of all cells.

    For few rows: planning a sum for every code of every item would take longer than counting.
    """
    atoms = {key: dict(sums) for key, sums in totals.atoms.items()}
    if items:
        keys = list(totals.keys)
        cells = frame.unpivot(on=list(items), index=keys, variable_name=ITEM, value_name=CODE)
        counted = cells.group_by(*keys, ITEM, CODE).agg(nw.len().cast(nw.Int64).alias(PEOPLE)).collect()
        for *key, item, code, n in counted.select(*keys, ITEM, CODE, PEOPLE).iter_rows():
            atoms[tuple(key)][count_of(item, code)] = n
    return Totals(totals.keys, atoms)


def with_absent(totals: Totals, items: Sequence[str]) -> Totals:
    """Totals in which the items that have no column were put to nobody."""
    names = [count_of(item, ABSENT) for item in items]
    return Totals(totals.keys, {k: {**s, **dict.fromkeys(names, s[ROWS])} for k, s in totals.atoms.items()})


def _atoms(collected: nw.DataFrame[Any], keys: Sequence[str]) -> Iterator[tuple[Key, Sums]]:
    for row in collected.iter_rows(named=True):
        yield tuple(row.pop(key) for key in keys), row
