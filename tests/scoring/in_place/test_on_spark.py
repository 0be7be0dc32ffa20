"""Spark gives the bytes that we give ourselves: on this machine, on a cluster of which a worker dies, and far away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.engines.engine import Engine
from readiness.responses.engines.spark import Spark
from tests.responses.engines.cluster import Cluster, connect_server, standalone
from tests.scoring.in_place import claims
from tests.scoring.profiles import tries
from tests.scoring.strategies import studies
from tests.scoring.surveys import surveys

pytestmark = pytest.mark.spark
AT_QUERY = 6  # of eight: codes and keys are being kept
NAMES = ("MASTER", "SPARK_MASTER", "SPARK_REMOTE", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME")


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.delenv(name, raising=False)
        patch.setenv("MASTER", "local[2]")
        spark = Spark()
        yield spark
        spark.close()


@pytest.mark.parametrize("claim", claims.EVERY, ids=lambda claim: claim.__name__)
def test_the_shipped_framework(claim: Callable[[Engine, Path], None], engine: Engine, tmp_path: Path) -> None:
    claim(engine, tmp_path)


@tries(12, shrink=False)
@given(studies())
def test_any_framework_with_any_answers(engine: Engine, study: tuple[Any, Any, Any]) -> None:
    claims.any_framework(engine, study)


@tries(8, shrink=False)
@given(surveys(), st.booleans())
def test_small_groups_are_hidden_alike(engine: Engine, study: tuple[Any, Any, Any], analysed: bool) -> None:
    claims.small_groups(engine, study, analysed)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A real master with two workers, each a process of its own."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with standalone(tmp_path) as begun:
        for name, value in begun.environment.items():
            monkeypatch.setenv(name, value)
        yield begun


@pytest.mark.usefixtures("cluster")
@pytest.mark.parametrize("claim", [claims.many_respondents, claims.weighted], ids=lambda claim: claim.__name__)
def test_two_workers_give_the_same_bytes(claim: Callable[[Engine, Path], None], tmp_path: Path) -> None:
    spark = Spark()
    try:
        claim(spark, tmp_path)
    finally:
        spark.close()


def test_a_worker_that_dies_in_the_middle_changes_no_byte(cluster: Cluster, tmp_path: Path) -> None:
    """The first queries have been answered, and codes and keys are kept by the one that dies during the next."""
    spark = Spark()
    queries: list[float] = []
    killed: list[float] = []

    def kill() -> None:
        time.sleep(0.2)
        cluster.kill_a_worker()
        killed.append(time.monotonic())

    aside = threading.Thread(target=kill, daemon=True)
    collected = spark.collected

    def watched(frame: Any, sources: Any = ()) -> Any:
        queries.append(time.monotonic())
        if len(queries) == AT_QUERY:
            aside.start()
        return collected(frame, sources)

    spark.collected = watched  # type: ignore[method-assign]
    try:
        claims.many_respondents(spark, tmp_path)
    finally:
        spark.close()
    aside.join(60)
    assert killed, "no worker was killed"
    assert killed[0] < queries[-1], "the worker died too late to matter"


def test_spark_connect_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with connect_server(tmp_path) as address:
        monkeypatch.setenv("SPARK_REMOTE", address)
        spark = Spark()
        try:
            claims.few_respondents(spark, tmp_path)
        finally:
            spark.close()
