"""What an interview can ask, and in which order."""

import pytest

from readiness.framework.frozen import Text
from readiness.interview.questions import Choice, Question, questions_of
from readiness.responses.journal import Value
from tests.interview.small import build

FRAMEWORK = build()


def ids(*questions: Question) -> list[str]:
    return [question.id for question in questions]


def test_context_comes_first_then_dimension_by_dimension() -> None:
    assert ids(*questions_of(FRAMEWORK)) == ["role", "W1", "W2", "W3", "W4", "OPEN1", "M1", "M2", "CHOICE1"]


def test_the_role_is_asked_before_other_context() -> None:
    context = {
        "level": {"id": "level", "options": {"a": {"": "A"}}},
        "role": {"id": "role", "options": {"b": {"": "B"}}},
        "unit": {"id": "unit"},
    }
    framework = type(FRAMEWORK).model_validate({**FRAMEWORK.model_dump(by_alias=True), "context": context})
    assert ids(*questions_of(framework))[:3] == ["role", "level", "W1"]


def test_what_is_known_is_not_asked() -> None:
    assert ids(*questions_of(FRAMEWORK, known={"role"}))[0] == "W1"


def test_items_alone() -> None:
    assert ids(*questions_of(FRAMEWORK, items_only=True)) == ["W1", "W2", "W3", "W4", "M1", "M2"]


def test_the_core_form_leaves_out_extension_items() -> None:
    assert ids(*questions_of(FRAMEWORK, "core")) == ["role", "W1", "W2", "W4", "M1", "M2", "CHOICE1"]


OPTIONS = Question("W1", "item", Text(), Text(), choices=(Choice(1, "1", Text()), Choice(2.5, "2.5", Text())))
NUMBER = Question("M1", "item", Text(), Text(), numeric=True, low=0, high=500)
TEXT = Question("OPEN1", "unscored", Text(), Text())


@pytest.mark.parametrize(
    ("question", "value", "taken"),
    [
        (OPTIONS, 1, True),
        (OPTIONS, 1.0, True),
        (OPTIONS, 2.5, True),
        (OPTIONS, 2, False),
        (OPTIONS, "1", False),
        (NUMBER, 0, True),
        (NUMBER, 500, True),
        (NUMBER, 501, False),
        (NUMBER, -1, False),
        (NUMBER, "12", False),
        (TEXT, "anything", True),
        (TEXT, " ", False),
        (TEXT, 3, False),
        *((question, missing, True) for question in (OPTIONS, NUMBER, TEXT) for missing in ("dk", "na")),
    ],
)
def test_what_answers_a_question(question: Question, value: Value, taken: bool) -> None:
    assert question.takes(value) is taken
