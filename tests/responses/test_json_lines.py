"""JSON Lines: one object of plain values a line, or a fault that names the line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.json_lines import read

Write = Callable[[str, str | bytes], Path]
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
)
KEYS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(rows=st.lists(st.dictionaries(KEYS, PLAIN), min_size=1, max_size=5), escaped=st.booleans())
def test_objects_are_read_back(
    rows: list[dict[str, object]], escaped: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("json") / "s.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=escaped) for row in rows), encoding="utf-8")
    assert read(path) == rows


def test_every_line_that_is_none_is_told(write: Write) -> None:
    lines = ['{"a": 1}', "[1]", "{", "3", "null", '{"a": [1]}', '{"a": {}}', '{"a": 1, "a": 2}', "", '{"a": "\\u0000"}']
    with pytest.raises(ResponseError) as raised:
        read(write("s.jsonl", "\n".join(lines)))
    assert [(fault.line, fault.what) for fault in raised.value.faults] == [
        (2, "this is an array, not an object"),
        (3, "this is not JSON"),
        (4, "this is a number, not an object"),
        (5, "this is null, not an object"),
        (6, "'a' holds more than one value"),
        (7, "'a' holds more than one value"),
        (8, "'a' occurs more than once"),
        (10, "'a' holds a NUL character"),
    ]


@pytest.mark.parametrize(("content", "told"), [(b"", "the file is empty"), (b"\xff{}", "the file is not UTF-8 text")])
def test_a_file_without_an_object_is_a_fault(content: bytes, told: str, write: Write) -> None:
    with pytest.raises(ResponseError, match=told):
        read(write("s.jsonl", content))


def test_a_mark_at_the_beginning_is_no_part_of_it(write: Write) -> None:
    assert read(write("s.jsonl", '\ufeff{"a": 1}\n')) == [{"a": 1}]


@given(content=st.binary(max_size=200))
def test_no_bytes_do_worse_than_a_fault(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "s.jsonl"
    path.write_bytes(content)
    try:
        assert read(path)
    except ResponseError as error:
        assert error.faults
