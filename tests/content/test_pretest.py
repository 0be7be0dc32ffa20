"""The pre-test by simulation: its figures are stated with reasons, its draws repeat, its page is of these figures."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from readiness.framework.models import Framework

ROOT = Path(__file__).parents[2]
STATED: dict[str, Any] = yaml.safe_load((ROOT / "benchmarks/pretest.yaml").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs/pretest.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pretest() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("pretest", ROOT / "benchmarks/pretest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pretest"] = module  # a dataclass looks for its own module
    spec.loader.exec_module(module)
    yield module
    del sys.modules["pretest"]


@pytest.fixture(scope="module")
def drawing(pretest: ModuleType, folder: Path) -> Any:
    return pretest.Drawing(pretest.with_companies_as_groups(folder), STATED)


def test_every_indicator_of_the_ordinary_company_has_a_mean_a_spread_and_a_reason(framework: Framework) -> None:
    assert set(STATED["ordinary"]) == set(framework.indicators)
    profiles = [STATED["ordinary"], *(other["differs"] for other in STATED["others"].values())]
    for profile in profiles:
        assert set(profile) <= set(framework.indicators)
        for figure in profile.values():
            assert 0 <= figure["mean"] <= 100
            assert 0 < figure["spread"] <= 30
            assert len(figure["why"].split()) >= 2


def test_the_page_is_of_these_figures_and_names_every_scenario(pretest: ModuleType, drawing: Any) -> None:
    for part in (pretest.how_drawn(STATED), *pretest.profiles(drawing), *STATED["texts"]["remarks"]):
        assert part in PAGE
    for scenario in drawing.framework.scenarios.values():
        assert f"| {scenario.title['en']} |" in PAGE


def test_companies_are_drawn_the_same_each_time(drawing: Any) -> None:
    first = drawing.told("post_rollout", 12)
    assert first == drawing.told("post_rollout", 12)
    assert len(first) == 12
    assert any(told.present for told in first)


def test_a_company_that_chooses_one_option_is_told_no_risk(pretest: ModuleType, drawing: Any) -> None:
    for style in (pretest.Style(middle=1.0), pretest.Style(last=1.0)):
        assert all(not told.present for told in drawing.told("ordinary", 5, style))


def test_no_scenario_is_present_in_more_than_half_of_ordinary_companies_without_a_reason() -> None:
    table = PAGE.split("(group level).")[1].split("\n\n")[1].splitlines()[2:]
    shares = {row.split(" | ")[0].strip("| "): row.split(" | ")[1] for row in table}
    assert len(shares) == 17
    above = [name for name, share in shares.items() if share[0] != "<" and int(share.removesuffix(" %")) > 50]
    assert len(above) == len(STATED["above_half"])
