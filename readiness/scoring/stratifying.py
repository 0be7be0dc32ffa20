"""Stratifying: every cell of the population has the say of its number of people.

That is post-stratification (Holt & Smith 1979). A respondent of a cell with N people of whom m have a value then counts
N / m in the mean of that value, in whatever group it is taken. Cells in which nobody has a value leave their say to the
others.

What a cell's mean would say by itself must not be told by how it counts: a group's plain sums, which its items' counts
give, and its stratified mean are two equations in the means of its cells. So cells that may not be shown by themselves
count together, as one cell of all their people (collapsing: Kalton & Flores-Cervantes 2003). Then a group's figures are
made of the figures of cells that could be shown, and of what these leave of the group's own. The cells that count
together are the same for all indicators of a group, since readiness is made of these; which of them make cells that
could be shown, `pooling` says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from readiness.scoring.balance import BalancedTotals, Mass, Stratum
from readiness.scoring.totals import GroupTotals, Key, Totals, added

if TYPE_CHECKING:
    from readiness.responses.population import Population

PEOPLE = ""  # instead of a figure's column: the numbers of people

Places = frozenset[int]  # of parts, among those of their group


@dataclass(frozen=True)
class Cell:
    """A cell of the population: how many people there are, and the sums of all of its respondents."""

    people: int
    whole: GroupTotals

    @property
    def rate(self) -> Fraction:
        """How many respondents there are for each of its people."""
        return Fraction(self.whole.n, self.people)


@dataclass(frozen=True)
class StratifiedTotals(BalancedTotals):
    """The sums of a group, and those of each of its cells, which have the say of the population.

    cells: of the population, one for each part. together: by figure, the parts that count as one, once or several
    times; those of `PEOPLE` hold for a figure that is not named.
    """

    cells: tuple[Cell, ...]
    together: Mapping[str, tuple[Places, ...]] = field(default_factory=dict)
    _added: dict[Places, GroupTotals] = field(init=False, default_factory=dict, compare=False)

    def strata(self, figure: str, mass: Mass) -> list[Stratum]:
        """The cells that a figure is made of, those that may not be shown by themselves as one."""
        says = [self._say(place, mass) for place in range(len(self.parts))]
        pools = self.together.get(figure, self.together.get(PEOPLE, ()))
        alone = set(range(len(self.parts))).difference(*pools)
        strata = [Stratum(self.parts[place], says[place]) for place in sorted(alone) if says[place]]
        for pool in pools:
            say = sum(says[place] for place in sorted(pool))
            strata += [Stratum(self._as_one(pool), say)] if say else []
        return strata

    def _as_one(self, places: Places) -> GroupTotals:
        """The sums of several parts, which most figures take together alike."""
        if places not in self._added:
            self._added[places] = added([self.parts[place] for place in sorted(places)])
        return self._added[places]

    def _say(self, place: int, mass: Mass) -> float:
        """How many people of a cell stand behind a part: all, or as many as its share of the cell's mass stands for."""
        cell, part = self.cells[place], mass(self.parts[place])
        whole = mass(cell.whole) if part else 0
        return 0 if not part else cell.people if part == whole else cell.people * (part / whole)


def cells_of(totals: Totals, population: Population) -> dict[Key, Cell]:
    """The cells of the population in which somebody has answered, in code-point order."""
    table = totals.table(population.keys)
    return {key: Cell(people, totals.group(table[key])) for key, people in population.people.items() if key in table}


def silent_people(totals: Totals, population: Population) -> int:
    """How many people are of cells of which nobody answered, so that others speak for them."""
    return population.total - sum(cell.people for cell in cells_of(totals, population).values())


def people_together(totals: GroupTotals) -> int:
    """How many people are of cells that do not count by themselves; none where nothing is stratified."""
    if not isinstance(totals, StratifiedTotals):
        return 0
    return sum(totals.cells[place].people for pool in totals.together.get(PEOPLE, ()) for place in pool)
