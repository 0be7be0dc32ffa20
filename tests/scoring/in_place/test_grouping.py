"""Groups are of one and the same table, whatever others do to it meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from readiness.faults import ResponseError
from readiness.responses.engines.duck import Duck
from readiness.scoring.atoms import ATOM
from readiness.scoring.patterns import KEY
from tests.scoring.in_place.claims import shipped, shipped_table
from tests.scoring.in_place.comparing import both


class Written(Duck):
    """An engine on whose table somebody writes between the query for people and the one for their answers."""

    def __init__(self, change: str) -> None:
        super().__init__()
        self._change = change

    def collected(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> pl.DataFrame:
        table = super().collected(frame, sources)
        if not {ATOM, KEY} <= set(table.columns):
            return table
        table = table.sort(ATOM, KEY)
        gone, least = table[ATOM].max(), pl.col(KEY) == pl.col(KEY).min()
        return {
            "a group goes": table.filter(pl.col(ATOM) != gone),
            "a group comes": pl.concat([table, table.filter(pl.col(ATOM) == gone).with_columns(pl.col(ATOM) + 1)]),
            "one more": table.with_columns(pl.col(pl.Int64).exclude(KEY) + least.cast(pl.Int64)),
        }[self._change]


@pytest.mark.parametrize("change", ["a group goes", "a group comes", "one more"])
@pytest.mark.parametrize("by", [[("unit",)], []])
def test_a_table_that_changes_while_it_is_counted_is_told(
    change: str, by: list[tuple[str, ...]], tmp_path: Path
) -> None:
    engine = Written(change)
    told = "survey.parquet: rows came, went or changed while they were counted; score it again"
    try:
        with pytest.raises(ResponseError, match=told):
            both(shipped(), engine, shipped_table(60, 1), by, tmp_path, analysed=False)
    finally:
        engine.close()
