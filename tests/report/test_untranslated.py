"""What a consultant gave in another language than the report's is named with its place."""

from __future__ import annotations

from pathlib import Path

from readiness.report.edition import Edition
from readiness.report.theme.reading import read_theme
from readiness.report.untranslated import untranslated
from tests.report.commentary.writing import commentary, result

YAML = """summary: {en: Hello.}
sections: {gaps: {en: Look., fr: Regardez.}, brief: The same for all.}
scenarios:
  scenario_1:
    override: {verdict: undetermined, reason: {en: Later.}}
    quotes:
      - {text: {en: We never asked.}, by: {en: An employee}}
groups:
  - of: {unit: IT}
    quotes: [{text: {en: Withheld for so few.}}]
  - of: {unit: Sales}
    comment: {en: A new head.}
actions:
  - {do: {en: Meet, fr: Se voir}, owner: {en: The board}}
"""
SETTINGS = """client: Brivelane
theme:
  firm: Marlowe & Finch
  date: {en: Spring}
  confidentiality: For the board
"""


def told(folder: Path, language: str, of: list[str] | None = None) -> list[str]:
    (folder / "engagement.yaml").write_text(SETTINGS, encoding="utf-8")
    edition = Edition(
        read_theme(folder), commentary(folder, yaml=YAML, en="## group role=executive\nAll or nothing.\n")
    )
    found = untranslated(result(), language, edition, of)
    return [str(fault).removeprefix(f"{folder.as_posix()}/") for fault in found]


def test_each_text_that_is_shown_in_another_language_is_told_once(tmp_path: Path) -> None:
    said = "no French text; the English one is shown"
    places = ["commentary.en.md, line 1", *(f"commentary.yaml, line {line}" for line in (1, 5, 7, 12, 14))]
    assert told(tmp_path, "fr") == [f"{place}: {said}" for place in (*places, "engagement.yaml, line 4")]


def test_nothing_is_told_of_what_is_written_in_the_report_s_language(tmp_path: Path) -> None:
    assert told(tmp_path, "en") == []


def test_of_groups_only_what_is_said_of_them_is_told(tmp_path: Path) -> None:
    assert [line.partition(":")[0] for line in told(tmp_path, "fr", ["unit"])] == [
        "commentary.yaml, line 12",
        "engagement.yaml, line 4",
    ]
