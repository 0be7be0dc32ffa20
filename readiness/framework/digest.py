"""Two digests of a framework: of all that can change a figure, and of all that is only read.

A corrected typo changes `text` and not `scoring`, so that results on either side of it stay comparable. Neither depends
on how the YAML is laid out, nor on where it lies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from readiness.framework.frozen import Text
from readiness.framework.models import Framework, Item, Option, Scenario

# Besides every `Text`: fields that no figure depends on.
_ONLY_READ: dict[type[BaseModel], frozenset[str]] = {
    Framework: frozenset({"version", "languages", "sources", "families", "notes"}),
    Item: frozenset({"rung"}),
    Option: frozenset({"aliases"}),
    Scenario: frozenset({"family", "aggravated_by", "responses"}),
}
_IN_NEITHER = frozenset({"digest"})


def digests(framework: Framework) -> dict[str, str]:
    """SHA-256 digests, in hexadecimal: `scoring` (ids, numbers, logic, order) and `text` (all that is read)."""
    return {
        "scoring": _sha256(_projected(framework, read=False)),
        "text": _sha256(_projected(framework, read=True)),
    }


def _sha256(projected: Any) -> str:
    written = json.dumps(projected, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _projected(value: Any, read: bool) -> Any:
    """What of a record is only read, or what is not, as lists that keep its order."""
    if isinstance(value, Text):
        return list(value.items()) if read else None
    if isinstance(value, BaseModel):
        return [type(value).__name__, *_fields(value, read)]
    if isinstance(value, Mapping):
        return [[key, _projected(part, read)] for key, part in value.items()]
    if isinstance(value, (list, tuple)):
        return [_projected(part, read) for part in value]
    if read:
        return None
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _fields(record: BaseModel, read: bool) -> list[Any]:
    only_read = _ONLY_READ.get(type(record), frozenset())
    fields = []
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in _IN_NEITHER:
            continue
        if name not in only_read:
            if name == "source" and read:
                fields.append([name, list(value)])
            elif name != "source":
                fields.append([name, _projected(value, read)])
        elif read:
            fields.append([name, _whole(value)])
    return fields


def _whole(value: Any) -> Any:
    """A field that is only read, with everything in it."""
    if isinstance(value, BaseModel):
        return [[name, _whole(getattr(value, name))] for name in type(value).model_fields]
    if isinstance(value, Mapping):
        return [[key, _whole(part)] for key, part in value.items()]
    if isinstance(value, (list, tuple)):
        return [_whole(part) for part in value]
    return value
