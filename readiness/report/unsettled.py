"""Unsettled: scenarios that sampling leaves open in single groups, where another sample could turn the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.report.figures import odds
from readiness.report.groups import group_name, is_apart
from readiness.scoring.result import ScenarioResult, SubGroup

if TYPE_CHECKING:
    from readiness.report.words import Reader
    from readiness.scoring.result import Result


def unsettled(reader: Reader, result: Result) -> tuple[str, ...]:
    """The groups of the whole in which a risk scenario is left open, with its scenarios and how often they occur."""
    said = []
    for place, group in enumerate(result.groups):
        if isinstance(group, SubGroup) and not is_apart(group):
            open_ = [
                _named(reader, id_, scenario, f"groups/{place}/scenarios/{id_}")
                for id_, scenario in group.scenarios.items()
                if isinstance(scenario, ScenarioResult) and _is_open(scenario)
            ]
            if open_:
                words = reader.speech.gettext("%(group)s (%(scenarios)s)")
                said.append(words % {"group": group_name(reader, group.by), "scenarios": reader.speech.listed(open_)})
    return tuple(said)


def _is_open(scenario: ScenarioResult) -> bool:
    return scenario.kind == "risk" and scenario.is_open_to_sampling


def _named(reader: Reader, id_: str, scenario: ScenarioResult, at: str) -> str:
    words = reader.speech.gettext("%(scenario)s, in %(share)s of redraws")
    share = odds(reader.speech, scenario.probability or 0.0, f"{at}/probability")
    return words % {"scenario": reader.title("scenarios", id_), "share": share.text}
