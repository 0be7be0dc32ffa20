"""Tests of Spark take a Java and minutes: `make test-spark` runs them, `make test` all others."""

from __future__ import annotations

from pathlib import Path

import pytest

OF_SPARK = ("test_spark", "test_delta", "test_java")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whatever starts a Spark."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name.startswith(OF_SPARK):
            item.add_marker(pytest.mark.spark)
