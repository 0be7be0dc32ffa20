"""What an interview can ask, as one flat list in the order of the questionnaires."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from readiness.framework.frozen import EMPTY, Text

if TYPE_CHECKING:
    from readiness.framework.models import Asking, ContextKey, Dimension, Framework, Item, Option
    from readiness.framework.models import Question as Unscored
    from readiness.responses.journal import Value

Form = Literal["core", "full"]
ROLE = "role"


@dataclass(frozen=True)
class Choice:
    """One possible answer: what is recorded, what is typed for it, and what it is called."""

    value: Value
    key: str
    label: Text
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One thing to ask: a context key, a scored item, or a question that scores nothing.

    It is answered with one of `choices`; with a number from `low` to `high`, where `numeric`; else with free text.
    """

    id: str
    kind: Literal["context", "item", "unscored"]
    section: Text
    text: Text
    help: Text = EMPTY
    choices: tuple[Choice, ...] = ()
    numeric: bool = False
    low: float | None = None
    high: float | None = None
    roles: tuple[str, ...] | None = None  # None: everyone
    ask_if: Mapping[str, Asking] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def free(self) -> bool:
        """Whether any text is an answer."""
        return not self.choices and not self.numeric

    def takes(self, value: Value) -> bool:
        """Whether `value` answers this question; "dk" and "na" always do."""
        if value in ("dk", "na"):
            return True
        if self.choices:
            return any(_same(choice.value, value) for choice in self.choices)
        if self.numeric:
            return not isinstance(value, str) and _at_least(value, self.low) and _at_least(self.high, value)
        return isinstance(value, str) and bool(value.strip())

    def choice_of(self, value: Value) -> Choice | None:
        """The choice that was answered with `value`, if it is one."""
        return next((choice for choice in self.choices if _same(choice.value, value)), None)


def questions_of(
    framework: Framework,
    form: Form = "full",
    known: Set[str] = frozenset(),
    items_only: bool = False,
    with_context: bool = True,
) -> tuple[Question, ...]:
    """Every question that an interview may put, in its order.

    First the context keys with options that are not `known` yet, the role before the others because it decides what
    else is asked; then dimension by dimension the items, and after them the dimension's questions that score nothing.
    With `items_only`, the items alone; not `with_context`, all but the context. The form `core` leaves out what only
    long forms and interviews ask.
    """
    asked: list[Question] = []
    if with_context and not items_only:
        keys = sorted(framework.context.values(), key=lambda key: key.id != ROLE)
        asked += [
            _of_context(key) for key in keys if key.options and key.id not in known and (key.core or form == "full")
        ]
    for dimension in framework.all_dimensions.values():
        asked += _of_dimension(framework, dimension, form, items_only)
    return tuple(asked)


def _of_dimension(framework: Framework, dimension: Dimension, form: Form, items_only: bool) -> Iterator[Question]:
    section = Text(dimension.title or {"": dimension.id})
    for indicator in dimension.indicators.values():
        for item in indicator.items.values():
            if item.core or form == "full":
                yield _of_item(framework, item, section)
    for question in dimension.unscored.values():
        if not items_only and (question.core or form == "full"):
            yield _of_unscored(question, section)


def _of_context(key: ContextKey) -> Question:
    # Numbered, because an id such as `community_manager` is long to type; the id itself is understood as well.
    choices = tuple(
        Choice(value=option, key=str(number), label=Text(label or {"": option}), aliases=(option,))
        for number, (option, label) in enumerate((key.options or {}).items(), start=1)
    )
    return Question(id=key.id, kind="context", section=EMPTY, text=Text(key.title or {"": key.id}), choices=choices)


def _of_item(framework: Framework, item: Item, section: Text) -> Question:
    choices = () if item.type == "number" else _choices(framework.scales[str(item.scale)].options)
    return Question(
        id=item.id,
        kind="item",
        section=section,
        text=Text(item.text),
        help=Text(item.help),
        choices=choices,
        numeric=item.type == "number",
        low=item.min,
        high=item.max,
        roles=item.roles,
        ask_if=item.ask_if,
    )


def _of_unscored(question: Unscored, section: Text) -> Question:
    return Question(
        id=question.id,
        kind="unscored",
        section=section,
        text=Text(question.text),
        help=Text(question.help),
        choices=_choices(question.options),
        roles=question.roles,
        ask_if=question.ask_if,
    )


def _choices(options: tuple[Option, ...]) -> tuple[Choice, ...]:
    return tuple(
        Choice(value=option.value, key=f"{option.value:g}", label=Text(option.label), aliases=option.aliases)
        for option in options
    )


def _same(one: Value, other: Value) -> bool:
    # 3 and 3.0 are one answer, "3" and 3 are not: context ids are texts, options are numbers.
    return one == other and isinstance(one, str) == isinstance(other, str)


def _at_least(value: float | None, low: float | None) -> bool:
    return value is None or low is None or value >= low
