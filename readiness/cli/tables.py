"""Tables on the terminal: the few figures of a result that one looks at first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readiness.language.speech import speak
from readiness.scoring.result import (
    Estimate,
    Group,
    Result,
    ScenarioResult,
    SubGroup,
    Suppressed,
    SuppressedGroup,
    by_label,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from readiness.language.speech import Speech

STYLES = {"present": "bold red", "undetermined": "yellow", "not asked": "yellow", "ruled out": "green"}


def print_result(result: Result, language: str | None) -> None:
    """Everybody's dimensions and scenarios, then the groups side by side."""
    from rich.console import Console

    console = Console(highlight=False)
    texts = result.framework.texts
    speech = speak(language or texts["languages"][0])
    people = result.respondents
    console.print(
        speech.gettext("{scored} respondents scored, {read} read, {rejected} set aside").format(
            scored=people.scored, read=people.read, rejected=people.rejected
        )
    )
    if isinstance(result.overall, Suppressed):
        console.print(speech.gettext("Too few respondents to show anything."))
        return
    _print_group(console, result.overall, texts, speech)
    if result.groups:
        console.print(_side_by_side(result, speech))


def _title(texts: dict[str, Any], kind: str, id_: str, speech: Speech) -> str:
    title = texts[kind][id_]["title"]
    return str(title.get(speech.language) or next(iter(title.values()), id_))


def _print_group(console: Console, group: Group, texts: dict[str, Any], speech: Speech) -> None:
    table = _table(speech, "Dimension", "Readiness", "Bounds", "n")
    for id_, estimate in group.dimensions.items():
        table.add_row(_title(texts, "dimensions", id_, speech), *_estimate(estimate, speech))
    table.add_row(speech.gettext("Overall"), *_estimate(group.readiness, speech), style="dim")
    console.print(table)
    if group.scenarios:
        table = _table(speech, "Scenario", "Verdict", "Level", "Membership", "Bounds", "Limited by")
        for id_, scenario in group.scenarios.items():
            table.add_row(_title(texts, "scenarios", id_, speech), *_scenario(scenario, texts, speech))
        console.print(table)


def _table(speech: Speech, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        numbers = column in ("Readiness", "Membership", "n")
        table.add_column(
            speech.gettext(column),
            justify="right" if numbers else "left",
            min_width=18 if place == 0 else None,
            overflow="fold",
        )
    return table


def _estimate(estimate: Estimate | Suppressed, speech: Speech) -> tuple[str, str, str]:
    if isinstance(estimate, Suppressed):
        return speech.gettext("suppressed"), "", ""
    value = "–" if estimate.value is None else speech.number(estimate.value, 0)
    low, high = (speech.number(bound, 0) for bound in estimate.bounds)
    return value, f"{low} – {high}", speech.number(estimate.n)


def _scenario(scenario: ScenarioResult | Suppressed, texts: dict[str, Any], speech: Speech) -> tuple[str, ...]:
    if isinstance(scenario, Suppressed):
        return (speech.gettext("suppressed"), "", "", "", "")
    verdict = speech.gettext(scenario.verdict)
    styled = f"[{STYLES[scenario.verdict]}]{verdict}[/]"
    membership = "–" if scenario.membership is None else speech.number(scenario.membership, 2)
    low, high = (speech.number(bound, 2) for bound in scenario.bounds)
    level = speech.gettext(scenario.level) if scenario.level else "–"
    return styled, level, membership, f"{low} – {high}", _limits(scenario, texts, speech)


def _limits(scenario: ScenarioResult, texts: dict[str, Any], speech: Speech) -> str:
    named = []
    for condition in scenario.limiting:
        direction, indicator = condition.split(" ", 1)
        named.append(f"{speech.gettext(direction)}: {_title(texts, 'indicators', indicator, speech)}")
    return ", ".join(named)


def _side_by_side(result: Result, speech: Speech) -> Table:
    texts = result.framework.texts
    table = _table(speech, "Group", "n", "Readiness", "Present")
    for group in result.groups:
        name = by_label(group.by)
        if isinstance(group, SuppressedGroup):
            table.add_row(name, "", speech.gettext("suppressed"), "")
        else:
            readiness, _bounds, _n = _estimate(group.readiness, speech)
            table.add_row(name, speech.number(group.n), readiness, _present(group, texts, speech))
    return table


def _present(group: SubGroup, texts: dict[str, Any], speech: Speech) -> str:
    named = [
        _title(texts, "scenarios", id_, speech)
        for id_, scenario in group.scenarios.items()
        if isinstance(scenario, ScenarioResult) and scenario.verdict == "present"
    ]
    return ", ".join(named) or "–"
