"""JSON: one object a respondent, in an array or a line each, or a fault that names the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.formats.json_table import read, read_lines
from readiness.responses.grid import Grid

Write = Callable[[str, str | bytes], Path]
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
PLAIN = (
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS
)
ROWS = st.lists(st.dictionaries(TEXTS, PLAIN, min_size=1), min_size=1, max_size=5)


def cells(grid: Grid) -> list[list[str]]:
    return [grid.row(place) for place in range(grid.cells.height)]


def wrong(path: Path, reader: Callable[[Path], Grid] = read) -> list[str]:
    with pytest.raises(ResponseError) as raised:
        reader(path)
    return [str(fault).removeprefix(f"{path.parent}/") for fault in raised.value.faults]


def text(value: object) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: ""}[value]
    return str(int(value)) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value)


@given(rows=ROWS, escaped=st.booleans(), lines=st.booleans())
def test_objects_are_read_back(
    rows: list[dict[str, object]], escaped: bool, lines: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("json") / "s.json"
    written = [json.dumps(row, ensure_ascii=escaped) for row in rows]
    path.write_text("\n".join(written) if lines else f"[{','.join(written)}]", encoding="utf-8", newline="\n")
    grid = (read_lines if lines else read)(path)
    names = list(dict.fromkeys(name for row in rows for name in row))
    expected = [[text(row.get(name)) for name in names] for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    assert cells(grid) == [names, *expected]
    assert grid.header_rows == 1
    assert list(grid.rows) == list(range(len(expected) + 1))


def test_objects_inside_objects_and_lists_are_flattened(write: Write) -> None:
    grid = read(write("s.json", '[{"id": 1, "a": {"b": {"c": 4}, "d": [1, "x", null, true]}, "e": []}]'))
    assert cells(grid) == [["id", "a.b.c", "a.d", "e"], ["1", "4", "1;x;;true", ""]]


@pytest.mark.parametrize("key", ["responses", "results", "data"])
def test_an_object_may_hold_the_array(key: str, write: Write) -> None:
    assert cells(read(write("s.json", json.dumps({"total": 1, "tags": [], key: [{"A1": 4}]})))) == [["A1"], ["4"]]


def test_objects_under_a_number_each_are_unwrapped(write: Write) -> None:
    grid = read(write("s.json", '{"responses": [{"1": {"id": "1", "A1": 4}}, {"2": {"id": "2", "A1": 5}}]}'))
    assert cells(grid) == [["id", "A1"], ["1", "4"], ["2", "5"]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", "s.json: the file holds no responses"),
        ("", "s.json, line 1: this is not JSON"),
        ('[{"a": 1},\n{"a" 2}]', "s.json, line 2: this is not JSON"),
        (
            '{"format": 1, "framework": {}, "respondents": {}, "overall": {}, "groups": [{"a": 1}, {"b": [[1]]}]}',
            "s.json: this is a result, not responses; `report`, `diagnose`, `levers` and `whatif` take it",
        ),
        ("4", "s.json: this is a number, not an array of objects"),
        ('{"a": 1}', "s.json: this is one object that holds no array of objects"),
        ('{"a": [{"x": 1}], "b": [{"x": 1}]}', "s.json: this object holds several arrays of objects: 'a', 'b'"),
        ("[{}]", "s.json: the objects are empty"),
        ("[" * 100_000 + "]" * 100_000, "s.json: this JSON is nested too deeply"),
        ('[{"a": NaN}]', "s.json: object 1: 'a' is NaN, which is no number in JSON"),
        ('[{"a": 1}, {"a": {"b": 1, "b": 2}}]', "s.json: object 2: 'a.b' occurs more than once"),
        ('[{"a.b": 1, "a": {"b": 1}}]', "s.json: object 1: 'a.b' occurs more than once"),
        ('[{"a": 1}, 4]', "s.json: object 2: this is a number, not an object"),
        ('[{"a": [{"b": 1}]}]', "s.json: object 1: 'a' holds more than one value"),
        ('[{"a": "\\ud800"}]', "s.json: object 1: 'a' holds half of a character"),
        (b"\xff[]", "s.json: the file is not UTF-8 text"),
    ],
)
def test_what_is_no_table_says_why(content: str | bytes, expected: str, write: Write) -> None:
    assert wrong(write("s.json", content))[0].startswith(expected)


def test_a_name_may_lie_about_lines(write: Write) -> None:
    lines = read(write("s.json", '{"A1": 4}\n{"A1": 5}\n'))
    assert cells(lines) == [["A1"], ["4"], ["5"]]
    assert lines.remarks[0].endswith("s.json: one JSON object a line, so it is read as JSON Lines")
    array = read_lines(write("s.jsonl", '[\n{"A1": 4},\n{"A1": 5}]\n'))
    assert cells(array) == [["A1"], ["4"], ["5"]]
    assert array.remarks[0].endswith("s.jsonl: the file is one JSON array, and read as one")


def test_every_line_that_is_no_object_is_told(write: Write) -> None:
    lines = ['{"a": 1}', "[1]", "{", "3", "null", '{"a": [[1]]}', '{"a": 1, "a": 2}', "", '{"a": "\\u0000"}']
    assert wrong(write("s.jsonl", "\n".join(lines)), read_lines) == [
        f"s.jsonl, line {line}; write one JSON object of plain values a line"
        for line in (
            "2: this is an array, not an object",
            "3: this is not JSON",
            "4: this is a number, not an object",
            "5: this is null, not an object",
            "6: 'a' holds more than one value",
            "7: 'a' occurs more than once",
            "9: 'a' holds a NUL character",
        )
    ]


def test_rows_of_json_lines_are_numbered_by_line(write: Write) -> None:
    assert list(read_lines(write("s.jsonl", '\n{"a": 1}\n\n{"a": 2}')).rows) == [0, 2, 4]


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", "the file is empty"), (b"\xff{}", "the file is not UTF-8 text")]
)
def test_lines_without_an_object_are_a_fault(content: bytes, expected: str, write: Write) -> None:
    with pytest.raises(ResponseError, match=expected):
        read_lines(write("s.jsonl", content))


def test_a_mark_at_the_beginning_is_no_part_of_it(write: Write) -> None:
    assert cells(read_lines(write("s.jsonl", '\ufeff{"a": 1}\n'))) == [["a"], ["1"]]


@given(content=st.binary(max_size=200) | st.text(st.sampled_from('{}[]",:a1 \n')).map(str.encode), lines=st.booleans())
def test_no_bytes_do_worse_than_a_fault(content: bytes, lines: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "s.json"
    path.write_bytes(content)
    try:
        assert (read_lines if lines else read)(path).cells.width
    except ResponseError as error:
        assert error.faults
