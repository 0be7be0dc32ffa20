from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.models import Framework
from tests.responses.asked import asked
from tests.responses.small import small


@pytest.fixture(scope="session")
def framework(tmp_path_factory: pytest.TempPathFactory) -> Framework:
    return small(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Framework:
    """A framework whose questions have texts worth matching."""
    return asked(tmp_path_factory.mktemp("asked"))


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written
