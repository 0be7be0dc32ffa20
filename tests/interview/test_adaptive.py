"""The next question is the one that is expected to settle most, and what is not asked would have changed no verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.catalogue import DEFAULT, find
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.interview.adaptive import Guide
from readiness.interview.conversation import Conversation, begin, step
from readiness.interview.moves import Answer, Note, Skip
from readiness.interview.priors import Prior
from readiness.interview.questions import questions_of
from readiness.responses.journal import Contents, Value
from readiness.scoring.probing import Probe
from tests.interview.adapting import CERTAIN, answer, context_of, guide, held, said, start, told, verdicts
from tests.scoring.alone import Alone, people, same_units
from tests.scoring.building import HUNDRED, framework, items, percent, scenario
from tests.scoring.profiles import tries

# Adaptive against full


@tries(60, shrink=False)
@given(st.data())
def test_whoever_is_asked_less_is_told_the_same_as_whoever_is_asked_everything(data: Any) -> None:
    """Present, ruled out, not asked, undetermined: whatever is answered, passed over, not known or not applicable."""
    person = data.draw(people(same_units()))
    answers = told(data.draw, person.raw)
    framework, context = person.framework, context_of(person)
    probe = Probe(framework, person.facts)
    short = held(framework, context, answers, Guide(framework, probe).choose)
    whole = held(framework, context, answers)
    assert verdicts(probe, short) == verdicts(probe, whole)
    assert short.contents.answers.items() <= whole.contents.answers.items()


@pytest.fixture(scope="module")
def shipped() -> Framework:
    return load(find(DEFAULT))


@pytest.fixture(scope="module")
def probe(shipped: Framework) -> Probe:
    return Probe(shipped)


@pytest.mark.parametrize("role", [None, "executive", "manager", "employee", "it", "hr", "community_manager"])
@tries(2, shrink=False)
@given(st.data())
def test_of_the_shipped_framework_every_role_is_told_the_same(
    shipped: Framework, probe: Probe, role: str | None, data: Any
) -> None:
    kinds = data.draw(st.sampled_from(([], ["dk", "na"], ["dk", "na", None] * 2)))
    answers: dict[str, Value | None] = {}
    for id_, item in shipped.items.items():
        options = [option.value for option in shipped.scales[str(item.scale)].options]
        answers[id_] = data.draw(st.sampled_from([*options, *kinds]))
    context: dict[str, Value] = {} if role is None else {"role": role}
    short = held(shipped, context, answers, Guide(shipped, probe).choose)
    whole = held(shipped, context, answers)
    assert verdicts(probe, short) == verdicts(probe, whole)


# The choice


def somewhere(data: Any, person: Alone, choosing: Guide) -> Conversation:
    """An interview somewhere on its way, held in any order."""
    answers = told(data.draw, person.raw)
    conversation = start(person.framework, context_of(person))
    for _ in range(data.draw(st.integers(0, 6))):
        if not conversation.pending:
            break
        at = data.draw(st.sampled_from([question.id for question in conversation.pending]))
        conversation = step(replace(conversation, at=at), answer(answers, at), choosing.choose)
    return conversation


def naive(probe: Probe, conversation: Conversation, prior: Prior) -> dict[str, float]:
    """What every question worth asking leaves open, worked out for one hypothetical person after the other."""
    framework, now = probe.framework, probe.standing(said(conversation)).scenarios
    undetermined = [id_ for id_, outlook in now.items() if outlook.verdict == "undetermined"]
    hung_on = {id_ for name in undetermined for id_ in now[name].hangs_on}
    wanted = {
        id_
        for name in hung_on
        for id_, item in framework.indicators[name].items.items()
        if item.weight > 0 and id_ in {q.id for q in conversation.questions}
    }
    wanted = {id_ for id_ in wanted if conversation.put[id_].value != "fails"} - set(conversation.contents.answers)
    for _ in framework.items:  # what those hang on, and what that hangs on, and so on
        wanted |= {on for id_ in wanted for on in framework.items[id_].ask_if if on in framework.items}
    found = {}
    for question in conversation.pending:
        if question.id in wanted:
            tried = tried_of(framework, question.id)
            shares = prior.shares(question.id, tried)
            found[question.id] = sum(
                share * open_after(probe, conversation, question.id, value, undetermined)
                for share, value in zip(shares, tried, strict=True)
            )
    return found


def tried_of(framework: Framework, id_: str) -> list[Value]:
    item = framework.items[id_]
    if item.type == "number":
        low, high = float(item.min or 0), float(item.max or 0)
        return [low + (high - low) * quarter / 4 for quarter in range(5)]
    return [option.value for option in framework.scales[str(item.scale)].options]


def open_after(probe: Probe, conversation: Conversation, id_: str, value: Value, scenarios: Sequence[str]) -> float:
    after = probe.standing({**said(conversation), id_: value}).scenarios
    widths = [after[name].judgement.high - after[name].judgement.low for name in scenarios if not settled(after[name])]
    return sum(widths)


def settled(outlook: Any) -> bool:
    return outlook.verdict in CERTAIN


def priors(raw: Mapping[str, Any], framework: Framework) -> st.SearchStrategy[Prior]:
    """Nothing known, or that some people have answered some items."""
    counts = {
        id_: st.dictionaries(st.sampled_from(tried_of(framework, id_)).map(float), st.integers(0, 9), max_size=5)
        for id_ in framework.items
    }
    return st.one_of(st.just(Prior()), st.fixed_dictionaries({}, optional=counts).map(Prior))


@tries(40, shrink=False)
@given(st.data())
def test_the_choice_is_the_one_of_a_naive_search(data: Any) -> None:
    person = data.draw(people(same_units()))
    probe = Probe(person.framework, person.facts)
    prior = data.draw(priors(person.raw, person.framework))
    choosing = Guide(person.framework, probe, prior)
    conversation = somewhere(data, person, choosing)
    expected = naive(probe, conversation, prior)
    chosen = choosing.choose(conversation)
    if not expected:
        assert chosen is None
        return
    assert chosen is not None
    assert expected[chosen] <= min(expected.values()) + 1e-8
    # Of those that leave as much open the first of the questionnaires.
    order = list(expected)
    assert all(expected[id_] > expected[chosen] + 1e-11 for id_ in order[: order.index(chosen)])


@tries(40, shrink=False)
@given(st.data())
def test_what_a_question_is_said_to_settle_some_answer_settles(data: Any) -> None:
    person = data.draw(people(same_units()))
    probe = Probe(person.framework, person.facts)
    choosing = Guide(person.framework, probe)
    conversation = somewhere(data, person, choosing)
    advice = choosing.advice(conversation)
    now = probe.standing(said(conversation)).scenarios
    assert {id_: outlook.verdict for id_, outlook in advice.outlooks.items()} == {
        id_: outlook.verdict for id_, outlook in now.items()
    }
    if advice.question is None:
        assert (advice.settles, advice.bears_on) == ((), ())
        assert advice.saved == tuple(question.id for question in conversation.pending)
        return
    afters = [
        probe.standing({**said(conversation), advice.question: value}).scenarios
        for value in tried_of(person.framework, advice.question)
    ]
    for id_ in now:
        could = id_ in advice.open and any(settled(after[id_]) for after in afters)
        assert (id_ in advice.settles) == could
        width = now[id_].judgement.high - now[id_].judgement.low
        narrowed = [after[id_].judgement.high - after[id_].judgement.low < width - 1e-9 for after in afters]
        assert (id_ in advice.bears_on) == (id_ in advice.open and (could or any(narrowed)))


YES_NO = "scale: yes_no"
PAIR = framework(
    scenario("{all: [{high: x}, {high: y}]}"),
    x=f"{{desired: high, items: {items(X=YES_NO)}}}",
    y=f"{{desired: high, items: {items(Y=YES_NO)}}}",
)


def first_of(framework: Framework, prior: Prior | None = None) -> str | None:
    choosing = guide(framework, prior=prior or Prior())
    return start(framework, {}, choosing.choose).at


def test_of_questions_that_settle_as_much_the_first_of_the_questionnaires_is_asked() -> None:
    assert first_of(PAIR) == "X"


def test_what_is_rarely_answered_so_that_it_settles_comes_later() -> None:
    """A no to either settles the scenario: where hardly anybody says no to X, Y is the better question."""
    assert first_of(PAIR, Prior({"X": {1.0: 9}})) == "Y"
    assert first_of(PAIR, Prior({"X": {1.0: 9}, "Y": {1.0: 99}})) == "X"


def test_a_question_that_decides_what_else_is_asked_is_worth_asking_for_it() -> None:
    """G says nothing by itself, but without it X, on which the scenario hangs, is not put."""
    gated = framework(
        scenario("{high: x}"),
        g=f"{{desired: none, items: {items(G=YES_NO)}}}",
        other=f"{{desired: none, items: {items(O=YES_NO)}}}",
        x=f"{{desired: high, items: {items(X=YES_NO + ', ask_if: {G: {is: 1}}')}}}",
    )
    choosing = guide(gated)
    conversation = start(gated, {}, choosing.choose)
    assert conversation.at == "G"
    assert step(conversation, Answer(1), choosing.choose).at == "X"
    saved = choosing.advice(step(conversation, Answer(0), choosing.choose))
    assert (saved.question, saved.saved, saved.outlooks["story"].verdict) == (None, ("O",), "not asked")


def test_an_item_that_counts_nothing_is_not_asked() -> None:
    weightless = framework(
        scenario("{high: x}"), x=f"{{desired: high, items: {items(X=YES_NO, Z=YES_NO + ', weight: 0')}}}"
    )
    choosing = guide(weightless)
    assert held(weightless, {}, {"X": 1}, choosing.choose).contents.answers == {"X": 1}


def test_a_known_fact_is_not_asked() -> None:
    fact = framework(
        scenario("{all: [{high: fact}, {high: x}]}"),
        fact=f"{{desired: high, scope: organisation, items: {items(F=YES_NO)}}}",
        x=f"{{desired: high, items: {items(X=YES_NO)}}}",
    )
    assert start(fact, {}, guide(fact).choose).at == "F"
    assert start(fact, {}, guide(fact, {"fact": 100.0}).choose).at == "X"
    assert start(fact, {}, guide(fact, {"fact": 0.0}).choose).at is None


def test_without_a_scenario_every_question_is_worth_asking_in_its_order() -> None:
    bare = framework(**percent("x", "y"))
    advice = guide(bare).advice(start(bare, {}))
    assert (advice.question, advice.saved, advice.outlooks) == ("X", (), {})
    everything = held(bare, {}, {"X": 1, "Y": 2}, guide(bare).choose)
    assert list(everything.contents.answers) == ["X", "Y"]


OPEN = framework(
    scenario("{high: x}"),
    extra="unscored:\n  WHY: {type: text, text: {en: Why?, fr: Pourquoi ?}}\n",
    x=f"{{desired: high, items: {items(X=YES_NO)}}}",
    z=f"{{desired: high, items: {items(Z=YES_NO)}}}",
)


def test_who_is_speaking_comes_first_and_what_scores_nothing_last() -> None:
    choosing = guide(OPEN)
    conversation = begin(questions_of(OPEN), frozenset(OPEN.context), {}, Contents("en"), choosing.choose)
    asked = []
    for value in ("manager", 1, "because"):
        asked.append(conversation.at)
        conversation = step(conversation, Answer(value), choosing.choose)
    assert (asked, conversation.at) == (["role", "X", "WHY"], None)
    assert choosing.advice(conversation).saved == ("Z",)


def test_advice_is_worked_out_once_for_each_thing_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Going back and forth, a note, and asking why must not cost as much as answering."""
    worked = []
    ahead = Probe.ahead

    def counted(probe: Probe, now: Mapping[str, Any], tried: Sequence[tuple[str, Any]]) -> Any:
        worked.append(now)
        return ahead(probe, now, tried)

    monkeypatch.setattr(Probe, "ahead", counted)
    choosing = guide(PAIR)
    conversation = start(PAIR, {}, choosing.choose)
    choosing.advice(conversation)
    conversation = step(conversation, Note("a thought"), choosing.choose)
    assert choosing.choose(conversation) == "X"
    conversation = step(conversation, Skip(), choosing.choose)
    assert (conversation.at, choosing.choose(conversation)) == ("Y", "Y")
    assert len(worked) == 2


def test_a_number_is_tried_at_five_places_of_its_range() -> None:
    """Both ends among them: what only the ends could settle has to be seen."""
    number = framework(scenario("{high: x}"), x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    advice = guide(number).advice(start(number, {}))
    assert (advice.question, advice.settles) == ("X", ("story",))
