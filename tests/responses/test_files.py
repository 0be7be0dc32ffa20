"""Which reader a file needs, and what its columns are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.faults import ResponseError
from readiness.framework.models import Framework
from readiness.responses.files import is_journal, read_survey, sorted_by_mode

Write = Callable[[str, str | bytes], Path]
JOURNAL = '{"journal":1,"framework":{"id":"small","version":"1"}}\n'


def test_a_journal_is_known_by_its_first_line(write: Write) -> None:
    assert is_journal(write("j.jsonl", JOURNAL))
    assert not is_journal(write("s.jsonl", '{"A1": 1}\n{"note": "journal"}\n'))
    assert not is_journal(write("j.csv", JOURNAL))


def test_sources_are_sorted_by_mode_each_once(write: Write, tmp_path: Path) -> None:
    survey, journal = write("s.csv", "A1\n1\n"), write("j.jsonl", JOURNAL)
    sources = sorted_by_mode([journal, survey, survey, tmp_path / "." / "s.csv"])
    assert (sources.surveys, sources.interviews) == ((survey,), (journal,))


def test_every_source_that_cannot_be_is_told(tmp_path: Path, write: Write) -> None:
    page, xlsx = write("s.html", "<p>"), write("s.xlsx", b"PK")
    with pytest.raises(ResponseError) as raised:
        sorted_by_mode([tmp_path, page, tmp_path / "s.xls", tmp_path / "none.csv"])
    assert [fault.what for fault in raised.value.faults] == [
        "this is a folder without engagement.yaml",
        "this is a web page",
        "there is no such file",
        "there is no such file",
    ]
    assert raised.value.faults[2].mend == f"did you mean {xlsx}?"


def test_columns_are_matched_in_any_case_and_others_named_as_ignored(framework: Framework, write: Write) -> None:
    read = read_survey(framework, [write("s.csv", "Respondent,UNIT,a1,why,Stamp,\nr,U,1,because,x,\n")])
    assert (read.items, read.context) == ({"A1"}, {"unit"})
    assert read.ignored == ("Stamp", "(column 6 without a name)")


@pytest.mark.parametrize("name", ["s.csv", "S.CSV", "s.tsv", "s.txt"])
def test_a_reader_is_chosen_by_suffix(name: str, framework: Framework, write: Write) -> None:
    assert read_survey(framework, [write(name, "respondent\tA1\nr\t1\n")]).read == 1


def test_json_and_text_are_one_survey(framework: Framework, write: Write) -> None:
    read = read_survey(
        framework, [write("a.jsonl", '{"respondent": 1, "A1": 2}\n'), write("b.csv", "respondent,A1\n1,2\n")]
    )
    assert (read.read, read.rejected) == (1, 0)


def test_two_columns_for_one_item_are_a_fault(framework: Framework, write: Write) -> None:
    with pytest.raises(ResponseError, match="columns 'A1', 'a1' differ in upper and lower case alone"):
        read_survey(framework, [write("s.csv", "A1,a1\n1,2\n")])


def test_the_faults_of_all_files_are_told_together(framework: Framework, write: Write) -> None:
    with pytest.raises(ResponseError) as raised:
        read_survey(framework, [write("a.csv", "x\n1\n"), write("b.csv", "A1\n1\n"), write("c.jsonl", "[]\n")])
    assert [Path(fault.file).name for fault in raised.value.faults] == ["a.csv", "c.jsonl"]


def test_shorter_lines_are_told_whatever_the_file(framework: Framework, write: Write) -> None:
    read = read_survey(framework, [write("a.csv", "A1,A2\n1\n"), write("b.csv", "A1,A2\n1\n")])
    assert [Path(remark.split(",")[0]).name for remark in read.remarks] == ["a.csv", "b.csv"]
