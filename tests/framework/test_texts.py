"""What a report needs of a framework travels as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from readiness.framework.loading import load
from readiness.framework.texts import texts_of


def test_texts_are_json_and_name_everything(write: Callable[..., Path]) -> None:
    framework = load(write())
    texts = json.loads(json.dumps(texts_of(framework)))
    assert texts["languages"] == ["en", "fr"]
    assert texts["dimensions"]["culture"]["indicators"] == ["lived", "pushed"]
    assert texts["indicators"]["lived"]["dimension"] == "culture"
    assert texts["indicators"]["lived"]["title"] == {"en": "Lived", "fr": "Vécue"}
    assert texts["items"]["CUL03"]["roles"] == ["employee"]
    assert texts["items"]["CUL01"]["options"][0]["label"] == {"en": "Disagree", "fr": "Pas d'accord"}
    assert texts["context"]["role"]["options"]["manager"]["fr"] == "Encadrement"
    assert texts["missing"]["dk"]["fr"] == "Ne sait pas"


def test_a_configuration_is_nested_json(write: Callable[..., Path]) -> None:
    scenarios = "push: {title: a, when: {any: [{high: pushed}, {not: {all: [{low: lived, part: symptom}]}}]}}\n"
    when = texts_of(load(write(scenarios=scenarios)))["scenarios"]["push"]["when"]
    assert when["any"][0]["name"] == "high pushed"
    low = when["any"][1]["not"]["all"][0]
    assert (low["part"], low["calibration"]["out"]) == ("symptom", 70)


def test_a_number_has_its_extremes_instead_of_options(questionnaire: Callable[..., Path]) -> None:
    text = "dimension: a\nindicators: {b: {desired: low, items: {N: {text: a, type: number, min: 0, max: 7}}}}\n"
    item = texts_of(load(questionnaire(text)))["items"]["N"]
    assert (item["min"], item["max"], item["scale"]) == (0, 7, None)
    assert "options" not in item
