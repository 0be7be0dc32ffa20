"""What the comparators need of the shipped framework, as plain JSON, and the keys of its items for R.

They are written for surveys of its core items with a unit and a role, as `large_surveys` invents them. Whatever else a
framework may hold they do not know, and it is refused here.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from readiness.framework import catalogue
from readiness.framework.configurations import All, Any_, Condition, Configuration
from readiness.framework.loading import load
from readiness.framework.models import Dimension, Framework, Indicator, Item

RECORDED = ("unit", "role")
USUAL = ("mean", "percent", None)  # aggregate, range, min_answered


def described(framework: Framework) -> dict[str, Any]:
    """Dimensions with their indicators, those with their items, and scenarios as nested lists."""
    levels: list[Framework | Dimension] = [framework, *framework.dimensions.values()]
    if any((level.aggregate, level.range, level.min_answered) != USUAL for level in levels):
        raise NotImplementedError("only means in percent with the usual min_answered")
    return {
        "missing": {"dk": framework.missing.dk["en"], "na": framework.missing.na["en"]},
        "min_answered": framework.defaults.min_answered,
        "weight": {id_: dimension.weight for id_, dimension in framework.dimensions.items()},
        "indicators": {
            id_: _indicator(indicator, dimension.id)
            for dimension in framework.dimensions.values()
            for id_, indicator in dimension.indicators.items()
        },
        "items": {
            id_: _item(item, indicator.id, framework)
            for indicator in framework.indicators.values()
            for id_, item in indicator.items.items()
            if item.core
        },
        "scenarios": {
            id_: {"level": scenario.level, "when": _configuration(scenario.when)}
            for id_, scenario in framework.scenarios.items()
        },
    }


def _indicator(indicator: Indicator, dimension: str) -> dict[str, Any]:
    if (indicator.aggregate, indicator.range, indicator.min_answered) != USUAL:
        raise NotImplementedError(f"{indicator.id}: only means in percent with the usual min_answered")
    fact = indicator.scope == "organisation"
    if fact and indicator.desired != "none":
        raise NotImplementedError(f"{indicator.id}: only facts that are neither good nor bad")
    return {"dimension": dimension, "desired": indicator.desired, "weight": indicator.weight, "fact": fact}


def _item(item: Item, indicator: str, framework: Framework) -> dict[str, Any]:
    options = framework.scales[str(item.scale)].options
    if [option.points for option in options] != [1, 2, 3, 4, 5] or set(item.ask_if) & {*framework.items, *RECORDED}:
        raise NotImplementedError(f"{item.id}: only scales from 1 to 5, asked whatever else was answered")
    return {
        "indicator": indicator,
        "weight": item.weight,
        "reversed": item.reversed,
        "roles": item.roles,
        "labels": [option.label["en"] for option in options],
    }


def _configuration(when: Configuration) -> list[Any]:
    match when:
        case Condition(indicator=indicator, direction=direction, calibration=c):
            return [direction, indicator, c.out, c.crossover, c.in_, c.log_odds]
        case All(parts=parts):
            return ["all", *map(_configuration, parts)]
        case Any_(parts=parts):
            return ["any", *map(_configuration, parts)]
    raise NotImplementedError("no 'not'")


def main() -> None:
    folder = Path(sys.argv[1])
    plain = described(load(catalogue.find(catalogue.DEFAULT)))
    (folder / "framework.json").write_text(json.dumps(plain, indent=1), encoding="utf-8")
    keys = [f"{item['indicator']},{'-' if item['reversed'] else ''}{id_}" for id_, item in plain["items"].items()]
    (folder / "keys.csv").write_text("\n".join(["indicator,item", *keys, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
