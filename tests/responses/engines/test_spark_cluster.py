"""Spark on several machines, and far away: real clusters, of which one machine dies in the middle."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from readiness.faults import ResponseError, UsageError
from readiness.responses.engines import spark_workers
from readiness.responses.engines.engine import Gathered
from readiness.responses.engines.spark import Spark
from tests.responses.engines.cluster import Cluster, Worker, connect_server, standalone, waited_for

ROWS, GROUPS = 1_000_000, 729


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MASTER", "SPARK_MASTER", "SPARK_REMOTE", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder of files enough for every worker to have something to do for a while."""
    folder = tmp_path_factory.mktemp("lake")
    for part in range(16):
        rows = range(part, ROWS, 16)
        frame = pl.DataFrame({"key": [row % GROUPS for row in rows], "n": [row * row for row in rows]})
        frame.write_parquet(folder / f"{part}.parquet")
    return str(folder)


def _worked_out(engine: Spark, lake: str) -> pl.DataFrame:
    """What needs two shuffles: sums that are exact, of figures that were looked up, by groups of groups."""
    located = engine.located(lake)
    weights = pl.Series([0.1 * place for place in range(GROUPS)])
    frame = engine.gathered(located.frame, {"weight": Gathered(weights, "0")})
    wide = frame.with_columns(nw.col("1").cast(engine.wide), nw.col("weight").cast(nw.Float64))
    first = wide.group_by("0", "weight").agg(nw.col("1").sum(), nw.len().alias("rows"))
    second = first.with_columns((nw.col("0") % 7).alias("week")).group_by("week")
    grouped = second.agg(nw.col("1").sum(), nw.col("rows").sum(), nw.col("weight").max())
    return engine.collected(grouped, [lake]).sort("week")


@pytest.fixture(scope="module")
def expected() -> pl.DataFrame:
    rows = pl.DataFrame({"key": [row % GROUPS for row in range(ROWS)], "1": [row * row for row in range(ROWS)]})
    weights = pl.DataFrame({"key": range(GROUPS), "weight": [0.1 * place for place in range(GROUPS)]})
    return (
        rows.join(weights, on="key")
        .group_by(week=pl.col("key") % 7)
        .agg(pl.col("1").cast(pl.Int128).sum(), pl.len().cast(pl.Int64).alias("rows"), pl.col("weight").max())
        .sort("week")
    )


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    with standalone(tmp_path) as begun:
        for name, value in begun.environment.items():
            monkeypatch.setenv(name, value)
        yield begun


def test_two_workers_give_what_polars_gives_though_one_dies_in_the_middle(
    cluster: Cluster, lake: str, expected: pl.DataFrame
) -> None:
    engine = Spark()
    killed: list[tuple[Worker, float]] = []

    def kill() -> None:
        killed.append((cluster.kill_a_worker(lambda worker: worker.has_shuffle_files), time.monotonic()))

    try:
        aside = threading.Thread(target=kill, daemon=True)
        aside.start()
        found = _worked_out(engine, lake)
        ended = time.monotonic()
        aside.join()
        assert killed[0][1] < ended, "the worker died too late to matter"
        assert found.equals(expected)
        assert _worked_out(engine, lake).equals(expected)  # by the one that is left
    finally:
        engine.close()


def test_a_cluster_is_left_as_it_was_found(cluster: Cluster, lake: str, expected: pl.DataFrame) -> None:
    engine = Spark()
    assert _worked_out(engine, lake).equals(expected)
    assert any(worker.executors for worker in cluster.workers)
    engine.close()
    waited_for(lambda: not any(worker.executors for worker in cluster.workers), "executors to end")


def test_a_cluster_that_loses_all_workers_is_told(cluster: Cluster, lake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_workers, "PATIENCE", 5)
    engine = Spark()
    try:
        located = engine.located(lake)
        for worker in cluster.workers:
            worker.kill()
        with pytest.raises(ResponseError) as error:
            engine.collected(located.frame.select(nw.col("1").max()), [lake])
        assert str(error.value) == (
            f"{lake}: the cluster has had no worker for this for 5 seconds, or lost all it had; look at the cluster, "
            "whether it has workers with a free core and enough memory, and run it again"
        )
    finally:
        engine.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with connect_server(tmp_path_factory.mktemp("connect")) as address:
        yield address


@pytest.fixture
def remote(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spark]:
    monkeypatch.setenv("SPARK_REMOTE", server)
    engine = Spark()
    yield engine
    engine.close()


def test_spark_connect_gives_what_polars_gives(remote: Spark, lake: str, expected: pl.DataFrame) -> None:
    assert _worked_out(remote, lake).equals(expected)
    located = remote.located(lake)
    with remote.kept(located.frame) as kept:
        assert remote.collected(kept.select(nw.len().alias("n"))).item() == ROWS


def test_spark_connect_reads_csv_and_keys_of_folders(remote: Spark, tmp_path: Path) -> None:
    folder = tmp_path / "country=FR"
    folder.mkdir()
    (folder / "a.csv").write_text('id;said\n1;"a\nb"\n', encoding="utf-8")
    located = remote.located(str(tmp_path))
    assert located.headers == ("id", "said", "country")
    assert remote.collected(located.frame).rows() == [("1", "a\nb", "FR")]


def test_spark_connect_writes_but_replaces_nothing(remote: Spark, tmp_path: Path) -> None:
    told, place = remote.held(pl.DataFrame({"respondent (confidential)": ["a"]})), str(tmp_path / "scores.csv")
    remote.write(told, place)
    assert remote.collected(remote.located(place).frame).rows() == [("a",)]
    with pytest.raises(UsageError, match="which cannot be replaced over Spark Connect; name another folder"):
        remote.write(told, place)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("no/such/folder", "there is no such file or folder"),
        ("nosuch", "there is no such table, and no such file"),
        ("/etc/passwd", "/etc/passwd is no Parquet file, or was cut short"),
    ],
)
def test_spark_connect_tells_faults_in_a_sentence(remote: Spark, source: str, told: str) -> None:
    with pytest.raises(ResponseError) as error:
        remote.collected(remote.located(source).frame)
    assert str(error.value).startswith(f"{source}: {told}")
    assert "\n" not in str(error.value)


def test_an_overflow_is_a_fault_over_spark_connect_too(remote: Spark) -> None:
    frame = remote.held(pl.DataFrame({"n": [2**62, 2**62]}))
    with pytest.raises(ResponseError, match="a number is too large to be worked with exactly"):
        remote.collected(frame.select(nw.col("n").sum()))


def test_a_server_that_goes_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect_server(tmp_path) as address:
        monkeypatch.setenv("SPARK_REMOTE", address)
        engine = Spark()
        frame = engine.held(pl.DataFrame({"a": [1]}))
        assert engine.collected(frame).item() == 1
    try:
        with pytest.raises(ResponseError) as error:
            engine.collected(frame)
        assert str(error.value) == (
            f"{address}: it cannot be reached, or not any more; "
            "check that it is up and can be reached from here, and run it again"
        )
    finally:
        engine.close()


def test_a_plan_may_nest_deeper_than_a_message_usually_does(server: str) -> None:
    ran = _run(
        server,
        "import functools, narwhals as nw, operator, polars as pl",
        "deep = functools.reduce(operator.add, [nw.col('a')] * 120)",
        "print(engine.collected(engine.held(pl.DataFrame({'a': [1]})).select(deep.alias('sum'))).item())",
    )
    assert (ran.stdout, ran.stderr, ran.returncode) == ("120\n", "", 0)


def test_nothing_is_heard_of_spark_connect(server: str, lake: str) -> None:
    ran = _run(server, f"print(engine.collected(engine.located({lake!r}).frame.head(3)).height)")
    assert (ran.stdout, ran.stderr, ran.returncode) == ("3\n", "", 0)


def _run(server: str, *lines: str) -> subprocess.CompletedProcess[str]:
    """A process of its own, which has loaded nothing before."""
    before = ("from readiness.responses.engines.spark import Spark", "engine = Spark()")
    return subprocess.run(
        [sys.executable, "-c", "\n".join([*before, *lines, "engine.close()"])],
        env=os.environ | {"SPARK_REMOTE": server},
        capture_output=True,
        text=True,
        check=False,
    )
