"""Tables on the terminal: the few figures of a result that one looks at first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from readiness.cli.talk import visible
from readiness.language.speech import speak
from readiness.report.figures import odds
from readiness.responses.population_yaml import POPULATION
from readiness.scoring.result import (
    Bounds,
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

Titles = Mapping[str, Mapping[str, str]]  # by kind and id
WIDE = 104  # columns of a terminal, from which on a scenario's row has room for everything
STYLES = {"present": "bold red", "undetermined": "yellow", "not asked": "yellow", "ruled out": "green"}


def print_result(result: Result, language: str) -> None:
    """Everybody's dimensions and scenarios, then the groups side by side."""
    from rich.console import Console

    console = Console(highlight=False)
    titles = titles_of(result.framework.texts, language)
    speech = speak(language)
    people = result.respondents
    console.print(
        speech.gettext("{scored} respondents scored, {read} read, {rejected} set aside").format(
            scored=people.scored, read=people.read, rejected=people.rejected
        )
    )
    if people.weighted:
        console.print(speech.gettext("Respondents count by case weights."))
    if people.balance == POPULATION:
        console.print(speech.gettext("Each group has the say of the people it has."))
    elif people.balance:
        console.print(speech.gettext("Each value of {key} has the same say.").format(key=plain(people.balance)))
    if isinstance(result.overall, Suppressed):
        console.print(speech.gettext("Too few respondents to show anything."))
    else:
        _print_group(console, result.overall, titles, speech)
    if result.groups:
        console.print(_side_by_side(result, titles, speech))
        if any(isinstance(group, SubGroup) and _unsettled(group) for group in result.groups):
            console.print(speech.gettext("?: not settled by those who happened to answer"), style="dim")
    if isinstance(result.overall, Group) and result.overall.analysis is not None:
        from readiness.cli.findings import finding_lines

        for line in finding_lines(result.overall.analysis, result.framework.texts, language):
            console.print(plain(line))


def titles_of(texts: Mapping[str, Any], language: str) -> Titles:
    """What everything is called, in one language; by kind and id."""
    return {
        kind: {id_: plain(_title(texts[kind][id_], language) or id_) for id_ in texts[kind]}
        for kind in ("dimensions", "indicators", "scenarios")
    }


def _title(told: Mapping[str, Any], language: str) -> str:
    title = told["title"]
    return str(title.get(language) or next(iter(title.values()), ""))


def plain(text: str) -> str:
    """Words from a file, which are neither markup nor commands to the terminal."""
    from rich.markup import escape

    return escape(visible(text))


def _print_group(console: Console, group: Group, titles: Titles, speech: Speech) -> None:
    sampled = group.analysis is not None and group.analysis.sampling is not None
    columns = ("Readiness", "Bounds", *(["Interval"] if sampled else []), "n")
    table = _table(speech, "Dimension", *columns)
    for id_, estimate in group.dimensions.items():
        table.add_row(titles["dimensions"][id_], *_shown(_estimate(estimate, speech), columns))
    table.add_row(speech.gettext("Overall"), *_shown(_estimate(group.readiness, speech), columns), style="dim")
    console.print(table)
    if group.scenarios:
        columns = _scenario_columns(console.width, sampled)
        table = _table(speech, "Scenario", *columns)
        for id_, scenario in group.scenarios.items():
            named = titles["scenarios"][id_] + _limits(scenario, titles, speech)
            table.add_row(named, *_shown(_scenario(scenario, speech), columns))
        console.print(table)
        if "Present in" in columns:
            console.print(speech.gettext("Present in: in which share of redraws of the respondents"), style="dim")


def _scenario_columns(width: int, sampled: bool) -> tuple[str, ...]:
    """As many as fit: on a narrow terminal intervals take the place of bounds."""
    columns = ("Verdict", "Level", "Membership")
    if not sampled:
        return (*columns, "Bounds")
    return (*columns, "Interval") if width < WIDE else (*columns, "Interval", "Bounds", "Present in")


def _shown(cells: Mapping[str, str], columns: tuple[str, ...]) -> list[str]:
    return [cells.get(column, "") for column in columns]


def _table(speech: Speech, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        numbers = column in ("Readiness", "Membership", "Present in", "n")
        table.add_column(
            speech.gettext(column),
            justify="right" if numbers else "left",
            min_width=18 if place == 0 else None,
        )
    return table


def _estimate(estimate: Estimate | Suppressed, speech: Speech) -> dict[str, str]:
    """A row's cells by column."""
    if isinstance(estimate, Suppressed):
        return {"Readiness": speech.gettext("suppressed")}
    return {
        "Readiness": "–" if estimate.value is None else speech.number(estimate.value, 0),
        "Bounds": _between(estimate.bounds, 0, speech),
        "Interval": _between(estimate.interval, 0, speech),
        "n": speech.number(estimate.n),
    }


def _scenario(scenario: ScenarioResult | Suppressed, speech: Speech) -> dict[str, str]:
    """A row's cells by column. Present in: which share of resamples."""
    if isinstance(scenario, Suppressed):
        return {"Verdict": speech.gettext("suppressed")}
    return {
        "Verdict": f"[{STYLES[scenario.verdict]}]{speech.gettext(scenario.verdict)}[/]",
        "Level": speech.gettext(scenario.level) if scenario.level else "–",
        "Membership": "–" if scenario.membership is None else speech.number(scenario.membership, 2),
        "Bounds": _between(scenario.bounds, 2, speech),
        "Interval": _between(scenario.interval, 2, speech),
        "Present in": "–" if scenario.probability is None else odds(speech, scenario.probability).text,
    }


def _between(ends: Bounds | None, digits: int, speech: Speech) -> str:
    return "–" if ends is None else " – ".join(speech.number(end, digits) for end in ends)


def _limits(scenario: ScenarioResult | Suppressed, titles: Titles, speech: Speech) -> str:
    """The weakest conditions, below the scenario's name: a column of its own would not fit a terminal."""
    if isinstance(scenario, Suppressed) or not scenario.limiting:
        return ""
    named = []
    for condition in scenario.limiting:
        direction, indicator = condition.split(" ", 1)
        words = {"direction": speech.gettext(direction), "indicator": titles["indicators"][indicator]}
        named.append(speech.gettext("{direction}: {indicator}").format(**words))
    weakest = speech.gettext("Weakest condition") + speech.gettext(": ")
    return f"\n[dim]{weakest}{', '.join(named)}[/]"


def _side_by_side(result: Result, titles: Titles, speech: Speech) -> Table:
    sampled = any(isinstance(group, SubGroup) and group.analysis is not None for group in result.groups)
    columns = ("n", "Readiness", *(["Interval"] if sampled else []), "Present")
    table = _table(speech, "Group", *columns)
    for group in result.groups:
        name = plain(_group_name(group.by, speech))
        if isinstance(group, SuppressedGroup):
            table.add_row(name, "", speech.gettext("suppressed"))
        else:
            cells = {"n": speech.number(group.n), "Present": _present(group, titles, speech)}
            table.add_row(name, *_shown({**_estimate(group.readiness, speech), **cells}, columns))
    return table


def _group_name(by: Mapping[str, str | None], speech: Speech) -> str:
    """A group's keys and values; a mode of its own is called what it is."""
    modes = {"interview": speech.gettext("Interviews"), "evidence": speech.gettext("What was seen")}
    mode = by.get("source")
    return modes[mode] if mode in modes and len(by) == 1 else by_label(by)


def _present(group: SubGroup, titles: Titles, speech: Speech) -> str:
    """What is present, and after it what may be: no group is shown as safe because few of it answered."""
    present = [
        titles["scenarios"][id_]
        for id_, scenario in group.scenarios.items()
        if isinstance(scenario, ScenarioResult) and scenario.verdict == "present"
    ]
    unsettled = (speech.gettext("{scenario}?").format(scenario=titles["scenarios"][id_]) for id_ in _unsettled(group))
    return ", ".join([*present, *unsettled]) or "–"


def _unsettled(group: SubGroup) -> list[str]:
    """Scenarios of which sampling leaves the verdict open."""
    return [
        id_
        for id_, scenario in group.scenarios.items()
        if isinstance(scenario, ScenarioResult) and scenario.is_open_to_sampling
    ]
