"""Run the engine on plain rows, and compare what it says with what the reference says."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.table import from_rows
from readiness.scoring.engine import score
from readiness.scoring.result import Result
from tests.scoring.strategies import write


def loaded(raw: Mapping[str, Any]) -> Framework:
    """A raw framework, written as YAML and loaded as the program loads it."""
    with tempfile.TemporaryDirectory() as folder:
        return load(write(raw, Path(folder)))


@lru_cache(maxsize=64)
def loaded_text(*files: tuple[str, str]) -> Framework:
    """A framework from the texts of its files (name, YAML)."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            (Path(folder) / name).write_text(text, encoding="utf-8")
        return load(Path(folder))


def cells(row: Mapping[str, Any]) -> dict[str, str]:
    """A row as the canonical CSV would hold it."""
    return {key: "" if cell is None else str(cell) for key, cell in row.items()}


def scored(
    framework: Framework,
    rows: Iterable[Mapping[str, Any]],
    columns: Sequence[str] | None = None,
    by: Sequence[tuple[str, ...]] = (),
    protect: bool = False,
) -> Any:
    """The engine's result for plain rows (item -> number | "dk" | "na" | None); `columns`: the items that have one.

    A `Result`, typed loosely: a test knows which of its figures cannot be missing or hidden.
    """
    rows = list(rows)
    if columns is not None:
        others = dict.fromkeys(key for row in rows for key in row if key not in framework.items)
        columns = [*others, *columns]
    return score(framework, from_rows(framework, [cells(row) for row in rows], columns), by=list(by), protect=protect)


def only(rows: Iterable[Mapping[str, Any]], items: Iterable[str], columns: Iterable[str]) -> list[dict[str, Any]]:
    """The rows without the items that have no column."""
    gone = set(items) - set(columns)
    return [{key: cell for key, cell in row.items() if key not in gone} for row in rows]


def near(found: Any, expected: Any, tolerance: float = 1e-9) -> bool:
    """Equal to 1e-9, relative for what is larger than one (sums of raw points are)."""
    if found is None or expected is None:
        return found is None and expected is None
    return abs(float(found) - float(expected)) <= tolerance * max(1.0, abs(float(expected)))


def differences(found: Mapping[str, Any], expected: Mapping[str, Any], path: str, tolerance: float) -> list[str]:
    """Every figure of a group in which the engine (found) and the reference (expected) differ."""
    told = []

    def compare(where: str, a: Any, b: Any) -> None:
        same = a == b if isinstance(a, str | bool) or isinstance(b, str | bool) else near(a, b, tolerance)
        if not same:
            told.append(
                f"{path}{where}: engine {a}, reference {b if b is None or isinstance(b, str | bool) else float(b)}"
            )

    def pair(where: str, a: Sequence[float], b: Sequence[float]) -> None:
        for side, x, y in zip(("lower", "upper"), a, b, strict=True):
            compare(f"{where} {side}", x, y)

    compare("n", found["n"], expected["n"])
    estimates = [("readiness", found["readiness"], expected["readiness"])]
    for part in ("dimensions", "indicators"):
        if list(found[part]) != list(expected[part]):
            told.append(f"{path}{part}: engine has {list(found[part])}, reference {list(expected[part])}")
            continue
        estimates += [(f"{part}.{name}", found[part][name], expected[part][name]) for name in expected[part]]
    for where, a, b in estimates:
        for word in ("value", "n", "sd"):
            compare(f"{where}.{word}", a[word], b[word])
        pair(f"{where}.bounds", a["bounds"], b["bounds"])
    for name, b in expected["items"].items():
        a = found["items"][name]
        for word in ("n", "dk", "na", "not_asked", "missing"):
            compare(f"items.{name}.{word}", a[word], b[word])
        counted = {float(value): n for value, n in a["counts"].items() if n}
        if counted != {float(value): n for value, n in b["counts"].items()}:
            told.append(f"{path}items.{name}.counts: engine {a['counts']}, reference {b['counts']}")
    if list(found["scenarios"]) != list(expected["scenarios"]):
        told.append(f"{path}scenarios: engine has {list(found['scenarios'])}, reference {list(expected['scenarios'])}")
        return told
    for name, b in expected["scenarios"].items():
        a = found["scenarios"][name]
        where = f"scenarios.{name}"
        for word in ("kind", "membership", "level", "verdict", "reversible"):
            compare(f"{where}.{word}", a[word], b[word])
        pair(f"{where}.bounds", a["bounds"], b["bounds"])
        compare(f"{where}.prevalence", a["prevalence"] is None, b["prevalence"] is None)
        if a["prevalence"] and b["prevalence"]:
            for word in ("value", "n"):
                compare(f"{where}.prevalence.{word}", a["prevalence"][word], b["prevalence"][word])
        if list(dict.fromkeys(a["limiting"])) != list(dict.fromkeys(b["limiting"])):
            told.append(f"{path}{where}.limiting: engine {a['limiting']}, reference {b['limiting']}")
        for c, d in zip(a["conditions"], b["conditions"], strict=True):
            at = f"{where}.{d['condition']}"
            for word in ("condition", "score", "membership"):
                compare(f"{at}.{word}", c[word], d[word])
            pair(f"{at}.bounds", c["bounds"], d["bounds"])
    return told


def all_differences(found: Result, expected: Mapping[str, Any], tolerance: float = 1e-9) -> list[str]:
    """Every figure of a result in which engine and reference differ by more than `tolerance`."""
    record = found.model_dump()
    told = []
    for word, b in expected["respondents"].items():
        if record["respondents"][word] != b:
            told.append(f"respondents.{word}: engine {record['respondents'][word]}, reference {b}")
    if expected["overall"] is not None:
        told += differences(record["overall"], expected["overall"], "overall ", tolerance)
    if [g["by"] for g in record["groups"]] != [g["by"] for g in expected["groups"]]:
        return [
            *told,
            f"groups: engine {[g['by'] for g in record['groups']]}, reference {[g['by'] for g in expected['groups']]}",
        ]
    for a, b in zip(record["groups"], expected["groups"], strict=True):
        told += differences(a, b, f"{b['by']} ", tolerance)
    return told
