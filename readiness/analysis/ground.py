"""The ground: what a result is completed from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.analysis.protection import Protection
from readiness.analysis.views import answered
from readiness.responses.population import Population
from readiness.scoring.result import Group, ItemCounts, SubGroup

if TYPE_CHECKING:
    from readiness.analysis.onlooking import Onlooker
    from readiness.framework.models import Framework
    from readiness.responses.limits import Limit
    from readiness.scoring.forming import Balance
    from readiness.scoring.result import Result


@dataclass(frozen=True)
class Ground:
    """What a result is completed from, beside what it shows itself.

    survey: what was seen of everybody of the first mode, which may be interviews. interviews: of those beside a survey.
    protect: whether the first mode is protected, as surveys are. balance: by what each part has a say of its own.
    population: how many people there are, where that is known. limits: how far levers may be moved, where that is set.
    """

    framework: Framework
    survey: Onlooker
    interviews: Onlooker | None = None
    protect: bool = True
    balance: Balance | None = None
    population: Population | None = None
    limits: tuple[Limit, ...] = ()

    @property
    def parting(self) -> tuple[str, ...]:
        """The keys that part a group into what has a say of its own."""
        if self.balance is None:
            return ()
        return self.balance.keys if isinstance(self.balance, Population) else (self.balance,)

    @property
    def fewest(self) -> int:
        """How few people a figure may rest on."""
        return self.framework.defaults.min_group if self.protect else 1


@dataclass(frozen=True)
class Beside:
    """A result and its ground, with what may be said beside its tables."""

    result: Result
    ground: Ground

    @cached_property
    def _protection(self) -> Protection:
        return Protection(self.result, self.ground.survey.cells, self.ground.framework.defaults.min_group)

    def may_show(self, key: str, value: str | None, indicator: str) -> bool:
        """Whether figures of those with this value may be shown that rest on an indicator's scores."""
        if self.ground.framework.indicators[indicator].scope == "organisation":
            return False
        return not self.ground.protect or self._protection.may_show(key, value, indicator)

    def may_compare(self, key: str, value: str | None, item: str) -> bool:
        """Whether what those with this value say to an item may be shown."""
        if not self.ground.protect:
            return True
        for group in self.result.groups:
            if dict(group.by) == {key: value}:  # a table says so itself
                return isinstance(group, SubGroup) and isinstance(group.items[item], ItemCounts)
        if key not in self._open_items:
            self._open_items[key] = self._comparable(key)
        return item in self._open_items[key]

    @cached_property
    def _open_items(self) -> dict[str, frozenset[str]]:
        return {}

    def _comparable(self, key: str) -> frozenset[str]:
        """The items of which no side is left over, or so much that it says nothing of a few.

        What everybody says to an item is shown: less what the sides say that may be spoken of, it is what the others
        say, whose answers to the item may be fewer than their scores.
        """
        overall, waybook = self.result.overall, self.ground.survey.waybook
        if not isinstance(overall, Group) or waybook is None:
            return frozenset()
        left: dict[str, list[int]] = {}
        for value, answers in waybook.by(key).items():
            for id_, ways in answers.items():
                spoken_of = self.may_show(key, value, id_)
                for item, n in answered(ways).items():
                    told = n >= self.ground.fewest and spoken_of
                    left.setdefault(item, []).extend([] if told or not n else [n])
        shown = {id_ for id_, item in overall.items.items() if isinstance(item, ItemCounts)}
        return frozenset(
            item for item, few in left.items() if item in shown and (not few or self._says_nothing_of_a_few(few))
        )

    def _says_nothing_of_a_few(self, left: Sequence[int]) -> bool:
        return len(left) > 1 and sum(left) >= self.ground.fewest
