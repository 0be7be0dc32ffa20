"""The commentary ready to print, in one language: beside what it is about, and never in its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from readiness.framework.frozen import Text
from readiness.framework.ledger import Place
from readiness.report.commentary.prose import Block, prose
from readiness.report.commentary.records import WHOLE, Action, By, Commentary, Quote, Subject, Verdict, by_of
from readiness.report.commentary.releasing import MIN_COMMENTS, is_released
from readiness.report.commentary.told import Told, ToldAction, ToldOverride, ToldQuote, ToldRemark
from readiness.report.figures import count
from readiness.report.groups import EVIDENCE, INTERVIEW, MODE, group_name
from readiness.report.moves import Named
from readiness.report.wording import verdict_word
from readiness.report.words import Reader
from readiness.scoring.result import Group, Result, ScenarioResult, SubGroup

Voiced = TypeVar("Voiced", Quote, Action)
SILENT = Told()


def told_commentary(reader: Reader, result: Result, commentary: Commentary) -> Told:
    """A commentary in the reader's language. Whatever is about something that is hidden here is left out."""
    return _Teller(reader, result, commentary).told() if commentary else SILENT


def told_texts(
    reader: Reader, result: Result, commentary: Commentary, of: Collection[str] | None = None
) -> Iterator[tuple[Place, Text]]:
    """Every text that such a report shows, with its place. of: only what is said of groups formed by these keys."""
    if commentary:
        for subject, at, text in _Teller(reader, result, commentary).texts():
            if of is None or {key for key, _ in subject.group} == set(of):
                yield at, text


class _Teller:
    """Tells one commentary."""

    def __init__(self, reader: Reader, result: Result, commentary: Commentary) -> None:
        self._reader = reader
        self._commentary = commentary
        self._least = int(reader.default("min_comments", MIN_COMMENTS))
        self._groups: dict[By, tuple[str, Group]] = {}
        if isinstance(result.overall, Group):
            self._groups[WHOLE] = ("overall", result.overall)
        for place, group in enumerate(result.groups):
            if isinstance(group, SubGroup):
                self._groups[by_of(group.by)] = (f"groups/{place}", group)
        self._comments = {comment.subject: comment for comment in commentary.comments}
        self._overrides = {
            override.subject: override for override in commentary.overrides if self._scenario(override.subject)
        }
        chosen = self._chosen(commentary.quotes)
        self._quotes = [quote for quote in chosen if self._is_released(quote)]
        self._withheld = len(chosen) - len(self._quotes)

    def told(self) -> Told:
        shown = {
            f"{self._groups[subject.group][0]}/scenarios/{subject.scenario}": override
            for subject in self._overrides
            if (override := self._override(subject)) and not override.agrees
        }
        sections = {c.subject.section: self._prose(c.text) for c in self._comments.values() if c.subject.section}
        return Told(
            summary=self._prose(self._comments[Subject()].text) if Subject() in self._comments else (),
            sections=sections,
            scenarios=self._by_scenario(),
            groups=self._by_table(),
            actions=tuple(map(self._action, sorted(self._actions(), key=lambda action: action.by or date.max))),
            overrides=shown,
            withheld=count(self._reader.speech, self._withheld),
            n_withheld=self._withheld,
            from_interviews=sum(quote.interview for quote in self._quotes),
        )

    def texts(self) -> Iterator[tuple[Subject, Place, Text]]:
        """What is shown, before it is put into one language."""
        for comment in self._comments.values():
            yield comment.subject, comment.at, comment.text
        for override in self._overrides.values():
            yield override.subject, override.at, override.reason
        for quote in self._quotes:
            yield from ((quote.subject, quote.at, text) for text in (quote.text, quote.by))
        for action in self._actions():
            yield from ((action.subject, action.at, text) for text in (action.do, action.owner))

    def _actions(self) -> list[Action]:
        return [action for action in self._chosen(self._commentary.actions) if self._is_shown(action.subject)]

    def _chosen(self, voiced: Iterable[Voiced]) -> list[Voiced]:
        """What is meant for every report, and per subject what stands on the page in the reader's language.

        Where that has nothing, the page without a language speaks, or else the first that does.
        """
        found: list[Voiced] = []
        pages: dict[Subject | None, dict[str, list[Voiced]]] = {}
        for one in voiced:
            if one.tongue is None:
                found.append(one)
            else:
                subject = one.subject if isinstance(one, Quote) else None  # a plan is one whole
                pages.setdefault(subject, {}).setdefault(one.tongue, []).append(one)
        for page in pages.values():
            found += self._heard(page)
        return found

    def _heard(self, page: Mapping[str, list[Voiced]]) -> list[Voiced]:
        tongues = (self._reader.language, self._reader.speech.language, "", *page)
        return page[next(tongue for tongue in tongues if tongue in page)]

    def _is_shown(self, subject: Subject) -> bool:
        return subject.group in self._groups

    def _scenario(self, subject: Subject) -> ScenarioResult | None:
        found = self._groups[subject.group][1].scenarios.get(subject.scenario) if self._is_shown(subject) else None
        return found if isinstance(found, ScenarioResult) else None

    def _is_released(self, quote: Quote) -> bool:
        if not self._is_shown(quote.subject):
            return False
        return is_released(quote, self._groups[quote.subject.group][1], self._least)

    def _subjects(self) -> Sequence[Subject]:
        """Everything that is said something of, the whole before groups, these in the order of the result."""
        quoted = (quote.subject for quote in self._quotes)
        said = dict.fromkeys((*self._comments, *self._overrides, *quoted))
        order = {by: place for place, by in enumerate(self._groups)}
        return sorted((subject for subject in said if self._is_shown(subject)), key=lambda s: order[s.group])

    def _by_scenario(self) -> dict[str, tuple[ToldRemark, ...]]:
        found: dict[str, tuple[ToldRemark, ...]] = {}
        for subject in self._subjects():
            if subject.scenario:
                found[subject.scenario] = (*found.get(subject.scenario, ()), self._remark(subject))
        return found

    def _by_table(self) -> dict[str, tuple[ToldRemark, ...]]:
        found: dict[str, tuple[ToldRemark, ...]] = {}
        for subject in self._subjects():
            if subject.group and not subject.scenario:
                table = self._table(subject.group)
                found[table] = (*found.get(table, ()), self._remark(subject))
        return found

    def _table(self, by: By) -> str:
        """Where a group is shown."""
        keys = self._by(by)
        mode = keys.get(MODE)
        return mode if mode in (INTERVIEW, EVIDENCE) else "-".join(keys)

    def _by(self, by: By) -> Mapping[str, str | None]:
        group = self._groups[by][1]
        return group.by if isinstance(group, SubGroup) else {}

    def _name(self, by: By) -> str:
        keys = dict(self._by(by))
        words = {INTERVIEW: self._reader.speech.gettext("Interviews")}
        words[EVIDENCE] = self._reader.speech.gettext("What was seen")
        mode = words.get(keys.pop(MODE, None) or "", "")
        return " · ".join(filter(None, (mode, group_name(self._reader, keys))))

    def _remark(self, subject: Subject) -> ToldRemark:
        comment = self._comments.get(subject)
        return ToldRemark(
            name=self._name(subject.group),
            comment=self._prose(comment.text) if comment else (),
            override=self._override(subject),
            quotes=tuple(self._quote(quote) for quote in self._quotes if quote.subject == subject),
        )

    def _override(self, subject: Subject) -> ToldOverride | None:
        override, scenario = self._overrides.get(subject), self._scenario(subject)
        if override is None or scenario is None:
            return None
        place = self._groups[subject.group][0].replace("/", "-")
        return ToldOverride(
            id=f"override-{place}-{subject.scenario}",
            verdict=self._verdict(override.verdict),
            computed=verdict_word(self._reader.speech, scenario),
            reason=self._prose(override.reason),
            agrees=override.verdict == scenario.verdict,
        )

    def _verdict(self, verdict: Verdict) -> str:
        speech = self._reader.speech
        return {
            "present": speech.gettext("present"),
            "ruled out": speech.gettext("ruled out"),
            "undetermined": speech.gettext("undetermined"),
        }[verdict]

    def _quote(self, quote: Quote) -> ToldQuote:
        return ToldQuote(self._prose(quote.text), self._reader.say(quote.by), quote.interview)

    def _action(self, action: Action) -> ToldAction:
        speech, scenario, group = self._reader.speech, action.subject.scenario, action.subject.group
        return ToldAction(
            do=self._reader.say(action.do),
            owner=self._reader.say(action.owner),
            by=speech.date(action.by) if action.by else "",
            day=action.by.isoformat() if action.by else "",
            done=action.status == "done",
            state=speech.gettext("done") if action.status == "done" else speech.gettext("open"),
            scenario=Named(scenario, self._reader.title("scenarios", scenario)) if scenario else None,
            group=self._name(group) if group else "",
            table=self._table(group) if group else "",
        )

    def _prose(self, text: Mapping[str, str]) -> tuple[Block, ...]:
        return prose(self._reader.say(text))
