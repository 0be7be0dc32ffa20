"""Small surveys put through the whole of scoring and analysis, as a command would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from readiness import pipeline
from readiness.analysis.onlooking import Onlooker
from readiness.framework.models import Framework
from readiness.responses.population import Population, Values, in_order
from readiness.responses.table import Responses, from_rows
from readiness.scoring.watching import look_on
from tests.scoring.running import cells

Rows = Iterable[Mapping[str, Any]]


def responses(framework: Framework, rows: Rows, columns: Sequence[str] | None = None) -> Responses:
    rows = list(rows)
    if columns is not None:
        others = dict.fromkeys(key for row in rows for key in row if key not in framework.items)
        columns = [*others, *columns]
    return from_rows(framework, [cells(row) for row in rows], columns)


def analysed(
    framework: Framework,
    survey: Rows | None,
    by: Sequence[tuple[str, ...]] = (),
    *,
    columns: Sequence[str] | None = None,
    interviews: Rows | None = None,
    population: Population | None = None,
    balance: str | None = None,
    facts: Mapping[str, float] | None = None,
    with_analysis: bool = True,
) -> Any:
    """The result of a survey, of interviews, or of both. A `Result`, typed loosely: a test knows what is shown."""
    gathered = pipeline.Gathered(
        framework,
        None if survey is None else responses(framework, survey, columns),
        None if interviews is None else responses(framework, interviews, columns),
        population=population,
        facts=facts or {},
    )
    return pipeline.scored(gathered, by, balance=balance, analysed=with_analysis).result


def seen(framework: Framework, rows: Rows, keys: Sequence[str] = (), columns: Sequence[str] | None = None) -> Onlooker:
    """What the analysis sees of rows."""
    onlooker = Onlooker(framework, keys)
    look_on(framework, responses(framework, rows, columns), onlooker)
    return onlooker


def population(keys: tuple[str, ...], people: Mapping[Values, int]) -> Population:
    """How many people there are by the crossing of some keys."""
    margins: dict[str, dict[str | None, int]] = {key: {} for key in keys}
    for values, size in in_order(people).items():
        for key, value in zip(keys, values, strict=True):
            margins[key][value] = margins[key].get(value, 0) + size
    return Population(keys, in_order(people), margins)
