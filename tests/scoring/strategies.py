"""Generated frameworks (raw dictionaries, as YAML would say them) and rows of answers to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.scoring.reference_scores import Scores

ROLES = ("employee", "manager", "executive")
UNITS = ("Büro", "Sales", "sales")
WEIGHTS = (0, 0.5, 1, 1, 1, 2, 3.7)
AGGREGATES = ("mean", "mean", "mean", "sum", "min", "max", "geometric")


def write(raw: Mapping[str, Any], folder: Path) -> Path:
    """The framework as a folder of YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    head = dict(raw["framework"])
    head["questionnaires"] = [f"{q['dimension']}.yaml" for q in raw["questionnaires"]]
    if raw.get("scenarios"):
        head["scenarios"] = "scenarios.yaml"
        (folder / "scenarios.yaml").write_text(_dump(raw["scenarios"]), encoding="utf-8")
    (folder / "framework.yaml").write_text(_dump(head), encoding="utf-8")
    for questionnaire in raw["questionnaires"]:
        (folder / f"{questionnaire['dimension']}.yaml").write_text(_dump(questionnaire), encoding="utf-8")
    return folder


def _dump(content: Any) -> str:
    plain = json.loads(json.dumps(content))  # no aliases for parts that happen to be the same object
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True)


@st.composite
def scales(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Odd values, sometimes a score of their own, in any order of points."""
    values = draw(st.lists(st.sampled_from((-2, 0, 0.5, 1, 2, 3, 4, 5, 7, 10)), min_size=2, max_size=5, unique=True))
    values = sorted(values)
    options: list[dict[str, Any]] = [{"value": v, "label": {"en": f"{name} option {v}"}} for v in values]
    if draw(st.integers(0, 3)) == 0:
        points = draw(st.lists(st.sampled_from((0, 1, 1.5, 2, 4, 8)), min_size=len(values), max_size=len(values)))
        if len(set(points)) > 1:
            for option, score in zip(options, points, strict=True):
                option["score"] = score
    return {"options": options}


def points_of(scale: Mapping[str, Any]) -> list[float]:
    return [o.get("score", o["value"]) for o in scale["options"]]


@st.composite
def indicators(draw: st.DrawFn, name: str, all_scales: Mapping[str, Any], raw_ranges: bool) -> dict[str, Any]:
    items: dict[str, Any] = {}
    for number in range(draw(st.integers(1, 4))):
        item: dict[str, Any] = {"text": {"en": f"{name} question {number}"}}
        if draw(st.integers(0, 5)) == 0:
            low = draw(st.sampled_from((0, 1, 2.5)))
            item |= {"type": "number", "min": low, "max": low + draw(st.sampled_from((1, 7, 12)))}
        else:
            item["scale"] = draw(st.sampled_from(sorted(all_scales)))
        if draw(st.booleans()):
            item["reversed"] = draw(st.booleans())
        if draw(st.booleans()):
            item["weight"] = draw(st.sampled_from(WEIGHTS))
        items[f"{name.upper()}{number}"] = item
    if all(item.get("weight", 1) == 0 for item in items.values()):
        next(iter(items.values()))["weight"] = 1
    indicator: dict[str, Any] = {
        "desired": draw(st.sampled_from(("high", "high", "low", "low", "none"))),
        "title": {"en": name},
        "items": items,
    }
    if draw(st.booleans()):
        indicator["weight"] = draw(st.sampled_from(WEIGHTS))
    if draw(st.booleans()):
        indicator["min_answered"] = draw(st.sampled_from((0, 0.5, 0.6, 0.75, 1)))
    if draw(st.integers(0, 4)) == 0:
        indicator["scope"] = "organisation"
    if draw(st.integers(0, 2)) == 0:
        indicator["aggregate"] = draw(st.sampled_from(AGGREGATES))
    if raw_ranges:
        indicator["range"] = "raw"
    return indicator


@st.composite
def dimensions(draw: st.DrawFn, name: str, all_scales: Mapping[str, Any], depth: int) -> dict[str, Any]:
    dimension: dict[str, Any] = {"title": {"en": name}}
    raw_ranges = draw(st.integers(0, 4)) == 0
    if draw(st.booleans()):
        dimension["weight"] = draw(st.sampled_from(WEIGHTS))
    if draw(st.integers(0, 2)) == 0:
        dimension["min_answered"] = draw(st.sampled_from((0, 0.4, 0.7, 1)))
    if draw(st.integers(0, 2)) == 0:
        dimension["aggregate"] = draw(st.sampled_from(AGGREGATES))
    if raw_ranges:
        dimension["range"] = "raw"
        if dimension.get("aggregate") == "geometric":
            dimension["aggregate"] = "sum"
    own = draw(st.integers(0 if depth else 1, 3))
    if own:
        dimension["indicators"] = {}
        for i in range(own):
            made = draw(indicators(f"{name}_{i}", all_scales, raw_ranges and draw(st.booleans())))
            dimension["indicators"][f"{name}_{i}"] = made
    if depth:
        nested = f"{name}_n"
        dimension["dimensions"] = {nested: draw(dimensions(nested, all_scales, depth - 1))}
    parts = [*dimension.get("indicators", {}).values(), *dimension.get("dimensions", {}).values()]
    counting = [part for part in parts if part.get("desired") != "none"]
    if not counting:
        dimension.pop("range", None)  # a range of nothing
    elif all(part.get("weight", 1) == 0 for part in counting):
        counting[0]["weight"] = 1
    return dimension


def walk_indicators(dimension: Mapping[str, Any]) -> dict[str, Any]:
    """All indicators of a dimension, nested ones included."""
    found = dict(dimension.get("indicators") or {})
    for nested in (dimension.get("dimensions") or {}).values():
        found |= walk_indicators(nested)
    return found


@st.composite
def _asking(draw: st.DrawFn, raw: dict[str, Any], items: dict[str, Any]) -> None:
    """Roles and `ask_if`: no cycles (only what stands earlier in a drawn order), and nobody left without a question."""
    asked: dict[str, set[str]] = {}
    order = draw(st.permutations(sorted(items)))
    for place, item_id in enumerate(order):
        item = items[item_id]
        who = set(ROLES)
        if draw(st.integers(0, 3)) == 0:
            who = set(draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=2, unique=True)))
        clauses: dict[str, Any] = {}
        for _ in range(draw(st.sampled_from((0, 0, 0, 1, 1, 2)))):
            if place and draw(st.integers(0, 4)):
                key = draw(st.sampled_from(order[max(0, place - 2) : place]))
                if not who & asked[key]:
                    continue
                clauses[key] = draw(_clause(raw, items[key]))
                who &= asked[key]
            elif draw(st.booleans()):
                clauses["unit"] = draw(st.sampled_from(({"is": "Sales"}, {"is_not": "Sales"})))
            elif len(who) > 1 and "role" not in clauses:
                role = draw(st.sampled_from(sorted(who)))
                clauses["role"] = {"is_not": role}
                who = who - {role}
        asked[item_id] = who
        said = "role" in clauses or any(key in items for key in clauses)  # the clauses see to it already
        if who != set(ROLES) and (not said or draw(st.booleans())):
            item["roles"] = sorted(who)
        if clauses:
            item["ask_if"] = clauses


@st.composite
def _clause(draw: st.DrawFn, raw: dict[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    if item.get("type") == "number":
        values = [item["min"], (item["min"] + item["max"]) / 2, item["max"]]
    else:
        values = [o["value"] for o in raw["framework"]["scales"][item["scale"]]["options"]]
    value = draw(st.sampled_from(values))
    words: list[dict[str, Any]] = [{"at_least": value}, {"at_most": value}, {"is": value}, {"is_not": value}]
    words += [{"at_least": value, "at_most": max(values)}, {"answered": True}]
    return draw(st.sampled_from(words))


@st.composite
def conditions(draw: st.DrawFn, raw: Mapping[str, Any], available: Mapping[str, Any]) -> dict[str, Any]:
    name = draw(st.sampled_from(sorted(available)))
    direction = draw(st.sampled_from(("high", "low")))
    if available[name].get("range") != "raw" and draw(st.integers(0, 2)):
        said: Any = draw(st.sampled_from((name, {"indicator": name})))
    else:
        # The crossover stands inside the range; the outer anchors are never so near that rounding would show.
        low, high = (float(end) for end in Scores(raw).indicator_range(available[name]))
        before, after = draw(st.sampled_from(((25, 25), (40, 15), (10, 55))))
        crossover = round(low + draw(st.sampled_from((0.2, 0.5, 0.75))) * (high - low), 2)
        marks = [crossover - before, crossover, crossover + after]
        if direction == "low":
            marks.reverse()
        said = {"indicator": name, "calibration": dict(zip(("out", "crossover", "in"), marks, strict=True))}
        if draw(st.booleans()):
            said["calibration"]["log_odds"] = draw(st.sampled_from((2.9444389791664403, 3.0, 5)))
    made: dict[str, Any] = {direction: said}
    if draw(st.booleans()):
        made["part"] = draw(st.sampled_from(("cause", "symptom", "setting")))
    return made


def configurations(raw: Mapping[str, Any], available: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.recursive(
        conditions(raw, available),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
            st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
            inner.map(lambda part: {"not": part}),
        ),
        max_leaves=5,
    )


@st.composite
def frameworks(draw: st.DrawFn) -> dict[str, Any]:
    """A whole framework as raw dictionaries."""
    all_scales = {f"scale{i}": draw(scales(f"scale{i}")) for i in range(draw(st.integers(1, 2)))}
    head: dict[str, Any] = {
        "format": 1,
        "id": "generated",
        "version": "1.0",
        "languages": ["en"],
        "context": {"role": {"options": {role: {"en": role} for role in ROLES}}, "unit": {}},
        "scales": all_scales,
        "missing": {"dk": {"en": "Don't know"}, "na": {"en": "Not applicable"}},
    }
    if draw(st.booleans()):
        head["defaults"] = {"min_answered": draw(st.sampled_from((0.5, 0.6, 0.8)))}
        if draw(st.booleans()):
            head["defaults"]["calibration"] = {"out": 20, "crossover": 60, "in": 75, "log_odds": 2.5}
    if draw(st.integers(0, 3)) == 0:
        head["aggregate"] = draw(st.sampled_from(AGGREGATES))
    if draw(st.integers(0, 3)) == 0:
        head["min_answered"] = draw(st.sampled_from((0, 0.4, 1)))
    names = ["alpha", "beta", "gamma"][: draw(st.integers(1, 3))]
    questionnaires = []
    for name in names:
        depth = draw(st.sampled_from((0, 0, 0, 1, 2)))
        questionnaires.append({"dimension": name} | draw(dimensions(name, all_scales, depth)))
    if all(q.get("weight", 1) == 0 for q in questionnaires):
        questionnaires[0]["weight"] = 1
    raw: dict[str, Any] = {"framework": head, "questionnaires": questionnaires}
    available: dict[str, Any] = {}
    for questionnaire in questionnaires:
        available |= walk_indicators(questionnaire)
    items = {i: item for indicator in available.values() for i, item in indicator["items"].items()}
    draw(_asking(raw, items))
    _avoid_geometric_means_of_negatives(raw)
    raw["scenarios"] = {}
    for number in range(draw(st.integers(1, 2))):
        scenario: dict[str, Any] = {"title": {"en": f"Scenario {number}"}, "when": draw(configurations(raw, available))}
        if draw(st.booleans()):
            scenario["kind"] = draw(st.sampled_from(("risk", "favourable")))
        if draw(st.integers(0, 3)) == 0:
            scenario["level"] = "organisation"
        raw["scenarios"][f"scenario{number}"] = scenario
    return raw


def _avoid_geometric_means_of_negatives(raw: dict[str, Any]) -> None:
    def mend(node: dict[str, Any]) -> None:
        if node.get("aggregate") == "geometric":
            node["aggregate"] = "mean"
        for part in (*(node.get("indicators") or {}).values(), *(node.get("dimensions") or {}).values()):
            mend(part)

    if min(min(points_of(scale)) for scale in raw["framework"]["scales"].values()) < 0:
        for node in (raw["framework"], *raw["questionnaires"]):
            mend(node)


def items_of(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Every item of a raw framework, by id, in the order of the files."""
    found: dict[str, Any] = {}
    for questionnaire in raw["questionnaires"]:
        for indicator in walk_indicators(questionnaire).values():
            found |= indicator["items"]
    return found


def answers(raw: Mapping[str, Any], item: Mapping[str, Any]) -> list[Any]:
    """The real answers an item can get."""
    if item.get("type") == "number":
        low, high = item["min"], item["max"]
        return [low, high, low + (high - low) / 4]
    return [o["value"] for o in raw["framework"]["scales"][item["scale"]]["options"]]


@st.composite
def rows(draw: st.DrawFn, raw: Mapping[str, Any], most: int = 7) -> list[dict[str, Any]]:
    """Respondents with all kinds of missing answers, some of them twice; absent context is None."""
    items = items_of(raw)
    found = []
    patience = draw(st.sampled_from(("eager", "eager", "usual", "reluctant")))
    for number in range(draw(st.integers(1, most))):
        row: dict[str, Any] = {
            "respondent": f"r{number}",
            "role": draw(st.sampled_from((*ROLES, None))),
            "unit": draw(st.sampled_from((*UNITS, None))),
        }
        for item_id, item in items.items():
            real = answers(raw, item)
            other = {"eager": [], "usual": ["dk", "na", None], "reluctant": ["dk", "na", None, None, None, None]}[
                patience
            ]
            row[item_id] = draw(st.sampled_from(real + other))
        found.append(row)
    if draw(st.integers(0, 4)) == 0:
        again = dict(draw(st.sampled_from(found)))
        if draw(st.booleans()):
            changed = draw(st.sampled_from(sorted(items)))
            again[changed] = "dk" if again[changed] != "dk" else "na"
        found.append(again)
    return found


@st.composite
def columns(draw: st.DrawFn, raw: Mapping[str, Any]) -> list[str]:
    """Which item columns the file has: mostly all, sometimes not."""
    names = sorted(items_of(raw))
    if draw(st.integers(0, 2)):
        return names
    return [name for name in names if draw(st.integers(0, 3))]


@st.composite
def studies(draw: st.DrawFn, most: int = 7) -> tuple[dict[str, Any], list[dict[str, Any]], list[str]]:
    """A framework, rows of answers to it, and the item columns that are there."""
    raw = draw(frameworks())
    return raw, draw(rows(raw, most)), draw(columns(raw))
