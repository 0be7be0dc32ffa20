"""Public instruments fit without code: sums, raw ranges, bands, explicit scores, nesting, numbers, crisp anchors."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.framework.loading import check, load
from readiness.framework.texts import texts_of
from readiness.responses.table import from_rows
from readiness.scoring.engine import score
from readiness.scoring.result import Estimate, Group, ScenarioResult

HERE = Path(__file__).parent
INSTRUMENTS = sorted(path.name for path in HERE.iterdir() if (path / "framework.yaml").is_file())


def scored(instrument: str, answers: dict[str, object]) -> Group:
    framework = load(HERE / instrument)
    rows = [{item: "" if answer is None else str(answer) for item, answer in answers.items()}]
    overall = score(framework, from_rows(framework, rows), protect=False).overall
    assert isinstance(overall, Group)
    return overall


def indicator(group: Group, name: str) -> float | None:
    estimate = group.indicators[name]
    assert isinstance(estimate, Estimate)
    return estimate.value


def readiness(group: Group, dimension: str | None = None) -> float | None:
    estimate = group.readiness if dimension is None else group.dimensions[dimension]
    assert isinstance(estimate, Estimate)
    return estimate.value


def scenario(group: Group, name: str) -> ScenarioResult:
    result = group.scenarios[name]
    assert isinstance(result, ScenarioResult)
    return result


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_an_instrument_has_neither_faults_nor_warnings(name: str) -> None:
    checked = check(HERE / name)
    assert (checked.faults, checked.warnings) == ((), ())


DAYS = {"P1": 1, "P2": 2, "P3": 0, "P4": 3, "P5": 1, "P6": 0, "P7": 2, "P8": 1, "P9": 0}


def test_a_phq_9_is_the_sum_of_its_items() -> None:
    group = scored("phq-9", DAYS)
    assert indicator(group, "severity") == pytest.approx(10)
    assert readiness(group) == pytest.approx(100 * 17 / 27)  # adverse: turned round within 0-27
    assert scenario(group, "positive_screen").membership == pytest.approx(0.574442516811659)
    assert scenario(group, "positive_screen").verdict == "present"


def test_nine_is_no_positive_screen() -> None:
    group = scored("phq-9", {**DAYS, "P1": 0})
    assert indicator(group, "severity") == pytest.approx(9)
    assert scenario(group, "positive_screen").verdict == "ruled out"


def test_a_phq_9_with_missing_answers_is_prorated_up_to_two() -> None:
    assert indicator(scored("phq-9", {**DAYS, "P9": None}), "severity") == pytest.approx(10 / 8 * 9)
    assert indicator(scored("phq-9", {**DAYS, "P9": "dk", "P6": None}), "severity") == pytest.approx(10 / 7 * 9)
    assert indicator(scored("phq-9", {**DAYS, "P9": None, "P6": None, "P3": None}), "severity") is None


def test_phq_9_has_five_bands_over_0_to_27() -> None:
    texts = texts_of(load(HERE / "phq-9"))["indicators"]["severity"]
    assert texts["range"] == [0, 27]
    assert [(band["from"], band["label"][""]) for band in texts["bands"]][-2:] == [
        (15, "moderately severe"),
        (20, "severe"),
    ]


def test_sus_turns_every_other_item_round() -> None:
    answers = dict(zip([f"U{number}" for number in range(1, 11)], [4, 2, 5, 1, 4, 2, 5, 1, 4, 2], strict=True))
    assert indicator(scored("sus", answers), "usability") == pytest.approx(85)
    assert indicator(scored("sus", dict.fromkeys(answers, 3)), "usability") == pytest.approx(50)
    assert indicator(scored("sus", dict.fromkeys(answers, 5)), "usability") == pytest.approx(50)


MATURE = {
    **{"ST1A": 1, "ST1B": 1, "ST2A": 2, "ST2B": 3, "ST3A": 0, "ST3B": 2},
    **{"PO1A": 3, "PO1B": 2, "PO2A": 0, "PO2B": 1, "PO3A": 0, "PO3B": 1},
    **{"TH1A": 3, "TH1B": 3, "TH2A": 2, "TH2B": 1, "TH3A": 1, "TH3B": 0},
}


def test_a_maturity_model_sums_levels_and_averages_practices() -> None:
    group = scored("maturity", MATURE)
    assert indicator(group, "strategy_1") == pytest.approx((0.25 + 0.5) / 2)
    assert readiness(group, "strategy") == pytest.approx(0.375 + 0.75 + 0.5)
    assert readiness(group, "policy") == pytest.approx(0.75 + 0.125 + 0.25)
    assert readiness(group, "governance") == pytest.approx(1.375)
    assert readiness(group, "design") == pytest.approx(1.625)
    assert readiness(group) == pytest.approx(1.5)


def test_a_maturity_model_runs_from_0_to_3() -> None:
    texts = texts_of(load(HERE / "maturity"))
    assert texts["range"] == texts["dimensions"]["governance"]["range"] == [0, 3]
    assert texts["dimensions"]["strategy"]["parent"] == "governance"


# Figures and memberships as Ragin (2008) prints them, to two digits and with log-odds of 3; R's calibrate() has ln 19.
COUNTRIES = [
    ("Austria", 720, 33.4, 0.81, 0.12),
    ("Belgium", 1098, 60.5, 0.99, 0.89),
    ("Czechoslovakia", 586, 69.0, 0.58, 0.98),
    ("Romania", 331, 21.9, 0.01, 0.03),
]


def calibrated(x: float, out: float, crossover: float, full: float) -> float:
    distance = (x - crossover) / (full - crossover if x >= crossover else crossover - out)
    return 1 / (1 + 19**-distance)


@pytest.mark.parametrize(("country", "gnp", "towns", "developed", "urban"), COUNTRIES)
def test_fuzzy_sets_come_out_as_in_the_literature(
    country: str, gnp: float, towns: float, developed: float, urban: float
) -> None:
    group = scored("lipset", {"country": country, "DEV": gnp, "URB": towns})
    modern = scenario(group, "modern")
    memberships = [condition.membership for condition in modern.conditions]
    assert memberships == pytest.approx([calibrated(gnp, 400, 550, 900), calibrated(towns, 25, 50, 65)])
    assert memberships == pytest.approx([developed, urban], abs=0.006)
    assert modern.membership == pytest.approx(min(x for x in memberships if x is not None))
    assert scenario(group, "rural").membership == pytest.approx(1 - min(x for x in memberships if x is not None))
