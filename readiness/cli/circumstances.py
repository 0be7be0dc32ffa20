"""The circumstances of a way out in words: what sampling leaves open, groups on scenarios, limits respected."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.cli.talk import visible
from readiness.report.figures import odds
from readiness.report.groups import is_apart
from readiness.report.moves import limit_words
from readiness.scoring.calibration import PRESENT
from readiness.scoring.result import ScenarioResult, SubGroup, by_label

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.language.speech import Speech
    from readiness.responses.limits import Limit
    from readiness.scoring.result import Group, Result


@dataclass(frozen=True)
class Circumstances:
    """What there is to say beside a route, in one language."""

    framework: Framework
    language: str
    speech: Speech

    def unsettled(self, group: Group) -> Iterator[str]:
        """The risks of which an interval leaves open whether they are present, whatever their value says."""
        open_ = {id_: one for id_, one in _risks(group) if one.is_open_to_sampling}
        if open_:
            words = self.speech.gettext("Not settled by those who happened to answer: {scenarios}")
            chosen = isinstance(group, SubGroup) and is_apart(group)  # whom to interview is no matter of chance
            named = (self._with_odds(id_, None if chosen else one.probability) for id_, one in open_.items())
            yield words.format(scenarios=self._separated(named))

    def _with_odds(self, id_: str, probability: float | None) -> str:
        if probability is None:
            return self._scenario(id_)
        words = self.speech.gettext("{scenario} (present in {share} of redraws of the respondents)")
        return words.format(scenario=self._scenario(id_), share=odds(self.speech, probability).text)

    def groups(self, result: Result) -> Iterator[str]:
        """The groups in which a risk is present, and how to ask for the first of them."""
        present = [(group.by, ids) for group in result.groups if isinstance(group, SubGroup) and (ids := _on(group))]
        if present:
            named = (f"{visible(by_label(by))} ({self._separated(map(self._scenario, ids))})" for by, ids in present)
            yield self.speech.gettext("Groups on a scenario: {groups}").format(groups=self._separated(named))
            yield self.speech.gettext("The way out of one: {options}").format(
                options=visible(as_options(present[0][0]))
            )

    def limits(self, limits: Iterable[Limit]) -> Iterator[str]:
        """The limits that every route keeps to, whether or not they change it."""
        told = [visible(limit_words(self.speech, limit, self._limited(limit.name))) for limit in limits]
        if told:
            yield self.speech.gettext("Limits respected: {limits}").format(limits=self._separated(told))

    def _limited(self, name: str) -> str:
        """The title of an indicator, or of a dimension."""
        named = self.framework.indicators.get(name) or self.framework.all_dimensions[name]
        return named.title.in_(self.language) or name

    def _scenario(self, id_: str) -> str:
        return visible(self.framework.scenarios[id_].title.in_(self.language) or id_)

    def _separated(self, words: Iterable[str]) -> str:
        return self.speech.gettext("; ").join(words)


def as_options(by: Mapping[str, str | None]) -> str:
    """A group as a command line asks for it: `--group 'unit=Customer Service'`."""
    return " ".join(f"--group {shlex.quote(f'{key}={value or str()}')}" for key, value in by.items())


def _risks(group: Group) -> Iterator[tuple[str, ScenarioResult]]:
    for id_, scenario in group.scenarios.items():
        if isinstance(scenario, ScenarioResult) and scenario.kind == "risk":
            yield id_, scenario


def _on(group: Group) -> list[str]:
    """The risks that are present by their value, which the levers go by."""
    return [id_ for id_, one in _risks(group) if one.membership is not None and one.membership > PRESENT]
