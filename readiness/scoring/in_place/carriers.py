"""Carriers: whole numbers that hold all that has to be known of a respondent to tell readiness and presence.

An indicator's pattern adds one number to a carrier, looked up by its key. The lowest digits of that number are what the
pattern adds to its dimension's readiness (`scoring.packing`); each of the bits above is a truth about the indicator's
score that some scenario asks for, with a bit to itself, so that adding up is as good as joining them. A respondent's
readiness and scenarios then follow from a few columns instead of hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses.engines.engine import Gathered
from readiness.scoring.in_place.keys import key_column

if TYPE_CHECKING:
    from readiness.scoring.counting import Counting
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.packing import Packed
    from readiness.scoring.patterns import Keyed
    from readiness.scoring.presence import Mask

DIGITS = 16  # bits that a dimension's number needs: `packing.LARGEST_NUMBER`
WIDTH = 62  # bits of a whole number of 64 that are used: adding up never reaches the sign


@dataclass
class Carrier:
    """One column. packed: the dimension whose number it holds, if any. bits: the place of each truth by its name."""

    column: str
    packed: Packed | None
    used: int = DIGITS
    bits: dict[tuple[str, str], int] = field(default_factory=dict)

    def take(self, indicator: str, mask: Mask) -> bool:
        """Give every truth about an indicator a bit; False where there is no room for all of them."""
        if self.used + len(mask.bits) > WIDTH:
            return False
        self.bits |= {(indicator, name): self.used + place for place, name in enumerate(mask.bits)}
        self.used += len(mask.bits)
        return True


class Carriers:
    """The carriers of a plan whose dimensions are all told by numbers."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self.all = [Carrier(f"c{place}", packed) for place, packed in enumerate(counting.packed)]
        self._of: dict[str, Carrier] = {}
        for member, _ in counting.members:
            mask = counting.masks.get(member.id)
            if mask is not None and member.id not in counting.fact_ids:
                self._of[member.id] = self._carrying(member.id, mask)

    def _carrying(self, indicator: str, mask: Mask) -> Carrier:
        """The carrier of an indicator's truths: of its own dimension if there is room, else any, else another."""
        own = [one for one in self.all if one.packed is not None and indicator in one.packed.worth]
        for carrier in [*own, *self.all]:
            if carrier.take(indicator, mask):
                return carrier
        self.all.append(Carrier(f"c{len(self.all)}", None))
        return self._carrying(indicator, mask)

    def bit(self, indicator: str, name: str) -> str:
        """SQL: whether a truth about an indicator holds."""
        carrier = self._of[indicator]
        return f"({carrier.column} & {1 << carrier.bits[indicator, name]}) <> 0"

    def number(self, carrier: Carrier) -> str:
        """SQL: the number of the carrier's dimension."""
        return f"{carrier.column} & {(1 << DIGITS) - 1}"

    @cached_property
    def gathered(self) -> Mapping[str, Gathered]:
        """The numbers to be looked up: each to be added to the carrier that its column begins with."""
        members = {member.id: (member, lookup) for member, lookup in self._counting.members}
        return {
            f"{carrier.column}_{indicator}": Gathered(self._table(carrier, *members[indicator]), key_column(indicator))
            for carrier in self.all
            for indicator in self._adding(carrier)
        }

    def added(self, carrier: Carrier) -> Sequence[str]:
        """The columns of `gathered` that are added up to a carrier."""
        return [f"{carrier.column}_{indicator}" for indicator in self._adding(carrier)]

    def _adding(self, carrier: Carrier) -> Iterator[str]:
        worth = carrier.packed.worth if carrier.packed is not None else {}
        for member, _ in self._counting.members:
            if member.id in worth or self._of.get(member.id) is carrier:
                yield member.id

    def _table(self, carrier: Carrier, member: Keyed, lookup: Lookup) -> pl.Series:
        worth = carrier.packed.worth.get(member.id) if carrier.packed is not None else None
        table = pl.repeat(0, member.size, dtype=pl.Int64, eager=True)
        if worth is not None:
            table = table + worth.cast(pl.Int64)
        if self._of.get(member.id) is carrier:
            bits = self._counting.bits_for(member, lookup)
            for name, _ in self._counting.masks[member.id].bits.items():
                holds = (bits & self._counting.masks[member.id].worth(name)) != 0
                table = table + holds.cast(pl.Int64) * (1 << carrier.bits[member.id, name])
        return table
