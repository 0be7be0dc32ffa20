"""A transcript says everything that is in an interview, in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.interview.transcript import Transcript, transcript_of
from readiness.interview.transcript_wording import lines_of
from readiness.responses.journal import Event, read_journal
from tests.interview.held import answer, go_on, hold, rating
from tests.interview.small import build


def told(path: Path, language: str = "en") -> Transcript:
    return transcript_of(build(), read_journal(path), language)


def lines(path: Path, language: str = "en") -> list[str]:
    return list(lines_of(told(path, language), language))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_it_says_whose_interview_it_is_and_when_it_was(path: Path) -> None:
    hold(path, answer("W1", 4), respondent="p7", context={"unit": "Sales"})
    go_on(path, answer("W3", 2), Event("finish"))
    assert lines(path)[:9] == [
        "Small check",
        "Interview: p7",
        "Started: 5 March 2026, 09:00 UTC",
        "Last entry: 6 March 2026, 09:00 UTC",
        "The interview is finished.",
        "Language: English",
        "Framework: small, version 1.0",
        "unit: Sales",
        "What is your role? Manager",
    ]


def test_every_answer_stands_in_words_below_its_question_and_section(path: Path) -> None:
    hold(path, answer("role", "employee"), answer("W1", 4), answer("M1", 12.5), answer("OPEN1", "laugh"), role=None)
    assert lines(path)[7:21] == [
        "",
        "About you",
        "",
        "role. What is your role?",
        "Answer: 1 Employee",
        "",
        "Work",
        "",
        "W1. I helped another unit.",
        "Answer: 4 Often",
        "",
        "OPEN1. What must a newcomer never do?",
        "Answer: laugh",
        "",
    ]
    assert "M1. Mails a day" in lines(path)
    assert "Answer: 12.5" in lines(path)


def test_a_rating_stands_beside_the_answer_with_what_it_rests_on(path: Path) -> None:
    hold(
        path,
        answer("W1", "dk", confidence="high"),
        rating("W1", 2, "minutes of 3 March", confidence="low"),
        rating("W1", 2, "a walk", confidence="medium"),
        Event("note", item="W1", note="hesitates"),
    )
    said = lines(path)
    place = said.index("W1. I helped another unit.")
    assert said[place + 1 : place + 8] == [
        "Answer: Don't know",
        "Confidence: high.",
        "Rated from evidence: 2 Rarely",
        "Confidence: medium.",
        "Evidence: minutes of 3 March",
        "Evidence: a walk",
        "Note: hesitates",
    ]


def test_what_was_skipped_and_what_is_open_stands_at_the_end(path: Path) -> None:
    hold(path, answer("W1", 1), Event("skip", item="W3"))
    transcript = told(path)
    assert [asked.id for asked in transcript.skipped] == ["W3"]
    # W2 is not put, since W1 is low; M2 may still be.
    assert [asked.id for asked in transcript.unanswered] == ["W4", "M1", "M2"]
    assert lines(path)[-7:] == [
        "Skipped",
        "W3. I found help.",
        "",
        "Not answered",
        "W4. My team was helped.",
        "M1. Mails a day",
        "M2. Mail is too much.",
    ]


def test_it_is_told_in_another_language_than_it_was_held_in(path: Path) -> None:
    hold(path, answer("W1", 4), rating("W1", 2, "minutes"), Event("note", item="W1", note="hm"))
    said = lines(path, "fr")
    assert said[0] == "Petit bilan"
    assert "L’entretien n’est pas terminé." in said
    assert "Langue\N{NO-BREAK SPACE}: anglais" in said
    assert "Réponse\N{NO-BREAK SPACE}: 4 Souvent" in said
    assert "Questions sans réponse" in said


def test_answers_that_the_framework_does_not_know_and_damage_are_told(path: Path) -> None:
    hold(path, answer("Z9", 3), answer("W1", 4), answer("W3", 2), Event("note", note="said on leaving"))
    path.write_bytes(path.read_bytes().replace(b'"value":4', b'"value":5'))
    said = lines(path)
    assert said[said.index("Answers to questions that this framework does not have") :][:4] == [
        "Answers to questions that this framework does not have",
        "",
        "Z9",
        "Answer: 3",
    ]
    assert said[said.index("Notes that belong to no question") + 1] == "said on leaving"
    assert "line 3: damaged line (it was about W1)" in said[said.index("Damaged") + 1]


def test_an_answer_that_stands_although_it_would_not_be_asked_is_told(path: Path) -> None:
    hold(path, answer("role", "employee"), answer("CHOICE1", 2), answer("W4", 3))
    assert "Answer: 2 Because others do" in lines(path)
    assert "W4. My team was helped." in lines(path)


@given(
    st.lists(
        st.one_of(
            st.builds(answer, st.sampled_from(["OPEN1", "W1", "Q"]), st.text(max_size=20)),
            st.builds(lambda text: Event("note", item="W1", note=text), st.text(max_size=20)),
            st.builds(rating, st.just("W1"), st.sampled_from([1, 5, "na"]), st.text(max_size=20)),
        ),
        max_size=6,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_was_typed_steers_a_terminal_or_breaks_a_line(path: Path, events: list[Event]) -> None:
    path.unlink(missing_ok=True)
    hold(path, *events)
    for line in lines(path):
        assert "\n" not in line
        assert not any(char < " " or "\x7f" <= char < "\xa0" for char in line)
