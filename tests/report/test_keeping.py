"""Compiled templates are kept where a user's caches lie, and are never needed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from readiness.report.html import render_html
from readiness.report.keeping import kept_templates
from readiness.report.templates import html_environment
from tests.report.building import SHAPES


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    html_environment.cache_clear()
    yield tmp_path / "readiness" / "templates"
    html_environment.cache_clear()


def anew() -> str:
    html_environment.cache_clear()
    return render_html(SHAPES["one_unit"](), "en")


def test_a_page_is_the_same_from_kept_templates(cache: Path) -> None:
    first = anew()
    assert list(cache.iterdir())
    assert anew() == first


def test_a_kept_template_that_is_broken_is_compiled_again(cache: Path) -> None:
    first = anew()
    for place, kept in enumerate(cache.iterdir()):
        kept.write_bytes(kept.read_bytes()[: 40 * place])
    assert anew() == first


def test_nothing_is_kept_where_python_may_keep_nothing(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert kept_templates() is None
    anew()
    assert not cache.exists()


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "readiness").write_text("a file, and no folder", encoding="utf-8")
    assert kept_templates() is None
    assert "<main" in anew()
