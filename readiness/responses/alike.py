"""Alike: values of a context key that differ by case, spaces or accents alone, and may be meant as one."""

from __future__ import annotations

from collections.abc import Iterable

from readiness.responses.labels import loosened

MOST_COMPARED = 5_000  # different values; a key with more is no group that anyone reports on
MOST_SHOWN = 5
MOST_PROPOSED = 10


def alike(values: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of values that look like one, in the order of their text."""
    different = set(values)
    if len(different) > MOST_COMPARED:
        return ()
    groups: dict[str, list[str]] = {}
    for value in sorted(different):
        if like := loosened(value):
            groups.setdefault(like, []).append(value)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def proposals(key: str, values: Iterable[str]) -> tuple[str, ...]:
    """What to say of values that look like one: they stay apart until a mapping merges them."""
    told = []
    groups = alike(values)
    for group in groups[:MOST_PROPOSED]:
        *most, last = map(repr, group[:MOST_SHOWN])
        told.append(
            f"{key}: {', '.join(most)} and {last} look like one; "
            "they are kept apart, merge them in a mapping (readiness map FILE --out mapping.yaml)"
        )
    if len(groups) > MOST_PROPOSED:
        told.append(
            f"{key}: {len(groups) - MOST_PROPOSED} more groups of values look like one; readiness map lists them"
        )
    return tuple(told)
