"""The JSON Schema accepts what the loader accepts, and knows every key of the vocabulary."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from readiness.framework.catalogue import shipped
from readiness.framework.nodes import plain
from readiness.framework.schema import schemas
from readiness.framework.source import read
from readiness.framework.vocabulary import KEYS

ROOT = Path(__file__).parents[2]
FOLDERS = [*shipped().values(), *(path.parent for path in (ROOT / "tests/instruments").glob("*/framework.yaml"))]
TYPES: dict[str, tuple[type, ...]] = {
    **{"object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,)},
    **{"null": (type(None),), "number": (int, float), "integer": (int,)},
}


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "") -> list[str]:
    """What a value breaks of a schema: the part of JSON Schema that ours uses."""
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    if "oneOf" in schema:
        found = [problems(value, option, root, path) for option in schema["oneOf"]]
        return [] if sum(not each for each in found) == 1 else [f"{path}: {min(found, key=len)}"]
    if "const" in schema and value != schema["const"]:
        return [f"{path}: {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path}: {value!r}"]
    kinds = schema.get("type", [])
    allowed = [kind for name in ([kinds] if isinstance(kinds, str) else kinds) for kind in TYPES[name]]
    if allowed and (not isinstance(value, tuple(allowed)) or (isinstance(value, bool) and bool not in allowed)):
        return [f"{path}: {value!r} is no {kinds}"]
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return [f"{path}: {value!r} does not match"]
    if isinstance(value, list):
        return [told for n, part in enumerate(value) for told in problems(part, schema["items"], root, f"{path}/{n}")]
    if isinstance(value, dict):
        told = [f"{path}: no {key}" for key in schema.get("required", ()) if key not in value]
        for key, part in value.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties", True))
            told += [f"{path}: {key}?"] if inner is False else problems(part, inner, root, f"{path}/{key}")
        return told
    return []


def kind_of(path: Path) -> str:
    return path.stem if path.stem in ("framework", "scenarios") else "questionnaire"


@pytest.mark.parametrize("path", [path for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))], ids=str)
def test_what_loads_is_valid(path: Path) -> None:
    schema = schemas()[kind_of(path)]
    assert problems(plain(read(path).root), schema, schema) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("questionnaire", {"dimension": "a", "wieght": 1}),
        ("questionnaire", {"dimension": "a", "weight": "heavy"}),
        ("questionnaire", {}),
        ("scenarios", {"a": {"when": {"high": "x", "low": "y"}}}),
        ("scenarios", {"a": {"when": {"all": [{"hgih": "x"}]}}}),
        ("scenarios", {"a": {"when": {"low": {"indicator": "x", "calibration": {"out": 1, "in": 2}}}}}),
        ("framework", {"format": 2}),
    ],
)
def test_what_is_wrong_is_not_valid(kind: str, value: Any) -> None:
    schema = schemas()[kind]
    assert problems(value, schema, schema)


def test_every_key_of_the_vocabulary_is_in_the_schema() -> None:
    written = json.dumps(schemas())
    for keys in KEYS.values():
        for key in keys.known:
            assert f'"{key}"' in written
