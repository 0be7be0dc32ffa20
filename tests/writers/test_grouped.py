"""A result as tables: every form holds the record's figures, all of them and no others, and hides what it hides."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from openpyxl import load_workbook

from readiness.faults import InputError, UsageError
from readiness.scoring.result import Evidence, Reliability, Result, SubGroup, Suppressed
from readiness.writers.columns import Column
from readiness.writers.grouped import _write_tables, write_result
from readiness.writers.tables import Table, tables_of
from tests.scoring.attacker import recovered
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import loaded, scored
from tests.scoring.strategies import studies
from tests.scoring.surveys import surveys
from tests.writers.reading import READERS, Rows, plain, record, same

FORMS = (".csv", ".parquet", ".jsonl", ".xlsx")


def written(result: Result, form: str, language: str = "en") -> Rows:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"result{form}"
        write_result(result, path, language)
        assert [found.name for found in Path(folder).iterdir()] == [path.name]
        return READERS[form](path, tables_of(result, language))


@tries(15, shrink=False)
@given(studies())
def test_the_record_can_be_put_together_from_what_is_written(study: Any) -> None:
    raw, rows, columns = study
    result = scored(loaded(raw), rows, columns, by=[("unit",), ("role", "unit")])
    for form in FORMS:
        assert same(record(written(result, form)), plain(result.model_dump()))


@tries(25, shrink=False)
@given(surveys())
def test_an_attacker_finds_in_what_is_written_nothing_but_what_the_record_shows(survey: Any) -> None:
    raw, rows, by = survey
    result = scored(loaded(raw), rows, by=by, protect=True)
    told = figures(result)
    for form in FORMS:
        read = written(result, form)
        again = record(read)
        assert same(again, plain(result.model_dump()))
        assert numbers(read) <= told
        assert hidden_cells(read, tables_of(result, "en")) == []
        changed = json.loads(json.dumps({"overall": again["overall"], "groups": again["groups"]}))
        attacked = Result.model_validate(json.loads(result.to_json()) | changed)
        assert recovered(attacked, Reference(raw, rows), by, raw["framework"]["defaults"]["min_group"]) == []


def numbers(read: Rows) -> set[float]:
    """Every number that stands in a figure's cell of any table."""
    beside = {"option", "min_group"}  # what the framework says
    return {
        float(cell)
        for rows in read.values()
        for row in rows
        for name, cell in row.items()
        if isinstance(cell, int | float) and not isinstance(cell, bool) and name not in beside
    }


def figures(result: Result) -> set[float]:
    """Every number of the record but the framework's own."""

    def within(part: Any) -> Iterator[float]:
        if isinstance(part, dict):
            for inner in part.values():
                yield from within(inner)
        elif isinstance(part, list | tuple):
            for inner in part:
                yield from within(inner)
        elif isinstance(part, int | float) and not isinstance(part, bool):
            yield float(part)

    return set(within(result.model_dump(exclude={"framework"})))


def hidden_cells(read: Rows, tables: tuple[Table, ...]) -> list[str]:
    """Cells of suppressed rows that say something."""
    return [
        f"{table.name}: {column.name}"
        for table in tables
        for row in read[table.name]
        for column in table.columns
        if column.hidden_by and row[column.hidden_by] and row[column.name] is not None
    ]


FOUR = framework(
    scenario("{high: x}"),
    x=f"{{desired: high, title: {{en: The x, fr: Le x}}, items: {items(X='scale: five')}}}",
    y=f"{{desired: high, items: {items(Y='scale: five')}}}",
)
NAMES = ("=cmd|' /C calc'!A0", "@SUM(1)", "-1+1", "+33 1 23 45", "x;=1+1", '",=1+1', "\t=1", "a\x00b", "Büro")


def people(*units: str | None, each: int = 6) -> list[dict[str, Any]]:
    return [
        {"respondent": f"{unit}-{i}", "unit": unit, "role": "manager", "X": 1 + (i + place) % 5, "Y": 1 + i % 5}
        for place, unit in enumerate(units)
        for i in range(each)
    ]


def by_unit(*units: str | None, each: int = 6) -> Result:
    result: Result = scored(FOUR, people(*units, each=each), by=[("unit",)], protect=True)
    return result


def renamed(*names: str) -> Result:
    """A result whose groups have these names, whatever reading answers makes of such."""
    result = by_unit(*(chr(ord("A") + place) for place in range(len(names))))
    groups = [group.model_copy(update={"by": {"unit": name}}) for name, group in zip(names, result.groups, strict=True)]
    return result.model_copy(update={"groups": tuple(groups)})


@pytest.mark.parametrize("form", [".csv", ".parquet", ".jsonl"])
def test_hostile_names_come_back_as_they_were(form: str) -> None:
    found = {row["by_unit"] for row in written(renamed(*NAMES), form)["groups"]}
    assert found == {None, *NAMES}


def test_a_workbook_holds_no_formula(tmp_path: Path) -> None:
    write_result(renamed(*NAMES), tmp_path / "r.xlsx", "en")
    cells = [cell for sheet in load_workbook(tmp_path / "r.xlsx") for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    found = {cell.value for cell in cells}
    assert set(NAMES) - {"a\x00b"} <= found
    assert "a␀b" in found
    assert all(cell.hyperlink is None for cell in cells)
    suspicious = [cell for cell in cells if str(cell.value).strip().startswith(("=", "@", "-1+", "+"))]
    assert suspicious
    assert all(cell.quotePrefix for cell in suspicious)


def test_no_cell_of_csv_begins_like_a_formula(tmp_path: Path) -> None:
    write_result(renamed(*NAMES), tmp_path / "r.csv", "en")
    text = (tmp_path / "r.csv").read_text("utf-8-sig")
    for name in ("'=cmd|", "'@SUM(1)", "'-1+1", "'+33 1 23 45", "x;'=1+1"):
        assert f",{name}" in text or f',"{name}' in text
    assert ",=" not in text
    assert ";=" not in text


def test_a_workbook_has_typed_cells_and_a_frozen_header(tmp_path: Path) -> None:
    write_result(by_unit("A", "B", None), tmp_path / "r.xlsx", "en")
    book = load_workbook(tmp_path / "r.xlsx")
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.bold
    row = dict(zip([c.value for c in book["scenarios"][1]], book["scenarios"][2], strict=True))
    assert (row["membership"].data_type, row["membership"].number_format) == ("n", "0.00")
    assert (row["prevalence"].data_type, row["prevalence"].number_format) == ("n", "0%")
    assert (row["reversible"].data_type, row["verdict"].data_type) == ("b", "s")
    assert row["title"].value == "story"


def test_a_suppressed_cell_is_grey_and_says_so_in_the_language(tmp_path: Path) -> None:
    rows = people("A", "B") + people("C", each=2)
    result = scored(FOUR, rows, by=[("unit",)], protect=True)
    write_result(result, tmp_path / "r.xlsx", "fr")
    sheet = load_workbook(tmp_path / "r.xlsx")["groups"]
    names = [cell.value for cell in sheet[1]]
    hidden = next(row for row in sheet.iter_rows(min_row=2) if row[names.index("by_unit")].value == "C")
    assert hidden[names.index("suppressed")].value is True
    assert {hidden[names.index(name)].value for name in ("n", "readiness", "bounds_low", "sd")} == {"masqué"}
    assert hidden[names.index("n")].fill.fgColor.rgb == "FFE4E4E4"


def test_a_hidden_group_stands_in_every_table_with_all_it_would_have() -> None:
    rows = people("A", "B", "D") + people("C", each=2)
    read = written(scored(FOUR, rows, by=[("unit",)], protect=True), ".jsonl")
    for name, things in (("dimensions", 1), ("indicators", 2), ("items", 2), ("scenarios", 1), ("answers", 10)):
        hidden = [row for row in read[name] if row["by_unit"] == "C"]
        assert len(hidden) == things
        assert all(row["suppressed"] for row in hidden)


def test_everybody_comes_first_and_nobody_is_left_out_where_all_are_hidden() -> None:
    result = by_unit("A", "B", each=2)
    assert isinstance(result.overall, Suppressed)
    read = written(result, ".csv")
    assert [(row["group"], row["suppressed"]) for row in read["groups"]] == [
        ("Everybody", True),
        ("A", True),
        ("B", True),
    ]


def test_a_blank_is_told_from_a_key_that_a_group_is_not_formed_by() -> None:
    result = scored(FOUR, people("A", None), by=[("unit",), ("role",)])
    told = {(row["group"], row["by"], row["by_unit"], row["by_role"]) for row in written(result, ".parquet")["groups"]}
    assert told == {
        ("Everybody", None, None, None),
        ("A", "unit", "A", None),
        ("(not given)", "unit", None, None),
        ("Manager", "role", None, "manager"),
    }


def test_titles_and_labels_are_in_the_language_and_ids_beside_them() -> None:
    read = written(by_unit("A", "B"), ".csv", "fr")
    assert (read["indicators"][0]["indicator"], read["indicators"][0]["title"]) == ("x", "Le x")
    assert [(row["option"], row["label"]) for row in read["answers"][:2]] == [(1.0, "Jamais"), (2.0, "Rarement")]
    assert read["groups"][0]["group"] == "Ensemble"


def test_reliability_is_a_table_once_there_is_any() -> None:
    result = by_unit("A", "B")
    told = {"x": Reliability(alpha=0.71, items=2, n=12), "y": Suppressed()}
    overall = result.overall.model_copy(update={"reliability": told})  # type: ignore[union-attr]
    with_it = result.model_copy(update={"overall": overall})
    assert "reliability" not in written(result, ".xlsx")
    for form in FORMS:
        assert same(record(written(with_it, form)), plain(with_it.model_dump()))


def test_effective_numbers_stand_beside_the_numbers_where_respondents_have_weights() -> None:
    rows = [row | {"weight#": 1 + place % 3} for place, row in enumerate(people("A", "B"))]
    result = scored(FOUR, rows, by=[("unit",)])
    for form in FORMS:
        read = written(result, form)
        assert same(record(read), plain(result.model_dump()))
        assert all(0 < row["n_effective"] < row["n"] for name in ("groups", "indicators") for row in read[name])


@pytest.mark.parametrize("form", [".json", *FORMS])
def test_the_same_result_gives_the_same_bytes(form: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_result(by_unit("A", "B", None), tmp_path / f"{name}{form}", "en")
    assert (tmp_path / f"a{form}").read_bytes() == (tmp_path / f"b{form}").read_bytes()


def test_json_is_the_record_itself(tmp_path: Path) -> None:
    result = by_unit("A", "B")
    write_result(result, tmp_path / "r.json", "fr")
    assert (tmp_path / "r.json").read_text("utf-8") == result.to_json()


def test_an_ending_in_capitals_is_understood(tmp_path: Path) -> None:
    write_result(by_unit("A", "B"), tmp_path / "R.PARQUET", "en")
    assert pl.read_parquet(tmp_path / "R.PARQUET").height


def test_an_unknown_ending_names_the_kinds(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"is written as \.json, \.csv, \.xlsx, \.parquet or \.jsonl; name such a file"
    ):
        write_result(by_unit("A", "B"), tmp_path / "r.docx", "en")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("rows", "columns", "what"),
    [(1_048_576, 1, "more rows than a sheet holds, which ends at row 1,048,576"), (1, 16_385, "16,385 columns do not")],
)
def test_what_a_workbook_cannot_hold_is_said_before_anything_is_written(
    rows: int, columns: int, what: str, tmp_path: Path
) -> None:
    table = Table("long", tuple(Column(f"c{place}") for place in range(columns)), ((None,) * columns,) * rows)
    path = tmp_path / "r.xlsx"
    with pytest.raises(InputError, match=rf"named\.xlsx: {what}.*; write \.csv or \.parquet"):
        _write_tables([table], ".xlsx", path, Path("named.xlsx"), "en")
    assert not path.exists()


def test_a_text_that_no_cell_holds_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a text of 40,000 characters does not fit a cell"):
        write_result(renamed("A", "x" * 40_000), tmp_path / "r.xlsx", "en")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    write_result(by_unit("A", "B"), path, "en")
    before = path.read_bytes()
    with pytest.raises(InputError):
        write_result(renamed("A", "x" * 40_000), path, "en")
    assert path.read_bytes() == before
    with pytest.raises(InputError, match="cannot be written"):
        write_result(by_unit("A", "B"), path / "r.csv", "en")


@pytest.mark.parametrize("form", FORMS)
def test_what_ratings_rest_on_is_a_table_of_its_own_and_their_figures_are_of_source_evidence(form: str) -> None:
    plain_result = scored(TWO, [{"respondent": "r", "X": 20, "Y": 40}])
    group = SubGroup(by={"source": "evidence"}, **dict(plain_result.overall))
    evidence = Evidence(
        use="fills", texts={"X": ("=minutes", "a walk")}, confidence={"X": {"high": 1}, "Y": {"low": 2}}
    )
    rows = written(plain_result.model_copy(update={"groups": (group,), "evidence": evidence}), form)
    told = [(row["item"], row["use"], row["confidence_low"], row["confidence_high"]) for row in rows["evidence"]]
    assert told == [("X", "fills", 0, 1)] * 2 + [("Y", "fills", 2, 0)]
    assert [row["rests_on"] for row in rows["evidence"]] == ["=minutes", "a walk", None]
    assert [(row["by"], row["by_source"]) for row in rows["groups"]] == [(None, None), ("source", "evidence")]
    assert "evidence" not in written(plain_result, form)


TWO = framework(
    x=f"{{desired: high, items: {items(X='type: number, min: 0, max: 100')}}}",
    y=f"{{desired: high, items: {items(Y='type: number, min: 0, max: 100')}}}",
)
