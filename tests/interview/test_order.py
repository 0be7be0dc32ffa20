"""What the adaptive order needs is made of what the engagement knows and what earlier responses say."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.faults import ResponseError
from readiness.interview.order import IN_ORDER, Order
from readiness.interview.priors import UNIFORM
from readiness.responses.engagement import Engagement, read_engagement
from tests.interview.adapting import start
from tests.scoring.building import framework, items, scenario

YES_NO = "scale: yes_no"
KNOWN = framework(
    scenario("{all: [{high: x}, {high: fact}, {high: y}]}"),
    x=f"{{desired: high, items: {items(X=YES_NO)}}}",
    fact=f"{{desired: high, scope: organisation, items: {items(F=YES_NO)}}}",
    y=f"{{desired: high, items: {items(Y=YES_NO)}}}",
)


def engagement(folder: Path, facts: str) -> Engagement:
    (folder / "engagement.yaml").write_text(f"client: Acme\nlanguages: [en]\nfacts: {facts}\n", encoding="utf-8")
    return read_engagement(folder)


def test_the_order_of_the_questionnaires_is_the_usual_one() -> None:
    assert not IN_ORDER.adaptive
    assert IN_ORDER.probe(KNOWN).standing({}).scenarios["story"].hangs_on == {"x", "fact", "y"}


@pytest.mark.parametrize("facts", ["{fact: 100}", "{F: 1}", "{F: Yes}"])
def test_facts_of_the_engagement_are_known(tmp_path: Path, facts: str) -> None:
    probe = Order(adaptive=True, engagement=engagement(tmp_path, facts)).probe(KNOWN)
    assert probe.standing({}).scenarios["story"].hangs_on == {"x", "y"}


def test_facts_that_the_framework_does_not_know_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ResponseError, match="no fact about the organisation"):
        Order(engagement=engagement(tmp_path, "{facts: 100}")).probe(KNOWN)


def test_earlier_responses_say_what_is_to_be_expected(tmp_path: Path) -> None:
    path = tmp_path / "earlier.csv"
    path.write_text("respondent,X,F\na,1,1\nb,1,1\nc,1,0\n", encoding="utf-8")
    asked = []
    for order in (Order(adaptive=True), Order(adaptive=True, prior=path)):
        guide = order.guide(KNOWN, order.probe(KNOWN))
        asked.append(start(KNOWN, {}, guide.choose).at)
    assert asked == ["X", "Y"]  # hardly anybody says no to X, and a no settles


def test_earlier_responses_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    order = Order(adaptive=True, prior=tmp_path / "absent.csv")
    with pytest.raises(ResponseError):
        order.guide(KNOWN, order.probe(KNOWN))
    assert UNIFORM.counts == {}
