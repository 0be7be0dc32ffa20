"""The answers behind a scenario in one group: for each condition, how many of that group chose what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readiness.report.answers import Asked, answers_to
from readiness.report.groups import group_name, is_apart
from readiness.report.stories import Story, story
from readiness.report.words import Reader, Said
from readiness.scoring.result import Group, Result, ScenarioResult, SubGroup


@dataclass(frozen=True)
class Condition:
    """A condition that holds in the group, and the questions it rests on. options: what each question's cells count."""

    title: Said
    direction: str
    questions: tuple[tuple[Asked, tuple[Said, ...]], ...]


@dataclass(frozen=True)
class Behind:
    """A group that a scenario is present in, and what its people answered. place: of the group in the result."""

    name: str
    place: int
    conditions: tuple[Condition, ...]

    @property
    def items(self) -> frozenset[str]:
        """The items whose counts are told."""
        return frozenset(asked.id for condition in self.conditions for asked, _ in condition.questions)


def behind(reader: Reader, result: Result) -> dict[str, tuple[Behind, ...]]:
    """For every scenario the groups it is present in, with the answers of each. Nothing of interviews, which are few.

    Everybody's answers have a section of their own.
    """
    found: dict[str, list[Behind]] = {}
    for place, group in enumerate(result.groups):
        if isinstance(group, SubGroup) and not is_apart(group):
            for id_, scenario in group.scenarios.items():
                if isinstance(scenario, ScenarioResult) and scenario.verdict == "present":
                    at = f"groups/{place}"
                    conditions = tuple(_conditions(reader, group, at, story(reader, group, id_, at)))
                    if conditions:
                        found.setdefault(id_, []).append(Behind(group_name(reader, group.by), place, conditions))
    return {id_: tuple(groups) for id_, groups in found.items()}


def _conditions(reader: Reader, group: Group, at: str, told: Story) -> Iterator[Condition]:
    for link in told.links:
        if link.holds:
            questions = tuple(
                (asked, options)
                for asked, options in answers_to(reader, group, at, link.indicator)
                if asked.put and not asked.hidden and options
            )
            if questions:
                yield Condition(link.title, link.direction, questions)


def printed_items(told: Mapping[str, tuple[Behind, ...]]) -> dict[int, frozenset[str]]:
    """Of which items of each group, by its place in the result, the page tells what was chosen."""
    found: dict[int, frozenset[str]] = {}
    for groups in told.values():
        for group in groups:
            found[group.place] = found.get(group.place, frozenset()) | group.items
    return found
