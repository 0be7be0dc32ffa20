"""The pipeline on one page: sources named by the user → framework → responses → result.

Every stage is called from here: read this first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from readiness.faults import Fault, ResponseError, UsageError
from readiness.framework.ledger import nearest, one_of
from readiness.gathering import Gathered, read_again
from readiness.gathering import gather as gather  # noqa: PLC0414 the first stage
from readiness.gathering import sketch as sketch  # noqa: PLC0414 the first stage, of which nothing is scored
from readiness.responses.in_place.survey import InPlace
from readiness.responses.population_yaml import POPULATION
from readiness.responses.scanning import MisguessedError
from readiness.responses.table import Responses
from readiness.scoring.engine import score, score_both
from readiness.scoring.evidence import telling_of, with_evidence
from readiness.scoring.forming import Balance, Table, keys_of
from readiness.scoring.in_place.summing import is_watched
from readiness.scoring.respondents import Write
from readiness.scoring.result import Result
from readiness.scoring.watching import look_on

if TYPE_CHECKING:
    from readiness.analysis.judging import Judged
    from readiness.analysis.onlooking import Onlooker

Read = TypeVar("Read")


@dataclass(frozen=True)
class Scored:
    """A result, and what was scored: of a large survey all there is to tell is known only now.

    remarks: what there is to tell of who answered.
    """

    result: Result
    gathered: Gathered
    remarks: tuple[str, ...] = ()


def scored(
    gathered: Gathered,
    by: Sequence[Table] | None = None,
    write: Write | None = None,
    balance: str | None = None,
    analysed: bool = True,
    exclude_careless: bool = False,
) -> Scored:
    """Score what was gathered.

    by: the tables of groups; by default those of the engagement. write: takes every respondent's own figures. balance:
    the context key of whose values each gets the same say, or `population`; by default the engagement's. analysed: with
    intervals and whatever else there is to say of the result's certainty. exclude_careless: leave out whoever answers
    carelessly.

    Raises:
        ResponseError: nothing has been answered, or a key to group by was not recorded; or a fault far down a large
            file, which is found only now.
    """
    gathered = replace(gathered, exclude_careless=exclude_careless)
    tables = tuple(by) if by is not None else (gathered.engagement.groups if gathered.engagement else ())
    if gathered.survey is None and gathered.interviews is None:
        where = str(gathered.engagement.folder) if gathered.engagement else "the sources"
        raise ResponseError([Fault(where, None, "there is nothing to score", "add survey files or interviews")])
    _judge_keys(gathered, [key for table in tables for key in table], "--by")
    by_what = _balance(gathered, balance)
    try:
        return _scored(gathered, tables, write, by_what, analysed)
    except MisguessedError:
        gathered = read_again(gathered)
    try:
        return _scored(gathered, tables, write, by_what, analysed)
    except MisguessedError:  # then some line is broken, and whoever reads the whole file will say which
        gathered = read_again(gathered, held=True)
    return _scored(gathered, tables, write, by_what, analysed)


def _balance(gathered: Gathered, named: str | None) -> Balance | None:
    """What parts a group into what has a say of its own: a context key, or the cells of the population."""
    named = named or (gathered.engagement.balance if gathered.engagement else None)
    if named != POPULATION:
        _judge_keys(gathered, [named] if named else [], "--balance")
        return named
    population = gathered.population
    if population is None or not population.is_crossed:
        what = "how many people there are is not known" + ("" if population is None else " by the crossing of all keys")
        mend = f"write a row for each group under '{POPULATION}' in the settings of an engagement"
        raise UsageError([Fault(f"--balance {POPULATION}", None, what, mend)])
    _judge_keys(gathered, population.keys, f"--balance {POPULATION}:")
    return population


def _scored(
    gathered: Gathered, tables: Sequence[Table], write: Write | None, balance: Balance | None, analysed: bool
) -> Scored:
    """Survey and interviews scored; then what was rated, by itself, so that it can touch neither."""
    ratings = gathered.ratings
    if ratings is None:
        return _asked(gathered, tables, write, balance, analysed)
    if write is not None:
        write = telling_of(ratings, gathered.framework, gathered.facts, write)
    asked = _asked(gathered, tables, write, balance, analysed)
    return replace(asked, result=with_evidence(asked.result, gathered.framework, ratings, gathered.facts))


def _asked(
    gathered: Gathered, tables: Sequence[Table], write: Write | None, balance: Balance | None, analysed: bool
) -> Scored:
    """Survey and interviews scored, and the result completed with what was seen of them on the way."""
    judged = _judged(gathered) if analysed or gathered.exclude_careless else None
    framework, interviews = gathered.framework, gathered.interviews
    survey = judged.survey if judged else gathered.survey
    only = survey or interviews
    assert only is not None
    watch = _onlooker(gathered, tables, balance) if analysed else None
    asked: dict[str, Any] = {
        "facts": gathered.facts,
        "write": write,
        "balance": balance,
        "population": gathered.population,
        "watch": watch,
    }
    if survey is not None and interviews is not None:
        result = score_both(framework, survey, interviews, tables, **asked)
    else:
        result = score(framework, only, tables, protect=survey is not None, **asked)
    result = result if watch is None else _completed(gathered, result, watch, balance)
    unseen = _unseen(gathered) if analysed and watch is None else ()
    return Scored(judged.told_in(result) if judged else result, gathered, (*unseen, *_remarks(gathered, watch)))


def _unseen(gathered: Gathered) -> tuple[str, ...]:
    """What there is to tell where nobody could look on though it was wished."""
    if not isinstance(gathered.survey, InPlace) or gathered.survey.read < 2:
        return ()
    return (
        "no intervals, reliability or gaps: of answers that are numbers these are not worked out where they lie; "
        "score an export of them as a file",
    )


def _remarks(gathered: Gathered, seen: Onlooker | None) -> tuple[str, ...]:
    """What there is to tell of who answered."""
    if gathered.population is None or seen is None:
        return ()
    from readiness.analysis.coverage import remarks
    from readiness.analysis.responding import counted_in

    return remarks(gathered.population, counted_in(seen.cells))


def _judged(gathered: Gathered) -> Judged | None:
    """The survey with its careless respondents counted, or left out; None where there is none."""
    if gathered.survey is None:
        return None
    from readiness.analysis.judging import judged

    return judged(gathered.framework, gathered.survey, excluding=gathered.exclude_careless)


def _onlooker(gathered: Gathered, tables: Sequence[Table], balance: Balance | None) -> Onlooker | None:
    """What looks on while respondents are summed; nothing where there is a single one, who is no sample."""
    only = gathered.survey or gathered.interviews
    if isinstance(only, Responses) and only.read < 2:
        return None
    if isinstance(only, InPlace) and not is_watched(gathered.framework, only):
        return None
    from readiness.analysis.onlooking import Onlooker

    keys = keys_of(tables, balance)
    return Onlooker(gathered.framework, [*keys, *(gathered.population.keys if gathered.population else ())])


def _completed(gathered: Gathered, result: Result, seen: Onlooker, balance: Balance | None) -> Result:
    from readiness.analysis.completing import completed
    from readiness.analysis.ground import Ground

    told = _onlooker(replace(gathered, survey=None), (), None) if gathered.survey and gathered.interviews else None
    if told is not None and gathered.interviews is not None:
        look_on(gathered.framework, gathered.interviews, told)
    protect = gathered.survey is not None
    ground = Ground(
        gathered.framework,
        seen,
        told,
        protect=protect,
        balance=balance,
        population=gathered.population,
        limits=gathered.limits,
    )
    return completed(result, ground)


def _judge_keys(gathered: Gathered, named: Sequence[str], option: str) -> None:
    """Every context key that an option names has to be known and recorded."""
    framework = gathered.framework
    keys = dict.fromkeys(named)
    unknown = [key for key in keys if key not in framework.context]
    if unknown:
        mends = {key: nearest(key, framework.context) or one_of(framework.context) for key in unknown}
        what = "{} has no context key {!r}"
        raise UsageError(
            [Fault(f"{option} {k}", None, what.format(framework.id, k), mend) for k, mend in mends.items()]
        )
    recorded = gathered.modes[0].context
    mend = one_of(key for key in framework.context if key in recorded) or "leave it out"
    mend = f"{mend}, or say in a mapping which column holds it"
    unrecorded = [key for key in keys if key not in recorded]
    if unrecorded:
        raise ResponseError([Fault(f"{option} {key}", None, f"no response says its {key}", mend) for key in unrecorded])
