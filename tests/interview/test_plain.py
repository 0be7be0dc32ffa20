"""The plain interview's other commands: to undo, to find, to review, to rate, and to ask what settles most."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from readiness.interview.opening import Arrangement
from readiness.interview.order import Order
from readiness.interview.session import run_plain
from readiness.responses.engagement import read_engagement
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, read_journal
from tests.interview.piped import Sitting
from tests.interview.storied import storied

EMPLOYEE, MANAGER = {"role": "employee"}, {"role": "manager"}
ADAPTIVE = Order(adaptive=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_the_last_answer_is_undone_wherever_one_is(path: Path) -> None:
    sitting = Sitting(path, "4", "2", "u", "5", context=EMPLOYEE)
    assert sitting.journal.answers == {"W1": 4, "W2": 5}
    assert "Undone: " in sitting.replies[3]
    assert "Help came in" in sitting.replies[3]


def test_where_there_is_nothing_to_undo_it_is_said(path: Path) -> None:
    assert "There is nothing to undo." in Sitting(path, "u", context=EMPLOYEE).said


def test_an_earlier_sitting_is_undone_too(path: Path) -> None:
    Sitting(path, "4", "2", "q", context=EMPLOYEE)
    assert Sitting(path, "u", "u", "q").journal.answers == {}


def test_a_question_is_found_and_gone_to(path: Path) -> None:
    sitting = Sitting(path, "/ mails", "g m1", "3", context=EMPLOYEE)
    assert "M1  Mails a day" in sitting.replies[1]
    assert "g and an id goes to that question." in sitting.replies[1]
    assert "Mails a day" in sitting.replies[2]
    assert sitting.journal.answers == {"M1": 3}


def test_what_is_found_nowhere_is_said_and_the_question_not_asked_again(path: Path) -> None:
    sitting = Sitting(path, "/nowhere", context=EMPLOYEE)
    assert sitting.replies[1].strip() == "No question contains these words."


def test_a_question_that_is_on_screen_already_is_shown_when_it_is_gone_to(path: Path) -> None:
    assert Sitting(path, "g W1", context=EMPLOYEE).said.count("I helped another unit.") == 2


def test_a_review_tells_what_is_open_and_odd_and_shows_the_question_again(path: Path) -> None:
    sitting = Sitting(path, "1", "dk", "r", "e 5 three mails a day", context=EMPLOYEE)
    review = sitting.replies[3]
    assert "Not answered yet: 1\n  M1  Mails a day" in review
    assert "Answered “don’t know”: 1\n  W3  I found help." in review
    assert review.endswith("dk Don't know, na Not applicable\n")


def test_a_rating_is_kept_apart_from_the_answer_and_shown_at_its_question(path: Path) -> None:
    sitting = Sitting(path, "e 5 minutes of 3 May", "2", "b", "e -", "q", context=EMPLOYEE)
    assert "Rating kept: 5 Always" in sitting.replies[1]
    assert "Rated from evidence: 5 Always." in sitting.replies[3]
    assert "Rating taken back." in sitting.replies[4]
    assert (sitting.journal.ratings, sitting.journal.answers) == ({}, {"W1": 2})
    assert sitting.journal.evidence == {"W1": ("minutes of 3 May",)}


def test_what_cannot_be_rated_is_said(path: Path) -> None:
    sitting = Sitting(path, "e 2 seen", "e 9 seen", "2")
    assert sitting.said.count("To rate, type e, an option, and what you saw;") == 2
    assert sitting.journal.answers == {"role": "manager"}


def test_how_sure_an_answer_is_is_kept_and_shown(path: Path) -> None:
    sitting = Sitting(path, "c low", "2", "b", "c low", "", "b", context=EMPLOYEE)
    assert sitting.replies[1] == "Confidence goes with an answer from the scale; there is none here.\n"
    assert "Confidence: low." in sitting.replies[4]
    assert "Answer: 2 Rarely. Enter keeps it.\nConfidence: low." in sitting.replies[6]
    assert sitting.journal.contents.confidence == {("W1", INTERVIEWEE): "low"}


def test_an_interview_goes_on_in_another_language(path: Path) -> None:
    sitting = Sitting(path, "l fr", "c low", "souvent", "l de", context=EMPLOYEE)
    assert "J'ai aidé un autre service." in sitting.replies[1]
    assert "L'aide est venue." in sitting.replies[3]
    assert (sitting.journal.language, sitting.journal.answers) == ("fr", {"W1": 4})


def test_help_tells_every_command(path: Path) -> None:
    said = Sitting(path, "?", context=EMPLOYEE).replies[1]
    for command in ("b back", "s skip", "u undoes", "r reviews", "o changes", "/words finds", "g ID goes"):
        assert command in said
    for command in ("c low", "e 4 what you saw", "l and a language changes to it: en, fr."):
        assert command in said


def test_in_adaptive_order_every_question_says_what_it_is_asked_for(path: Path) -> None:
    sitting = Sitting(path, "1", "0", framework=storied(), context=MANAGER, order=ADAPTIVE)
    assert "Could settle: “Deadlock”, “Drift”.\n1 of 4\nP\n" in sitting.replies[0]
    assert "Could settle: “Deadlock”.\n2 of 4\nH\n" in sitting.replies[1]
    assert sitting.journal.finished


def test_at_the_end_it_is_said_what_was_saved_and_the_rest_can_be_asked(path: Path) -> None:
    sitting = Sitting(path, "0", "q", framework=storied(), context=EMPLOYEE, order=ADAPTIVE)
    assert sitting.journal.finished
    again = Sitting(path, "o", "1", "q", framework=storied(), order=ADAPTIVE)
    assert "No further question would change a verdict. Questions not needed: 2." in again.replies[0]
    assert "Not asked of this role: “Drift”." in again.replies[0]
    assert "In the questionnaires’ order from now on." in again.replies[1]
    assert "Could settle" not in again.replies[1]
    assert again.journal.answers == {"P": 0, "H": 1}
    assert not again.journal.finished


def test_what_was_not_known_is_said_to_have_left_something_open(path: Path) -> None:
    Sitting(path, "dk", "0", "1", framework=storied(), context=MANAGER, order=ADAPTIVE)
    again = Sitting(path, framework=storied(), order=ADAPTIVE)
    assert "Still open, because answers are missing: “Deadlock”." in again.replies[0]


def test_the_order_may_be_changed_at_any_question(path: Path) -> None:
    sitting = Sitting(path, "o", "1", "o", "0", framework=storied(), context=MANAGER)
    assert "Adaptive order from now on." in sitting.replies[1]
    assert "Could settle: “Deadlock”, “Drift”." in sitting.replies[1]
    assert "In the questionnaires’ order from now on." in sitting.replies[3]
    assert "Could settle" not in sitting.replies[4]
    assert sitting.journal.answers == {"P": 1, "H": 0}


def test_an_order_that_cannot_be_had_is_said_and_the_interview_goes_on(path: Path, tmp_path: Path) -> None:
    (tmp_path / "engagement.yaml").write_text("client: A\nlanguages: [en]\nfacts: {nothing: 3}\n", encoding="utf-8")
    order = Order(engagement=read_engagement(tmp_path))
    sitting = Sitting(path, "1", "o", "0", framework=storied(), context=MANAGER, order=order)
    assert "'nothing' is no fact about the organisation" in sitting.replies[2]
    assert "In the questionnaires’ order from now on." in sitting.replies[2]
    assert sitting.journal.answers == {"P": 1, "H": 0}
    assert sitting.code == 0


def test_back_leads_to_the_question_asked_before_in_whatever_order(path: Path) -> None:
    sitting = Sitting(path, "g O", "1", "1", "b", "b", "q", framework=storied(), context=MANAGER, order=ADAPTIVE)
    shown = [next(id_ for id_ in "POH" if f"\n{id_}\n" in reply) for reply in sitting.replies[1:6]]
    assert shown == ["O", "P", "H", "P", "O"]


@pytest.mark.parametrize("order", [Order(), ADAPTIVE])
def test_whatever_is_said_only_a_prompt_looks_like_one(path: Path, order: Order) -> None:
    entries = [
        "?",
        "r",
        "o",
        "o",
        "/ > ",
        "/P",
        "e 1 a > b",
        "+ > ",
        "1",
        "c low",
        "b",
        "c high",
        "u",
        "u",
        "u",
        "l fr",
    ]
    sitting = Sitting(path, *entries, framework=storied(), context=MANAGER, order=order)
    assert sitting.prompts == len(entries) + 1  # and one at which the input ends
    assert all(line.endswith("> ") or "> " not in line for line in sitting.said.split("\n"))


def test_a_rating_can_be_undone_as_an_answer_can(path: Path) -> None:
    sitting = Sitting(path, "e 1 seen", "u", "1", "u", framework=storied(), context=MANAGER)
    assert (sitting.journal.ratings, sitting.journal.answers) == ({}, {})
    assert (EVIDENCE, True) in {(event.source, event.undo) for event in sitting.journal.events}


def test_an_answer_is_on_disk_before_the_next_question_is_worked_out(path: Path) -> None:
    """A process killed while the engine thinks has lost nothing."""
    kept: list[dict[str, object]] = []

    class Screen(io.StringIO):
        def write(self, text: str) -> int:
            if text == "> ":
                kept.append(dict(read_journal(path).answers))
            return super().write(text)

    arranged = Arrangement(storied(), path, MANAGER, order=ADAPTIVE)
    run_plain(arranged, stdin=io.StringIO("1\n0\n"), stdout=Screen(), stderr=io.StringIO())
    assert kept == [{}, {"P": 1}]
