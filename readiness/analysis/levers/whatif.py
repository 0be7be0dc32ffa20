"""What if: a group's readiness and scenarios before and after some of its indicators are supposed to be otherwise.

Nothing is searched for and nothing is moved: the supposed scores go through the same arithmetic as the group's own
(Ragin 2008). Whether one could come there is what the levers ask; here it is only said where a change goes against a
guard, a limit, or the way an indicator moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from readiness.analysis.levers.rules import Rules, rules_of
from readiness.scoring.evaluating import Evaluated, evaluated, known_of
from readiness.scoring.plan import OVERALL
from readiness.scoring.result import ScenarioResult, Suppressed
from readiness.scoring.supposing import Change, Compared, Objection, Outcome, Supposed

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator
    from readiness.responses.limits import Limit
    from readiness.scoring.evaluating import Known
    from readiness.scoring.result import Group
    from readiness.scoring.routes import Heading


def what_if(
    framework: Framework, group: Group, supposed: Mapping[str, float], limits: Iterable[Limit] = ()
) -> Supposed:
    """A group before and after. supposed: scores by indicator, within their ranges.

    What is suppressed in the group stays so; an indicator that is suppressed counts as missing until it is supposed.
    """
    known = known_of(group, framework)
    after = {id_: one.at(supposed[id_]) if id_ in supposed else one for id_, one in known.items()}
    old, new = evaluated(framework, [known, after])
    wanted = [id_ for id_ in framework.indicators if id_ in supposed]
    return Supposed(
        changes=tuple(Change(indicator=id_, before=known[id_].value, after=supposed[id_]) for id_ in wanted),
        objections=tuple(_objections(framework, known, supposed, limits)),
        readiness={id_: _readiness(group, id_, old, new) for id_ in (*framework.all_dimensions, OVERALL)},
        scenarios={id_: _compared(one, id_, old, new) for id_, one in group.scenarios.items()},
    )


def _readiness(
    group: Group, id_: str, old: Evaluated, new: Evaluated
) -> tuple[float | None, float | None] | Suppressed:
    shown = group.readiness if id_ == OVERALL else group.dimensions[id_]
    hidden = isinstance(shown, Suppressed)
    return Suppressed() if hidden else (old.readiness[id_], new.readiness[id_])


def _compared(scenario: ScenarioResult | Suppressed, id_: str, old: Evaluated, new: Evaluated) -> Compared | Suppressed:
    """Before, the verdict is the one that was recorded, which sampling may leave open; it stands while nothing moves.

    Afterwards it goes by the value: how far sampling would then move that is not known.
    """
    if isinstance(scenario, Suppressed):
        return scenario
    by_value, after = _outcome(id_, old), _outcome(id_, new)
    before = by_value.model_copy(update={"verdict": scenario.verdict})
    if after.membership == before.membership and after.verdict == by_value.verdict:
        after = after.model_copy(update={"verdict": scenario.verdict})
    return Compared(kind=scenario.kind, before=before, after=after, turned=before.verdict != after.verdict)


def _outcome(id_: str, worked: Evaluated) -> Outcome:
    judgement = worked.scenarios[id_]
    return Outcome(
        membership=judgement.value,
        level=judgement.level,
        verdict=judgement.verdict(alone=False),
        limiting=worked.limiting[id_],
    )


def _objections(
    framework: Framework, known: Mapping[str, Known], supposed: Mapping[str, float], limits: Iterable[Limit]
) -> Iterator[Objection]:
    """What speaks against each change that goes anywhere; guards are judged by where everything would be then."""
    then = {id_: supposed.get(id_, one.value) for id_, one in known.items()}
    rules = rules_of(framework, then, limits)
    for id_, indicator in framework.indicators.items():
        before = known[id_].value
        if id_ in supposed and before is not None and supposed[id_] != before:
            yield from _against(rules, indicator, supposed[id_], "up" if supposed[id_] > before else "down")


def _against(rules: Rules, indicator: Indicator, target: float, heading: Heading) -> Iterator[Objection]:
    id_ = indicator.id
    if indicator.movable != heading:
        yield Objection(kind="immovable", indicator=id_, heading=heading)
    for guard in rules.framework.guards:
        if guard.moving == id_ and guard.direction == heading:
            for need in guard.needs:
                if not rules.safe(need, rules.values[need]):
                    yield Objection(kind="guard", indicator=id_, heading=heading, needs=need)
    limit = rules.limits.get(id_)
    if limit and (limit.to is None or (target > limit.to if heading == "up" else target < limit.to)):
        yield Objection(kind="limit", indicator=id_, heading=heading, to=limit.to, until=limit.until, why=limit.why)
