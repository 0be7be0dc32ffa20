"""Rules 4 and 5 read naively: membership of a score, configurations of conditions, levels."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.scoring.reference_scores import Score, Scores

HALF = 0.5 + 1e-9


class Scenarios(Scores):
    """One framework: its scenarios over the scores of indicators."""

    # -- rules 4 and 5: conditions and configurations ------------------------------------------------------------

    def calibration(self, direction: str, said: Any) -> tuple[str, dict[str, float]]:
        indicator, own = (said, None) if isinstance(said, str) else (said["indicator"], said.get("calibration"))
        default = {"log_odds": 3.0} | (self.defaults.get("calibration") or {"out": 30, "crossover": 55, "in": 80})
        if own is not None:
            own = {"log_odds": default["log_odds"]} | own
        else:
            own = dict(default)
            if direction == "low":
                own.update({anchor: 100 - default[anchor] for anchor in ("out", "crossover", "in")})
        return indicator, own

    def leaf(self, configuration: Mapping[str, Any]) -> tuple[str, str, dict[str, float]] | None:
        for direction in ("high", "low"):
            if direction in configuration:
                indicator, anchors = self.calibration(direction, configuration[direction])
                return f"{direction} {indicator}", indicator, anchors
        return None

    def leaves(self, configuration: Mapping[str, Any]) -> list[tuple[str, str, dict[str, float]]]:
        leaf = self.leaf(configuration)
        if leaf:
            return [leaf]
        parts = [configuration["not"]] if "not" in configuration else configuration.get("all", configuration.get("any"))
        return [leaf for part in parts for leaf in self.leaves(part)]

    def fold(self, configuration: Mapping[str, Any], look: Any, upper: bool) -> tuple[float, list[str]]:
        """Membership and the leaves that set it; `look(indicator, anchors, upper)` is a leaf's membership."""
        leaf = self.leaf(configuration)
        if leaf:
            return look(leaf[1], leaf[2], upper), [leaf[0]]
        if "not" in configuration:
            inner, limiting = self.fold(configuration["not"], look, not upper)
            return 1 - inner, limiting
        word = "all" if "all" in configuration else "any"
        found = [self.fold(part, look, upper) for part in configuration[word]]
        best = (min if word == "all" else max)(m for m, _ in found)
        return best, [name for m, names in found if abs(m - best) <= 1e-12 for name in names]

    def memberships(self, configuration: Mapping[str, Any], scores: Mapping[str, Score]) -> dict[str, Any]:
        """Membership (None with a condition missing), its bounds, what limits it, and what could settle it."""

        def at_value(indicator: str, anchors: dict[str, float], upper: bool) -> float:
            value = scores[indicator].value
            assert value is not None
            return membership(value, anchors)

        def member(indicator: str, anchors: dict[str, float]) -> float | None:
            value = scores[indicator].value
            return None if value is None else membership(value, anchors)

        def ends(indicator: str, anchors: dict[str, float]) -> tuple[float, float]:
            low, high = sorted((membership(scores[indicator].lo, anchors), membership(scores[indicator].hi, anchors)))
            return low, high

        def at_end(indicator: str, anchors: dict[str, float], upper: bool) -> float:
            return ends(indicator, anchors)[1 if upper else 0]

        def helped(indicator: str, anchors: dict[str, float], upper: bool) -> float:
            """As `at_end`, but what was put goes to the other end: the end that would settle it."""
            return at_end(indicator, anchors, upper != scores[indicator].open_applies)

        missing = any(scores[indicator].value is None for _, indicator, _ in self.leaves(configuration))
        value, limiting = (None, []) if missing else self.fold(configuration, at_value, True)
        lower = self.fold(configuration, at_end, False)[0]
        upper = self.fold(configuration, at_end, True)[0]
        could_be_present = self.fold(configuration, helped, False)[0] > HALF
        could_be_ruled_out = self.fold(configuration, helped, True)[0] <= HALF
        conditions = [
            {
                "condition": name,
                "score": scores[indicator].value,
                "membership": member(indicator, anchors),
                "bounds": ends(indicator, anchors),
            }
            for name, indicator, anchors in self.leaves(configuration)
        ]
        return {
            "membership": value,
            "bounds": (lower, upper),
            "limiting": limiting,
            "conditions": conditions,
            "could_be_settled": could_be_present or could_be_ruled_out,
        }


def membership(score: Fraction, anchors: Mapping[str, float]) -> float:
    """Ragin's direct method."""
    x = round(float(score), 9)
    out, crossover, full = float(anchors["out"]), float(anchors["crossover"]), float(anchors["in"])
    distance = (x - crossover) / (full - crossover)
    if distance < 0:
        distance = (x - crossover) / (crossover - out)
    exponent = -anchors["log_odds"] * distance
    return 0.0 if exponent > 700 else 1 / (1 + math.exp(exponent))


def level_of(value: float) -> str:
    if value < 0.25:
        return "clear"
    if value <= HALF:
        return "watch"
    return "elevated" if value < 0.75 else "critical"
