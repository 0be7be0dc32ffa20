"""A result as flat tables: a row a group and thing, a column a figure, every figure as it stands in the result.

What is suppressed there says so here and has nothing else: no figure, no number of people. Groups come in the order of
the result, everybody first, and what is asked about in the order of the framework. docs/results.md says what each
column means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from readiness.language.speech import speak
from readiness.scoring.result import (
    Estimate,
    Evidence,
    Group,
    ItemCounts,
    Prevalence,
    Reliability,
    Result,
    ScenarioResult,
    Suppressed,
    SuppressedGroup,
)
from readiness.writers import analysed, columns
from readiness.writers.columns import Column

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
By = Mapping[str, str | None]
Entry = Mapping[str, Any]
HIDDEN = Suppressed()


@dataclass(frozen=True)
class Table:
    """A named table. A cell is None where there is nothing to say."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def tables_of(result: Result, language: str) -> tuple[Table, ...]:
    """All tables of a result, titles in one language; those without rows are left out."""
    reading = _Reading(result.framework.texts, language)
    overall = SuppressedGroup(by={}) if isinstance(result.overall, Suppressed) else result.overall
    groups: list[tuple[By, Group | SuppressedGroup]] = [({}, overall), *((group.by, group) for group in result.groups)]
    keys = tuple(dict.fromkeys(key for by, _ in groups for key in by))
    who = (Column("group"), Column("by"), *(Column(f"by_{key}") for key in keys))

    def table(name: str, has: Sequence[Column], rows: Callable[[_Reading, _Shown], Iterator[Row]]) -> Table:
        made: list[Row] = []
        for by, group in groups:
            whose = (reading.group_name(by), ",".join(by) or None, *(by.get(key) for key in keys))
            made += [(*whose, *row) for row in rows(reading, _Shown(group, reading, whole=not by))]
        return Table(name, (*who, *has), tuple(made))

    made = (
        table("groups", columns.GROUPS, _groups),
        table("dimensions", columns.DIMENSIONS, _dimensions),
        table("indicators", columns.INDICATORS, _indicators),
        table("items", columns.ITEMS, _items),
        table("answers", columns.ANSWERS, _answers),
        table("scenarios", columns.SCENARIOS, _scenarios),
        table("conditions", columns.CONDITIONS, _conditions),
        table("reliability", columns.RELIABILITY, _reliability),
        *_analysed(result, reading),
        table("ways_out", analysed.STEPS, _steps),
        Table("evidence", columns.EVIDENCE, tuple(_evidence(result.evidence, reading))),
        _respondents(result),
        _framework(result, reading),
    )
    return tuple(table for table in made if table.rows)


class _Reading:
    """What the framework calls things, in one language."""

    def __init__(self, texts: Entry, language: str) -> None:
        self.texts, self.language, self.speech = texts, language, speak(language)

    def say(self, words: object) -> str | None:
        """A text in the language asked for, else in the framework's first; None where there is none."""
        if not isinstance(words, Mapping):
            return None
        order = (self.language, self.language.split("-")[0], "", *self.texts.get("languages", ()), *words)
        return next((str(words[language]) for language in order if words.get(language)), None)

    def part(self, kind: str) -> Mapping[str, Entry]:
        """All entries of a kind by id."""
        found = self.texts.get(kind)
        return found if isinstance(found, Mapping) else {}

    def entry(self, kind: str, id_: str) -> Entry:
        """One entry, empty where the framework has none."""
        return self.part(kind).get(id_, {})

    def title(self, kind: str, id_: str) -> str:
        """What something is called, an item by its question; its id where nobody wrote anything."""
        return self.say(self.entry(kind, id_).get("text" if kind == "items" else "title")) or id_

    def home(self, kind: str, part: str) -> dict[str, str]:
        """In which entry of a kind each of its parts stands, such as the indicator of an item."""
        return {id_: home for home, entry in self.part(kind).items() for id_ in entry.get(part, ())}

    def group_name(self, by: By) -> str:
        """What a group is called: its values, with the framework's labels where it has some."""
        names = [self._value(key, value) for key, value in by.items()]
        return " · ".join(names) if names else self.speech.gettext("Everybody")

    def _value(self, key: str, value: str | None) -> str:
        if value is None:
            return self.speech.gettext("(not given)")
        return self.say((self.entry("context", key).get("options") or {}).get(value)) or value


@dataclass(frozen=True)
class _Shown:
    """One group: its figures where it is shown, and where it is not a suppressed one for each it would have."""

    group: Group | SuppressedGroup
    reading: _Reading
    whole: bool

    def part(self, kind: str) -> Mapping[str, Any]:
        """All figures of a kind, by id."""
        if isinstance(self.group, Group):
            return getattr(self.group, kind) or {}
        told = self.reading.part(kind).items()  # scenarios of level organisation are told of everybody alone
        return {id_: HIDDEN for id_, entry in told if self.whole or entry.get("level") != "organisation"}


def _filled(hidden: bool, cells: Sequence[Cell], has: int) -> Row:
    """A row's flag and its figures: as many empty cells where they are suppressed."""
    return (hidden, *((None,) * has if hidden else cells))


def _pair(bounds: tuple[float, float] | None) -> tuple[float | None, float | None]:
    return (None, None) if bounds is None else bounds


def _estimate(estimate: Estimate | Suppressed) -> Row:
    if isinstance(estimate, Suppressed):
        return _filled(True, (), 8)
    pairs = (*_pair(estimate.bounds), *_pair(estimate.interval))
    return _filled(False, (estimate.value, *pairs, estimate.sd, estimate.n, estimate.n_effective), 8)


def _groups(_: _Reading, shown: _Shown) -> Iterator[Row]:
    group = shown.group
    if isinstance(group, Group):
        yield (False, group.n, group.n_effective, *_estimate(group.readiness))
    else:
        yield (True, None, None, *_estimate(HIDDEN))


def _dimensions(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    for id_, estimate in shown.part("dimensions").items():
        yield (id_, reading.title("dimensions", id_), *_estimate(estimate))


def _indicators(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    for id_, estimate in shown.part("indicators").items():
        entry = reading.entry("indicators", id_)
        about = (entry.get("dimension"), entry.get("desired"))
        yield (id_, reading.title("indicators", id_), *about, *_estimate(estimate))


def _items(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    home = reading.home("indicators", "items")
    item: ItemCounts | Suppressed
    for id_, item in shown.part("items").items():
        counts = () if isinstance(item, Suppressed) else (item.n, item.dk, item.na, item.not_asked, item.missing)
        yield (id_, reading.title("items", id_), home.get(id_), *_filled(not counts, counts, 5))


def _answers(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    """How often each option was given. Of a suppressed number nobody may know what was: one row, without an option."""
    item: ItemCounts | Suppressed
    for id_, item in shown.part("items").items():
        labels = {float(o["value"]): o.get("label") for o in reading.entry("items", id_).get("options") or ()}
        known: Mapping[Any, int | None]
        known = dict.fromkeys(labels or (None,)) if isinstance(item, Suppressed) else item.counts
        for value, count in known.items():
            option = None if value is None else float(value)
            label = None if option is None else reading.say(labels.get(option))
            yield (id_, reading.title("items", id_), option, label, isinstance(item, Suppressed), count)


def _scenarios(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    scenario: ScenarioResult | Suppressed
    for id_, scenario in shown.part("scenarios").items():
        title = reading.title("scenarios", id_)
        if isinstance(scenario, Suppressed):
            kind = reading.entry("scenarios", id_).get("kind")
            yield (id_, title, kind, *_filled(True, (), 10), *_prevalence(HIDDEN))
            continue
        told = (scenario.membership, scenario.level, scenario.verdict, *scenario.bounds, scenario.reversible)
        more = (*_pair(scenario.interval), scenario.probability, "; ".join(scenario.limiting))
        yield (id_, title, scenario.kind, *_filled(False, (*told, *more), 10), *_prevalence(scenario.prevalence))


def _prevalence(prevalence: Prevalence | Suppressed | None) -> Row:
    if prevalence is None or isinstance(prevalence, Suppressed):
        return (prevalence is not None, None, None, None, None)
    return (False, prevalence.value, prevalence.n, *_pair(prevalence.interval))


def _conditions(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    scenario: ScenarioResult | Suppressed
    for id_, scenario in shown.part("scenarios").items():
        title = reading.title("scenarios", id_)
        if isinstance(scenario, Suppressed):
            for told in reading.entry("scenarios", id_).get("conditions", ()):
                yield (id_, title, told["name"], _indicator(told["name"]), *_filled(True, (), 5))
            continue
        for condition in scenario.conditions:
            found = (condition.score, condition.membership, *condition.bounds, condition.condition in scenario.limiting)
            yield (id_, title, condition.condition, _indicator(condition.condition), *_filled(False, found, 5))


def _indicator(condition: str) -> str:
    """What a condition such as `high culture` looks at."""
    return condition.split(" ", 1)[-1]


def _reliability(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    found: Reliability | Suppressed
    if not isinstance(shown.group, Group):
        return
    for id_, found in shown.part("reliability").items():
        cells = () if isinstance(found, Suppressed) else (found.alpha, found.items, found.n)
        yield (id_, reading.title("indicators", id_), *_filled(not cells, cells, 3))


def _analysed(result: Result, reading: _Reading) -> Iterator[Table]:
    """What is said of everybody beside their figures."""
    told, title = analysed.analysis_of(result), reading.title
    yield Table("instrument", analysed.INSTRUMENT, tuple(analysed.instrument_rows(told, title)))
    yield Table("item_rest", analysed.ITEM_REST, tuple(analysed.item_rest_rows(told, title)))
    yield Table("rates", analysed.RATES, tuple(analysed.rate_rows(told, reading.group_name)))
    yield Table("unknowing", analysed.UNKNOWING, tuple(analysed.unknowing_rows(told, title)))
    yield Table("gaps", analysed.GAPS, tuple(analysed.gap_rows(told, title)))


def _steps(reading: _Reading, shown: _Shown) -> Iterator[Row]:
    yield from analysed.step_rows(shown.group, reading.title)


def _evidence(evidence: Evidence | None, reading: _Reading) -> Iterator[Row]:
    """What ratings rest on: a row for each text; one without where only the confidence was noted."""
    if evidence is None:
        return
    home = reading.home("indicators", "items")
    for id_ in home:
        noted = evidence.confidence.get(id_, {})
        about = (id_, reading.title("items", id_), home[id_], evidence.use)
        sure = (noted.get("low", 0), noted.get("medium", 0), noted.get("high", 0))
        for text in evidence.texts.get(id_) or ((None,) if noted else ()):
            yield (*about, *sure, text)


def _respondents(result: Result) -> Table:
    """How many there were: one row, a column for each number that the result has."""
    found = {name: cell for name, cell in _flat(result.respondents.model_dump()).items() if cell is not None}
    return Table(
        "respondents", tuple(Column(name, _kind(cell)) for name, cell in found.items()), (tuple(found.values()),)
    )


def _flat(record: Mapping[str, Any], before: str = "") -> dict[str, Cell]:
    flat: dict[str, Cell] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{before}{name}_")
        else:
            flat[before + name] = value if value is None or isinstance(value, bool | int | float) else str(value)
    return flat


def _kind(cell: Cell) -> columns.Kind:
    if isinstance(cell, bool):
        return "flag"
    if isinstance(cell, int):
        return "count"
    return "number" if isinstance(cell, float) else "text"


def _framework(result: Result, reading: _Reading) -> Table:
    """What scored this: one row."""
    framework = result.framework
    digests = {f"{name}_digest": digest for name, digest in framework.digest.items()}
    found: dict[str, Cell] = {
        "framework": framework.id,
        "title": reading.say(framework.texts.get("title")),
        "version": framework.version,
        **digests,
        "min_group": reading.part("defaults").get("min_group"),  # type: ignore[dict-item]
        "language": reading.language,
    }
    has = tuple(Column(name, "count" if name == "min_group" else "text") for name in found)
    return Table("framework", has, (tuple(found.values()),))
