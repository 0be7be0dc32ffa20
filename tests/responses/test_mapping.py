"""A mapping says everything that would be done with a file, and is followed to the letter."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.framework.models import Framework
from readiness.responses.coding import ABSENT, DK, MISSING
from readiness.responses.files import Reading, draw, read_survey
from readiness.responses.mapping import Entry, SurveyMapping
from readiness.responses.mapping_yaml import read_mapping, written
from readiness.responses.table import Responses
from tests.responses.test_files import Write
from tests.responses.test_matching import CUL11

SURVEY = f"""\
Response ID,Unit,Role,"1. {CUL11}",CUL12,LAD1,DAYS,Remarks
r1,Sales,Manager,Often,3 - Often,0 - Not at all,3,nice
r2,SALES,staff,Never,Somtimes,2,10 (All),
r3,Sàles,Encadrement,dk,Often (8),3,,x
"""


def drawn(questions: Framework, path: Path) -> SurveyMapping:
    return draw(questions, [path]).mapping


def followed(questions: Framework, path: Path, mapping: str, folder: Path) -> Responses:
    (folder / "mapping.yaml").write_text(dedent(mapping), encoding="utf-8")
    return read_survey(questions, [path], Reading(mapping=folder / "mapping.yaml"))


def faults(questions: Framework, path: Path, mapping: str, folder: Path) -> list[str]:
    with pytest.raises(ResponseError) as raised:
        followed(questions, path, mapping, folder)
    return [str(fault).removeprefix(f"{folder.as_posix()}/") for fault in raised.value.faults]


def entries(mapping: SurveyMapping) -> dict[str, Entry]:
    return {entry.header: entry for entry in mapping.files[0].columns}


def codes(responses: Responses, column: str) -> list[Any]:
    return responses.frame.collect().sort("respondent")[column].to_list()


def test_every_column_is_in_it_with_what_it_is_and_why(questions: Framework, write: Write) -> None:
    found = entries(drawn(questions, write("s.csv", SURVEY)))
    assert [(entry.to, entry.name, entry.how) for entry in found.values()] == [
        ("respondent", "", "plain"),
        ("context", "unit", "id"),
        ("context", "role", "id"),
        ("item", "CUL11", "text"),
        ("item", "CUL12", "id"),
        ("item", "LAD1", "id"),
        ("item", "DAYS", "id"),
        ("ignored", "", "nothing in asked is called so"),
    ]


def test_every_answer_is_in_it_those_that_cannot_be_read_with_what_is_nearest(
    questions: Framework, write: Write
) -> None:
    mapping = drawn(questions, write("s.csv", SURVEY))
    often = {answer.text: (answer.meaning, answer.told) for answer in mapping.scales["often"]}
    assert often == {
        "Never": ("1", ""),
        "3 - Often": ("3", ""),
        "Often": ("3", ""),
        "Often (8)": ("3", ""),
        "dk": ("dk", ""),
        "Somtimes": ("unreadable", "Sometimes? alike by 0.94"),
    }
    assert [(answer.text, answer.meaning) for answer in entries(mapping)["DAYS"].answers or ()] == [("10 (All)", "10")]


def test_context_values_that_look_like_one_are_proposed_as_comments(questions: Framework, write: Write) -> None:
    text = written(drawn(questions, write("s.csv", SURVEY)))
    assert "# SALES, Sales, Sàles look like one and are kept apart" in text.replace('"', "")


def test_what_was_drawn_is_read_back_and_gives_the_same(questions: Framework, write: Write, tmp_path: Path) -> None:
    path = write("s.csv", SURVEY)
    plain, again = read_survey(questions, [path]), followed(questions, path, written(drawn(questions, path)), tmp_path)
    assert again.frame.collect().equals(plain.frame.collect())
    assert [(one.row, one.column, one.found) for one in again.unread] == [(3, "CUL12", "Somtimes")]
    assert again.ignored == plain.ignored == ("Remarks",)
    assert again.unread[0].expected == "an answer that the mapping lists"


CELLS = st.one_of(
    st.sampled_from(
        ["Often", "often ", "3", "3.0", "3 - Often", "NA", "dk", "", "oops", "No", "null", "~", "#x", "a: b"]
    ),
    st.text(max_size=8),
)


@settings(max_examples=60)
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_whatever_stands_in_a_file_a_mapping_of_it_changes_nothing(
    rows: list[tuple[str, ...]], questions: Framework, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import json

    folder = tmp_path_factory.mktemp("round")
    names = ("unit", "role", "CUL11", "DAYS")
    clean = [[cell.replace("\0", "").encode(errors="ignore").decode() for cell in row] for row in rows]
    lines = [json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in clean]
    (folder / "s.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    try:
        plain = read_survey(questions, [folder / "s.jsonl"])
    except ResponseError:
        return  # nothing stands in it
    again = followed(questions, folder / "s.jsonl", written(drawn(questions, folder / "s.jsonl")), folder)
    assert again.frame.collect().equals(plain.frame.collect())
    assert [(u.row, u.column, u.found) for u in again.unread] == [(u.row, u.column, u.found) for u in plain.unread]


FOREIGN = """\
who,wie oft,wie oft,Abteilung
1,Nie,Immer,A
2,Oft,weiß nicht,a
3,Manchmal,entfällt,B
"""
MAPPING = """\
format: 1
framework: asked
files:
  - file: "*.csv"
    columns:
      - {column: who, respondent: true}
      - {column: wie oft, place: 2, item: CUL11, answers: oft}
      - {column: wie oft, place: 3, item: CUL12, answers: oft}
      - column: Abteilung
        context: unit
        answers: {a: A}
scales:
  oft:
    Nie: 1
    Oft: Often
    Immer: 4
    weiß nicht: dk
    entfällt: not_asked
"""


def test_a_mapping_by_hand_makes_any_survey_one_of_ours(questions: Framework, write: Write, tmp_path: Path) -> None:
    read = followed(questions, write("f.csv", FOREIGN), MAPPING, tmp_path)
    assert codes(read, "CUL11") == [0, 2, MISSING]
    assert codes(read, "CUL12") == [3, DK, ABSENT]
    assert codes(read, "unit") == ["A", "A", "B"]
    assert [(cell.row, cell.header, cell.found) for cell in read.unread] == [(4, "wie oft", "Manchmal")]


def test_a_file_is_found_by_its_name_before_any_pattern(questions: Framework, write: Write, tmp_path: Path) -> None:
    mapping = """\
    format: 1
    files:
      - {file: "*.csv", columns: [{column: a, item: CUL11}]}
      - {file: "s [1].csv", columns: [{column: a, item: CUL12}]}
    """
    assert followed(questions, write("s [1].csv", "a,b\n1,2\n"), mapping, tmp_path).items == {"CUL12"}
    assert followed(questions, write("s 1.csv", "a,b\n1,2\n"), mapping, tmp_path).items == {"CUL11"}


def test_what_a_mapping_does_not_name_is_ignored(questions: Framework, write: Write, tmp_path: Path) -> None:
    mapping = "format: 1\nfiles: [{columns: [{column: CUL11, item: CUL11}]}]\n"
    read = followed(questions, write("s.csv", "CUL11,CUL12,unit\n1,2,U\n"), mapping, tmp_path)
    assert (read.items, read.context, read.ignored) == ({"CUL11"}, frozenset(), ("CUL12", "unit"))


def test_without_answers_values_and_labels_are_read(questions: Framework, write: Write, tmp_path: Path) -> None:
    mapping = "format: 1\nfiles: [{columns: [{column: q, item: CUL12}]}]\n"
    read = followed(questions, write("s.csv", "q,r\n1,a\nOften,b\n3 - Often,c\nno,d\n"), mapping, tmp_path)
    assert sorted(read.frame.collect()["CUL12"]) == [MISSING, 0, 2, 2]


def test_columns_of_options_are_put_together(questions: Framework, write: Write, tmp_path: Path) -> None:
    mapping = """\
    format: 1
    files:
      - columns:
          - {column: id, respondent: true}
          - {column: a, item: CUL11, choice: Nie, answers: {Nie: 1}}
          - {column: b, item: CUL11, choice: Oft, answers: {Oft: 3}}
    """
    read = followed(questions, write("s.csv", "id,a,b\n1,1,0\n2,,x\n3,1,1\n4,,\n"), mapping, tmp_path)
    assert codes(read, "CUL11") == [0, 2, MISSING, MISSING]
    assert [(cell.row, cell.found) for cell in read.unread] == [(4, "Nie; Oft")]


def test_every_fault_of_a_mapping_is_told_with_its_line(questions: Framework, write: Write, tmp_path: Path) -> None:
    mapping = """\
    format: 1
    files:
      - columns:
          - {column: a, item: CUL13}
          - {column: b, context: units}
          - {column: c, item: CUL12, answers: {Nie: 9}}
          - {column: d, context: role, answers: {Chef: boss}}
    """
    assert faults(questions, write("s.csv", "a,b,c,d\n1,2,3,4\n"), mapping, tmp_path) == [
        "mapping.yaml, line 4: 'CUL13' is no item of asked; did you mean 'CUL12'?",
        "mapping.yaml, line 5: 'units' is no context key of asked; did you mean 'unit'?",
        "mapping.yaml, line 6: answer 'Nie' of CUL12 is said to be '9'; "
        "write one of 1, 2, 3, 4, their labels, dk or na, missing, not_asked or unreadable",
        "mapping.yaml, line 7: answer 'Chef' of role is said to be 'boss'; "
        "write one of manager, staff, or their labels, missing or unreadable",
    ]


def test_columns_that_are_not_there_or_twice_are_told_with_their_line(
    questions: Framework, write: Write, tmp_path: Path
) -> None:
    mapping = """\
    format: 1
    files:
      - columns:
          - {column: CUL111, item: CUL11}
          - {column: twice, item: CUL12}
          - {column: a, item: TRU1}
          - {column: b, item: TRU1}
          - {column: a, ignore: ""}
          - {column: b, place: 1, item: LAD1}
    """
    assert faults(questions, write("s.csv", "a,b,CUL11,twice,twice\n1,2,3,4,5\n"), mapping, tmp_path) == [
        "mapping.yaml, line 4: s.csv has no column 'CUL111'; did you mean 'CUL11'?",
        "mapping.yaml, line 5: s.csv has 2 columns 'twice'; add place: 4 (they are columns 4, 5)",
        "mapping.yaml, line 8: column 'a' stood on line 6 already; keep one of them",
        "mapping.yaml, line 9: column 1 of s.csv is not 'b'; write place: 2, or leave it out",
        "mapping.yaml, line 7: TRU1 is read from the column on line 6 already; keep one, or give each its choice",
    ]


@pytest.mark.parametrize(
    ("mapping", "told"),
    [
        ("", "mapping.yaml: is empty"),
        ("- a", "mapping.yaml, line 1: the mapping: its keys are expected"),
        ("format: 1\nfile: []", "unknown key 'file'; did you mean 'files'?"),
        ("format: 2\nfiles: []", "mapping.yaml, line 1: this mapping is of another format; write format: 1"),
        ("format: 1\nfiles: [{columns: [{column: a}]}]", "column 'a' is not said to be anything; say one of item"),
        ("format: 1\nfiles: [{columns: [{column: a, item: b, ignore: c}]}]", "column 'a' is item and ignore"),
        ("format: 1\nfiles: [{columns: [{column: a, item: b, answers: c}]}]", "there is no scale 'c'"),
        ("format: 1\nfiles: [{columns: [{column: a, item: b, answers: [c]}]}]", "should be a mapping, found a list"),
        ("format: 1\nfiles: [{columns: [{column: a, item: b, answers: {c: }}]}]", "'c' is said to be nothing"),
        ("format: 1\nfiles: [{columns: [{column: a, respondent: false}]}]", "'respondent' is false; write ignore"),
        (
            "format: 1\nfiles: [{columns: [{column: a, weight: true, answers: {1: 5}}]}]",
            "mapping.yaml, line 2: column 'a': 'answers' means nothing where a column is weight; leave it out",
        ),
        (
            "format: 1\nfiles: [{columns: [{column: a, respondent: true, choice: x}]}]",
            "'choice' means nothing where a column is respondent; leave it out, or say item",
        ),
        (
            "format: 1\nfiles:\n  - platform: lime\n    columns: [{column: a, item: CUL11}]",
            "mapping.yaml, line 3: there is no platform 'lime'; ",
        ),
        ("format: 1\nframework: other\nfiles: []", "this mapping is for the framework 'other', not 'asked'"),
        ("format: 1\nfiles: [{file: t.csv, columns: []}]", "no file in it fits s.csv: it has 't.csv'"),
        ("format: 1\nfiles: [{columns: []}]", "mapping.yaml, line 2: no column of s.csv is an item"),
    ],
)
def test_a_mapping_is_read_strictly(
    mapping: str, told: str, questions: Framework, write: Write, tmp_path: Path
) -> None:
    assert told in " | ".join(faults(questions, write("s.csv", "a,b\n1,2\n"), mapping, tmp_path))


def test_a_mapping_that_is_not_there_is_told(questions: Framework, write: Write, tmp_path: Path) -> None:
    with pytest.raises(ResponseError, match="there is no such file"):
        read_survey(questions, [write("s.csv", "CUL11,b\n1,2\n")], Reading(mapping=tmp_path / "none.yaml"))


@pytest.mark.parametrize(
    "header", ["a: b", "- a", "#a", "'a'", '"a"', "a\nb", "a\u2028b", "", "yes", "1", "é", "{a}", "\x85"]
)
def test_any_header_is_written_and_read_back(header: str, tmp_path: Path) -> None:
    from readiness.responses.mapping import FileMapping, listed

    entry = Entry(listed(header), "item", "CUL11", "id")
    (tmp_path / "m.yaml").write_text(
        written(SurveyMapping("asked", (FileMapping("s.csv", (entry,)),))), encoding="utf-8"
    )
    (read,) = read_mapping(tmp_path / "m.yaml").files[0].columns
    assert read.header == listed(header)


def test_in_the_way_of_scoring_is_told_and_the_mapping_is_drawn_all_the_same(
    questions: Framework, write: Write
) -> None:
    found = draw(questions, [write("s.csv", "CUL11,CUL11,x\n1,2,3\n")])
    assert [fault.what for fault in found.faults] == ["column 'CUL11' occurs more than once"]
    assert [(entry.place, entry.to) for entry in found.mapping.files[0].columns] == [
        (1, "ignored"),
        (2, "ignored"),
        (None, "ignored"),
    ]


def test_weights_may_be_asked_for_beside_a_mapping(questions: Framework, write: Write, tmp_path: Path) -> None:
    path = write("s.csv", "CUL11,w,v\n1,2,3\n")
    (tmp_path / "m.yaml").write_text("format: 1\nfiles: [{columns: [{column: CUL11, item: CUL11}]}]\n")
    read_survey(questions, [path], Reading(mapping=tmp_path / "m.yaml", weight="W"))
    with pytest.raises(ResponseError, match="there is no column 'x' to weigh by; use one of CUL11, w, v"):
        read_survey(questions, [path], Reading(mapping=tmp_path / "m.yaml", weight="x"))
    with pytest.raises(ResponseError, match="there is no column 'x' to weigh by"):
        read_survey(questions, [path], Reading(weight="x"))
