"""Who answered least, and who so much more than others that they outvote them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.language.speech import speak
from readiness.report.rates import left_out_words, lowest, uneven, uneven_words
from readiness.scoring.findings import Answering, Careless, Responding

Sizes = Mapping[str, tuple[int, int | None]]  # how many there are, and how many of them answered


MEND = "Give each the say of its people."


def found(**keys: Sizes) -> Responding:
    """Rates by single keys."""
    groups = (
        Answering(by={key: value}, population=people, n=n, rate=None if n is None else n / people)
        for key, sizes in keys.items()
        for value, (people, n) in sizes.items()
    )
    return Responding(population=1000, rate=0.5, crossed=True, groups=tuple(groups))


def words(responding: Responding, balance: str | None = None, language: str = "en") -> list[str]:
    return uneven_words(responding, balance, lambda by: " ".join(filter(None, by.values())), speak(language), MEND)


def test_the_lowest_rate_is_that_of_a_group_that_answered_and_is_shown() -> None:
    told = lowest(found(unit={"Sales": (100, 80), "IT": (10, None), "Service": (100, 27), "Legal": (20, 0)}))
    assert told is not None
    assert (told[0], told[1].by) == (2, {"unit": "Service"})


def test_from_thirty_percent_on_no_rate_is_low() -> None:
    assert lowest(found(unit={"Sales": (100, 80), "Service": (100, 30)})) is None


def test_crossings_are_no_group_of_the_whole() -> None:
    crossing = Answering(by={"unit": "IT", "role": "staff"}, population=100, n=10, rate=0.1)
    assert lowest(Responding(population=100, rate=0.1, groups=(crossing,))) is None
    assert not list(uneven(Responding(population=100, rate=0.1, groups=(crossing,))))


def test_roles_that_answered_far_more_often_are_told_with_what_mends_it() -> None:
    said = words(found(role={"manager": (100, 75), "employee": (1000, 390)}))
    assert said == [
        "The response rate was far higher in manager (75%) than in employee (39%), so the former weighs more than its "
        "headcount warrants.",
        MEND,
    ]
    assert "39" in words(found(role={"manager": (100, 75), "employee": (1000, 390)}), language="fr")[0]


def test_of_what_is_balanced_already_nothing_is_said() -> None:
    for balance in ("population", "role"):
        assert words(found(role={"manager": (100, 75), "employee": (1000, 390)}), balance) == []


def test_by_sizes_of_single_keys_no_balance_is_offered() -> None:
    told = found(role={"manager": (100, 75), "employee": (1000, 390)}, unit={"IT": (1100, 465)})
    (said,) = words(told.model_copy(update={"crossed": False}))
    assert said.startswith("The response rate was far higher in manager ")


@pytest.mark.parametrize("least", [(100, 0), (100, None), (100, 50)])
def test_silent_and_hidden_groups_and_rates_no_more_than_half_apart_are_not_spoken_of(
    least: tuple[int, int | None],
) -> None:
    assert words(found(unit={"Sales": (100, 75), "IT": least})) == []


groups = st.dictionaries(st.text("ABC", min_size=1, max_size=2), st.tuples(st.integers(1, 50), st.integers(0, 50)))


@given(groups, groups)
def test_rates_are_uneven_where_some_group_answered_half_as_often_again(units: Sizes, roles: Sizes) -> None:
    expected = []
    for key, sizes in (("unit", units), ("role", roles)):
        rates = [n / people for people, n in sizes.values() if n]
        if any(one > 1.5 * other for one in rates for other in rates):
            expected.append((key, max(rates), min(rates)))
    told = list(uneven(found(unit=units, role=roles)))
    assert [(next(iter(most.by)), most.rate, least.rate) for most, least in told] == expected


def test_only_those_who_were_left_out_are_said_not_to_count_as_having_answered() -> None:
    careless = Careless(n=20, straight_lining=3, speeding=None, either=3, excluded=True)
    (said,) = left_out_words(careless, speak("en"))
    assert "do not count as having answered" in said
    assert left_out_words(careless, speak("fr"))[0].startswith("Les personnes écartées")
    for changes in ({"excluded": False}, {"either": 0}):
        assert left_out_words(careless.model_copy(update=changes), speak("en")) == []
    assert left_out_words(None, speak("en")) == []
