"""The engine: responses and a framework in, a result out. Every stage of the scoring is called from here.

1. compile the plan; 2. integer totals by atom, with the facts about the organisation (`summing`); 3. every group's
figures, by the same expressions as a respondent's; 4. what must be hidden; 5. the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.framework.texts import texts_of
from readiness.responses.bulk import Stream
from readiness.responses.coding import MODE
from readiness.responses.table import INTERVIEW, SURVEY, Responses, beside
from readiness.scoring.balance import BalancedTotals, hidden_with_parts
from readiness.scoring.hiding import NOTHING, Hidden, Hiding
from readiness.scoring.plan import Plan
from readiness.scoring.record import GroupRecord, indicator_figures
from readiness.scoring.result import FrameworkRecord, Group, Respondents, Result, SubGroup, Suppressed, SuppressedGroup
from readiness.scoring.summing import Out, Summed, each_held, summed_held, summed_in_pieces, totals_by_row
from readiness.scoring.suppression import Tables
from readiness.scoring.totals import GroupTotals, Key, Totals
from readiness.scoring.watching import Watch, look_on

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.scoring.respondents import Write

Table = tuple[str, ...]  # the keys a table is crossed by
Survey = Responses | Stream


def score(
    framework: Framework,
    responses: Survey,
    by: Sequence[Table] = (),
    *,
    protect: bool = True,
    facts: Mapping[str, float] | None = None,
    write: Write | None = None,
    balance: str | None = None,
    watch: Watch | None = None,
) -> Result:
    """Score one set of responses.

    by: the tables of groups, each a tuple of context keys to cross. protect: suppress small groups, which is right for
    surveys and not for interviews. facts: values of organisation indicators known beforehand. write: takes the figures
    of every respondent, as they are worked out. balance: the context key of whose values each gets the same say. watch:
    looks on.
    """
    given, keys = facts or {}, _keys(by, balance)
    out = Out(write, framework, _told(framework, responses)) if write else None
    if isinstance(responses, Stream):
        done = summed_in_pieces(framework, responses, keys, given, out=out, watch=watch)
    else:
        done = summed_held(framework, responses, keys, given)
        if watch:
            look_on(framework, responses, watch)
        if out:
            telling = out.of(SURVEY if protect else INTERVIEW)
            out.write(each_held(framework, responses, done.facts, telling), done.facts)
    totals = _balanced(done.totals, balance)
    groups = _groups(totals, by, balance)
    hidden = _hidden(framework, totals, groups) if protect else NOTHING
    figures = _evaluated(done, [group.totals for group in groups])
    overall, *shown = _records(done, groups, figures, hidden)
    return _result(framework, responses, overall, shown, done.totals.overall.n, balance)


def score_both(
    framework: Framework,
    survey: Survey,
    interviews: Responses,
    by: Sequence[Table] = (),
    *,
    facts: Mapping[str, float] | None = None,
    write: Write | None = None,
    balance: str | None = None,
    watch: Watch | None = None,
) -> Result:
    """Score a survey and interviews beside it: two modes, never pooled but for the facts about the organisation.

    The survey is the whole; the interviews stand among the groups and are not suppressed, being the consultant's own
    notes. watch: looks on while the survey is summed.
    """
    given, keys = facts or {}, _keys(by, balance)
    out = Out(write, framework, _told(framework, survey, interviews), interviews) if write else None
    if isinstance(survey, Stream):
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
    scored = asked.overall.n
    asked = _balanced(asked, balance)
    groups = _groups(asked, by, balance)
    hidden = _hidden(framework, asked, groups)
    interview = _Group({"source": INTERVIEW}, told.overall, (), len(by) + 1)
    figures = _evaluated(done, [group.totals for group in [*groups, interview]])
    overall, *shown = _records(done, groups, figures, hidden)
    shown += _records(done, [groups[0], interview], [figures[0], figures[-1]], NOTHING)[1:]
    return _result(framework, survey, overall, shown, scored, balance)


def _told(framework: Framework, *modes: Survey) -> tuple[str, ...]:
    """The context keys that any of the modes has, in the framework's order."""
    return tuple(key for key in framework.context if any(key in mode.context for mode in modes))


def _keys(by: Sequence[Table], balance: str | None) -> tuple[str, ...]:
    keys = dict.fromkeys(key for table in by for key in table)
    return (*keys, *([balance] if balance and balance not in keys else []))


def _balanced(totals: Totals, balance: str | None) -> Totals:
    """The totals of those who have a say where roles are balanced: whoever's role is known."""
    if balance is None:
        return totals
    place = totals.keys.index(balance)
    return Totals(totals.keys, {key: sums for key, sums in totals.atoms.items() if key[place] is not None})


def _evaluated(done: Summed, groups: Sequence[GroupTotals]) -> list[dict[str, Any]]:
    """Every group's readiness and scenarios, from its indicators, by the expressions that serve a respondent."""
    import polars as pl

    rows = [indicator_figures(done.plan, totals, done.facts) for totals in groups]
    schema = {name: pl.Int16 if name.endswith((".applies", ".open")) else pl.Float64 for name in rows[0]}
    frame = nw.from_native(pl.LazyFrame(rows, schema=schema))
    return list(done.plan.evaluate(frame).collect().iter_rows(named=True))


def _records(done: Summed, groups: Sequence[_Group], figures: Sequence[Mapping[str, Any]], hidden: Hidden) -> list[Any]:
    """The groups in the result's form, everybody first."""
    records = [
        GroupRecord(done.plan, group.totals, row, done.facts, hidden, place, whole=place == 0)
        for place, (group, row) in enumerate(zip(groups, figures, strict=False))
    ]
    shown = [record.subgroup(group.by) for record, group in zip(records[1:], groups[1:], strict=True)]
    return [records[0].overall(), *shown]


@dataclass(frozen=True)
class _Group:
    """A group of a table before it is evaluated. parts: the atoms of each of its roles, where those are balanced."""

    by: dict[str, str | None]
    totals: GroupTotals
    atoms: tuple[Key, ...]
    table: int
    parts: tuple[tuple[Key, ...], ...] = ()


def _groups(totals: Totals, by: Sequence[Table], balance: str | None) -> list[_Group]:
    """Everybody first, then every table's groups in their order."""
    groups = [_group(totals, {}, list(totals.atoms), 0, balance)]
    for place, keys in enumerate(by, start=1):
        for values, atoms in totals.table(keys).items():
            groups.append(_group(totals, dict(zip(keys, values, strict=True)), atoms, place, balance))
    return groups


def _group(totals: Totals, by: dict[str, str | None], atoms: list[Key], table: int, balance: str | None) -> _Group:
    whole = totals.group(atoms)
    if balance is None:
        return _Group(by, whole, tuple(atoms), table)
    place = totals.keys.index(balance)
    roles: dict[str | None, list[Key]] = {}
    for atom in atoms:
        roles.setdefault(atom[place], []).append(atom)
    parts = [tuple(roles[role]) for role in sorted(roles, key=str)]
    balanced = BalancedTotals(whole.sums, tuple(totals.group(part) for part in parts))
    return _Group(by, balanced, tuple(atoms), table, tuple(parts))


def _hidden(framework: Framework, totals: Totals, groups: list[_Group]) -> Hidden:
    names = {atom: place for place, atom in enumerate(totals.atoms)}
    cells = [group.atoms for group in groups]
    tables = [group.table for group in groups]
    inside: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        for part in group.parts:
            inside.setdefault(place, []).append(len(cells))
            cells.append(part)
            tables.append(len(groups) + group.table)  # the roles of a table's groups are a table of their own
    whole = Tables([frozenset(names[atom] for atom in cell) for cell in cells], tables, len(names))
    atoms = [totals.group([atom]) for atom in totals.atoms]
    hidden = Hiding(framework, whole, atoms, framework.defaults.min_group).hidden()
    return hidden_with_parts(hidden, inside) if inside else hidden


def _result(
    framework: Framework,
    responses: Survey,
    overall: Group | Suppressed,
    groups: Sequence[SubGroup | SuppressedGroup],
    scored: int,
    balance: str | None,
) -> Result:
    return Result(
        framework=FrameworkRecord(
            id=framework.id, version=framework.version, digest=dict(framework.digest), texts=texts_of(framework)
        ),
        respondents=Respondents(
            read=responses.read,
            scored=scored,
            rejected=responses.rejected,
            unread=responses.unread_count,
            weighted=responses.weighted,
            balance=balance,
        ),
        overall=overall,
        groups=tuple(groups),
    )
