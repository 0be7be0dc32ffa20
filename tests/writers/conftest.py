from __future__ import annotations

from pathlib import Path

import pytest

from readiness.demo import write_demo


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo engagement, not to be written into."""
    return write_demo(tmp_path_factory.mktemp("demo") / "company")
