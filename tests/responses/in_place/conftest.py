"""A DuckDB for all tests of surveys in place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from readiness.responses.engines.duck import Duck
from readiness.responses.engines.engine import Engine


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    duck = Duck()
    yield duck
    duck.close()
