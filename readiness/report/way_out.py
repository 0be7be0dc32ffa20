"""The way out: of each group that is on a scenario the cheapest order of moves, others, and what blocks them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from readiness.report.figures import Figure, odds
from readiness.report.groups import MODE, group_name, is_interview
from readiness.report.moves import Move, Named, Obstacle, cost_figure, limit_words, move, named, obstacle
from readiness.report.wording import Status, status
from readiness.report.words import Reader
from readiness.scoring.findings import HeldBack
from readiness.scoring.result import Group, Result, ScenarioResult, SubGroup
from readiness.scoring.routes import Route, Stuck, WayOut

CROSSOVER = 0.5
ALIKE = 0.1  # of the cheapest cost: efforts are reasoned in whole numbers, and finer differences do not rank


@dataclass(frozen=True)
class Standing:
    """A scenario that is present by its value, and how it stands: its interval may leave it open."""

    scenario: Named
    status: Status
    probability: Figure | None = None

    @property
    def sure(self) -> bool:
        """Whether the verdict is what the value says."""
        return self.status.present


@dataclass(frozen=True)
class Leg:
    """How far one step of a route goes, as a share of what all steps cost, and how many scenarios are left after it."""

    to: float
    left: int


@dataclass(frozen=True)
class Course:
    """A route: its moves in their order. loses: favourable findings that end on it. begin: scenarios before it.

    alike: it costs about as much as the cheapest.
    """

    moves: tuple[Move, ...]
    cost: Figure
    loses: tuple[Named, ...] = ()
    begin: int = 0
    legs: tuple[Leg, ...] = ()
    alike: bool = False


@dataclass(frozen=True)
class DeadEnd:
    """Scenarios that nothing leads out of. openings: what alone would open a way if it were lifted."""

    scenarios: tuple[Named, ...]
    obstacles: tuple[Obstacle, ...]
    openings: tuple[Obstacle, ...]


@dataclass(frozen=True)
class GroupWay:
    """The way out of one group's scenarios. course: None where nothing leads out of any."""

    id: str
    name: str
    present: tuple[Standing, ...]
    undetermined: tuple[Named, ...]
    missing: tuple[Named, ...]
    course: Course | None
    others: tuple[Course, ...]
    dead_ends: tuple[DeadEnd, ...]

    @property
    def first(self) -> Move | None:
        """The first step of the cheapest route."""
        return self.course.moves[0] if self.course else None


@dataclass(frozen=True)
class Ways:
    """The way out of every group that is on a scenario, everybody's first.

    spared: told of the whole only, and not minded by the routes of groups. target: where the memberships that had to
    fall are at most. limits: what every route keeps to, in sentences. calm: everybody is shown, and on no scenario.
    """

    groups: tuple[GroupWay, ...]
    target: str
    spared: tuple[Named, ...]
    limits: tuple[str, ...]
    calm: bool
    alike: str = ""  # how far apart costs may be that do not rank

    @property
    def marks(self) -> frozenset[str]:
        """Which sides are good of the indicators that move."""
        courses = [course for way in self.groups for course in (way.course, *way.others) if course]
        return frozenset(move.desired for course in courses for move in course.moves)

    @property
    def missing(self) -> bool:
        """Whether somewhere a score is missing."""
        return any(way.missing for way in self.groups)


def ways_out(reader: Reader, result: Result) -> Ways | None:
    """The ways out; None where no group that is shown is on a scenario, or none was worked out."""
    found = [(id_, name, group, way) for id_, name, group in _groups(reader, result) if (way := _found(group))]
    if not found:
        return None
    spared = dict.fromkeys(id_ for *_, way in found for id_ in way.spared)
    whole = result.overall.analysis if isinstance(result.overall, Group) else None
    return Ways(
        groups=tuple(_group_way(reader, *one) for one in found),
        target=reader.speech.number(CROSSOVER - found[0][3].margin, 2),
        spared=named(reader, "scenarios", spared),
        limits=tuple(_limits(reader, whole.limits)) if whole else (),
        calm=whole is not None and found[0][0] != "overall",
        alike=reader.speech.percent(ALIKE),
    )


def way_of(reader: Reader, group: SubGroup, at: str) -> GroupWay | None:
    """The way out of one group by itself; None where it is on no scenario. at: its place in the record it stands in."""
    way = _found(group)
    return None if way is None else _group_way(reader, at, _name(reader, group), group, way)


def _limits(reader: Reader, limits: Iterable[HeldBack]) -> Iterator[str]:
    for limit in limits:
        kind = "indicators" if limit.name in reader.part("indicators") else "dimensions"
        yield limit_words(reader.speech, limit, reader.title(kind, limit.name))


def _groups(reader: Reader, result: Result) -> Iterator[tuple[str, str, Group]]:
    """Every group that is shown: its place in the result, and its name."""
    if isinstance(result.overall, Group):
        yield "overall", reader.speech.gettext("Everybody"), result.overall
    for place, group in enumerate(result.groups):
        if isinstance(group, SubGroup):
            yield f"groups/{place}", _name(reader, group), group


def _name(reader: Reader, group: SubGroup) -> str:
    if not is_interview(group):
        return group_name(reader, group.by)
    rest = group_name(reader, {key: value for key, value in group.by.items() if key != MODE})
    said = reader.speech.gettext("Interviews")
    return f"{said} · {rest}" if rest else said


def _found(group: Group) -> WayOut | None:
    """A group's way out, where it is on a scenario."""
    way = group.analysis.way_out if group.analysis else None
    return way if way and way.present else None


def _group_way(reader: Reader, place: str, name: str, group: Group, way: WayOut) -> GroupWay:
    at = f"{place}/analysis/way_out"
    course = _course(reader, way.route, f"{at}/route") if way.route and way.route.steps else None
    return GroupWay(
        id=place.rpartition("/")[2],
        name=name,
        present=tuple(_standing(reader, group, id_, place) for id_ in way.present),
        undetermined=named(reader, "scenarios", way.undetermined),
        missing=named(reader, "indicators", way.missing),
        course=course,
        others=tuple(_others(reader, way, at)),
        dead_ends=tuple(_dead_end(reader, part, f"{at}/stuck/{i}") for i, part in enumerate(way.stuck)),
    )


def _others(reader: Reader, way: WayOut, at: str) -> Iterator[Course]:
    for place, route in enumerate(way.alternatives):
        course = _course(reader, route, f"{at}/alternatives/{place}")
        yield replace(course, alike=way.route is not None and costs_alike(route.cost, way.route.cost))


def costs_alike(cost: float, cheapest: float) -> bool:
    """Whether a route's cost and that of the cheapest are too close to rank the two."""
    return abs(cost - cheapest) <= ALIKE * cheapest + 1e-9


def _standing(reader: Reader, group: Group, id_: str, place: str) -> Standing:
    scenario = group.scenarios.get(id_)
    probability = scenario.probability if isinstance(scenario, ScenarioResult) else None
    return Standing(
        scenario=Named(id_, reader.title("scenarios", id_)),
        status=status(reader.speech, scenario),
        probability=None
        if probability is None
        else odds(reader.speech, probability, f"{place}/scenarios/{id_}/probability"),
    )


def _course(reader: Reader, route: Route, at: str) -> Course:
    return Course(
        moves=tuple(move(reader, step, f"{at}/steps/{place}") for place, step in enumerate(route.steps)),
        cost=cost_figure(reader.speech, route.cost, f"{at}/cost"),
        loses=named(reader, "scenarios", route.loses),
        begin=len(route.steps[0].rules_out) + len(route.steps[0].remaining) if route.steps else 0,
        legs=tuple(_legs(route)),
    )


def _legs(route: Route) -> Iterator[Leg]:
    whole = sum(step.cost for step in route.steps)
    gone = 0.0
    for step in route.steps:
        gone += step.cost
        yield Leg(gone / whole if whole else 1.0, len(step.remaining))


def _dead_end(reader: Reader, part: Stuck, at: str) -> DeadEnd:
    return DeadEnd(
        scenarios=named(reader, "scenarios", part.scenarios),
        obstacles=tuple(obstacle(reader, block, f"{at}/blocks/{i}") for i, block in enumerate(part.blocks)),
        openings=tuple(
            obstacle(reader, block, f"{at}/openings/{i}")
            for i, block in enumerate(part.openings)
            if block.cost is not None
        ),
    )
