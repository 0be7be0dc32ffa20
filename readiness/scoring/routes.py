"""Routes: what is said about the way out of a group's scenarios. Forms only; `analysis.levers` works them out.

Scores are in an indicator's own units and unrounded; a cost is effort times tenths of the indicator's range.
"""

from __future__ import annotations

from typing import Literal

from readiness.scoring.forms import Record

Heading = Literal["up", "down"]


class ResponseRef(Record):
    """A response of a scenario: which scenario, and the how-manieth of its responses, from 0."""

    scenario: str
    place: int


class Step(Record):
    """One move of one indicator, and what it is for.

    rules_out: scenarios that are no longer present after it. enables: indicators that may move only since it was made,
    because a guard asked for it. keeps_out: scenarios that later steps would otherwise enter. remaining: scenarios
    still present. pause: it takes away what a scenario needs in order to show, and not its cause.
    """

    indicator: str
    heading: Heading
    start: float
    target: float
    cost: float
    rules_out: tuple[str, ...] = ()
    enables: tuple[str, ...] = ()
    keeps_out: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    responses: tuple[ResponseRef, ...] = ()
    pause: bool = False


class Route(Record):
    """Steps in their order, after the last of which no scenario is present that had to be left.

    moved: the indicators that move, in the framework's order. loses: favourable findings that were there before it.
    """

    cost: float
    moved: tuple[str, ...]
    steps: tuple[Step, ...]
    loses: tuple[str, ...] = ()


class Block(Record):
    """One thing that stands in the way.

    kind: `limit` (the consultant's own), `immovable` (in the framework: it does not move, or not to this side),
    `range` (the indicator ends too soon), `missing` (no score is known), `guard` (`indicator` may not move before
    `needs` is on its safe side), `entry` (moving it would enter `scenario`). to: how far a limit lets it go, None where
    it may not move at all. cost: of the cheapest route if only this were not so; None where that is not asked, or
    there would be none all the same.
    """

    kind: Literal["limit", "immovable", "range", "missing", "guard", "entry"]
    indicator: str
    needs: str | None = None
    scenario: str | None = None
    to: float | None = None
    until: str = ""
    why: str = ""
    cost: float | None = None


class Stuck(Record):
    """Scenarios that cannot be left: one by itself, or a few that cannot all be left on one route.

    blocks: what keeps each of their conditions as it is. openings: what alone, if it were lifted, would open a route,
    the cheapest first.
    """

    scenarios: tuple[str, ...]
    blocks: tuple[Block, ...] = ()
    openings: tuple[Block, ...] = ()


class WayOut(Record):
    """The way out of every risk scenario that is present in a group.

    margin: how far below 0.5 the membership of each has to come. present: at the start. undetermined: scenarios that
    hang on scores that are missing; a route makes none of them certain. missing: the indicators they hang on. route:
    the cheapest, of what can be left; None where nothing can, and without steps where nothing is present.
    alternatives: the next cheapest, none of which moves all that a better one moves. stuck: what cannot be left; then
    the routes are those out of everything else. spared: scenarios of level organisation, which are assessed only for
    the whole organisation.
    """

    margin: float
    present: tuple[str, ...] = ()
    undetermined: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    route: Route | None = None
    alternatives: tuple[Route, ...] = ()
    stuck: tuple[Stuck, ...] = ()
    spared: tuple[str, ...] = ()
