"""Response rates: which groups answered least, and which so much more than others that they outvote them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.language.speech import Speech
    from readiness.scoring.findings import Answering, Careless, Responding

LOW_RATE = 0.30  # a standard deviation (20) below the mean (53 %) of surveys of employees: Baruch & Holtom 2008
UNEVEN = 1.5  # the highest rate over the lowest: from here on a person of one group has half a say more than of another

Name = Callable[[Mapping[str, str | None]], str]  # what a group is called


def lowest(found: Responding) -> tuple[int, Answering] | None:
    """The group with the lowest rate below `LOW_RATE`, and its place; crossings and silent groups are left out."""
    low = [
        (group.rate, place, group)
        for place, group in enumerate(found.groups)
        if len(group.by) == 1 and group.rate is not None and group.n and group.rate < LOW_RATE
    ]
    if not low:
        return None
    _rate, place, group = min(low, key=lambda one: one[:2])
    return place, group


def uneven(found: Responding) -> Iterator[tuple[Answering, Answering]]:
    """By each key, the groups that answered most and least, where the rates are more than `UNEVEN` apart.

    Silent groups are left out: whatever is balanced, they have no say.
    """
    by_key: dict[str, list[Answering]] = {}
    for group in found.groups:
        if len(group.by) == 1 and group.n and group.rate is not None:
            by_key.setdefault(next(iter(group.by)), []).append(group)
    for groups in by_key.values():
        most, least = (choose(groups, key=lambda group: group.rate or 0.0) for choose in (max, min))
        if (most.rate or 0.0) > UNEVEN * (least.rate or 0.0):
            yield most, least


def uneven_words(found: Responding, balance: str | None, name: Name, speech: Speech, mend: str) -> list[str]:
    """That some groups answered far more than others, and what mends it, where that can be had.

    mend: the sentence that says so, in the words of whoever reads it. Nothing where the result is balanced already.
    """
    if balance is not None:
        return []
    said = []
    for most, least in uneven(found):
        words = speech.gettext(
            "The response rate was far higher in {most} ({high}) than in {least} ({low}), so the former weighs more "
            "than its headcount warrants."
        )
        shares = {"high": speech.percent(most.rate or 0.0), "low": speech.percent(least.rate or 0.0)}
        said.append(words.format(most=name(most.by), least=name(least.by), **shares))
    if said and found.crossed:
        said.append(mend)
    return said


def left_out_words(careless: Careless | None, speech: Speech) -> list[str]:
    """That whoever was left out as careless is not among those who answered."""
    if careless is None or not careless.excluded or careless.either == 0:
        return []
    words = speech.gettext(
        "Respondents who were left out for answering carelessly do not count as having answered, so rates are lower."
    )
    return [words]
