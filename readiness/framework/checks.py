"""What can only be judged once the whole framework has been read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from readiness.framework.askable import check_asking
from readiness.framework.ledger import Ledger, Place, quoted
from readiness.framework.models import Dimension, Framework, Indicator, Scenario
from readiness.framework.ranges import Range, dimension_range, framework_range, indicator_range, item_points

Level = Framework | Dimension | Indicator


def check_framework(framework: Framework, ledger: Ledger) -> None:
    """Record whatever does not fit together, in the framework as far as it could be read."""
    audiences = check_asking(framework, ledger)
    measured = {id_: part for id_, part in framework.indicators.items() if _is_measured(part, framework)}
    if len(measured) == len(framework.indicators):
        _check_levels(framework, ledger)
    _check_weights(framework, ledger)
    _check_guards(framework, ledger)
    for scenario in framework.scenarios.values():
        _check_answerable(scenario, framework, audiences, ledger)
    _check_scales_used(framework, ledger)


def _is_measured(indicator: Indicator, framework: Framework) -> bool:
    """Whether an indicator has items, all with a scale that is known: everything else was reported before."""
    items = indicator.items.values()
    return bool(items) and all(item.type == "number" or item.scale in framework.scales for item in items)


def _check_weights(framework: Framework, ledger: Ledger) -> None:
    for indicator in framework.indicators.values():
        weights = [item.weight for item in indicator.items.values()]
        _check_some_weight(
            weights, f"items of indicator {quoted(indicator.id)}", ledger.place("indicator", indicator.id), ledger
        )
    for dimension in framework.all_dimensions.values():
        counted = [part.weight for part in dimension.indicators.values() if part.desired != "none"]
        counted += [part.weight for part in dimension.dimensions.values()]
        _check_some_weight(
            counted, f"parts of dimension {quoted(dimension.id)}", ledger.place("dimension", dimension.id), ledger
        )
    weights = [part.weight for part in framework.dimensions.values()]
    _check_some_weight(weights, "dimensions of the framework", ledger.place("framework"), ledger)


def _check_some_weight(weights: Sequence[float], whose: str, place: Place, ledger: Ledger) -> None:
    if weights and not any(weights):
        ledger.fault(place, f"all {whose} have weight 0", "give at least one a weight above 0")


def _check_levels(framework: Framework, ledger: Ledger) -> None:
    """Geometric means of negative points, and bands that do not fit the range."""
    scales = framework.scales
    for indicator in framework.indicators.values():
        who, place = f"indicator {quoted(indicator.id)}", ledger.place("indicator", indicator.id)
        ranges = [item_points(item, scales) for item in indicator.items.values()]
        _check_geometric(indicator, ranges, who, place, ledger)
        _check_bands(indicator, indicator_range(indicator, scales), who, place, ledger)
    for dimension in framework.all_dimensions.values():
        who, place = f"dimension {quoted(dimension.id)}", ledger.place("dimension", dimension.id)
        ranges = [indicator_range(part, scales) for part in dimension.indicators.values() if part.desired != "none"]
        ranges += [dimension_range(part, scales) for part in dimension.dimensions.values()]
        _check_geometric(dimension, ranges, who, place, ledger)
        _check_bands(dimension, dimension_range(dimension, scales), who, place, ledger)
    ranges = [dimension_range(part, scales) for part in framework.dimensions.values()]
    _check_geometric(framework, ranges, "the framework", ledger.place("framework"), ledger)
    _check_bands(framework, framework_range(framework), "the framework", ledger.place("framework"), ledger)


def _check_geometric(level: Level, ranges: Iterable[Range], who: str, place: Place, ledger: Ledger) -> None:
    if level.aggregate == "geometric" and any(low < 0 for low, _ in ranges):
        ledger.fault(place, f"{who} takes the geometric mean of negative points", "use another 'aggregate' or scale")


def _check_bands(level: Level, limits: Range, who: str, place: Place, ledger: Ledger) -> None:
    low, high = limits
    if level.bands and level.bands[0].from_ > low:
        what = f"{who}: scores from {low:g} to below {level.bands[0].from_:g} have no band"
        ledger.warn(place, what, f"begin with 'from: {low:g}'")
    for band in level.bands:
        if band.from_ > high:
            what = f"{who}: the band from {band.from_:g} is never reached, scores end at {high:g}"
            ledger.warn(place, what, "correct its 'from', or the 'range'")


def _check_guards(framework: Framework, ledger: Ledger) -> None:
    for guard in framework.guards:
        moving = framework.indicators.get(guard.moving)
        if moving is not None and moving.movable != guard.direction:
            what = f"a guard has {quoted(guard.moving)} go {guard.direction}, which is 'movable: {moving.movable}'"
            ledger.warn(ledger.place("guard", guard.moving), what, "correct one of them")


def _check_answerable(
    scenario: Scenario, framework: Framework, audiences: Mapping[str, frozenset[str]], ledger: Ledger
) -> None:
    """A condition needs someone who is asked about it; a respondent's own scenario, someone asked about all of it."""
    who = f"scenario {quoted(scenario.id)}"
    everywhere: frozenset[str] | None = None
    for condition in scenario.conditions:
        indicator = framework.indicators.get(condition.indicator)
        if indicator is None or not indicator.items:
            continue
        counted = [item for item in indicator.items.values() if item.weight > 0] or list(indicator.items.values())
        roles = frozenset[str]().union(*(audiences[item.id] for item in counted if item.id in audiences))
        place = ledger.place("condition", scenario.id, condition.indicator)
        if not roles:
            what = f"{who}: no role can answer {quoted(condition.name)}"
            ledger.fault(place, what, "ask an item of that indicator of someone, or take out the condition")
            return
        if indicator.scope == "organisation":
            continue
        if not any(item.core for item in counted):
            what = f"{who}: no core item answers {quoted(condition.name)}, so a survey of core items cannot"
            ledger.warn(place, what, "make an item of that indicator core")
        everywhere = roles if everywhere is None else everywhere & roles
    if everywhere == frozenset() and scenario.level == "any":
        what = f"{who}: no role is asked about all of its conditions, so only groups can have it"
        ledger.warn(ledger.place("scenario", scenario.id), what, "widen 'roles', or write 'level: organisation'")


def _check_scales_used(framework: Framework, ledger: Ledger) -> None:
    used = {item.scale for item in framework.items.values()}
    for id_ in framework.scales:
        if id_ not in used:
            ledger.warn(ledger.place("scale", id_), f"scale {quoted(id_)} is not used", "remove it, or use it")
