"""Spark gives the bytes that we give ourselves on a cluster, of which a worker may die, and far away.

Apart from `test_on_spark`, whose session on this machine would be taken for the one to use.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from readiness.responses.engines.engine import Engine
from readiness.responses.engines.spark import Spark
from tests.responses.engines.cluster import Cluster, connect_server, standalone
from tests.scoring.in_place import claims

pytestmark = pytest.mark.spark
AT_QUERY = 6  # of eight: codes and keys are being kept
ROOT = Path(__file__).parents[3]
NAMES = ("MASTER", "SPARK_MASTER", "SPARK_REMOTE", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME")


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """A real master with two workers, each a process of its own."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with standalone(tmp_path) as begun:
        for name, value in begun.environment.items():
            monkeypatch.setenv(name, value)
        yield begun


@pytest.mark.parametrize("claim", [claims.many_respondents, claims.weighted], ids=lambda claim: claim.__name__)
def test_two_workers_give_the_same_bytes(
    cluster: Cluster, claim: Callable[[Engine, Path], None], tmp_path: Path
) -> None:
    spark = Spark()
    try:
        claim(spark, tmp_path)
        assert all(worker.executors for worker in cluster.workers), "it ran elsewhere"
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


# In a process of its own, as for a user: what has loaded protobuf before decides how deep a plan may nest.
FAR_AWAY = """
import sys
from pathlib import Path
from readiness.responses.engines.spark import Spark
from tests.scoring.in_place import claims
spark = Spark()
try:
    claims.whole_numbers(spark, Path(sys.argv[1]))
    print(type(spark.located(sys.argv[1] + "/survey.parquet").frame.to_native()).__module__)
finally:
    spark.close()
"""


def test_spark_connect_gives_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with connect_server(tmp_path) as address:
        monkeypatch.setenv("SPARK_REMOTE", address)
        command = [sys.executable, "-c", FAR_AWAY, str(tmp_path)]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "connect" in ran.stdout
