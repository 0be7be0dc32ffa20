"""Diagnosis: what to make of the figures that say whether the instrument is holding, in sentences.

A sentence is said where a threshold is crossed, and only then. Thresholds are rules of thumb, each with its source:
they say where to look, and decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from readiness.scoring.findings import Instrument
from readiness.scoring.result import Group, Reliability

if TYPE_CHECKING:
    from readiness.language.speech import Speech
    from readiness.scoring.findings import Careless
    from readiness.scoring.result import Result

LOW_ALPHA = 0.70  # Nunnally & Bernstein 1994
MANY_LOW = 1 / 3  # of the alphas: from there on it is the instrument, not an indicator
FEWEST_ALPHAS = 3  # to speak of a share of them
LOW_CORRELATION = 0.15  # of two items: Briggs & Cheek 1986
MANY_AT_AN_END = 0.15  # McHorney & Tarlov 1995
LOW_AGREEMENT = 0.70  # LeBreton & Senter 2008
FAR_APART = 0.25  # ICC(1), a large effect: LeBreton & Senter 2008
LOW_ICC2 = 0.70  # LeBreton & Senter 2008
MANY_CARELESS = 0.10  # of respondents: what surveys of students and staff usually have (Meade & Craig 2012)

Titles = Mapping[str, str]  # of indicators, by id


def careless_words(careless: Careless, speech: Speech) -> list[str]:
    """How many answered carelessly, in what way, and what was done about it."""
    if careless.either is None or careless.straight_lining is None:
        return [speech.gettext("Too few respondents to tell how many answered carelessly.")]
    counts = {
        "either": careless.either,
        "n": careless.n,
        "straight": careless.straight_lining,
        "speeding": careless.speeding or 0,
    }
    words = _how_carelessly(careless.either, timed=careless.speeding is not None, speech=speech)
    said = [words.format(**{name: speech.number(count) for name, count in counts.items()})]
    if careless.excluded:
        said.append(speech.gettext("They are left out of all figures."))
    elif careless.either:
        said.append(speech.gettext("They count in all figures; --exclude-careless leaves them out."))
    if are_many(careless):
        words = speech.gettext("That is more than {share}: compare the figures with and without them.")
        said.append(words.format(share=speech.percent(MANY_CARELESS)))
    return said


def _how_carelessly(either: int, *, timed: bool, speech: Speech) -> str:
    """The sentence that goes with so many, its figures still to be filled in. timed: whether any time was recorded."""
    if not either and timed:
        return speech.gettext("None of {n} respondents answered carelessly.")
    if not either:
        return speech.gettext("No straight-lining among {n} respondents; the time taken was not recorded.")
    if timed:
        return speech.ngettext(
            "{either} of {n} respondents answered carelessly: "
            "{straight} with one answer throughout, {speeding} in less than two seconds an answer.",
            "{either} of {n} respondents answered carelessly: "
            "{straight} with one answer throughout, {speeding} in less than two seconds an answer.",
            either,
        )
    return speech.ngettext(
        "{either} of {n} respondents answered carelessly, with one answer throughout; how long they took is not known.",
        "{either} of {n} respondents answered carelessly, with one answer throughout; how long they took is not known.",
        either,
    )


def are_many(careless: Careless) -> bool:
    """Whether more answered carelessly than is usual."""
    return careless.either is not None and careless.either > MANY_CARELESS * careless.n


def remarks(result: Result, titles: Titles, speech: Speech) -> list[str]:
    """What to make of the figures: of the items of single indicators first, then of units, all indicators together."""
    if not isinstance(result.overall, Group):
        return []
    analysis = result.overall.analysis
    found = {id_: f for id_, f in (result.overall.reliability or {}).items() if isinstance(f, Reliability)}
    told = {
        id_: i for id_, i in ((analysis.instrument if analysis else None) or {}).items() if isinstance(i, Instrument)
    }
    said = []
    for id_, title in titles.items():
        words = " ".join(_of_items(found.get(id_), told.get(id_), speech))
        if words:
            said.append(speech.gettext("{indicator}: {words}").format(indicator=title, words=words))
    named = {id_: told[id_] for id_ in titles if id_ in told}
    return [*said, *_of_alphas(list(found.values()), speech), *_of_units(named, titles, speech)]


def _of_items(alpha: Reliability | None, told: Instrument | None, speech: Speech) -> Iterator[str]:
    turned = told.looks_reversed if told else ()
    if turned:
        yield _reversed(turned, len(told.item_rest) if told else 0, speech)
    else:  # else that is why they do not hold together
        yield from _apart(alpha, told, speech)
    if told is not None:
        if told.held and told.omega is not None:
            words = speech.gettext("omega is rather high: the factor leaves {items} no variance of their own.")
            yield words.format(items=speech.listed(told.held))
        yield from _at_the_ends(told, speech)


def _reversed(turned: tuple[str, ...], items: int, speech: Speech) -> str:
    named = speech.listed(turned)
    if items == 2:
        words = speech.gettext(
            "{items} contradict each other: one of them is keyed the wrong way round, or not understood as meant."
        )
        return words.format(items=named)
    words = speech.ngettext(
        "{items} contradicts the other items: it is keyed the wrong way round, or not understood as meant.",
        "{items} contradict the other items: they are keyed the wrong way round, or not understood as meant.",
        len(turned),
    )
    return words.format(items=named)


def _apart(alpha: Reliability | None, told: Instrument | None, speech: Speech) -> Iterator[str]:
    """Items that hardly hold together. Of two, alpha says little: it is low by their number alone."""
    rests = [r for r in told.item_rest.values() if r is not None] if told else []
    if alpha is not None and alpha.items > 2 and alpha.alpha is not None and alpha.alpha < LOW_ALPHA:
        words = speech.gettext("alpha is {alpha}, below {limit}: the items hardly measure one thing.")
        yield _with(words, speech, alpha=alpha.alpha, limit=LOW_ALPHA)
    elif told is not None and len(told.item_rest) == 2 and rests and rests[0] < LOW_CORRELATION:
        words = speech.gettext("the two items correlate by {r}, below {limit}: they hardly measure one thing.")
        yield _with(words, speech, r=rests[0], limit=LOW_CORRELATION)


def _at_the_ends(told: Instrument, speech: Speech) -> Iterator[str]:
    for share, words in (
        (told.floor, speech.gettext("{share} have the lowest score there is: the items do not tell them apart.")),
        (told.ceiling, speech.gettext("{share} have the highest score there is: the items do not tell them apart.")),
    ):
        if share is not None and share > MANY_AT_AN_END:
            yield words.format(share=speech.percent(share))


def _of_alphas(found: Sequence[Reliability], speech: Speech) -> Iterator[str]:
    """That many indicators are rough by themselves, since alpha grows with the number of items."""
    known = [one for one in found if one.alpha is not None]
    low = sum(one.alpha is not None and one.alpha < LOW_ALPHA for one in known)
    if len(known) < FEWEST_ALPHAS or low <= MANY_LOW * len(known):
        return
    two = speech.gettext(
        "Reliability α is below {limit} in {low} of {all} indicators: with two questions each, single indicators are "
        "rough."
    )
    few = speech.gettext(
        "Reliability α is below {limit} in {low} of {all} indicators: with so few questions each, single indicators "
        "are rough."
    )
    words = two if all(one.items == 2 for one in known) else few
    numbers = {"low": speech.number(low), "all": speech.number(len(known)), "limit": speech.number(LOW_ALPHA, 2)}
    yield words.format(**numbers)


def _of_units(told: Mapping[str, Instrument], titles: Titles, speech: Speech) -> Iterator[str]:
    """What to make of how units differ and agree, the indicators of which it holds listed."""

    def listed(figures: Mapping[str, str]) -> str:
        return speech.listed(f"{titles[id_]} ({figure})" for id_, figure in figures.items())

    apart = {id_: i.icc1 for id_, i in told.items() if i.icc1 is not None and i.icc1 >= FAR_APART}
    if apart:
        words = speech.gettext("Units lie far apart, so look at each by itself (ICC(1) of {limit} or more): {listed}")
        yield words.format(limit=speech.number(FAR_APART, 2), listed=listed(_figures(apart, speech)))
    chance = {id_: i.icc2 for id_, i in told.items() if i.icc2 is not None and i.icc2 < LOW_ICC2}
    if chance:
        words = speech.gettext("Unit means are unreliable for single comparisons (ICC(2) below {limit}): {listed}")
        yield words.format(limit=speech.number(LOW_ICC2, 2), listed=listed(_figures(chance, speech)))
    divided = {id_: i.r_wg for id_, i in told.items() if i.r_wg is not None and i.r_wg < LOW_AGREEMENT}
    if divided:
        words = speech.gettext("People of one unit see it differently (r_wg below {limit}): {listed}")
        yield words.format(limit=speech.number(LOW_AGREEMENT, 2), listed=listed(_figures(divided, speech)))


def _figures(figures: Mapping[str, float], speech: Speech) -> dict[str, str]:
    return {id_: speech.number(figure, 2) for id_, figure in figures.items()}


def _with(words: str, speech: Speech, **figures: float) -> str:
    return words.format(**{name: speech.number(figure, 2) for name, figure in figures.items()})
