"""Doubts: numbers in a column that may be counted otherwise than the values of a scale, which nothing in them tells."""

from __future__ import annotations

from collections.abc import Collection, Mapping

HIGHEST = 10  # value of a scale that may be another than ours: what is higher says that somebody did not answer


def doubts(values: Collection[float], bare: Collection[float], named: Mapping[float, str]) -> list[str]:
    """What to say of numbers that stand alone in a column, and are read as values.

    values: of the scale. bare: the numbers. named: by value, what stands in words in the column.
    """
    first, last = min(values), max(values)
    # Of a large file nothing but the lowest and the highest number of a column is known for sure.
    low, high = min(bare, default=first), max(bare, default=first)
    told = []
    if low == first - 1 and first <= high < last:
        told.append(
            f"{low:g} stands among the answers and {last:g} does not: where numbers are counted from {low:g}, "
            "they are not the values they are read as; say in a mapping what they mean"
        )
    if low <= last and last + 1 < high <= HIGHEST:  # the very next is rather mistyped
        told.append(
            f"numbers up to {high:g} stand among those from {first:g} to {last:g}: if they are of another scale, "
            "so are those, which are read as our values; say in a mapping what they mean"
        )
    between = set(values) - {first, last}
    if set(named) == {first, last} and bare and between.issuperset(bare):
        told.append(
            f"{named[first]!r} and {named[last]!r} stand there in words, and numbers between them, which are read as "
            "our values; if they are counted the other way round, say so in a mapping"
        )
    return told
