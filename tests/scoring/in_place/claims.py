"""What must hold on every engine: the bytes of a result do not tell where the survey was scored."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
from hypothesis import assume

from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.engines.engine import Engine
from tests.scoring.in_place.comparing import Tables, both, table_of
from tests.scoring.in_place.surveys import survey
from tests.scoring.running import loaded

TABLES: Tables = [("unit",), ("role",), ("unit", "role")]


def shipped() -> Framework:
    """The framework that comes along."""
    return load(catalogue.find(catalogue.DEFAULT))


def shipped_table(people: int, seed: int) -> pl.DataFrame:
    """A survey of it with everything a survey may have."""
    framework = shipped()
    rows = survey(framework, people, seed)
    items = [name for name in rows[0] if name in framework.items]
    return table_of(framework, rows, items, ["weight", "duration"])


def few_respondents(engine: Engine, folder: Path) -> None:
    """A few hundred: single ones are drawn again for intervals."""
    here, there = both(shipped(), engine, shipped_table(240, 1), TABLES, folder)
    assert there == here


def many_respondents(engine: Engine, folder: Path) -> None:
    """More than are drawn again: what is known of them are sums alone."""
    here, there = both(shipped(), engine, shipped_table(2_600, 2), [("unit", "role"), ("country",)], folder)
    assert there == here


def everybody_named(engine: Engine, folder: Path) -> None:
    """Nobody without an id, so that who is there is known by ids alone."""
    table = shipped_table(200, 9).filter(pl.col("respondent").is_not_null())
    here, there = both(shipped(), engine, table, [("unit",)], folder)
    assert there == here


def weighted(engine: Engine, folder: Path) -> None:
    """Respondents count by case weights, and whoever has none is left out."""
    here, there = both(shipped(), engine, shipped_table(300, 3), TABLES, folder, weight="weight")
    assert there == here


def balanced(engine: Engine, folder: Path) -> None:
    """Each role has the same say."""
    here, there = both(shipped(), engine, shipped_table(200, 4), [("unit",)], folder, balance="role")
    assert there == here


def without_the_careless(engine: Engine, folder: Path) -> None:
    """Whoever answers carelessly is left out, and counted."""
    here, there = both(shipped(), engine, shipped_table(300, 5), [("role",)], folder, careless=True)
    assert there == here


def typed_columns(engine: Engine, folder: Path) -> None:
    """Whole numbers, floats, truths and dates are cells as their texts are."""
    table = shipped_table(150, 6)
    items = [name for name in table.columns if name in shipped().items]
    whole = table.with_columns(pl.col(items[:20]).cast(pl.Int8, strict=False))
    mixed = whole.with_columns(
        pl.col(items[20:30]).cast(pl.Float64, strict=False),
        pl.col(items[30:34]).cast(pl.Decimal(6, 2), strict=False),
        pl.col("weight").cast(pl.Float64, strict=False),
        pl.int_range(pl.len(), dtype=pl.Int64).alias("respondent"),
        pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.date(2026, 1, 31)).alias("answered"),
    )
    here, there = both(shipped(), engine, mixed, TABLES, folder, weight="weight")
    assert there == here


def whole_numbers(engine: Engine, folder: Path) -> None:
    """Answers as most tools keep them: a whole number each, by people who are all known."""
    table = shipped_table(240, 10)
    items = [name for name in table.columns if name in shipped().items]
    numbers = table.with_columns(pl.col(items).cast(pl.Int8, strict=False)).drop("weight", "duration")
    numbers = numbers.with_columns(pl.int_range(pl.len(), dtype=pl.Int64).alias("respondent"))
    here, there = both(shipped(), engine, numbers, [("unit",), ("unit", "role")], folder)
    assert there == here


EVERY = (few_respondents, everybody_named, many_respondents, weighted, balanced, without_the_careless, typed_columns)


def any_framework(engine: Engine, study: tuple[Any, Any, Any]) -> None:
    """Whatever the framework and the answers: see `strategies.studies`."""
    raw, rows, columns = study
    framework = loaded(raw)
    assume(set(columns) & set(framework.items))
    tables = [(key,) for key in list(framework.context)[:2]]
    with TemporaryDirectory() as folder:
        here, there = both(framework, engine, table_of(framework, rows, columns), tables, Path(folder), analysed=False)
    assert there == here


def small_groups(engine: Engine, study: tuple[Any, Any, Any], analysed: bool) -> None:
    """Whoever has to be hidden is hidden alike: see `surveys.surveys`."""
    raw, rows, tables = study
    framework = loaded(raw)
    items = [name for name in rows[0] if name in framework.items]
    with TemporaryDirectory() as folder:
        table = table_of(framework, rows, items)
        here, there = both(framework, engine, table, tables, Path(folder), analysed=analysed)
    assert there == here
