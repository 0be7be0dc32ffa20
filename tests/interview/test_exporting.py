"""The exported table says of interviews what their journals say: whoever scores it finds the same."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.faults import UsageError
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.interview.exporting import Table, as_csv, table_of, write
from readiness.interview.sources import opened, source_of, with_context
from readiness.responses.files import read_survey
from readiness.responses.interviews import read_interviews
from readiness.responses.journal import Event, read_journal
from readiness.scoring.engine import score
from tests.interview.held import answer, engagement, hold, rating
from tests.interview.small import build
from tests.interview.small import write as write_small

SCENARIOS = """
overload:
  when:
    all:
      - {high: mail_load}
      - any: [{low: help_given}, {low: help_found}]
help_despite_mail: {kind: favourable, when: {all: [{high: help_given}, {low: mail_load}]}}
"""
KINDS = (".csv", ".xlsx", ".parquet", ".jsonl")


@lru_cache
def told() -> Framework:
    """The small framework with two scenarios."""
    with TemporaryDirectory() as name:
        folder = write_small(Path(name))
        header = folder / "framework.yaml"
        header.write_text(header.read_text("utf-8") + "scenarios: scenarios.yaml\n", encoding="utf-8")
        (folder / "scenarios.yaml").write_text(SCENARIOS, encoding="utf-8")
        return load(folder)


def exported(*paths: Path, framework: Framework | None = None, ratings: bool = False) -> Table:
    return table_of(framework or build(), [(read_journal(path), {}) for path in paths], ratings=ratings)


def cells(table: Table, row: int = 0) -> dict[str, Any]:
    return dict(zip(table.columns, table.rows[row], strict=True))


def read_back(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(table))))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_the_columns_are_those_of_the_canonical_table_then_what_scores_nothing(path: Path) -> None:
    items = ["W1", "W2", "W3", "W4", "M1", "M2"]
    assert list(exported(hold(path)).columns) == ["respondent", "role", "unit", *items, "OPEN1", "CHOICE1"]


def test_cells_are_values_dk_na_or_empty(path: Path) -> None:
    hold(path, answer("W1", 4.0), answer("W2", "dk"), answer("W3", "na"), answer("M1", 12.5), answer("CHOICE1", 2))
    assert read_back(exported(path)) == [
        {"respondent": "a", "role": "manager", "unit": ""}
        | {"W1": "4", "W2": "dk", "W3": "na", "W4": "", "M1": "12.5", "M2": "", "OPEN1": "", "CHOICE1": "2"}
    ]


def test_the_last_answer_stands_there_and_what_was_told_in_the_interview_beats_what_was_known(path: Path) -> None:
    hold(path, answer("W1", 1), answer("W1", 5), answer("W3", 1), answer("W3", None), answer("role", "employee"))
    assert (cells(exported(path))["W1"], cells(exported(path))["W3"]) == (5, None)
    assert cells(exported(path))["role"] == "employee"


def test_ratings_stand_in_place_of_answers(path: Path) -> None:
    hold(path, answer("W1", 4), answer("OPEN1", "laugh"), rating("W1", 2), rating("W3", "na"))
    said = cells(exported(path, ratings=True))
    assert (said["W1"], said["W3"], said["OPEN1"], said["role"]) == (2, "na", None, "manager")


def test_one_row_an_interview_in_their_order(tmp_path: Path) -> None:
    paths = [hold(tmp_path / f"{name}.jsonl", answer("W1", n)) for n, name in enumerate("cab", start=1)]
    table = exported(*paths)
    assert [(row[0], row[3]) for row in table.rows] == [("c", 1), ("a", 2), ("b", 3)]


def test_a_label_is_exported_as_the_value_it_stands_for(path: Path) -> None:
    hold(path, answer("W1", "Souvent"), answer("role", "Responsable"), role=None)
    assert (cells(exported(path))["W1"], cells(exported(path))["role"]) == (4, "manager")


def test_what_an_engagement_says_of_everybody_holds_where_an_interview_says_nothing(tmp_path: Path) -> None:
    folder = engagement(tmp_path)
    (folder / "engagement.yaml").write_text("client: Acme\nframework: small\ncontext: {unit: Sales}\n")
    hold(folder / "interviews" / "a.jsonl")
    hold(folder / "interviews" / "b.jsonl", context={"unit": "IT"})

    def units(where: Path) -> list[Any]:
        source = source_of(where)
        table = table_of(build(), with_context([source], opened(source.paths)))
        return [cells(table, row)["unit"] for row in range(2)]

    assert units(folder) == ["Sales", "IT"]
    assert units(folder / "interviews") == [None, "IT"]  # as when the journals are scored by themselves


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "ok\n=1", "a;=1"])
def test_no_spreadsheet_runs_what_somebody_said(path: Path, said: str) -> None:
    hold(path, answer("OPEN1", said), respondent=said)
    (row,) = read_back(exported(path))
    for name in ("respondent", "OPEN1"):
        assert not row[name].lstrip().startswith(("=", "+", "-", "@"))
        assert "'" in row[name]


def test_a_negative_number_stays_a_number() -> None:
    assert as_csv(Table(("N1",), ((-3,), (-0.5,)))) == "N1\n-3\n-0.5\n"


def test_every_kind_of_file_holds_the_same(path: Path) -> None:
    hold(path, answer("W1", 4), answer("W2", "dk"), answer("M1", 12.5), answer("OPEN1", "=1+1"))
    table = exported(path)
    for kind in KINDS:
        write(table, path.with_suffix(f".out{kind}"), "--out")
    out = {kind: path.with_suffix(f".out{kind}") for kind in KINDS}
    assert out[".csv"].read_text("utf-8-sig") == as_csv(table)
    assert json.loads(out[".jsonl"].read_text("utf-8")) == cells(table)
    assert "=1" not in out[".jsonl"].read_text("utf-8")
    assert pl.read_parquet(out[".parquet"]).select("W1", "W2", "W3", "M1", "OPEN1").row(0) == (
        *("4", "dk", None, "12.5"),
        "=1+1",
    )
    book = openpyxl.load_workbook(out[".xlsx"])
    header, row = book.worksheets[0].iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True)) == cells(table)
    assert [cell.data_type for cell in book.worksheets[0][2] if cell.value == "=1+1"] == ["s"]


def test_another_kind_of_file_is_wrong_usage_and_nothing_is_written(path: Path) -> None:
    with pytest.raises(UsageError, match=r"--out .*a\.docx: a table of interviews is written as"):
        write(exported(hold(path)), path.with_suffix(".docx"), "--out")
    assert [file.name for file in path.parent.iterdir()] == ["a.jsonl"]


texts = st.one_of(
    st.sampled_from(["=p1", "-p1", "p1", " p1 ", "p1", "p2", "é, «»", "NA", "", "'x"]), st.text(max_size=6)
)
values = st.sampled_from([1, 2, 3, 4.0, 5, "dk", "na", "Often", "Jamais", 9, "?", None])
numbers = st.one_of(st.integers(-5, 600), st.floats(0, 500), st.sampled_from(["dk", "na", 10**30, None]))
events = st.lists(
    st.one_of(
        st.builds(answer, st.sampled_from(["W1", "W2", "W3", "W4", "M2"]), values),
        st.builds(answer, st.just("M1"), numbers),
        st.builds(answer, st.just("role"), st.sampled_from(["manager", "employee", "Responsable", "dk", "boss"])),
        st.builds(answer, st.just("OPEN1"), texts),
        st.builds(answer, st.just("CHOICE1"), st.sampled_from([1, 2, "dk"])),
        st.builds(rating, st.sampled_from(["W1", "M2"]), st.sampled_from([1, 5])),
        st.builds(lambda text: Event("note", item="W1", note=text), texts),
    ),
    max_size=12,
)
pseudonyms = texts.filter(lambda text: text.strip() not in ("", "NA"))  # which would be none
people = st.lists(st.tuples(pseudonyms, st.sampled_from([None, "manager", "employee"]), events), min_size=1, max_size=5)


def scored(framework: Framework, responses: Any) -> Iterator[tuple[str, Any]]:
    """Every indicator, scenario and verdict, overall and by role."""
    result = score(framework, responses, [("role",)], protect=False).model_dump()
    for group in (result["overall"], *result["groups"]):
        for part in ("n", "readiness", "dimensions", "indicators", "scenarios"):
            yield f"{group.get('by')} {part}", group[part]


def short(event: Event) -> Event:
    """With no more than the nine decimals that a workbook's reader gives."""
    return replace(event, value=round(event.value, 6)) if isinstance(event.value, float) else event


@pytest.mark.parametrize("kind", KINDS)
@given(people=people)
@settings(deadline=None, max_examples=30)
def test_scoring_the_table_gives_what_scoring_the_journals_gives(kind: str, people: list[Any]) -> None:
    framework = told()
    with TemporaryDirectory() as name:
        folder = Path(name)
        if kind == ".xlsx":
            people = [(respondent, role, list(map(short, events))) for respondent, role, events in people]
        paths = [
            hold(folder / f"{n}.jsonl", *events, respondent=respondent, role=role, context={"unit": respondent})
            for n, (respondent, role, events) in enumerate(people)
        ]
        journals = read_interviews(framework, paths).said
        if not journals.frame.collect().height:  # everybody is set aside
            return
        write(exported(*paths, framework=framework), folder / f"out{kind}", "--out")
        table = read_survey(framework, [folder / f"out{kind}"])
        assert (table.read, table.rejected) == (journals.read, journals.rejected)
        assert dict(scored(framework, table)) == dict(scored(framework, journals))
