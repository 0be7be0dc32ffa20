"""Sheets: an export whose columns are decided on becomes a frame of text with canonical column names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses import durations, ticks
from readiness.responses.coding import DURATION, RESPONDENT, WEIGHT
from readiness.responses.labels import Answers, ContextLabels, LabelReader, Values
from readiness.responses.table import Sheet

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.export import Export
    from readiness.responses.matching import Decision


def as_sheet(
    framework: Framework,
    export: Export,
    decisions: Sequence[Decision],
    answers: Mapping[str, Answers] | None = None,
    values: Mapping[str, Values] | None = None,
    remarks: Sequence[str] = (),
) -> Sheet:
    """An export as a sheet. answers, values: who reads an item or a context key, where a mapping says so."""
    meant = by_name(decisions)
    columns = {name: cells_of(export, group).alias(name) for name, group in meant.items()}
    timed = durations.recorded(decisions, export.platform)
    if timed is not None:
        columns[DURATION] = export.cells[str(timed.column.place)].alias(DURATION)
    return Sheet(
        frame=pl.DataFrame(list(columns.values())),
        file=export.file,
        ignored=tuple(called(decision) for decision in decisions if decision.to == "ignored" and decision != timed),
        rows=export.rows,
        headers={name: " | ".join(decision.column.header for decision in group) for name, group in meant.items()},
        answers=all_answers_of(framework, meant, answers or {}),
        values=all_values_of(framework, meant, values or {}),
        remarks=(*remarks, *([f"{export.file}: {durations.used(timed)}"] if timed else [])),
        counter=any(decision.to == "respondent" and decision.column.counter for decision in decisions),
    )


def by_name(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The columns that are something, by the canonical name of what they are."""
    found: dict[str, list[Decision]] = {}
    for decision in decisions:
        if decision.to != "ignored":
            found.setdefault(canonical(decision), []).append(decision)
    return {name: sorted(group, key=lambda decision: decision.column.place) for name, group in found.items()}


def canonical(decision: Decision) -> str:
    """The name of a column of a sheet."""
    return {"respondent": RESPONDENT, "weight": WEIGHT}.get(decision.to, decision.name)


def all_answers_of(
    framework: Framework, groups: Mapping[str, Sequence[Decision]], said: Mapping[str, Answers]
) -> dict[str, Answers]:
    """Who reads the cells of every item among columns by their canonical names. said: by a mapping."""
    items = {name: group for name, group in groups.items() if name in framework.items}
    return {name: said.get(name) or answers_of(framework, name, group) for name, group in items.items()}


def all_values_of(
    framework: Framework, groups: Mapping[str, Sequence[Decision]], said: Mapping[str, Values]
) -> dict[str, Values]:
    """Who reads the cells of every context key, likewise."""
    keys = {name: group for name, group in groups.items() if name in framework.context}
    return {name: said.get(name) or values_of(framework, name, group) for name, group in keys.items()}


def answers_of(framework: Framework, item: str, group: Sequence[Decision]) -> Answers:
    """Who reads an item's cells in an export: the file's own labels count."""
    first = group[0]
    if first.choice:
        return LabelReader(framework.items[item], framework)
    return LabelReader(
        framework.items[item],
        framework,
        first.column.labels,
        first.column.missing,
        first.column.not_put,
        first.beside,
    )


def values_of(framework: Framework, key: str, group: Sequence[Decision]) -> ContextLabels:
    """Who reads a context key's cells in an export."""
    column = group[0].column
    return ContextLabels(framework.context[key], column.labels, column.missing | column.not_put)


def cells_of(export: Export, group: Sequence[Decision]) -> pl.Series:
    """The text of what one or several columns are: of several, each an option, what was ticked."""
    if any(decision.choice for decision in group):
        return ticks.put_together(export.cells, [replace(one.column, choice=one.choice) for one in group])
    return export.cells[str(group[0].column.place)]


def called(decision: Decision) -> str:
    """A column's header in one line, as messages name it."""
    header = " ".join(decision.column.header.split())
    return header or f"(column {decision.column.place + 1} without a name)"
