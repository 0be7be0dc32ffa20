"""Charts take longest, and are the same whatever stands around them: one picture for all, but where a test asks."""

from __future__ import annotations

import pytest

from readiness.report.docx import pictures

DOT = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="2" height="2"/></svg>'


@pytest.fixture(autouse=True)
def one_picture_for_all(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pictures.can_letter()
    if "really_drawn" not in request.fixturenames:
        dot = pictures.png(DOT)
        monkeypatch.setattr(pictures, "png", lambda *_: dot)


@pytest.fixture
def really_drawn() -> None:
    """Charts as they are."""
