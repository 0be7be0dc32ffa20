"""Surveys with whatever a survey may have: every kind of missing, weights, blanks, people who occur twice."""

from __future__ import annotations

import random
from typing import Any

from readiness.framework.models import Framework

UNITS = ("Sales", "Claims", "Büro", "Ω", None)
KINDS = (None, "dk", "na")


def survey(framework: Framework, people: int, seed: int, *, repeated: float = 0.1) -> list[dict[str, Any]]:
    """Rows of a framework's core items. repeated: of how many a row occurs again, of a third of these otherwise."""
    draw = random.Random(seed)
    rows = [_row(framework, f"p{number}", draw) for number in range(people)]
    for row in draw.sample(rows, int(repeated * people)):
        again = dict(row)
        if draw.random() < 1 / 3:
            again[draw.choice(_core(framework))] = "dk" if row.get("unit") else None
        rows.append(again)
    nobody = dict.fromkeys(rows[0])
    rows += [nobody, dict(nobody)]
    draw.shuffle(rows)
    return rows


def _row(framework: Framework, name: str, draw: random.Random) -> dict[str, Any]:
    mood = draw.random()
    row: dict[str, Any] = {"respondent": name if draw.random() < 0.9 else None}
    for key, context in framework.context.items():
        values = [*context.options] if context.options else UNITS
        row[key] = draw.choice([*values, None]) if draw.random() < 0.8 else values[0]
    row["weight"] = draw.choice(["0.5", "1", "1.25", "3", "0", "", "1000"]) if draw.random() < 0.9 else "1"
    row["duration"] = draw.choice(["600", "12", "00:07:30", "1:20", "", "45.5"])
    straight = draw.random() < 0.1
    for item in _core(framework):
        options = framework.scales[str(framework.items[item].scale)].options
        chosen = (
            options[-1] if straight else options[min(len(options) - 1, int((mood + draw.random()) / 2 * len(options)))]
        )
        if draw.random() < 0.15:
            row[item] = draw.choice(KINDS)
        elif draw.random() < 0.03:
            row[item] = "whatever"
        else:
            row[item] = draw.choice([f"{chosen.value:g}", f"{chosen.value:g}", *chosen.label.values()])
    return row


def _core(framework: Framework) -> list[str]:
    return [id_ for id_, item in framework.items.items() if item.core and item.type == "scale"]
