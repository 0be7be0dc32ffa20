"""Who is put which question, while answers are still coming in."""

from collections.abc import Mapping

import pytest

from readiness.framework.frozen import Text
from readiness.framework.models import Asking
from readiness.interview.asking import Put, Putting
from readiness.interview.questions import Question
from readiness.responses.journal import Value

W1 = Question("W1", "item", Text(), Text(), numeric=True)
AT_LEAST = {"W1": Asking(at_least=3)}


def put(
    ask_if: Mapping[str, Asking] = {},
    *,
    answers: Mapping[str, Value] = {},
    context: Mapping[str, Value] = {},
    roles: tuple[str, ...] | None = None,
    skipped: frozenset[str] = frozenset(),
    others: tuple[Question, ...] = (W1,),
) -> Put:
    asked = Question("W2", "item", Text(), Text(), roles=roles, ask_if=ask_if)
    questions = {question.id: question for question in (*others, asked)}
    return Putting(questions, context, answers, skipped, frozenset({"role", "phase"})).of(asked)


@pytest.mark.parametrize(
    ("asking", "value", "expected"),
    [
        (Asking(at_least=3), 3, Put.HOLDS),
        (Asking(at_least=3), 2, Put.FAILS),
        (Asking(at_most=3), 3, Put.HOLDS),
        (Asking(at_most=3), 4, Put.FAILS),
        (Asking(is_=3), 3.0, Put.HOLDS),
        (Asking(is_=3), 2, Put.FAILS),
        (Asking(is_not=3), 2, Put.HOLDS),
        (Asking(is_not=3), 3, Put.FAILS),
        (Asking(answered=True), 1, Put.HOLDS),
        (Asking(answered=False), 1, Put.FAILS),
        (Asking(at_least=2, at_most=4), 5, Put.FAILS),
        (Asking(at_least=2, at_most=4), 4, Put.HOLDS),
    ],
)
def test_a_test_on_an_item_looks_at_its_raw_value(asking: Asking, value: Value, expected: Put) -> None:
    assert put({"W1": asking}, answers={"W1": value}) is expected


@pytest.mark.parametrize(
    "asking", [Asking(at_least=1), Asking(is_not=3), Asking(answered=True), Asking(answered=False)]
)
@pytest.mark.parametrize("missing", ["dk", "na"])
def test_no_test_holds_on_dont_know_or_not_applicable(asking: Asking, missing: str) -> None:
    assert put({"W1": asking}, answers={"W1": missing}) is Put.FAILS


def test_an_answer_not_given_yet_leaves_it_open() -> None:
    assert put(AT_LEAST) is Put.OPEN
    assert put(AT_LEAST, skipped=frozenset({"W1"})) is Put.OPEN


def test_one_failing_test_settles_it_whatever_is_open() -> None:
    assert put({**AT_LEAST, "phase": Asking(is_="before")}, context={"phase": "after"}) is Put.FAILS


def test_what_hangs_on_a_question_not_put_is_not_put() -> None:
    managers_only = Question("W1", "item", Text(), Text(), roles=("manager",))
    assert put(AT_LEAST, context={"role": "employee"}, others=(managers_only,)) is Put.FAILS
    assert put(AT_LEAST, others=()) is Put.FAILS


def test_an_answer_that_is_there_counts_though_its_question_is_not_put() -> None:
    managers_only = Question("W1", "item", Text(), Text(), roles=("manager",))
    assert put(AT_LEAST, context={"role": "employee"}, answers={"W1": 4}, others=(managers_only,)) is Put.HOLDS


def test_a_question_passed_over_is_not_answered() -> None:
    asking = {"W1": Asking(answered=False)}
    assert put(asking) is Put.OPEN
    assert put(asking, skipped=frozenset({"W1"})) is Put.HOLDS


def test_a_context_key_not_recorded_holds() -> None:
    for asking in (Asking(is_="after"), Asking(at_least=6), Asking(answered=True), Asking(answered=False)):
        assert put({"phase": asking}) is Put.HOLDS
        assert put({"phase": asking}, answers={"phase": "dk"}) is Put.HOLDS


def test_a_context_key_is_compared_as_text_and_as_number() -> None:
    assert put({"phase": Asking(is_=6)}, context={"phase": "6"}) is Put.HOLDS
    assert put({"phase": Asking(at_least=6)}, context={"phase": "12"}) is Put.HOLDS
    assert put({"phase": Asking(at_least=6)}, context={"phase": "soon"}) is Put.FAILS
    assert put({"phase": Asking(is_not="after")}, answers={"phase": "after"}) is Put.FAILS


def test_without_a_role_everything_is_put() -> None:
    assert put(roles=("manager",)) is Put.HOLDS
    assert put(roles=("manager",), answers={"role": "dk"}) is Put.HOLDS
    assert put(roles=("manager",), answers={"role": "manager"}) is Put.HOLDS
    assert put(roles=("manager",), answers={"role": "employee"}) is Put.FAILS


def test_a_circle_ends() -> None:
    circle = Question("W1", "item", Text(), Text(), ask_if={"W2": Asking(at_least=3)})
    assert put(AT_LEAST, others=(circle,)) is Put.OPEN
