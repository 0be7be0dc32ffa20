"""Rules 1 to 3 and 6 read naively: items, who is asked what, indicators and dimensions of one respondent or group."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

SLACK = Fraction(1, 10**9)
Row = Mapping[str, Any]


def exact(number: float | int | Fraction) -> Fraction:
    """A number as the decimal it was written as, not as the nearest float."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


@dataclass(frozen=True)
class Score:
    """One score of one respondent or group.

    `applies`: something was put and is not "not applicable" (rule 2); `open_applies`: that, or something may yet be
    put, since it hangs on an answer to come (rule 6). Of several respondents both are rule 2.
    """

    value: Fraction | None
    lo: Fraction
    hi: Fraction
    applies: bool
    open_applies: bool


def aggregate(how: str, parts: Sequence[tuple[Fraction, Fraction]], total: Fraction) -> Fraction:
    """Weighted `parts` (weight, value) as one number; a sum is prorated to the weight `total`."""
    weight = sum((w for w, _ in parts), Fraction(0))
    values = [v for _, v in parts]
    if how == "min":
        return min(values)
    if how == "max":
        return max(values)
    if how == "geometric":
        if any(v <= 0 for v in values):
            return Fraction(0)
        found = math.exp(sum(float(w) * math.log(float(v)) for w, v in parts) / float(weight))
        return Fraction(str(round(found, 11)))  # so that what is 100 is not a little more
    mean = sum((w * v for w, v in parts), Fraction(0)) / weight
    return mean * total if how == "sum" else mean


class Scores:
    """One framework: what an answer, an indicator and a dimension count."""

    def __init__(self, raw: Mapping[str, Any], columns: Iterable[str] | None = None) -> None:
        self.raw = raw
        self.head = raw["framework"]
        self.context = self.head.get("context") or {}
        self.scenarios: dict[str, Any] = raw.get("scenarios") or {}
        self.defaults = self.head.get("defaults") or {}
        self.indicators: dict[str, Any] = {}
        self.items: dict[str, Any] = {}
        self.dimensions: dict[str, Any] = {}
        for questionnaire in raw["questionnaires"]:
            self._collect(questionnaire["dimension"], questionnaire)
        self.columns = set(self.items) if columns is None else set(columns)

    def _collect(self, name: str, dimension: Mapping[str, Any]) -> None:
        self.dimensions[name] = dimension
        for indicator_id, indicator in (dimension.get("indicators") or {}).items():
            self.indicators[indicator_id] = indicator
            self.items.update(indicator["items"])
        for nested_id, nested in (dimension.get("dimensions") or {}).items():
            self._collect(nested_id, nested)

    # -- rule 1: items ------------------------------------------------------------------------------------------

    @staticmethod
    def is_real(cell: Any) -> bool:
        """Don't know and not applicable are no answers."""
        return cell is not None and cell not in ("dk", "na")

    def cell(self, row: Row, item_id: str) -> Any:
        return row.get(item_id) if item_id in self.columns else None

    def options(self, item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        return list(self.head["scales"][item["scale"]]["options"])

    def extremes(self, item: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
        if item.get("type") == "number":
            return exact(item["min"]), exact(item["max"])
        points = [exact(o.get("score", o["value"])) for o in self.options(item)]
        return min(points), max(points)

    def item_score(self, item: Mapping[str, Any], cell: Any, percent: bool) -> Fraction:
        if item.get("type") == "number":
            points = exact(cell)
        else:
            points = next(exact(o.get("score", o["value"])) for o in self.options(item) if o["value"] == cell)
        low, high = self.extremes(item)
        if percent:
            share = 100 * (points - low) / (high - low)
            return 100 - share if item.get("reversed") else share
        return low + high - points if item.get("reversed") else points

    # -- who is asked what --------------------------------------------------------------------------------------

    def put(self, item_id: str, row: Row) -> str:
        """ "yes", "no", or "open" while it hangs on an answer that is still to come."""
        item = self.items[item_id]
        if item_id not in self.columns:
            return "no"
        role = row.get("role")
        if item.get("roles") is not None and role is not None and role not in item["roles"]:
            return "no"
        clauses = [self.clause(key, test, row) for key, test in (item.get("ask_if") or {}).items()]
        return "no" if "no" in clauses else "open" if "open" in clauses else "yes"

    def clause(self, key: str, test: Mapping[str, Any], row: Row) -> str:
        if key in self.context:
            found = row.get(key)
            return "yes" if found is None or self.passes(test, found) else "no"
        cell = self.cell(row, key)
        if self.is_real(cell):
            return "yes" if self.passes(test, cell) else "no"
        if cell is None and self.put(key, row) in ("yes", "open"):
            return "open"
        return "no"

    @staticmethod
    def passes(test: Mapping[str, Any], found: Any) -> bool:
        checks = []
        for word, wanted in test.items():
            if word == "at_least":
                checks.append(found >= wanted)
            elif word == "at_most":
                checks.append(found <= wanted)
            elif word == "is":
                checks.append(found == wanted)
            elif word == "is_not":
                checks.append(found != wanted)
            elif word == "answered":
                checks.append(wanted is True)
            else:
                raise AssertionError(word)
        return all(checks)

    # -- rules 2 and 6: indicators of one respondent ------------------------------------------------------------

    def indicator_range(self, indicator: Mapping[str, Any]) -> tuple[Fraction, Fraction]:
        if indicator.get("range", "percent") == "percent":
            return Fraction(0), Fraction(100)
        items = [(exact(i.get("weight", 1)), self.extremes(i)) for i in indicator["items"].values()]
        items = [(w, ends) for w, ends in items if w > 0]
        total = sum((w for w, _ in items), Fraction(0))
        how = indicator.get("aggregate", "mean")
        return (
            aggregate(how, [(w, ends[0]) for w, ends in items], total),
            aggregate(how, [(w, ends[1]) for w, ends in items], total),
        )

    def indicator(self, indicator_id: str, row: Row) -> Score:
        indicator = self.indicators[indicator_id]
        percent = indicator.get("range", "percent") == "percent"
        how = indicator.get("aggregate", "mean")
        answered, lows, highs = [], [], []
        applicable = answered_weight = total = Fraction(0)
        for item_id, item in indicator["items"].items():
            weight = exact(item.get("weight", 1))
            if weight == 0:  # recorded without counting
                continue
            total += weight
            cell, asked = self.cell(row, item_id), self.put(item_id, row)
            if self.is_real(cell):
                score = self.item_score(item, cell, percent)
                answered.append((weight, score))
                lows.append((weight, score))
                highs.append((weight, score))
                answered_weight += weight
                applicable += weight
            elif cell != "na" and asked != "no":
                low, high = (Fraction(0), Fraction(100)) if percent else self.extremes(item)
                lows.append((weight, low))
                highs.append((weight, high))
                if asked == "yes":
                    applicable += weight
        needed = exact(indicator.get("min_answered", self.defaults.get("min_answered", 0.6)))
        if percent and how == "sum":  # the sum rescaled over its extremes is the mean
            how = "mean"
        value = None
        if answered and answered_weight + SLACK >= needed * applicable:
            value = aggregate(how, answered, total)
        if lows:
            lo, hi = aggregate(how, lows, total), aggregate(how, highs, total)
        else:
            lo, hi = self.indicator_range(indicator)
        return Score(value, lo, hi, applicable > 0, bool(lows))

    # -- rule 3: dimensions and the whole ------------------------------------------------------------------------

    def parts(self, dimension: Mapping[str, Any]) -> list[tuple[Fraction, str, str, str]]:
        """What counts in a dimension: (weight, "indicator" | "dimension", id, desired)."""
        found = []
        for indicator_id, indicator in (dimension.get("indicators") or {}).items():
            weight = exact(indicator.get("weight", 1))
            if indicator["desired"] != "none" and weight > 0:
                found.append((weight, "indicator", indicator_id, indicator["desired"]))
        for nested_id, nested in (dimension.get("dimensions") or {}).items():
            weight = exact(nested.get("weight", 1))
            if weight > 0 and self.parts(nested):
                found.append((weight, "dimension", nested_id, "high"))
        return found

    def top(self) -> list[tuple[Fraction, str, str, str]]:
        """What counts in overall readiness."""
        tops = [(exact(q.get("weight", 1)), q["dimension"], q) for q in self.raw["questionnaires"]]
        return [(w, "dimension", name, "high") for w, name, q in tops if w > 0 and self.parts(q)]

    def part_range(self, kind: str, name: str) -> tuple[Fraction, Fraction]:
        if kind == "indicator":
            return self.indicator_range(self.indicators[name])
        return self.node_range(self.dimensions[name], self.parts(self.dimensions[name]))

    def node_range(
        self, node: Mapping[str, Any], parts: list[tuple[Fraction, str, str, str]]
    ) -> tuple[Fraction, Fraction]:
        if node.get("range", "percent") == "percent" or not parts:
            return Fraction(0), Fraction(100)
        total = sum((w for w, *_ in parts), Fraction(0))
        ranges = [(w, self.part_range(kind, name)) for w, kind, name, _ in parts]
        how = node.get("aggregate", "mean")
        return (
            aggregate(how, [(w, r[0]) for w, r in ranges], total),
            aggregate(how, [(w, r[1]) for w, r in ranges], total),
        )

    def node(
        self, node: Mapping[str, Any], parts: list[tuple[Fraction, str, str, str]], scores: Mapping[str, Score]
    ) -> Score:
        """A dimension, or the whole, from the scores of its parts (keys `indicator:id` and `dimension:id`)."""
        whole = self.node_range(node, parts)
        if not parts:
            return Score(None, *whole, applies=False, open_applies=False)
        percent = node.get("range", "percent") == "percent"
        how = node.get("aggregate", "mean")
        if percent and how == "sum":
            how = "mean"
        total = sum((w for w, *_ in parts), Fraction(0))
        applicable = answered = Fraction(0)
        values, lows, highs = [], [], []
        for weight, kind, name, desired in parts:
            score = scores[f"{kind}:{name}"]
            low, high = self.part_range(kind, name)

            def placed(
                number: Fraction, low: Fraction = low, high: Fraction = high, desired: str = desired
            ) -> Fraction:
                """Turned round where desired, and in percent of the part's own range where percent is wanted."""
                number = low + high - number if desired == "low" else number
                return 100 * (number - low) / (high - low) if percent else number

            if score.applies:
                applicable += weight
            if score.value is not None:
                answered += weight
                values.append((weight, placed(score.value)))
            if score.open_applies:
                ends = sorted((placed(score.lo), placed(score.hi)))
                lows.append((weight, ends[0]))
                highs.append((weight, ends[1]))
        needed = exact(node.get("min_answered", self.defaults.get("min_answered", 0.6)))
        value = None
        if values and answered + SLACK >= needed * applicable:
            value = aggregate(how, values, total)
        lo, hi = whole
        if lows:
            lo, hi = aggregate(how, lows, total), aggregate(how, highs, total)
        return Score(value, lo, hi, applicable > 0, bool(lows))

    def tree(self, indicators: Mapping[str, Score]) -> dict[str, Score]:
        """All dimensions (`dimension:id`) and the whole (`readiness`) over these indicators."""
        scores = {f"indicator:{k}": s for k, s in indicators.items()}
        for dimension_id in reversed(self.dimensions):  # what is nested comes after what it is nested in
            dimension = self.dimensions[dimension_id]
            scores[f"dimension:{dimension_id}"] = self.node(dimension, self.parts(dimension), scores)
        scores["readiness"] = self.node(self.head, self.top(), scores)
        return scores
