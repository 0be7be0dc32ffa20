"""One survey scored twice: read by ourselves, and where it lies by another engine. The results have to be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from readiness.framework.models import Framework
from readiness.gathering import Gathered
from readiness.pipeline import scored
from readiness.responses.engines.engine import Engine
from readiness.responses.files import Reading, read_survey
from readiness.responses.in_place.survey import open_in_place
from tests.scoring.running import cells

Row = Mapping[str, Any]
Tables = Sequence[tuple[str, ...]]


def table_of(framework: Framework, rows: Sequence[Row], items: Sequence[str], more: Sequence[str] = ()) -> pl.DataFrame:
    """Plain rows as a table of text, as a survey's file holds them. more: columns besides."""
    names = dict.fromkeys(["respondent", *framework.context, *more, *items])
    told = [cells(row) for row in rows]
    return pl.DataFrame(
        {name: [row.get(name) for row in told] for name in names}, schema=dict.fromkeys(names, pl.String)
    )


def both(
    framework: Framework,
    engine: Engine,
    table: pl.DataFrame,
    by: Tables,
    folder: Path,
    *,
    weight: str | None = None,
    analysed: bool = True,
    balance: str | None = None,
    careless: bool = False,
) -> tuple[str, str]:
    """The result of a table as a file that is read, and as one that is scored where it lies; as JSON."""
    csv, parquet = folder / "survey.csv", folder / "survey.parquet"
    table.with_columns(pl.col(pl.String).fill_null("")).write_csv(csv)
    table.write_parquet(parquet)
    reading = Reading(weight=weight)
    here = Gathered(framework, read_survey(framework, [csv], reading), None)
    survey = open_in_place(framework, engine, [str(parquet)], reading)
    asked: dict[str, Any] = {"by": list(by), "analysed": analysed, "balance": balance, "exclude_careless": careless}
    try:
        found = scored(Gathered(framework, survey, None), **asked).result.to_json()
    finally:
        survey.let_go()
    return scored(here, **asked).result.to_json(), found
