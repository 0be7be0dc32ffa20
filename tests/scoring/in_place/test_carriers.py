"""Carriers say what the patterns of answers say: the numbers of dimensions, and what holds of each score."""

from __future__ import annotations

import random

import pytest

from readiness.scoring.counting import Counting
from readiness.scoring.in_place.carriers import DIGITS, WIDTH, Carriers
from readiness.scoring.plan import Plan
from tests.scoring.in_place.claims import shipped


@pytest.fixture(scope="module")
def counting() -> Counting:
    framework = shipped()
    core = frozenset(id_ for id_, item in framework.items.items() if item.core)
    return Counting(Plan(framework, core, frozenset(framework.context)), ())


def test_adding_up_gives_every_number_and_every_truth(counting: Counting) -> None:
    carriers, draw = Carriers(counting), random.Random(1)
    members = {member.id: (member, lookup) for member, lookup in counting.members}
    for _ in range(200):
        keys = {id_: draw.randrange(member.size) for id_, (member, _) in members.items()}
        for carrier in carriers.all:
            total = sum(
                carriers.gathered[column].table[keys[column.partition("_")[2]]] for column in carriers.added(carrier)
            )
            assert 0 <= total < 1 << WIDTH
            if carrier.packed is not None:
                number = sum(int(worth[keys[id_]]) for id_, worth in carrier.packed.worth.items())
                assert total % (1 << DIGITS) == number
            for (indicator, name), bit in carrier.bits.items():
                masks = counting.bits_for(*members[indicator])
                holds = bool(masks[keys[indicator]] & counting.masks[indicator].worth(name))
                assert bool(total & (1 << bit)) is holds


def test_no_two_truths_share_a_bit(counting: Counting) -> None:
    for carrier in Carriers(counting).all:
        places = list(carrier.bits.values())
        assert len(set(places)) == len(places)
        assert all(DIGITS <= place < WIDTH for place in places)


def test_every_truth_that_a_scenario_asks_for_has_one(counting: Counting) -> None:
    told = {pair for carrier in Carriers(counting).all for pair in carrier.bits}
    asked = {
        (indicator, name)
        for indicator, mask in counting.masks.items()
        if indicator not in counting.fact_ids and any(member.id == indicator for member, _ in counting.members)
        for name in mask.bits
    }
    assert told == asked
