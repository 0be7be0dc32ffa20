"""Generated surveys for the attacker: groups of very different sizes, and items that few answer."""

from __future__ import annotations

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

UNITS = ("A", "B", "C", "D", None)
ROLES = ("employee", "manager", None)
TABLES: list[list[tuple[str, ...]]] = [
    [("unit",)],
    [("unit",), ("role",)],
    [("unit",), ("unit", "role")],
    [("unit",), ("role",), ("unit", "role")],
]


def raw_framework(follow_up: bool, roles: bool, fact: bool) -> dict[str, Any]:
    """Two dimensions, indicators of one to three items, a scenario over both."""

    def item(**said: Any) -> dict[str, Any]:
        return {"text": {"en": "?"}, "scale": "five"} | said

    one = {"A1": item(), "A2": item(reversed=True), "A3": item(weight=2)}
    if follow_up:
        one["A3"]["ask_if"] = {"A1": {"at_least": 4}}
    culture: dict[str, Any] = {
        "a": {"desired": "high", "items": one},
        "b": {"desired": "low", "weight": 2, "items": {"B1": item()}},
    }
    if fact:
        culture["f"] = {"desired": "high", "scope": "organisation", "items": {"F1": item(roles=["manager"])}}
    trust = {"c": {"desired": "high", "items": {"C1": item(roles=["manager"]) if roles else item(), "C2": item()}}}
    return {
        "framework": {
            "format": 1,
            "id": "guarded",
            "version": "1",
            "languages": ["en"],
            "context": {"unit": {}, "role": {"options": {r: {"en": r} for r in ("employee", "manager")}}},
            "scales": {"five": {"options": [{"value": v, "label": {"en": f"option {v}"}} for v in (1, 2, 3, 4, 5)]}},
            "missing": {"dk": {"en": "Don't know"}, "na": {"en": "Not applicable"}},
        },
        "questionnaires": [
            {"dimension": "culture", "indicators": culture},
            {"dimension": "trust", "indicators": trust},
        ],
        "scenarios": {
            "one": {"title": {"en": "One"}, "when": {"all": [{"high": "a"}, {"low": "c"}]}},
            "two": {"title": {"en": "Two"}, "when": {"high": "b"}},
            "three": {"title": {"en": "Three"}, "level": "organisation", "when": {"low": "b"}},
        },
    }


@st.composite
def surveys(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[str, ...]]]:
    """Units and roles of very different sizes, blanks, and items that few answer in some of them."""
    raw = raw_framework(draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))
    least = draw(st.sampled_from((3, 5, 5, 8)))
    raw["framework"]["defaults"] = {"min_group": least}
    crossed = draw(st.booleans())
    sizes = {}
    for unit in draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=3 if least > 5 else 5, unique=True)):
        for role in ROLES if crossed else ("employee",):
            sizes[unit, role] = draw(
                st.sampled_from((0, 0, 1, 2, 3, 4, 5, 6, 9) if crossed else (1, 2, 3, 4, 5, 6, 7, 11))
            )
    names = ("A1", "A2", "A3", "B1", "C1", "C2") + (("F1",) if "f" in raw["questionnaires"][0]["indicators"] else ())
    rows: list[dict[str, Any]] = []
    for (unit, role), size in sizes.items():
        thin = set(draw(st.lists(st.sampled_from(names), max_size=2))) if draw(st.booleans()) else set()
        for _ in range(size):
            row: dict[str, Any] = {"respondent": f"r{len(rows)}", "unit": unit, "role": role}
            for name in names:
                row[name] = draw(st.integers(1, 5))
                if name in thin and draw(st.integers(0, 2)):
                    row[name] = draw(st.sampled_from((None, "dk", "na")))
            rows.append(row)
    assume(rows)
    return raw, rows, draw(st.sampled_from(TABLES))
