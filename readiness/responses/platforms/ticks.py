"""Ticks: whether the columns of a question are options that were ticked, or lines of a grid that were answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.framework.folding import folded
from readiness.responses.platforms.headings import key, words
from readiness.responses.platforms.responses import values
from readiness.responses.platforms.vocabulary import NO, OTHER, YES

if TYPE_CHECKING:
    import polars as pl

    from readiness.responses.export import Column

NO_ANSWERS = ("N/A", "{question_not_shown}")  # as platforms write for what was not put

Blocks = Mapping[str, Sequence[int]]


def is_other(text: str) -> bool:
    """Whether a sub-question is the open text beside an option such as `Other (please specify)`."""
    return key(text).startswith(OTHER)


def told_apart(cells: pl.DataFrame, subs: Mapping[int, str]) -> str:
    """What the columns of one question are, by their cells: "choice", "row", or "either" for yes and no.

    subs: by column, the sub-question over it. Ticked is the option's own text, a yes or its ordinal beside blanks.
    Where both yes and no occur, an option and a statement look alike.
    """
    texts = {place: [text for text in values(cells, place) if text not in NO_ANSWERS] for place in subs}
    full = {place: found for place, found in texts.items() if found and not is_other(subs[place])}
    if not full:
        return "choice" if any(map(is_other, subs.values())) and len(subs) > 1 else "row"
    if all({folded(text) for text in found} == {folded(words(subs[place]))} for place, found in full.items()):
        return "choice"
    if len(subs) > 1 and _are_ordinals(cells, subs, full):
        return "choice"
    said = {key(text) for found in full.values() for text in found}
    if not said <= YES | NO:
        return "row"
    if said <= YES and len(said) == 1:
        blank = any(cells[str(place)].null_count() for place in full)
        return "choice" if blank else "row"
    return "either"


def _are_ordinals(cells: pl.DataFrame, subs: Mapping[int, str], full: Mapping[int, Sequence[str]]) -> bool:
    """Whether each column holds its own number in the block and nothing else: options ticked, in numeric exports."""
    first = min(subs)
    blank = any(cells[str(place)].null_count() for place in full)
    return blank and len(full) > 1 and all(list(found) == [str(place - first + 1)] for place, found in full.items())


def with_subs(columns: Sequence[Column], cells: pl.DataFrame, subs: Mapping[int, str], found: Blocks) -> list[Column]:
    """Columns with their sub-questions as rows of a grid or as options; as both where they look alike.

    found: the columns of each question that has more than one, or one with a sub-question.
    """
    described = {column.place: column for column in columns}
    for places in found.values():
        here = {place: subs[place] for place in places if subs.get(place)}
        kind = told_apart(cells, here) if here else "row"
        for place, sub in here.items():
            if kind == "row" and is_other(sub):
                described[place] = replace(described[place], choice=sub)
            else:
                row = sub if kind in ("row", "either") else ""
                choice = sub if kind in ("choice", "either") else ""
                described[place] = replace(described[place], row=row, choice=choice)
    return [described[column.place] for column in columns]
