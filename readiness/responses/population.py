"""The population: how many people there are who could answer, by unit, role or whatever the settings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.framework.ledger import nearest, quoted
from readiness.responses.cells import ContextReader
from readiness.responses.population_keys import Problem, misformed
from readiness.responses.population_yaml import POPULATION, Size, Sizes

if TYPE_CHECKING:
    from readiness.framework.models import Framework

Values = tuple[str | None, ...]  # one for each key; None is a blank, which no population has
Read = tuple[int, Mapping[str, str], int]  # the line, the values, how many people


@dataclass(frozen=True)
class Population:
    """How many people there are.

    keys: context keys, in the framework's order. people: by the crossing of all keys, in code-point order; empty where
    only sizes by single keys are known. margins: by each key.
    """

    keys: tuple[str, ...]
    people: Mapping[Values, int]
    margins: Mapping[str, Mapping[str | None, int]]

    @property
    def is_crossed(self) -> bool:
        """Whether the sizes of all crossings are known."""
        return bool(self.people)

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(next(iter(self.margins.values())).values())

    def of(self, by: Mapping[str, str | None]) -> int | None:
        """How many there are of a group; None where the sizes do not tell, or nobody is known to be of it."""
        sizes = self.table(tuple(by))
        return None if sizes is None else sizes.get(tuple(by.values()))

    def table(self, keys: Sequence[str]) -> Mapping[Values, int] | None:
        """The sizes of the groups that some keys form, in code-point order; None where they are not known."""
        if not keys:
            return {(): self.total}
        if self.is_crossed and set(keys) <= set(self.keys):
            places = [self.keys.index(key) for key in keys]
            sizes: dict[Values, int] = {}
            for values, people in self.people.items():
                group = tuple(values[place] for place in places)
                sizes[group] = sizes.get(group, 0) + people
            return in_order(sizes)
        margin = self.margins.get(keys[0]) if len(keys) == 1 else None
        return None if margin is None else {(value,): people for value, people in margin.items()}

    @property
    def tables(self) -> tuple[tuple[str, ...], ...]:
        """What sizes are told by: each key, and their crossing."""
        single = tuple((key,) for key in self.keys)
        return (*single, self.keys) if self.is_crossed and len(self.keys) > 1 else single


def in_order(sizes: Mapping[Values, int]) -> dict[Values, int]:
    """Groups by code point, blanks last."""
    ordered = sorted(sizes, key=lambda values: [(value is None, value or "") for value in values])
    return {values: sizes[values] for values in ordered}


def population_of(sizes: Sizes, framework: Framework) -> tuple[Population | None, list[Problem]]:
    """The population, in the framework's own names; or what is wrong with it, in the order of the file."""
    problems = list(misformed(sizes, framework))
    read = []
    for row in sizes.rows:
        values, wrong = _named(row, framework)
        problems += wrong
        if not wrong and row.people is not None and len(values) == len(row.values):
            read.append((row.line, values, row.people))
    problems += _twice(read)
    if not problems and not sizes.crossed:
        problems += _uneven(read)
    if problems or not read:
        return None, sorted(problems)
    keys = tuple(key for key in framework.context if key in sizes.keys)
    return _population(keys, read, crossed=sizes.crossed), []


def _named(row: Size, framework: Framework) -> tuple[dict[str, str], list[Problem]]:
    """A row's values as responses have them, those of unknown keys left out."""
    values, wrong = {}, []
    for key, said in row.values.items():
        if key not in framework.context:
            continue
        reader = ContextReader(framework.context[key])
        try:
            value = reader.value(said)
        except KeyError:
            mend = nearest(said, framework.context[key].options or {}) or f"write {reader.expected()}"
            wrong.append((row.line, f"{key} is {quoted(said)} in the {POPULATION}", mend))
            continue
        if value is None:
            mend = "name a value: whoever has none cannot be counted"
            wrong.append((row.line, f"{key} is left blank in the {POPULATION}", mend))
        else:
            values[key] = value
    return values, wrong


def _twice(read: Sequence[Read]) -> Iterator[Problem]:
    lines: dict[frozenset[tuple[str, str]], int] = {}
    for line, values, _people in read:
        group = frozenset(values.items())
        if group in lines:
            named = ", ".join(f"{key}={value}" for key, value in values.items())
            yield line, f"{named} is in the {POPULATION} twice, first on line {lines[group]}", "keep one of them"
        lines.setdefault(group, line)


def _uneven(read: Sequence[Read]) -> Iterator[Problem]:
    """Keys whose sizes do not make up the same number of people as those of the first."""
    totals: dict[str, int] = {}
    lines: dict[str, int] = {}
    for line, values, people in read:
        (key,) = values
        totals[key] = totals.get(key, 0) + people
        lines.setdefault(key, line)
    first, *others = totals
    for key in others:
        if totals[key] != totals[first]:
            what = f"the sizes by {key} make {totals[key]} people, those by {first} {totals[first]}"
            yield lines[key], what, "each key has to make up everybody"


def _population(keys: tuple[str, ...], read: Sequence[Read], *, crossed: bool) -> Population:
    margins: dict[str, dict[Values, int]] = {key: {} for key in keys}
    crossing: dict[Values, int] = {}
    for _line, values, people in read:
        for key, value in values.items():
            margins[key][(value,)] = margins[key].get((value,), 0) + people
        if crossed:
            crossing[tuple(values[key] for key in keys)] = people
    single = {key: {value: n for (value,), n in in_order(sizes).items()} for key, sizes in margins.items()}
    return Population(keys, in_order(crossing), single)
