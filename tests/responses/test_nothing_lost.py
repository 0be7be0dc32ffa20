"""Respondents and interviews that once went missing without a word."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readiness.demo.writing import write_demo
from readiness.faults import ResponseError
from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.pipeline import gather
from readiness.responses.files import is_journal, read_survey

FRAMEWORK = load(catalogue.find(catalogue.DEFAULT))
ITEM = next(iter(FRAMEWORK.items))


def test_long_numbers_are_ids_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(f'{{"respondent": {12345678900 + n}.0, "{ITEM}": 4}}\n' for n in range(3)))
    assert read_survey(FRAMEWORK, [path]).read == 3


def test_half_a_character_is_a_fault_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(f'{{"respondent": "a", "{ITEM}": 4}}\n{{"respondent": "\\ud800", "{ITEM}": 4}}\n')
    with pytest.raises(ResponseError, match=r"line 2.*half of a character"):
        read_survey(FRAMEWORK, [path])


def test_the_word_journal_makes_no_journal(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text(f'{{"respondent": "a", "unit": "journal", "{ITEM}": 4}}\n')
    assert not is_journal(path)


@pytest.mark.parametrize("place", ["surveys/executive.jsonl", "interviews/executive.JSONL"])
def test_a_journal_counts_wherever_it_lies_in_an_engagement(tmp_path: Path, place: str) -> None:
    folder = write_demo(tmp_path / "demo")
    shutil.move(folder / "interviews" / "executive.jsonl", folder / place)
    interviews = gather([folder]).interviews
    assert interviews is not None
    assert interviews.read == 2
