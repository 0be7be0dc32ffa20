"""YAML is read as YAML 1.2, with the line of everything, and refused where it could do harm."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.nodes import Mapping, Scalar, Sequence, plain
from readiness.framework.source import Limits, parse, read


def value(text: str) -> object:
    document = parse(f"key: {text}\n", "a.yaml")
    assert document.faults == ()
    read = plain(document.root)
    assert isinstance(read, dict)
    return read["key"]


def faults(data: str | bytes, limits: Limits | None = None) -> list[str]:
    return [str(fault) for fault in parse(data, "a.yaml", limits or Limits()).faults]


@pytest.mark.parametrize(
    "word", ["No", "Yes", "On", "off", "y", "N", "1:30", "2010-01-01", "0b1", "1_000", "=", "1.2.3"]
)
def test_what_yaml_1_1_read_as_something_else_is_text(word: str) -> None:
    assert value(word) == word


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("true", True), ("False", False), ("null", None), ("~", None), ("", None)),
        *(("012", 12), ("-3", -3), ("+4", 4), ("0o17", 15), ("0x1F", 31), ("1.0", 1.0), (".5", 0.5), ("1e3", 1000.0)),
        *(("-.inf", -math.inf), ("'true'", "true"), ('"1"', "1"), ("''", ""), ("9" * 40, float("9" * 40))),
    ],
)
def test_plain_scalars_mean_what_yaml_1_2_says(written: str, meant: object) -> None:
    assert value(written) == meant
    assert type(value(written)) is type(meant)


def test_not_a_number_is_read_as_one() -> None:
    read = value(".nan")
    assert isinstance(read, float)
    assert math.isnan(read)


def test_every_key_and_value_has_its_line() -> None:
    root = parse("a: 1\n\nb:\n  - x\n  - y\n", "a.yaml").root
    assert isinstance(root, Mapping)
    assert root.lines == {"a": 1, "b": 3}
    parts = root.entries["b"]
    assert isinstance(parts, Sequence)
    assert [part.line for part in parts.parts] == [4, 5]


def test_keys_are_text_whatever_they_look_like() -> None:
    root = parse("No: 1\n2: 2\ntrue: 3\n", "a.yaml").root
    assert isinstance(root, Mapping)
    assert list(root) == ["No", "2", "true"]


def test_a_byte_order_mark_is_no_content() -> None:
    assert plain(parse(b"\xef\xbb\xbfa: 1\n", "a.yaml").root) == {"a": 1}


def test_quotes_are_remembered() -> None:
    root = parse("'1'", "a.yaml").root
    assert isinstance(root, Scalar)
    assert (root.value, root.quoted) == ("1", True)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' is there twice, first on line 1"),
        ("a: &x 1\n", 1, "anchor '&x'"),
        ("a: 1\nb: *x\n", 2, "alias '*x'"),
        ("*x : 1\n", 1, "alias '*x'"),
        ("a:\n  <<: {b: 1}\n", 2, "merge key '<<'"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "tag 'tag:yaml.org,2002:python/object/apply:os.system'"),
        ("a: !!str 1\n", 1, "tag 'tag:yaml.org,2002:str'"),
        ("a: 1\n---\nb: 2\n", 2, "a second document ('---')"),
        ("a: 1\n? [b]\n: 2\n", 2, "a list or mapping stands as a key"),
        ("a: 1\n? \n: 2\n", 2, "an empty key"),
        ('a: "\\e[2J"\n', 1, "a text holds the control character U+001B"),
        ("# nothing\n", None, "is empty"),
        ("a: 1\nb:\n\t- c\n", 3, "not YAML: found character that cannot start any token"),
        ("a: 1\nb: c: d\n", 2, "not YAML: mapping values are not allowed in this context"),
        ('a: 1\nb: "c\nd: 1\n', 2, "not YAML: found unexpected end of stream"),
        ("a: 1\nb: [c, d\ne: 1\n", 3, "not YAML: did not find expected ',' or ']'"),
    ],
)
def test_what_is_refused_is_named_with_its_line(text: str, line: int | None, said: str) -> None:
    first = parse(text, "a.yaml").faults[0]
    assert (first.line, first.what) == (line, said)
    assert first.mend


@pytest.mark.parametrize(
    ("text", "line", "mend"),
    [
        ("a: 1\nb: {text: I post on Thursdays: otherwise not}\n", 2, "put quotes round the whole text"),
        ('b: {text: "Thursdays": otherwise not}\n', 1, "put quotes round the whole text"),
        ("b: [Voilà, le jour : jeudi : vendredi]\n", 1, "put quotes round the whole text"),
        (
            "b: {c: d\ne: 1\n",
            2,
            "close the bracket of line 1, or put quotes round a text that holds a colon",
        ),
        ("b: {c: d [e]}\n", 1, "close the bracket, or put quotes round a text that holds a comma or bracket"),
        (
            "b:\n  en: | Five people decide.\n",
            2,
            "begin the text on the next line, indented, or write it without | or >",
        ),
    ],
)
def test_what_yaml_takes_for_its_own_in_a_text_is_named(text: str, line: int, mend: str) -> None:
    (fault,) = parse(text, "a.yaml").faults
    assert (fault.line, fault.mend) == (line, mend)


@given(st.text(alphabet="ab:,{}[]|> '\n\u2028\x85é", max_size=40))
def test_a_text_in_brackets_is_read_or_refused(words: str) -> None:
    assert all(str(fault) for fault in parse(f"a: {{text: {words}}}\n", "a.yaml").faults)


def test_what_is_refused_does_not_hide_what_follows() -> None:
    assert len(faults("a: &x 1\nb: *x\nc: !t 1\nd: 1\nd: 2\n")) == 4


def test_the_first_of_two_equal_keys_is_kept() -> None:
    assert plain(parse("a: 1\na: 2\n", "a.yaml").root) == {"a": 1}


DOUBLING = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
MERGING = "x0: &x0 {k: 1}\n" + "".join(f"x{n}: &x{n}\n  <<: [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 20))
HOSTILE = {
    "billion laughs": DOUBLING,
    "merge bomb": MERGING,
    "anchor on itself": "a: &a [*a]\n",
    "open brackets": "[" * 200_000,
    "closed brackets": "[" * 100_000 + "]" * 100_000,
    "open braces": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "deep indentation": "".join(" " * depth + "a:\n" for depth in range(3_000)),
    "python tag": "!!python/object/apply:os.system ['true']",
    "ten megabytes": "a: " + "x" * 10_000_000,
    "many values": "- a\n" * 900_000,
    "many keys": "".join(f"k{number}: 1\n" for number in range(300_000)),
    "many refusals": "- *a\n" * 300_000,
    "binary": bytes(range(256)) * 100,
    "nulls": b"a: \x00\x00",
    "utf-16": "a: 1\n".encode("utf-16"),
    "utf-16 without a mark": "a: 1\n".encode("utf-16-le"),
    "latin-1": "a: é\n".encode("latin-1"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused(name: str) -> None:
    document = parse(HOSTILE[name], "a.yaml")
    assert document.faults
    assert all(fault.mend for fault in document.faults)


def test_limits_hold_for_size_values_and_depth() -> None:
    assert "more than 40 levels deep" in faults("[" * 41 + "]" * 41)[0]
    assert faults("[" * 40 + "]" * 40) == []
    assert "more than 3 values" in faults("[a, b, c]", Limits(nodes=3))[0]
    assert "more than 4 MB" in faults("a" * 4_000_001)[0]


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    assert "there is no such file" in str(read(tmp_path / "none.yaml").faults[0])
    assert "is not a file" in str(read(tmp_path).faults[0])
    assert "is not a file" in str(read(Path("/dev/zero")).faults[0])


def test_only_the_bound_is_read_of_a_huge_file(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as stream:
        stream.truncate(5_000_000_000)
    assert "more than 4 MB" in str(read(huge).faults[0])
