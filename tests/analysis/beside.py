"""The attacker of results (`tests.scoring.attacker`), who also reads what the analysis says beside the tables.

New equations: the means of a gap's sides are sums over those of a role who answered the items that are compared; the
numbers that a figure rests on count those of a role who have a score; response rates count those of a role who answered
anything; shares of *don't know* count what a role said to the items of an indicator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from readiness.scoring.findings import Analysis
from readiness.scoring.result import Group, Result, Suppressed
from tests.scoring.attacker import Atom, Attacker
from tests.scoring.linear import Known, Vector, added, modular
from tests.scoring.reference import Reference
from tests.scoring.reference_scores import exact

NOTHING = Analysis()


class Beside(Attacker):
    """Knows the result with its analysis. sides: the keys by which people are compared."""

    def __init__(
        self,
        result: Result,
        reference: Reference,
        by: Sequence[Sequence[str]],
        min_group: int,
        sides: Sequence[str] = ("role",),
    ) -> None:
        overall = result.overall
        self.told = overall.analysis or NOTHING if isinstance(overall, Group) else NOTHING
        self.keys = list(dict.fromkeys(key for some in [*by, sides] for key in some))
        super().__init__(result, reference, [*by, sides], min_group)
        self.counts, self.counted_before = Known([*self.numbers(), *self.beside()]), Known(self.numbers())
        self.unknown_said = Known(self.said())
        for rate in self.rates():
            self.people.learn(rate)

    def of(self, key: str, value: str | None) -> list[Atom]:
        """The atoms of a side."""
        return [atom for atom in self.atoms if atom[self.keys.index(key)] == value]

    # -- means --------------------------------------------------------------------------------------------------

    def equations(self) -> Iterator[Vector]:
        yield from super().equations()
        for gap in self.told.gaps.found if self.told.gaps else ():
            for side in gap.sides:
                found: Vector = {}
                for atom in self.of(gap.key, side):
                    found = added(found, self.view(gap.indicator, gap.items, atom))
                yield found

    def view(self, indicator: str, items: Sequence[str], atom: Atom) -> Vector:
        """What an atom says by some items: of one, or where all answered all or none, it is what the items say."""
        told = self.reference.indicators[indicator]["items"]
        if not self.is_all_or_none(items, atom):
            return {(f"view {indicator}", tuple(items), atom): 1}
        total = sum((exact(told[i].get("weight", 1)) for i in items), Fraction(0))
        found: Vector = {}
        for i in items:
            share = exact(told[i].get("weight", 1)) / total
            found = added(found, self.unknown(("item", i), atom), modular(share))
        return found

    def real(self, item: str, atom: Atom) -> list[bool]:
        """Who of an atom answered an item."""
        rows = [self.reference.evaluated[place] for place in self.atoms[atom]]
        return [self.reference.is_real(self.reference.cell(row, item)) for row in rows]

    def is_all_or_none(self, items: Sequence[str], atom: Atom) -> bool:
        return all(self.real(item, atom) == self.real(items[0], atom) for item in items)

    # -- numbers of people --------------------------------------------------------------------------------------

    def having(self, indicator: str, atom: Atom) -> Vector:
        """How many of an atom have a score: where a table says that all of them have, it is how many there are."""
        everybody = any(
            table.shown.n == self.cell(("indicator", indicator), table).n
            for table in self.tables
            if table.shown and atom in table.atoms and self.is_shown(("indicator", indicator), table)
        )
        return {("people", atom): 1} if everybody else {("having", indicator, atom): 1}

    def numbers(self) -> Iterator[Vector]:
        """How many people groups are, and how many stand behind their indicators: what tables say."""
        for table in self.tables:
            if table.shown is not None:
                yield {("people", a): 1 for a in table.atoms}
                for kind, name in self.figures:
                    if kind == "indicator" and self.is_shown((kind, name), table):
                        yield self.together(name, table.atoms)
                    if kind == "item" and self.is_shown((kind, name), table):
                        yield self.answers(name, table.atoms)

    def beside(self) -> Iterator[Vector]:
        """How many of a side are counted beside the tables."""
        for name, resting in (self.told.resting or {}).items():
            for role in resting.roles:
                yield self.together(name, self.of("role", role))
        for gap in self.told.gaps.found if self.told.gaps else ():
            for side in gap.sides:
                found: Vector = {}
                for atom in self.of(gap.key, side):
                    found = added(found, self.comparable(gap.indicator, gap.items, atom))
                yield found
        for row in self.told.responding.unknowing if self.told.responding else ():
            items = self.reference.indicators[row.indicator]["items"].values()
            if not any("roles" in item or "ask_if" in item for item in items):  # as many are asked as there are
                yield {("people", a): 1 for a in self.of("role", row.role)}
        yield from self.rates()

    def comparable(self, indicator: str, items: Sequence[str], atom: Atom) -> Vector:
        """How many of an atom answered what is compared."""
        if self.is_all_or_none(items, atom):
            return self.answers(items[0], [atom])
        return {("comparable", indicator, tuple(items), atom): 1}

    def answers(self, item: str, atoms: Sequence[Atom]) -> Vector:
        """How many answered an item: of an atom in which all did, and that is told, as many as there are."""
        found: Vector = {}
        for atom in atoms:
            if (("item", item), atom) not in self.empty:
                everybody = self.is_said_to_answer(item, atom)
                found = added(found, {("people", atom): 1} if everybody else {("answers", item, atom): 1})
        return found

    def is_said_to_answer(self, item: str, atom: Atom) -> bool:
        """Whether a table or a gap says of a group that all of it answered, and the atom is part of it."""
        shown = [t for t in self.tables if t.shown and atom in t.atoms and self.is_shown(("item", item), t)]
        if any(table.shown and self.cell(("item", item), table).n == table.shown.n for table in shown):
            return True
        for gap in self.told.gaps.found if self.told.gaps else ():
            for side in gap.sides if item in gap.items else ():
                inside = self.of(gap.key, side)
                if atom in inside and all(all(self.real(i, a)) for a in inside for i in gap.items):
                    return True
        return False

    def together(self, indicator: str, atoms: Sequence[Atom]) -> Vector:
        found: Vector = {}
        for atom in atoms:
            found = added(found, self.having(indicator, atom))
        return found

    def rates(self) -> Iterator[Vector]:
        for row in self.told.responding.groups if self.told.responding else ():
            for key, value in row.by.items() if row.n is not None and len(row.by) == 1 else ():
                if key in self.keys:
                    yield {("people", a): 1 for a in self.of(key, value)}

    # -- what people could not say ------------------------------------------------------------------------------

    def said(self) -> Iterator[Vector]:
        """How often *don't know* was said: to an item in a group, to an indicator's items in a role."""
        for table in self.tables:
            for kind, item in self.figures if table.shown is not None else ():
                if kind == "item" and self.is_shown((kind, item), table):
                    yield {("dk", item, atom): 1 for atom in table.atoms}
        for row in self.told.responding.unknowing if self.told.responding else ():
            yield self.dk(row.indicator, self.of("role", row.role))

    def dk(self, indicator: str, atoms: Sequence[Atom]) -> Vector:
        items = [i for i in self.reference.indicators[indicator]["items"] if i in self.reference.columns]
        return {("dk", item, atom): 1 for item in items for atom in atoms}

    # -- the attack ---------------------------------------------------------------------------------------------

    def recovered(self) -> list[str]:
        return [
            *super().recovered(),
            *self.thin(),
            *self.counted(),
            *self.answered_by_few(),
            *self.unsaid(),
            *self.spoken_of(),
        ]

    def thin(self) -> Iterator[str]:
        """Figures of sides that rest on too few."""
        for gap in self.told.gaps.found if self.told.gaps else ():
            if min(gap.n) < self.min_group:
                yield f"gap of {gap.sides} in {gap.indicator}: n = {gap.n}"
        for name, resting in (self.told.resting or {}).items():
            for role, n in resting.roles.items():
                if n < self.min_group:
                    yield f"{name} rests on {n} of {role}"
        for row in self.told.responding.groups if self.told.responding else ():
            if row.n is not None and 0 < row.n < self.min_group:
                yield f"rate of {row.by}: n = {row.n}"

    def counted(self) -> Iterator[str]:
        """How many of fewer people than the threshold have a score, where that follows from more than the tables."""
        for kind, name in self.figures:
            if kind != "indicator":
                continue
            for atoms in self.small_sets(("people", "")):
                sought = self.together(name, atoms)
                if self.counts.gives(sought) and not self.counted_before.gives(sought):
                    yield f"how many of {atoms} have a score in {name} can be computed"

    def answered_by_few(self) -> Iterator[str]:
        """How many answered an item, where they are fewer than the threshold and it follows from more than tables."""
        for kind, name in self.figures:
            for atoms in self.small_sets((kind, name)) if kind == "item" else ():
                sought = self.answers(name, atoms)
                if self.counts.gives(sought) and not self.counted_before.gives(sought):
                    yield f"how many of {atoms} answered {name} can be computed"

    def unsaid(self) -> Iterator[str]:
        for atoms in self.small_sets(("people", "")):
            for name in self.reference.indicators:
                sought = self.dk(name, atoms)
                if sought and self.unknown_said.gives(sought):
                    yield f"how often {atoms} said don't know to {name} can be computed"

    def spoken_of(self) -> Iterator[str]:
        """Indicators that are hidden of everybody, and spoken of all the same."""
        for (kind, name), table in ((figure, self.tables[0]) for figure in self.figures):
            if kind != "indicator" or not isinstance(self.cell((kind, name), table), Suppressed):
                continue
            said: dict[str, Any] = {
                "a gap": any(gap.indicator == name for gap in (self.told.gaps.found if self.told.gaps else ())),
                "the instrument": not isinstance((self.told.instrument or {}).get(name, Suppressed()), Suppressed),
                "what it rests on": bool((r := (self.told.resting or {}).get(name)) and r.roles),
            }
            yield from (f"{name}: hidden, but {what} speaks of it" for what, there in said.items() if there)
