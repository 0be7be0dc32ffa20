"""Who is put which item: `roles` and `ask_if`, on one row of responses.

A test that hangs on an answer still missing neither holds nor fails: it is *open*. For values an open item counts as
not applicable, for bounds as applicable and unanswered (design rules 2 and 6).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import MISSING, number_column
from readiness.scoring.parts import Truth, as_expression, both, either, negated

if TYPE_CHECKING:
    from readiness.framework.models import Asking, Framework, Item

TESTS: dict[str, Callable[[Any, Any], Any]] = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "is_": operator.eq,
    "is_not": operator.ne,
}


@dataclass(frozen=True)
class Asked:
    """Whether an item is put: `holds` for certain, `open_` when that hangs on an answer still missing.

    Items that are put under the same tests share one, and `name`, under which its columns stand; "" is one that is
    put to everybody, or never, and needs none.
    """

    holds: Truth
    open_: Truth
    name: str = ""

    @property
    def least(self) -> str:
        """A column: the least code that counts in the mean, MISSING where the item is put and an answer's elsewhere."""
        return f"{self.name}/least"

    @property
    def least_open(self) -> str:
        """A column: the least code that counts in the bounds."""
        return f"{self.name}/least_open" if self.open_ is not False else self.least

    @property
    def unput(self) -> str:
        """A column: 1 where the item is not put."""
        return f"{self.name}/unput"

    def columns(self) -> list[nw.Expr]:
        """The columns above."""
        out = [_least(self.holds).alias(self.least)]
        if self.open_ is not False:
            out.append(_least(either(self.holds, self.open_)).alias(self.least_open))
        return [*out, as_expression(negated(self.holds)).cast(nw.Int64).alias(self.unput)]


def _least(put: Truth) -> nw.Expr:
    missing, first = (nw.lit(code, dtype=nw.Int8) for code in (MISSING, 0))
    return nw.when(as_expression(put)).then(missing).otherwise(first)


class Askings:
    """Works out, once an item, who is put it in a frame that has the columns `present`."""

    def __init__(self, framework: Framework, present: Set[str], context: Set[str]) -> None:
        """present: items with a column. context: context keys with one."""
        self._framework = framework
        self._present = present
        self._context = context
        self._known: dict[Hashable, Asked] = {}

    def of(self, item: Item) -> Asked:
        """Who is put this item."""
        tests = (item.id in self._present, item.roles, tuple(item.ask_if.items()))
        if tests not in self._known:
            self._known[tests] = self._work_out(item)
        return self._known[tests]

    def _work_out(self, item: Item) -> Asked:
        if item.id not in self._present:
            return Asked(holds=False, open_=False)
        put: Truth = True
        if item.roles is not None and "role" in self._context:
            role = nw.col("role")
            put = both(put, role.is_null() | role.is_in(list(item.roles)))
        clauses = [self._clause(on, asking) for on, asking in item.ask_if.items()]
        holds = both(put, *[clause.holds for clause in clauses])
        may_hold = both(put, *[either(clause.holds, clause.open_) for clause in clauses])
        open_ = both(may_hold, negated(holds)) if clauses else False
        return Asked(holds, open_, name="" if holds is True else f"asked#{len(self._known)}")

    def _clause(self, on: str, asking: Asking) -> Asked:
        if on in self._framework.items:
            return self._on_item(self._framework.items[on], asking)
        return Asked(self._on_context(on, asking), open_=False)

    def _on_item(self, item: Item, asking: Asking) -> Asked:
        if item.id not in self._present:
            return Asked(holds=False, open_=False)
        code = nw.col(item.id)
        asked = self.of(item)
        open_ = both(code == MISSING, either(asked.holds, asked.open_))
        if item.type == "number":
            number = nw.col(number_column(item.id))
            tests = [TESTS[name](number, wanted) for name, wanted in _tests_of(asking)]
            return Asked(
                both(code >= 0, *[test.fill_null(False) for test in tests], asking.answered is not False), open_
            )
        options = self._framework.scales[str(item.scale)].options
        passing = [
            position
            for position, option in enumerate(options)
            if asking.answered is not False
            and all(TESTS[name](option.value, wanted) for name, wanted in _tests_of(asking))
        ]
        return Asked(code.is_in(passing) if passing else False, open_)

    def _on_context(self, key: str, asking: Asking) -> Truth:
        if key not in self._context:
            return True
        value = nw.col(key)
        if asking.answered is False:
            return value.is_null()
        numbers = nw.col(number_column(key))
        tests = [
            TESTS[name](value if isinstance(wanted, str) else numbers, wanted) for name, wanted in _tests_of(asking)
        ]
        # A number asked for where words stand is as if nothing had been recorded, and so is a blank: it holds.
        return both(*[as_expression(test).fill_null(True) for test in tests])


def _tests_of(asking: Asking) -> list[tuple[str, Any]]:
    return [(name, wanted) for name in TESTS if (wanted := getattr(asking, name)) is not None]
