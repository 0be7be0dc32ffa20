"""Results of every shape, invented: consistent in themselves, and made from a seed, so that pages can be compared."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import Any

from readiness.framework.configurations import All, Any_, Condition, Configuration, Not
from readiness.framework.models import Framework, Item, Scenario
from readiness.framework.texts import texts_of
from readiness.scoring.findings import Careless, Gaps, Responding
from readiness.scoring.result import (
    ConditionResult,
    Estimate,
    Evidence,
    FrameworkRecord,
    Group,
    ItemCounts,
    Level,
    Prevalence,
    Respondents,
    Result,
    ScenarioResult,
    SubGroup,
    Suppressed,
    SuppressedGroup,
    Verdict,
)
from tests.report.analysing import SAMPLING, with_analysis

HIDDEN = Suppressed()
LONG_UNITS = tuple(
    f"Direction {kind} {what} — {where}"
    for kind in ("générale", "régionale", "déléguée", "adjointe")
    for what in (
        "des systèmes d’information et de la transformation numérique",
        "de l’approvisionnement, de la logistique et des entrepôts",
        "Qualité-Hygiène-Sécurité-Environnement",
    )
    for where in ("Nord", "Sud", "Île-de-France", "Auvergne-Rhône-Alpes", "Outre-mer")
)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; alert(1) //",
    "</style><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }} {% raw %} {# x #}",
    "| a | b |",
    "# Sales & <b>R&D</b>",
    "[click](http://example.org) ![x](y)",
    "`code` *bold* _it_ ~~s~~ ~one~ \\ \\| $x$",
    "www.example.org http://example.org a@example.org @team #12 :smile:",
    "1. Sales",
    "- Sales",
    "+ Sales",
    "> Sales",
    "---",
    "=== ",
    "&lt;b&gt; &amp; &#60;",
    "<!-- comment -->",
    "\u202eevil\u202c",
    "a  b   c",
)


def _both(text: str) -> dict[str, str]:
    return {"en": text, "fr": f"{text} (fr)"}


def invented_framework(
    dimensions: int = 5,
    indicators: int = 4,
    items: int = 2,
    scenarios: int = 17,
    languages: Sequence[str] = ("en", "fr"),
    **more: Any,
) -> Framework:
    """A framework of any size; scenarios alternate in shape, every ninth is favourable."""
    said = _both if len(languages) > 1 else (lambda text: {languages[0]: text})
    scale = {
        "id": "agreement",
        "options": [
            {"value": value, "label": said(label)}
            for value, label in enumerate(
                ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"),
                start=1,
            )
        ],
    }
    desired = ("high", "low", "none", "high")
    parts: dict[str, Any] = {}
    for d in range(dimensions):
        inside = {}
        for i in range(indicators):
            id_ = f"ind_{d}_{i}"
            inside[id_] = {
                "id": id_,
                "desired": desired[i % 4],
                "movable": ("up", "down", "down", "up")[i % 4],
                "title": said(f"Indicator {d}.{i} with a name of some length"),
                "about": said("What people did last month, as they describe it."),
                "source": ["S1"],
                "items": {
                    f"Q{d}{i}{q}": {
                        "id": f"Q{d}{i}{q}",
                        "text": said(f"In the last month, something {q} happened that changed a decision in my unit."),
                        "scale": "agreement",
                        "reversed": bool(q % 2),
                        "roles": ["executive"] if d == i == 1 else None,
                    }
                    for q in range(items)
                },
            }
        parts[f"dim_{d}"] = {
            "id": f"dim_{d}",
            "title": said(f"Dimension number {d}"),
            "about": said("What this dimension looks at."),
            "indicators": inside,
        }
    names = [(f"ind_{d}_{i}", d, i) for i in range(indicators) for d in range(dimensions)]
    flat = [id_ for part in parts.values() for id_ in part["indicators"]]
    rising, falling = {"out": 30, "crossover": 55, "in": 80}, {"out": 70, "crossover": 45, "in": 20}

    def condition(place: int, direction: str, part: str = "cause") -> dict[str, Any]:
        return {
            "indicator": names[place % len(names)][0],
            "direction": direction,
            "calibration": rising if direction == "high" else falling,
            "part": part,
        }

    told = {}
    for s in range(scenarios):
        when: dict[str, Any] = {
            "parts": [
                condition(3 * s, "high", "setting"),
                condition(3 * s + 1, "low"),
                {"parts": [condition(3 * s + 2, "low", "symptom"), condition(3 * s + 3, "high", "symptom")]}
                if s % 3 == 1
                else condition(3 * s + 2, "low", "symptom" if s % 2 else "cause"),
            ]
        }
        told[f"scenario_{s}"] = {
            "id": f"scenario_{s}",
            "kind": "favourable" if s % 9 == 8 else "risk",
            "family": f"family_{s % 5}",
            "level": "organisation" if s % 11 == 10 else "any",
            "title": said(f"Scenario {s}: a way to fail"),
            "when": _configuration(when),
            "aggravated_by": [names[0][0]],
            "story": said("People are pushed to take part while their work stays where it was, and no hour is given."),
            "early_signs": [said("The second quarter has fewer posts."), said("Managers ask what it is for.")],
            "consequences": [said("Those who believed in it leave first.")],
            "responses": [
                {
                    "relieves": names[(3 * s + 1) % len(names)][0],
                    "do": said("Give an hour a week."),
                    "why": said("What has no time is done at the expense of something else."),
                }
            ],
            "contrast": said("Experts settle hard cases inside the community, and it counts as handling time."),
            "source": ["S1"],
        }
    return Framework.model_validate(
        {
            "format": 1,
            "id": "invented",
            "version": "1.0",
            "languages": tuple(languages),
            "title": said("Readiness of an invented company"),
            "about": said("What this framework is for."),
            "sources": {"S1": {"title": "A title", "author": "An author", "year": 2010, "note": said("A claim.")}},
            "context": {
                "unit": {"id": "unit", "title": said("Unit")},
                "role": {
                    "id": "role",
                    "title": said("Role"),
                    "options": {"executive": said("Executive"), "employee": said("Employee")},
                },
            },
            "scales": {"agreement": scale},
            "missing": {"dk": said("Don’t know"), "na": said("Not applicable")},
            "families": {
                f"family_{f}": {"id": f"family_{f}", "title": said(f"Family {f}"), "about": said("How they fail.")}
                for f in range(min(5, scenarios))
            },
            "notes": {
                "overall": {
                    "id": "overall",
                    "text": said("One overall evaluation is nearly impossible."),
                    "source": ["S1"],
                }
            },
            "dimensions": parts,
            "scenarios": told,
            "guards": [
                {"moving": id_, "direction": "up", "needs": flat[:1], "why": said("It would else lead into noise.")}
                for id_ in flat[3:4]
            ],
            "digest": {"scoring": "0" * 64, "text": "1" * 64},
        }
        | more
    )


def _configuration(when: dict[str, Any]) -> Any:
    if "parts" not in when:
        return Condition.model_validate(when)
    outer = all("parts" not in part for part in when["parts"]) and len(when["parts"]) == 2
    parts = tuple(_configuration(part) for part in when["parts"])
    return Any_(parts=parts) if outer else All(parts=parts)


class Inventor:
    """Invents figures for one framework; `level` pushes them towards 0 or 1 of their range."""

    def __init__(self, framework: Framework, seed: int = 1) -> None:
        self.framework = framework
        self.texts = texts_of(framework)
        self.random = random.Random(seed)

    def estimate(self, kind: str, id_: str, n: int, scores: dict[str, float | None] | None = None) -> Estimate:
        low, high = self.texts[kind][id_]["range"] if kind else self.texts["range"]
        value = None if scores is None else scores.get(id_)
        if value is None and scores is None:
            value = low + (high - low) * self.random.random()
        if value is None:
            return Estimate(value=None, bounds=(low, high), sd=None, n=0)
        down, up = (value - low) * self.random.random() * 0.3, (high - value) * self.random.random() * 0.3
        sd = self.random.random() * (high - low) / 3 if n > 1 else None
        return Estimate(value=value, bounds=(value - down, value + up), sd=sd, n=n)

    def group(
        self,
        n: int,
        *,
        pull: float | None = None,
        missing: float = 0.0,
        hide: float = 0.0,
        whole: bool = False,
    ) -> dict[str, Any]:
        """One group's figures. pull: every scenario's conditions are met (1) or not (0). hide: share suppressed."""
        scores: dict[str, float | None] = {}
        for id_, indicator in self.texts["indicators"].items():
            low, high = indicator["range"]
            scores[id_] = None if self.random.random() < missing else low + (high - low) * self.random.random()
        if pull is not None:
            for scenario in self.framework.scenarios.values():
                for condition in scenario.conditions:
                    low, high = self.texts["indicators"][condition.indicator]["range"]
                    wanted = pull if condition.direction == "high" else 1 - pull
                    scores[condition.indicator] = low + (high - low) * (0.05 + 0.9 * wanted)
        indicators = {id_: self.estimate("indicators", id_, n, scores) for id_ in scores}
        dimensions = {id_: self.estimate("dimensions", id_, n) for id_ in self.texts["dimensions"]}
        items = {item.id: self.item(item, n) for item in self.framework.items.values()}
        scenarios = {
            scenario.id: self.scenario(scenario, indicators, n)
            for scenario in self.framework.scenarios.values()
            if whole or scenario.level == "any"
        }

        def veiled(figures: dict[str, Any]) -> dict[str, Any]:
            return {id_: HIDDEN if self.random.random() < hide else figure for id_, figure in figures.items()}

        return {
            "n": n,
            "readiness": self.estimate("", "", n),
            "dimensions": veiled(dimensions),
            "indicators": veiled(indicators),
            "items": veiled(items),
            "scenarios": veiled(scenarios),
        }

    def item(self, item: Item, n: int) -> ItemCounts:
        cut = sorted(self.random.randint(0, n) for _ in range(3))
        answered, dk, na, missing = cut[0], cut[1] - cut[0], cut[2] - cut[1], n - cut[2]
        options = self.texts["items"][item.id].get("options") or []
        edges = [0, *sorted(self.random.randint(0, answered) for _ in options[1:]), answered]
        counts = {f"{option['value']:g}": edges[i + 1] - edges[i] for i, option in enumerate(options)}
        return ItemCounts(n=answered, dk=dk, na=na, not_asked=0, missing=missing, counts=counts)

    def scenario(self, scenario: Scenario, indicators: dict[str, Estimate], n: int) -> ScenarioResult:
        conditions = []
        for condition in scenario.conditions:
            estimate = indicators[condition.indicator]
            edges = sorted(_membership(condition, end) for end in estimate.bounds)
            conditions.append(
                ConditionResult(
                    condition=condition.name,
                    score=estimate.value,
                    membership=None if estimate.value is None else _membership(condition, estimate.value),
                    bounds=(edges[0], edges[1]),
                )
            )
        value = _joined(scenario.when, iter([c.membership for c in conditions]))
        low = _joined(scenario.when, iter([c.bounds[0] for c in conditions])) or 0.0
        high = _joined(scenario.when, iter([c.bounds[1] for c in conditions])) or 0.0
        straddles = low <= 0.5 < high
        verdict: Verdict = "ruled out"
        level: Level | None = None
        if value is None:
            verdict = "undetermined" if straddles else "present" if low > 0.5 else "ruled out"
        else:
            verdict = "present" if value > 0.5 else "ruled out"
            level = "clear" if value < 0.25 else "watch" if value <= 0.5 else "elevated" if value < 0.75 else "critical"
        limiting = tuple(dict.fromkeys(c.condition for c in conditions if value is not None and c.membership == value))
        return ScenarioResult(
            kind=scenario.kind,
            membership=value,
            level=level,
            verdict=verdict,
            bounds=(low, high),
            reversible=straddles and n > 1,
            prevalence=None if n == 1 or value is None else Prevalence(value=self.random.random(), n=n),
            conditions=tuple(conditions),
            limiting=limiting,
        )

    def rated(self, n: int, indicators: Sequence[str], pull: float | None = None) -> dict[str, Any]:
        """One group's figures where only the items of some indicators were rated; everything else is open."""
        figures = self.group(n, pull=pull)
        scores = {id_: figures["indicators"][id_].value if id_ in indicators else None for id_ in figures["indicators"]}
        found = {id_: self.estimate("indicators", id_, n, scores) for id_ in scores}
        there = {item for id_ in indicators for item in self.framework.indicators[id_].items}
        nothing = {"n": 0, "dk": 0, "na": 0, "not_asked": 0, "missing": n}
        items = {
            id_: item.model_copy(update={"n": 1, "dk": n - 1, "na": 0, "missing": 0, "counts": {"4": 1}})
            if id_ in there
            else item.model_copy(update={**nothing, "counts": dict.fromkeys(item.counts, 0)})
            for id_, item in figures["items"].items()
        }
        told = [scenario for scenario in self.framework.scenarios.values() if scenario.level == "any"]
        return {
            "n": n,
            "readiness": self.estimate("", "", n, {}),
            "dimensions": {id_: self.estimate("dimensions", id_, n, {}) for id_ in figures["dimensions"]},
            "indicators": found,
            "items": items,
            "scenarios": {scenario.id: self.scenario(scenario, found, n) for scenario in told},
        }

    def result(
        self, overall: dict[str, Any] | None, groups: Sequence[tuple[dict[str, str | None], Any]] = ()
    ) -> Result:
        """A result of these groups; a group that is None is suppressed."""
        n = 0 if overall is None else overall["n"]
        return Result(
            framework=FrameworkRecord(
                id=self.framework.id,
                version=self.framework.version,
                digest=dict(self.framework.digest),
                texts=self.texts,
            ),
            respondents=Respondents(read=n + 2, scored=n, rejected=2),
            overall=HIDDEN if overall is None else Group(**overall),
            groups=tuple(
                SuppressedGroup(by=by) if figures is None else SubGroup(by=by, **figures) for by, figures in groups
            ),
        )


def _membership(condition: Condition, score: float) -> float:
    anchors = condition.calibration
    out, crossover, full = anchors.out, anchors.crossover, anchors.in_
    inside = score >= crossover if full > out else score <= crossover
    distance = (score - crossover) / ((full - crossover) if inside else (crossover - out))
    return 1 / (1 + math.exp(-anchors.log_odds * distance))


def _joined(when: Configuration, memberships: Any) -> float | None:
    match when:
        case Condition():
            found: float | None = next(memberships)
            return found
        case Not(part=part):
            value = _joined(part, memberships)
            return None if value is None else 1 - value
        case All(parts=parts):
            values = [_joined(part, memberships) for part in parts]
            return None if None in values else min(v for v in values if v is not None)
        case Any_(parts=parts):
            values = [_joined(part, memberships) for part in parts]
            return None if None in values else max(v for v in values if v is not None)


def ordinary(seed: int = 1) -> Result:
    """A survey of eight units, one of them hidden, four roles, interviews beside it."""
    make = Inventor(invented_framework(), seed)
    units = ["Claims", "Customer service", "Finance", "IT", "Legal", "Logistics", "Sales"]
    groups: list[tuple[dict[str, str | None], Any]] = [
        ({"unit": unit}, make.group(20 + place, hide=0.1 if place == 2 else 0.0, missing=0.15 if place == 4 else 0.0))
        for place, unit in enumerate(units)
    ]
    groups.append(({"unit": "Works council"}, None))
    groups.append(({"unit": None}, make.group(9)))
    groups += [({"role": role}, make.group(60)) for role in ("executive", "employee")]
    groups.append(({"source": "interview"}, make.group(2, whole=True)))
    return make.result(make.group(260, whole=True, missing=0.06), groups)


def everything_hidden() -> Result:
    """Nothing may be shown."""
    return Inventor(invented_framework()).result(None, [({"unit": unit}, None) for unit in ("Sales", "IT")])


def figures_hidden() -> Result:
    """The whole is there, and every figure of it hidden."""
    make = Inventor(invented_framework())
    return make.result(make.group(7, hide=1.0, whole=True) | {"readiness": HIDDEN})


def one_respondent() -> Result:
    """A single interview."""
    make = Inventor(invented_framework())
    return make.result(make.group(1, whole=True, missing=0.2))


def no_scenario() -> Result:
    """A framework that tells no scenario."""
    make = Inventor(invented_framework(scenarios=0))
    return make.result(make.group(40, whole=True), [({"unit": "Sales"}, make.group(20))])


def all_scenarios() -> Result:
    """Every scenario that can be present is."""
    make = Inventor(invented_framework(dimensions=17, indicators=3, items=1), 3)
    return make.result(make.group(40, pull=1, whole=True), [({"unit": "Sales"}, make.group(20, pull=1))])


def one_unit() -> Result:
    """A table of one group."""
    make = Inventor(invented_framework())
    return make.result(make.group(40, whole=True), [({"unit": "Sales"}, make.group(38))])


def sixty_units() -> Result:
    """Sixty units with long French names."""
    make = Inventor(invented_framework())
    return make.result(make.group(900, whole=True), [({"unit": name}, make.group(15)) for name in LONG_UNITS])


def hostile(names: Sequence[str] = HOSTILE) -> Result:
    """Units whose names try to break out of the page."""
    make = Inventor(invented_framework(scenarios=3))
    return make.result(make.group(300, whole=True), [({"unit": name}, make.group(12)) for name in names])


def seen(use: str = "beside") -> Result:
    """A survey, interviews, and ratings from evidence whose texts try to break out of the page."""
    make = Inventor(invented_framework())
    groups: list[tuple[dict[str, str | None], Any]] = [
        ({"unit": "Sales"}, make.group(38)),
        ({"source": "interview"}, make.group(2)),
        ({"source": "evidence"}, make.rated(2, RATED)),
    ]
    return with_texts(make.result(make.group(40, whole=True), groups), {"Q000": HOSTILE, "Q010": LONG_UNITS[:1]}, use)


def seen_and_said() -> Result:
    """Interviews alone, and ratings beside them."""
    make = Inventor(invented_framework(), seed=4)
    rated = [({"source": "evidence"}, make.rated(1, RATED))]
    return with_texts(make.result(make.group(3, whole=True, missing=0.3), rated), {"Q000": ("Minutes.",)})


def analysed() -> Result:
    """A survey of several units with everything that an analysis has to tell."""
    return with_analysis(ordinary(6))


def analysed_and_calm() -> Result:
    """An analysis that found nothing to speak of: no gap, nobody silent, nobody careless."""
    return with_analysis(
        ordinary(2),
        SAMPLING.model_copy(update={"drawn": "means", "clusters": 24, "finite": True}),
        gaps=Gaps(compared=1),
        responding=Responding(),
        careless=Careless(n=260, straight_lining=0, speeding=None, either=0, excluded=True),
        resting=None,
        instrument=None,
        way_out=None,
    )


def with_texts(result: Result, texts: Mapping[str, Sequence[str]], use: str = "beside") -> Result:
    """A result with what its ratings rest on."""
    told = {"texts": texts, "confidence": {"Q000": {"high": 1, "low": 1}, "Q010": {"medium": 1}}}
    return result.model_copy(update={"evidence": Evidence.model_validate({"use": use, **told})})


RATED = ("ind_0_0", "ind_0_1", "ind_0_2", "ind_1_1")

SHAPES = {
    "ordinary": ordinary,
    "everything_hidden": everything_hidden,
    "figures_hidden": figures_hidden,
    "one_respondent": one_respondent,
    "no_scenario": no_scenario,
    "all_scenarios": all_scenarios,
    "one_unit": one_unit,
    "sixty_units": sixty_units,
    "hostile": hostile,
    "seen": seen,
    "seen_and_said": seen_and_said,
    "analysed": analysed,
    "analysed_and_calm": analysed_and_calm,
}
