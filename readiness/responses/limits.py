"""The consultant's own limits: what cannot move in this engagement, or not beyond a point, whatever the framework says.

They stand in an engagement's settings under `limits:`, by indicator or by dimension, and on a command line.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError
from readiness.framework.ledger import offered
from readiness.framework.nodes import Node, Scalar
from readiness.framework.ranges import indicator_range
from readiness.framework.table import Table, number_of
from readiness.framework.vocabulary import Keys

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator

HELD = "no"  # as in a framework's `movable: no`
LIMIT = Keys((), ("movable", "to", "until", "why"))
WRITE = "write {movable: no}, or {to: 60} for a score it cannot pass"


@dataclass(frozen=True)
class Limit:
    """One limit. name: of an indicator, or of a dimension for all in it.

    to: the score it cannot pass; None where it is held as it is. until, why: as the consultant says it. line: of the
    settings.
    """

    name: str
    to: float | None = None
    until: str = ""
    why: str = ""
    line: int | None = None


def read_limits(table: Table) -> tuple[Limit, ...]:
    """The limits of an engagement's settings; faults go to the table's ledger."""
    read = (_read(table, name, node, line) for name, node, line in table.entries("limits"))
    return tuple(limit for limit in read if limit is not None)


def _read(table: Table, name: str, node: Node, line: int) -> Limit | None:
    """One limit: a mapping, or in short `no` or a score."""
    if isinstance(node, Scalar):
        to = number_of(node)
        if to is not None and math.isfinite(to):
            return Limit(name, float(to), line=line)
        if node.text == HELD:
            return Limit(name, line=line)
        table.fault(node.line, f"limit {name!r} is {node.text!r}", WRITE)
        return None
    part = Table(table.page, node, f"limit {name!r}", LIMIT, line)
    if not part.readable:
        return None
    held, to = "movable" in part, part.number("to", None)
    part.choice("movable", (HELD,), HELD)
    if held and "to" in part:
        part.fault(line, f"limit {name!r} says both that it is held and how far it goes", WRITE)
    elif not held and "to" not in part:
        part.fault(line, f"limit {name!r} limits nothing", WRITE)
    return Limit(name, to, _said(part, "until"), _said(part, "why"), line)


def _said(part: Table, key: str) -> str:
    """Words, or a year, as they stand there."""
    node = part.node(key)
    return node.text.strip() if isinstance(node, Scalar) else part.string(key)


def judged_limits(limits: Iterable[Limit], framework: Framework) -> list[tuple[Limit, str, str]]:
    """Limits that do not go with a framework: each with what is wrong and how to mend it."""
    return [(limit, *wrong) for limit in limits if (wrong := _wrong(limit, framework)) is not None]


def _wrong(limit: Limit, framework: Framework) -> tuple[str, str] | None:
    indicator = framework.indicators.get(limit.name)
    if indicator is None and limit.name in framework.all_dimensions:
        if limit.to is None:
            return None
        return (
            f"{limit.name!r} is a dimension, which goes to no score",
            "hold it with {movable: no}, or name indicators",
        )
    if indicator is None:
        known = [*framework.indicators, *framework.all_dimensions]
        return f"{limit.name!r} is no indicator or dimension of {framework.id}", offered(limit.name, known)
    low, high = indicator_range(indicator, framework.scales)
    if limit.to is not None and not low <= limit.to <= high:
        return f"limit {limit.name!r} goes to {limit.to:g}", f"write a score from {low:g} to {high:g}"
    return None


def limits_said(said: Iterable[str], framework: Framework) -> tuple[Limit, ...]:
    """Limits as a command line has them: `email_dependence=no`, `free_trust=60`.

    Raises:
        UsageError: with everything that is no limit, or of something the framework does not have.
    """
    faults, limits = [], []
    for words in said:
        name, _, value = (part.strip() for part in words.partition("="))
        try:
            limit = Limit(name, None if value == HELD else _finite(value))
        except ValueError:
            mend = f"write {name or 'free_trust'}=no, or {name or 'free_trust'}=60 for a score it cannot pass"
            faults.append(Fault(f"--limit {words}", None, "this is no limit", mend))
            continue
        limits.append(limit)
        faults += [Fault(f"--limit {words}", None, what, mend) for _, what, mend in judged_limits([limit], framework)]
    if faults:
        raise UsageError(faults)
    return tuple(limits)


def _finite(said: str) -> float:
    value = float(said)
    if not math.isfinite(value):
        raise ValueError(said)
    return value


def by_indicator(limits: Iterable[Limit], framework: Framework) -> Mapping[str, Limit]:
    """Every indicator that is limited, and the limit that holds: of several the narrowest, of equal ones the first."""
    holding: dict[str, Limit] = {}
    for limit in limits:
        for indicator in _meant(limit, framework):
            holding[indicator.id] = _narrower(holding.get(indicator.id), replace(limit, name=indicator.id), indicator)
    return holding


def _meant(limit: Limit, framework: Framework) -> list[Indicator]:
    if limit.name in framework.indicators:
        return [framework.indicators[limit.name]]
    return [i for part in framework.all_dimensions[limit.name].walk() for i in part.indicators.values()]


def _narrower(one: Limit | None, other: Limit, indicator: Indicator) -> Limit:
    if one is None:
        return other
    if one.to is None or other.to is None:
        return one if one.to is None else other
    nearer = min if indicator.movable == "up" else max
    return one if nearer(one.to, other.to) == one.to else other
