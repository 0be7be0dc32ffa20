"""Who answered: rates by group, groups that are silent, and roles that could not say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.report.chain import role_name
from readiness.report.figures import MISSING, Figure, count, share
from readiness.report.groups import group_name
from readiness.report.rates import left_out_words, lowest, uneven_words
from readiness.report.words import Reader, Said
from readiness.scoring.findings import Analysis, Answering, Responding, Unknowing

MANY = 0.2  # of a role's answers to an indicator: from here on that it cannot say is worth a line


@dataclass(frozen=True)
class Rate:
    """One group of the population. hidden: how many answered may not be told."""

    name: str
    population: Figure
    n: Figure = MISSING
    rate: Figure = MISSING
    silent: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class RateTable:
    """The groups that the same keys form."""

    id: str
    title: str
    rows: tuple[Rate, ...]


@dataclass(frozen=True)
class Unknown:
    """A role that often said *don't know* or *not applicable* to an indicator's questions."""

    role: Said
    indicator: str
    title: Said
    asked: Figure  # answers: questions times respondents
    dk: Figure
    na: Figure


@dataclass(frozen=True)
class Answered:
    """Who answered, and who could not say.

    unknown: those of at least a fifth, the most first; roles: whether any role is told apart at all. notes: what to
    make of the rates. lowest: the group that answered least, where that is little.
    """

    population: Figure | None
    rate: Figure | None
    tables: tuple[RateTable, ...]
    silent: tuple[str, ...]
    unknown: tuple[Unknown, ...]
    roles: bool
    many: Figure  # from which share on they are listed
    notes: tuple[str, ...] = ()
    lowest: Rate | None = None


def answered(reader: Reader, analysis: Analysis, balance: str | None, at: str) -> Answered | None:
    """Who answered; None where nothing is known of it. balance: by what the result is balanced."""
    found = analysis.responding
    if found is None:
        return None
    speech, least = reader.speech, lowest(found)
    return Answered(
        population=None if found.population is None else count(speech, found.population, f"{at}/population"),
        rate=None if found.rate is None else share(speech, found.rate, f"{at}/rate"),
        tables=tuple(_tables(reader, found.groups, f"{at}/groups")),
        silent=tuple(group_name(reader, by) for by in found.silent),
        unknown=tuple(_unknown(reader, found.unknowing, f"{at}/unknowing")),
        roles=bool(found.unknowing),
        many=share(speech, MANY),
        notes=tuple(_notes(reader, analysis, found, balance)),
        lowest=_rate(reader, least[1], f"{at}/groups/{least[0]}") if least else None,
    )


def _notes(reader: Reader, analysis: Analysis, found: Responding, balance: str | None) -> Iterator[str]:
    mend = reader.speech.gettext("Weighting by headcount would give each group a say in proportion to its size.")
    uneven = uneven_words(found, balance, lambda by: group_name(reader, by), reader.speech, mend)
    if uneven:
        yield " ".join(uneven)
    if found.rate is not None or found.groups:
        yield from left_out_words(analysis.careless, reader.speech)


def _tables(reader: Reader, groups: Sequence[Answering], at: str) -> Iterator[RateTable]:
    by_keys: dict[tuple[str, ...], list[Rate]] = {}
    for place, group in enumerate(groups):
        by_keys.setdefault(tuple(group.by), []).append(_rate(reader, group, f"{at}/{place}"))
    for keys, rows in by_keys.items():
        title = " × ".join(reader.title("context", key) for key in keys)
        yield RateTable("-".join(keys), title, tuple(rows))


def _rate(reader: Reader, group: Answering, at: str) -> Rate:
    name = group_name(reader, group.by)
    population = count(reader.speech, group.population, f"{at}/population")
    if group.n is None:
        return Rate(name, population, hidden=True)
    n = count(reader.speech, group.n, f"{at}/n")
    return Rate(name, population, n, share(reader.speech, group.rate, f"{at}/rate"), silent=not group.n)


def _unknown(reader: Reader, found: Sequence[Unknowing], at: str) -> Iterator[Unknown]:
    many = [(place, one) for place, one in enumerate(found) if one.dk + one.na >= MANY]
    for place, one in sorted(many, key=lambda told: -told[1].dk - told[1].na):
        yield Unknown(
            role=role_name(reader, one.role),
            indicator=one.indicator,
            title=reader.title("indicators", one.indicator),
            asked=count(reader.speech, one.asked, f"{at}/{place}/asked"),
            dk=share(reader.speech, one.dk, f"{at}/{place}/dk"),
            na=share(reader.speech, one.na, f"{at}/{place}/na"),
        )
