"""Bad input of every kind: where it is, what was found, how to mend it; exit code 1, and nothing lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import run

BAD_FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("s.csv", b"", "s.csv: the file is empty; export the responses again"),
    "only white space": ("s.csv", b"\n \n\n", "s.csv: the file is empty; export the responses again"),
    "only a mark": ("s.csv", b"\xef\xbb\xbf", "s.csv: the file is empty"),
    "a header and nothing else": ("s.csv", b"respondent,CUL11\n", "s.csv: the file has a header and no responses"),
    "an empty first line": ("s.csv", b"\nrespondent,CUL11\nr1,2\n", "s.csv, line 1: the first line is empty"),
    "NUL bytes": ("s.csv", b"respondent,CUL11\nr1,\0\n", "s.csv: the file has NUL bytes, so it is no text"),
    "NUL in UTF-16": ("s.csv", "CUL11\n1\0".encode("utf-16"), "s.csv: the file has NUL bytes, so it is no text"),
    "an image": ("s.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, "s.csv: this is a picture"),
    "a spreadsheet": ("s.xlsx", b"PK\3\4", "s.xlsx: the workbook is damaged; open it, save it again"),
    "no suffix": ("survey", b"CUL11\n1\n", "survey: no reader is for files without a suffix; use .csv"),
    "no column of an item": (
        "s.csv",
        b"id,a,b,c,d,e\n1,2,3,4,5,6\n",
        "line 1: no column is an item of enterprise-2.0: found 'id', 'a', 'b', 'c', 'd' …; name the columns by item",
    ),
    "a column twice": (
        "s.csv",
        b"CUL11,CUL12,CUL11\n1,2,3\n",
        "line 1: column 'CUL11' occurs more than once; keep one",
    ),
    "a column twice in another case": ("s.csv", b"CUL11,cul11\n1,2\n", "line 1: columns 'CUL11', 'cul11' differ in"),
    "lines too long": (
        "s.csv",
        b"respondent,CUL11\n" + b"r,1\n" * 500 + b"r1,2,3\nr2,2\nr3,3,4,5\n",
        "s.csv, line 502: 3 cells where the header has 2; check quotes and delimiters in this line",
    ),
    "a quote never closed": (
        "s.csv",
        b'respondent,CUL11\nr1,2\nr2,"3\nr3,4\n',
        "s.csv, line 3: a quoted cell is never closed; check the quotes from this line on",
    ),
    "a quote never closed in the header": (
        "s.csv",
        b'respondent,"CUL11\n' + b"r1,2\n" * 60_000,
        "s.csv, line 1: the header cannot be read: a quoted cell is never closed; check the quotes in this line",
    ),
    "JSON Lines empty": ("s.jsonl", b"\n\n", "s.jsonl: the file is empty"),
    "JSON Lines truncated": (
        "s.jsonl",
        b'{"CUL11": 1}\n{"CUL11": ',
        "s.jsonl, line 2: this is not JSON; write one JSON",
    ),
    "JSON Lines nested": ("s.jsonl", b'{"CUL11": {"a": 1}}\n', "no column is an item of enterprise-2.0: found 'CUL11"),
    "JSON Lines of lists": ("s.jsonl", b"[1, 2]\n", "line 1: this is an array, not an object; write one JSON object"),
    "JSON Lines of words": ("s.jsonl", b'"CUL11"\n3\nnull\n', "line 1: this is a text, not an object"),
    "JSON Lines of nothing": ("s.jsonl", b"{}\n", "s.jsonl: the objects are empty"),
    "JSON Lines nested deep": ("s.jsonl", b"[" * 100_000, "s.jsonl, line 1: this is not JSON"),
    "JSON Lines with a huge number": ("s.jsonl", b'{"CUL11": ' + b"9" * 10_000 + b"}", "line 1: this is not JSON"),
    "JSON Lines with a key twice": ("s.jsonl", b'{"CUL11": 1, "CUL11": 5}\n', "line 1: 'CUL11' occurs more than once"),
    "JSON Lines with NUL": ("s.jsonl", b'{"CUL11": "\\u0000no column"}\n', "line 1: 'CUL11' holds a NUL character"),
    "JSON Lines in Latin-1": (
        "s.jsonl",
        b'{"CUL11": "\xe9"}\n',
        "s.jsonl: the file is not UTF-8 text; write it as UTF-8",
    ),
    "a journal with nothing sound in it": ("s.jsonl", b'{"journal": 1}\n', "s.jsonl"),
    "a journal of another framework": (
        "s.jsonl",
        b'{"journal":1,"framework":{"id":"other","version":"1"},"respondent":"r","context":{},"lang":"en","crc":"0"}\n',
        "s.jsonl",
    ),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_cannot_be_read_says_where_and_how_to_mend_it(kind: str, tmp_path: Path) -> None:
    name, content, told = BAD_FILES[kind]
    (tmp_path / name).write_bytes(content)
    ran = run("score", name, "--result", "result.json", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert name in ran.err
    assert len(ran.err) < 4000
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == content


def test_every_fault_of_every_file_is_listed(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("CUL11,CUL11\n1,2\n")
    (tmp_path / "b.csv").write_text("respondent,CUL11\n1,2,3\n1,2,3,4\n")
    (tmp_path / "c.jsonl").write_text('{"CUL11"\n[1]\n')
    ran = run("score", "a.csv", "b.csv", "c.jsonl", cwd=tmp_path)
    assert ran.code == 1
    places = [line.removeprefix("readiness: ").split(":")[0] for line in ran.err.splitlines()]
    assert places == [
        "a.csv, line 1",
        "b.csv, line 2",
        "b.csv, line 3",
        "c.jsonl, line 1",
        "c.jsonl, line 2",
        "5 faults",
    ]


def test_every_missing_file_is_listed_with_the_nearest(survey: Path, tmp_path: Path) -> None:
    ran = run("score", "surveys.csv", "none/at/all.csv", cwd=tmp_path)
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "readiness: surveys.csv: there is no such file; did you mean survey.csv?",
        "readiness: none/at/all.csv: there is no such file; check the path",
        "readiness: 2 faults",
    ]


def test_a_folder_that_is_no_engagement_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    ran = run("score", "folder", cwd=tmp_path)
    assert ran.code == 1
    assert "folder: this is a folder without engagement.yaml; name the files in it" in ran.err


def test_a_cell_of_millions_of_characters_is_listed_shortly(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(f"respondent,CUL11,CUL12\nr1,{'9' * 3_000_000},3\nr2,3,4\n")
    ran = run("score", "s.csv", cwd=tmp_path)
    assert ran.code == 0
    assert f"'{'9' * 60}…' is not one of" in ran.err
    assert len(ran.err) < 500


def test_many_unreadable_cells_are_counted_and_the_first_listed(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("respondent,CUL11\n" + "".join(f"r{n},oops\n" for n in range(500)))
    ran = run("score", "s.csv", cwd=tmp_path)
    assert ran.code == 0
    assert "500 cell(s) could not be read and count as missing; --rejects FILE.csv lists them all" in ran.err
    assert len(ran.err.splitlines()) < 30


@pytest.mark.parametrize(("unreadable", "code"), [("survey.csv", 1), ("reports", 1)])
def test_what_may_not_be_written_is_said_and_nothing_is_harmed(
    unreadable: str, code: int, survey: Path, tmp_path: Path
) -> None:
    # A file where a folder would have to be: refused whoever asks, which file permissions are not for root.
    (tmp_path / "reports").write_text("in the way")
    for arguments in (
        ["score", survey, "--result", f"{unreadable}/r.json"],
        ["report", survey, "--out", f"{unreadable}/r.md"],
    ):
        before = {path: path.read_bytes() for path in tmp_path.iterdir()}
        ran = run(*arguments, cwd=tmp_path)
        assert (ran.code, ran.out) == (code, "")
        assert f"{unreadable}/r." in ran.err
        assert "cannot be written (" in ran.err
        assert "name another file" in ran.err
        assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_folder_is_not_overwritten_by_a_result(survey: Path, tmp_path: Path) -> None:
    (tmp_path / "r.json").mkdir()
    ran = run("score", survey, "--result", "r.json", cwd=tmp_path)
    assert ran.code == 1
    assert "r.json: cannot be written (" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["r.json", "survey.csv"]


def test_a_result_is_json_or_wrong_usage(survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, "--result", "r.docx", cwd=tmp_path)
    assert ran.code == 2
    assert "--result r.docx: a result is written as .json, .csv, .xlsx, .parquet or .jsonl; name such a file" in ran.err


@pytest.mark.parametrize("command", [["score", "survey.csv"], ["report", "survey.csv", "--out", "r.html"]])
@pytest.mark.parametrize(
    ("framework", "told"),
    [
        ("enterprise2.0", "did you mean 'enterprise-2.0'?"),
        ("nothing-like-it", "no framework has this id, and there is no such folder; name a folder, or use one of"),
        (".", ".: the folder has no framework.yaml; name another folder"),
    ],
)
def test_an_unknown_framework_says_which_there_are(
    framework: str, told: str, command: list[str], survey: Path, tmp_path: Path
) -> None:
    ran = run(*command, "--framework", framework, cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err


LANGUAGES = [
    ["score", "survey.csv", "--result", "r.json"],
    ["report", "survey.csv", "--out", "r.html"],
    ["report", "result.json", "--out", "r.md"],
    ["frameworks"],
    ["interview", "journal.jsonl", "--plain"],
]


@pytest.mark.parametrize("command", LANGUAGES, ids=lambda words: " ".join(words[:2]))
def test_an_unknown_language_is_wrong_usage_and_names_those_there_are(
    command: list[str], survey: Path, tmp_path: Path
) -> None:
    if "result.json" in command:
        assert run("score", survey, "--result", "result.json", cwd=tmp_path).code == 0
    before = sorted(tmp_path.iterdir())
    ran = run(*command, "--lang", "tlh", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "tlh" in ran.err
    assert "en, fr" in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_a_regional_language_is_the_language(survey: Path, tmp_path: Path) -> None:
    french = run("score", survey, "--lang", "fr", cwd=tmp_path).out
    assert french != run("score", survey, "--lang", "en", cwd=tmp_path).out
    for tag in ("fr-CA", "FR", "fr_BE"):
        assert run("score", survey, "--lang", tag, cwd=tmp_path).out == french


RESULTS: dict[str, tuple[bytes | None, str]] = {
    "missing": (None, "r.json: cannot be read (No such file or directory); check the path"),
    "empty": (b"", "r.json: this is no result of format 1: the file: Invalid JSON"),
    "truncated": (b'{"format": 1, "framework": {"id', "r.json: this is no result of format 1: the file: Invalid JSON"),
    "binary": (bytes(range(256)), "r.json: this is no result of format 1: the file: Invalid JSON"),
    "nested deep": (b"[" * 100_000, "r.json: this is no result of format 1: the file: Invalid JSON"),
    "something else": (b'{"name": "x"}', "r.json: this is no result of format 1: framework: Field required"),
    "a list": (b"[]", "r.json: this is no result of format 1: the file: "),
    "another format": (b'{"format": 2}', "r.json: this is no result of format 1: format: Input should be 1"),
}


@pytest.mark.parametrize("kind", RESULTS)
def test_a_result_that_is_none_is_refused(kind: str, tmp_path: Path) -> None:
    content, told = RESULTS[kind]
    if content is not None:
        (tmp_path / "r.json").write_bytes(content)
    ran = run("report", "r.json", "--out", "r.html", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert not (tmp_path / "r.html").exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "jsonl", "parquet"])
def test_of_results_only_a_json_is_read_back(kind: str, survey: Path, tmp_path: Path) -> None:
    assert run("score", survey, "--result", f"r.{kind}", cwd=tmp_path).code == 0
    for command in (["levers"], ["score"], ["report", "--out", "page.html"]):
        ran = run(*command, f"r.{kind}", cwd=tmp_path)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith(f"readiness: r.{kind}, line 1: this looks like a table of a result")
        assert "only a .json can be read back" in ran.err


def test_a_result_is_not_scored_again(survey: Path, tmp_path: Path) -> None:
    assert run("score", survey, "--by", "unit", "--result", "r.json", cwd=tmp_path).code == 0
    ran = run("score", "r.json", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "readiness: r.json: this is a result, not responses; `report`, `diagnose`, `levers` and `whatif` take it; "
        "here name what it was scored from\n"
    )


def test_a_result_with_a_hole_says_where_it_is(survey: Path, tmp_path: Path) -> None:
    whole = json.loads(run("score", survey, "--format", "json", cwd=tmp_path).out)
    del whole["overall"]["indicators"]["free_trust"]["bounds"]
    (tmp_path / "r.json").write_text(json.dumps(whole))
    ran = run("report", "r.json", "--out", "r.md", cwd=tmp_path)
    assert ran.code == 1
    assert "overall" in ran.err
    assert "indicators.free_trust" in ran.err
    assert "write it again with `readiness score --result`" in ran.err


@pytest.mark.parametrize("pair", [("--out", "--result"), ("--out", "--rejects"), ("--result", "--rejects")])
def test_two_options_never_write_one_file(pair: tuple[str, str], survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, pair[0], "x.csv", pair[1], "./x.csv", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"readiness: {pair[1]} x.csv: {pair[0]} is written to this file already; name another file\n"
    assert not (tmp_path / "x.csv").exists()


def test_a_link_to_itself_is_no_file_to_write(survey: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").symlink_to("x.csv")
    for command, option in (("score", "--out"), ("score", "--result"), ("score", "--rejects")):
        ran = run(command, survey, option, "x.csv", cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "this name leads to itself, or nowhere; name another file" in ran.err


def test_a_device_is_no_result(tmp_path: Path) -> None:
    (tmp_path / "r.json").symlink_to("/dev/zero")
    ran = run("report", "r.json", "--out", "r.html", cwd=tmp_path)
    assert ran.code == 1
    assert ran.err == "readiness: r.json: this is a device; name a file that `score --result` wrote\n"


def test_no_text_turns_round_what_stands_beside_it(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("respondent,CUL11,x\u202ey\nr1,4,\n", encoding="utf-8")
    assert "ignored columns: x\ufffdy\n" in run("score", "s.csv", cwd=tmp_path).err
