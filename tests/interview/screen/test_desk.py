"""What keys do on the full screen, and what is drawn after them."""

import errno
import os
from pathlib import Path

import pytest

from readiness.interview.order import Order
from tests.interview.screen.sitting import Screen, sit
from tests.interview.small import build

FRAMEWORK = build()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_keys_answer_and_arrows_choose_and_a_click_does(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("2")
        assert screen.question == "I found help."
        await screen.press("down", "down", "enter")
        assert screen.question == "What must a newcomer never do?"
        await screen.press("escape", "b")
        assert screen.question == "I found help."
        await screen.click(4)

    assert sit(FRAMEWORK, path, steps).answers == {"W1": 2, "W3": 5}


def test_a_click_on_dont_know_is_dont_know(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.click(5)

    assert sit(FRAMEWORK, path, steps).answers == {"W1": "dk"}


def test_words_and_numbers_are_typed(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("1", "s")
        await screen.write("never wear a tie")
        await screen.press("enter")
        assert screen.question == "Mails a day"
        await screen.write("900")
        await screen.press("enter")
        assert screen.said == "A number from 0 to 500."
        await screen.press("backspace", "enter")

    journal = sit(FRAMEWORK, path, steps)
    assert journal.answers == {"W1": 1, "OPEN1": "never wear a tie", "M1": 90}
    assert journal.skipped == {"W3"}


def test_a_rating_from_evidence_is_kept_apart(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("e", "4")
        await screen.write("minutes of May")
        await screen.press("enter")
        assert "Rated from evidence: 4 Often." in screen.remarks
        assert "Evidence: minutes of May" in screen.remarks
        await screen.press("1")

    journal = sit(FRAMEWORK, path, steps)
    assert (journal.answers, journal.ratings) == ({"W1": 1}, {"W1": 4})
    assert journal.evidence == {"W1": ("minutes of May",)}


def test_a_rating_is_taken_back(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("e", "4", "enter", "e", "-")
        assert screen.remarks == ()

    assert sit(FRAMEWORK, path, steps).ratings == {}


def test_only_what_is_scored_is_rated(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("e")
        assert (screen.dialog, screen.said) == ("", "This question is not scored, so it cannot be rated.")

    sit(FRAMEWORK, path, steps, role=None)


def test_confidence_goes_round(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("c")
        assert screen.said == "Confidence goes with an answer from the scale; there is none here."
        await screen.press("4", "b", "c")
        assert screen.remarks == ("Confidence: low.",)
        await screen.press("c", "c")
        assert screen.remarks == ("Confidence: high.",)
        await screen.press("c")
        assert screen.remarks == ()
        await screen.press("c")

    assert sit(FRAMEWORK, path, steps).contents.confidence == {("W1", "interviewee"): "low"}


def test_undo_brings_back_what_was_there_wherever_it_was(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("4", "3", "u")
        assert screen.question.startswith("Help came in")
        await screen.press("u")
        assert screen.question == "I helped another unit."
        await screen.press("u")
        assert screen.said == "There is nothing to undo."

    assert sit(FRAMEWORK, path, steps).answers == {}


def test_a_question_is_found_by_words_of_it_in_either_language(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("/")
        await screen.write("courriels")
        await screen.press("enter")
        assert screen.question == "Mails a day"
        await screen.press("escape", "g")
        await screen.write("w1")
        await screen.press("enter")
        assert screen.question == "I helped another unit."

    sit(FRAMEWORK, path, steps)


def test_the_review_leads_to_what_is_open_and_finishes(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("1", "s", "escape", "s", "escape", "s")
        assert screen.dialog == ""
        await screen.press("1")
        assert screen.dialog == "ReviewDialog"
        await screen.press("down", "enter")
        assert screen.question == "I found help."
        await screen.press("4")
        assert screen.dialog == "ReviewDialog"
        await screen.press("enter")

    journal = sit(FRAMEWORK, path, steps)
    assert (journal.finished, journal.answers["W3"]) == (True, 4)


def test_escape_from_the_last_review_goes_back_to_the_last_question(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("1", "s", "escape", "s", "escape", "s", "1")
        assert screen.dialog == "ReviewDialog"
        await screen.press("escape")
        assert screen.question == "Why do you take part?"

    assert not sit(FRAMEWORK, path, steps).finished


def test_the_language_changes_everywhere_and_answers_stay(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("4", "l")
        assert screen.question == "L'aide est venue."
        assert "Petit bilan" in screen.head
        assert "Travail" in screen.outline
        await screen.ready()
        await screen.press("l")
        assert screen.question.startswith("Help came in")

    journal = sit(FRAMEWORK, path, steps)
    assert (journal.answers, journal.language) == ({"W1": 4}, "en")


def test_the_panel_narrows_with_every_answer(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        assert "0–100" in screen.panel
        before = screen.panel
        await screen.press("4")
        for _ in range(20):
            await screen.settled()
        assert screen.panel != before

    sit(FRAMEWORK, path, steps)


def test_a_prior_that_cannot_be_read_leaves_the_interview_in_order(path: Path, tmp_path: Path) -> None:
    prior = tmp_path / "prior.csv"
    prior.write_text("a,b\n1,2\n", encoding="utf-8")

    async def steps(screen: Screen) -> None:
        for _ in range(40):
            await screen.settled()
        assert "prior.csv" in screen.said
        assert "in order" in screen.head
        await screen.press("4")

    assert sit(FRAMEWORK, path, steps, order=Order(adaptive=True, prior=prior)).answers == {"W1": 4}


def test_an_answer_that_the_disk_does_not_take_is_asked_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(screen: Screen) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", _full)
            await screen.press("4")
        assert "could not be saved" in screen.said
        assert screen.question == "I helped another unit."
        await screen.press("3")

    assert sit(FRAMEWORK, path, steps).answers == {"W1": 3}


def _full(handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_what_was_damaged_is_said(path: Path) -> None:
    async def answer(screen: Screen) -> None:
        await screen.press("4")

    sit(FRAMEWORK, path, answer)
    path.write_bytes(path.read_bytes() + b'{"seq": 9, "torn')

    async def steps(screen: Screen) -> None:
        assert "the last line is torn or damaged" in screen.said

    assert sit(FRAMEWORK, path, steps, role=None).answers == {"W1": 4}


def test_a_text_that_looks_like_markup_is_shown_as_it_is(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("+")
        await screen.write("[bold]x[/] [@click=app.bell]y[/]")
        await screen.press("enter")
        assert screen.remarks == ("Note: [bold]x[/] [@click=app.bell]y[/]",)
        await screen.press("r")
        assert screen.dialog == "ReviewDialog"

    assert sit(FRAMEWORK, path, steps).notes == {"W1": ("[bold]x[/] [@click=app.bell]y[/]",)}


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (30, 8), (200, 60)])
def test_every_size_draws_every_question(path: Path, size: tuple[int, int]) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("4", "2", "3", "escape", "s", "escape", "s", "1")
        assert screen.dialog == "ReviewDialog"

    sit(FRAMEWORK, path, steps, size=size)


def test_a_finished_interview_is_looked_at_and_corrected_without_ending(path: Path) -> None:
    async def finish(screen: Screen) -> None:
        await screen.press("1", "4")
        await screen.write("nothing")
        await screen.press("enter", "5", "enter", "1", "enter")

    assert sit(FRAMEWORK, path, finish).finished

    async def correct(screen: Screen) -> None:
        assert screen.dialog == "ReviewDialog"
        await screen.press("escape", "?", "x", "r", "escape", "+")
        await screen.write("seen again")
        await screen.press("enter", "g")
        await screen.write("w3")
        await screen.press("enter")
        assert screen.question == "I found help."
        await screen.press("2")

    journal = sit(FRAMEWORK, path, correct, role=None)
    assert (journal.answers["W3"], journal.notes) == (2, {"CHOICE1": ("seen again",)})


def test_q_pauses_even_where_everything_is_answered(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("1", "4", "escape", "s", "escape", "s", "1", "escape", "q")

    journal = sit(FRAMEWORK, path, steps)
    assert (journal.finished, journal.events[-1].event) == (False, "pause")


def test_a_note_may_belong_to_the_question_before(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("1", "+", "up")
        await screen.write("he laughed")
        await screen.press("enter")
        assert screen.question == "I found help."

    assert sit(FRAMEWORK, path, steps).notes == {"W1": ("he laughed",)}


def test_right_after_an_answer_it_is_that_answer_that_one_is_sure_of(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("1", "c")
        assert screen.said == "Confidence: low. (W1)"

    assert sit(FRAMEWORK, path, steps).contents.confidence == {("W1", "interviewee"): "low"}


def test_a_rating_has_a_confidence_of_its_own(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("C")
        assert screen.said == "There is no rating of this question yet: e rates it."
        await screen.press("e", "4", "enter", "C", "C")

    assert sit(FRAMEWORK, path, steps).contents.confidence == {("W1", "evidence"): "medium"}


def test_a_stray_key_answers_nothing_and_says_so(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.press("enter")
        assert screen.said == "Please answer, or type s to skip."
        await screen.press("9")
        assert screen.said.startswith("This is not an option.")
        await screen.press("x")
        assert screen.said == "x does nothing here; ? tells what the keys do."

    assert sit(FRAMEWORK, path, steps).answers == {}


def test_the_first_line_says_whose_interview_it_is(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        assert screen.head.startswith("1/7 · a · Employee · en · in order")

    sit(FRAMEWORK, path, steps)


def test_keys_that_come_in_a_burst_go_where_they_were_meant(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.burst("+", *"hello", "enter", "1", "3", *"done", "enter", *"12", "enter", "4")

    journal = sit(FRAMEWORK, path, steps)
    assert journal.notes == {"W1": ("hello",)}
    assert journal.answers == {"W1": 1, "W3": 3, "OPEN1": "done", "M1": 12, "M2": 4}


def test_a_rating_typed_in_a_burst_is_kept_and_so_is_what_follows(path: Path) -> None:
    async def steps(screen: Screen) -> None:
        await screen.burst("e", "4", *"saw", "enter", "5")

    journal = sit(FRAMEWORK, path, steps)
    assert (journal.ratings, journal.evidence, journal.answers) == ({"W1": 4}, {"W1": ("saw",)}, {"W1": 5})
