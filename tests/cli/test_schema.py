"""`schema`: JSON Schemas that any validator takes, and that the real files keep to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from readiness.framework.catalogue import find
from readiness.framework.nodes import plain
from readiness.framework.source import read
from tests.cli.running import run

KINDS = ("result", "framework", "questionnaire", "scenarios")


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("schemas")
    return {kind: json.loads(run("schema", kind, cwd=folder).out) for kind in KINDS}


def faults(value: Any, schema: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(value)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one(kind: str, schemas: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schemas[kind])


def test_the_result_is_the_default(schemas: dict[str, Any], tmp_path: Path) -> None:
    ran = run("schema", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == schemas["result"]


def test_a_result_with_groups_and_suppression_is_valid(company: Path, schemas: dict[str, Any], tmp_path: Path) -> None:
    result = json.loads(
        run("score", company, "--by", "unit", "--by", "unit,role", "--format", "json", cwd=tmp_path).out
    )
    assert any("suppressed" in group for group in result["groups"])
    assert faults(result, schemas["result"]) == []


def test_a_result_with_a_hole_is_not(survey: Path, schemas: dict[str, Any], tmp_path: Path) -> None:
    result = json.loads(run("score", survey, "--format", "json", cwd=tmp_path).out)
    del result["respondents"]["scored"]
    assert faults(result, schemas["result"]) == ["$.respondents: 'scored' is a required property"]


@pytest.mark.parametrize("path", sorted(find("enterprise-2.0").glob("*.yaml")), ids=lambda path: path.name)
def test_the_shipped_files_are_valid(path: Path, schemas: dict[str, Any]) -> None:
    kind = path.stem if path.stem in schemas else "questionnaire"
    assert faults(plain(read(path).root), schemas[kind]) == []


def test_an_unknown_key_is_not_valid(schemas: dict[str, Any]) -> None:
    document = plain(read(find("enterprise-2.0") / "culture.yaml").root)
    assert isinstance(document, dict)
    assert faults({**document, "colour": 1}, schemas["questionnaire"])
