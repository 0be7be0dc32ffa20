"""What an engagement's settings say of the organisation is known as scores, however it was written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.engagement import Facts
from readiness.responses.table import from_rows
from readiness.scoring.facts import known_facts
from readiness.scoring.probing import Probe
from tests.scoring.alone import indicators_of
from tests.scoring.building import framework, items
from tests.scoring.profiles import tries
from tests.scoring.running import cells, loaded, near, scored
from tests.scoring.strategies import answers, frameworks

FIVE = "scale: five"
ORGANISATION = framework(
    fact=f"{{desired: high, scope: organisation, items: {items(A=FIVE, B=FIVE + ', reversed: true')}}}",
    size=f"{{desired: low, scope: organisation, items: {items(S='type: number, min: 0, max: 200')}}}",
    opinion=f"{{desired: high, items: {items(O=FIVE)}}}",
)


def known(scores: Mapping[str, float] = {}, **said: Any) -> dict[str, float]:
    """Facts as an engagement's settings have them: scores of indicators, answers to items."""
    rows = from_rows(ORGANISATION, [cells(said)]) if said else None
    return known_facts(ORGANISATION, Facts(scores, rows))


def test_nothing_said_is_nothing_known() -> None:
    assert known() == {}


def test_answers_are_scored_like_anybodys() -> None:
    assert known(A=4, B=2, S=50) == {"fact": 75, "size": 25}


def test_scores_stand_as_they_are() -> None:
    assert known({"size": 30}, A=5, B=1) == {"size": 30, "fact": 100}


def test_a_score_counts_before_answers_to_the_same() -> None:
    assert known({"fact": 10}, A=5, B=1) == {"fact": 10}


def test_too_few_answers_make_no_fact() -> None:
    """Half of a pair is less than the 0.6 that a score takes: the interviewee is still asked."""
    assert known(A=4, B="dk") == {}


def test_what_the_settings_do_not_name_was_not_put() -> None:
    """As an item that has no column in a file: whoever writes one answer down means that one."""
    assert known(A=4) == {"fact": 75}


def test_what_is_not_applicable_leaves_the_sum() -> None:
    assert known(A=4, B="na") == {"fact": 75}


@tries(40, shrink=False)
@given(st.data())
def test_known_facts_are_what_the_engine_makes_of_the_same_answers(data: Any) -> None:
    """And nothing hangs on what is known."""
    raw = data.draw(frameworks())
    fw = loaded(raw)
    organisation = {id_: i for id_, i in indicators_of(raw).items() if i.get("scope") == "organisation"}
    told = {
        id_: data.draw(st.sampled_from([*answers(raw, item), "dk", "na"]), label=id_)
        for indicator in organisation.values()
        for id_, item in indicator["items"].items()
    }
    found = known_facts(fw, Facts({}, from_rows(fw, [cells(told)]) if told else None))
    expected = scored(fw, [{"respondent": "r", **told}]).overall.indicators
    assert set(found) == {id_ for id_ in organisation if expected[id_].value is not None}
    assert all(near(value, expected[id_].value, 1e-9) for id_, value in found.items())
    for outlook in Probe(fw, found).standing({}).scenarios.values():
        assert outlook.hangs_on.isdisjoint(found)
