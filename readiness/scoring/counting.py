"""Counting: the totals of any number of respondents, taken in pieces, each way of answering scored once.

What a total says of an indicator or of its items hangs on how many answered it in which way, so those are counted
(`patterns`) and the figures of a pattern multiplied by its count. What hangs on several indicators of one person, a
dimension's readiness and the presence of a scenario, is put together a person at a time from the patterns' figures.
The sums are those of `totals`, integer for integer, whatever the pieces were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.coding import ABSENT, DK, MISSING, NA, WEIGHT
from readiness.scoring import presence
from readiness.scoring.calibration import GRAIN
from readiness.scoring.items import UNPUT, count_of
from readiness.scoring.packing import Packed, packed
from readiness.scoring.parts import staged
from readiness.scoring.patterns import KEY, PUT, Keyed, Shape, flags, shapes
from readiness.scoring.plan import FIELDS, OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column
from readiness.scoring.totals import ANSWERED, MASS, MASS_SQUARED, PEOPLE, ROWS, GroupTotals, Key, Totals

if TYPE_CHECKING:
    from readiness.framework.models import Indicator

ATOM, COUNT, PLACE = "atom#", "count#", "place#"
SMALL = 4096  # patterns of a shape up to as many are scored beforehand, others as they turn up
UNITS = pl.col("^d:.*[.]units$")
MASSES = (  # how many, their case weights added up, and the squares of these
    pl.len().alias(COUNT),
    pl.col(WEIGHT).sum().alias(MASS),
    (pl.col(WEIGHT).cast(pl.Int128) * pl.col(WEIGHT)).sum().alias(MASS_SQUARED),
)


@dataclass
class _Lookup:
    """The figures of one shape's patterns, a row a key; those not seen yet stand there empty."""

    shape: Shape
    figures: pl.DataFrame = field(init=False)
    known: pl.Series = field(init=False)
    changed: int = 0

    def __post_init__(self) -> None:
        self.known = pl.Series(KEY, [], dtype=pl.UInt32)
        self.figures = pl.DataFrame()
        if self.shape.size <= SMALL:
            self.learn(pl.int_range(self.shape.size, dtype=pl.UInt32, eager=True))

    def learn(self, keys: pl.Series) -> None:
        """Score the patterns among these that were not seen before."""
        new = keys.filter(~keys.is_in(self.known.implode())) if self.known.len() else keys
        if not new.len():
            return
        self.changed += 1
        scored = self.shape.table(new.alias(KEY))
        every = pl.int_range(self.shape.size, dtype=pl.UInt32, eager=True).alias(KEY).to_frame()
        if self.known.len():
            before = self.figures.filter(pl.col(KEY).is_in(self.known.implode()))
            scored = pl.concat([before.select(scored.columns), scored])
        self.known = scored[KEY]
        self.figures = every.join(scored, on=KEY, how="left", maintain_order="left").with_columns(
            pl.col("value").fill_null(0.0).alias("filled"),
            pl.col("value").is_not_null().cast(pl.Int16).alias("has"),
            pl.col("applies", "open").fill_null(0),
            (pl.col("value", "low", "high") * GRAIN).round().cast(pl.Int64).name.suffix(".units"),
        )


@dataclass(frozen=True)
class Piece:
    """Respondents who were counted: their coded responses, and their keys, row for row."""

    people: pl.DataFrame
    keyed: pl.DataFrame


@dataclass(frozen=True)
class Table:
    """The figures of one indicator: of each of its patterns, looked up by a column of keys, or one for everybody.

    version: goes up whenever patterns are added.
    """

    indicator: str
    figures: pl.DataFrame
    version: int
    key: pl.Expr | None

    def of(self, column: pl.Series) -> pl.Expr:
        """What stands in a column of figures for each respondent."""
        if self.key is None:
            return pl.lit(column[0], dtype=column.dtype).alias(column.name)
        return pl.lit(column).gather(self.key.cast(pl.UInt32)).alias(column.name)


class Counting:
    """The work of counting, for one survey taken in pieces."""

    def __init__(
        self, plan: Plan, keys: Sequence[str], facts: Mapping[str, Fact] | None = None, *, facts_only: bool = False
    ) -> None:
        """keys: context keys by whose crossing is summed.

        facts: the organisation's indicators; without them `totals` has to be told, which `must_know_facts` may forbid.
        facts_only: count nothing but what `fact_totals` needs.
        """
        framework = plan.framework
        self.plan = plan
        self.keys = tuple(keys)
        self._facts = facts
        self._fact_ids = frozenset(id_ for id_, i in framework.indicators.items() if i.scope == "organisation")
        self._facts_only = facts_only
        counted = [i for id_, i in framework.indicators.items() if not facts_only or id_ in self._fact_ids]
        self._lookups = [_Lookup(shape) for shape in shapes(plan, counted)]
        self._masks = presence.masks(framework.scenarios.values())
        self._found = {
            id_: presence.counted(scenario, self._masks, _mask, self._fact_ids)
            for id_, scenario in framework.scenarios.items()
        }
        self._atoms: dict[Key, int] = {}
        self._counts: list[list[pl.DataFrame]] = [[] for _ in self._lookups]
        self._people: list[pl.DataFrame] = []
        self._level_counts: dict[str, list[pl.DataFrame]] = {}
        self._bits: dict[str, tuple[int, pl.Series]] = {}
        self._counted = 0  # respondents
        self._weighted = False

    @cached_property
    def _members(self) -> list[tuple[Keyed, _Lookup]]:
        return [(member, lookup) for lookup in self._lookups for member in lookup.shape.members]

    @cached_property
    def _in_readiness(self) -> frozenset[str]:
        """The indicators that count in a dimension."""
        return frozenset(id_ for id_, i in self.plan.framework.indicators.items() if i.desired != "none")

    def add(self, frame: pl.DataFrame, sign: int = 1) -> Piece | None:
        """Count the respondents of one piece: coded responses, of which those without any answer are left out.

        sign: -1 takes respondents back who were counted before. Gives back who was counted, if anybody.
        """
        worked = nw.from_native(frame).with_columns(self.plan.answered().alias(ANSWERED), *flags(self.plan)).to_native()
        if not worked[ANSWERED].all():
            worked = worked.filter(ANSWERED)
        if not worked.height:
            return None
        self._counted += sign * worked.height
        self._weighted = WEIGHT in worked.columns
        atoms, ids = self._atoms_of(worked)
        weight = [pl.col(WEIGHT)] if self._weighted else []
        keyed = worked.select(atoms, *weight, *[member.key() for member, _ in self._members])
        self._count(keyed, ids, sign)
        if not self._facts_only:
            people = self._sums_of_people(keyed, ids, sign)
            self._people.append(people if sign == 1 else people.with_columns(pl.exclude(ATOM) * sign))
        return Piece(worked, keyed)

    def tables(self, facts: Mapping[str, Fact]) -> Iterator[Table]:
        """The figures of every indicator's patterns, in the plan's names; of a fact, its own."""
        for member, lookup in self._members:
            if member.id not in self._fact_ids:
                columns = {**{name: name for name in FIELDS}, "filled": "value.filled", "has": "value.has"}
                named = [pl.col(of).alias(indicator_column(member.id, name)) for of, name in columns.items()]
                yield Table(member.id, lookup.figures.select(named), lookup.changed, pl.col(member.id))
        for id_ in self._fact_ids:
            fact = nw.from_native(pl.DataFrame({"": [0]})).select(*facts[id_].columns(id_)).to_native()
            value = pl.col(indicator_column(id_, "value"))
            filled = value.fill_null(0.0).name.suffix(".filled")
            yield Table(id_, fact.with_columns(filled, value.is_not_null().cast(pl.Int16).name.suffix(".has")), 0, None)

    def _atoms_of(self, frame: pl.DataFrame) -> tuple[pl.Series, list[int]]:
        """Each row's atom by its number, and the numbers that occur."""
        if not self.keys:
            self._atoms.setdefault((), 0)
            return pl.repeat(0, frame.height, dtype=pl.UInt32, eager=True).alias(ATOM), [0]
        places = frame.select(pl.col(self.keys).cast(pl.Categorical))
        distinct = places.unique()
        ids = [self._atoms.setdefault(key, len(self._atoms)) for key in distinct.cast(pl.String).iter_rows()]
        if len(self.keys) == 1:
            column = places.to_series().to_physical()
            physical = distinct.to_series().to_physical()
            width = int(column.max() or 0) + 1  # type: ignore[arg-type]
            table = pl.repeat(0, width + 1, dtype=pl.UInt32, eager=True)
            table = table.scatter(physical.fill_null(width), pl.Series(ids, dtype=pl.UInt32))
            return table.gather(column.fill_null(width)).alias(ATOM), ids
        numbered = distinct.with_columns(pl.Series(ATOM, ids, dtype=pl.UInt32))
        joined = places.join(numbered, on=self.keys, how="left", nulls_equal=True, maintain_order="left")
        return joined[ATOM], ids

    def _count(self, keyed: pl.DataFrame, ids: Sequence[int], sign: int) -> None:
        """How often each key of each indicator occurs in each atom."""
        sizes = {member.id: member.size for member, _ in self._members}
        found = iter(self._histograms(keyed, sizes, max(ids) + 1, sign))
        place = 0
        for number, lookup in enumerate(self._lookups):
            parts = []
            for _ in lookup.shape.members:
                parts.append(next(found).with_columns(pl.lit(place, dtype=pl.UInt32).alias(PLACE)))
                place += 1
            counts = pl.concat(parts)
            if lookup.shape.size > SMALL:
                lookup.learn(counts[KEY].unique())
            self._counts[number].append(counts)

    def _histograms(
        self, frame: pl.DataFrame, sizes: Mapping[str, int], atoms: int, sign: int
    ) -> Iterator[pl.DataFrame]:
        """How often each number of each column occurs in each atom. sizes: how many numbers a column can have."""
        crossed = [_crossed(name, size, atoms) for name, size in sizes.items()]
        if self._weighted:
            found = pl.collect_all([frame.lazy().group_by(column).agg(*MASSES) for column in crossed])
        else:
            counted = frame.select(*[column.value_counts(name=COUNT).implode() for column in crossed])
            found = [column.explode().struct.unnest() for column in counted]
        masses = [pl.col(name) * sign for name in (MASS, MASS_SQUARED) if self._weighted]
        for (name, size), pairs in zip(sizes.items(), found, strict=True):
            cell = pl.col(name).cast(pl.UInt64)
            yield pairs.select(
                (cell // size).cast(pl.UInt32).alias(ATOM),
                (cell % size).cast(pl.UInt32).alias(KEY),
                pl.col(COUNT).cast(pl.Int64) * sign,
                *masses,
            )

    def _sums_of_people(self, keyed: pl.DataFrame, ids: Sequence[int], sign: int) -> pl.DataFrame:
        """Readiness and presence of every respondent, summed by atom."""
        columns = [column for member, lookup in self._members for column in self._figures_of(member, lookup)]
        weight = [WEIGHT] if self._weighted else []
        levels = [readiness_column(id_, "value") for id_ in (*self.plan.framework.all_dimensions, OVERALL)]
        if self._packed:
            numbers = keyed.select(ATOM, *weight, *[level.number() for level in self._packed], *columns)
            sizes = {level.id: level.size for level in self._packed}
            for id_, counts in zip(sizes, self._histograms(numbers, sizes, max(ids) + 1, sign), strict=True):
                self._level_counts.setdefault(id_, []).append(counts)
            rows = nw.from_native(numbers.lazy().with_columns(_looked_up(self._packed)))
            rows = staged(rows, [self.plan.whole_level()], bounds=False)
            levels = levels[-1:]
        else:
            rows = nw.from_native(keyed.lazy().select(ATOM, *weight, *columns))
            rows = self.plan.readiness(rows, bounds=False, filled=True)
        units = (nw.col(*levels) * GRAIN).round().cast(nw.Int64).name.suffix(".units")
        summed = rows.select(ATOM, *weight, units, *self._truths()).to_native()
        sums = _weighted_sums(list(self._found)) if self._weighted else _sums_of_levels()
        return summed.group_by(ATOM).agg(pl.len().cast(pl.Int64).alias(ROWS), *sums).collect()

    @cached_property
    def _packed(self) -> list[Packed]:
        """The dimensions, where each of them can be told by a number; else none."""
        if any(lookup.shape.size > SMALL for lookup in self._lookups) or self._facts is not None:
            return []
        figures = {member.id: lookup.figures for member, lookup in self._members if member.id not in self._fact_ids}
        dimensions = self.plan.framework.all_dimensions.values()
        levels = [packed(d.id, self.plan.dimension_level(d), figures) for d in dimensions]
        found = [level for level in levels if level is not None]
        return found if len(found) == len(levels) else []

    def _truths(self) -> list[nw.Expr]:
        """Columns: who has a membership in each scenario, and on whom it is present."""
        columns = []
        for id_, counted in self._found.items():
            columns.append(counted.known.alias(_known(id_)))
            columns += [truth.alias(_present(id_, outcomes)) for outcomes, truth in counted.present.items()]
        return columns

    def _figures_of(self, member: Keyed, lookup: _Lookup) -> list[pl.Expr]:
        """Columns of an indicator's figures: for readiness, and for the tests of scenarios."""
        prefix, index = indicator_column(member.id, ""), pl.col(member.id).cast(pl.UInt32)
        columns = []
        if member.id in self._in_readiness and not self._packed:
            wanted = {"filled": f"{prefix}value.filled", "has": f"{prefix}value.has", "applies": f"{prefix}applies"}
            if member.id in self._fact_ids:
                columns += self._fact_columns(member.id, wanted)
            else:
                columns += [pl.lit(lookup.figures[of]).gather(index).alias(name) for of, name in wanted.items()]
        if member.id in self._masks and member.id not in self._fact_ids:
            columns.append(pl.lit(self._bits_for(member, lookup)).gather(index).alias(_mask(member.id)))
        return columns

    def _fact_columns(self, indicator: str, wanted: Mapping[str, str]) -> list[pl.Expr]:
        """A fact that counts in readiness, as every row has it."""
        fact = (self._facts or {})[indicator]
        given = {
            "filled": pl.lit(fact.value or 0.0, dtype=pl.Float64),
            "has": pl.lit(int(fact.value is not None), dtype=pl.Int16),
            "applies": pl.lit(int(fact.applies), dtype=pl.Int16),
        }
        return [given[of].alias(name) for of, name in wanted.items()]

    def _bits_for(self, member: Keyed, lookup: _Lookup) -> pl.Series:
        """Which tests hold for each pattern of an indicator."""
        known, bits = self._bits.get(member.id, (0, None))
        if bits is None or known != lookup.changed:
            tests = {
                presence.test_name(test): test
                for scenario in self.plan.framework.scenarios.values()
                for test in presence.tests_of(scenario.when)
                if test[0].indicator == member.id
            }
            bits = presence.masks_of(lookup.figures["value"], list(tests.values()), self._masks[member.id])
            self._bits[member.id] = (lookup.changed, bits)
        return bits

    def fact_totals(self, wanted: Sequence[Indicator], *, of_those_who_know: bool) -> GroupTotals:
        """The organisation's indicators summed over all they apply to, or over those who have a value for them."""
        ids = {indicator.id for indicator in wanted}
        sums: dict[str, int] = {}
        for lookup, counts in zip(self._lookups, self._counts, strict=True):
            if any(member.id in ids for member in lookup.shape.members):
                for _, id_, figures in _figures(lookup, counts, self.plan, of_those_who_know=of_those_who_know):
                    if id_ in ids:
                        for name, figure in figures.items():
                            sums[name] = sums.get(name, 0) + figure
        people = {PEOPLE: self._counted, ROWS: self._counted, **({MASS: 1} if self._weighted else {})}
        return GroupTotals({**people, **sums})

    def totals(self, facts: Mapping[str, Fact]) -> Totals:
        """The sums of everybody counted, by atom."""
        names = {number: key for key, number in self._atoms.items()}
        sums: dict[int, dict[str, int]] = {}
        if self._people:
            people = pl.concat(self._people).group_by(ATOM).agg(pl.all().sum())
            for row in people.iter_rows(named=True):
                atom = row.pop(ATOM)
                if row[ROWS]:
                    sums[atom] = dict(self._settled(row, facts))
        for level in self._packed:
            for atom, figures in _level_figures(level, self._level_counts.get(level.id, [])):
                if atom in sums:
                    sums[atom].update(figures)
        for lookup, counts in zip(self._lookups, self._counts, strict=True):
            for atom, _, figures in _figures(lookup, counts, self.plan):
                if atom in sums:
                    sums[atom].update(figures)
        return Totals(self.keys, {names[number]: sums[number] for number in sorted(sums)})

    def _settled(self, row: Mapping[str, int], facts: Mapping[str, Fact]) -> Iterator[tuple[str, int]]:
        """Sums of people under the names that `totals` has, now that the facts are known."""
        yield PEOPLE, row[ROWS]
        yield from ((name, figure) for name, figure in row.items() if not name.startswith("s:"))
        for id_, counted in self._found.items():
            values = [facts[test[0].indicator].value for test in counted.facts]
            known = None not in values
            outcomes = tuple(
                presence.outcome(test, value)
                for test, value in zip(counted.facts, values, strict=True)
                if value is not None
            )
            yield f"{scenario_column(id_, 'value')}.n", row[_known(id_)] if known else 0
            if self._weighted:
                yield f"{scenario_column(id_, 'value')}.{MASS}", row[f"{_known(id_)}.{MASS}"] if known else 0
            yield f"{scenario_column(id_, 'value')}.present", row[_present(id_, outcomes)] if known else 0


def _crossed(name: str, size: int, atoms: int) -> pl.Expr:
    """A column of numbers and its row's atom in one number."""
    cells = atoms * size
    wide = pl.UInt16 if cells <= 1 << 16 else pl.UInt32 if cells <= 1 << 32 else pl.UInt64
    return (pl.col(ATOM).cast(wide) * pl.lit(size, dtype=wide) + pl.col(name).cast(wide)).alias(name)


def _looked_up(levels: Sequence[Packed]) -> list[pl.Expr]:
    """What the whole is summed from, looked up by the numbers of the dimensions."""
    wanted = [
        (level, name)
        for level in levels
        for name in level.table.columns
        if name.endswith((".filled", ".has", "applies"))
    ]
    return [pl.lit(level.table[name]).gather(pl.col(level.id).cast(pl.UInt32)).alias(name) for level, name in wanted]


def _level_figures(level: Packed, counts: Sequence[pl.DataFrame]) -> Iterator[tuple[int, dict[str, int]]]:
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


def _sums_of_levels() -> list[pl.Expr]:
    return [
        UNITS.count().cast(pl.Int64).name.suffix(".n"),
        UNITS.sum().name.suffix(".sum"),
        (UNITS.cast(pl.Int128) * UNITS).sum().name.suffix(".squares"),
        pl.col("^s:.*$").sum().cast(pl.Int64),
    ]


def _weighted_sums(scenarios: Sequence[str]) -> list[pl.Expr]:
    """The same where respondents count by case weights."""
    weight, wide = pl.col(WEIGHT), UNITS.cast(pl.Int128)
    there = UNITS.is_not_null().cast(pl.Int64) * weight
    known = pl.col([_known(id_) for id_ in scenarios])
    return [
        *MASSES[1:],
        UNITS.count().cast(pl.Int64).name.suffix(".n"),
        (wide * weight).sum().name.suffix(".sum"),
        (wide * UNITS * weight).sum().name.suffix(".squares"),
        there.sum().name.suffix(f".{MASS}"),
        (there.cast(pl.Int128) * weight).sum().name.suffix(f".{MASS_SQUARED}"),
        known.sum().cast(pl.Int64),
        (known.cast(pl.Int64) * weight).sum().name.suffix(f".{MASS}"),
        (pl.col(r"^s:.*\.present\|.*$").cast(pl.Int64) * weight).sum(),
    ]


def must_know_facts(plan: Plan) -> bool:
    """Whether the facts have to be known before anyone is counted: they count in readiness, or too many are tested."""
    facts = {id_: i for id_, i in plan.framework.indicators.items() if i.scope == "organisation"}
    if any(indicator.desired != "none" for indicator in facts.values()):
        return True
    tests = [
        {presence.test_name(test) for test in presence.tests_of(scenario.when) if test[0].indicator in facts}
        for scenario in plan.framework.scenarios.values()
    ]
    return any(len(some) > presence.MOST_FACT_TESTS for some in tests)


def _known(scenario: str) -> str:
    return f"{scenario_column(scenario, 'value')}.n"


def _present(scenario: str, outcomes: tuple[bool, ...]) -> str:
    return f"{scenario_column(scenario, 'value')}.present|{''.join('01'[outcome] for outcome in outcomes)}"


def _mask(indicator: str) -> str:
    return f"x:{indicator}.mask"


def _figures(
    lookup: _Lookup, counts: Sequence[pl.DataFrame], plan: Plan, *, of_those_who_know: bool = False
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
