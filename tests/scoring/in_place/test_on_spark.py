"""Spark on this machine gives the bytes that we give ourselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.engines.engine import Engine
from readiness.responses.engines.spark import Spark
from tests.scoring.in_place import claims
from tests.scoring.profiles import tries
from tests.scoring.strategies import studies
from tests.scoring.surveys import surveys

pytestmark = pytest.mark.spark
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
