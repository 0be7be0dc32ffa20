"""Journals become rows like any other, and nobody's interview is scored with another framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.faults import ResponseError
from readiness.framework.models import Framework
from readiness.interview.journal import create
from readiness.responses.coding import DK, MISSING, NA
from readiness.responses.interviews import read_interviews
from readiness.responses.journal import Event, Header, Value


def held(path: Path, answers: dict[str, Value], framework: str = "small", respondent: str = "r") -> Path:
    header = Header(framework=framework, version="1", respondent=respondent, context={"role": "manager"}, language="fr")
    with create(path, header) as writer:
        for item, value in answers.items():
            writer.append(Event("answer", item=item, source="interviewee", value=value))
    return path


def test_a_journal_is_a_row_in_which_every_item_has_a_column(framework: Framework, tmp_path: Path) -> None:
    journal = held(tmp_path / "j.jsonl", {"A1": 3.5, "N1": "dk", "unit": "U"})
    read = read_interviews(framework, [journal]).said
    row = read.frame.select("respondent", "role", "unit", "A1", "A2", "N1").collect().row(0)
    assert row == ("r", "manager", "U", 2, MISSING, DK)
    assert read.items == {"A1", "A2", "N1"}


def test_the_last_answer_counts_and_null_takes_it_back(framework: Framework, tmp_path: Path) -> None:
    journal = held(tmp_path / "j.jsonl", {"A1": 1, "A2": "na"})
    from readiness.interview.journal import resume

    writer, _ = resume(journal)
    with writer:
        writer.append(Event("answer", item="A1", source="interviewee", value=2))
        writer.append(Event("answer", item="A2", source="interviewee", value=None))
        writer.append(Event("answer", item="N1", source="interviewee", value="na"))
    assert read_interviews(framework, [journal]).said.frame.select("A1", "A2", "N1").collect().row(0) == (
        1,
        MISSING,
        NA,
    )


def test_a_torn_journal_is_read_up_to_there(framework: Framework, tmp_path: Path) -> None:
    journal = held(tmp_path / "j.jsonl", {"A1": 1, "A2": 1})
    journal.write_bytes(journal.read_bytes()[:-20])
    assert read_interviews(framework, [journal]).said.frame.select("A1", "A2").collect().row(0) == (0, MISSING)


def test_a_damaged_line_is_told_and_left_out(framework: Framework, tmp_path: Path) -> None:
    journal = held(tmp_path / "j.jsonl", {"A1": 1, "A2": 1})
    journal.write_text(journal.read_text().replace('"item":"A1"', '"item":"A9"'))
    read = read_interviews(framework, [journal]).said
    assert read.frame.select("A1", "A2").collect().row(0) == (MISSING, 0)
    assert any("j.jsonl" in remark and "line 2" in remark for remark in read.remarks)


def test_answers_to_questions_that_the_framework_does_not_have_are_told(framework: Framework, tmp_path: Path) -> None:
    journal = held(tmp_path / "j.jsonl", {"A1": 1, "Z8": 2, "Z9": "dk", "unit": "U"})
    (remark,) = read_interviews(framework, [journal]).said.remarks
    assert "j.jsonl: answers to Z8, Z9 are left out: small has no such question" in remark


def test_every_journal_of_another_framework_is_told(framework: Framework, tmp_path: Path) -> None:
    journals = [held(tmp_path / f"{n}.jsonl", {}, framework=f) for n, f in enumerate(["other", "small", "third"])]
    with pytest.raises(ResponseError) as raised:
        read_interviews(framework, journals)
    assert [fault.what for fault in raised.value.faults] == [
        "this interview was held with the framework 'other', not 'small'",
        "this interview was held with the framework 'third', not 'small'",
    ]


def test_two_interviews_under_one_pseudonym_are_set_aside(framework: Framework, tmp_path: Path) -> None:
    journals = [held(tmp_path / f"{n}.jsonl", {"A1": n}) for n in (1, 2)]
    assert read_interviews(framework, journals).said.set_aside == ("r",)


def test_journals_may_come_in_any_order(framework: Framework, tmp_path: Path) -> None:
    journals = [held(tmp_path / f"{n}.jsonl", {"A1": n}, respondent=f"r{n}") for n in (1, 2)]
    one, other = (read_interviews(framework, some).said.frame.collect() for some in (journals, journals[::-1]))
    assert one.sort("respondent").equals(other.sort("respondent"))
