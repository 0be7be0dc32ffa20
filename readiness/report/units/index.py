"""The index of unit reports: every group with its dimensions as a heat table, and where its page lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from readiness.report.figures import MISSING, Figure, count
from readiness.report.groups import group_name
from readiness.report.profile import Line, dimension_lines
from readiness.report.units.page import Pages
from readiness.report.units.table import Unit
from readiness.report.words import Reader
from readiness.scoring.result import Group, Result, ScenarioResult, SuppressedGroup


@dataclass(frozen=True)
class Row:
    """One group. file: of its page, "" of everybody, who has none here. present: on how many ways to fail it is."""

    name: str
    file: str = ""
    hidden: bool = False
    whole: bool = False
    n: Figure = MISSING
    dimensions: tuple[Line, ...] = ()
    present: Figure = MISSING


def index_rows(reader: Reader, result: Result, units: Sequence[Unit]) -> Iterator[Row]:
    """Everybody, then group by group; made one by one, since there may be thousands."""
    if isinstance(result.overall, Group):
        yield _row(reader, result.overall, "overall", reader.speech.gettext("Everybody"), "")
    for unit in units:
        name = group_name(reader, unit.by)
        if isinstance(unit.group, SuppressedGroup):
            yield Row(name, hidden=True)
        else:
            yield _row(reader, unit.group, f"groups/{unit.place}", name, unit.file or "")


def _row(reader: Reader, group: Group, at: str, name: str, file: str) -> Row:
    told = [one for one in group.scenarios.values() if isinstance(one, ScenarioResult) and one.kind == "risk"]
    present = sum(one.verdict == "present" for one in told)
    return Row(
        name=name,
        file=file,
        whole=not file,
        n=count(reader.speech, group.n, f"{at}/n"),
        dimensions=tuple(line for line in dimension_lines(reader, group, at) if not line.depth),
        present=count(reader.speech, present) if told else MISSING,
    )


def index_page(pages: Pages, result: Result, units: Sequence[Unit]) -> Iterator[str]:
    """The index as HTML, piece by piece."""
    reader = pages.reader
    hidden = sum(unit.file is None for unit in units)
    heads = [reader.title("dimensions", id_) for id_, depth in reader.dimensions() if not depth]
    facts: dict[str, Any] = {
        "framework": reader.said(reader.framework, "title") or result.framework.id,
        "made": result.framework,
        "fingerprint": result.framework.digest.get("scoring", "")[:12],
        "key": " × ".join(reader.title("context", key) for key in (units[0].by if units else ())),
        "heads": heads,
        "rows": index_rows(reader, result, units),
        "n_shown": len(units) - hidden,
        "n_hidden": hidden,
        "shown": count(reader.speech, len(units) - hidden),
        "hidden": count(reader.speech, hidden),
    }
    yield from pages.index(facts)
