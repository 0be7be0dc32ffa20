"""Everything a report has to say about a framework, in every language, as JSON-able data.

It travels inside a result (`result["framework"]["texts"]`), so that a report needs the result and nothing else.
A text is `{language: string}`, the fallback language first; a text that is the same everywhere has the key "".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from readiness.framework.configurations import All, Any_, Calibration, Condition, Configuration, Not
from readiness.framework.models import Band, Dimension, Framework, Indicator, Item, Option, Question, Scenario
from readiness.framework.ranges import dimension_range, framework_range, indicator_range

Json = dict[str, Any]


def texts_of(framework: Framework) -> Json:
    """Texts, and the structure they hang on, of a framework; see the functions below for each part."""
    home = {
        indicator: dimension.id for dimension in framework.all_dimensions.values() for indicator in dimension.indicators
    }
    parents = {nested: part.id for part in framework.all_dimensions.values() for nested in part.dimensions}
    return {
        "languages": list(framework.languages),
        "title": dict(framework.title),
        "about": dict(framework.about),
        "range": list(framework_range(framework)),
        "bands": _bands(framework.bands),
        "dimensions": {
            id_: _dimension(dimension, parents.get(id_), framework)
            for id_, dimension in framework.all_dimensions.items()
        },
        "indicators": {
            id_: _indicator(indicator, home[id_], framework) for id_, indicator in framework.indicators.items()
        },
        "items": {id_: _item(item, framework) for id_, item in framework.items.items()},
        "unscored": {id_: _question(question) for id_, question in framework.unscored.items()},
        "scenarios": {id_: _scenario(scenario) for id_, scenario in framework.scenarios.items()},
        "families": {
            id_: {"title": dict(family.title), "about": dict(family.about)}
            for id_, family in framework.families.items()
        },
        "notes": {
            id_: {"title": dict(note.title), "text": dict(note.text), "source": list(note.source)}
            for id_, note in framework.notes.items()
        },
        "guards": [
            {
                "moving": guard.moving,
                "direction": guard.direction,
                "needs": list(guard.needs),
                "why": dict(guard.why),
                "source": list(guard.source),
            }
            for guard in framework.guards
        ],
        "sources": {
            id_: {
                "title": source.title,
                "author": source.author,
                "year": source.year,
                "url": source.url,
                "note": dict(source.note),
            }
            for id_, source in framework.sources.items()
        },
        "context": {
            id_: {
                "title": dict(key.title),
                "options": None
                if key.options is None
                else {option: dict(label) for option, label in key.options.items()},
            }
            for id_, key in framework.context.items()
        },
        "scales": {
            id_: {"title": dict(scale.title), "options": _options(scale.options)}
            for id_, scale in framework.scales.items()
        },
        "missing": {"dk": dict(framework.missing.dk), "na": dict(framework.missing.na)},
        "defaults": {
            "min_answered": framework.defaults.min_answered,
            "min_group": framework.defaults.min_group,
            "min_comments": framework.defaults.min_comments,
            "calibration": _calibration(framework.defaults.calibration),
        },
    }


def _dimension(dimension: Dimension, parent: str | None, framework: Framework) -> Json:
    return {
        "title": dict(dimension.title),
        "about": dict(dimension.about),
        "weight": dimension.weight,
        "aggregate": dimension.aggregate,
        "range": list(dimension_range(dimension, framework.scales)),
        "bands": _bands(dimension.bands),
        "source": list(dimension.source),
        "indicators": list(dimension.indicators),
        "dimensions": list(dimension.dimensions),
        "parent": parent,
    }


def _indicator(indicator: Indicator, dimension: str, framework: Framework) -> Json:
    return {
        "title": dict(indicator.title),
        "about": dict(indicator.about),
        "desired": indicator.desired,
        "scope": indicator.scope,
        "dimension": dimension,
        "weight": indicator.weight,
        "aggregate": indicator.aggregate,
        "range": list(indicator_range(indicator, framework.scales)),
        "bands": _bands(indicator.bands),
        "source": list(indicator.source),
        "items": list(indicator.items),
        "movable": indicator.movable,
        "effort": indicator.effort,
        "min_answered": framework.min_answered_of(indicator),
    }


def _item(item: Item, framework: Framework) -> Json:
    """An item with its options, or with `min` and `max` where it is a number."""
    said: Json = {
        "text": dict(item.text),
        "help": dict(item.help),
        "type": item.type,
        "scale": item.scale,
        "reversed": item.reversed,
        "weight": item.weight,
        "core": item.core,
        "referent": item.referent,
        "roles": None if item.roles is None else list(item.roles),
        "source": list(item.source),
    }
    if item.rung is not None:
        said["rung"] = {"order": item.rung.order, "title": dict(item.rung.title)}
    if item.scale is None:
        return said | {"min": item.min, "max": item.max}
    return said | {"options": _options(framework.scales[item.scale].options)}


def _question(question: Question) -> Json:
    return {
        "text": dict(question.text),
        "help": dict(question.help),
        "type": question.type,
        "options": _options(question.options),
        "core": question.core,
        "roles": None if question.roles is None else list(question.roles),
        "source": list(question.source),
    }


def _options(options: Sequence[Option]) -> list[Json]:
    return [
        {"value": option.value, "label": dict(option.label) or {"": str(option.value)}, "points": option.points}
        for option in options
    ]


def _bands(bands: Sequence[Band]) -> list[Json]:
    return [{"from": band.from_, "label": dict(band.label), "about": dict(band.about)} for band in bands]


def _calibration(calibration: Calibration) -> Json:
    return {
        "out": calibration.out,
        "crossover": calibration.crossover,
        "in": calibration.in_,
        "log_odds": calibration.log_odds,
    }


def _scenario(scenario: Scenario) -> Json:
    return {
        "kind": scenario.kind,
        "family": scenario.family,
        "level": scenario.level,
        "title": dict(scenario.title),
        "story": dict(scenario.story),
        "early_signs": [dict(sign) for sign in scenario.early_signs],
        "consequences": [dict(consequence) for consequence in scenario.consequences],
        "responses": [
            {
                "relieves": response.relieves,
                "do": dict(response.do),
                "why": dict(response.why),
                "for": dict(response.for_),
            }
            for response in scenario.responses
        ],
        "contrast": dict(scenario.contrast),
        "aggravated_by": list(scenario.aggravated_by),
        "source": list(scenario.source),
        "conditions": [_condition(condition) for condition in scenario.conditions],
        "when": _when(scenario.when),
    }


def _condition(condition: Condition) -> Json:
    return {
        "name": condition.name,
        "indicator": condition.indicator,
        "direction": condition.direction,
        "part": condition.part,
        "calibration": _calibration(condition.calibration),
    }


def _when(configuration: Configuration) -> Json:
    """The configuration as nested JSON: `{"all": […]}`, `{"any": […]}`, `{"not": …}`, or a condition's own record."""
    match configuration:
        case All(parts=parts):
            return {"all": [_when(part) for part in parts]}
        case Any_(parts=parts):
            return {"any": [_when(part) for part in parts]}
        case Not(part=part):
            return {"not": _when(part)}
        case Condition():
            return _condition(configuration)
