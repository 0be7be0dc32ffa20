"""Line by line, a question is told whole, and what is found or worth a second look is listed."""

from dataclasses import replace

import pytest

from readiness.interview.adaptive import Advice
from readiness.interview.conversation import begin, step
from readiness.interview.moves import Answer, Move, Rate, Skip
from readiness.interview.plain_wording import MOST_FOUND, PlainWording
from readiness.interview.questions import questions_of
from readiness.interview.reviewing import Review, review
from readiness.responses.journal import Contents
from readiness.scoring.probing import Probe
from tests.interview.moments import FRAMEWORK, STORIED, after, start
from tests.scoring.building import framework, items


def test_a_question_tells_its_place_its_options_and_what_is_no_answer() -> None:
    assert list(PlainWording(FRAMEWORK, start()).question()) == [
        "1 of 7",
        "I helped another unit.",
        "  1  Never",
        "  2  Rarely",
        "  3  Sometimes",
        "  4  Often",
        "  5  Always",
        "  dk Don't know, na Not applicable",
    ]


def test_a_question_is_asked_in_the_interviews_language() -> None:
    said = list(PlainWording(FRAMEWORK, start("fr")).question())
    assert said[1:3] == ["J'ai aidé un autre service.", "  1  Jamais"]
    assert said[-1] == "  dk Ne sait pas, na Sans objet"


def ended(language: str = "en", role: str = "employee", **said: object) -> list[str]:
    outlooks = Probe(STORIED).standing({"role": role, **said}).scenarios
    return list(
        PlainWording(STORIED, after(language=language, role=role)).ending(
            Advice(None, outlooks=outlooks, saved=("C", "O"))
        )
    )


def test_an_end_before_the_last_question_says_what_was_saved_and_what_stays_untold() -> None:
    assert ended(P=0, H="dk") == [
        "No further question would change a verdict. Questions not needed: 2.",
        "Not asked of this role: “Drift”.",
        "o asks the rest anyway, b goes back over the answers, q leaves.",
    ]
    assert "Still open, because answers are missing: “Deadlock”." in ended(P=1, H="dk")


def test_an_end_where_all_is_settled_says_no_more_than_that() -> None:
    said = ended(role="manager", P=1, H=1)
    assert [line for line in said if "Drift" in line or "Deadlock" in line] == []


@pytest.mark.parametrize("advice", [None, Advice(None)])
def test_an_end_after_the_last_question_says_so(advice: Advice | None) -> None:
    assert list(PlainWording(STORIED, after()).ending(advice)) == [
        "Every question has been asked. b goes back over the answers, q leaves."
    ]


def test_what_is_found_is_listed_with_how_to_go_there() -> None:
    assert list(PlainWording(FRAMEWORK, start()).found("helped")) == [
        "W1  I helped another unit.",
        "g and an id goes to that question.",
    ]
    assert list(PlainWording(FRAMEWORK, start()).found("nowhere")) == ["No question contains these words."]


def test_of_many_that_are_found_the_first_are_listed() -> None:
    many = framework(x=f"{{desired: high, items: {items(**{f'Q{n:02}': 'scale: five' for n in range(20)})}}}")
    conversation = begin(questions_of(many, items_only=True), frozenset(many.context), {}, Contents("en"))
    said = list(PlainWording(many, conversation).found("q"))
    assert said[:2] == ["Q00  Q00", "Q01  Q01"]
    assert said[MOST_FOUND:] == ["And 8 more; add words to narrow it down.", "g and an id goes to that question."]


def reviewed(*moves: Move, language: str = "en") -> list[str]:
    conversation = start(language)
    for move in moves:
        conversation = step(conversation, move)
    return list(PlainWording(FRAMEWORK, conversation).review(review(FRAMEWORK, conversation)))


def test_a_review_tells_each_kind_of_question_under_its_heading() -> None:
    assert reviewed(Rate(5), Answer(1, "low"), Skip(), Answer("ok"), Answer("dk")) == [
        "Not answered yet: 1",
        "  CHOICE1  Why do you take part?",
        "Skipped: 1",
        "  W3  I found help.",
        "Answered “don’t know”: 1",
        "  M1  Mails a day",
        "Said and seen far apart: 1",
        "  W1  I helped another unit.",
        "Answered with low confidence: 1",
        "  W1  I helped another unit.",
    ]


def test_a_review_with_nothing_in_it_says_so_and_tells_notes_all_the_same() -> None:
    words = PlainWording(FRAMEWORK, start())
    nothing = Review((), (), (), (), (), (), ())
    assert list(words.review(nothing)) == ["Nothing is unanswered, and nothing looks odd."]
    noted = Review((), (), (), (), (), (), ("W1",))
    assert list(words.review(noted))[1:] == ["With a note: 1", "  W1  I helped another unit."]


def test_answers_that_contradict_each_other_are_told_side_by_side() -> None:
    pair = "scale: five, referent: self"
    odd = framework(x=f"{{desired: high, items: {items(A=pair, B=pair + ', reversed: true')}}}")
    conversation = begin(questions_of(odd, items_only=True), frozenset(odd.context), {}, Contents("en"))
    for value in (5, 4):
        conversation = step(conversation, Answer(value))
    assert list(PlainWording(odd, conversation).review(review(odd, conversation))) == [
        "These two answers do not seem to fit together:",
        "  A  A  5 Always",
        "  B  B  4 Often",
    ]


def test_a_review_is_told_in_the_interviews_language() -> None:
    assert reviewed(Answer("dk"), language="fr")[1] == "  W3  J'ai trouvé de l'aide."


def test_a_question_tells_how_sure_its_answer_is_and_what_was_seen() -> None:
    conversation = step(step(start(), Rate(5, "minutes")), Answer(4, "medium"))
    said = list(PlainWording(FRAMEWORK, replace(conversation, at="W1")).question())
    assert said[-3:] == ["Answer: 4 Often. Enter keeps it.", "Confidence: medium.", "Rated from evidence: 5 Always."]
