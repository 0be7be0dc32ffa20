"""Whatever is done to a good framework, loading ends in a framework or in faults, never in another exception."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.framework.loading import check
from readiness.framework.models import Framework
from readiness.framework.texts import texts_of
from tests.framework.conftest import CULTURE, GOOD

RICH = """
unscored:
  MOT01: {type: choice, text: {en: "Why?", fr: "Pourquoi ?"}, options: [{value: 1, label: a}, {value: 2, label: b}]}
  OPEN1: {type: text, text: Say., ask_if: {MOT01: {is: 1}}, roles: [manager]}
dimensions:
  nested:
    weight: 2
    aggregate: sum
    range: raw
    bands: [{from: 0, label: low}, {from: 3, label: high}]
    indicators:
      counted:
        desired: low
        range: raw
        aggregate: geometric
        min_answered: 0.5
        items:
          N1: {text: How many, type: number, min: 0, max: 5, reversed: true, weight: 0.5}
          N2:
            {text: Which, type: number, min: 1, max: 3, ask_if: {N1: {at_least: 1, at_most: 4}, role: {is: manager}}}
"""
FILES: dict[str, Any] = {
    **{name: yaml.safe_load(text) for name, text in GOOD.items()},
    "culture.yaml": yaml.safe_load(CULTURE + RICH),
}
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.sampled_from(
        ["", "lived", "CUL01", "role", "agreement", "high", "nested", "respondent", "en", "text", -1, 0, 1e300]
    ),
    st.just([]),
    st.just({}),
    st.just([[]]),
    st.just({"high": "lived"}),
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(place for key, part in inner for place in places(part, (*path, key)))]


def changed(node: Any, path: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    """A copy of the tree in which `change(container, key)` was done to the place at the end of a path."""
    copy = yaml.safe_load(yaml.safe_dump(node))
    container = copy
    for key in path[:-1]:
        container = container[key]
    change(container, path[-1])
    return copy


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, bytes]:
    files = dict(FILES)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        paths = [path for path in places(files[name]) if path]
        if not paths:
            continue
        path, value = draw(st.sampled_from(paths)), draw(VALUES)
        action = draw(st.sampled_from(["drop", "rename", "replace", "transplant"]))
        if action == "transplant":
            source = draw(st.sampled_from(paths))
            value = files[name]
            for key in source:
                value = value[key]

        def change(container: Any, key: Any, action: str = action, value: Any = value) -> None:
            if action == "drop":
                del container[key]
            elif action == "rename" and isinstance(container, dict):
                container[value if isinstance(value, (str, int)) else "renamed"] = container.pop(key)
            else:
                container[key] = value

        files[name] = changed(files[name], path, change)
    return {name: yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode() for name, tree in files.items()}


@st.composite
def corrupted(draw: st.DrawFn) -> dict[str, bytes]:
    files = {name: text.encode() for name, text in GOOD.items()}
    name = draw(st.sampled_from(sorted(files)))
    data = bytearray(files[name])
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 20))] = draw(st.binary(max_size=10))
    return {**files, name: bytes(data)}


def loaded(files: dict[str, bytes]) -> Framework | None:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        checked = check(Path(folder))
    assert (checked.framework is None) == bool(checked.faults)
    assert all(fault.what and fault.mend for fault in (*checked.faults, *checked.warnings))
    return checked.framework


def test_the_framework_that_is_mutated_is_good() -> None:
    assert loaded({name: yaml.safe_dump(tree, sort_keys=False).encode() for name, tree in FILES.items()}) is not None


@settings(max_examples=150, deadline=None)
@given(mutated())
def test_a_mutated_framework_loads_or_has_faults(files: dict[str, bytes]) -> None:
    framework = loaded(files)
    if framework is not None:
        texts_of(framework)
        assert Framework.model_validate(framework.model_dump(by_alias=True)) == framework


@settings(max_examples=100, deadline=None)
@given(corrupted())
def test_random_bytes_load_or_have_faults(files: dict[str, bytes]) -> None:
    loaded(files)
