"""The pages written from the YAML: none is stale, and none leaves out what it is for."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from readiness.framework.models import Framework

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pages", DOCS / "make_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def page(path: str) -> str:
    return (DOCS / path).read_text(encoding="utf-8")


def test_no_page_is_stale() -> None:
    command = [sys.executable, str(DOCS / "make_pages.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=DOCS.parent, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_that_was_changed_by_hand_or_belongs_to_nothing_is_found_and_mended(
    writer: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in writer.FOLDERS:
        shutil.copytree(DOCS / name, tmp_path / name)
    monkeypatch.setattr(writer, "DOCS", tmp_path)
    (tmp_path / "scenarios" / "hr_vacancy.md").write_text("changed", encoding="utf-8")
    (tmp_path / "scenarios" / "gone.md").write_text("of a scenario that is no more", encoding="utf-8")
    assert writer.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert "docs/scenarios/hr_vacancy.md is stale" in told
    assert "docs/scenarios/gone.md is stale" in told
    assert writer.main([]) == 0
    assert writer.main(["--check"]) == 0
    assert not (tmp_path / "scenarios" / "gone.md").exists()


def test_every_questionnaire_has_a_page_with_all_its_items_in_both_languages(framework: Framework) -> None:
    for dimension in framework.dimensions.values():
        told = page(f"questionnaires/{dimension.id}.md")
        for indicator in dimension.indicators.values():
            for text in (indicator.title, indicator.about, *[item.text for item in indicator.items.values()]):
                assert all(text[language] in told for language in framework.languages)


def test_every_scenario_has_a_page_with_its_story_signs_responses_and_contrast(framework: Framework) -> None:
    for scenario in framework.scenarios.values():
        told = page(f"scenarios/{scenario.id}.md")
        texts = [scenario.story, scenario.contrast, *scenario.early_signs, *scenario.consequences]
        texts += [text for response in scenario.responses for text in (response.do, response.why)]
        assert all(text[language] in told for text in texts for language in framework.languages)


def test_every_condition_on_a_page_says_why_its_anchors_are_what_they_are(framework: Framework) -> None:
    for scenario in framework.scenarios.values():
        rows = [row.split(" | ") for row in page(f"scenarios/{scenario.id}.md").splitlines() if " / " in row]
        conditions = [row for row in rows if row[0].startswith(("| high", "| low", "| any of"))]
        assert len(conditions) == len(scenario.conditions)
        assert all(len(row[3].removesuffix("|").strip()) > 5 for row in conditions)


def test_indexes_lead_to_every_page() -> None:
    for folder in ("questionnaires", "scenarios"):
        index = page(f"{folder}/index.md")
        for path in (DOCS / folder).glob("*.md"):
            assert path.name == "index.md" or f"({path.name})" in index


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (
            "a:\n  when:\n    # Because.\n    - low: {indicator: x, calibration: {}}\n    - low: y\n",
            {"low x": "Because."},
        ),
        (
            "a:\n  when:\n    # One,\n    # two.\n    - any:\n        - high: x\n        - high: y\n    - low: z\n",
            {"high x": "One, two.", "high y": "One, two."},
        ),
        (
            "a:\n  when:\n    # Both.\n    - high: {indicator: x, calibration: {}}\n"
            "    - {high: {indicator: y, calibration: {}}, part: symptom}\n",
            {"high x": "Both.", "high y": "Both."},
        ),
    ],
)
def test_a_comment_is_the_reason_of_the_conditions_below_it(
    writer: ModuleType, text: str, reasons: dict[str, str]
) -> None:
    assert writer.reasons_in(text) == {"a": reasons}
