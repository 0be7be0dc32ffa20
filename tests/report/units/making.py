"""Unit reports of invented results, in a folder of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from readiness.analysis.against import Against, against
from readiness.report.edition import PLAIN, Edition
from readiness.report.units.extract import Extracts
from readiness.report.units.manifest import NAME
from readiness.report.units.page import Pages
from readiness.report.units.table import Unit, units_of
from readiness.report.units.writing import Outcome, Run, write_units
from readiness.scoring.result import Result, SubGroup
from tests.report.building import SHAPES, invented_framework

KEYS = ("unit",)


def rest_beside(result: Result) -> Callable[[Sequence[SubGroup]], Iterator[Against | None]]:
    """Each group beside the rest, by the framework that invented results are of."""
    return lambda groups: against(result, invented_framework(), groups)


def pages_of(result: Result, language: str = "en", keys: Sequence[str] = KEYS) -> dict[str, str]:
    """The page of every group that has one, by the group's name."""
    pages, extracts = Pages(result, language), Extracts(result)
    groups = [unit.group for unit in units_of(result, keys) if isinstance(unit.group, SubGroup)]
    made = {}
    for group, rest in zip(groups, rest_beside(result)(groups), strict=True):
        extract = extracts.of(group, rest)
        made[str(next(iter(group.by.values())))] = pages.page(extract, extract.to_json(), "figures")
    return made


def write(
    folder: Path,
    result: Result | None = None,
    told: Callable[[int, int], Any] = lambda _done, _total: None,
    language: str = "en",
    edition: Edition = PLAIN,
    *,
    anew: bool = False,
) -> Outcome:
    """Every report of a result, by default of the ordinary one."""
    result = result or SHAPES["ordinary"]()
    run = Run(result, KEYS, units_of(result, KEYS), language, edition, folder)
    return write_units(run, rest_beside(result), told, anew=anew)


def files(folder: Path) -> dict[str, bytes]:
    """Everything in a folder, by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def pages_in(folder: Path) -> set[str]:
    """The names of all pages but the index."""
    return {name for name in files(folder) if name not in ("index.html", NAME)}


def shown(units: Sequence[Unit]) -> set[str]:
    """The files of the groups that are shown."""
    return {unit.file for unit in units if unit.file}
