"""Whoever occurs twice counts once or, where rows differ, is set aside, and empty rows are nobody: as in a file."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from readiness.responses import settling
from readiness.responses.coding import DURATION, FILE, RESPONDENT, WEIGHT
from readiness.responses.engines.engine import Engine
from readiness.responses.in_place.cells import SOMEBODY
from readiness.responses.in_place.settling import settled
from tests.scoring.profiles import tries

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from(["Sales", None]),
        st.integers(-2, 1),
        st.sampled_from([None, 10, 20]),
        st.sampled_from([None, 1_000_000, 2_000_000]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@tries(80)
@given(ROWS, st.booleans(), st.booleans())
def test_as_in_a_file(engine: Engine, rows: list[tuple[Any, ...]], timed: bool, weighted: bool) -> None:
    schema = {RESPONDENT: pl.String, "unit": pl.String, "Q": pl.Int8, DURATION: pl.Int32, WEIGHT: pl.Int64}
    there = pl.DataFrame(rows, schema={**schema, SOMEBODY: pl.Boolean}, orient="row")
    there = there.with_columns(pl.col(SOMEBODY) | pl.col(RESPONDENT).is_not_null())
    there = there.drop(*([] if timed else [DURATION]), *([] if weighted else [WEIGHT]))
    every = there.filter(SOMEBODY).drop(SOMEBODY).with_columns(pl.lit(None, dtype=pl.String).alias(FILE))
    once, aside = settling.settled(every)
    told = settling.repeats(every, once, aside)
    kept, unweighted = settling.with_a_weight(once) if weighted else (once, ())
    done = settled(engine, engine.held(there), [], named=True, weighted=weighted, timed=timed)
    found = engine.collected(done.frame).select(kept.columns).sort(pl.all(), nulls_last=True)
    assert found.equals(kept.sort(pl.all(), nulls_last=True))
    assert (done.read, done.rejected) == (once.height + len(aside), len(aside))
    assert [remark for remark in done.remarks if "set aside" not in remark] == [*told, *unweighted]
