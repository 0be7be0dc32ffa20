"""A deliberately naive reading of the arithmetic: loops over respondents, fractions, no dataframe, no shared code.

It reads the raw dictionaries of a framework (`{"framework": {...}, "questionnaires": [{...}], "scenarios": {...}}`,
as the YAML files say them) and rows of answers (item -> number | "dk" | "na" | None, beside context and
"respondent"), and returns plain dictionaries in the shape of the result. Nothing is suppressed here.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from tests.scoring.reference_scenarios import HALF, Scenarios, level_of
from tests.scoring.reference_scores import Row, Score


class Reference(Scenarios):
    """One framework and one set of rows, scored the slow way."""

    def __init__(self, raw: Mapping[str, Any], rows: Iterable[Row], columns: Iterable[str] | None = None) -> None:
        super().__init__(raw, columns)
        self.read, self.kept, self.rejected = resolve_duplicates(list(rows))
        self.scored = [row for row in self.kept if any(self.is_real(self.cell(row, i)) for i in self.items)]
        self.evaluated = self.kept if len(self.kept) == 1 else self.scored  # one person alone is evaluated in any case
        self.own = [{k: self.indicator(k, row) for k in self.indicators} for row in self.evaluated]
        self._inherit_organisation_facts()

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

    def pooled(self, indicator_id: str, scores: Sequence[Score]) -> Score:
        """The indicator of a group: means over its respondents; of one respondent: what they have."""
        lo, hi = self.indicator_range(self.indicators[indicator_id])
        applies = any(s.applies for s in scores)
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
        return Score(value, lo, hi, applies, open_applies)

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
            values = [v for v in (t[name].value for t in own_trees) if v is not None]
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

    def scenario(
        self, scenario: Mapping[str, Any], pooled: Mapping[str, Score], own: Sequence[Mapping[str, Score]], n: int
    ) -> dict[str, Any]:
        told = self.memberships(scenario["when"], pooled)
        value, (lower, upper) = told["membership"], told["bounds"]
        if n <= 1 or value is None:  # what the bounds settle is certain
            verdict = "present" if lower > HALF else "ruled out" if upper <= HALF else "undetermined"
        else:
            verdict = "present" if value > HALF else "ruled out"
        if verdict == "undetermined" and not told["could_be_settled"]:
            verdict = "not asked"
        level: str | None
        if value is not None:
            level = level_of(value)
        else:
            level = level_of(lower) if level_of(lower) == level_of(upper) else None
        members = [
            m for m in (self.memberships(scenario["when"], scores)["membership"] for scores in own) if m is not None
        ]
        return {
            "kind": scenario.get("kind", "risk"),
            "membership": value,
            "level": level,
            "verdict": verdict,
            "bounds": (lower, upper),
            "reversible": n > 1 and value is not None and lower <= HALF < upper,
            "prevalence": {"value": sum(m > HALF for m in members) / len(members), "n": len(members)}
            if members
            else None,
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


def resolve_duplicates(rows: Sequence[Row]) -> tuple[int, list[Row], int]:
    """Rows read, rows kept (one for rows that agree under one id, none for rows that differ), respondents set aside."""
    kept: list[Row] = []
    rejected = 0
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
