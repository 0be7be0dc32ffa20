"""The result a page carries within itself: compressed, to be downloaded from it, and every figure of it numbered.

A page names the place of each of its figures. Paths would be a sixth of its weight, so it names their numbers.
"""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from readiness.scoring.result import ItemCounts, Result, SubGroup, Suppressed

_AT = re.compile(r' data-at="([^"]*)"')
LEVEL = 6  # of compression: 9 takes four times as long for a twentieth less


@dataclass(frozen=True)
class Carried:
    """A result as an address that holds all of it. `size` is that of the unpacked file, in bytes."""

    href: str
    size: int


def as_printed(result: Result, printed: Mapping[int, frozenset[str]]) -> Result:
    """A result with as much in it as a page tells.

    What single groups and interviewees chose stays out, unless the page prints it: a page is mailed on, and of a few
    people it would say who answered what. printed: the items of groups, by their place, whose counts are told.
    """
    groups = tuple(
        group.model_copy(update={"items": as_told(group.items, printed.get(place, frozenset()))})
        if isinstance(group, SubGroup)
        else group
        for place, group in enumerate(result.groups)
    )
    return result.model_copy(update={"groups": groups})


def as_told(
    items: Mapping[str, ItemCounts | Suppressed], printed: frozenset[str] = frozenset()
) -> dict[str, ItemCounts | Suppressed]:
    """Items of one group without what was chosen, but for those of which that is printed."""
    return {
        id_: item.model_copy(update={"counts": {}}) if isinstance(item, ItemCounts) and id_ not in printed else item
        for id_, item in items.items()
    }


def carried(result: Result) -> Carried:
    """A result as it is written, compressed."""
    return packed(result.to_json().encode())


def packed(written: bytes) -> Carried:
    """Any record as it is written, compressed; the same bytes make the same address."""
    small = gzip.compress(written, LEVEL, mtime=0)
    return Carried(f"data:application/gzip;base64,{base64.b64encode(small).decode()}", len(written))


def numbered(result: Result) -> Mapping[str, int]:
    """Every place of a result outside its framework's texts by its path, counted with the keys of records sorted."""
    return numbers_of(result.findings())


def numbers_of(record: Any) -> Mapping[str, int]:
    """Every place of a record as JSON has it, by its path."""
    found: list[str] = []
    _note_places(record, "", found)
    return {path: number for number, path in enumerate(found)}


def _note_places(here: Any, path: str, found: list[str]) -> None:
    """Adds the places below a path. No generator: pages of groups are made by the thousand."""
    if isinstance(here, dict):
        for key in sorted(here):
            _note_places(here[key], f"{path}/{key}" if path else key, found)
    elif isinstance(here, list):
        for place, below in enumerate(here):
            _note_places(below, f"{path}/{place}", found)
    else:
        found.append(path)


def with_numbers(page: str, numbers: Mapping[str, int]) -> str:
    """A page whose figures name the number of their place; a path that is none of the result's stands as it is."""

    def number(found: re.Match[str]) -> str:
        place = numbers.get(found[1])
        return found[0] if place is None else f" data-n={in_short(place)}"

    return _AT.sub(number, page)


def in_short(number: int) -> str:
    """A number to the base of 36."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
