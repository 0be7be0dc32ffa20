"""What the analysis found, written as tables and read back: every figure of the record, and none beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from readiness.pipeline import gather, scored
from readiness.scoring.result import Group, Result
from readiness.writers.grouped import write_result
from readiness.writers.tables import tables_of
from tests.writers.reading import READERS, Rows

FORMS = (".csv", ".parquet", ".jsonl", ".xlsx")


@pytest.fixture(scope="module")
def result(company: Path) -> Result:
    return scored(gather([company])).result


@pytest.fixture(scope="module", params=FORMS)
def rows(request: pytest.FixtureRequest, result: Result, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    path = tmp_path_factory.mktemp("written") / f"result{request.param}"
    write_result(result, path, "en")
    return READERS[request.param](path, tables_of(result, "en"))


@pytest.fixture
def analysis(result: Result) -> Any:
    assert isinstance(result.overall, Group)
    assert result.overall.analysis is not None
    return result.overall.analysis


def test_the_instrument_comes_back_as_it_was(rows: Rows, analysis: Any) -> None:
    names = ("n", "omega", "floor", "ceiling", "icc1", "icc2", "r_wg", "units")
    read = {row["indicator"]: {name: row[name] for name in names} for row in rows["instrument"]}
    assert read == {id_: {name: getattr(told, name) for name in names} for id_, told in analysis.instrument.items()}
    rests = {(row["indicator"], row["item"]): row["r"] for row in rows["item_rest"]}
    assert rests == {(id_, i): r for id_, told in analysis.instrument.items() for i, r in told.item_rest.items()}


def test_rates_come_back_and_what_may_not_be_told_stays_empty(rows: Rows, analysis: Any) -> None:
    read = [(row["population"], row["n"], row["rate"]) for row in rows["rates"]]
    assert read == [(told.population, told.n, told.rate) for told in analysis.responding.groups]
    assert any(n is None for _, n, _ in read)


def test_shares_of_those_who_cannot_say_come_back(rows: Rows, analysis: Any) -> None:
    read = [
        (row["role"], row["indicator"], row["asked"], row["dk_share"], row["na_share"]) for row in rows["unknowing"]
    ]
    assert read == [(u.role, u.indicator, u.asked, u.dk, u.na) for u in analysis.responding.unknowing]


def test_gaps_come_back(rows: Rows, analysis: Any) -> None:
    names = ("key", "indicator", "difference", "delta", "p", "q")
    read = [{name: row[name] for name in names} for row in rows["gaps"] if row["found"]]
    assert read == [{name: getattr(gap, name) for name in names} for gap in analysis.gaps.found]
    ends = [((row["side"], row["other_side"]), (row["interval_low"], row["interval_high"])) for row in rows["gaps"]]
    assert ends == [(gap.sides, gap.interval) for gap in (*analysis.gaps.found, *analysis.gaps.modes)]


def test_ways_out_come_back_step_by_step(rows: Rows, result: Result) -> None:
    told = []
    for group in result.groups:
        way = group.analysis.way_out if isinstance(group, Group) and group.analysis else None
        for number, route in enumerate([way.route, *way.alternatives] if way and way.route else [], start=1):
            for place, step in enumerate(route.steps, start=1):
                told.append((number, place, step.indicator, step.start, step.target, step.cost, step.pause))
    names = ("route", "step", "indicator", "start", "target", "cost", "pause")
    assert told
    assert [tuple(row[name] for name in names) for row in rows["ways_out"]] == told
