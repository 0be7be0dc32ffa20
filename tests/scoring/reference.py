"""A deliberately naive reading of the arithmetic: loops over respondents, fractions, no dataframe, no shared code.

It reads the raw dictionaries of a framework (`{"framework": {...}, "questionnaires": [{...}], "scenarios": {...}}`,
as the YAML files say them) and rows of answers (item -> number | "dk" | "na" | None, beside context and
"respondent"), and returns plain dictionaries in the shape of the result. Nothing is suppressed here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

HALF = 0.5 + 1e-9
SLACK = Fraction(1, 10**9)
Row = Mapping[str, Any]


def exact(number: float | int | Fraction) -> Fraction:
    """A number as the decimal it was written as, not as the nearest float."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


@dataclass(frozen=True)
class Score:
    """One score of one respondent or group. `applies`: rule 2; `open_applies`: with open follow-ups (rule 6)."""

    value: Fraction | None
    lo: Fraction
    hi: Fraction
    applies: bool
    open_applies: bool
    put: bool = False


def aggregate(how: str, parts: Sequence[tuple[Fraction, Fraction]], total: Fraction) -> Fraction:
    """Weighted `parts` (weight, value) as one number; a sum is prorated to the weight `total`."""
    weight = sum((w for w, _ in parts), Fraction(0))
    values = [v for _, v in parts]
    if how == "min":
        return min(values)
    if how == "max":
        return max(values)
    if how == "geometric":
        if any(v == 0 for v in values):
            return Fraction(0)
        return Fraction(math.exp(sum(float(w) * math.log(float(v)) for w, v in parts) / float(weight)))
    mean = sum((w * v for w, v in parts), Fraction(0)) / weight
    return mean * total if how == "sum" else mean


class Reference:
    """One framework and one set of rows, scored the slow way."""

    def __init__(self, raw: Mapping[str, Any], rows: Iterable[Row], columns: Iterable[str] | None = None) -> None:
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
        rows = list(rows)
        self.columns = set(self.items) if columns is None else set(columns)
        self.read, self.kept, self.rejected = resolve_duplicates(rows)
        answered = [row for row in self.kept if any(self.is_real(self.cell(row, i)) for i in self.items)]
        self.scored = answered
        self.evaluated = self.kept if len(self.kept) == 1 else answered  # one person alone is evaluated in any case
        self.own = [{k: self.indicator(k, row) for k in self.indicators} for row in self.evaluated]
        self._inherit_organisation_facts()

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
        put = False
        for item_id, item in indicator["items"].items():
            weight = exact(item.get("weight", 1))
            if weight == 0:  # recorded without counting
                continue
            total += weight
            cell, asked = self.cell(row, item_id), self.put(item_id, row)
            put = put or self.is_real(cell) or (asked != "no" and cell != "na")  # what could settle something
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
        return Score(value, lo, hi, applicable > 0, bool(lows), put)

    def _inherit_organisation_facts(self) -> None:
        """One value for the whole organisation, the mean over all who answered it, inherited by everybody."""
        for indicator_id, indicator in self.indicators.items():
            if indicator.get("scope") != "organisation":
                continue
            scores = [own[indicator_id] for own in self.own]
            fact = self.pooled(indicator_id, scores)
            having = [s for s in scores if s.value is not None]
            if having:
                lo, hi = mean([s.lo for s in having]), mean([s.hi for s in having])
                assert fact.value is not None
                fact = replace(fact, lo=min(lo, fact.value), hi=max(hi, fact.value))
            fact = replace(fact, open_applies=any(s.open_applies for s in scores))
            for own in self.own:
                own[indicator_id] = fact

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

    def node_range(self, node: Mapping[str, Any], parts: list[tuple[Fraction, str, str, str]]) -> tuple[Fraction, Fraction]:
        if node.get("range", "percent") == "percent" or not parts:
            return Fraction(0), Fraction(100)
        total = sum((w for w, *_ in parts), Fraction(0))
        ranges = [(w, self.part_range(kind, name)) for w, kind, name, _ in parts]
        how = node.get("aggregate", "mean")
        return (
            aggregate(how, [(w, r[0]) for w, r in ranges], total),
            aggregate(how, [(w, r[1]) for w, r in ranges], total),
        )

    def node(self, node: Mapping[str, Any], parts: list[tuple[Fraction, str, str, str]], scores: Mapping[str, Score]) -> Score:
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

            def placed(number: Fraction, low: Fraction = low, high: Fraction = high, desired: str = desired) -> Fraction:
                """Turned round where that is desired, and in percent of the part's own range where percent is wanted."""
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

        def ends(indicator: str, anchors: dict[str, float]) -> tuple[float, float]:
            low, high = sorted((membership(scores[indicator].lo, anchors), membership(scores[indicator].hi, anchors)))
            return low, high

        def at_end(indicator: str, anchors: dict[str, float], upper: bool) -> float:
            return ends(indicator, anchors)[1 if upper else 0]

        def helped(indicator: str, anchors: dict[str, float], upper: bool) -> float:
            """As `at_end`, but what was put goes to the other end: the end that would settle it."""
            return at_end(indicator, anchors, upper != scores[indicator].put)

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
                "membership": None if scores[indicator].value is None else membership(scores[indicator].value, anchors),
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

    # -- rule 7: groups ------------------------------------------------------------------------------------------

    def pooled(self, indicator_id: str, scores: Sequence[Score]) -> Score:
        """The indicator of a group: means over its respondents; of one respondent: what they have."""
        lo, hi = self.indicator_range(self.indicators[indicator_id])
        applies = any(s.applies for s in scores)
        put = any(s.put for s in scores)
        having = [s.value for s in scores if s.value is not None]
        value = mean(having) if having else None
        if len(scores) == 1:
            lo, hi, open_applies = scores[0].lo, scores[0].hi, scores[0].open_applies
        else:
            concerned = [s for s in scores if s.applies]
            if concerned:
                lo, hi = mean([s.lo for s in concerned]), mean([s.hi for s in concerned])
            open_applies = applies
        if value is not None:
            lo, hi = min(lo, value), max(hi, value)
        return Score(value, lo, hi, applies, open_applies, put)

    def group(self, chosen: Sequence[int], overall: bool) -> dict[str, Any]:
        """Everything about the respondents with these places in `evaluated`."""
        rows = [self.evaluated[i] for i in chosen]
        own = [self.own[i] for i in chosen]
        n = sum(row in self.scored for row in rows)
        pooled = {}
        for indicator_id, indicator in self.indicators.items():
            if indicator.get("scope") == "organisation":
                fact = own[0][indicator_id]
                pooled[indicator_id] = fact if len(chosen) == 1 else replace(fact, open_applies=fact.applies)
            else:
                pooled[indicator_id] = self.pooled(indicator_id, [scores[indicator_id] for scores in own])
        tree = self.tree(pooled)
        own_trees = [self.tree(scores) for scores in own]

        def estimate(name: str) -> dict[str, Any]:
            values = [t[name].value for t in own_trees if t[name].value is not None]
            score = tree[name]
            return {"value": score.value, "bounds": (score.lo, score.hi), "n": len(values), "sd": deviation(values)}

        told = {s: c for s, c in self.scenarios.items() if overall or c.get("level", "any") == "any"}
        return {
            "n": n,
            "readiness": estimate("readiness"),
            "dimensions": {d: estimate(f"dimension:{d}") for d in self.dimensions},
            "indicators": {k: estimate(f"indicator:{k}") for k in self.indicators},
            "items": {i: self.item_counts(i, rows) for i in self.items},
            "scenarios": {s: self.scenario(c, pooled, own, n) for s, c in told.items()},
        }

    def item_counts(self, item_id: str, rows: Sequence[Row]) -> dict[str, Any]:
        found: Counter[str] = Counter()
        counts: Counter[Any] = Counter()
        for row in rows:
            cell = self.cell(row, item_id)
            if self.is_real(cell):
                found["n"] += 1
                if "scale" in self.items[item_id]:  # a number has no options
                    counts[cell] += 1
            elif cell is not None:
                found[cell] += 1
            else:
                found["missing" if self.put(item_id, row) == "yes" else "not_asked"] += 1
        return {word: found[word] for word in ("n", "dk", "na", "not_asked", "missing")} | {"counts": dict(counts)}

    def scenario(self, scenario: Mapping[str, Any], pooled: Mapping[str, Score], own: Sequence[Mapping[str, Score]], n: int) -> dict[str, Any]:
        told = self.memberships(scenario["when"], pooled)
        value, (lower, upper) = told["membership"], told["bounds"]
        if n <= 1 or value is None:  # what the bounds settle is certain
            verdict = "present" if lower > HALF else "ruled out" if upper <= HALF else "undetermined"
        else:
            verdict = "present" if value > HALF else "ruled out"
        if verdict == "undetermined" and not told["could_be_settled"]:
            verdict = "not asked"
        if value is not None:
            level = level_of(value)
        else:
            level = level_of(lower) if level_of(lower) == level_of(upper) else None
        members = [m for m in (self.memberships(scenario["when"], scores)["membership"] for scores in own) if m is not None]
        return {
            "kind": scenario.get("kind", "risk"),
            "membership": value,
            "level": level,
            "verdict": verdict,
            "bounds": (lower, upper),
            "reversible": n > 1 and value is not None and lower <= HALF < upper,
            "prevalence": {"value": sum(m > HALF for m in members) / len(members), "n": len(members)} if members else None,
            "conditions": told["conditions"],
            "limiting": told["limiting"],
        }

    def result(self, by: Iterable[Sequence[str]] = ()) -> dict[str, Any]:
        """The whole: overall, then for each of `by` the groups it forms, in order, blanks last."""
        groups = []
        for keys in by:
            formed: dict[tuple[Any, ...], list[int]] = {}
            for place, row in enumerate(self.evaluated):
                formed.setdefault(tuple(row.get(key) for key in keys), []).append(place)
            for values in sorted(formed, key=lambda values: [(v is None, v or "") for v in values]):
                groups.append({"by": dict(zip(keys, values, strict=True))} | self.group(formed[values], overall=False))
        return {
            "respondents": {"read": self.read, "scored": len(self.scored), "rejected": self.rejected},
            "overall": self.group(range(len(self.evaluated)), overall=True) if self.evaluated else None,
            "groups": groups,
        }


def mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def deviation(values: Sequence[Fraction]) -> float | None:
    """Standard deviation with n - 1; None for fewer than two."""
    if len(values) < 2:
        return None
    middle = mean(values)
    return math.sqrt(sum((v - middle) ** 2 for v in values) / (len(values) - 1))


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


def resolve_duplicates(rows: Sequence[Row]) -> tuple[int, list[Row], int]:
    """Rows read, rows kept (one for rows that agree under one id, none for rows that differ), respondents set aside."""
    kept, rejected = [], 0
    names = list(dict.fromkeys(row["respondent"] for row in rows))
    for name in names:
        versions = []
        for row in rows:
            said = {key: cell for key, cell in row.items() if cell is not None}
            if row["respondent"] == name and said not in versions:
                versions.append(said)
        if len(versions) == 1:
            kept.append(versions[0])
        else:
            rejected += 1
    return len(names), kept, rejected
