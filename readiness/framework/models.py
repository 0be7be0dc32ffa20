"""The framework as frozen records: what a folder of YAML says, checked and complete.

Every record is immutable (frozen models, tuples, `Frozen` mappings), so that one loaded framework can be
shared by the plan, the interview and the report. Ids are repeated inside each record, because a record is
often passed on without the mapping it was found in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from readiness.framework.configurations import Calibration, Condition, Configuration, conditions_of
from readiness.framework.frozen import EMPTY, Frozen
from readiness.framework.records import Record, Words, frozen_as

Aggregate = Literal["mean", "sum", "min", "max", "geometric"]


class Band(Record):
    """A named stretch of a score, from `from` (included) up to the next band."""

    from_: float = Field(alias="from")
    label: Words = EMPTY
    about: Words = EMPTY


class Source(Record):
    """A work that the framework leans on; ideas are cited, sentences never copied."""

    title: str
    author: str = ""
    year: int | None = None
    url: str = ""
    note: Words = EMPTY


class Option(Record):
    """One possible answer of a scale. `score` replaces `value` in the arithmetic where both are given."""

    value: int | float
    label: Words = EMPTY
    aliases: tuple[str, ...] = ()
    score: float | None = None

    @property
    def points(self) -> float:
        """What this option counts in the arithmetic, before any rescaling."""
        return float(self.value) if self.score is None else self.score


class Scale(Record):
    """The options a question is answered with, in their order."""

    id: str
    title: Words = EMPTY
    options: tuple[Option, ...]

    @property
    def extremes(self) -> tuple[float, float]:
        """Lowest and highest points of the scale, whatever was observed."""
        points = [option.points for option in self.options]
        return min(points), max(points)


class Asking(Record):
    """One clause of `ask_if`: a test on the raw value of another item, or on a context key."""

    at_least: float | None = None
    at_most: float | None = None
    is_: int | float | str | None = Field(default=None, alias="is")
    is_not: int | float | str | None = None
    answered: bool | None = None


class Rung(Record):
    """A rung of a ladder: how distant they are whom an item asks about, from 1, the nearest, and who they are."""

    order: int = Field(ge=1)
    title: Words


class Item(Record):
    """A question. It has a `scale`, or it is a number between `min` and `max` (`type: number`)."""

    id: str
    text: Words
    help: Words = EMPTY
    type: Literal["scale", "number"] = "scale"
    scale: str | None = None
    min: float | None = None
    max: float | None = None
    reversed: bool = False
    weight: float = Field(default=1.0, ge=0)
    core: bool = True
    referent: Literal["self", "team", "company"] | None = None
    rung: Rung | None = None
    roles: tuple[str, ...] | None = None  # None: everyone
    ask_if: Annotated[dict[str, Asking], AfterValidator(frozen_as(Frozen))] = Frozen()
    source: tuple[str, ...] = ()


class Indicator(Record):
    """A group of items that measure one thing, in its own direction."""

    id: str
    desired: Literal["high", "low", "none"]
    title: Words
    about: Words = EMPTY
    weight: float = Field(default=1.0, ge=0)
    min_answered: float | None = Field(default=None, ge=0, le=1)  # None: the framework's default
    scope: Literal["respondent", "organisation"] = "respondent"
    movable: Literal["up", "down", "no"] = "no"
    effort: float | None = Field(default=None, gt=0)
    aggregate: Aggregate = "mean"
    range: Literal["percent", "raw"] = "percent"
    bands: tuple[Band, ...] = ()
    source: tuple[str, ...] = ()
    items: Annotated[dict[str, Item], AfterValidator(frozen_as(Frozen))]


class Question(Record):
    """A question that scores nothing: one choice, or free text."""

    id: str
    type: Literal["choice", "text"]
    text: Words
    help: Words = EMPTY
    options: tuple[Option, ...] = ()
    core: bool = True
    roles: tuple[str, ...] | None = None
    ask_if: Annotated[dict[str, Asking], AfterValidator(frozen_as(Frozen))] = Frozen()
    source: tuple[str, ...] = ()


class Dimension(Record):
    """One questionnaire, or a part nested in one (`dimensions:`)."""

    id: str
    title: Words
    about: Words = EMPTY
    weight: float = Field(default=1.0, ge=0)
    min_answered: float | None = Field(default=None, ge=0, le=1)
    aggregate: Aggregate = "mean"
    range: Literal["percent", "raw"] = "percent"
    bands: tuple[Band, ...] = ()
    source: tuple[str, ...] = ()
    indicators: Annotated[dict[str, Indicator], AfterValidator(frozen_as(Frozen))] = Frozen()
    dimensions: Annotated[dict[str, Dimension], AfterValidator(frozen_as(Frozen))] = Frozen()
    unscored: Annotated[dict[str, Question], AfterValidator(frozen_as(Frozen))] = Frozen()

    def walk(self) -> Iterator[Dimension]:
        """This dimension and all nested in it, in the order of the file."""
        yield self
        for nested in self.dimensions.values():
            yield from nested.walk()


class Response(Record):
    """What helps against a scenario, tied to the condition it relieves."""

    relieves: str
    do: Words
    why: Words = EMPTY
    for_: Words = Field(default=EMPTY, alias="for")  # for whom, or who acts


class Scenario(Record):
    """A named configuration with a story."""

    id: str
    kind: Literal["risk", "favourable"] = "risk"
    family: str | None = None
    level: Literal["any", "organisation"] = "any"
    title: Words
    when: Configuration
    aggravated_by: tuple[str, ...] = ()
    story: Words = EMPTY
    early_signs: tuple[Words, ...] = ()
    consequences: tuple[Words, ...] = ()
    responses: tuple[Response, ...] = ()
    contrast: Words = EMPTY
    source: tuple[str, ...] = ()

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition, in the order of the file."""
        return tuple(conditions_of(self.when))


class ContextKey(Record):
    """Something recorded with a response: free text, or one of the named options."""

    id: str
    title: Words = EMPTY
    options: Annotated[dict[str, Words], AfterValidator(frozen_as(Frozen))] | None = None
    core: bool = True  # asked in surveys; else only in interviews and long forms, or known from elsewhere


class Family(Record):
    """Scenarios that fail in the same way."""

    id: str
    title: Words
    about: Words = EMPTY


class Note(Record):
    """A paragraph of the report that belongs to the framework and not to one scenario."""

    id: str
    title: Words = EMPTY
    text: Words
    source: tuple[str, ...] = ()


class Guard(Record):
    """Before `moving` goes in `direction`, every indicator in `needs` must be on its safe side."""

    moving: str
    direction: Literal["up", "down"]
    needs: tuple[str, ...]
    why: Words = EMPTY
    source: tuple[str, ...] = ()


class Missing(Record):
    """Labels of the two answers that are not answers."""

    dk: Words
    na: Words


class Defaults(Record):
    """Thresholds that hold where a file does not say otherwise."""

    min_answered: float = Field(default=0.6, ge=0, le=1)
    min_group: int = Field(default=5, ge=3)
    min_comments: int = Field(default=10, ge=3)
    calibration: Calibration = Calibration(out=30, crossover=55, in_=80)


class Framework(Record):
    """A whole framework: texts in every language, numbers and logic once."""

    format: Literal[1]
    id: str
    version: str
    languages: tuple[str, ...]
    title: Words
    about: Words = EMPTY
    weight: float = 1.0
    aggregate: Aggregate = "mean"
    range: Literal["percent", "raw"] = "percent"
    bands: tuple[Band, ...] = ()
    min_answered: float | None = None
    sources: Annotated[dict[str, Source], AfterValidator(frozen_as(Frozen))] = Frozen()
    context: Annotated[dict[str, ContextKey], AfterValidator(frozen_as(Frozen))] = Frozen()
    scales: Annotated[dict[str, Scale], AfterValidator(frozen_as(Frozen))]
    missing: Missing
    defaults: Defaults = Defaults()
    families: Annotated[dict[str, Family], AfterValidator(frozen_as(Frozen))] = Frozen()
    notes: Annotated[dict[str, Note], AfterValidator(frozen_as(Frozen))] = Frozen()
    guards: tuple[Guard, ...] = ()
    dimensions: Annotated[dict[str, Dimension], AfterValidator(frozen_as(Frozen))]
    scenarios: Annotated[dict[str, Scenario], AfterValidator(frozen_as(Frozen))] = Frozen()
    digest: Annotated[dict[str, str], AfterValidator(frozen_as(Frozen))] = Frozen()  # {"scoring": …, "text": …}

    @cached_property
    def all_dimensions(self) -> Mapping[str, Dimension]:
        """Every dimension, nested ones included, in the order of the files."""
        return Frozen((d.id, d) for top in self.dimensions.values() for d in top.walk())

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator of every dimension, in the order of the files."""
        return Frozen((i.id, i) for d in self.all_dimensions.values() for i in d.indicators.values())

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every scored item, in the order of the files."""
        return Frozen((i.id, i) for indicator in self.indicators.values() for i in indicator.items.values())

    @cached_property
    def unscored(self) -> Mapping[str, Question]:
        """Every question that scores nothing, in the order of the files."""
        return Frozen((q.id, q) for d in self.all_dimensions.values() for q in d.unscored.values())

    def min_answered_of(self, part: Indicator | Dimension | Framework) -> float:
        """The share of applicable weight that must be answered for `part` to have a score."""
        return self.defaults.min_answered if part.min_answered is None else part.min_answered
