"""What the analysis makes of a result: figures get their intervals, verdicts that those leave open are undetermined."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.completing import completed
from readiness.analysis.ground import Ground
from readiness.analysis.intervals import t_quantile
from readiness.responses.coding import WEIGHT
from readiness.scoring import pieces
from readiness.scoring.result import (
    Estimate,
    Group,
    Prevalence,
    Result,
    ScenarioResult,
    SubGroup,
    Suppressed,
    SuppressedGroup,
)
from tests.analysis.surveyed import analysed, population, seen
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import loaded
from tests.scoring.strategies import studies
from tests.scoring.surveys import surveys

HALF = 0.5 + 1e-9
T_11 = 2.2009851600916384  # Student's, 11 degrees of freedom
COMPLETED = ("interval", "probability", "analysis", "reliability")
BY: list[list[tuple[str, ...]]] = [[], [("unit",)], [("role",), ("unit", "role")]]
FRAMEWORK = framework(
    scenarios=scenario("{all: [high: openness, low: size]}"),
    openness=f"{{desired: high, items: {items(A='scale: five', B='scale: five')}}}",
    size=f"{{desired: low, items: {items(C='scale: five')}}}",
    fact=f"{{desired: high, scope: organisation, items: {items(E='scale: yes_no')}}}",
)


def people(count: int, seed: int = 1, units: int = 3, unit: str = "u", **said: Any) -> list[dict[str, Any]]:
    """Respondents who answer anything, but for what is said of all of them."""
    rng = random.Random(seed)
    return [
        {
            "respondent": f"{unit}{seed}.{place}",
            "unit": f"{unit}{place % units}",
            "role": rng.choice(["employee", "manager"]),
            **{name: rng.randint(1, 5) for name in "ABC"},
            **said,
        }
        for place in range(count)
    ]


def groups_of(result: Result) -> Iterator[Group]:
    """Everybody and every group, as far as they are shown."""
    yield from (group for group in (result.overall, *result.groups) if isinstance(group, Group))


def scenarios_of(result: Result) -> Iterator[ScenarioResult]:
    for group in groups_of(result):
        yield from (s for s in group.scenarios.values() if isinstance(s, ScenarioResult))


def estimates_of(group: Group) -> dict[str, Estimate]:
    told = {"readiness": group.readiness, **group.dimensions, **group.indicators}
    return {id_: estimate for id_, estimate in told.items() if isinstance(estimate, Estimate)}


# -- nothing else is touched --------------------------------------------------------------------------------------


def stripped(node: Any, plain: Any) -> Any:
    """A record without what the analysis completes; a verdict it has left open is that of scoring."""
    if isinstance(node, dict):
        told = {
            key: stripped(value, plain.get(key) if isinstance(plain, dict) else None)
            for key, value in node.items()
            if key not in COMPLETED
        }
        if told.get("verdict") == "undetermined" and node["interval"] is not None:
            told["verdict"] = plain["verdict"]
        return told
    if isinstance(node, tuple | list):
        return [stripped(value, other) for value, other in zip(node, plain or [None] * len(node), strict=True)]
    return node


@tries(20, shrink=False)
@given(studies(most=14), st.sampled_from(BY))
def test_whatever_the_framework_the_analysis_only_adds(study: Any, by: list[tuple[str, ...]]) -> None:
    raw, rows, columns = study
    fw = loaded(raw)
    plain = analysed(fw, rows, by, columns=columns, with_analysis=False).model_dump()
    full = analysed(fw, rows, by, columns=columns).model_dump()
    assert stripped(full, plain) == stripped(plain, plain)


@tries(25, shrink=False)
@given(surveys())
def test_what_is_hidden_stays_hidden(survey: Any) -> None:
    raw, rows, by = survey
    fw = loaded(raw)
    plain, full = analysed(fw, rows, by, with_analysis=False), analysed(fw, rows, by)
    for before, after in zip((plain.overall, *plain.groups), (full.overall, *full.groups), strict=True):
        assert type(before) is type(after)
        if isinstance(before, Suppressed | SuppressedGroup):
            assert before == after
            continue
        for part in ("indicators", "dimensions", "items", "scenarios"):
            for id_, figure in getattr(before, part).items():
                if isinstance(figure, Suppressed):
                    assert getattr(after, part)[id_] == figure
        analysis = after.analysis
        gone = {id_ for id_, figure in before.indicators.items() if isinstance(figure, Suppressed)}
        assert not gone & set((analysis and analysis.agreement) or {})
        if before is plain.overall and analysis:
            assert all(isinstance((analysis.instrument or {}).get(id_, Suppressed()), Suppressed) for id_ in gone)
            assert all(isinstance((after.reliability or {}).get(id_, Suppressed()), Suppressed) for id_ in gone)
            assert not gone & {u.indicator for u in (analysis.responding.unknowing if analysis.responding else ())}
            assert not gone & {gap.indicator for gap in analysis.gaps.found}
            assert not any((analysis.resting or {}).get(id_) and analysis.resting[id_].roles for id_ in gone)


# -- intervals and verdicts ---------------------------------------------------------------------------------------


@tries(20, shrink=False)
@given(studies(most=14), st.sampled_from(BY))
def test_an_interval_holds_what_it_is_of(study: Any, by: list[tuple[str, ...]]) -> None:
    raw, rows, columns = study
    result = analysed(loaded(raw), rows, by, columns=columns)
    for group in groups_of(result):
        for id_, estimate in estimates_of(group).items():
            if estimate.interval is not None:
                assert estimate.value is not None
                low, high = estimate.interval
                assert low <= estimate.value <= high, id_
    for told in scenarios_of(result):
        if told.interval is not None:
            assert told.membership is not None
            assert 0 <= told.interval[0] <= told.membership <= told.interval[1] <= 1
        if isinstance(told.prevalence, Prevalence) and told.prevalence.interval is not None:
            low, high = told.prevalence.interval
            assert 0 <= low <= told.prevalence.value <= high <= 1


@tries(20, shrink=False)
@given(studies(most=14), st.sampled_from(BY))
def test_a_verdict_is_open_exactly_where_its_interval_straddles_a_half(study: Any, by: list[tuple[str, ...]]) -> None:
    raw, rows, columns = study
    for told in scenarios_of(analysed(loaded(raw), rows, by, columns=columns)):
        if told.interval is None or told.membership is None:
            assert told.probability is None
            continue
        assert told.probability is not None
        straddles = told.interval[0] <= HALF < told.interval[1]
        assert (told.verdict == "undetermined") is straddles
        if not straddles:
            assert told.verdict == ("present" if told.membership > HALF else "ruled out")
            assert told.probability >= 0.975 if told.verdict == "present" else told.probability <= 0.025


def test_a_membership_at_a_half_and_nothing_else_is_not_present() -> None:
    """Everybody asked, all of one mind at the crossover: 0.5 is not above 0.5, and nothing can move it."""
    fw = framework(
        scenarios=scenario("{high: {indicator: x, calibration: {out: 25, crossover: 50, in: 75}}}"),
        x=f"{{desired: high, items: {items(A='scale: five')}}}",
    )
    rows = [{"respondent": f"p{i}", "unit": "u", "A": 3} for i in range(6)]
    told = analysed(fw, rows, population=population(("unit",), {("u",): 6})).overall.scenarios["story"]
    assert (told.interval, told.verdict, told.probability) == ((0.5, 0.5), "ruled out", 0.0)
    open_ = analysed(fw, rows).overall.scenarios["story"]  # whoever was not asked may be of another mind
    assert open_.verdict == "undetermined"


def test_a_mean_has_students_interval() -> None:
    rows = people(12)
    scores = [25.0 * (row["C"] - 1) for row in rows]
    size = analysed(FRAMEWORK, rows).overall.indicators["size"]
    margin = T_11 * statistics.stdev(scores) / 12**0.5
    assert size.interval == pytest.approx((statistics.mean(scores) - margin, statistics.mean(scores) + margin))


def test_a_dimension_has_the_error_that_follows_from_its_indicators() -> None:
    """Of two indicators that count alike and were answered by all it is that of their mean, person by person."""
    rows = people(40)
    own = [(25.0 * ((row["A"] + row["B"]) / 2 - 1) + 100 - 25.0 * (row["C"] - 1)) / 2 for row in rows]
    fw = framework(
        openness=f"{{desired: high, items: {items(A='scale: five', B='scale: five')}}}",
        size=f"{{desired: low, items: {items(C='scale: five')}}}",
    )
    overall = analysed(fw, rows).overall
    for told in (overall.dimensions["culture"], overall.readiness):
        low, high = told.interval
        assert (high - low) / 2 == pytest.approx(2.0226909 * statistics.stdev(own) / 40**0.5, rel=1e-3)


def test_weights_widen_an_interval_to_that_of_so_many_alike() -> None:
    rows = [row | {WEIGHT: 1 + (place % 2) * 3} for place, row in enumerate(people(30))]
    size = analysed(FRAMEWORK, rows).overall.indicators["size"]
    weights = [row[WEIGHT] for row in rows]
    effective = sum(weights) ** 2 / sum(w * w for w in weights)  # Kish (1965)
    assert size.n_effective == pytest.approx(effective)
    low, high = size.interval
    assert (high - low) / 2 == pytest.approx(t_quantile(effective - 1) * size.sd / effective**0.5)


# -- finite populations -------------------------------------------------------------------------------------------


def test_where_everybody_was_asked_nothing_is_uncertain() -> None:
    rows = people(12, units=2)
    sizes = Counter((row["role"], row["unit"]) for row in rows)
    result = analysed(FRAMEWORK, rows, [("role",)], population=population(("role", "unit"), sizes))
    assert result.overall.analysis.sampling.finite
    for group in groups_of(result):
        for id_, estimate in estimates_of(group).items():
            if estimate.interval is not None:
                assert estimate.interval == pytest.approx((estimate.value, estimate.value), abs=1e-9), id_
    for told in scenarios_of(result):
        if told.interval:
            assert told.interval == pytest.approx((told.membership, told.membership), abs=1e-6)
            assert told.verdict != "undetermined"


def test_an_indicator_that_half_of_them_left_open_was_not_asked_of_everybody() -> None:
    rows = [row | ({"C": None} if place % 2 else {}) for place, row in enumerate(people(12))]
    sizes = population(("unit",), {("u0",): 4, ("u1",): 4, ("u2",): 4})
    told = analysed(FRAMEWORK, rows, population=sizes).overall
    assert told.indicators["openness"].interval[0] == told.indicators["openness"].interval[1]
    low, high = told.indicators["size"].interval
    scores = [25.0 * (row["C"] - 1) for row in rows if row["C"]]
    assert high - low == pytest.approx(2 * 2.5705818 * statistics.stdev(scores) / 6**0.5 * 0.5**0.5)
    assert told.scenarios["story"].interval[0] < told.scenarios["story"].interval[1]
    assert told.scenarios["story"].prevalence.interval[0] < told.scenarios["story"].prevalence.interval[1]


# -- who has no interval, and who has their own -------------------------------------------------------------------


def test_one_respondent_is_no_sample() -> None:
    result = analysed(FRAMEWORK, None, interviews=people(1))
    assert result.overall.analysis is None
    assert all(e.interval is None for e in estimates_of(result.overall).values())
    assert all(s.interval is None for s in scenarios_of(result))


def test_nor_is_a_group_of_one() -> None:
    result = analysed(FRAMEWORK, None, [("unit",)], interviews=[*people(4, units=1), *people(1, 2, unit="v")])
    alone = next(g for g in result.groups if g.by == {"unit": "v0"})
    assert alone.analysis is None
    assert all(e.interval is None for e in estimates_of(alone).values())


def test_interviews_beside_a_survey_are_no_draw_and_go_by_their_values() -> None:
    talks = people(6, seed=5)
    beside = analysed(FRAMEWORK, people(20), interviews=talks).groups[-1]
    plain = analysed(FRAMEWORK, people(20), interviews=talks, with_analysis=False).groups[-1]
    assert beside.by == {"source": "interview"}
    assert beside.but(analysis=None) == plain
    assert beside.analysis is None or beside.analysis.sampling is None


def test_facts_about_the_organisation_have_no_interval() -> None:
    rows = [row | {"E": place % 2} for place, row in enumerate(people(20))]
    assert analysed(FRAMEWORK, rows).overall.indicators["fact"].interval is None


def test_a_scenario_of_facts_alone_has_no_interval() -> None:
    fw = framework(
        scenarios=scenario("{high: fact}"),
        x=f"{{desired: high, items: {items(A='scale: five')}}}",
        fact=f"{{desired: high, scope: organisation, items: {items(E='scale: yes_no')}}}",
    )
    told = analysed(fw, people(20, E=1)).overall.scenarios["story"]
    assert (told.interval, told.verdict) == (None, "present")


def test_what_interviewers_rated_has_no_interval() -> None:
    fw, rows = FRAMEWORK, people(8)
    result = analysed(fw, None, interviews=rows, with_analysis=False)
    rated = SubGroup(by={"source": "evidence"}, **dict(result.overall))
    told = completed(Result(**{**dict(result), "groups": (rated,)}), Ground(fw, seen(fw, rows), protect=False))
    assert told.groups == (rated,)
    assert told.overall.indicators["size"].interval is not None  # type: ignore[union-attr]


def test_groups_whose_names_read_alike_are_told_apart() -> None:
    rows = [
        row | {"respondent": str(place), "unit": unit}
        for place, (row, unit) in enumerate(
            (row, unit) for unit in (None, "(blank)") for row in people(8, len(str(unit)))
        )
    ]
    told = analysed(FRAMEWORK, rows, [("unit",)]).groups
    assert [group.by["unit"] for group in told] == ["(blank)", None]
    small = analysed(FRAMEWORK, rows[4:], [("unit",)]).groups
    assert any(isinstance(group, SuppressedGroup) for group in small)
    assert [group.by["unit"] for group in small] == ["(blank)", None]


# -- units, and parts that are balanced ---------------------------------------------------------------------------


def moody(units: int, size: int, **said: Any) -> list[dict[str, Any]]:
    """Units of which each is of one mind, give or take."""
    rng = random.Random(7)
    rows = []
    for unit in range(units):
        mood = rng.choice([1, 2, 4, 5])
        for place in range(size):
            answers = {name: min(5, max(1, mood + rng.choice([-1, 0, 0, 1]))) for name in "ABC"}
            rows.append({"respondent": f"{unit}.{place}", "unit": f"u{unit:02}", "role": "employee", **answers, **said})
    return rows


def width(estimate: Estimate) -> float:
    assert estimate.interval is not None
    return estimate.interval[1] - estimate.interval[0]


def test_people_of_like_minded_units_say_less_than_as_many_from_everywhere() -> None:
    rows = moody(14, 8)
    together = analysed(FRAMEWORK, rows).overall
    apart = analysed(FRAMEWORK, [row | {"unit": None} for row in rows]).overall
    assert (together.analysis.sampling.clusters, together.analysis.sampling.drawn) == (14, "means")
    assert apart.analysis.sampling.clusters is None
    assert width(together.indicators["openness"]) > 1.5 * width(apart.indicators["openness"])
    shares = [g.scenarios["story"].prevalence.interval for g in (together, apart)]
    assert shares[0][1] - shares[0][0] > shares[1][1] - shares[1][0]


def test_of_few_units_what_they_have_in_common_cannot_be_told() -> None:
    assert analysed(FRAMEWORK, moody(9, 8)).overall.analysis.sampling.clusters is None


def test_units_that_were_all_asked_were_not_drawn() -> None:
    sizes = population(("unit",), {(f"u{unit:02}",): 40 for unit in range(14)})
    assert analysed(FRAMEWORK, moody(14, 8), population=sizes).overall.analysis.sampling.clusters is None
    sizes = population(("unit",), {(f"u{unit:02}",): 40 for unit in range(15)})
    assert analysed(FRAMEWORK, moody(14, 8), population=sizes).overall.analysis.sampling.clusters == 14


def test_an_indicator_of_few_units_leaves_the_others_in_theirs() -> None:
    rows = moody(14, 8)
    for row in rows:
        if row["unit"] > "u04":
            row["C"] = None
    all_, some = analysed(FRAMEWORK, moody(14, 8)).overall, analysed(FRAMEWORK, rows).overall
    assert some.indicators["openness"].interval == all_.indicators["openness"].interval
    assert some.indicators["size"].interval is not None


def test_in_a_balanced_mean_respondents_say_as_much_as_their_effective_number() -> None:
    """An error made of roles would tell of those that are hidden."""
    rows = [row | {"role": "manager" if place < 8 else "employee"} for place, row in enumerate(people(30))]
    size = analysed(FRAMEWORK, rows, balance="role").overall.indicators["size"]
    assert size.n_effective == pytest.approx(1 / ((1 / 4) / 8 + (1 / 4) / 22))
    assert width(size) / 2 == pytest.approx(t_quantile(size.n_effective - 1) * size.sd / size.n_effective**0.5)


# -- same bytes ---------------------------------------------------------------------------------------------------


@tries(12, shrink=False)
@given(surveys(), st.integers(0, 10**6))
def test_the_order_of_rows_changes_no_byte(survey: Any, seed: int) -> None:
    raw, rows, by = survey
    fw = loaded(raw)
    shuffled = random.Random(seed).sample(rows, len(rows))
    assert analysed(fw, shuffled, by).to_json() == analysed(fw, rows, by).to_json()


def test_nor_does_it_where_units_are_clusters() -> None:
    rows = moody(14, 8)
    turned = random.Random(2).sample(rows, len(rows))
    assert analysed(FRAMEWORK, turned, [("unit",)]).to_json() == analysed(FRAMEWORK, rows, [("unit",)]).to_json()


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("by", BY)
def test_whether_many_are_counted_or_scored_a_row_each_changes_nothing_but_how_is_drawn(
    by: Sequence[tuple[str, ...]], weighted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row | {"E": 1} | ({WEIGHT: 1 + place % 3} if weighted else {}) for place, row in enumerate(people(60))]
    rows[3]["A"], rows[7]["C"], rows[8]["B"], rows[9]["role"] = "dk", None, "na", None
    monkeypatch.setattr("readiness.analysis.onlooking.MOST_HELD", 0)
    by_row = analysed(FRAMEWORK, rows, by)
    monkeypatch.setattr(pieces, "FEW_CELLS", 0)
    counted = analysed(FRAMEWORK, rows, by)
    assert by_row.overall.analysis.sampling.drawn == "means"
    assert counted.to_json() == by_row.to_json()
    monkeypatch.setattr("readiness.responses.table.PIECE", 7)
    assert analysed(FRAMEWORK, rows, by).to_json() == by_row.to_json()


def test_respondents_drawn_again_and_means_drawn_jointly_say_much_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = people(120)
    again = analysed(FRAMEWORK, rows).overall
    monkeypatch.setattr("readiness.analysis.onlooking.MOST_HELD", 0)
    jointly = analysed(FRAMEWORK, rows).overall
    assert (again.analysis.sampling.drawn, jointly.analysis.sampling.drawn) == ("respondents", "means")
    assert again.indicators == jointly.indicators
    one, other = again.scenarios["story"].interval, jointly.scenarios["story"].interval
    assert one == pytest.approx(other, abs=0.05)
    assert isinstance(again, Group)
    assert not isinstance(again, SubGroup)


@pytest.mark.parametrize("few", [0, 1_000_000], ids=["counted", "a row each"])
@pytest.mark.parametrize(
    "said", [{}, {"unit": "u", "role": "manager"}, {WEIGHT: 2}], ids=["alone", "context", "weight"]
)
def test_a_framework_of_facts_alone_and_one_without_scenarios_are_analysed(
    few: int, said: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "FEW_CELLS", few)
    facts = framework(fact=f"{{desired: high, scope: organisation, items: {items(E='scale: yes_no')}}}")
    rows = [{"respondent": str(place), "E": place % 2} | said for place in range(8)]
    assert analysed(facts, rows).overall.indicators["fact"].interval is None
    plain = framework(x=f"{{desired: high, items: {items(E='scale: yes_no')}}}")
    assert analysed(plain, rows).overall.indicators["x"].interval is not None


def test_a_survey_that_nobody_answered_has_nothing_to_analyse() -> None:
    rows = [{"respondent": str(place), "unit": "u", "C": None} for place in range(8)]
    assert isinstance(analysed(FRAMEWORK, rows).overall, Suppressed)
