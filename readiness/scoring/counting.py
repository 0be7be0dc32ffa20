"""Counting: the totals of any number of respondents, taken in pieces, each way of answering scored once.

What a total says of an indicator or of its items hangs on how many answered it in which way, so those are counted
(`patterns`) and the figures of a pattern multiplied by its count. What hangs on several indicators of one person, a
dimension's readiness and the presence of a scenario, is put together a person at a time from the patterns' figures.
The sums are those of `totals`, integer for integer, whatever the pieces were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from readiness.responses.coding import RESPONDENT, WEIGHT
from readiness.scoring import presence
from readiness.scoring.atoms import ATOM, Atoms
from readiness.scoring.calibration import GRAIN
from readiness.scoring.histograms import MASSES, Patterns, Tally, level_sums
from readiness.scoring.lookups import SMALL, Lookup, Table
from readiness.scoring.packing import Packed, packed
from readiness.scoring.parts import staged
from readiness.scoring.patterns import Keyed, flags, shapes
from readiness.scoring.plan import FIELDS, OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column
from readiness.scoring.totals import ANSWERED, MASS, MASS_SQUARED, PEOPLE, ROWS, GroupTotals, Key, Totals

if TYPE_CHECKING:
    from readiness.framework.models import Indicator

UNITS = pl.col("^d:.*/units$")


@dataclass(frozen=True)
class Piece:
    """Respondents who are counted: who they are, with their context, and their keys, row for row.

    atoms: above the highest number of an atom among them.
    """

    people: pl.DataFrame
    keyed: pl.DataFrame
    atoms: int


class Counting:
    """The work of counting, for one survey taken in pieces."""

    def __init__(
        self,
        plan: Plan,
        keys: Sequence[str],
        facts: Mapping[str, Fact] | None = None,
        *,
        facts_only: bool = False,
    ) -> None:
        """keys: context keys by whose crossing is summed.

        facts: the organisation's indicators; without them `totals` has to be told, which `must_know_facts` may forbid.
        facts_only: count nothing but what `fact_totals` needs.
        """
        framework = plan.framework
        self.plan = plan
        self.keys = tuple(keys)
        self._facts = facts
        self.fact_ids = frozenset(id_ for id_, i in framework.indicators.items() if i.scope == "organisation")
        self.facts_only = facts_only
        counted = [i for id_, i in framework.indicators.items() if not facts_only or id_ in self.fact_ids]
        self._lookups = [Lookup(shape) for shape in shapes(plan, counted)]
        self.masks = presence.masks(framework.scenarios.values())
        self._found = {
            id_: presence.counted(scenario, self._bit, self.fact_ids) for id_, scenario in framework.scenarios.items()
        }
        self._atoms = Atoms(self.keys)
        self._patterns = Tally({member.id: member.size for member, _ in self.members})
        self._people: list[pl.DataFrame] = []
        self._bits: dict[str, tuple[int, pl.Series]] = {}
        self._counted = 0  # respondents
        self._weighted = False

    @cached_property
    def members(self) -> list[tuple[Keyed, Lookup]]:
        """Every indicator that is counted, with the figures of its patterns."""
        return [(member, lookup) for lookup in self._lookups for member in lookup.shape.members]

    @cached_property
    def _numbers(self) -> Tally:
        """How often the numbers of dimensions occur."""
        return Tally({level.id: level.size for level in self.packed})

    @cached_property
    def in_readiness(self) -> frozenset[str]:
        """The indicators that count in a dimension."""
        return frozenset(id_ for id_, i in self.plan.framework.indicators.items() if i.desired != "none")

    def add(self, frame: pl.DataFrame, sign: int = 1) -> Piece | None:
        """Count the respondents of one piece. sign: -1 takes respondents back who were counted before.

        Gives back who was counted, if anybody.
        """
        piece = self.keyed(frame)
        if piece is None:
            return None
        self._counted += sign * piece.keyed.height
        self._weighted = WEIGHT in piece.keyed.columns
        self._count(piece, sign)
        if not self.facts_only:
            people = self._sums_of_people(piece, sign)
            self._people.append(people if sign == 1 else people.with_columns(pl.exclude(ATOM) * sign))
        return piece

    def keyed(self, frame: pl.DataFrame) -> Piece | None:
        """The keys of one piece's respondents: coded responses, of which those without any answer are left out."""
        worked = nw.from_native(frame).with_columns(self.plan.answered().alias(ANSWERED), *flags(self.plan)).to_native()
        if not worked[ANSWERED].all():
            worked = worked.filter(ANSWERED)
        if not worked.height:
            return None
        atoms, ids = self._atoms.of(worked)
        weight = [pl.col(WEIGHT)] if WEIGHT in worked.columns else []
        keyed = worked.select(atoms, *weight, *[member.key() for member, _ in self.members])
        told = [key for key in self.plan.framework.context if key in self.plan.context]
        return Piece(worked.select(RESPONDENT, *told), keyed, max(ids) + 1)

    def tables(self, facts: Mapping[str, Fact]) -> Iterator[Table]:
        """The figures of every indicator's patterns, in the plan's names; of a fact, its own."""
        for member, lookup in self.members:
            if member.id not in self.fact_ids:
                columns = {**{name: name for name in FIELDS}, "filled": "value/filled", "has": "value/has"}
                named = [pl.col(of).alias(indicator_column(member.id, name)) for of, name in columns.items()]
                yield Table(member.id, lookup.figures.select(named), lookup.changed, member.id)
        for id_ in self.fact_ids:
            fact = nw.from_native(pl.DataFrame({"": [0]})).select(*facts[id_].columns(id_)).to_native()
            value = pl.col(indicator_column(id_, "value"))
            filled = value.fill_null(0.0).name.suffix("/filled")
            yield Table(id_, fact.with_columns(filled, value.is_not_null().cast(pl.Int16).name.suffix("/has")), 0, None)

    def _count(self, piece: Piece, sign: int) -> None:
        """How often each key of each indicator occurs in each atom."""
        self._patterns.add(piece.keyed, piece.atoms, sign)
        self.learn(piece)

    def learn(self, piece: Piece) -> None:
        """Score the patterns that occur in a piece, where not all were scored beforehand."""
        for member, lookup in self.members:
            if lookup.shape.size > SMALL:
                lookup.learn(piece.keyed[member.id].unique().cast(pl.UInt32))

    def _sums_of_people(self, piece: Piece, sign: int) -> pl.DataFrame:
        """Readiness and presence of every respondent, summed by atom."""
        keyed = piece.keyed
        columns = [column for member, lookup in self.members for column in self._figures_of(member, lookup)]
        weight = [WEIGHT] if self._weighted else []
        levels = [readiness_column(id_, "value") for id_ in (*self.plan.framework.all_dimensions, OVERALL)]
        if self.packed:
            numbers = keyed.select(ATOM, *weight, *[level.number() for level in self.packed], *columns)
            self._numbers.add(numbers, piece.atoms, sign)
            rows = nw.from_native(numbers.lazy().with_columns(_looked_up(self.packed)))
            rows = staged(rows, [self.plan.whole_level()], bounds=False)
            levels = levels[-1:]
        else:
            rows = nw.from_native(keyed.lazy().select(ATOM, *weight, *columns))
            rows = self.plan.readiness(rows, bounds=False, is_filled=True)
        units = (pl.col(levels) * GRAIN).round().cast(pl.Int64).name.suffix("/units")
        native: pl.LazyFrame = rows.to_native()
        summed = native.select(ATOM, *weight, units, *self._truths)
        sums = _weighted_sums(list(self._found)) if self._weighted else _sums_of_levels()
        return summed.group_by(ATOM).agg(pl.len().cast(pl.Int64).alias(ROWS), *sums).collect()

    @cached_property
    def packed(self) -> list[Packed]:
        """The dimensions, where each of them can be told by a number; else none."""
        if self.fact_ids & self.in_readiness:
            return []
        if any(lookup.shape.size > SMALL for lookup in self._lookups):
            return []
        figures = {member.id: lookup.figures for member, lookup in self.members if member.id not in self.fact_ids}
        dimensions = self.plan.framework.all_dimensions.values()
        levels = [packed(d.id, self.plan.dimension_level(d), figures) for d in dimensions]
        found = [level for level in levels if level is not None]
        return found if len(found) == len(levels) else []

    @cached_property
    def _truths(self) -> list[pl.Expr]:
        """Columns: who has a membership in each scenario, and on whom it is present."""
        columns = []
        for id_, counted in self._found.items():
            columns.append(_native(counted.known).alias(known_column(id_)))
            columns += [_native(truth).alias(present_column(id_, some)) for some, truth in counted.present.items()]
        return columns

    def _bit(self, indicator: str, name: str) -> pl.Expr:
        """Whether a truth about an indicator holds, from its column of masks."""
        return self.masks[indicator].bit(_mask(indicator), name)

    def _figures_of(self, member: Keyed, lookup: Lookup) -> list[pl.Expr]:
        """Columns of an indicator's figures: for readiness, and for the tests of scenarios."""
        prefix, index = indicator_column(member.id, ""), pl.col(member.id).cast(pl.UInt32)
        columns = []
        if member.id in self.in_readiness and not self.packed:
            wanted = {"filled": f"{prefix}value/filled", "has": f"{prefix}value/has", "applies": f"{prefix}applies"}
            if member.id in self.fact_ids:
                columns += self._fact_columns(member.id, wanted)
            else:
                columns += [pl.lit(lookup.figures[of]).gather(index).alias(name) for of, name in wanted.items()]
        if member.id in self.masks and member.id not in self.fact_ids:
            columns.append(pl.lit(self.bits_for(member, lookup)).gather(index).alias(_mask(member.id)))
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

    def bits_for(self, member: Keyed, lookup: Lookup) -> pl.Series:
        """Which tests hold for each pattern of an indicator, as `masks` packs them."""
        known, bits = self._bits.get(member.id, (0, None))
        if bits is None or known != lookup.changed:
            tests = {
                presence.test_name(test): test
                for scenario in self.plan.framework.scenarios.values()
                for test in presence.tests_of(scenario.when)
                if test[0].indicator == member.id
            }
            bits = presence.masks_of(lookup.figures["value"], list(tests.values()), self.masks[member.id])
            self._bits[member.id] = (lookup.changed, bits)
        return bits

    def take(
        self, atoms: Sequence[Key], patterns: pl.DataFrame, numbers: pl.DataFrame, people: pl.DataFrame, weighted: bool
    ) -> None:
        """Take what was counted elsewhere of everybody, all at once.

        atoms: each atom's values of `keys`, by its number. patterns, numbers: of indicators and of `packed` dimensions,
        as `histograms.Tally.table` has them. people: a row an atom, with the sums of its respondents' readiness, as far
        as no numbers tell it, and of presence.
        """
        self._atoms.numbers = {key: number for number, key in enumerate(atoms)}
        self._patterns.take(patterns)
        self._numbers.take(numbers)
        self._people = [people]
        self._counted = int(people[ROWS].sum())
        self._weighted = weighted

    def fact_totals(self, wanted: Sequence[Indicator], *, of_those_who_know: bool) -> GroupTotals:
        """The organisation's indicators summed over all they apply to, or over those who have a value for them."""
        ids = {indicator.id for indicator in wanted}
        sums: dict[str, int] = {}
        told = Patterns(self.members, self.plan).indicators(self._patterns.table(), of_those_who_know=of_those_who_know)
        for _, id_, figures in told:
            if id_ in ids:
                for name, figure in figures.items():
                    sums[name] = sums.get(name, 0) + figure
        people = {PEOPLE: self._counted, ROWS: self._counted, **({MASS: 1} if self._weighted else {})}
        return GroupTotals({**people, **sums})

    def totals(self, facts: Mapping[str, Fact]) -> Totals:
        """The sums of everybody counted, by atom."""
        names = {number: key for key, number in self._atoms.numbers.items()}
        outcomes = {id_: _outcomes(counted, facts) for id_, counted in self._found.items()}
        sums: dict[int, dict[str, int]] = {}
        if self._people:
            people = pl.concat(self._people).group_by(ATOM).agg(pl.all().sum())
            for row in people.iter_rows(named=True):
                atom = row.pop(ATOM)
                if row[ROWS]:
                    sums[atom] = dict(self._settled(row, outcomes))
        for atom, figures in self._figures():
            if atom in sums:
                sums[atom].update(figures)
        return Totals(self.keys, {names[number]: sums[number] for number in sorted(sums)})

    def _figures(self) -> Iterator[tuple[int, dict[str, int]]]:
        """The sums of dimensions, indicators and items: atom, sums by name."""
        if self.packed:
            yield from level_sums(self.packed, self._numbers.table())
        table = self._patterns.table()
        patterns = Patterns(self.members, self.plan)
        yield from ((atom, figures) for atom, _, figures in patterns.indicators(table))
        yield from ((atom, {name: n}) for atom, name, n in patterns.items(table))

    def _settled(
        self, row: Mapping[str, int], outcomes: Mapping[str, tuple[bool, ...] | None]
    ) -> Iterator[tuple[str, int]]:
        """Sums of people under the names that `totals` has, now that it is known how tests of the facts come out."""
        yield PEOPLE, row[ROWS]
        yield from ((name, figure) for name, figure in row.items() if not name.startswith("s:"))
        for id_, found in outcomes.items():
            column = scenario_column(id_, "value")
            yield f"{column}/n", row[known_column(id_)] if found is not None else 0
            if self._weighted:
                yield f"{column}/{MASS}", row[f"{known_column(id_)}/{MASS}"] if found is not None else 0
            yield f"{column}/present", row[present_column(id_, found)] if found is not None else 0


def _outcomes(counted: presence.Counted[pl.Expr], facts: Mapping[str, Fact]) -> tuple[bool, ...] | None:
    """How a scenario's tests of the facts come out; None where a fact is missing, and so everybody's membership."""
    values = [facts[test[0].indicator].value for test in counted.facts]
    if None in values:
        return None
    return tuple(
        presence.outcome(test, value) for test, value in zip(counted.facts, values, strict=True) if value is not None
    )


def _looked_up(levels: Sequence[Packed]) -> list[pl.Expr]:
    """What the whole is summed from, looked up by the numbers of the dimensions."""
    wanted = [
        (level, name)
        for level in levels
        for name in level.table.columns
        if name.endswith(("/filled", "/has", "applies"))
    ]
    return [pl.lit(level.table[name]).gather(pl.col(level.id).cast(pl.UInt32)).alias(name) for level, name in wanted]


def _sums_of_levels() -> list[pl.Expr]:
    return [
        UNITS.count().cast(pl.Int64).name.suffix("/n"),
        UNITS.sum().name.suffix("/sum"),
        (UNITS.cast(pl.Int128) * UNITS).sum().name.suffix("/squares"),
        pl.col("^s:.*$").sum().cast(pl.Int64),
    ]


def _weighted_sums(scenarios: Sequence[str]) -> list[pl.Expr]:
    """The same where respondents count by case weights."""
    weight, wide = pl.col(WEIGHT), UNITS.cast(pl.Int128)
    there = UNITS.is_not_null().cast(pl.Int64) * weight
    known = pl.col([known_column(id_) for id_ in scenarios])
    return [
        *MASSES[1:],
        UNITS.count().cast(pl.Int64).name.suffix("/n"),
        (wide * weight).sum().name.suffix("/sum"),
        (wide * UNITS * weight).sum().name.suffix("/squares"),
        there.sum().name.suffix(f"/{MASS}"),
        (there.cast(pl.Int128) * weight).sum().name.suffix(f"/{MASS_SQUARED}"),
        known.sum().cast(pl.Int64),
        (known.cast(pl.Int64) * weight).sum().name.suffix(f"/{MASS}"),
        (pl.col(r"^s:.*/present\|.*$").cast(pl.Int64) * weight).sum(),
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


def known_column(scenario: str) -> str:
    """The sum of those who have a membership of their own in a scenario."""
    return f"{scenario_column(scenario, 'value')}/n"


def present_column(scenario: str, outcomes: tuple[bool, ...]) -> str:
    """The sum of those on whom a scenario is present if its tests of the facts come out so."""
    return f"{scenario_column(scenario, 'value')}/present|{''.join('01'[outcome] for outcome in outcomes)}"


def _native(truth: pl.Expr | bool) -> pl.Expr:
    return pl.lit(truth) if isinstance(truth, bool) else truth


def _mask(indicator: str) -> str:
    return f"x:{indicator}/mask"
