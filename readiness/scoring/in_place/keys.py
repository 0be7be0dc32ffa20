"""Keys: respondents where they lie, each as the keys of their patterns, and the context that is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import WEIGHT
from readiness.scoring.lookups import SMALL
from readiness.scoring.patterns import CODES_BELOW, flags
from readiness.scoring.plan import indicator_column

if TYPE_CHECKING:
    from readiness.scoring.counting import Counting
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.patterns import Keyed

Frame = nw.LazyFrame[Any]


def key_column(indicator: str) -> str:
    """The column of an indicator's keys."""
    return f"k:{indicator}"


def by_column(key: str) -> str:
    """The column of a context key beside keys of indicators, since an indicator may have its name."""
    return f"by:{key}"


def is_large(lookup: Lookup) -> bool:
    """Whether there are so many patterns that the plan works each respondent out instead of a table of them all."""
    return lookup.shape.size > SMALL


def keyed_rows(counting: Counting, frame: Frame, *, weighted: bool) -> Frame:
    """A row a respondent who gave an answer: context, case weight, and the key of each indicator.

    frame: coded responses. Indicators of too many patterns bring their figures along, as the plan works them out.
    """
    plan = counting.plan
    worked = frame.filter(plan.answered())
    asked = [*plan.asked_columns(), *flags(plan)]
    worked = worked.with_columns(*asked) if asked else worked
    large = [member.indicator for member, lookup in counting.members if is_large(lookup)]
    worked = plan.indicators(worked, large, {}) if large else worked
    by = [nw.col(key).alias(by_column(key)) for key in plan.framework.context if key in plan.context]
    weight = [nw.col(WEIGHT)] if weighted else []
    keys = [key_of(member).alias(key_column(member.id)) for member, _ in counting.members]
    figures = [nw.col(indicator_column(one.id, field)) for one in large for field in ("value", "applies")]
    return worked.select(*by, *weight, *keys, *figures)


def key_of(member: Keyed) -> nw.Expr:
    """The key of each row, from item columns and the columns of `patterns.flags`: see `Keyed.key`."""
    whole = nw.lit(sum(digit.stride for digit in member.items) * CODES_BELOW, dtype=nw.Int32)
    for digit in (*member.items, *member.tests):
        column = nw.col(digit.name).cast(nw.Int32)
        whole = whole + (column * digit.stride if digit.stride > 1 else column)
    return whole
