"""The view: a result as a reader sees it, every figure formatted, every text in one language. Nothing is scored.

HTML and Markdown are made from this one record, so that they cannot differ in what they say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from readiness.report.analysed import Analysed, analysed
from readiness.report.answers import AnswerTable, Replies, answer_tables, replies
from readiness.report.behind import Behind, behind
from readiness.report.brief import Brief, brief
from readiness.report.commentary.releasing import MIN_COMMENTS
from readiness.report.commentary.telling import told_commentary
from readiness.report.commentary.told import Told, ToldRemark
from readiness.report.edition import PLAIN, Edition
from readiness.report.evidence import Seen, seen
from readiness.report.figures import Figure, count
from readiness.report.groups import GroupTable, Interviews, Places, group_name, group_tables, interviews, where_present
from readiness.report.imprint import Imprint, imprint
from readiness.report.ladder import Ladder, ladders
from readiness.report.profile import Chapter, Line, chapters, dimension_lines, overall_line
from readiness.report.stories import Family, Story, families
from readiness.report.unsettled import unsettled
from readiness.report.way_out import Ways, ways_out
from readiness.report.wording import Status, legend
from readiness.report.words import Reader, Said
from readiness.scoring.result import Estimate, Group, ItemCounts, Result, ScenarioResult

MIN_GROUP = 5


@dataclass(frozen=True)
class Source:
    """A work that the framework draws on."""

    id: str
    title: Said
    author: str
    year: str
    url: str
    note: Said


@dataclass(frozen=True)
class Note:
    """A paragraph that belongs to the framework and not to one scenario."""

    id: str
    title: Said
    text: Said
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Respondents:
    """Who answered."""

    read: Figure
    scored: Figure
    rejected: Figure
    unread: Figure | None  # cells that could not be read, where there are any
    weighted: bool
    balance: str | None  # the context key of whose values each has the same say
    population: tuple[tuple[str, Figure], ...]
    n_scored: int


@dataclass(frozen=True)
class Thresholds:
    """Below how many people something is not shown."""

    group: Figure
    comments: Figure


@dataclass(frozen=True)
class Hidden:
    """What is suppressed: nothing, some groups and figures, or everything."""

    everything: bool
    groups: tuple[str, ...]
    figures: Figure  # single figures, all groups together
    n_figures: int


@dataclass(frozen=True)
class Report:
    """Everything a report says, in the order it says it."""

    language: str
    leftward: bool  # it is written from right to left
    edition: Edition
    imprint: Imprint  # whose it is
    title: Said
    about: Said
    framework: str
    version: str
    digest: str
    languages: tuple[str, ...]
    respondents: Respondents
    brief: Brief
    replies: Replies | None
    overall: Line | None
    overall_note: Note | None
    dimensions: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    families: tuple[Family, ...]
    tables: tuple[GroupTable, ...]
    interviews: tuple[Interviews, ...]
    evidence: Seen | None  # the interviewer's own ratings, where there are some
    present_in: Mapping[str, tuple[Places, ...]]  # groups in which each scenario is present
    behind: Mapping[str, tuple[Behind, ...]]  # what the people of such a group answered
    answers: tuple[AnswerTable, ...]
    ladders: tuple[Ladder, ...]
    analysed: Analysed
    ways: Ways | None  # out of the scenarios that groups are on
    commentary: Told  # what a consultant wrote beside the figures
    hidden: Hidden
    thresholds: Thresholds
    notes: tuple[Note, ...]
    sources: tuple[Source, ...]
    raw: bool  # some figures are in an instrument's own units
    turned: bool  # some indicators are drawn turned round
    uncounted: bool  # some indicators only feed scenarios
    favourable: bool  # some scenarios are good news
    few_fit: bool  # the share whose own answers fit is somewhere of far fewer people than answered
    answered: frozenset[str]  # indicators whose answers are shown
    legend: tuple[Status, ...]
    levels: tuple[str, ...]
    strengths: tuple[str, ...]  # the same levels where they are good news
    dk_label: Said
    na_label: Said

    @property
    def judged_otherwise(self) -> Iterator[tuple[Story, ToldRemark]]:
        """Every scenario of which the consultant's verdict is another than the computed one."""
        for story in (story for family in self.families for story in family.stories):
            for remark in self.commentary.scenarios.get(story.id, ()):
                if remark.override is not None and not remark.override.agrees:
                    yield story, remark


def view(result: Result, language: str, edition: Edition = PLAIN) -> Report:
    """A result as a report in `language`, or in English where the interface does not speak it."""
    reader = Reader(result.framework.texts, language)
    whole = result.overall if isinstance(result.overall, Group) else None
    dimensions = dimension_lines(reader, whole, "overall") if whole else ()
    told = families(reader, whole, "overall") if whole else ()
    given = replies(reader, whole) if whole else None
    parts = chapters(reader, whole, "overall") if whole else ()
    notes = _notes(reader)
    lines = [line for chapter in parts for line in (chapter.line, *chapter.indicators)]
    tables = group_tables(reader, result, told)
    talks = interviews(reader, result)
    rated = seen(reader, result)
    present_in = where_present(reader, tables, talks, rated.families if rated else ())
    answers = answer_tables(reader, whole, "overall") if whole else ()
    symbols = legend(reader.speech)
    found = analysed(reader, result)
    ways = ways_out(reader, result)
    return Report(
        language=reader.speech.language,
        leftward=reader.speech.leftward,
        edition=edition,
        imprint=imprint(reader, edition.theme),
        title=reader.said(reader.framework, "title") or Said(result.framework.id),
        about=reader.said(reader.framework, "about"),
        framework=result.framework.id,
        version=result.framework.version,
        digest=result.framework.digest.get("scoring", "")[:12],
        languages=tuple(reader.speech.language_name(tag) for tag in reader.languages),
        respondents=_respondents(reader, result),
        brief=brief(
            reader.speech,
            dimensions,
            told,
            present_in,
            given,
            found.answered,
            found.quality.careless if found.quality else None,
            ways,
            unsettled(reader, result),
        ),
        replies=given,
        overall=overall_line(reader, whole, "overall") if whole else None,
        overall_note=next((note for note in notes if note.id == "overall"), None),
        dimensions=dimensions,
        chapters=parts,
        families=told,
        tables=tables,
        interviews=talks,
        evidence=rated,
        present_in=present_in,
        behind=behind(reader, result),
        answers=answers,
        ladders=ladders(reader, answers),
        analysed=found,
        ways=ways,
        commentary=told_commentary(reader, result, edition.commentary),
        hidden=_hidden(reader, result),
        thresholds=Thresholds(
            count(reader.speech, int(reader.default("min_group", MIN_GROUP))),
            count(reader.speech, int(reader.default("min_comments", MIN_COMMENTS))),
        ),
        notes=tuple(note for note in notes if note.id != "overall"),
        sources=_sources(reader),
        raw=any(line.scale for line in lines),
        turned=any(line.desired == "low" for line in lines),
        uncounted=any(line.desired == "none" for line in lines),
        favourable=any(story.favourable for family in told for story in family.stories),
        few_fit=any(story.prevalence and story.prevalence.few for family in told for story in family.stories),
        answered=frozenset(table.indicator for table in answers),
        legend=symbols,
        levels=tuple(status.word for status in symbols[:4]),
        strengths=tuple(status.word for status in symbols[4:8]),
        dk_label=reader.said(reader.part("missing"), "dk") or Said(reader.speech.gettext("Don’t know")),
        na_label=reader.said(reader.part("missing"), "na") or Said(reader.speech.gettext("Not applicable")),
    )


def _respondents(reader: Reader, result: Result) -> Respondents:
    people = result.respondents
    return Respondents(
        read=count(reader.speech, people.read, "respondents/read"),
        scored=count(reader.speech, people.scored, "respondents/scored"),
        rejected=count(reader.speech, people.rejected, "respondents/rejected"),
        unread=count(reader.speech, people.unread, "respondents/unread") if people.unread else None,
        weighted=people.weighted,
        balance=people.balance,
        population=tuple(_population(reader, people.population or {})),
        n_scored=people.scored,
    )


def _population(reader: Reader, told: Mapping[str, Any]) -> Iterator[tuple[str, Figure]]:
    """How many people there are, and what else is known of them, by what it is called."""
    named = {
        "people": reader.speech.gettext("People who could answer"),
        "silent": reader.speech.gettext("of these in groups of which nobody answered"),
        "together": reader.speech.gettext("of these in groups too small to count by themselves, which count together"),
    }
    for key, value in told.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield named.get(key, key), Figure(reader.speech.number(value), f"respondents/population/{key}")


def _hidden(reader: Reader, result: Result) -> Hidden:
    figures = 0
    for group in (result.overall, *result.groups):
        if isinstance(group, Group):
            parts = [group.readiness, *group.dimensions.values(), *group.indicators.values()]
            figures += sum(not isinstance(part, Estimate) for part in parts)
            figures += sum(not isinstance(item, ItemCounts) for item in group.items.values())
            figures += sum(not isinstance(part, ScenarioResult) for part in group.scenarios.values())
    names = tuple(group_name(reader, group.by) for group in result.groups if not isinstance(group, Group))
    return Hidden(not isinstance(result.overall, Group), names, count(reader.speech, figures), figures)


def _notes(reader: Reader) -> list[Note]:
    return [
        Note(id_, reader.said(entry, "title"), reader.said(entry, "text"), tuple(entry.get("source") or ()))
        for id_, entry in reader.part("notes").items()
    ]


def _sources(reader: Reader) -> tuple[Source, ...]:
    return tuple(
        Source(
            id=id_,
            title=reader.said(entry, "title"),
            author=str(reader.said(entry, "author")),
            year=str(entry.get("year") or ""),
            url=str(entry.get("url") or ""),
            note=reader.said(entry, "note"),
        )
        for id_, entry in reader.part("sources").items()
    )
