"""Scenarios told: where each stands, how sure that is, what sets it, what helps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from readiness.report.chain import Link, links, symptom_outstanding, tree_of
from readiness.report.figures import (
    MISSING,
    UNIT,
    Figure,
    Interval,
    count,
    interval,
    membership,
    membership_text,
    odds,
    share,
)
from readiness.report.wording import Status, certainty, status, turned_by_sampling, verdict_word
from readiness.report.words import UNSAID, Entry, Reader, Said
from readiness.scoring.result import Bounds, Group, Prevalence, ScenarioResult, Suppressed

FEW = 0.5  # of a group: from below that it has to be said why so few are counted


@dataclass(frozen=True)
class Remedy:
    """What helps, tied to the condition it relieves."""

    indicator: str  # whose condition it relieves
    relieves: Said
    do: Said
    why: Said
    who: Said
    limiting: bool


@dataclass(frozen=True)
class Described:
    """Share of respondents whose own answers fit a scenario, of how many.

    few: far fewer of the group answered enough for every condition than are in it.
    """

    share: Figure = MISSING
    n: Figure = MISSING
    interval: Interval | None = None
    hidden: bool = False
    few: bool = False


@dataclass(frozen=True)
class Story:
    """One scenario in one group. Without figures (`told` false) it is hidden or told elsewhere."""

    id: str
    title: Said
    status: Status
    favourable: bool
    told: bool = False
    present: bool = False
    open: bool = False  # undetermined or not asked
    verdict: str = ""
    membership: Figure = MISSING
    low: Figure = MISSING
    high: Figure = MISSING
    spot: float | None = None
    reach: Bounds = (0.0, 1.0)
    certainty: str = ""
    interval: Interval | None = None
    probability: Figure | None = None  # share of redraws in which it is present
    sampling_open: bool = False  # open because sampling alone could turn it
    reversible: bool = False
    symptom_outstanding: bool = False
    prevalence: Described | None = None
    links: tuple[Link, ...] = ()
    settle: tuple[Said, ...] = ()
    story: Said = UNSAID
    early_signs: tuple[Said, ...] = ()
    consequences: tuple[Said, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    contrast: Said = UNSAID
    aggravated_by: tuple[Said, ...] = ()
    sources: tuple[str, ...] = ()
    for_the_whole: bool = False  # of level organisation

    @property
    def limiting(self) -> tuple[Link, ...]:
        """The conditions that set the value."""
        return tuple(link for link in self.links if link.limiting)

    @property
    def first_remedies(self) -> tuple[Remedy, ...]:
        """What relieves the conditions that set the value; all there is where nothing is told about these."""
        return tuple(remedy for remedy in self.remedies if remedy.limiting) or self.remedies

    @property
    def watched(self) -> bool:
        """Not there, and not clear either, or only the symptom is not there yet."""
        close = self.status.key == "watch" or self.symptom_outstanding
        return self.told and not self.present and not self.open and close


@dataclass(frozen=True)
class Family:
    """Scenarios that fail in the same way, never ranked."""

    id: str
    title: Said
    about: Said
    stories: tuple[Story, ...]


def families(reader: Reader, group: Group, at: str) -> tuple[Family, ...]:
    """All scenarios of a group by family, in the framework's order; those of no family last, the favourable apart."""
    told = {id_: story(reader, group, id_, at) for id_ in group.scenarios}
    by_family: dict[str, list[Story]] = {id_: [] for id_ in reader.part("families")}
    alone: dict[str, list[Story]] = {"other": [], "favourable": []}
    for id_, one in told.items():
        if family := str(reader.entry("scenarios", id_).get("family") or ""):
            by_family.setdefault(family, []).append(one)
        else:
            alone["favourable" if one.favourable else "other"].append(one)
    named = [
        Family(id_, reader.title("families", id_), reader.said(reader.entry("families", id_), "about"), tuple(stories))
        for id_, stories in by_family.items()
        if stories
    ]
    headings = {
        "other": reader.speech.gettext("Other scenarios") if named else reader.speech.gettext("Scenarios"),
        "favourable": reader.speech.gettext("Favourable findings"),
    }
    rest = [Family(id_, Said(headings[id_]), Said(""), tuple(stories)) for id_, stories in alone.items() if stories]
    return (*named, *rest)


def story(reader: Reader, group: Group, id_: str, at: str) -> Story:
    """One scenario of a group."""
    entry = reader.entry("scenarios", id_)
    scenario = group.scenarios[id_]
    place = f"{at}/scenarios/{id_}"
    title = reader.title("scenarios", id_)
    stands = status(reader.speech, scenario)
    if isinstance(scenario, Suppressed):
        return Story(id_, title, stands, entry.get("kind") == "favourable")
    tree = tree_of(entry, scenario.conditions)
    resting = group.analysis.resting if group.analysis else None
    chain = links(reader, entry, scenario, place, resting or {})
    limiting = {link.indicator for link in chain if link.limiting}
    return Story(
        id=id_,
        title=title,
        status=stands,
        favourable=scenario.kind == "favourable",
        told=True,
        present=scenario.verdict == "present",
        open=scenario.verdict in ("undetermined", "not asked"),
        verdict=verdict_word(reader.speech, scenario),
        membership=membership(reader.speech, scenario.membership, f"{place}/membership"),
        low=membership(reader.speech, scenario.bounds[0], f"{place}/bounds/0"),
        high=membership(reader.speech, scenario.bounds[1], f"{place}/bounds/1"),
        spot=None if scenario.membership is None else UNIT.position(scenario.membership),
        reach=UNIT.stretch(scenario.bounds),
        certainty=certainty(reader.speech, scenario),
        interval=_interval(reader, scenario, f"{place}/interval"),
        probability=_probability(reader, scenario, f"{place}/probability"),
        sampling_open=scenario.verdict == "undetermined" and turned_by_sampling(scenario),
        reversible=scenario.reversible,
        symptom_outstanding=symptom_outstanding(scenario, tree),
        prevalence=_prevalence(reader, scenario.prevalence, group.n, f"{place}/prevalence"),
        links=chain,
        settle=_settle(scenario, chain),
        story=reader.said(entry, "story"),
        early_signs=reader.all_said(entry, "early_signs"),
        consequences=reader.all_said(entry, "consequences"),
        remedies=tuple(_remedies(reader, entry, limiting)),
        contrast=reader.said(entry, "contrast"),
        aggravated_by=tuple(reader.title("indicators", indicator) for indicator in entry.get("aggravated_by") or ()),
        sources=tuple(entry.get("source") or ()),
        for_the_whole=entry.get("level") == "organisation",
    )


def _prevalence(reader: Reader, found: Prevalence | Suppressed | None, of: int, at: str) -> Described | None:
    if isinstance(found, Suppressed):
        return Described(hidden=True)
    if found is None:
        return None
    return Described(
        share=share(reader.speech, found.value, f"{at}/value"),
        n=count(reader.speech, found.n, f"{at}/n"),
        interval=interval(found.interval, UNIT, f"{at}/interval", reader.speech.percent),
        few=found.n < FEW * of,
    )


def _interval(reader: Reader, scenario: ScenarioResult, at: str) -> Interval | None:
    return interval(scenario.interval, UNIT, at, lambda end: membership_text(reader.speech, end))


def _probability(reader: Reader, scenario: ScenarioResult, at: str) -> Figure | None:
    return None if scenario.probability is None else odds(reader.speech, scenario.probability, at)


def _settle(scenario: ScenarioResult, chain: tuple[Link, ...]) -> tuple[Said, ...]:
    """Indicators whose answers would settle an open scenario: those that could still be on either side."""
    open_ = scenario.verdict in ("undetermined", "not asked") and not turned_by_sampling(scenario)
    if not open_ and not scenario.reversible:
        return ()
    conditions = [link for link in chain if not link.joins]
    found = {
        link.indicator: link.title
        for link in conditions
        if link.reach is not None and (link.holds is None or link.reach[0] <= 0.5 < link.reach[1])
    }
    return tuple(found.values())


def _remedies(reader: Reader, entry: Entry, limiting: set[str]) -> Iterable[Remedy]:
    for told in entry.get("responses") or ():
        relieves = str(told.get("relieves") or "")
        yield Remedy(
            indicator=relieves,
            relieves=reader.title("indicators", relieves) if relieves else Said(""),
            do=reader.said(told, "do"),
            why=reader.said(told, "why"),
            who=reader.said(told, "for"),
            limiting=relieves in limiting,
        )
