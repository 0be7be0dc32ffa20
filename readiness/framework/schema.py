"""JSON Schema of a framework's files, as a consultant writes them: for editors that complete and check YAML.

The schema knows keys, types and words. What only the whole framework can tell (ids, languages, order of anchors,
tests that never hold) is the loader's.
"""

from __future__ import annotations

from typing import Any

from readiness.framework.header import FORMAT
from readiness.framework.levels import LARGEST_WEIGHT
from readiness.framework.table import LONGEST_ID
from readiness.framework.vocabulary import (
    AGGREGATES,
    DESIRED,
    KEYS,
    KINDS,
    LEVELS,
    MOVES,
    PARTS,
    RANGES,
    REFERENTS,
    SCOPES,
    Part,
)

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"

_STRING: Schema = {"type": "string", "minLength": 1}
_NUMBER: Schema = {"type": "number"}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_FLAG: Schema = {"type": "boolean"}
_ID: Schema = {"type": "string", "pattern": r"^\w[\w.-]*$", "maxLength": LONGEST_ID}
_VALUE: Schema = {"type": ["number", "string"]}
_WORD: Schema = {"type": ["string", "number", "boolean"]}  # a reference is compared as it is written


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _list(of: Schema, least: int = 0) -> Schema:
    return {"type": "array", "items": of, "minItems": least} if least else {"type": "array", "items": of}


def _by_id(of: Schema) -> Schema:
    return {"type": "object", "propertyNames": _ID, "additionalProperties": of}


def _one_of(words: tuple[str, ...]) -> Schema:
    return {"enum": list(words)}


def _part(part: Part, **properties: Schema) -> Schema:
    """The schema of one part; its keys are those of the vocabulary, and no others."""
    keys = KEYS[part]
    return {
        "type": "object",
        "properties": {key: properties[key] for key in keys.known},
        "required": list(keys.required),
        "additionalProperties": False,
    }


_TEXT: Schema = {
    "description": "A text: once for all languages, or by language code.",
    "oneOf": [_STRING, {"type": "object", "additionalProperties": {"type": ["string", "null"]}, "minProperties": 1}],
}
_NAMED: dict[str, Schema] = {"title": _ref("text"), "about": _ref("text"), "source": _list(_WORD)}
_LEVEL: dict[str, Schema] = {
    "weight": {"type": "number", "minimum": 0, "maximum": LARGEST_WEIGHT},
    "min_answered": _SHARE,
    "aggregate": _one_of(AGGREGATES),
    "range": _one_of(RANGES),
    "bands": _list(_ref("band")),
}
_DIMENSION: dict[str, Schema] = {
    **_NAMED,
    **_LEVEL,
    "indicators": _by_id(_ref("indicator")),
    "dimensions": _by_id(_ref("dimension")),
    "unscored": _by_id(_ref("question")),
}
_ASKED: dict[str, Schema] = {
    "text": _ref("text"),
    "help": _ref("text"),
    "core": _FLAG,
    "roles": _list(_WORD, 1),
    "ask_if": {"type": "object", "additionalProperties": _ref("test")},
    "source": _list(_WORD),
}


def _direction(direction: str) -> Schema:
    named = {"oneOf": [_WORD, _ref("condition")]}
    return {
        "type": "object",
        "properties": {direction: named, "part": _one_of(PARTS)},
        "required": [direction],
        "additionalProperties": False,
    }


def _connective(word: str, inner: Schema) -> Schema:
    return {"type": "object", "properties": {word: inner}, "required": [word], "additionalProperties": False}


def _definitions() -> dict[str, Schema]:
    configurations = _list(_ref("configuration"), 1)
    return {
        "text": _TEXT,
        "band": _part("band", **{"from": _NUMBER}, label=_ref("text"), about=_ref("text")),
        "calibration": _part(
            "calibration",
            out=_NUMBER,
            crossover=_NUMBER,
            **{"in": _NUMBER},
            log_odds={"type": "number", "exclusiveMinimum": 0},
        ),
        "option": _part("option", value=_NUMBER, label=_ref("text"), aliases=_list(_WORD), score=_NUMBER),
        "test": _part("test", at_least=_NUMBER, at_most=_NUMBER, **{"is": _VALUE}, is_not=_VALUE, answered=_FLAG),
        "item": _part(
            "item",
            **_ASKED,
            type=_one_of(("scale", "number")),
            scale=_WORD,
            min=_NUMBER,
            max=_NUMBER,
            reversed=_FLAG,
            weight=_LEVEL["weight"],
            referent=_one_of(REFERENTS),
            rung=_ref("rung"),
        ),
        "rung": _part("rung", order={"type": "integer", "minimum": 1}, title=_ref("text")),
        "question": _part("question", **_ASKED, type=_one_of(("choice", "text")), options=_list(_ref("option"), 1)),
        "indicator": _part(
            "indicator",
            **_NAMED,
            **_LEVEL,
            desired=_one_of(DESIRED),
            scope=_one_of(SCOPES),
            movable=_one_of(MOVES),
            effort={"type": "number", "exclusiveMinimum": 0},
            items=_by_id(_ref("item")),
        ),
        "dimension": _part("dimension", **_DIMENSION),
        "condition": _part("condition", indicator=_WORD, calibration=_ref("calibration")),
        "configuration": {
            "oneOf": [
                _direction("high"),
                _direction("low"),
                _connective("all", configurations),
                _connective("any", configurations),
                _connective("not", _ref("configuration")),
            ]
        },
        "response": _part("response", relieves=_STRING, do=_ref("text"), why=_ref("text"), **{"for": _ref("text")}),
    }


def _framework() -> Schema:
    usual = {"type": "integer", "minimum": 3}
    option_labels = {"type": "object", "additionalProperties": {"oneOf": [_ref("text"), {"type": "null"}]}}
    context_key = _part("context key", title=_ref("text"), options=option_labels, core=_FLAG)
    return _part(
        "framework",
        format={"const": FORMAT},
        id=_ID,
        version=_STRING,
        languages=_list({"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"}, 1),
        questionnaires=_list(_STRING, 1),
        scenarios=_STRING,
        title=_ref("text"),
        about=_ref("text"),
        **{key: _LEVEL[key] for key in ("aggregate", "range", "bands", "min_answered")},
        sources=_by_id(
            _part(
                "source",
                title=_STRING,
                author=_STRING,
                year={"type": "integer"},
                url=_STRING,
                note=_ref("text"),
            )
        ),
        context=_by_id({"oneOf": [context_key, {"type": "null"}]}),
        scales=_by_id(_part("scale", title=_ref("text"), options=_list(_ref("option"), 1))),
        missing=_part("missing", dk=_ref("text"), na=_ref("text")),
        defaults=_part(
            "defaults", min_answered=_SHARE, min_group=usual, min_comments=usual, calibration=_ref("calibration")
        ),
        families=_by_id(_part("family", title=_ref("text"), about=_ref("text"))),
        notes=_by_id(_part("note", title=_ref("text"), text=_ref("text"), source=_list(_WORD))),
        guards=_list(
            _part(
                "guard",
                moving=_WORD,
                direction=_one_of(("up", "down")),
                needs=_list(_WORD, 1),
                why=_ref("text"),
                source=_list(_WORD),
            )
        ),
    )


def _scenarios() -> Schema:
    return _by_id(
        _part(
            "scenario",
            kind=_one_of(KINDS),
            family=_WORD,
            level=_one_of(LEVELS),
            title=_ref("text"),
            when=_ref("configuration"),
            aggravated_by=_list(_WORD),
            story=_ref("text"),
            early_signs=_list(_ref("text")),
            consequences=_list(_ref("text")),
            responses=_list(_ref("response")),
            contrast=_ref("text"),
            source=_list(_WORD),
        )
    )


def schemas() -> dict[str, Schema]:
    """The schemas of the three kinds of file: `framework`, `questionnaire`, `scenarios`."""
    roots = {
        "framework": _framework(),
        "questionnaire": _part("questionnaire", dimension=_ID, **_DIMENSION),
        "scenarios": _scenarios(),
    }
    return {
        name: {"$schema": DIALECT, "title": f"readiness: {name}", **root, "$defs": _definitions()}
        for name, root in roots.items()
    }
