"""A framework's items and context keys as the questions of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.shapes.survey import DK, NA, Kind, Question

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from readiness.framework.models import Framework, Item, Scale


def of_context(framework: Framework, key: str) -> Question:
    """A context key, asked by its title."""
    known = framework.context[key]
    options = {code: dict(label) for code, label in (known.options or {}).items()}
    return Question(key, dict(known.title), "choice" if options else "text", options, context=True)


def of_item(framework: Framework, item: Item, grids: Collection[str], boxes: Collection[str] = ()) -> Question:
    """An item. grids: the scales whose items are lines of one grid; boxes: those with a box an option."""
    if item.type == "number":
        return Question(item.id, dict(item.text), "number")
    scale = framework.scales[str(item.scale)]
    kind: Kind = "boxes" if scale.id in boxes else "choice"
    options = _options(framework, scale)
    if kind == "choice":
        options |= {DK: dict(framework.missing.dk), NA: dict(framework.missing.na)}
    return Question(item.id, dict(item.text), kind, options, grid=scale.id if scale.id in grids else "")


def _options(framework: Framework, scale: Scale) -> dict[str, Mapping[str, str]]:
    """Labels by value. Where only the ends of a scale have a name, a form shows numbers, and the names beside two."""
    ladder = not all(option.label for option in scale.options)
    shown: dict[str, Mapping[str, str]] = {}
    for option in scale.options:
        value = f"{option.value:g}"
        if ladder:
            shown[value] = {
                language: f"{value} - {option.label[language]}" if option.label else value
                for language in framework.languages
            }
        else:
            shown[value] = dict(option.label)
    return shown
