"""The population: how many people there are who could answer, by unit, role or whatever the settings name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.framework.ledger import nearest, one_of, quoted
from readiness.responses.cells import ContextReader
from readiness.responses.population_yaml import POPULATION, Size, Sizes

if TYPE_CHECKING:
    from readiness.framework.models import Framework

Values = tuple[str | None, ...]  # one for each key; None is a blank, which no population has
Problem = tuple[int, str, str]  # the line, what was found, how to mend it


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
    problems = list(_unknown_keys(sizes, framework))
    known = [row for row in sizes.rows if set(row.values) <= set(framework.context)]
    read = []
    for row in known:
        values, wrong = _named(row, framework)
        problems += wrong
        if not wrong:
            read.append((row, values))
    problems += _twice(read)
    if not problems and not sizes.crossed:
        problems += _uneven(read)
    if problems or not read:
        return None, sorted(problems)
    keys = tuple(key for key in framework.context if key in sizes.keys)
    return _population(keys, read, crossed=sizes.crossed), []


def _unknown_keys(sizes: Sizes, framework: Framework) -> Iterator[Problem]:
    for key in sizes.keys:
        if key not in framework.context:
            line = next(row.line for row in sizes.rows if key in row.values)
            mend = nearest(key, framework.context) or one_of(framework.context)
            yield line, f"{quoted(key)} is no context key of {framework.id}", mend


def _named(row: Size, framework: Framework) -> tuple[dict[str, str], list[Problem]]:
    """A row's values as responses have them."""
    values, wrong = {}, []
    for key, said in row.values.items():
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


def _twice(read: Sequence[tuple[Size, Mapping[str, str]]]) -> Iterator[Problem]:
    lines: dict[frozenset[tuple[str, str]], int] = {}
    for row, values in read:
        group = frozenset(values.items())
        if group in lines:
            named = ", ".join(f"{key}={value}" for key, value in values.items())
            yield row.line, f"{named} is in the {POPULATION} twice, first on line {lines[group]}", "keep one of them"
        lines.setdefault(group, row.line)


def _uneven(read: Sequence[tuple[Size, Mapping[str, str]]]) -> Iterator[Problem]:
    """Keys whose sizes do not make up the same number of people as those of the first."""
    totals: dict[str, int] = {}
    lines: dict[str, int] = {}
    for row, values in read:
        (key,) = values
        totals[key] = totals.get(key, 0) + row.people
        lines.setdefault(key, row.line)
    first, *others = totals
    for key in others:
        if totals[key] != totals[first]:
            what = f"the sizes by {key} make {totals[key]} people, those by {first} {totals[first]}"
            yield lines[key], what, "each key has to make up everybody"


def _population(keys: tuple[str, ...], read: Sequence[tuple[Size, Mapping[str, str]]], *, crossed: bool) -> Population:
    margins: dict[str, dict[Values, int]] = {key: {} for key in keys}
    people: dict[Values, int] = {}
    for row, values in read:
        for key, value in values.items():
            margins[key][(value,)] = margins[key].get((value,), 0) + row.people
        if crossed:
            people[tuple(values[key] for key in keys)] = row.people
    single = {key: {value: n for (value,), n in in_order(sizes).items()} for key, sizes in margins.items()}
    return Population(keys, in_order(people), single)
