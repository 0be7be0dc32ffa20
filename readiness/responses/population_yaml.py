"""Sizes of a population as an engagement's settings give them, in one of two forms.

A row for each combination, all of the same keys; or sizes by one key after the other, from which nobody can tell how
the keys cross:

    population:                                     population:
      - {unit: Sales, role: manager, people: 12}      unit: {Sales: 240, IT: 55}
      - {unit: Sales, role: employee, people: 228}    role: {manager: 15, employee: 280}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readiness.framework import nodes
from readiness.framework.ledger import quoted
from readiness.framework.nodes import Broken, Node, Scalar
from readiness.framework.table import LARGEST_NUMBER, Table
from readiness.framework.vocabulary import Keys
from readiness.framework.wording import Page, found

POPULATION = "population"
PEOPLE = "people"


@dataclass(frozen=True)
class Size:
    """So many people of these values, as written on this line.

    people: None where a row does not say; whether another key was meant by it only a framework can tell.
    """

    line: int
    values: Mapping[str, str]
    people: int | None


@dataclass(frozen=True)
class Sizes:
    """What the settings say, before a framework has been asked whether it knows the names."""

    line: int
    rows: tuple[Size, ...]
    crossed: bool  # rows that name every key, else a key each

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key named, in the order of the file."""
        return tuple(dict.fromkeys(key for row in self.rows for key in row.values))


def read_sizes(table: Table) -> Sizes | None:
    """What the settings say under `population`; None where they say nothing. What is wrong goes to the ledger."""
    node = table.node(POPULATION)
    if node is None:
        return None
    if isinstance(node, nodes.Sequence):
        return Sizes(node.line, tuple(_rows(table.page, node)), crossed=True)
    if isinstance(node, nodes.Mapping):
        rows = tuple(_margins(table.page, node))
        return Sizes(node.line, rows, crossed=len({key for row in rows for key in row.values}) == 1)
    table.wrong(POPULATION, node, "rows or sizes by key", f"write '- {{unit: Sales, {PEOPLE}: 240}}', one a line")
    return None


def _rows(page: Page, node: nodes.Sequence) -> Iterator[Size]:
    if not node.parts:
        page.fault(node.line, f"{quoted(POPULATION)} has no rows", "add some, or remove the key")
    for part in node.parts:
        if isinstance(part, nodes.Mapping):
            row = _row(page, part)
            if row is not None:
                yield row
        elif not isinstance(part, Broken):
            mend = f"write '- {{unit: Sales, {PEOPLE}: 240}}'"
            page.fault(part.line, f"{quoted(POPULATION)}: a row of keys is expected, found {found(part)}", mend)


def _row(page: Page, node: nodes.Mapping) -> Size | None:
    """One combination; None where it cannot be read."""
    before = page.ledger.count
    row = Table(page, node, f"a row of the {POPULATION}", Keys((), (PEOPLE, *node)))
    values = {key: _value(page, key, part) for key, part in node.entries.items() if key != PEOPLE}
    if not values:
        page.fault(node.line, f"a row of the {POPULATION} has no key", "say of whom, such as 'unit: Sales'")
    people = row.whole(PEOPLE, default=1, low=1, high=int(LARGEST_NUMBER)) if PEOPLE in row else None
    return Size(node.line, values, people) if page.ledger.count == before else None


def _value(page: Page, key: str, node: Node) -> str:
    if isinstance(node, Scalar) and node.text.strip() and (node.quoted or node.value is not None):
        return node.text
    if not isinstance(node, Broken):
        page.fault(node.line, f"{quoted(key)} should be one value, found {found(node)}", "write a value or a label")
    return ""


def _margins(page: Page, node: nodes.Mapping) -> Iterator[Size]:
    if not node.lines:
        page.fault(node.line, f"{quoted(POPULATION)} names no key", "add some, or remove it")
    for key, part in node.entries.items():
        if isinstance(part, nodes.Mapping) and part.lines:
            sizes = Table(page, part, f"the {POPULATION} by {quoted(key)}", Keys((), tuple(part)))
            for value in part:
                people = sizes.whole(value, default=1, low=1, high=int(LARGEST_NUMBER))
                yield Size(part.lines[value], {key: value}, people)
        elif not isinstance(part, Broken):
            what = f"{quoted(POPULATION)}: sizes by {quoted(key)} are expected, found {found(part)}"
            page.fault(node.lines[key], what, f"write '{key}: {{Sales: 240, IT: 55}}', or a list of rows")
