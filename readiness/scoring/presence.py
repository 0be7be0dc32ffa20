"""Presence: which scenarios are present on a respondent's own answers, told from yes and no alone.

A configuration is made of minima, maxima and ones-minus, so whether its membership is above 0.5 hangs on nothing but
whether each condition's is: `all` of them, `any` of them, or for `not` whether one minus it is. Counting respondents
on whom a scenario is present therefore needs a bit a condition, and no membership.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Generic

import narwhals as nw
import polars as pl

from readiness.framework.configurations import All, Any_, Condition, Not
from readiness.scoring.calibration import PRESENT, membership, on_grain
from readiness.scoring.configuration import condition_key
from readiness.scoring.parts import X, both, either

if TYPE_CHECKING:
    from readiness.framework.configurations import Configuration
    from readiness.framework.models import Scenario

Test = tuple[Condition, bool]  # a condition, and whether its membership is turned round before it is compared
KNOWN = "known"  # that the indicator has a value


def tests_of(configuration: Configuration, turned: bool = False) -> Iterable[Test]:
    """Everything that has to be known of the conditions, in the order of the file."""
    match configuration:
        case Condition():
            yield configuration, turned
        case Not(part=part):
            yield from tests_of(part, not turned)
        case All(parts=parts) | Any_(parts=parts):
            for part in parts:
                yield from tests_of(part, turned)


def holds(configuration: Configuration, of: Callable[[Test], X | bool], turned: bool = False) -> X | bool:
    """Whether a configuration is present, from its tests' outcomes."""
    match configuration:
        case Condition():
            return of((configuration, turned))
        case Not(part=part):
            return holds(part, of, not turned)
        case All(parts=parts) | Any_(parts=parts):
            # One minus a minimum is the maximum of ones minus.
            join = both if isinstance(configuration, All) != turned else either
            return join(*[holds(part, of, turned) for part in parts])


@dataclass(frozen=True)
class Mask:
    """Truths about one indicator's score, packed into the bits of one number.

    bits: by a truth's name the number of its bit.
    """

    bits: Mapping[str, int]

    @property
    def dtype(self) -> type[pl.DataType]:
        """The smallest type that holds all bits."""
        last = max(self.bits.values(), default=0)
        return pl.UInt8 if last < 8 else pl.UInt16 if last < 16 else pl.UInt32 if last < 32 else pl.UInt64

    def packed(self, truths: pl.DataFrame) -> pl.Series:
        """A column of masks, from a column for every truth; what is missing does not hold."""
        whole = pl.lit(0, dtype=pl.UInt64)
        for name, bit in self.bits.items():
            whole = whole + pl.col(name).fill_null(False).cast(pl.UInt64) * (1 << bit)
        return truths.select(whole.cast(self.dtype).alias("mask")).to_series()

    def bit(self, column: str, name: str) -> pl.Expr:
        """Whether a truth holds, from a column of masks."""
        return (pl.col(column) & self.worth(name)) != 0

    def worth(self, name: str) -> int:
        """What a truth's bit is worth."""
        return 1 << self.bits[name]


def test_name(test: Test) -> str:
    """A name that two tests share only if they are the same in every number."""
    condition, turned = test
    return f"{'not ' if turned else ''}{condition_key(condition)}"


def masks(scenarios: Iterable[Scenario]) -> dict[str, Mask]:
    """Of every indicator that some scenario looks at: whether it has a value, and which tests hold."""
    named: dict[str, dict[str, int]] = {}
    for scenario in scenarios:
        for test in tests_of(scenario.when):
            bits = named.setdefault(test[0].indicator, {KNOWN: 0})
            bits.setdefault(test_name(test), len(bits))
    return {indicator: Mask(bits) for indicator, bits in named.items()}


def masks_of(values: pl.Series, tests: Sequence[Test], mask: Mask) -> pl.Series:
    """The masks of scores of one indicator; all bits 0 where a score is missing."""
    frame = nw.from_native(values.alias("value").to_frame())
    value = nw.col("value")
    truths = {KNOWN: ~value.is_null(), **{test_name(test): truth_of(test, value) for test in tests}}
    return mask.packed(frame.select(**truths).to_native())


def truth_of(test: Test, score: nw.Expr) -> nw.Expr:
    """Whether a test holds for scores of its indicator."""
    condition, turned = test
    value = membership(on_grain(score), condition.calibration)
    return (1 - value if turned else value) > PRESENT


@dataclass(frozen=True)
class Counted(Generic[X]):
    """What is counted of one scenario: who has a value in every indicator it looks at, and on whom it is present.

    What it looks at of the organisation's facts may not be known yet. `present` therefore goes by the outcomes that the
    tests on `facts` can have, in their order; with no such test it has one entry, under the empty tuple.
    """

    known: X | bool
    present: Mapping[tuple[bool, ...], X | bool]
    facts: tuple[Test, ...]


def counted(scenario: Scenario, bit: Callable[[str, str], X], facts: Collection[str]) -> Counted[X]:
    """What is counted of a scenario, in expressions of whatever engine.

    bit: whether a truth holds, by its indicator and its name (`KNOWN`, or a test's). facts: the organisation's
    indicators, of which there are no truths.
    """
    tests = {test_name(test): test for test in tests_of(scenario.when)}
    open_ = {name: test for name, test in tests.items() if test[0].indicator in facts}
    own = dict.fromkeys(c.indicator for c in scenario.conditions if c.indicator not in facts)
    known = both(*[bit(id_, KNOWN) for id_ in own])

    def present(outcomes: Mapping[str, bool]) -> X | bool:
        def of(test: Test) -> X | bool:
            name, indicator = test_name(test), test[0].indicator
            return outcomes[name] if name in outcomes else bit(indicator, name)

        return both(known, holds(scenario.when, of))

    every = product((False, True), repeat=len(open_))
    return Counted(known, {some: present(dict(zip(open_, some, strict=True))) for some in every}, tuple(open_.values()))


def outcome(test: Test, value: float) -> bool:
    """Whether a test holds for a score."""
    mask = Mask({KNOWN: 0, test_name(test): 1})
    return bool(masks_of(pl.Series([value], dtype=pl.Float64), [test], mask)[0] == 3)


MOST_FACT_TESTS = 4  # beyond as many in one scenario, the facts have to be known before anyone is counted
