"""Keys of a population's rows, judged against a framework: unknown ones first, and then whether all rows name the same.

A slip in one row is told of that row and once: an unknown key on the first line that has it, a row that names other
keys than most by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from readiness.framework.ledger import did_you_mean, nearest_word, one_of, quoted
from readiness.responses.population_yaml import PEOPLE, POPULATION, Size, Sizes

if TYPE_CHECKING:
    from readiness.framework.models import Framework

Problem = tuple[int, str, str]  # the line, what was found, how to mend it


def misformed(sizes: Sizes, framework: Framework) -> Iterator[Problem]:
    """Unknown keys, rows that do not say how many people, rows that name other keys than most."""
    meant = {key: _meant(key, framework) for key in sizes.keys if key not in framework.context}
    for key, nearest in meant.items():
        line = next(row.line for row in sizes.rows if key in row.values)
        what = f"{quoted(key)} is no context key of {framework.id}"
        yield line, what, did_you_mean(nearest) or f"{one_of(framework.context)}, or leave it out"
    for row in sizes.rows:
        if row.people is None and PEOPLE not in (meant.get(key) for key in row.values):
            yield row.line, f"a row of the {POPULATION} has no {quoted(PEOPLE)}", f"add '{PEOPLE}: …'"
    if sizes.crossed:
        unclear = {key for key, nearest in meant.items() if nearest is None}
        yield from _others([(row, _known(row, meant)) for row in sizes.rows if unclear.isdisjoint(row.values)])


def _meant(key: str, framework: Framework) -> str | None:
    return nearest_word(key, (*framework.context, PEOPLE))


def _known(row: Size, meant: Mapping[str, str | None]) -> tuple[str, ...]:
    """The context keys of a row, those that are misspelt as they are meant: one slip is one fault."""
    named = (meant.get(key) or key for key in row.values)
    return tuple(dict.fromkeys(key for key in named if key != PEOPLE))


def _others(rows: Sequence[tuple[Size, tuple[str, ...]]]) -> Iterator[Problem]:
    """Rows that name other keys than most; where no keys are most often named, than the first."""
    often = Counter(frozenset(keys) for _row, keys in rows)
    if len(often) < 2:
        return
    usual = max(often, key=lambda keys: often[keys])
    first, keys_of_first = next((row, keys) for row, keys in rows if set(keys) == usual)
    for row, keys in rows:
        if set(keys) != usual:
            what = f"this row names {', '.join(keys)}, the one on line {first.line} {', '.join(keys_of_first)}"
            yield row.line, what, "name the same keys in every row"
