"""The engine: responses and a framework in, a result out. Every stage of the scoring is called from here.

1. compile the plan; 2. integer totals by atom, with the facts about the organisation (`summing`); 3. every group's
figures, by the same expressions as a respondent's; 4. what must be hidden; 5. the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.framework.texts import texts_of
from readiness.responses.bulk import Stream
from readiness.responses.coding import MODE
from readiness.responses.in_place.survey import InPlace
from readiness.responses.joining import beside
from readiness.responses.population import Population
from readiness.responses.population_yaml import POPULATION
from readiness.responses.table import INTERVIEW, SURVEY, Responses
from readiness.scoring.each import Out, each_held
from readiness.scoring.forming import Balance, Formed, Table, groups_of, having_a_say, hidden_among, keys_of
from readiness.scoring.hiding import NOTHING, Hidden
from readiness.scoring.plan import Plan
from readiness.scoring.record import GroupRecord, indicator_figures
from readiness.scoring.result import FrameworkRecord, Group, Respondents, Result, SubGroup, Suppressed, SuppressedGroup
from readiness.scoring.stratifying import people_together, silent_people
from readiness.scoring.summing import Summed, summed_held, summed_in_pieces, summed_in_place, totals_by_row
from readiness.scoring.totals import GroupTotals, Totals
from readiness.scoring.watching import Watch, look_on

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.scoring.respondents import Write

Survey = Responses | Stream | InPlace


def score(
    framework: Framework,
    responses: Survey,
    by: Sequence[Table] = (),
    *,
    protect: bool = True,
    facts: Mapping[str, float] | None = None,
    write: Write | None = None,
    balance: Balance | None = None,
    population: Population | None = None,
    watch: Watch | None = None,
) -> Result:
    """Score one set of responses.

    by: the tables of groups, each a tuple of context keys to cross. protect: suppress small groups, which is right for
    surveys and not for interviews. facts: values of organisation indicators known beforehand. write: takes the figures
    of every respondent, as they are worked out. balance: the context key of whose values each gets the same say, or the
    population, each of whose cells gets that of its number of people. population: how many people there are, to be
    told. watch: looks on.
    """
    given, keys = facts or {}, keys_of(by, balance)
    out = Out(write, framework, _told(framework, responses)) if write else None
    if isinstance(responses, InPlace):
        done = summed_in_place(framework, responses, keys, given, watch=watch)
    elif isinstance(responses, Stream):
        done = summed_in_pieces(framework, responses, keys, given, out=out, watch=watch)
    else:
        done = summed_held(framework, responses, keys, given)
        if watch:
            look_on(framework, responses, watch)
        if out:
            telling = out.of(SURVEY if protect else INTERVIEW)
            out.write(each_held(framework, responses, done.facts, telling), done.facts)
    totals = having_a_say(done.totals, balance)
    groups = groups_of(totals, by, balance)
    hidden = NOTHING
    if protect:
        hidden, groups = hidden_among(framework, totals, groups, balance)
    figures = _evaluated(done, [group.totals for group in groups])
    overall, *shown = _records(done, groups, figures, hidden)
    return _result(framework, responses, overall, shown, done.totals, balance, groups[0], population)


def score_both(
    framework: Framework,
    survey: Survey,
    interviews: Responses,
    by: Sequence[Table] = (),
    *,
    facts: Mapping[str, float] | None = None,
    write: Write | None = None,
    balance: Balance | None = None,
    population: Population | None = None,
    watch: Watch | None = None,
) -> Result:
    """Score a survey and interviews beside it: two modes, never pooled but for the facts about the organisation.

    The survey is the whole; the interviews stand among the groups and are not suppressed, being the consultant's own
    notes. watch: looks on while the survey is summed.
    """
    given, keys = facts or {}, keys_of(by, balance)
    out = Out(write, framework, _told(framework, survey, interviews), interviews) if write else None
    if isinstance(survey, InPlace | Stream):
        if isinstance(survey, InPlace):
            done = summed_in_place(framework, survey, keys, given, interviews, watch)
        else:
            done = summed_in_pieces(framework, survey, keys, given, interviews, out, watch)
        asked = done.totals
        told = totals_by_row(Plan(framework, interviews.items, interviews.context), interviews, (), done.facts)
    else:
        done = summed_held(framework, beside(framework, survey, interviews), (MODE, *keys), given)
        asked, told = done.totals.of(SURVEY), done.totals.of(INTERVIEW)
        if watch:
            look_on(framework, survey, watch)
        if out:
            out.write(each_held(framework, survey, done.facts, out.of(SURVEY)), done.facts)
    totals = having_a_say(asked, balance)
    groups = groups_of(totals, by, balance)
    hidden, groups = hidden_among(framework, totals, groups, balance)
    interview = Formed({"source": INTERVIEW}, told.overall, (), len(by) + 1)
    figures = _evaluated(done, [group.totals for group in [*groups, interview]])
    overall, *shown = _records(done, groups, figures, hidden)
    shown += _records(done, [groups[0], interview], [figures[0], figures[-1]], NOTHING)[1:]
    return _result(framework, survey, overall, shown, asked, balance, groups[0], population)


def _told(framework: Framework, *modes: Survey) -> tuple[str, ...]:
    """The context keys that any of the modes has, in the framework's order."""
    return tuple(key for key in framework.context if any(key in mode.context for mode in modes))


def _evaluated(done: Summed, groups: Sequence[GroupTotals]) -> list[dict[str, Any]]:
    """Every group's readiness and scenarios, from its indicators, by the expressions that serve a respondent."""
    import polars as pl

    rows = [indicator_figures(done.plan, totals, done.facts) for totals in groups]
    schema = {name: pl.Int16 if name.endswith(("/applies", "/open")) else pl.Float64 for name in rows[0]}
    frame = nw.from_native(pl.LazyFrame(rows, schema=schema))
    return list(done.plan.evaluate(frame).collect().iter_rows(named=True))


def _records(done: Summed, groups: Sequence[Formed], figures: Sequence[Mapping[str, Any]], hidden: Hidden) -> list[Any]:
    """The groups in the result's form, everybody first."""
    records = [
        GroupRecord(done.plan, group.totals, row, done.facts, hidden, place, whole=place == 0)
        for place, (group, row) in enumerate(zip(groups, figures, strict=False))
    ]
    shown = [record.subgroup(group.by) for record, group in zip(records[1:], groups[1:], strict=True)]
    return [records[0].overall(), *shown]


def _result(
    framework: Framework,
    responses: Survey,
    overall: Group | Suppressed,
    groups: Sequence[SubGroup | SuppressedGroup],
    totals: Totals,
    balance: Balance | None,
    whole: Formed,
    population: Population | None,
) -> Result:
    """The record. totals: of everybody scored, whether or not they have a say. whole: of those who have one."""
    return Result(
        framework=FrameworkRecord(
            id=framework.id, version=framework.version, digest=dict(framework.digest), texts=texts_of(framework)
        ),
        respondents=Respondents(
            read=responses.read,
            scored=totals.overall.n,
            rejected=responses.rejected,
            unread=responses.unread_count,
            weighted=responses.weighted,
            balance=POPULATION if isinstance(balance, Population) else balance,
            population=_people(population, totals, balance, whole),
        ),
        overall=overall,
        groups=tuple(groups),
    )


def _people(
    population: Population | None, totals: Totals, balance: Balance | None, whole: Formed
) -> dict[str, int] | None:
    """How many there are; and where they balance, of how many nobody answered, and how many count together."""
    if isinstance(balance, Population):
        silent, together = silent_people(totals, balance), people_together(whole.totals)
        return {"people": balance.total, "silent": silent, "together": together}
    return None if population is None else {"people": population.total}
