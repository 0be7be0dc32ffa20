"""`score`: the same answers in whatever file they come, and a result that is the same wherever it goes."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from readiness.framework.models import Framework
from tests.cli.running import run

Row = Mapping[str, str]


@pytest.fixture(scope="module")
def rows(company: Path) -> list[dict[str, str]]:
    with (company / "surveys/kiosk.csv").open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def expected(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The result of the plainest file there is: values, commas, UTF-8."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "plain.csv").write_text(delimited(rows), encoding="utf-8")
    return scored(folder, "plain.csv")


def delimited(rows: Sequence[Row], delimiter: str = ",", end: str = "\n", quoting: Any = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def scored(folder: Path, *arguments: str) -> str:
    ran = run("score", *arguments, "--by", "unit", "--format", "json", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def labelled(row: Row, framework: Framework, language: str) -> dict[str, str]:
    """A row with every value as its label in a language."""
    said = dict(row)
    for name, cell in row.items():
        if name in framework.items and cell in ("dk", "na"):
            said[name] = getattr(framework.missing, cell)[language]
        elif name in framework.items and cell not in ("", "NA"):
            options = framework.scales[str(framework.items[name].scale)].options
            said[name] = next(option.label[language] for option in options if f"{option.value:g}" == cell)
        elif name in framework.context and (options := framework.context[name].options) and cell in options:
            said[name] = options[cell][language]
    return said


def json_lines(rows: Sequence[Row], framework: Framework) -> str:
    def valued(name: str, cell: str) -> object:
        return int(cell) if name in framework.items and cell.isdigit() else cell or None

    return "".join(json.dumps({name: valued(name, cell) for name, cell in row.items()}) + "\n" for row in rows)


FORMS: dict[str, Callable[[Sequence[Row]], bytes]] = {
    "semicolons": lambda rows: delimited(rows, ";").encode(),
    "tabs": lambda rows: delimited(rows, "\t").encode(),
    "bars": lambda rows: delimited(rows, "|").encode(),
    "a byte order mark": lambda rows: delimited(rows).encode("utf-8-sig"),
    "UTF-16, little end first": lambda rows: b"\xff\xfe" + delimited(rows).encode("utf-16-le"),
    "UTF-16, big end first": lambda rows: b"\xfe\xff" + delimited(rows, ";").encode("utf-16-be"),
    "Windows' code page": lambda rows: delimited(rows).encode("cp1252"),
    "Windows' line ends": lambda rows: delimited(rows, end="\r\n").encode(),
    "an old Mac's line ends": lambda rows: delimited(rows, end="\r").encode(),
    "everything quoted": lambda rows: delimited(rows, quoting=csv.QUOTE_ALL).encode(),
    "empty lines at the end": lambda rows: (delimited(rows) + "\n\n" + "," * (len(rows[0]) - 1) + "\n").encode(),
    "no line end at the end": lambda rows: delimited(rows).rstrip("\n").encode(),
    "spaces around every cell": lambda rows: delimited(
        [{k: f" {v}\t" for k, v in row.items()} for row in rows]
    ).encode(),
    "a column more": lambda rows: delimited([{**row, "submitted": "2026-01-01"} for row in rows]).encode(),
    "column names in lower case": lambda rows: delimited(
        [{k.lower(): v for k, v in row.items()} for row in rows]
    ).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_may_be_delimited_and_encoded_as_it_likes(
    form: str, rows: list[dict[str, str]], expected: str, tmp_path: Path
) -> None:
    # An umlaut, so that the encoding matters.
    named = [{**row, "unit": row["unit"].replace("Stores", "Läden")} for row in rows]
    (tmp_path / "survey.csv").write_bytes(FORMS[form](named))
    ran = run("score", "survey.csv", "--by", "unit", "--format", "json", cwd=tmp_path)
    assert ran.code == 0
    assert '"unit": "Läden"' in ran.out
    assert without_groups(ran.out) == without_groups(expected)


def without_groups(result: str) -> Any:
    return {key: value for key, value in json.loads(result).items() if key != "groups"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_labels_of_either_language_score_as_values_do(
    language: str, rows: list[dict[str, str]], framework: Framework, expected: str, tmp_path: Path
) -> None:
    labels = [labelled(row, framework, language) for row in rows]
    assert labels != rows
    (tmp_path / "labels.csv").write_text(delimited(labels, ";"), encoding="utf-8-sig")
    assert scored(tmp_path, "labels.csv") == expected


def test_labels_values_and_json_in_three_files_score_as_one(
    rows: list[dict[str, str]], framework: Framework, expected: str, tmp_path: Path
) -> None:
    (tmp_path / "1.jsonl").write_text(json_lines(rows[:20], framework), encoding="utf-8")
    (tmp_path / "2.csv").write_text(delimited([labelled(r, framework, "fr") for r in rows[20:30]]), encoding="utf-8")
    (tmp_path / "3.tsv").write_text(delimited(rows[30:], "\t"), encoding="utf-8")
    assert scored(tmp_path, "1.jsonl", "2.csv", "3.tsv") == expected
    assert scored(tmp_path, "3.tsv", "1.jsonl", "2.csv") == expected


def test_rows_and_columns_in_any_order_and_two_runs_give_the_same_bytes(
    rows: list[dict[str, str]], expected: str, tmp_path: Path
) -> None:
    rng = random.Random(7)
    for place in range(2):
        columns = rng.sample(list(rows[0]), len(rows[0]))
        mixed = [{name: row[name] for name in columns} for row in rng.sample(rows, len(rows))]
        (tmp_path / f"{place}.csv").write_text(delimited(mixed), encoding="utf-8")
        assert scored(tmp_path, f"{place}.csv") == expected
    assert scored(tmp_path, "1.csv") == expected


def test_the_names_of_the_files_stay_out(rows: list[dict[str, str]], expected: str, tmp_path: Path) -> None:
    (tmp_path / "quite-another-name.csv").write_text(delimited(rows), encoding="utf-8")
    assert scored(tmp_path, "quite-another-name.csv") == expected
    assert "another-name" not in expected


def test_what_is_printed_is_what_is_written(survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, "--format", "json", "--result", "new/folder/result.json", cwd=tmp_path)
    assert ran.code == 0
    assert (tmp_path / "new/folder/result.json").read_bytes().decode() == ran.out


def test_the_table_shows_dimensions_scenarios_and_groups(survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, "--by", "unit", "--by", "unit,role", cwd=tmp_path, env={"COLUMNS": "140"})
    assert (ran.code, ran.err) == (0, "")
    for shown in ("48 respondents scored", "Culture", "Reliance on email", "Overall", "The regalian enterprise"):
        assert shown in ran.out
    assert "unit=Stores" in ran.out
    assert "suppressed" in ran.out


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_80_columns_intervals_take_the_place_of_bounds(language: str, survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, "--by", "unit", "--lang", language, cwd=tmp_path, env={"COLUMNS": "80"})
    lines = ran.out.splitlines()
    head = next(line for line in lines if line.strip().startswith(("Scenario", "Scénario")))
    assert {"en": "Interval", "fr": "Intervalle"}[language] in head
    assert {"en": "Bounds", "fr": "Bornes"}[language] not in head
    assert max(map(len, lines)) <= 80


def test_where_there_is_room_both_stand_and_how_they_were_made(survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, cwd=tmp_path, env={"COLUMNS": "120"})
    head = next(line for line in ran.out.splitlines() if line.strip().startswith("Scenario"))
    assert head.split()[-5:] == ["Membership", "Interval", "Bounds", "Present", "in"]
    assert "95% intervals, from 1,000 redraws of the respondents within roles." in ran.out


def test_a_respondent_whose_rows_agree_counts_once(
    rows: list[dict[str, str]], framework: Framework, expected: str, tmp_path: Path
) -> None:
    again = [labelled(rows[3], framework, "en"), {**rows[5], "unit": f"  {rows[5]['unit']} "}]
    (tmp_path / "twice.csv").write_text(delimited([*rows, *again]), encoding="utf-8")
    ran = run("score", "twice.csv", "--by", "unit", "--format", "json", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, expected)
    told = "2 row(s) say the same as another with the same respondent's id, and count once"
    assert ran.err == f"readiness: {told}\n"


def test_a_file_named_twice_is_read_once(rows: list[dict[str, str]], tmp_path: Path) -> None:
    anonymous = [{name: cell for name, cell in row.items() if name != "respondent"} for row in rows]
    (tmp_path / "a.csv").write_text(delimited(anonymous), encoding="utf-8")
    assert json.loads(scored(tmp_path, "a.csv", "./a.csv", str(tmp_path / "a.csv")))["respondents"]["read"] == 48


def test_respondents_whose_rows_differ_are_set_aside_and_listed(rows: list[dict[str, str]], tmp_path: Path) -> None:
    changed = {**rows[4], "CUL11": "1" if rows[4]["CUL11"] != "1" else "2"}
    told = []
    for name, order in {"a": [*rows, changed], "b": [changed, *reversed(rows)]}.items():
        (tmp_path / f"{name}.csv").write_text(delimited(order), encoding="utf-8")
        ran = run("score", f"{name}.csv", "--format", "json", cwd=tmp_path)
        assert ran.code == 0
        told.append((ran.out, ran.err))
    assert told[0] == told[1]
    assert json.loads(told[0][0])["respondents"] == {
        "read": 48,
        "scored": 47,
        "rejected": 1,
        "unread": 0,
        "weighted": False,
        "balance": None,
        "population": None,
    }
    assert told[0][1] == f"readiness: 1 respondent(s) set aside, since their rows differ: {rows[4]['respondent']}\n"


def test_unreadable_cells_are_listed_and_counted(rows: list[dict[str, str]], tmp_path: Path) -> None:
    wrong = [{**rows[0], "CUL11": "6", "EML11": "often?"}, {**rows[1], "role": "boss"}, *rows[2:]]
    (tmp_path / "w.csv").write_text(delimited(wrong), encoding="utf-8")
    ran = run("score", "w.csv", "--result", "r.json", cwd=tmp_path)
    assert ran.code == 0
    lines = ran.err.splitlines()
    assert lines[0] == "readiness: w.csv, row 2, column CUL11: '6' is not one of 1, 2, 3, 4, 5, their labels, dk or na"
    assert lines[1].startswith("readiness: w.csv, row 2, column EML11: 'often?' is not one of 1, 2, 3, 4, 5, their")
    assert lines[2].startswith("readiness: w.csv, row 3, column role: 'boss' is not one of executive, manager")
    assert lines[3] == "readiness: 3 cell(s) could not be read and count as missing"
    strict = run("score", "w.csv", "--result", "strict.json", "--strict", cwd=tmp_path)
    assert strict.code == 1
    assert strict.err.replace("strict.json", "r.json") == ran.err
    assert (tmp_path / "strict.json").read_bytes() == (tmp_path / "r.json").read_bytes()


def test_strict_is_0_where_everything_can_be_read(survey: Path, tmp_path: Path) -> None:
    assert run("score", survey, "--strict", cwd=tmp_path).code == 0


def test_lines_that_end_too_soon_are_told(rows: list[dict[str, str]], tmp_path: Path) -> None:
    text = delimited(rows).rstrip("\n")
    (tmp_path / "torn.csv").write_text(text[: text.rindex(",employee")], encoding="utf-8")
    ran = run("score", "torn.csv", cwd=tmp_path)
    assert ran.code == 0
    assert "torn.csv, line 49: 2 cell(s) where the header has 71; the others count as missing" in ran.err


def test_journals_are_scored_and_never_suppressed(company: Path, tmp_path: Path) -> None:
    journals = sorted((company / "interviews").iterdir())
    ran = run("score", *journals, "--format", "json", cwd=tmp_path)
    assert ran.code == 0
    result = json.loads(ran.out)
    assert result["overall"]["n"] == len(journals) == 2
    assert "suppressed" not in ran.out
    backwards = run("score", *reversed(journals), "--format", "json", cwd=tmp_path)
    assert backwards.out == ran.out


def test_a_survey_and_journals_are_never_pooled(company: Path, survey: Path, tmp_path: Path) -> None:
    alone = json.loads(run("score", survey, "--format", "json", cwd=tmp_path).out)
    journals = sorted((company / "interviews").iterdir())
    both = json.loads(run("score", *journals, survey, "--format", "json", cwd=tmp_path).out)
    assert [group["by"] for group in both["groups"]] == [{"source": "interview"}, {"source": "evidence"}]
    assert both["groups"][0]["n"] == 2
    assert both["overall"]["n"] == alone["overall"]["n"]
    assert both["overall"]["items"] == {**both["overall"]["items"], **alone["overall"]["items"]}


@pytest.mark.parametrize("named", ["enterprise-2.0", "{folder}", "{folder}/framework.yaml"])
def test_a_framework_is_an_id_or_a_folder(named: str, survey: Path, tmp_path: Path) -> None:
    from readiness.framework.catalogue import find

    folder = named.format(folder=find("enterprise-2.0"))
    ran = run("score", survey, "--framework", folder, "--format", "json", cwd=tmp_path)
    assert ran.out == run("score", survey, "--format", "json", cwd=tmp_path).out


def test_another_instrument_is_scored_from_its_folder(tmp_path: Path) -> None:
    phq9 = Path(__file__).parents[1] / "instruments/phq-9"
    (tmp_path / "one.csv").write_text("P1,P2,P3,P4,P5,P6,P7,P8,P9\n1,2,0,3,1,0,2,1,0\n")
    ran = run("score", "one.csv", "--framework", phq9, "--format", "json", cwd=tmp_path)
    assert ran.code == 0
    assert json.loads(ran.out)["framework"]["id"] == "phq-9"


def test_the_table_of_a_survey_too_small_says_so(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("respondent,CUL11\na,3\nb,4\n")
    ran = run("score", "s.csv", cwd=tmp_path)
    assert (ran.code, ran.out.splitlines()[1]) == (0, "Too few respondents to show anything.")
