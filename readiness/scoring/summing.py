"""Summing: responses in, totals out, in one of two ways that give the same integers.

Few respondents are scored a row each by the whole plan, which any engine of data frames can do. Many are counted by how
they answered (`counting`), which is faster by an order of magnitude, and does not need them all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from readiness.responses.table import SURVEY, Responses
from readiness.scoring.counting import Counting, must_know_facts
from readiness.scoring.each import Kept, Out, each_by_row, each_counted
from readiness.scoring.items import code_sums, unput_sums
from readiness.scoring.patterns import can_be_counted
from readiness.scoring.pieces import Pieces, are_few, are_many, held_piece, scored_rows, signed_pieces
from readiness.scoring.plan import OVERALL, Fact, Plan, indicator_column
from readiness.scoring.totals import (
    NOBODY,
    ROWS,
    GroupTotals,
    Key,
    Totals,
    added,
    bound_sums,
    in_units,
    prevalence_sums,
    score_sums,
    summed,
    times,
    with_absent,
    with_codes,
)

if TYPE_CHECKING:
    import polars as pl

    from readiness.framework.models import Framework, Indicator
    from readiness.responses.in_place.survey import InPlace
    from readiness.scoring.watching import Watch

FactSums = Callable[[Sequence["Indicator"], bool], GroupTotals]


@dataclass(frozen=True)
class Summed:
    """The totals of one set of responses, with the plan and the facts that they were made by."""

    plan: Plan
    facts: Mapping[str, Fact]
    totals: Totals


def summed_held(framework: Framework, responses: Responses, keys: Sequence[str], given: Mapping[str, float]) -> Summed:
    """The totals of responses that are held, by the crossing of keys. given: facts that are known."""
    plan = Plan(framework, responses.items, responses.context)
    if are_many(plan, responses):
        return summed_in_pieces(framework, responses, keys, given)
    facts = organisation_facts(framework, responses, given)
    return Summed(plan, facts, totals_by_row(plan, responses, keys, facts))


def summed_in_pieces(
    framework: Framework,
    survey: Pieces,
    keys: Sequence[str],
    given: Mapping[str, float],
    interviews: Responses | None = None,
    out: Out | None = None,
    watch: Watch | None = None,
) -> Summed:
    """The totals of responses taken in pieces.

    interviews: held beside the survey, and heard about the facts. out: takes the figures of each respondent. watch:
    looks on.
    """
    plan = Plan(framework, survey.items, survey.context)
    with_interviews = _hearing(framework, interviews)
    if not can_be_counted(plan):
        facts = _facts_of(plan, given, with_interviews(_fact_sums_by_row(plan, survey)))
        totals = _totals_by_row_in_pieces(plan, survey, keys, facts, watch)
        if out:
            out.write(each_by_row(plan, survey, facts, out.of(SURVEY)), facts)
        return Summed(plan, facts, totals)
    known = None
    if must_know_facts(plan):
        first = _counted(Counting(plan, (), facts_only=True), survey)
        known = _facts_of(plan, given, with_interviews(_fact_sums(plan, first)))
    kept = Kept() if out else None
    counting = _counted(Counting(plan, keys, known), survey, kept, watch)
    facts = known or _facts_of(plan, given, with_interviews(_fact_sums(plan, counting)))
    if out and kept:
        out.write(each_counted(counting, survey, kept, facts, out.of(SURVEY)), facts)
    return Summed(plan, facts, _without_columns(counting.totals(facts), plan))


def summed_in_place(
    framework: Framework,
    survey: InPlace,
    keys: Sequence[str],
    given: Mapping[str, float],
    interviews: Responses | None = None,
    watch: Watch | None = None,
) -> Summed:
    """The totals of responses that stay where they lie.

    interviews: held beside the survey, and heard about the facts. watch: looks on.
    """
    from readiness.scoring.in_place.by_row import ByRow
    from readiness.scoring.in_place.summing import counted_in_place, is_counted

    plan = Plan(framework, survey.items, survey.context)
    hear = _hearing(framework, interviews)
    if not is_counted(plan, survey):
        by_row = ByRow(plan, survey)
        facts = _facts_of(plan, given, hear(by_row.facts))
        totals = by_row.totals(keys, facts)
        _write_in_place(survey, plan, facts)
        return Summed(plan, facts, _without_columns(totals, plan))
    known = None
    if must_know_facts(plan):
        first = counted_in_place(survey, Counting(plan, (), facts_only=True), None)
        known = _facts_of(plan, given, hear(_fact_sums(plan, first)))
    counting = counted_in_place(survey, Counting(plan, keys, known), known, watch)
    facts = known or _facts_of(plan, given, hear(_fact_sums(plan, counting)))
    _write_in_place(survey, plan, facts)
    return Summed(plan, facts, _without_columns(counting.totals(facts), plan))


def _write_in_place(survey: InPlace, plan: Plan, facts: Mapping[str, Fact]) -> None:
    """The figures of each respondent, where that is wished."""
    if survey.out is not None:
        from readiness.scoring.in_place.respondents import written

        written(survey, plan, facts, survey.out)


def _hearing(framework: Framework, interviews: Responses | None) -> Callable[[FactSums], FactSums]:
    """What adds to sums of facts those of interviews, where there are any."""
    if interviews is None:
        return lambda sums: sums
    told = Plan(framework, interviews.items, interviews.context)
    return lambda sums: (
        lambda wanted, knowing: added([sums(wanted, knowing), _facts_by_row(told, interviews, wanted, knowing)])
    )


def _counted(counting: Counting, survey: Pieces, kept: Kept | None = None, watch: Watch | None = None) -> Counting:
    """Everybody counted, each piece while the next one is being read. kept: keeps them. watch: looks on."""

    def add(piece: pl.DataFrame, sign: int) -> None:
        counted = counting.add(piece, sign)
        if kept is not None:
            kept.add(counted, sign)
        if watch is not None and counted is not None:
            watch.counted(counting, counted, sign)

    with ThreadPoolExecutor(1) as aside:
        pending: Future[None] | None = None
        for piece, sign in signed_pieces(survey):
            if pending is not None:
                pending.result()
            pending = aside.submit(add, piece, sign)
        if pending is not None:
            pending.result()
    return counting


def _fact_sums_by_row(plan: Plan, survey: Pieces) -> FactSums:
    def sums(wanted: Sequence[Indicator], knowing: bool) -> GroupTotals:
        if not wanted:
            return GroupTotals(NOBODY)
        parts = [
            times(_facts_by_row(plan, held_piece(plan, piece), wanted, knowing), sign)
            for piece, sign in signed_pieces(survey)
        ]
        return added(parts)

    return sums


def _totals_by_row_in_pieces(
    plan: Plan, survey: Pieces, keys: Sequence[str], facts: Mapping[str, Fact], watch: Watch | None
) -> Totals:
    atoms: dict[Key, list[GroupTotals]] = {}
    for piece, sign in signed_pieces(survey):
        if watch is not None:
            watch.by_row(plan, scored_rows(plan, held_piece(plan, piece)), sign)
        for key, sums in totals_by_row(plan, held_piece(plan, piece), keys, facts).atoms.items():
            atoms.setdefault(key, []).append(times(GroupTotals(sums), sign))
    together = {key: added(parts).sums for key, parts in atoms.items()}
    return Totals(tuple(keys), {key: sums for key, sums in together.items() if sums[ROWS]})


def totals_by_row(plan: Plan, responses: Responses, keys: Sequence[str], facts: Mapping[str, Fact]) -> Totals:
    """Every figure of every respondent, summed by atom."""
    framework = plan.framework
    own = [id_ for id_ in framework.indicators if id_ not in facts]
    levels = [*framework.all_dimensions, OVERALL]
    there = plan.items_there
    rows = scored_rows(plan, responses)
    scored = in_units(plan.scores(rows, facts), own, levels)
    ids = [item.id for item in there]
    sums = [
        *unput_sums(ids, plan.asked),
        *score_sums(own, levels, weighted=responses.weighted),
        *bound_sums(own, plan.hanging, weighted=responses.weighted),
        *prevalence_sums(plan, weighted=responses.weighted),
    ]
    if are_few(plan, responses):
        totals = with_codes(summed(scored, keys, sums, weighted=responses.weighted), rows, ids)
    else:
        totals = summed(scored, keys, [*code_sums(there, framework), *sums], weighted=responses.weighted)
    return _without_columns(totals, plan)


def _without_columns(totals: Totals, plan: Plan) -> Totals:
    return with_absent(totals, [id_ for id_ in plan.framework.items if id_ not in plan.items])


def organisation_facts(framework: Framework, responses: Responses, given: Mapping[str, float]) -> dict[str, Fact]:
    """The one value of each organisation indicator: as given, else the mean over all who answered it, in any mode."""
    plan = Plan(framework, responses.items, responses.context)
    return _facts_of(plan, given, lambda wanted, knowing: _facts_by_row(plan, responses, wanted, knowing))


def _facts_of(plan: Plan, given: Mapping[str, float], sums: FactSums) -> dict[str, Fact]:
    """The facts from their sums. sums: of some indicators, over all they apply to or over those who know."""
    wanted = {id_: i for id_, i in plan.framework.indicators.items() if i.scope == "organisation"}
    asked = [indicator for id_, indicator in wanted.items() if id_ not in given]
    # A fact's bounds are those of whoever could say, just as its value is: who could not does not widen them.
    totals = sums(asked, True)
    unknown = [indicator for indicator in asked if totals.mean(indicator_column(indicator.id, "value")) is None]
    open_still = sums(unknown, False)
    facts = {id_: Fact(value, value, value, applies=True, open_=True) for id_, value in given.items()}
    for indicator in asked:
        value = totals.mean(indicator_column(indicator.id, "value"))
        bounds_of = open_still if value is None else totals
        low, high = bounds_of.bounds(indicator.id, plan.limits(indicator))
        applies, open_ = (bounds_of.count(f"{indicator_column(indicator.id, of)}/n") > 0 for of in ("applies", "open"))
        facts[indicator.id] = Fact(value, low, high, applies, open_)
    return {id_: facts[id_] for id_ in wanted}


def _fact_sums(plan: Plan, counting: Counting) -> FactSums:
    """The facts' sums of a survey that was counted."""
    return lambda wanted, knowing: counting.fact_totals(_with_columns(plan, wanted), of_those_who_know=knowing)


def _with_columns(plan: Plan, indicators: Sequence[Indicator]) -> list[Indicator]:
    return [indicator for indicator in indicators if plan.items & set(indicator.items)]


def _facts_by_row(plan: Plan, responses: Responses, wanted: Sequence[Indicator], knowing: bool) -> GroupTotals:
    """Organisation indicators summed over all they apply to, or over those who have a value for them."""
    present = _with_columns(plan, wanted)
    if not present:
        return GroupTotals(NOBODY)
    own = [indicator.id for indicator in present]
    rows = plan.indicators(scored_rows(plan, responses), present, {})
    if knowing:
        values = nw.col(*[indicator_column(id_, "value") for id_ in own])
        rows = rows.with_columns((~values.is_null()).cast(nw.Int16).name.map(_applies_of))
    # Whoever could not say stands at bounds of their own, not at the limits: the sums have to leave them out.
    sums = [*score_sums(own, weighted=responses.weighted), *bound_sums(own, own, weighted=responses.weighted)]
    return summed(in_units(rows, own), (), sums, weighted=responses.weighted).overall


def _applies_of(value_column: str) -> str:
    return f"{value_column.removesuffix('/value')}/applies"
