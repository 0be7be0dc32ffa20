"""One person by themselves: a generated framework, what they say, and what is known of their organisation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.table import from_rows
from readiness.scoring.engine import score
from tests.scoring.reference_scores import Scores
from tests.scoring.running import cells, loaded
from tests.scoring.strategies import answers, frameworks, items_of, rows, walk_indicators


@dataclass(frozen=True)
class Alone:
    """One person's answers and context, and known scores of indicators of the organisation."""

    raw: dict[str, Any]
    said: dict[str, Any]
    facts: dict[str, float]

    @cached_property
    def framework(self) -> Framework:
        """The framework, loaded."""
        return loaded(self.raw)


@st.composite
def people(draw: st.DrawFn, raw: st.SearchStrategy[dict[str, Any]] | None = None) -> Alone:
    """Anybody who answers anything, with some facts known beforehand or none."""
    framework = draw(frameworks() if raw is None else raw)
    said = {key: value for key, value in draw(rows(framework, most=1))[0].items() if value is not None}
    del said["respondent"]
    facts: dict[str, float] = {}
    for id_, indicator in indicators_of(framework).items():
        if indicator.get("scope") == "organisation" and draw(st.booleans()):
            low, high = (float(end) for end in Scores(framework).indicator_range(indicator))
            facts[id_] = low + (high - low) * draw(st.sampled_from((0, 0.5, 0.55, 0.8, 1)))
    return Alone(framework, said, facts)


def indicators_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Every indicator of a raw framework, by id."""
    return {id_: i for questionnaire in raw["questionnaires"] for id_, i in walk_indicators(questionnaire).items()}


def same_units() -> st.SearchStrategy[dict[str, Any]]:
    """Frameworks in which nobody averages raw units of items that differ in their extremes.

    Of such a mean the bounds say how far answers could move it; *not applicable* takes an item out of it, and can move
    it further.
    """
    return frameworks().filter(lambda raw: not any(_mixes(raw, indicator) for indicator in indicators_of(raw).values()))


def _mixes(raw: Mapping[str, Any], indicator: Mapping[str, Any]) -> bool:
    counted = [item for item in indicator["items"].values() if item.get("weight", 1) > 0]
    return indicator.get("range") == "raw" and len({Scores(raw).extremes(item) for item in counted}) > 1


def pending(raw: Mapping[str, Any], said: Mapping[str, Any]) -> list[str]:
    """The items that are put and have no answer, in the order of the files."""
    scores = Scores(raw)
    return [id_ for id_ in items_of(raw) if id_ not in said and scores.put(id_, said) == "yes"]


def said_alone(framework: Framework, said: Mapping[str, Any], facts: Mapping[str, float]) -> Any:
    """What the engine says of this one respondent."""
    row = {key: said.get(key) for key in (*framework.context, *framework.items)}
    responses = from_rows(framework, [cells({"respondent": "r", **row})])
    return score(framework, responses, protect=False, facts=facts).overall


def every_answer(raw: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every item with every kind of answer that it can get."""
    for id_, item in items_of(raw).items():
        for answer in (*answers(raw, item), "dk", "na"):
            yield id_, answer
