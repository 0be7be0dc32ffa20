"""A scenario's conditions as a chain: which of them hold, which one sets the value, what joins them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from readiness.report.figures import MISSING, UNIT, Axis, Figure, membership
from readiness.report.wording import PRESENT, direction_word, part_word
from readiness.report.words import UNSAID, Entry, Reader, Said
from readiness.scoring.findings import Resting
from readiness.scoring.result import Bounds, ConditionResult, ScenarioResult

Join = Literal["all", "any", "not"]


@dataclass(frozen=True)
class Leaf:
    """Where a condition stands in the logic: its place in the list, and its part."""

    place: int
    name: str
    part: str


@dataclass(frozen=True)
class Branch:
    """Conditions joined by all, any or not."""

    join: Join
    parts: tuple[Leaf | Branch, ...]


Tree = Leaf | Branch


@dataclass(frozen=True)
class Link:
    """One line of the chain: a condition, or the words that join those after it (`joins`)."""

    depth: int
    joins: str = ""
    indicator: str = ""
    title: Said = UNSAID
    direction: str = ""
    part: str = ""
    part_key: str = ""
    limiting: bool = False
    holds: bool | None = None
    score: Figure = MISSING
    membership: Figure = MISSING
    low: Figure = MISSING
    high: Figure = MISSING
    spot: float | None = None
    reach: Bounds | None = None
    anchors: tuple[str, ...] = ()  # fully out, neither in nor out, fully in
    only_role: Said = UNSAID  # set where a single role answers all of its items


def tree_of(scenario: Entry, conditions: Sequence[ConditionResult]) -> Tree:
    """The logic of a scenario from its texts; all conditions side by side where they do not tell it."""
    parts = [str(told.get("part") or "cause") for told in scenario.get("conditions") or ()]
    parts += ["cause"] * (len(conditions) - len(parts))
    leaves = iter([Leaf(place, c.condition, parts[place]) for place, c in enumerate(conditions)])
    try:
        tree = _branch(scenario["when"], leaves)
    except (KeyError, TypeError, StopIteration):
        tree = None
    if tree is None or next(leaves, None) is not None:
        return Branch("all", tuple(Leaf(i, c.condition, parts[i]) for i, c in enumerate(conditions)))
    return tree


def _branch(when: Mapping[str, Any], leaves: Iterator[Leaf]) -> Tree:
    joins: tuple[Join, ...] = ("all", "any")
    for join in joins:
        if join in when:
            parts = [_branch(part, leaves) for part in when[join]]  # a generator would turn StopIteration into a fault
            return Branch(join, tuple(parts))
    if "not" in when:
        return Branch("not", (_branch(when["not"], leaves),))
    return next(leaves)


def without_symptoms(tree: Tree, memberships: Sequence[float | None]) -> float | None:
    """The membership that the chain would have if its symptoms were left out; None where one is missing."""
    values = list(_values(tree, memberships))
    return None if not values or None in values else values[0]


def _values(tree: Tree, memberships: Sequence[float | None]) -> Iterator[float | None]:
    if isinstance(tree, Leaf):
        if tree.part != "symptom":
            yield memberships[tree.place]
        return
    found = [value for part in tree.parts for value in _values(part, memberships)]
    known = [value for value in found if value is not None]
    if not found:
        return
    if len(known) < len(found):
        yield None
    elif tree.join == "not":
        yield 1 - known[0]
    else:
        yield min(known) if tree.join == "all" else max(known)


def symptom_outstanding(scenario: ScenarioResult, tree: Tree) -> bool:
    """Whether the cause is there and only the symptom is not."""
    if scenario.membership is None or scenario.membership > PRESENT:
        return False
    memberships = [condition.membership for condition in scenario.conditions]
    if not _has_symptom(tree):
        return False
    rest = without_symptoms(tree, memberships)
    return rest is not None and rest > PRESENT


def _has_symptom(tree: Tree) -> bool:
    if isinstance(tree, Leaf):
        return tree.part == "symptom"
    return any(_has_symptom(part) for part in tree.parts)


@dataclass(frozen=True)
class _Chain:
    """Writes the lines of one scenario's chain."""

    reader: Reader
    entry: Entry  # the scenario's texts
    scenario: ScenarioResult
    at: str
    resting: Mapping[str, Resting]

    def lines(self, tree: Tree, depth: int, top: bool = False) -> Iterator[Link]:
        if isinstance(tree, Leaf):
            yield self.link(tree, depth)
            return
        plain = top and tree.join == "all"
        if not plain:
            yield Link(depth=depth, joins=self.joining(tree.join))
        for part in tree.parts:
            yield from self.lines(part, depth if plain else depth + 1)

    def joining(self, join: Join) -> str:
        speech = self.reader.speech
        match join:
            case "all":
                return speech.gettext("all of these")
            case "any":
                return speech.gettext("one of these is enough")
            case "not":
                return speech.gettext("this must not hold")

    def anchors(self, place: int) -> tuple[str, ...]:
        told = self.entry.get("conditions") or ()
        calibration = told[place].get("calibration") if place < len(told) else None
        if not isinstance(calibration, Mapping):
            return ()
        ends = [calibration[anchor] for anchor in ("out", "crossover", "in")]
        return tuple(self.reader.speech.number(end, 0 if float(end).is_integer() else 2) for end in ends)

    def link(self, leaf: Leaf, depth: int) -> Link:
        reader, speech = self.reader, self.reader.speech
        condition = self.scenario.conditions[leaf.place]
        direction, _, indicator = condition.condition.partition(" ")
        entry = reader.entry("indicators", indicator)
        digits = max(1, Axis(*reader.extremes(entry)).digits)
        at, value, score = f"{self.at}/conditions/{leaf.place}", condition.membership, condition.score
        return Link(
            depth=depth,
            indicator=indicator,
            title=reader.title("indicators", indicator),
            direction=direction_word(speech, direction),
            part=part_word(speech, leaf.part),
            part_key=leaf.part,
            limiting=condition.condition in self.scenario.limiting,
            holds=None if value is None else value > PRESENT,
            score=MISSING if score is None else Figure(speech.number(score, digits), f"{at}/score"),
            membership=membership(speech, value, f"{at}/membership"),
            low=membership(speech, condition.bounds[0], f"{at}/bounds/0"),
            high=membership(speech, condition.bounds[1], f"{at}/bounds/1"),
            spot=None if value is None else UNIT.position(value),
            reach=UNIT.stretch(condition.bounds),
            anchors=self.anchors(leaf.place),
            only_role=_only_role(reader, entry, self.resting.get(indicator)),
        )


def links(
    reader: Reader, entry: Entry, scenario: ScenarioResult, at: str, resting: Mapping[str, Resting]
) -> tuple[Link, ...]:
    """The chain line by line, in the order of the framework.

    entry: the scenario's texts. resting: which roles indicators rest on, as far as that is known.
    """
    tree = tree_of(entry, scenario.conditions)
    return tuple(_Chain(reader, entry, scenario, at, resting).lines(tree, 0, top=True))


def _only_role(reader: Reader, indicator: Entry, resting: Resting | None) -> Said:
    """The one role that answers every item of an indicator, or was the only one to; "" where several do."""
    if resting is not None and resting.only is not None:
        return role_name(reader, resting.only)
    items = [reader.entry("items", id_) for id_ in indicator.get("items") or ()]
    roles: set[str] = set()
    for item in items:
        if not item.get("roles"):
            return Said("")
        roles.update(item["roles"])
    if len(roles) != 1:
        return Said("")
    return role_name(reader, roles.pop())


def role_name(reader: Reader, role: str) -> Said:
    """What a role is called."""
    options = reader.entry("context", "role").get("options")
    return (reader.say(options.get(role)) if isinstance(options, Mapping) else Said("")) or Said(role)
