"""Every answer: how many chose what, and how many gave no answer, in which of the ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from readiness.report.figures import Figure, count, share
from readiness.report.likert import Bar, bar_of
from readiness.report.words import Entry, Reader, Said
from readiness.scoring.result import Group, ItemCounts, Suppressed


@dataclass(frozen=True)
class Cell:
    """How many chose an option, and the share of them among all who answered, for a bar."""

    value: str
    figure: Figure
    share: float


@dataclass(frozen=True)
class Asked:
    """One item with its answers; hidden where `cells` is empty and `hidden` set."""

    id: str
    text: Said
    hidden: bool
    at: str = ""
    cells: tuple[Cell, ...] = ()
    n: Figure | None = None
    dk: Figure | None = None
    na: Figure | None = None
    not_asked: Figure | None = None
    missing: Figure | None = None
    reversed: bool = False
    roles: tuple[Said, ...] = ()  # who was asked, where it is the fewer
    spared: tuple[Said, ...] = ()  # who was not asked, where it is the fewer
    put: bool = True  # to at least one respondent
    bar: Bar | None = None  # None where nobody answered, or with a number


@dataclass(frozen=True)
class AnswerTable:
    """Items of one indicator that share their options."""

    indicator: str
    title: Said
    options: tuple[Said, ...]
    rows: tuple[Asked, ...]
    numbers: bool = False  # items answered with a number, whose distribution is not kept


@dataclass(frozen=True)
class Replies:
    """What became of all questions put: how many were answered, and the shares of the ways not to."""

    n_put: int  # questions put, over all respondents
    items: Figure  # items put to at least one respondent
    never: Figure  # items put to nobody
    answered: Figure
    answered_share: Figure
    dk_share: Figure
    na_share: Figure
    missing_share: Figure
    hidden: Figure | None  # items whose counts are suppressed and left out here


def answer_tables(reader: Reader, group: Group, at: str) -> tuple[AnswerTable, ...]:
    """The items of a group by indicator; those of one indicator that differ in options make several tables."""
    tables: list[AnswerTable] = []
    for indicator in reader.part("indicators"):
        by_options: dict[tuple[Said, ...], list[Asked]] = {}
        for asked, options in answers_to(reader, group, at, indicator):
            by_options.setdefault(options, []).append(asked)
        title = reader.title("indicators", indicator)
        tables += [
            AnswerTable(indicator, title, options, tuple(rows), numbers=not options)
            for options, rows in by_options.items()
        ]
    return tuple(tables)


def answers_to(reader: Reader, group: Group, at: str, indicator: str) -> Iterator[tuple[Asked, tuple[Said, ...]]]:
    """The items of one indicator in one group, each with its options."""
    entry = reader.entry("indicators", indicator)
    for id_ in entry.get("items") or ():
        if id_ in group.items:
            adverse = entry.get("desired") == "low"
            yield _asked(reader, id_, group.items[id_], f"{at}/items/{id_}", adverse), _options(reader, id_)


def _options(reader: Reader, id_: str) -> tuple[Said, ...]:
    options = reader.entry("items", id_).get("options") or ()
    return tuple(reader.said(option, "label") or Said(f"{option.get('value'):g}") for option in options)


def _asked(reader: Reader, id_: str, item: ItemCounts | Suppressed, at: str, adverse: bool) -> Asked:
    entry = reader.entry("items", id_)
    text = reader.said(entry, "text") or Said(id_)
    if isinstance(item, Suppressed):
        return Asked(id_, text, hidden=True)
    asked = tuple(entry.get("roles") or ())
    spared = [role for role in reader.entry("context", "role").get("options") or {} if asked and role not in asked]
    return Asked(
        id=id_,
        text=text,
        hidden=False,
        at=at,
        cells=tuple(
            Cell(value, count(reader.speech, n, f"{at}/counts/{value}"), n / item.n if item.n else 0.0)
            for value, n in _in_order(entry, item)
        ),
        n=count(reader.speech, item.n, f"{at}/n"),
        dk=count(reader.speech, item.dk, f"{at}/dk"),
        na=count(reader.speech, item.na, f"{at}/na"),
        not_asked=count(reader.speech, item.not_asked, f"{at}/not_asked"),
        missing=count(reader.speech, item.missing, f"{at}/missing"),
        reversed=bool(entry.get("reversed")),
        roles=_roles(reader, asked) if len(asked) <= len(spared) else (),
        spared=_roles(reader, spared) if len(asked) > len(spared) else (),
        put=item.n + item.dk + item.na + item.missing > 0,
        bar=_bar(entry, item, adverse),
    )


def _bar(entry: Entry, item: ItemCounts, adverse: bool) -> Bar | None:
    """An item's bar; of an adverse indicator the low side is the good one, of a reversed item the other one."""
    options = entry.get("options") or ()
    if not options:
        return None
    points = [float(option.get("points", option.get("value", 0))) for option in options]
    return bar_of([n for _, n in _in_order(entry, item)], points, bool(entry.get("reversed")) == adverse)


def _in_order(entry: Entry, item: ItemCounts) -> list[tuple[str, int]]:
    values = [f"{option.get('value'):g}" for option in entry.get("options") or ()] or list(item.counts)
    return [(value, item.counts.get(value, 0)) for value in values]


def _roles(reader: Reader, roles: Iterable[str]) -> tuple[Said, ...]:
    options = reader.entry("context", "role").get("options") or {}
    return tuple(reader.say(options.get(role)) or Said(role) for role in roles)


def replies(reader: Reader, group: Group) -> Replies:
    """All answers of a group taken together, over the items that are shown."""
    items = [item for item in group.items.values() if isinstance(item, ItemCounts)]
    hidden = len(group.items) - len(items)
    answered = sum(item.n for item in items)
    dk, na, missing = (sum(getattr(item, way) for item in items) for way in ("dk", "na", "missing"))
    put = answered + dk + na + missing
    asked = sum(1 for item in items if item.n + item.dk + item.na + item.missing)

    def of_put(n: int) -> Figure:
        return share(reader.speech, n / put if put else None)

    return Replies(
        n_put=put,
        items=count(reader.speech, asked),
        never=count(reader.speech, len(items) - asked),
        answered=count(reader.speech, answered),
        answered_share=of_put(answered),
        dk_share=of_put(dk),
        na_share=of_put(na),
        missing_share=of_put(missing),
        hidden=count(reader.speech, hidden) if hidden else None,
    )


def dk_share(reader: Reader, group: Group) -> Figure:
    """Share of "don't know" among all questions put to a group: not seeing something is a finding too."""
    return replies(reader, group).dk_share
