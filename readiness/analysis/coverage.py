"""Coverage: what there is to tell of who answered, before anything is made of it, to whoever holds the answers.

Unlike a result these remarks are not protected: they help to mend the sizes and the survey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.analysis.responding import Counted, silent
from readiness.framework.ledger import nearest
from readiness.responses.population import Population
from readiness.scoring.findings import By
from readiness.scoring.result import by_label

MOST_TOLD = 20  # groups, of each kind of remark
TWINS = 0.85  # alike enough for a slip of the pen where both are known names: Sales East and Sales West are not


def remarks(population: Population, counted: Counted) -> tuple[str, ...]:
    """How many answered, groups of which nobody did, and whatever survey and population disagree about."""
    share = counted.total / population.total
    missing = [key for key in population.keys if key not in counted.keys]
    return (
        f"{counted.total} of {population.total} people answered ({share:.0%})",
        *(f"no response says its {key}, by which the population is known" for key in missing),
        *_shortened(list(_silent(population, counted)), "groups of which nobody answered"),
        *_shortened(list(_unnamed(population, counted)), "groups that the population does not name"),
        *_shortened(list(_overfull(population, counted)), "groups with more answers than people"),
    )


def _shortened(lines: Sequence[str], what: str) -> list[str]:
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], *([f"and {more} more {what}"] if more > 0 else [])]


def _silent(population: Population, counted: Counted) -> Iterator[str]:
    for by in silent(population, counted):
        people = population.of(by)
        told = f"nobody of {by_label(by)} answered ({people} {'person' if people == 1 else 'people'})"
        mend = _meant(population, counted, by) if len(by) == 1 else ""
        yield f"{told}; {mend}" if mend else told


def _meant(population: Population, counted: Counted, by: By) -> str:
    """The mend where a value that nobody has may be a slip for one that only responses name, or for a known one."""
    ((key, value),) = by.items()
    if value is None:
        return ""
    known = [other for other in population.margins[key] if other not in (None, value)]
    said = [other for (other,) in counted.table((key,)) if other not in (None, value)]
    unnamed = [other for other in said if other not in known]
    twins = [other for other in (*said, *known) if other is not None and _wording(other) != _wording(value)]
    return nearest(value, [other for other in unnamed if other]) or nearest(value, dict.fromkeys(twins), TWINS)


def _wording(value: str) -> str:
    """A name without its digits: `Unit 1` and `Unit 2` are two units, and neither is a slip of the pen."""
    return "".join(sign for sign in value if not sign.isdigit()).casefold()


def _unnamed(population: Population, counted: Counted) -> Iterator[str]:
    """Respondents of groups that the population does not name: single values first, then crossings of known ones."""
    for keys in population.tables:
        if not set(keys) <= set(counted.keys):
            continue
        for values, n in counted.table(keys).items():
            by = dict(zip(keys, values, strict=True))
            if population.of(by) is not None:
                continue
            if len(keys) == 1:
                yield _value(population, by, n)
            elif all(population.of({key: value}) is not None for key, value in by.items()):
                yield f"{n} respondent(s) are of {by_label(by)}, which the population does not name"


def _value(population: Population, by: By, n: int) -> str:
    ((key, value),) = by.items()
    if value is None:
        return f"{n} respondent(s) do not say their {key}, and stand in no rate by it"
    mend = nearest(value, [known for known in population.margins[key] if known is not None])
    return f"{n} respondent(s) are of {by_label(by)}, which the population does not name" + (
        f"; {mend}" if mend else ""
    )


def _overfull(population: Population, counted: Counted) -> Iterator[str]:
    for keys in population.tables:
        if not set(keys) <= set(counted.keys):
            continue
        for values, n in counted.table(keys).items():
            by = dict(zip(keys, values, strict=True))
            people = population.of(by)
            if people is not None and n > people:
                yield f"{n} answered of {by_label(by)}, where the population has {people} people; correct its size"
