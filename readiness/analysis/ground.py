"""The ground: what a result is completed from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.analysis.protection import Protection
from readiness.analysis.units import Units
from readiness.responses.population import Population

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

    @cached_property
    def units(self) -> Units:
        """Which units a figure made of several may keep apart."""
        return Units(self.result, self.ground.survey.cells)

    def may_show(self, key: str, value: str | None, indicator: str) -> bool:
        """Whether figures of those with this value may be shown that rest on an indicator's scores."""
        if self.ground.framework.indicators[indicator].scope == "organisation":
            return False
        return not self.ground.protect or self._protection.may_show(key, value, indicator)

    def may_compare(self, key: str, value: str | None, indicator: str, items: tuple[str, ...]) -> bool:
        """Whether what those with this value say to some items of an indicator may be shown."""
        return not self.ground.protect or self._protection.may_compare(key, value, indicator, items)

    def may_count(self, key: str, value: str | None, indicator: str) -> bool:
        """Whether it may be told how often those with this value could not answer an indicator's items."""
        if self.ground.framework.indicators[indicator].scope == "organisation":
            return False
        return not self.ground.protect or self._protection.may_count(key, value, indicator)
