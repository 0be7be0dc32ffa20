"""Written files read back: into rows of plain cells, and from those into the record that they were written from."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import load_workbook

from readiness.writers.tables import Table

Rows = dict[str, list[dict[str, Any]]]  # by table
APOSTROPHE = re.compile(
    "(?:^|(?<=[,;|\t\r\n]))'(?=[\\s\"'\x00-\x1f\u200b\ufeff]*[=+\\-@＝＋－＠])|^'(?='*[\t\r\n\x00])"
)


def exact(text: str) -> str:
    """A text from CSV as it was before apostrophes were put into it."""
    return APOSTROPHE.sub("", text)


def read_csv(path: Path, tables: Sequence[Table]) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as file:
        stacked = list(csv.DictReader(file))
    return split(stacked, tables, _from_text)


def read_parquet(path: Path, tables: Sequence[Table]) -> Rows:
    return split(pl.read_parquet(path).to_dicts(), tables, _as_it_is)


def read_jsonl(path: Path, tables: Sequence[Table]) -> Rows:
    found: Rows = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row.pop("table"), []).append(row)
    assert list(found) == [table.name for table in tables]
    return found


def read_xlsx(path: Path, tables: Sequence[Table], hidden: str = "suppressed") -> Rows:
    book = load_workbook(path)
    assert book.sheetnames == [table.name for table in tables]
    found: Rows = {}
    for table in tables:
        names, *rows = list(book[table.name].iter_rows(values_only=True))
        assert names == tuple(column.name for column in table.columns)
        found[table.name] = [dict(zip(names, row, strict=True)) for row in rows]
        for row in found[table.name]:
            for column in table.columns:
                if column.hidden_by and row[column.hidden_by]:
                    assert row[column.name] == hidden
                    row[column.name] = None
    return found


READERS: dict[str, Callable[[Path, Sequence[Table]], Rows]] = {
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".jsonl": read_jsonl,
    ".xlsx": read_xlsx,
}


def split(stacked: Sequence[Mapping[str, Any]], tables: Sequence[Table], read: Callable[[Any, str], Any]) -> Rows:
    """Rows of several tables below each other as tables; a row has nothing in columns that its table lacks."""
    found: Rows = {}
    known = {table.name: {column.name: column.kind for column in table.columns} for table in tables}
    for row in stacked:
        kinds = known[row["table"]]
        assert not [name for name, cell in row.items() if cell not in (None, "") and name not in {"table", *kinds}]
        found.setdefault(row["table"], []).append({name: read(row[name], kind) for name, kind in kinds.items()})
    assert list(found) == list(known)
    return found


def _from_text(cell: str, kind: str) -> Any:
    if cell == "":
        return None
    if kind == "text":
        return exact(cell)
    if kind == "flag":
        return {"true": True, "false": False}[cell]
    return int(cell) if kind == "count" else float(cell)


def _as_it_is(cell: Any, _: str) -> Any:
    return cell


HIDDEN = {"suppressed": True}


def record(rows: Rows) -> dict[str, Any]:
    """The result's record, put together again from its tables."""
    groups = []
    for row in rows["groups"]:
        by = {key: row[f"by_{key}"] for key in (row["by"] or "").split(",") if key}
        if row["suppressed"]:
            groups.append(({"by": by} if by else {}) | HIDDEN)
        else:
            groups.append(_group(rows, row) | ({"by": by} if by else {}))
    (framework,) = rows["framework"]
    return {
        "overall": groups[0],
        "groups": groups[1:],
        "respondents": {"population": None, "balance": None} | rows["respondents"][0],
        "framework": {
            "id": framework["framework"],
            "version": framework["version"],
            "digest": {kind: framework[f"{kind}_digest"] for kind in ("scoring", "text")},
        },
    }


def _group(rows: Rows, whose: Mapping[str, Any]) -> dict[str, Any]:
    identity = [name for name in whose if name == "by" or name.startswith("by_")]

    def of(table: str) -> Iterator[dict[str, Any]]:
        return (row for row in rows.get(table, ()) if all(row[name] == whose[name] for name in identity))

    return {
        "n": whose["n"],
        "n_effective": whose["n_effective"],
        "readiness": _estimate(whose, "readiness", "readiness_n", "readiness_suppressed"),
        "dimensions": {row["dimension"]: _estimate(row, "readiness") for row in of("dimensions")},
        "indicators": {row["indicator"]: _estimate(row, "score") for row in of("indicators")},
        "items": {row["item"]: _item(row, of("answers")) for row in of("items")},
        "scenarios": {row["scenario"]: _scenario(row, of("conditions")) for row in of("scenarios")},
        "reliability": {
            row["indicator"]: HIDDEN if row["suppressed"] else {name: row[name] for name in ("alpha", "items", "n")}
            for row in of("reliability")
        }
        or None,
    }


def _pair(row: Mapping[str, Any], name: str) -> tuple[Any, Any] | None:
    return None if row[f"{name}_low"] is None else (row[f"{name}_low"], row[f"{name}_high"])


def _estimate(row: Mapping[str, Any], value: str, n: str = "n", flag: str = "suppressed") -> dict[str, Any]:
    if row[flag]:
        return HIDDEN
    pairs = {name: _pair(row, name) for name in ("bounds", "interval")}
    return {"value": row[value], "sd": row["sd"], "n": row[n], "n_effective": row[f"{n}_effective"]} | pairs


def _item(row: Mapping[str, Any], answers: Iterator[Mapping[str, Any]]) -> dict[str, Any]:
    if row["suppressed"]:
        return HIDDEN
    counted = {answer["option"]: answer["count"] for answer in answers if answer["item"] == row["item"]}
    return {name: row[name] for name in ("n", "dk", "na", "not_asked", "missing")} | {"counts": counted}


def _scenario(row: Mapping[str, Any], conditions: Iterator[Mapping[str, Any]]) -> dict[str, Any]:
    if row["suppressed"]:
        return HIDDEN
    prevalence = None
    if row["prevalence_suppressed"]:
        prevalence = HIDDEN
    elif row["prevalence"] is not None:
        interval = _pair(row, "prevalence")
        prevalence = {"value": row["prevalence"], "n": row["prevalence_n"], "interval": interval}
    looked_at = [condition for condition in conditions if condition["scenario"] == row["scenario"]]
    limiting = tuple(row["limiting"].split("; ")) if row["limiting"] else ()
    assert [c["condition"] for c in looked_at if c["limits"]] == [
        c["condition"] for c in looked_at if c["condition"] in limiting
    ]
    return {
        **{name: row[name] for name in ("kind", "membership", "level", "verdict", "reversible", "probability")},
        "bounds": _pair(row, "bounds"),
        "interval": _pair(row, "interval"),
        "prevalence": prevalence,
        "limiting": limiting,
        "conditions": tuple(
            {name: c[name] for name in ("condition", "score", "membership")} | {"bounds": _pair(c, "bounds")}
            for c in looked_at
        ),
    }


def plain(told: Mapping[str, Any]) -> dict[str, Any]:
    """A result's record without what is no figure: texts, what is not worked out yet; options as numbers."""
    kept = {name: told[name] for name in ("overall", "groups", "respondents", "framework")}
    kept["framework"] = {name: cell for name, cell in kept["framework"].items() if name != "texts"}
    kept["overall"] = _without_analysis(kept["overall"])
    kept["groups"] = [_without_analysis(group) for group in kept["groups"]]
    return kept


def _without_analysis(group: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: part for name, part in group.items() if name != "analysis"}
    if "items" in kept:
        kept["items"] = {
            id_: item
            if "suppressed" in item
            else item | {"counts": {float(option): n for option, n in item["counts"].items()}}
            for id_, item in kept["items"].items()
        }
    return kept


def same(found: Any, told: Any) -> bool:
    """Equal, and true is not 1."""
    if isinstance(told, Mapping):
        return found.keys() == told.keys() and all(same(found[key], told[key]) for key in told)
    if isinstance(told, list | tuple):
        return len(found) == len(told) and all(same(a, b) for a, b in zip(found, told, strict=True))
    return bool(found == told) and isinstance(found, bool) == isinstance(told, bool)
