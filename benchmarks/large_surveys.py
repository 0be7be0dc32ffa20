"""Large invented surveys: the core items of the shipped framework, answered by as many as wanted.

Answers lean on one hidden mood a person and one a unit, so that groups differ and indicators hang together. Whoever is
not put an item by role leaves it empty, and so do a few others. Written in chunks: ten million rows fit on any machine.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework

CHUNK = 250_000
EMPTY, UNSURE = 0.02, 0.02  # shares of cells
ROLES = {"executive": 0.02, "manager": 0.15, "employee": 0.75, "hr": 0.03, "it": 0.04, "community_manager": 0.01}
UNITS = 12


def write(
    path: Path, respondents: int, *, labels: bool, framework: Framework | None = None, units: int = UNITS
) -> None:
    """A CSV file: values, or English labels and *don't know* in words."""
    framework = framework or load(catalogue.find(catalogue.DEFAULT))
    done = path.with_suffix(".part")
    with done.open("wb") as file:
        for start in range(0, respondents, CHUNK):
            frame = _chunk(framework, start, min(CHUNK, respondents - start), labels, units)
            frame.write_csv(file, include_header=start == 0)
    done.replace(path)


def _chunk(framework: Framework, start: int, rows: int, labels: bool, units: int) -> pl.DataFrame:
    ids = pl.int_range(start, start + rows, dtype=pl.UInt64, eager=True)
    people = pl.DataFrame({"id": ids}).with_columns(
        pl.format("p{}", pl.col("id").cast(pl.String).str.zfill(8)).alias("respondent"),
        (_unit_interval("id", 1) * units).cast(pl.UInt8 if units < 256 else pl.UInt16).alias("u"),
        _role(_unit_interval("id", 2)).alias("role"),
        _unit_interval("id", 3).alias("mood"),
    )
    people = people.with_columns(pl.format("Unit {}", (pl.col("u") + 1).cast(pl.String).str.zfill(2)).alias("unit"))
    columns = [pl.col("respondent"), pl.col("unit"), pl.col("role")]
    for place, item in enumerate(framework.items.values()):
        if not item.core:
            continue
        options = framework.scales[str(item.scale)].options
        lean = (
            0.5 * pl.col("mood") + 0.3 * _unit_interval("u", 1000 + place // 2) + 0.2 * _unit_interval("id", 10 + place)
        )
        position = (lean * len(options)).cast(pl.UInt8).clip(upper_bound=len(options) - 1)
        said = [option.label.in_("en") if labels else f"{option.value:g}" for option in options]
        cell = position.replace_strict(list(range(len(said))), said, return_dtype=pl.String)
        chance = _unit_interval("id", 500 + place)
        unsure = framework.missing.dk["en"] if labels else None
        cell = pl.when(chance < EMPTY).then(None).when(chance < EMPTY + UNSURE).then(pl.lit(unsure)).otherwise(cell)
        if item.roles is not None:
            cell = pl.when(pl.col("role").is_in(item.roles)).then(cell)
        columns.append(cell.alias(item.id))
    return people.select(columns)


def _unit_interval(column: str, seed: int) -> pl.Expr:
    """A number from 0 to 1 that hangs on the column's value and the seed alone."""
    return pl.col(column).hash(seed).cast(pl.Float64) / 2.0**64


def _role(chance: pl.Expr) -> pl.Expr:
    below, out = 0.0, pl.lit("employee")
    for role, share in ROLES.items():
        out = pl.when((chance >= below) & (chance < below + share)).then(pl.lit(role)).otherwise(out)
        below += share
    return out


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]), labels=sys.argv[3:] == ["labels"])
