"""Terrain: the few scores at which anything changes while an indicator moves, and what holds at each of them.

Whether a scenario is present hangs on yes and no of its conditions alone (`scoring.presence`), and each of those turns
once while its score moves one way. Scores are judged on a grain of 1e-9, so each turn has a first score beyond it.
These scores, in their order, are an indicator's *stops* (`stops` finds them); between two stops nothing changes. Every
way through the scores can therefore be drawn back to one that goes from stop to stop, enters no more scenarios and
costs no more: a search over stops is exact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from readiness.analysis.formulas import leaves
from readiness.scoring.calibration import GRAIN

if TYPE_CHECKING:
    from readiness.analysis.formulas import Formula, State
    from readiness.analysis.levers.rules import Mover, Rules
    from readiness.framework.models import Scenario

Standing = Literal["present", "undetermined", "absent"]


@dataclass(frozen=True)
class Risk:
    """A scenario on the way. way: whether it counts as present; end: whether it would still be too near at the end."""

    scenario: Scenario
    standing: Standing
    way: Formula
    end: Formula

    @cached_property
    def places(self) -> frozenset[int]:
        """The moving indicators it hangs on while on the way."""
        return frozenset(leaf.place for leaf in leaves(self.way))


@dataclass(frozen=True)
class Track:
    """One indicator that moves, and its stops: the score it has, then each score at which something has changed."""

    mover: Mover
    stops: tuple[int, ...]

    @property
    def id(self) -> str:
        """The indicator."""
        return self.mover.indicator.id

    @cached_property
    def costs(self) -> tuple[float, ...]:
        """What it costs to come to each stop."""
        return tuple(abs(stop - self.stops[0]) * self.mover.cost for stop in self.stops)

    def score(self, stop: int) -> float:
        """The score at a stop."""
        return self.stops[stop] / GRAIN


@dataclass(frozen=True)
class Terrain:
    """Everything a search has to know. needs: by indicator, what a guard asks of others before it moves."""

    rules: Rules
    tracks: tuple[Track, ...]
    risks: tuple[Risk, ...]
    needs: tuple[tuple[tuple[str, Formula], ...], ...]

    @property
    def start(self) -> State:
        """Where everything stands."""
        return (0,) * len(self.tracks)

    @cached_property
    def touching(self) -> tuple[tuple[Risk, ...], ...]:
        """By an indicator that moves, the scenarios that hang on it."""
        return tuple(tuple(risk for risk in self.risks if place in risk.places) for place in range(len(self.tracks)))

    @cached_property
    def harmless(self) -> frozenset[int]:
        """Indicators whose every move can only help, wherever everything else stands.

        It leads away from scenarios, to the safe side of whoever waits for it, and once it may be made it always may.
        A scenario that is present it may only rule out if nothing leads back into it, since that would then be barred.
        """
        return frozenset(place for place in range(len(self.tracks)) if self._only_helps(place))

    def _only_helps(self, place: int) -> bool:
        needs = [leaf for asked in self.needs for _, safe in asked for leaf in leaves(safe) if leaf.place == place]
        own = [leaf for _, safe in self.needs[place] for leaf in leaves(safe)]
        left = [leaf for risk in self.touching[place] for leaf in leaves(risk.way) if leaf.place == place]
        for_good = [risk for risk in self.touching[place] if risk.standing == "present"]
        left += [leaf for risk in for_good for leaf in leaves(risk.way)]
        return all(leaf.truths[-1] for leaf in (*needs, *own)) and not any(leaf.truths[-1] for leaf in left)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each indicator that moves stands in a state."""
        return {track.id: place for place, track in enumerate(self.tracks)}

    def cost(self, state: State) -> float:
        """What it costs to bring everything to these stops, in whatever order."""
        return sum(track.costs[stop] for track, stop in zip(self.tracks, state, strict=True))
