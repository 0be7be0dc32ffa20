"""Reads the rungs of a ladder: items of one indicator that ask the same about ever more distant others."""

from __future__ import annotations

from collections.abc import Iterable

from readiness.framework.ledger import quoted
from readiness.framework.models import Item, Rung
from readiness.framework.table import Table
from readiness.framework.vocabulary import KEYS


def read_rung(table: Table) -> Rung | None:
    """The rung that an item is, None where it is none."""
    node = table.node("rung")
    if node is None:
        return None
    part = Table(table.page, node, f"{table.who}, its rung", KEYS["rung"])
    return Rung(order=part.whole("order", 1, 1), title=part.text("title"))


def judge_rungs(table: Table, items: Iterable[Item]) -> None:
    """Two items of an indicator are not on one rung."""
    on: dict[int, str] = {}
    for item in items:
        if item.rung is None:
            continue
        first = on.setdefault(item.rung.order, item.id)
        if first != item.id:
            what = f"{table.who}: {quoted(first)} and {quoted(item.id)} are both on rung {item.rung.order}"
            table.fault(table.place("items").line, what, "count rungs from 1, the nearest, and give each to one item")
