"""A diagnosis on the terminal: who answered, how carefully, and whether the instrument is holding."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from readiness.cli.tables import plain, titles_of
from readiness.language.speech import speak
from readiness.report.diagnosis import careless_words, remarks
from readiness.report.rates import uneven_words
from readiness.report.responding import MANY
from readiness.scoring.findings import Instrument
from readiness.scoring.result import Group, Suppressed, by_label

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from readiness.cli.tables import Titles
    from readiness.language.speech import Speech
    from readiness.scoring.findings import Analysis, Responding
    from readiness.scoring.result import Result

PARTS = ("responding", "careless", "instrument")


def as_json(result: Result) -> str:
    """The parts of a result that say who answered and whether the instrument is holding."""
    whole: dict[str, Any] = json.loads(result.to_json())
    overall = whole["overall"]
    analysis = overall.get("analysis") or {}
    told = {
        "format": whole["format"],
        "framework": {name: whole["framework"][name] for name in ("id", "version")},
        "respondents": whole["respondents"],
        "overall": overall
        if overall.get("suppressed")
        else {
            "n": overall["n"],
            "reliability": overall["reliability"],
            "analysis": {name: analysis.get(name) for name in PARTS},
        },
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def print_diagnosis(result: Result, language: str) -> None:
    """Everything that is known of how the survey went, then what to make of it."""
    from rich.console import Console

    console = Console(highlight=False)
    speech = speak(language)
    titles = titles_of(result.framework.texts, language)
    if not isinstance(result.overall, Group):
        console.print(speech.gettext("Too few respondents to show anything."))
        return
    analysis = result.overall.analysis
    if analysis is not None:
        _print_answering(console, analysis, result.respondents.balance, titles, speech)
    if result.overall.reliability is None and (analysis is None or analysis.instrument is None):
        console.print(speech.gettext("Nothing is known of how the items hold together."))
        return
    console.print(_items(result.overall, titles, speech))
    units = _units(result.overall, titles, speech)
    if units is not None:
        console.print(units)
    said = remarks(result, titles["indicators"], speech)
    if said:
        console.print(speech.gettext("What to make of it"))
    for words in said:
        console.print(f"• {words}")


def _print_answering(console: Console, analysis: Analysis, balance: str | None, titles: Titles, speech: Speech) -> None:
    if analysis.responding is not None:
        _print_responding(console, analysis.responding, titles, speech)
        mend = speech.gettext("--balance population gives each group the say of its people.")
        said = uneven_words(analysis.responding, balance, lambda by: plain(by_label(by)), speech, mend)
        if said:
            console.print(" ".join(said))
    if analysis.careless is not None:
        console.print(" ".join(careless_words(analysis.careless, speech)))


def _print_responding(console: Console, responding: Responding, titles: Titles, speech: Speech) -> None:
    if responding.groups or responding.population is not None:
        table = _table(speech, "Group", "Population", "n", "Response rate")
        for group in (group for group in responding.groups if len(group.by) == 1):  # crossings are in the JSON
            shown = [_number(group.population, speech), _number(group.n, speech), _share(group.rate, speech)]
            table.add_row(plain(by_label(group.by)), *shown)
        whole = [_number(responding.population, speech), "", _share(responding.rate, speech)]
        table.add_row(speech.gettext("Overall"), *whole, style="dim")
        console.print(table)
    if responding.silent:
        silent = speech.listed(plain(by_label(by)) for by in responding.silent)
        console.print(speech.gettext("No answers from: {groups}").format(groups=silent))
    unknown = [one for one in responding.unknowing if one.dk + one.na >= MANY]
    if unknown:
        table = _table(speech, "Role", "Indicator", "Don’t know", "Not applicable")
        for one in sorted(unknown, key=lambda one: -one.dk - one.na):
            title = titles["indicators"].get(one.indicator, plain(one.indicator))
            table.add_row(plain(one.role), title, _share(one.dk, speech), _share(one.na, speech))
        console.print(table)


def _items(group: Group, titles: Titles, speech: Speech) -> Table:
    """How the items of each indicator hold together, and whether answers crowd at an end."""
    table = _table(speech, "Indicator", "Items", "n", "r", "Alpha", "Omega", "At the lowest", "At the highest")
    instruments = (group.analysis.instrument if group.analysis else None) or {}
    reliability = group.reliability or {}
    for id_, title in titles["indicators"].items():
        found, told = reliability.get(id_), instruments.get(id_)
        if isinstance(found, Suppressed) or isinstance(told, Suppressed):
            table.add_row(title, "", speech.gettext("suppressed"), *[""] * 5)
        elif found is not None or told is not None:
            items, n, alpha = (found.items, found.n, found.alpha) if found else (None, None, None)
            floor, ceiling = (told.floor, told.ceiling) if told else (None, None)
            counts = _number(items, speech), _number(n, speech)
            shares = _share(floor, speech), _share(ceiling, speech)
            figures = (_decimals(figure, speech) for figure in (_correlation(told), alpha, _omega(told)))
            table.add_row(title, *counts, *figures, *shares)
    return table


def _correlation(told: Instrument | None) -> float | None:
    """How two items correlate; of more, the mean of what each correlates with the others."""
    known = [r for r in told.item_rest.values() if r is not None] if told else []
    return sum(known) / len(known) if known else None


def _omega(told: Instrument | None) -> float | None:
    """Omega of three items or more: of two it is alpha, and says nothing more."""
    return told.omega if told and len(told.item_rest) > 2 else None


def _units(group: Group, titles: Titles, speech: Speech) -> Table | None:
    """How far units differ and how far their people agree; None where there are none to compare."""
    instruments = (group.analysis.instrument if group.analysis else None) or {}
    table = _table(speech, "Indicator", "Units", "ICC(1)", "ICC(2)", "r_wg")
    for id_, title in titles["indicators"].items():
        told = instruments.get(id_)
        if isinstance(told, Instrument) and told.units:
            figures = (_decimals(figure, speech) for figure in (told.icc1, told.icc2, told.r_wg))
            table.add_row(title, _number(told.units, speech), *figures)
    return table if table.row_count else None


def _table(speech: Speech, *columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        words = column in ("Group", "Role", "Indicator")
        title = speech.gettext(column)
        table.add_column(
            title if words else _stacked(title),
            justify="left" if words else "right",
            min_width=18 if place == 0 else None,
        )
    return table


def _stacked(title: str) -> str:
    """The last word on a line of its own: else a long title over short figures takes the room of the names."""
    return "\n".join(title.rsplit(" ", 1))


def _number(figure: int | None, speech: Speech) -> str:
    return "–" if figure is None else speech.number(figure)


def _decimals(figure: float | None, speech: Speech) -> str:
    return "–" if figure is None else speech.number(figure, 2)


def _share(figure: float | None, speech: Speech) -> str:
    return "–" if figure is None else speech.percent(figure)
