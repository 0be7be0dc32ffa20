"""Shipped frameworks are found by id, others by folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.faults import FrameworkError
from readiness.framework.catalogue import find, shipped, templates_folder
from readiness.framework.loading import check


def test_every_shipped_framework_is_called_as_its_folder_and_has_no_faults() -> None:
    assert "enterprise-2.0" in shipped()
    for id_, folder in shipped().items():
        checked = check(folder)
        assert checked.faults == ()
        assert checked.framework is not None
        assert checked.framework.id == id_


def test_a_shipped_framework_is_found_by_its_id() -> None:
    assert find("enterprise-2.0") == shipped()["enterprise-2.0"]


def test_a_folder_is_found_by_its_path(write: Callable[..., Path]) -> None:
    folder = write()
    assert find(str(folder)) == folder
    assert find(folder / "framework.yaml") == folder


def test_the_nearest_id_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError, match=r"did you mean 'enterprise-2\.0'"):
        find("enterprise2.0")
    with pytest.raises(FrameworkError, match=r"the folder has no framework\.yaml"):
        find(tmp_path)


def test_the_templates_are_there() -> None:
    assert templates_folder().is_dir()
