"""An attacker who computes, from everything published in a result, whatever sums and differences give away.

Unknowns are the sums of each atom (a cell of the crossing of all keys of all tables, blanks their own): people, sums of
indicator scores, sums of item scores, people on whom a scenario is. Every shown figure of every group is an equation in
them. Beyond the tables the attacker knows how many people stand behind each figure, that readiness is the weighted mean
of a group's indicators, and that an indicator is the weighted mean of its items where all answered the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from readiness.scoring.result import Group, ItemCounts, Result, ScenarioResult, SubGroup, Suppressed, SuppressedGroup
from tests.scoring.linear import Known, Vector, added, modular
from tests.scoring.reference import Reference
from tests.scoring.reference_scores import exact

Atom = tuple[Any, ...]
Figure = tuple[str, str]  # ("indicator" | "item" | "prevalence" | "people", id)


@dataclass(frozen=True)
class Table:
    """One group of the result: what it is formed by, its atoms, and what is published about it (None: nothing)."""

    name: str
    atoms: tuple[Atom, ...]
    shown: Group | None


class Attacker:
    """Knows the result, the framework, and (as a yardstick, and for numbers of people) the truth in `reference`."""

    def __init__(self, result: Result, reference: Reference, by: Sequence[Sequence[str]], min_group: int) -> None:
        self.reference, self.min_group = reference, min_group
        keys = list(dict.fromkeys(key for some in by for key in some))
        self.atoms: dict[Atom, list[int]] = {}
        for place, row in enumerate(reference.evaluated):
            self.atoms.setdefault(tuple(row.get(key) for key in keys), []).append(place)
        self.tables = [
            Table("overall", tuple(self.atoms), result.overall if isinstance(result.overall, Group) else None)
        ]
        for group in result.groups:
            chosen = tuple(a for a in self.atoms if all(a[keys.index(k)] == v for k, v in group.by.items()))
            shown = group if isinstance(group, SubGroup) else None
            self.tables.append(Table(str(group.by), chosen, shown))
        self.own_memberships = {
            s: [reference.memberships(told["when"], scores)["membership"] for scores in reference.own]
            for s, told in reference.scenarios.items()
        }
        self.figures: list[Figure] = [
            ("indicator", k) for k, i in reference.indicators.items() if i.get("scope") != "organisation"
        ]
        self.figures += [("item", i) for i in reference.items]
        self.figures += [("prevalence", s) for s in reference.scenarios]
        self.empty = {
            (f, a)
            for table in self.tables
            if table.shown
            for f in self.figures
            if self.is_empty(f, table)
            for a in table.atoms
        }
        self.known = Known(self.equations())
        self.people = Known([{("people", a): 1 for a in t.atoms} for t in self.tables if t.shown])

    # -- the truth ----------------------------------------------------------------------------------------------

    def contributors(self, figure: Figure, atom: Atom) -> int:
        """How many people of an atom stand behind a figure."""
        kind, name = figure
        places = self.atoms[atom]
        if kind == "people":
            return len(places)
        if kind == "indicator":
            return sum(self.reference.own[p][name].value is not None for p in places)
        if kind == "item":
            return sum(self.reference.is_real(self.reference.cell(self.reference.evaluated[p], name)) for p in places)
        return sum(self.own_memberships[name][p] is not None for p in places)

    def behind(self, figure: Figure, atoms: Sequence[Atom]) -> int:
        return sum(self.contributors(figure, atom) for atom in atoms)

    def answered(self, indicator: Mapping[str, Any], place: int) -> frozenset[str]:
        """The items of an indicator that count and that this respondent answered."""
        row = self.reference.evaluated[place]
        counting = [i for i, item in indicator["items"].items() if exact(item.get("weight", 1)) > 0]
        return frozenset(i for i in counting if self.reference.is_real(self.reference.cell(row, i)))

    def answered_everything(self, indicator: Mapping[str, Any], place: int) -> bool:
        """Whether this respondent answered every item of the indicator that counts and has a column."""
        counting = {i for i, item in indicator["items"].items() if exact(item.get("weight", 1)) > 0}
        there = counting & self.reference.columns
        return bool(there) and self.answered(indicator, place) == there

    # -- what is published --------------------------------------------------------------------------------------

    def cell(self, figure: Figure, table: Table) -> Any:
        """What the result says about a figure of a group: None where nothing is said."""
        kind, name = figure
        if table.shown is None:
            return None
        if kind == "indicator":
            return table.shown.indicators[name]
        if kind == "item":
            return table.shown.items[name]
        scenario = table.shown.scenarios.get(name)
        return scenario if scenario is None or isinstance(scenario, Suppressed) else scenario.prevalence

    def is_shown(self, figure: Figure, table: Table) -> bool:
        found = self.cell(figure, table)
        return found is not None and not isinstance(found, Suppressed)

    def is_empty(self, figure: Figure, table: Table) -> bool:
        """Published as resting on nobody."""
        kind, name = figure
        if kind == "prevalence":
            scenario = table.shown.scenarios.get(name) if table.shown else None
            return isinstance(scenario, ScenarioResult) and scenario.prevalence is None
        return self.is_shown(figure, table) and self.cell(figure, table).n == 0

    def unknown(self, figure: Figure, atom: Atom) -> Vector:
        """The sum of a figure over an atom, in terms of what is elementary."""
        if (figure, atom) in self.empty:
            return {}
        kind, name = figure
        if kind == "indicator":
            indicator = self.reference.indicators[name]
            if all(self.answered_everything(indicator, p) for p in self.atoms[atom]):
                chosen = self.answered(indicator, self.atoms[atom][0])
                total = sum((exact(indicator["items"][i].get("weight", 1)) for i in chosen), Fraction(0))
                found: Vector = {}
                for i in chosen:
                    share = exact(indicator["items"][i].get("weight", 1)) / total
                    found = added(found, self.unknown(("item", i), atom), modular(share))
                return found
        return {(figure, atom): 1}

    def total(self, figure: Figure, atoms: Sequence[Atom]) -> Vector:
        found: Vector = {}
        for atom in atoms:
            found = added(found, self.unknown(figure, atom))
        return found

    def equations(self) -> Iterator[Vector]:
        """Everything the shown figures say."""
        for table in self.tables:
            if table.shown is None:
                continue
            for figure in self.figures:
                if self.is_shown(figure, table):
                    yield self.total(figure, table.atoms)
            for scenario in table.shown.scenarios.values():
                for condition in scenario.conditions if isinstance(scenario, ScenarioResult) else ():
                    name = condition.condition.split(" ", 1)[1]
                    if ("indicator", name) in self.figures and condition.score is not None:
                        yield self.total(("indicator", name), table.atoms)
            for dimension_id, dimension in self.reference.dimensions.items():
                shown = table.shown.dimensions[dimension_id]
                if not isinstance(shown, Suppressed) and shown.value is not None:
                    yield self.mean_of_parts(self.reference.parts(dimension), table) or {}
            readiness = table.shown.readiness
            if not isinstance(readiness, Suppressed) and readiness.value is not None:
                yield self.mean_of_parts(self.reference.top(), table) or {}

    def mean_of_parts(self, parts: Sequence[tuple[Fraction, str, str, str]], table: Table) -> Vector | None:
        """A dimension's value (or the whole's) as a combination of sums of indicators; None where it has no value."""
        found: Vector = {}
        total = Fraction(0)
        for weight, kind, name, desired in parts:
            if kind == "dimension":
                part = self.mean_of_parts(self.reference.parts(self.reference.dimensions[name]), table)
            elif ("indicator", name) not in self.figures:  # a fact of the organisation: known to all
                part = {}
            else:
                people = self.behind(("indicator", name), table.atoms)
                part = (
                    added({}, self.total(("indicator", name), table.atoms), modular(Fraction(1, people)))
                    if people
                    else None
                )
            if part is not None:
                total += weight
                found = added(found, part, modular(-weight if desired == "low" else weight))
        return {key: number * modular(1 / total) for key, number in found.items()} if total else None

    # -- the attack ---------------------------------------------------------------------------------------------

    def recovered(self) -> list[str]:
        """Everything that should be hidden and can be computed; nothing, if the result keeps its promise."""
        return [
            *self.thresholds(),
            *self.hidden_groups(),
            *self.hidden_cells(),
            *self.small_combinations(),
            *self.bounds(),
        ]

    def thresholds(self) -> Iterator[str]:
        """Figures that are shown though they rest on too few."""
        for table in self.tables:
            if table.shown is None:
                continue
            if table.shown.n < self.min_group:
                yield f"{table.name}: shown with {table.shown.n} people"
            figures: list[tuple[str, Any]] = [("readiness", table.shown.readiness)]
            figures += [*table.shown.dimensions.items(), *table.shown.indicators.items(), *table.shown.items.items()]
            figures += [
                (s, c.prevalence)
                for s, c in table.shown.scenarios.items()
                if isinstance(c, ScenarioResult) and c.prevalence
            ]
            for name, shown in figures:
                if isinstance(shown, Suppressed) or shown.n >= self.min_group:
                    continue
                if shown.n > 0:
                    yield f"{table.name} {name}: shown with n = {shown.n}"
                elif isinstance(shown, ItemCounts) and shown.not_asked != table.shown.n:
                    yield f"{table.name} {name}: shown though it was put and nobody answered"

    def hidden_groups(self) -> Iterator[str]:
        """Groups that are hidden and whose size can be computed, or that leave too small a rest."""
        for table in self.tables:
            if (
                table.shown is None
                and table.name != "overall"
                and self.people.gives({("people", a): 1 for a in table.atoms})
            ):
                yield f"{table.name}: hidden, but its size can be computed"
        for atoms in self.small_sets(("people", "")):
            if self.people.gives({("people", a): 1 for a in atoms}):
                yield f"people: the number of {atoms} can be computed"

    def hidden_cells(self) -> Iterator[str]:
        """Hidden figures that can be computed."""
        for table in self.tables:
            for figure in self.figures:
                if (
                    figure[0] == "prevalence"
                    and table.name != "overall"
                    and self.reference.scenarios[figure[1]].get("level") == "organisation"
                ):
                    continue
                sought = self.total(figure, table.atoms)
                if sought and not self.is_shown(figure, table) and self.known.gives(sought):
                    yield f"{table.name} {figure}: hidden, but can be computed (n = {self.behind(figure, table.atoms)})"

    def small_combinations(self) -> Iterator[str]:
        """Sets of atoms that rest on too few people, and of which a figure, or figures together, can be computed."""
        for figure in self.figures:
            nobody = Known(
                self.known.remainder(self.unknown(figure, a)) for a in self.atoms if not self.contributors(figure, a)
            )
            for atoms in self.small_sets(figure):
                sought = self.total(figure, atoms)
                if sought and nobody.gives(self.known.remainder(sought)):
                    yield f"{figure}: the sum over {atoms} can be computed"
        for kind in ("indicator", "item", "prevalence"):
            for atoms in self.small_sets(("people", "")):
                vectors = [v for v in (self.total(figure, atoms) for figure in self.figures if figure[0] == kind) if v]
                if self.known.gives_a_combination_of(independent(vectors)):
                    yield f"{kind}s together: a combination over {atoms} can be computed"

    def small_sets(self, figure: Figure) -> list[list[Atom]]:
        """All sets of atoms with fewer than `min_group` people (but some) behind the figure."""
        sizes = {a: self.contributors(figure, a) for a in self.atoms}
        found: list[tuple[list[Atom], int]] = [([], 0)]
        for atom, size in sizes.items():
            if size:
                found += [
                    ([*chosen, atom], people + size) for chosen, people in found if people + size < self.min_group
                ]
        return [chosen for chosen, _ in found if chosen]

    def bounds(self) -> Iterator[str]:
        """Bounds of hidden indicators that follow from the bounds of readiness or of a condition in the same group."""
        for table in self.tables:
            if table.shown is None:
                continue
            hidden = {k for kind, k in self.figures if kind == "indicator" and not self.is_shown((kind, k), table)}
            said: list[Vector] = []
            for scenario in table.shown.scenarios.values():
                if isinstance(scenario, ScenarioResult):
                    said += [{c.condition.split(" ", 1)[1]: 1} for c in scenario.conditions]
            for dimension_id, dimension in self.reference.dimensions.items():
                if not isinstance(table.shown.dimensions[dimension_id], Suppressed):
                    said.append(self.parts_that_apply(self.reference.parts(dimension), table) or {})
            if not isinstance(table.shown.readiness, Suppressed):
                said.append(self.parts_that_apply(self.reference.top(), table) or {})
            known = Known({k: n for k, n in equation.items() if k in hidden} for equation in said)
            for name in sorted(hidden):
                if self.applies(name, table) and known.gives({name: 1}):
                    yield f"{table.name} {name}: hidden, but its bounds can be computed"

    def applies(self, indicator: str, table: Table) -> bool:
        return any(self.reference.own[p][indicator].applies for a in table.atoms for p in self.atoms[a])

    def parts_that_apply(self, parts: Sequence[tuple[Fraction, str, str, str]], table: Table) -> Vector | None:
        found: Vector = {}
        total = Fraction(0)
        for weight, kind, name, _ in parts:
            if kind == "dimension":
                part = self.parts_that_apply(self.reference.parts(self.reference.dimensions[name]), table)
            else:
                part = {name: 1} if self.applies(name, table) else None
            if part is not None:
                total += weight
                found = added(found, part, modular(weight))
        return {key: number * modular(1 / total) for key, number in found.items()} if total else None


def independent(vectors: Sequence[Vector]) -> list[Vector]:
    """The vectors without those that are combinations of earlier ones."""
    seen, kept = Known([]), []
    for vector in vectors:
        if not seen.gives(vector):
            seen.learn(vector)
            kept.append(vector)
    return kept


def recovered(result: Result, reference: Reference, by: Sequence[Sequence[str]], min_group: int) -> list[str]:
    """What an attacker recovers from a result that should have been protected."""
    return Attacker(result, reference, by, min_group).recovered()


def hidden_names(result: Result) -> list[str]:
    """The groups that are not shown."""
    return [str(group.by) for group in result.groups if isinstance(group, SuppressedGroup)]
