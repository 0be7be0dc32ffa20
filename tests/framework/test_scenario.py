"""Configurations, their calibrations, and what may be told about them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.configurations import All, Any_, Calibration, Not
from readiness.framework.loading import check, load

Write = Callable[..., Path]


def scenario(when: str, rest: str = "") -> str:
    return f"push:\n  title: a\n  when: {when}\n{rest}"


def lines(folder: Path) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.what) for fault in check(folder).faults]


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("{high: pusehd}", " names indicator 'pusehd', which does not exist"),
        ("{hihg: pushed}", ": unknown key 'hihg'"),
        ("{}", ": names no condition"),
        ("pushed", ": a condition is expected, found 'pushed'"),
        ("{high: pushed, low: lived}", ": 'high' and 'low' stand in one place"),
        ("{all: []}", ": 'all' is empty"),
        ("{all: {high: pushed}}", ": 'all' should be a list, found a mapping"),
        ("{not: [{high: pushed}]}", ": a condition is expected, found a list"),
        ("{all: [{high: pushed}], part: cause}", ": 'part' stands beside 'all'"),
        (
            "{high: pushed, part: origin}",
            ": 'part' should be one of cause, symptom, setting, found 'origin'",
        ),
        ("{high: [pushed]}", ": 'high' should name an indicator, found a list"),
        ("{high: }", ": 'high' should name an indicator, found nothing"),
        ("{high: pushed, calibration: {}}", ": unknown key 'calibration'"),
        (
            "{high: {indicator: pushed, calibration: {out: 30, in: 80}}}",
            ", the calibration of 'high pushed' has no 'crossover'",
        ),
        (
            "{high: {indicator: pushed, calibration: {out: 80, crossover: 55, in: 30}}}",
            ", the calibration of 'high pushed': anchors 80, 55, 30 do not rise",
        ),
        (
            "{low: {indicator: pushed, calibration: {out: 30, crossover: 55, in: 80}}}",
            ", the calibration of 'low pushed': anchors 30, 55, 80 do not fall",
        ),
        (
            "{high: {indicator: pushed, calibration: {out: 30, crossover: 30, in: 80}}}",
            ", the calibration of 'high pushed': anchors 30, 30, 80 do not rise",
        ),
        (
            "{high: {indicator: pushed, calibration: {out: 3, crossover: 5, in: 8, log_odds: 0}}}",
            ", the calibration of 'high pushed': 'log_odds' should be a number above 0, found '0'",
        ),
        (
            "{high: {indicator: pushed, calibration: {out: 90, crossover: 100, in: 110}}}",
            ", the calibration of 'high pushed' never holds: its scores run from 0 to 100",
        ),
        ("{not: " * 12 + "{high: pushed}" + "}" * 12, ": nests more than 12 levels deep"),
    ],
)
def test_a_fault_of_a_configuration_is_one_message_with_its_line(write: Write, when: str, said: str) -> None:
    assert lines(write(scenarios=scenario(when))) == [(3, f"scenario 'push', 'when'{said}")]


def test_a_broken_condition_does_not_hide_the_next(write: Write) -> None:
    when = "\n    all:\n      - {hihg: pushed}\n      - {high: livde}\n      - {low: [lived]}"
    assert [line for line, _ in lines(write(scenarios=scenario(when)))] == [5, 6, 7]


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("  kind: rsik\n", ": 'kind' should be one of risk, favourable, found 'rsik'"),
        ("  aggravated_by: [livd]\n", " names indicator 'livd', which does not exist"),
        (
            "  responses: [{relieves: lived, do: a}]\n",
            ", a response relieves 'lived', which is no condition",
        ),
        ("  responses: [{relieves: pushed}]\n", ", a response has no 'do'"),
        ("  responses: {relieves: pushed, do: a}\n", ": 'responses' should be a list, found a mapping"),
        ("  early_signs: a\n", ": 'early_signs' should be a list of texts, found 'a'"),
        (
            "  early_signs: [{fr: a}]\n",
            ": 'early_signs' lacks en, which the other languages fall back on",
        ),
        ("  story: {en: a, es: b}\n", ": 'story': unknown language 'es'"),
    ],
)
def test_a_fault_of_what_is_told_is_one_message_with_its_line(write: Write, rest: str, said: str) -> None:
    found = lines(write(scenarios=scenario("{high: pushed}", rest)))
    assert len(found) == 1
    assert found[0][0] == 4
    assert found[0][1].startswith(f"scenario 'push'{said}")


def test_without_conditions_there_is_nothing_to_relieve_and_one_fault(write: Write) -> None:
    folder = write(scenarios=scenario("{hihg: pushed}", "  responses: [{relieves: pushed, do: a}]\n"))
    assert len(lines(folder)) == 1


def test_a_scenario_has_a_configuration(write: Write) -> None:
    assert lines(write(scenarios="push: {title: a}\n")) == [(1, "scenario 'push' has no 'when'")]


def test_families_are_known_where_there_are_any(write: Write, good: dict[str, str]) -> None:
    scenarios = scenario("{high: pushed}", "  family: idel\n")
    assert lines(write(scenarios=scenarios)) == []
    header = good["framework.yaml"] + "families: {idle: {title: Idle}}\n"
    assert [line for line, _ in lines(write(framework=header, scenarios=scenarios))] == [4]


def test_configurations_nest(write: Write) -> None:
    when = "{all: [{high: pushed, part: setting}, {any: [{low: lived}, {not: {high: lived}}]}]}"
    read = load(write(scenarios=scenario(when))).scenarios["push"]
    assert isinstance(read.when, All)
    assert isinstance(read.when.parts[1], Any_)
    assert isinstance(read.when.parts[1].parts[1], Not)
    assert [condition.name for condition in read.conditions] == ["high pushed", "low lived", "high lived"]
    assert [condition.part for condition in read.conditions] == ["setting", "cause", "cause"]


def calibrations(folder: Path) -> list[Calibration]:
    return [condition.calibration for condition in load(folder).scenarios["push"].conditions]


def anchors(out: float, crossover: float, in_: float, log_odds: float = 3.0) -> Calibration:
    return Calibration(out=out, crossover=crossover, in_=in_, log_odds=log_odds)


def test_a_condition_takes_the_default_and_a_low_its_mirror_image(write: Write) -> None:
    folder = write(scenarios=scenario("{all: [{high: pushed}, {low: pushed}]}"))
    assert calibrations(folder) == [anchors(30, 55, 80), anchors(70, 45, 20)]


def test_the_default_is_the_framework_s(write: Write, good: dict[str, str]) -> None:
    header = good["framework.yaml"] + "defaults: {calibration: {out: 40, crossover: 60, in: 90, log_odds: 2}}\n"
    when = "{all: [{low: pushed}, {high: {indicator: pushed, calibration: {out: 1, crossover: 2, in: 3}}}]}"
    folder = write(framework=header, scenarios=scenario(when))
    assert calibrations(folder) == [anchors(60, 40, 10, 2), anchors(1, 2, 3, 2)]


def test_a_default_has_to_rise(write: Write, good: dict[str, str]) -> None:
    header = good["framework.yaml"] + "defaults: {calibration: {out: 80, crossover: 55, in: 30}}\n"
    assert [line for line, _ in lines(write(framework=header))] == [18]


def test_the_default_is_stretched_over_a_raw_range(write: Write, good: dict[str, str]) -> None:
    culture = good["culture.yaml"].replace("desired: low", "desired: low\n    range: raw\n    aggregate: sum")
    folder = write(culture=culture, scenarios=scenario("{all: [{high: pushed}, {low: pushed}]}"))
    assert calibrations(folder) == [anchors(1.6, 2.1, 2.6), anchors(2.4, 1.9, 1.4)]


def test_a_condition_no_role_can_answer_is_a_fault(write: Write, good: dict[str, str]) -> None:
    culture = good["culture.yaml"].replace("roles: [employee]", "roles: [employee], ask_if: {role: {is: manager}}")
    assert lines(write(culture=culture, scenarios=scenario("{high: pushed}"))) == [
        (17, "item 'CUL03' is asked of nobody: its roles and tests exclude each other"),
        (3, "scenario 'push': no role can answer 'high pushed'"),
    ]


def test_a_scenario_that_no_single_role_is_asked_about_is_a_warning(write: Write, good: dict[str, str]) -> None:
    culture = good["culture.yaml"].replace("scale: agreement}\n", "scale: agreement, roles: [manager]}\n", 1)
    warnings = [warning.what for warning in check(write(culture=culture)).warnings]
    assert warnings == ["scenario 'push': no role is asked about all of its conditions, so only groups can have it"]


def test_a_condition_without_a_core_item_is_a_warning(write: Write, good: dict[str, str]) -> None:
    culture = good["culture.yaml"].replace("roles: [employee]", "core: false")
    assert [warning.what for warning in check(write(culture=culture)).warnings] == [
        "scenario 'push': no core item answers 'high pushed', so a survey of core items cannot"
    ]


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        ("{moving: livd, direction: up, needs: [pushed]}", "a guard names indicator 'livd', which does not exist"),
        ("{moving: lived, direction: up, needs: [lived]}", "the guard for 'lived' needs 'lived' itself"),
        ("{moving: lived, direction: up, needs: []}", "the guard for 'lived' needs nothing"),
        (
            "{moving: lived, direction: sideways, needs: [pushed]}",
            "the guard for 'lived': 'direction' should be one of up, down, found 'sideways'",
        ),
    ],
)
def test_guards_name_indicators(write: Write, good: dict[str, str], guard: str, said: str) -> None:
    assert lines(write(framework=good["framework.yaml"] + f"guards: [{guard}]\n")) == [(18, said)]
