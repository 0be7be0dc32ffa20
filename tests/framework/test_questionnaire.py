"""What may stand in a questionnaire, and what is said where something else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.loading import check, load

Questionnaire = Callable[..., Path]

HEAD = "dimension: culture\nindicators:\n  lived:\n    desired: high\n"
ITEM = "  A: {text: a, scale: agreement}"


def lines(folder: Path) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.what) for fault in check(folder).faults]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ("{scale: agreement}", "item 'A' has no 'text'"),
        ("{text: a}", "item 'A' has no 'scale'"),
        ("{text: 5, scale: agreement}", "item 'A': 'text' should be a text, found '5'"),
        ("{text: [a], scale: agreement}", "item 'A': 'text' should be a text, found a list"),
        ("{text: '', scale: agreement}", "item 'A': 'text' is empty"),
        ("{text: {en: a, de: b}, scale: agreement}", "item 'A': 'text': unknown language 'de'"),
        ("{text: {fr: a}, scale: agreement}", "item 'A': 'text' lacks en, which the other languages fall back on"),
        ("{text: {en: 5}, scale: agreement}", "item 'A': 'text': a text is expected in en, found '5'"),
        ("{text: a, scale: agreemnt}", "item 'A' names scale 'agreemnt', which does not exist"),
        ("{text: a, scale: [agreement]}", "item 'A': 'scale' should be an id, found a list"),
        ("{text: a, scale: agreement, min: 1}", "item 'A' has 'min', which only a number has"),
        ("{text: a, type: number, min: 1}", "item 'A' is a number and has no 'max'"),
        ("{text: a, type: number, min: 3, max: 2}", "item 'A': 'min' 3 is not below 'max' 2"),
        ("{text: a, type: number, min: 1, max: 2, scale: agreement}", "item 'A' is a number and has a scale"),
        ("{text: a, type: number, min: .nan, max: 2}", "item 'A': 'min' should be a number, found '.nan'"),
        ("{text: a, type: number, min: 1, max: 1e300}", "item 'A': 'max' should be a number, found '1e300'"),
        (
            "{text: a, type: numbr, scale: agreement}",
            "item 'A': 'type' should be one of scale, number, found 'numbr'",
        ),
        ("{text: a, scale: agreement, reversed: No}", "item 'A': 'reversed' should be true or false, found 'No'"),
        ("{text: a, scale: agreement, weight: true}", "item 'A': 'weight' should be a number, found 'true'"),
        (
            "{text: a, scale: agreement, weight: -1}",
            "item 'A': 'weight' should be a number from 0 to 1e+06, found '-1'",
        ),
        ("{text: a, scale: agreement, roles: []}", "item 'A': 'roles' is empty, so nobody is asked"),
        ("{text: a, scale: agreement, roles: employee}", "item 'A': 'roles' should be a list, found 'employee'"),
        ("{text: a, scale: agreement, roles: [boss]}", "item 'A' names role 'boss', which does not exist"),
        ("{text: a, scale: agreement, roles: [manager, manager]}", "item 'A': 'roles' names 'manager' twice"),
        ("{text: a, scale: agreement, source: [S9]}", "item 'A' names source 'S9', which does not exist"),
        ("{text: a, scale: agreement, reverse: true}", "item 'A': unknown key 'reverse'"),
        ("[a]", "item 'A': its keys are expected (text, type, scale, min, …), found a list"),
    ],
)
def test_a_fault_of_an_item_is_one_message_with_its_line(questionnaire: Questionnaire, item: str, said: str) -> None:
    assert lines(questionnaire(f"{HEAD}    items:\n      A: {item}\n")) == [(6, said)]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("dimension: culture\n", 1, "dimension 'culture' has no 'indicators'"),
        ("title: a\nunscored: {}\n", 1, "the questionnaire has no 'dimension'"),
        ("dimension: culture\nindicators: {}\n", 2, "dimension 'culture' has no indicators"),
        ("dimension: my culture\nunscored: {}\n", 1, "the questionnaire: 'dimension': 'my culture' cannot be an id"),
        (f"{HEAD}    items: {{}}\n", 5, "indicator 'lived' has no items"),
        (f"{HEAD}    items:\n", 5, "indicator 'lived': 'items' is empty"),
        (HEAD, 3, "indicator 'lived' has no 'items'"),
        (f"{HEAD}    effort: 0\n    items: {{{ITEM}}}\n", 5, "indicator 'lived': 'effort' should be a number above 0"),
        (f"{HEAD}    bands: [{{from: 5}}, {{from: 5}}]\n    items: {{{ITEM}}}\n", 5, "indicator 'lived': band from 5"),
        (
            f"{HEAD}    items: {{{ITEM}, role: {{text: a, scale: agreement}}}}\n",
            5,
            "item 'role' has the name of",
        ),
        (
            f"{HEAD}    items: {{respondent: {{text: a, scale: agreement}}}}\n",
            5,
            "item 'respondent' has the",
        ),
        (f"{HEAD}    items: {{'a b': {{text: a, scale: agreement}}}}\n", 5, "item 'a b': 'a b' cannot be an id"),
        (f"{HEAD}    items: {{{ITEM}}}\nunscored: {{A: {{type: text, text: a}}}}\n", 6, "item 'A' is there twice"),
        (
            f"{HEAD}    items: {{{ITEM}}}\nunscored: {{B: {{type: choice, text: a}}}}\n",
            6,
            "question 'B' is a choice",
        ),
        (f"{HEAD}    items: {{{ITEM}, weight: 0}}\n", 5, "item 'weight': its keys are expected"),
        (
            f"{HEAD}    items: {{A: {{text: a, scale: agreement, weight: 0}}}}\n",
            3,
            "all items of indicator 'lived'",
        ),
        (f"{HEAD}    weight: 0\n    items: {{{ITEM}}}\n", 1, "all parts of dimension 'culture' have weight 0"),
        ("weight: 0\n" + f"{HEAD}    items: {{{ITEM}}}\n", 1, "all dimensions of the framework have weight 0"),
        (
            f"{HEAD}    aggregate: geometric\n    items: {{A: {{text: a, type: number, min: -1, max: 1}}}}\n",
            3,
            "indicator 'lived' takes the geometric mean of negative points",
        ),
    ],
)
def test_a_fault_of_a_questionnaire_is_one_message_with_its_line(
    questionnaire: Questionnaire, text: str, line: int, said: str
) -> None:
    found = lines(questionnaire(text))
    assert len(found) == 1
    assert found[0][0] == line
    assert found[0][1].startswith(said)


def test_ids_are_unique_over_all_files(
    questionnaire: Questionnaire, write: Callable[..., Path], good: dict[str, str]
) -> None:
    header = good["framework.yaml"].replace("[culture.yaml]", "[culture.yaml, trust.yaml]")
    trust = "dimension: culture\nindicators: {lived: {desired: low, items: {CUL01: {text: a, scale: agreement}}}}\n"
    said = [fault.what.split(", first in")[0] for fault in check(write(framework=header, trust=trust)).faults]
    assert said == [
        "dimension 'culture' is there twice",
        "item 'CUL01' is there twice",
        "indicator 'lived' is there twice",
    ]


def test_nested_dimensions_hold_what_a_dimension_holds(questionnaire: Questionnaire) -> None:
    head = "dimension: a\ndimensions:\n  b:\n    dimensions:\n"
    inner = f"      c: {{weight: 2, indicators: {{x: {{desired: high, items: {{{ITEM}}}}}}}}}\n"
    framework = load(questionnaire(head + inner))
    assert list(framework.all_dimensions) == ["a", "b", "c"]
    assert framework.all_dimensions["c"].weight == 2
    assert list(framework.items) == ["A"]


def test_a_text_without_a_language_is_the_same_in_all(questionnaire: Questionnaire) -> None:
    item = load(questionnaire(f"{HEAD}    items: {{{ITEM}}}\n")).items["A"]
    assert item.text == {"": "a"}
    assert item.text.in_("fr") == "a"


def test_languages_stand_in_the_order_of_the_framework(questionnaire: Questionnaire) -> None:
    item = load(questionnaire(f"{HEAD}    items: {{A: {{text: {{fr: b, en: a}}, scale: agreement}}}}\n")).items["A"]
    assert list(item.text.items()) == [("en", "a"), ("fr", "b")]


def test_a_missing_translation_is_a_warning(questionnaire: Questionnaire) -> None:
    checked = check(questionnaire(f"{HEAD}    items: {{A: {{text: {{en: a}}, scale: agreement}}}}\n"))
    assert checked.faults == ()
    assert "item 'A': 'text' is not translated into fr" in [warning.what for warning in checked.warnings]


SCALE = "format: 1\nid: a\nversion: '1'\nlanguages: [en, fr]\nquestionnaires: [culture.yaml]\nscales:\n  agreement:\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("[]", " has no options"),
        ("[{value: 1}, {value: 1.0}]", ": value 1 is there twice"),
        (
            "[{value: 1, label: a}, {value: 2, label: A}]",
            ", option 2 is called 'A', and so is option 1",
        ),
        (
            "[{value: 1, label: {en: a, fr: b}}, {value: 2, label: {en: b, fr: c}}]",
            ", option 2 is called",
        ),
        ("[{value: 1, aliases: [x]}, {value: 2, aliases: [x]}]", ", option 2 is called 'x'"),
        ("[{value: 1, label: '2'}, {value: 2}]", ", option 2 is called '2', and so is option 1"),
        (
            "[{value: 1, label: Not applicable}, {value: 2}]",
            ", option 1 is called 'Not applicable', and so",
        ),
        ("[{value: 1, label: NA}, {value: 2}]", ", option 1 is called 'NA', and so is not applicable"),
        (
            "[{value: No}, {value: 1}, {value: 2}]",
            ", an option: 'value' should be a number, found 'No'",
        ),
        ("[{value: 1, score: 3}, {value: 2, score: 3}]", ": all options count the same"),
        ("[{label: a}, {value: 1}, {value: 2}]", ", an option has no 'value'"),
    ],
)
def test_options_are_unmistakable(questionnaire: Questionnaire, options: str, said: str) -> None:
    found = lines(questionnaire(f"{HEAD}    items: {{{ITEM}}}\n", f"{SCALE}    options: {options}\n"))
    assert len(found) == 1
    assert found[0][0] == 8
    assert found[0][1].startswith(f"scale 'agreement'{said}")


def test_a_whole_value_is_an_integer_however_it_is_written(questionnaire: Questionnaire) -> None:
    scale = load(
        questionnaire(f"{HEAD}    items: {{{ITEM}}}\n", f"{SCALE}    options: [{{value: 1.0}}, {{value: 2}}]\n")
    ).scales
    assert [str(option.value) for option in scale["agreement"].options] == ["1", "2"]
