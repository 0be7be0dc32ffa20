"""One group as a reader of its own report sees it: where it stands, beside whom, and what leads out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from readiness.analysis.against import Against, is_apart
from readiness.report.answers import Replies, replies
from readiness.report.commentary.telling import SILENT
from readiness.report.commentary.told import Told
from readiness.report.figures import MISSING, Figure, count, membership, share
from readiness.report.groups import group_name
from readiness.report.profile import Chapter, Line, chapters
from readiness.report.stories import Family, Story, families
from readiness.report.units.extract import Extract
from readiness.report.way_out import GroupWay, way_of
from readiness.report.wording import PRESENT
from readiness.report.words import Reader, Said
from readiness.scoring.result import Estimate, Group, ItemCounts, ScenarioResult

AT = "group"  # the group's place in its extract
OTHERS = "against"


@dataclass(frozen=True)
class Beside:
    """One line of the profile, and what the others have in it.

    told: whether theirs can be told. spot: its place on the axis. apart: `better` or `worse` (of what counts for
    nothing `higher` or `lower`) where the difference is more than sampling explains, else "".
    """

    line: Line
    other: Figure = MISSING
    told: bool = False
    spot: float | None = None
    apart: str = ""

    @property
    def distance(self) -> float:
        """How far the group is from the others, as a share of the axis."""
        own = self.line.reading.spot
        return 0.0 if own is None or self.spot is None else abs(own - self.spot)


@dataclass(frozen=True)
class Part:
    """A dimension with its indicators."""

    head: Beside
    indicators: tuple[Beside, ...]


@dataclass(frozen=True)
class Elsewhere:
    """How a scenario stands with the others. present: None where that cannot be told."""

    membership: Figure = MISSING
    present: bool | None = None


@dataclass(frozen=True)
class UnitReport:
    """Everything a unit's report says, in its order.

    whom: `rest` or `everybody`, "" where the group stands alone; why: what kept the rest from being told.
    """

    language: str
    framework: Said
    key: str  # what the groups of this table are formed by
    name: str
    n: Figure
    n_people: int
    population: Figure | None
    rate: Figure | None
    whom: str
    why: str
    others: Figure
    n_others: int
    parts: tuple[Part, ...]
    families: tuple[Family, ...]
    n_known: int  # ways to fail that the framework tells, and of these
    n_spared: int  # those assessed only for the whole
    elsewhere: Mapping[str, Elsewhere]
    way: GroupWay | None
    replies: Replies
    hidden: Figure
    n_hidden: int
    min_group: Figure
    version: str
    id: str
    digest: str
    hand: Told  # what the consultant says of this group

    @property
    def stories(self) -> tuple[Story, ...]:
        """Every scenario, in the framework's order."""
        return tuple(story for family in self.families for story in family.stories)

    @property
    def few_fit(self) -> bool:
        """Whether the share whose own answers fit is somewhere of far fewer people than answered."""
        return any(story.prevalence and story.prevalence.few for story in self.stories)

    @property
    def risks(self) -> tuple[Story, ...]:
        """The scenarios that are shown and no good news."""
        return tuple(story for story in self.stories if story.told and not story.favourable)

    @property
    def present(self) -> tuple[Story, ...]:
        """The ways to fail that the group is on."""
        return tuple(story for story in self.risks if story.present)

    @property
    def open(self) -> tuple[Story, ...]:
        """What cannot be told yet."""
        return tuple(story for story in self.risks if story.open)

    @property
    def watched(self) -> tuple[Story, ...]:
        """Not there, and to be watched."""
        return tuple(story for story in self.risks if story.watched)

    @property
    def clear(self) -> tuple[Story, ...]:
        """Not there, nothing to watch, and nothing said of it."""
        return tuple(story for story in self._quiet if story.id not in self.hand.scenarios)

    @property
    def _quiet(self) -> tuple[Story, ...]:
        return tuple(story for story in self.risks if not (story.present or story.open or story.watched))

    @property
    def strengths(self) -> tuple[Story, ...]:
        """Good news."""
        return tuple(story for story in self.stories if story.favourable and story.present)

    @property
    def telling(self) -> tuple[Story, ...]:
        """What is told at length: ways to fail first, then what is open, to be watched, good, or commented on."""
        commented = (story for story in self._quiet if story.id in self.hand.scenarios)
        return (*self.present, *self.open, *self.watched, *self.strengths, *commented)

    @property
    def veiled(self) -> tuple[Story, ...]:
        """Scenarios that are hidden."""
        return tuple(story for story in self.stories if not story.told)

    @property
    def standing_out(self) -> Mapping[str, tuple[Beside, ...]]:
        """Indicators in which the group is better or worse than the others, those furthest from them first."""
        every = [one for part in self.parts for one in part.indicators]
        return {
            side: tuple(sorted((one for one in every if one.apart == side), key=lambda one: -one.distance))
            for side in ("better", "worse")
        }


def unit_report(reader: Reader, extract: Extract, min_group: int, hand: Told = SILENT) -> UnitReport:
    """A group's extract as its report in the reader's language. hand: what the consultant says of it."""
    speech, group, others = reader.speech, extract.group, extract.against
    answering = extract.answering
    n_hidden = _hidden(group)
    told = (reader.entry("scenarios", id_) for id_ in reader.part("scenarios"))
    known = [entry for entry in told if entry.get("kind") != "favourable"]
    return UnitReport(
        language=speech.language,
        framework=reader.said(reader.framework, "title") or Said(extract.framework.id),
        key=" × ".join(reader.title("context", key) for key in group.by),
        name=group_name(reader, group.by),
        n=count(speech, group.n, f"{AT}/n"),
        n_people=group.n,
        population=None if answering is None else count(speech, answering.population, "answering/population"),
        rate=None if answering is None or answering.rate is None else share(speech, answering.rate, "answering/rate"),
        whom=others.whom if others else "",
        why=(others.why or "") if others else "",
        others=count(speech, others.n, f"{OTHERS}/n") if others else MISSING,
        n_others=others.n if others else 0,
        parts=tuple(_part(reader, chapter, group, others) for chapter in chapters(reader, group, AT)),
        families=families(reader, group, AT),
        n_known=len(known),
        n_spared=sum(entry.get("level") == "organisation" for entry in known),
        elsewhere=_elsewhere(reader, others),
        way=way_of(reader, group, AT),
        replies=replies(reader, group),
        hidden=count(speech, n_hidden),
        n_hidden=n_hidden,
        min_group=count(speech, min_group),
        version=extract.framework.version,
        id=extract.framework.id,
        digest=extract.framework.digest.get("scoring", "")[:12],
        hand=hand,
    )


def _part(reader: Reader, chapter: Chapter, group: Group, others: Against | None) -> Part:
    return Part(
        _beside(reader, chapter.line, group, others, "dimensions"),
        tuple(_beside(reader, line, group, others, "indicators") for line in chapter.indicators),
    )


def _beside(reader: Reader, line: Line, group: Group, others: Against | None, kind: str) -> Beside:
    values = getattr(others, kind) if others else {}
    margins = getattr(others, f"{kind.removesuffix('s')}_margins") if others else {}
    value = values.get(line.id)
    if value is None:
        return Beside(line, told=line.id in values)
    return Beside(
        line=line,
        other=Figure(reader.speech.number(value, line.axis.digits), f"{OTHERS}/{kind}/{line.id}"),
        told=True,
        spot=line.axis.position(value),
        apart=_apart(line, getattr(group, kind).get(line.id), value, margins.get(line.id)),
    )


def _apart(line: Line, own: object, other: float, margin: float | None) -> str:
    """On which side of the others a group stands, where that is more than sampling explains."""
    if not isinstance(own, Estimate) or own.value is None or not is_apart(own, other, margin):
        return ""
    above = own.value > other
    if line.desired == "none":
        return "higher" if above else "lower"
    return "better" if above != (line.desired == "low") else "worse"


def _elsewhere(reader: Reader, others: Against | None) -> dict[str, Elsewhere]:
    found = others.scenarios if others else {}
    return {
        id_: Elsewhere(
            membership(reader.speech, value, f"{OTHERS}/scenarios/{id_}"), None if value is None else value > PRESENT
        )
        for id_, value in found.items()
    }


def _hidden(group: Group) -> int:
    """How many single figures of a group are hidden."""
    figures: list[object] = [group.readiness, *group.dimensions.values(), *group.indicators.values()]
    shown: Sequence[tuple[type, Iterator[object]]] = (
        (Estimate, iter(figures)),
        (ItemCounts, iter(group.items.values())),
        (ScenarioResult, iter(group.scenarios.values())),
    )
    return sum(not isinstance(figure, kind) for kind, all_ in shown for figure in all_)
