"""`ask_if`: tests on other answers or on the context that decide whether an item is put."""

from __future__ import annotations

from collections.abc import Mapping as Contexts

from readiness.framework.ledger import one_of, quoted
from readiness.framework.models import Asking, ContextKey
from readiness.framework.nodes import Scalar
from readiness.framework.table import Table, number_of
from readiness.framework.vocabulary import KEYS


def read_ask_if(table: Table, id_: str, context: Contexts[str, ContextKey]) -> dict[str, Asking]:
    """Read the tests of one item, by what they test. Whether they can hold is judged when everything is read."""
    read: dict[str, Asking] = {}
    ledger = table.page.ledger
    for tested, node, line in table.entries("ask_if"):
        part = Table(table.page, node, f"{table.who}, ask_if {quoted(tested)}", KEYS["test"], line)
        ledger.mark(part.place(), "ask_if", id_, tested)
        ledger.refer("item or context key", tested, part.place(), f"{table.who}, ask_if")
        asking = Asking(
            at_least=part.number("at_least", None),
            at_most=part.number("at_most", None),
            is_=_value(part, "is", tested in context),
            is_not=_value(part, "is_not", tested in context),
            answered=part.flag("answered", True) if "answered" in part else None,
        )
        if not part.readable:
            continue
        if part.is_empty:
            part.fault(line, f"{part.who} tests nothing", one_of(KEYS["test"].known))
        read[tested] = asking
    return read


def _value(table: Table, key: str, of_context: bool) -> int | float | str | None:
    node = table.node(key)
    if node is None:
        return None
    if isinstance(node, Scalar) and node.text:
        if of_context:
            return node.text  # context is recorded as text
        number = number_of(node)
        if number is not None:
            return number
    expected = "a value of the context key" if of_context else "a number, the value of an option"
    table.wrong(key, node, expected, "write the value as the scale has it")
    return None
