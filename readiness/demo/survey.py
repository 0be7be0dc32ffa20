"""The demo's survey: respondents drawn, put the core items, and written as three kinds of export."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.demo.drawing import Answered, Person, chosen, ladders_of
from readiness.interview.asking import Put, Putting
from readiness.interview.questions import questions_of
from readiness.responses.coding import RESPONDENT

if TYPE_CHECKING:
    from readiness.demo.profile import Export, Profile
    from readiness.framework.models import Framework, Indicator, Item

FIRST, OTHER = "en", "fr"  # the company's languages


@dataclass(frozen=True)
class Response:
    """One respondent: the export that holds them, what is known of them, and what they answered, by item."""

    file: str
    context: Mapping[str, str]
    answers: Mapping[str, Answered]


class Survey:
    """The survey as it was put: to whom, and what they answered."""

    def __init__(self, framework: Framework, profile: Profile) -> None:
        """framework: what is asked. profile: who is asked, and what they answer."""
        self._framework = framework
        self._profile = profile
        self._questions = {question.id: question for question in questions_of(framework, "core", items_only=True)}
        self._ladders = ladders_of(framework)
        self._keys = frozenset(framework.context)

    def responses(self) -> list[Response]:
        """Everybody's answers, in the order in which they came in."""
        arrived: list[tuple[float, Response]] = []
        for unit, group in self._profile.units.items():
            for role, people in group.people.items():
                for number in range(people):
                    # A generator of one's own: who else answers changes nobody's answers.
                    rng = random.Random(f"{self._profile.seed} {unit} {role} {number}")
                    arrived.append((rng.random(), self._response(unit, role, rng)))
        return [response for _, response in sorted(arrived, key=lambda pair: pair[0])]

    def _response(self, unit: str, role: str, rng: random.Random) -> Response:
        group = self._profile.units[unit]
        language = OTHER if rng.random() < group.french else FIRST
        context = {"unit": unit, "role": role, "language": language}
        for key, known in self._profile.context.items():
            context[key] = chosen(rng, known.shares[context[known.by] if known.by else "all"])
        labels = None if rng.random() < group.kiosk else language
        file = next(name for name, export in self._profile.exports.items() if export.labels == labels)
        return Response(file, context, self._answers(context, rng))

    def _answers(self, context: Mapping[str, str], rng: random.Random) -> dict[str, Answered]:
        """A person's answers to the items put to them, in the order of the form; whoever leaves answers no more."""
        seeing = self._profile.roles[context["role"]]
        unit = self._profile.units[context["unit"]]
        leaves = rng.random() < unit.missing.leaving * seeing.gaps
        last = len(self._questions) * (0.3 + 0.6 * rng.random() if leaves else 1)
        person = Person(rng, self._profile.spread, seeing)
        given: dict[str, Answered] = {}
        left: set[str] = set()  # empty
        for place, (indicator, item) in enumerate(core_items(self._framework)):
            if place >= last:
                break
            putting = Putting(self._questions, context, given, frozenset(left), self._keys)
            if putting.of(self._questions[item.id]) is not Put.HOLDS:
                continue
            mean = self._profile.mean(indicator, unit.means) + seeing.views.get(indicator.id, 0)
            answer = person.answer(indicator, item, self._ladders, mean, unit.missing)
            if answer is None:
                left.add(item.id)
            else:
                given[item.id] = answer
        return given


def core_items(framework: Framework) -> Iterator[tuple[Indicator, Item]]:
    """The items that a survey asks, with their indicators, in the order of the questionnaires."""
    for indicator in framework.indicators.values():
        for item in indicator.items.values():
            if item.core:
                yield indicator, item


def written(framework: Framework, profile: Profile) -> dict[str, bytes]:
    """The survey's files by name: every export with the respondents that it holds."""
    came_in = Survey(framework, profile).responses()
    responses = [(f"r{place:03}", response) for place, response in enumerate(came_in, start=1)]
    drawn = {"unit", "role", "language", *profile.context}
    keys = [key for key in framework.context if key in drawn]
    return {
        name: _file(framework, export, keys, {id_: r for id_, r in responses if r.file == name})
        for name, export in profile.exports.items()
    }


def _file(framework: Framework, export: Export, keys: Sequence[str], responses: Mapping[str, Response]) -> bytes:
    items = [item.id for _, item in core_items(framework)]
    words = _Words(framework, export)
    lines = io.StringIO()
    sheet = csv.writer(lines, delimiter=export.delimiter, lineterminator=export.line_end)
    sheet.writerow([RESPONDENT, *keys, *items])
    for id_, response in responses.items():
        told = [words.context(key, response.context[key]) for key in keys]
        sheet.writerow([id_, *told, *(words.answer(item, response.answers.get(item)) for item in items)])
    return lines.getvalue().encode("utf-8-sig" if export.mark else "utf-8")


class _Words:
    """What stands in an export's cells."""

    def __init__(self, framework: Framework, export: Export) -> None:
        self._framework = framework
        self._export = export
        self._labels = {
            (scale.id, option.value): option.label for scale in framework.scales.values() for option in scale.options
        }

    def context(self, key: str, value: str) -> str:
        options = self._framework.context[key].options
        if options is not None and value not in options:
            return self._export.empty
        return options[value].get(self._export.labels, value) if options and self._export.labels else value

    def answer(self, item: str, answer: Answered | None) -> str:
        if answer is None:
            return self._export.empty
        language = self._export.labels
        if language is None:
            return f"{answer:g}" if not isinstance(answer, str) else answer
        if isinstance(answer, str):
            labels = self._framework.missing.dk if answer == "dk" else self._framework.missing.na
            return labels.get(language, answer)
        scale = self._framework.items[item].scale
        return self._labels[scale, answer].get(language, f"{answer:g}") if scale else f"{answer:g}"
