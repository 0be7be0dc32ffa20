"""What an analysis adds to an invented result: intervals everywhere, and one of everything there is to tell."""

from __future__ import annotations

from typing import Any

from readiness.scoring.findings import (
    Analysis,
    Answering,
    Careless,
    Gap,
    Gaps,
    Instrument,
    Responding,
    Resting,
    Sampling,
    Unknowing,
)
from readiness.scoring.result import (
    Bounds,
    Estimate,
    Group,
    Prevalence,
    Reliability,
    Result,
    ScenarioResult,
    SubGroup,
    Suppressed,
)
from tests.report.leaving import limits, nothing_leads_out, partly, way_out

PRESENT = 0.5 + 1e-9
SAMPLING = Sampling(confidence=0.95, resamples=1000, seed=20100927, drawn="respondents")


def with_analysis(result: Result, sampling: Sampling = SAMPLING, **parts: Any) -> Result:
    """A result as the analysis completes it. parts: those of the analysis that are to be otherwise."""
    if not isinstance(result.overall, Group):
        return result
    texts = result.framework.texts
    told: dict[str, Any] = {
        "responding": responding(texts),
        "instrument": instrument(texts),
        "careless": Careless(n=260, straight_lining=9, speeding=4, either=12),
        "gaps": gaps(texts),
        "resting": resting(texts),
        "way_out": way_out(texts),
        "limits": limits(texts),
    }
    analysis = Analysis(sampling=sampling, **{**told, **parts})
    overall = Group(**{**_likely(result.overall), "analysis": analysis, "reliability": reliability(texts)})
    ways = iter((nothing_leads_out(texts), partly(texts)) if analysis.way_out else ())
    groups = [
        SubGroup(**{**_likely(group), "analysis": Analysis(sampling=sampling, way_out=next(ways, None))})
        if isinstance(group, SubGroup) and "source" not in group.by  # people who were chosen are no draw
        else group
        for group in result.groups
    ]
    return Result(**{**dict(result), "overall": overall, "groups": tuple(groups)})


def _likely(group: Group) -> dict[str, Any]:
    """A group's parts, each figure with an interval."""
    return {
        **dict(group),
        "readiness": _estimate(group.readiness),
        "dimensions": {id_: _estimate(one) for id_, one in group.dimensions.items()},
        "indicators": {id_: _estimate(one) for id_, one in group.indicators.items()},
        "scenarios": {id_: _scenario(one) for id_, one in group.scenarios.items()},
    }


def _around(value: float, reach: float) -> Bounds:
    return max(0.0, value - reach), value + reach


def _estimate(estimate: Estimate | Suppressed) -> Estimate | Suppressed:
    if isinstance(estimate, Suppressed) or estimate.value is None or estimate.n < 2:
        return estimate
    return Estimate(**{**dict(estimate), "interval": _around(estimate.value, 40 / estimate.n**0.5)})


def _scenario(scenario: ScenarioResult | Suppressed) -> ScenarioResult | Suppressed:
    if isinstance(scenario, Suppressed) or scenario.membership is None:
        return scenario
    low, high = _around(scenario.membership, 0.2)
    high = min(1.0, high)
    probability = min(1.0, max(0.0, 0.5 + (scenario.membership - 0.5) * 5))
    described = scenario.prevalence
    if isinstance(described, Prevalence):
        ends = max(0.0, described.value - 0.05), min(1.0, described.value + 0.05)
        described = Prevalence(value=described.value, n=described.n, interval=ends)
    changes = {"interval": (low, high), "probability": probability, "prevalence": described}
    if low <= PRESENT < high:
        changes["verdict"] = "undetermined"
    return ScenarioResult(**{**dict(scenario), **changes})


def responding(texts: Any) -> Responding:
    """Two units, one of whose roles is silent, one row that may not be told."""
    first, second = list(texts["indicators"])[:2]
    return Responding(
        population=400,
        rate=0.65,
        groups=(
            Answering(by={"unit": "Sales"}, population=300, n=200, rate=2 / 3),
            Answering(by={"unit": "IT"}, population=100, n=None, rate=None),
            Answering(by={"unit": "Sales", "role": "executive"}, population=12, n=12, rate=1.0),
            Answering(by={"unit": "IT", "role": "executive"}, population=4, n=0, rate=0.0),
        ),
        silent=({"unit": "IT", "role": "executive"},),
        unknowing=(
            Unknowing(role="employee", indicator=first, asked=400, dk=0.2, na=0.05),
            Unknowing(role="executive", indicator=first, asked=24, dk=1 / 24, na=0.0),
            Unknowing(role="executive", indicator=second, asked=24, dk=0.25, na=0.125),
        ),
    )


def instrument(texts: Any) -> dict[str, Instrument | Suppressed]:
    """One of each kind, and one that is hidden."""
    told: dict[str, Instrument | Suppressed] = {}
    for place, (id_, entry) in enumerate(texts["indicators"].items()):
        rests = dict.fromkeys(entry["items"], -0.4 if place == 1 else 0.35)
        told[id_] = Instrument(
            n=250 - place,
            omega=0.71,
            item_rest=rests,
            looks_reversed=tuple(rests) if place == 1 else (),
            floor=0.02,
            ceiling=0.19 if place == 2 else 0.01,
            icc1=0.04 + place / 100,
            icc2=0.6 + place / 100,
            r_wg=0.65 if place == 3 else 0.82,
            units=7,
        )
    told[list(told)[-1]] = Suppressed()
    return told


def reliability(texts: Any) -> dict[str, Reliability | Suppressed]:
    """An alpha of each indicator."""
    return {
        id_: Reliability(alpha=0.6 + place / 100, items=len(entry["items"]), n=250 - place)
        for place, (id_, entry) in enumerate(texts["indicators"].items())
    }


def gaps(texts: Any) -> Gaps:
    """Two gaps, on one of which verdicts hang; and interviews beside the survey."""
    ids, scenarios = list(texts["indicators"]), list(texts["scenarios"])

    def gap(key: str, sides: tuple[str, str], place: int, delta: float, q: float, **more: Any) -> Gap:
        return Gap(
            key=key,
            sides=sides,
            indicator=ids[place],
            items=tuple(texts["indicators"][ids[place]]["items"]),
            n=(12, 230),
            means=(71.25, 48.5 - delta),
            difference=22.75 + delta,
            interval=(-3.25, 40.125),
            delta=delta,
            delta_interval=(delta - 0.2, min(1.0, delta + 0.15)),
            p=q / 3,
            q=q,
            **more,
        )

    verdicts = dict.fromkeys(scenarios[:2], ("ruled out", "present"))
    return Gaps(
        compared=64,
        found=(
            gap("role", ("executive", "employee"), 0, 0.52, 0.0004, verdicts=verdicts),
            gap("role", ("executive", "employee"), 1, -0.2, 0.031),
        ),
        modes=(gap("source", ("interview", "survey"), 0, 0.4, 0.12, verdicts=dict(list(verdicts.items())[:1])),),
    )


def resting(texts: Any) -> dict[str, Resting]:
    """One indicator that rests on a single role, and one of whose roles one is few."""
    ids = list(texts["indicators"])
    return {
        ids[0]: Resting(roles={"executive": 12, "employee": 230}),
        ids[1]: Resting(roles={"employee": 228}, few=("executive", "works_council")),
        ids[2]: Resting(roles={"executive": 11}, only="executive"),
    }
