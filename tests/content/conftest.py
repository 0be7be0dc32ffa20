"""The content we ship, loaded once; and the same files as plain YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework


@pytest.fixture(scope="session")
def folder() -> Path:
    return find("enterprise-2.0")


@pytest.fixture(scope="session")
def framework(folder: Path) -> Framework:
    return load(folder)


@pytest.fixture(scope="session")
def raw(folder: Path) -> dict[str, Any]:
    """Every file of the folder as plain YAML, by its name."""
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.yaml"))}
