"""Who is put which question, while answers are still coming in."""

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given

from readiness.framework.frozen import Text
from readiness.framework.models import Asking, Framework
from readiness.interview.asking import Put, Putting
from readiness.interview.questions import Question, questions_of
from readiness.responses.answered import RowCoder
from readiness.responses.journal import Value
from readiness.scoring.parts import as_expression
from readiness.scoring.plan import Plan
from tests.scoring.alone import Alone, people
from tests.scoring.building import HUNDRED, framework, items
from tests.scoring.profiles import tries

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
    assert put({"phase": Asking(at_least=6)}, context={"phase": "5,5"}) is Put.FAILS
    assert put({"phase": Asking(is_not="after")}, answers={"phase": "after"}) is Put.FAILS


def test_words_where_a_number_is_asked_for_are_as_if_nothing_had_been_recorded() -> None:
    assert put({"phase": Asking(at_least=6)}, context={"phase": "soon"}) is Put.HOLDS


def test_without_a_role_everything_is_put() -> None:
    assert put(roles=("manager",)) is Put.HOLDS
    assert put(roles=("manager",), answers={"role": "dk"}) is Put.HOLDS
    assert put(roles=("manager",), answers={"role": "manager"}) is Put.HOLDS
    assert put(roles=("manager",), answers={"role": "employee"}) is Put.FAILS


def test_a_circle_ends() -> None:
    circle = Question("W1", "item", Text(), Text(), ask_if={"W2": Asking(at_least=3)})
    assert put(AT_LEAST, others=(circle,)) is Put.OPEN


# What an interview asks is what the scoring counts as put


def put_by_the_engine(framework: Framework, said: Mapping[str, Any]) -> dict[str, Put]:
    """Of each item, what the scoring says of this one person."""
    asked = Plan(framework, frozenset(framework.items), frozenset(framework.context)).asked
    row = nw.from_native(pl.DataFrame([RowCoder(framework).row(said)], infer_schema_length=None))
    found = {}
    for id_, one in asked.items():
        holds, open_ = row.select(
            as_expression(one.holds).alias("holds"), as_expression(one.open_).alias("open")
        ).rows()[0]
        found[id_] = Put.HOLDS if holds else Put.OPEN if open_ else Put.FAILS
    return found


def put_by_the_interview(framework: Framework, said: Mapping[str, Any]) -> dict[str, Put]:
    questions = {question.id: question for question in questions_of(framework, items_only=True)}
    putting = Putting(questions, {}, said, frozenset(), frozenset(framework.context))
    return {id_: putting.of(question) for id_, question in questions.items()}


@tries(60, shrink=False)
@given(people())
def test_an_interview_asks_what_the_scoring_counts_as_put(person: Alone) -> None:
    framework, said = person.framework, person.said
    assert put_by_the_interview(framework, said) == put_by_the_engine(framework, said)


@pytest.mark.parametrize("months", [None, 6, "6", "12", "5,5", "5.5", "1,250", "soon", "", " "])
@pytest.mark.parametrize(
    "test",
    ["at_least: 6", "at_most: 6", "is: 6", "is_not: 6", "answered: true", "answered: true, is: 6", "answered: false"],
)
def test_they_agree_on_every_test_of_a_context_key(test: str, months: Value | None) -> None:
    asking = framework(x=f"{{desired: high, items: {items(X=HUNDRED + f', ask_if: {{months: {{{test}}}}}')}}}")
    said = {"months": months}
    assert put_by_the_interview(asking, said) == put_by_the_engine(asking, said)


@pytest.mark.parametrize("role", [None, "dk", "na", "manager", "employee"])
@pytest.mark.parametrize("test", ["is: manager", "is_not: manager", "answered: true", "answered: false"])
def test_they_agree_on_every_test_of_a_context_key_with_options(test: str, role: str | None) -> None:
    asking = framework(x=f"{{desired: high, items: {items(X=HUNDRED + f', ask_if: {{role: {{{test}}}}}')}}}")
    said = {"role": role}
    assert put_by_the_interview(asking, said) == put_by_the_engine(asking, said)
