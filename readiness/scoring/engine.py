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
from readiness.responses.coding import MODE
from readiness.responses.table import INTERVIEW, SURVEY, Responses, beside
from readiness.scoring.hiding import NOTHING, Hidden, Hiding
from readiness.scoring.items import code_sums, unput_sums
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
    with_absent,
    with_codes,
)

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator

FEW_CELLS = 1_000_000  # up to as many, counting all cells in one column is faster than a sum for every count
Table = tuple[str, ...]  # the keys a table is crossed by


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
    work = _Work.of(framework, responses, facts or {})
    totals = work.totals(_keys(by))
    groups = _groups(totals, by)
    hidden = _hidden(framework, totals, groups) if protect else NOTHING
    figures = work.evaluated([group.totals for group in groups])
    overall, *shown = work.records(groups, figures, hidden)
    return _result(framework, responses, overall, shown, totals.overall.n)


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
    work = _Work.of(framework, beside(framework, survey, interviews), facts or {})
    totals = work.totals((MODE, *_keys(by)))
    asked, told = totals.of(SURVEY), totals.of(INTERVIEW)
    groups = _groups(asked, by)
    hidden = _hidden(framework, asked, groups)
    interview = _Group({"source": INTERVIEW}, told.overall, (), len(by) + 1)
    figures = work.evaluated([group.totals for group in [*groups, interview]])
    overall, *shown = work.records(groups, figures, hidden)
    shown += work.records([groups[0], interview], [figures[0], figures[-1]], NOTHING)[1:]
    return _result(framework, survey, overall, shown, asked.overall.n)


def _keys(by: Sequence[Table]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for table in by for key in table))


@dataclass(frozen=True)
class _Work:
    """One frame being scored: the plan for its columns, and the facts that every row inherits."""

    plan: Plan
    responses: Responses
    facts: Mapping[str, Fact]

    @classmethod
    def of(cls, framework: Framework, responses: Responses, given: Mapping[str, float]) -> _Work:
        facts = organisation_facts(framework, responses, given)
        return cls(Plan(framework, responses.items, responses.context), responses, facts)

    def totals(self, keys: Sequence[str]) -> Totals:
        """Every figure of every respondent, summed by atom."""
        framework = self.plan.framework
        own = [id_ for id_ in framework.indicators if id_ not in self.facts]
        levels = [*framework.all_dimensions, OVERALL]
        there = self.plan.items_there
        rows = _scored_rows(self.plan, self.responses)
        scored = in_units(self.plan.scores(rows, self.facts), own, levels)
        ids = [item.id for item in there]
        sums = [
            *unput_sums(ids, self.plan.asked),
            *score_sums(own, levels),
            *bound_sums(own, self.plan.hanging),
            *prevalence_sums(self.plan),
        ]
        if self.responses.read * len(there) <= FEW_CELLS:
            totals = with_codes(summed(scored, keys, sums), rows, ids)
        else:
            totals = summed(scored, keys, [*code_sums(there, framework), *sums])
        return with_absent(totals, [id_ for id_ in framework.items if id_ not in self.plan.items])

    def evaluated(self, groups: Sequence[GroupTotals]) -> list[dict[str, Any]]:
        """Every group's readiness and scenarios, from its indicators, by the expressions that serve a respondent."""
        import polars as pl

        rows = [indicator_figures(self.plan, totals, self.facts) for totals in groups]
        schema = {name: pl.Int16 if name.endswith((".applies", ".open")) else pl.Float64 for name in rows[0]}
        frame = nw.from_native(pl.LazyFrame(rows, schema=schema))
        return list(self.plan.evaluate(frame).collect().iter_rows(named=True))

    def records(self, groups: Sequence[_Group], figures: Sequence[Mapping[str, Any]], hidden: Hidden) -> list[Any]:
        """The groups in the result's form, everybody first."""
        records = [
            GroupRecord(self.plan, group.totals, row, self.facts, hidden, place, whole=place == 0)
            for place, (group, row) in enumerate(zip(groups, figures, strict=False))
        ]
        shown = [record.subgroup(group.by) for record, group in zip(records[1:], groups[1:], strict=True)]
        return [records[0].overall(), *shown]


def _scored_rows(plan: Plan, responses: Responses) -> nw.LazyFrame[Any]:
    """Respondents with at least one answer; a single one is kept in any case, with everything still open."""
    frame = nw.from_native(responses.frame).with_columns(plan.answered().alias(ANSWERED), *plan.asked_columns())
    return frame if responses.read == 1 else frame.filter(nw.col(ANSWERED))


def organisation_facts(framework: Framework, responses: Responses, given: Mapping[str, float]) -> dict[str, Fact]:
    """The one value of each organisation indicator: as given, else the mean over all who answered it, in any mode."""
    wanted = {id_: i for id_, i in framework.indicators.items() if i.scope == "organisation"}
    asked = [indicator for id_, indicator in wanted.items() if id_ not in given]
    plan = Plan(framework, responses.items, responses.context)
    present = [indicator for indicator in asked if plan.items & set(indicator.items)]
    # A fact's bounds are those of whoever could say, just as its value is: who could not does not widen them.
    totals = _fact_totals(plan, responses, present, of_those_who_know=True)
    unknown = [indicator for indicator in present if totals.mean(indicator_column(indicator.id, "value")) is None]
    open_still = _fact_totals(plan, responses, unknown, of_those_who_know=False)
    facts = {id_: Fact(value, value, value, applies=True, open_=True) for id_, value in given.items()}
    for indicator in asked:
        value = totals.mean(indicator_column(indicator.id, "value"))
        bounds_of = open_still if value is None else totals
        low, high = bounds_of.bounds(indicator.id, plan.limits(indicator))
        applies, open_ = (bounds_of.count(f"{indicator_column(indicator.id, of)}.n") > 0 for of in ("applies", "open"))
        facts[indicator.id] = Fact(value, low, high, applies, open_)
    return {id_: facts[id_] for id_ in wanted}


def _fact_totals(
    plan: Plan, responses: Responses, present: Sequence[Indicator], *, of_those_who_know: bool
) -> GroupTotals:
    """Organisation indicators summed over all they apply to, or over those who have a value for them."""
    if not present:
        return GroupTotals(NOBODY)
    own = [indicator.id for indicator in present]
    rows = plan.indicators(_scored_rows(plan, responses), present, {})
    if of_those_who_know:
        values = nw.col(*[indicator_column(id_, "value") for id_ in own])
        rows = rows.with_columns((~values.is_null()).cast(nw.Int16).name.map(_applies_of))
    # Whoever could not say stands at bounds of their own, not at the limits: the sums have to leave them out.
    return summed(in_units(rows, own), (), [*score_sums(own), *bound_sums(own, weighted=own)]).overall


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
