"""The engine: responses and a framework in, a result out. Every stage of the scoring is called from here.

1. compile the plan; 2. the facts about the organisation; 3. every respondent's figures; 4. integer totals by atom;
5. every group's figures, by the same expressions; 6. what must be hidden; 7. the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.framework.texts import texts_of
from readiness.scoring.hiding import NOTHING, Hidden, Hiding
from readiness.scoring.plan import OVERALL, Fact, Plan, indicator_column
from readiness.scoring.record import GroupRecord, indicator_figures
from readiness.scoring.result import FrameworkRecord, Group, Respondents, Result, SubGroup, Suppressed, SuppressedGroup
from readiness.scoring.suppression import Tables
from readiness.scoring.totals import (
    ANSWERED,
    NOBODY,
    GroupTotals,
    Key,
    Totals,
    bound_sums,
    in_units,
    prevalence_sums,
    score_sums,
    summed,
)

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.table import Responses

Table = tuple[str, ...]  # the keys a table is crossed by
SOURCE = "source"
INTERVIEW = "interview"


def plan_for(framework: Framework, responses: Responses) -> Plan:
    """The framework compiled for the columns that these responses have."""
    return Plan(framework, responses.items, responses.absences, responses.context)


def score(
    framework: Framework,
    responses: Responses,
    by: Sequence[Table] = (),
    *,
    protect: bool = True,
    facts: Mapping[str, float] | None = None,
) -> Result:
    """Score one set of responses.

    by: the tables of groups, each a tuple of context keys to cross. protect: suppress small groups, which is right for
    surveys and not for interviews. facts: values of organisation indicators known beforehand.
    """
    known = organisation_facts(framework, [responses], facts or {})
    scored = _score(framework, responses, by, known, protect)
    return _result(framework, responses, scored.overall, scored.groups, scored.n)


def score_both(
    framework: Framework,
    survey: Responses,
    interviews: Responses,
    by: Sequence[Table] = (),
    *,
    facts: Mapping[str, float] | None = None,
) -> Result:
    """Score a survey and interviews beside it: two modes, never pooled but for the facts about the organisation.

    The survey is the whole; the interviews stand among the groups and are not suppressed, being the consultant's own
    notes.
    """
    known = organisation_facts(framework, [survey, interviews], facts or {})
    scored = _score(framework, survey, by, known, protect=True)
    beside = _score(framework, interviews, (), known, protect=False)
    groups = scored.groups
    if isinstance(beside.overall, Group):
        interview = SubGroup(by={SOURCE: INTERVIEW}, **dict(beside.overall))
        groups = (*groups, interview)
    return _result(framework, survey, scored.overall, groups, scored.n)


@dataclass(frozen=True)
class Scored:
    """One mode scored: everybody, the groups, and how many respondents gave an answer."""

    overall: Group | Suppressed
    groups: tuple[SubGroup | SuppressedGroup, ...]
    n: int


def _score(
    framework: Framework, responses: Responses, by: Sequence[Table], facts: Mapping[str, Fact], protect: bool
) -> Scored:
    plan = plan_for(framework, responses)
    keys = tuple(dict.fromkeys(key for table in by for key in table))
    own = [id_ for id_ in framework.indicators if id_ not in facts]
    levels = [*framework.all_dimensions, OVERALL]
    rows = in_units(plan.scores(_scored_rows(plan, responses), facts), own, levels)
    sums = [*plan.item_counts(), *score_sums(own, levels), *bound_sums(own), *prevalence_sums(plan)]
    totals = summed(rows, keys, sums)
    groups = _groups(totals, by)
    figures = _evaluated(plan, [group.totals for group in groups], facts)
    hidden = _hidden(framework, totals, groups) if protect else NOTHING
    records = [
        GroupRecord(plan, group.totals, row, facts, hidden, place, whole=place == 0)
        for place, (group, row) in enumerate(zip(groups, figures, strict=True))
    ]
    shown = tuple(record.subgroup(group.by) for record, group in zip(records[1:], groups[1:], strict=True))
    return Scored(records[0].overall(), shown, groups[0].totals.n)


def _scored_rows(plan: Plan, responses: Responses) -> nw.LazyFrame[Any]:
    """Respondents with at least one answer; a single one is kept in any case, with everything still open."""
    frame = nw.from_native(responses.frame).with_columns(plan.answered().alias(ANSWERED))
    return frame if responses.read == 1 else frame.filter(nw.col(ANSWERED))


def organisation_facts(
    framework: Framework, sources: Sequence[Responses], given: Mapping[str, float]
) -> dict[str, Fact]:
    """The one value of each organisation indicator: as given, else the mean over all who answered it, in any mode."""
    wanted = [indicator for indicator in framework.indicators.values() if indicator.scope == "organisation"]
    asked = [indicator for indicator in wanted if indicator.id not in given]
    facts = {id_: Fact(value, value, value, applies=True) for id_, value in given.items()}
    totals = [_fact_totals(plan_for(framework, responses), responses) for responses in sources if asked]
    for indicator in asked:
        added = GroupTotals({k: sum(t.count(k) for t in totals) for t in totals for k in t.sums})
        low, high = added.bounds(indicator.id, plan_for(framework, sources[0]).limits(indicator))
        value = added.mean(indicator_column(indicator.id, "value"))
        applies = added.count(f"{indicator_column(indicator.id, 'open')}.n") > 0
        facts[indicator.id] = Fact(value, low, high, applies)
    return {indicator.id: facts[indicator.id] for indicator in wanted}


def _fact_totals(plan: Plan, responses: Responses) -> GroupTotals:
    wanted = [i for i in plan.framework.indicators.values() if i.scope == "organisation"]
    present = [indicator for indicator in wanted if plan.items & set(indicator.items)]
    if not present:
        return GroupTotals(NOBODY)
    own = [indicator.id for indicator in present]
    rows = plan.indicators(_scored_rows(plan, responses), present, {})
    # A fact's bounds are those of whoever could say, just as its value is: who could not does not widen them.
    rows = rows.with_columns(
        (~nw.col(*[indicator_column(id_, "value") for id_ in own]).is_null()).cast(nw.Int16).name.map(_applies_of)
    )
    return summed(in_units(rows, own), (), [*score_sums(own), *bound_sums(own)]).overall


def _applies_of(value_column: str) -> str:
    return f"{value_column.removesuffix('.value')}.applies"


@dataclass(frozen=True)
class _Group:
    """A group of a table before it is evaluated."""

    by: dict[str, str | None]
    totals: GroupTotals
    atoms: tuple[Key, ...]
    table: int


def _groups(totals: Totals, by: Sequence[Table]) -> list[_Group]:
    """Everybody first, then every table's groups in their order."""
    groups = [_Group({}, totals.overall, tuple(totals.atoms), 0)]
    for place, keys in enumerate(by, start=1):
        for values, atoms in totals.table(keys).items():
            named = dict(zip(keys, values, strict=True))
            groups.append(_Group(named, totals.group(atoms), tuple(atoms), place))
    return groups


def _evaluated(plan: Plan, groups: Sequence[GroupTotals], facts: Mapping[str, Fact]) -> list[dict[str, Any]]:
    """Every group's readiness and scenarios, from its indicators."""
    import polars as pl

    rows = [indicator_figures(plan, totals, facts) for totals in groups]
    schema = {name: pl.Int16 if name.endswith((".applies", ".open")) else pl.Float64 for name in rows[0]}
    frame = nw.from_native(pl.LazyFrame(rows, schema=schema))
    return list(plan.evaluate(frame).collect().iter_rows(named=True))


def _hidden(framework: Framework, totals: Totals, groups: Sequence[_Group]) -> Hidden:
    names = {atom: place for place, atom in enumerate(totals.atoms)}
    tables = Tables(
        groups=[frozenset(names[atom] for atom in group.atoms) for group in groups],
        table=[group.table for group in groups],
        atoms=len(names),
    )
    return Hiding(
        framework, tables, [totals.group([atom]) for atom in totals.atoms], framework.defaults.min_group
    ).hidden()


def _result(
    framework: Framework,
    responses: Responses,
    overall: Group | Suppressed,
    groups: Sequence[SubGroup | SuppressedGroup],
    scored: int,
) -> Result:
    return Result(
        framework=FrameworkRecord(
            id=framework.id, version=framework.version, digest=dict(framework.digest), texts=texts_of(framework)
        ),
        respondents=Respondents(read=responses.read, scored=scored, rejected=responses.rejected),
        overall=overall,
        groups=tuple(groups),
    )
