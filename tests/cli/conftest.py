from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readiness.demo import write_demo
from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework


@pytest.fixture(scope="session")
def framework() -> Framework:
    return load(find("enterprise-2.0"))


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo engagement, not to be written into."""
    return write_demo(tmp_path_factory.mktemp("demo") / "company")


@pytest.fixture
def survey(company: Path, tmp_path: Path) -> Path:
    """A survey of 48 people, values in its cells."""
    return Path(shutil.copy(company / "surveys/kiosk.csv", tmp_path / "survey.csv"))
