"""Summing: a survey where it lies in, totals out: the integers that `scoring.summing` has of one that is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.scoring.atoms import ATOM
from readiness.scoring.grouped import Grouped
from readiness.scoring.histograms import COUNT, PLACE
from readiness.scoring.in_place.apart import apart
from readiness.scoring.in_place.compact import compact
from readiness.scoring.in_place.figures import Figured
from readiness.scoring.in_place.grouping import Found, Places, found
from readiness.scoring.in_place.keys import keyed_rows
from readiness.scoring.in_place.rows import InPlaceRows
from readiness.scoring.patterns import KEY, can_be_counted
from readiness.scoring.plan import Plan
from readiness.scoring.totals import ROWS

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.engines.engine import Engine
    from readiness.responses.in_place.survey import InPlace
    from readiness.scoring.counting import Counting
    from readiness.scoring.plan import Fact
    from readiness.scoring.watching import Watch

Frame = nw.LazyFrame[Any]


def is_counted(plan: Plan, survey: InPlace) -> bool:
    """Whether respondents are counted by their patterns, so that the analysis can look on; else each is scored."""
    return survey.read > 1 and can_be_counted(plan)


def is_watched(framework: Framework, survey: InPlace) -> bool:
    """The same of a survey that has not been planned yet."""
    return is_counted(Plan(framework, survey.items, survey.context), survey)


def counted_in_place(
    survey: InPlace,
    counting: Counting,
    facts: Mapping[str, Fact] | None,
    watch: Watch | None = None,
) -> Counting:
    """Everybody counted where they lie. facts: where they have to be known before. watch: is shown the groups."""
    engine, weighted = survey.engine, survey.weighted
    crossed = list(dict.fromkeys([*counting.keys, *(watch.keys_in(counting.plan) if watch else ())]))
    rows = keyed_rows(counting, survey.frame, weighted=weighted)
    told = _figured(counting, engine, facts, rows)
    with engine.kept(told.rows) as kept:
        places = Places(counting, replace(told, rows=kept))
        done = found(engine, places, crossed, survey.sources, weighted=weighted)
        _learn(counting, done)
        once = folded(done, counting.keys)
        counting.take(once.atoms, once.patterns, once.numbers, once.people, weighted)
        if watch is not None:
            watch.grouped(counting, grouped(done), InPlaceRows(survey, counting, kept))
    return counting


def _figured(counting: Counting, engine: Engine, facts: Mapping[str, Fact] | None, rows: Frame) -> Figured:
    """Keyed rows with everything that readiness and presence need."""
    if counting.facts_only:
        return Figured(rows, {}, (), {})
    return compact(counting, engine, rows) if counting.packed else apart(counting, engine, facts, rows)


def _learn(counting: Counting, done: Found) -> None:
    """Score the patterns that occur, where not all were scored beforehand."""
    for place, (_, lookup) in enumerate(counting.members):
        lookup.learn(done.rows.filter(pl.col(PLACE) == place)[KEY].unique())


def grouped(done: Found) -> Grouped:
    """What was found, for whoever looks on."""
    atoms = pl.DataFrame(list(done.atoms), schema=dict.fromkeys(done.keys, pl.String), orient="row")
    people = done.people.select(ATOM, pl.col(ROWS).alias(COUNT))
    numbered = atoms.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(ATOM)) if done.keys else people
    told = numbered.join(people, on=ATOM, how="inner") if done.keys else people
    return Grouped(done.keys, told, done.patterns)


def folded(done: Found, keys: Sequence[str]) -> Found:
    """What was found, by the crossing of some of its keys, the first ones."""
    if tuple(keys) == done.keys:
        return done
    shorter = [atom[: len(keys)] for atom in done.atoms]
    atoms = list(dict.fromkeys(shorter))  # in their order still
    numbers = {key: number for number, key in enumerate(atoms)}
    into = pl.Series([numbers[key] for key in shorter], dtype=pl.UInt32)
    rows = done.rows.with_columns(pl.lit(into).gather(pl.col(ATOM)).alias(ATOM))
    counted = rows.group_by(PLACE, ATOM, KEY).agg(pl.all().sum())
    summed = done.summed.with_columns(pl.lit(into).gather(pl.col(ATOM)).alias(ATOM)).group_by(ATOM).agg(pl.all().sum())
    return replace(done, keys=tuple(keys), atoms=atoms, rows=counted, summed=summed)
