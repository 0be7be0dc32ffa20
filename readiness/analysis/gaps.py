"""Perception gaps: who sees the same thing differently, by how much, and which verdicts hang on it.

Two sides are compared by items that were put to both in the same words and about the same thing: those that ask about
the company. What a manager and an employee answer about their own week differs because their weeks do, which is no
difference in perception. Everybody counts once: case weights say how many a person stands for in a mean of everybody,
and here the question is whether two sets of people answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING

from readiness.analysis.chance import adjusted
from readiness.analysis.effects import NEGLIGIBLE
from readiness.analysis.standpoints import verdicts_of_sides
from readiness.analysis.views import Answers, Comparison, Views, comparable, in_order
from readiness.faults import Fault, UsageError
from readiness.scoring.findings import Gap, Gaps

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator, Item

FALSE_RATE = 0.05  # of what is called a gap, at most this share may be chance
FEWEST = 3  # of either side, where nobody has to be protected: of fewer nothing can be said
INTERVIEW, SURVEY = "interview", "survey"
NEVER_COMPARED = ("country", "language")  # styles of answering differ by them (Harzing 2006), and trust does too

MayShow = Callable[[str, str, str], bool]  # key, value, indicator
MayCompare = Callable[[str, str, str, tuple[str, ...]], bool]  # key, value, indicator, items


def anyone(_key: str, _value: str, _indicator: str) -> bool:
    """Every side may be shown."""
    return True


def anything(_key: str, _value: str, _indicator: str, _items: tuple[str, ...]) -> bool:
    """Whatever is said may be shown."""
    return True


def gaps(
    framework: Framework,
    key: str,
    sides: Mapping[str | None, Answers],
    min_group: int,
    may_show: MayShow = anyone,
    may_compare: MayCompare = anything,
) -> list[Comparison]:
    """Every two values of a context key compared, indicator by indicator.

    sides: answers by the key's value; blanks (None) are no side, and belong to everybody all the same. min_group: a
    side with fewer who can be compared, or with fewer than three, takes no part. may_show: whether a side may be shown
    for an indicator. may_compare: whether what a side says to some items may be shown.

    Raises:
        UsageError: the key is one by which nothing is compared.
    """
    if key in NEVER_COMPARED:
        mend = f"people answer otherwise by {key}, whatever they see; compare roles or levels"
        raise UsageError([Fault(f"gaps by {key}", None, f"perceptions are not compared by {key}", mend)])
    values, least = in_order(framework, key, sides), (max(FEWEST, min_group),) * 2
    made: list[Comparison] = []
    for indicator in perceived(framework):
        views = Views(indicator, framework.min_answered_of(indicator), sides)
        shown = [value for value in values if may_show(key, value, indicator.id)]
        may_tell = partial(_may_tell, may_compare, key, indicator.id)
        for pair in combinations(shown, 2):
            common = views.common(pair, least, by_role=key == "role")
            items = tuple(item for item in common if may_tell(pair, (item,)))
            if may_tell(pair, items):
                made.extend(views.compared(key, pair, items, least))
    return made


def _may_tell(
    may_compare: MayCompare, key: str, indicator: str, pair: tuple[str, str], items: tuple[Item, ...]
) -> bool:
    """Whether what both sides say to some items may be shown."""
    return all(may_compare(key, side, indicator, tuple(item.id for item in items)) for side in pair)


def modes(
    framework: Framework, interviews: Answers, survey: Answers, min_group: int, values: Mapping[str, float | None]
) -> tuple[Gap, ...]:
    """Interviews against the survey, indicator by indicator, whatever chance says; the widest difference first.

    It is a difference of mode and of who was asked in each. Interviews are the consultant's own notes: a few will do.
    values: the survey's indicators, which verdicts are told of.
    """
    pair, least = (INTERVIEW, SURVEY), (FEWEST, max(FEWEST, min_group))
    sides: dict[str | None, Answers] = {INTERVIEW: interviews, SURVEY: survey}
    made: list[Comparison] = []
    for indicator in perceived(framework):
        views = Views(indicator, framework.min_answered_of(indicator), sides, (SURVEY,))
        made.extend(views.compared("source", pair, views.common(pair, least), least))
    qs = adjusted([comparison.effect.p for comparison in made])
    return tuple(_widest_first(_gap(framework, one, q, values) for one, q in zip(made, qs, strict=True)))


def found(
    framework: Framework,
    comparisons: Sequence[Comparison],
    values: Mapping[str, float | None],
    modes: tuple[Gap, ...] = (),
) -> Gaps:
    """The gaps among all comparisons of all keys: what neither is negligible nor would be found by chance.

    values: everybody's indicators, as the result has them.
    """
    qs = adjusted([comparison.effect.p for comparison in comparisons])
    wide = [
        _gap(framework, comparison, q, values)
        for comparison, q in zip(comparisons, qs, strict=True)
        if abs(comparison.effect.delta) >= NEGLIGIBLE and q <= FALSE_RATE
    ]
    return Gaps(compared=len(comparisons), found=tuple(_widest_first(wide)), modes=modes)


def perceived(framework: Framework) -> Iterator[Indicator]:
    """The indicators that people may see differently: no facts, and none that only asks about one's own work."""
    for indicator in framework.indicators.values():
        if indicator.scope == "respondent" and comparable(indicator):
            yield indicator


def _gap(framework: Framework, made: Comparison, q: float, values: Mapping[str, float | None]) -> Gap:
    effect = made.effect
    return Gap(
        key=made.key,
        sides=made.sides,
        indicator=made.indicator,
        items=made.items,
        n=effect.n,
        means=effect.means,
        difference=effect.difference,
        interval=effect.interval,
        delta=effect.delta,
        delta_interval=effect.delta_interval,
        p=effect.p,
        q=q,
        verdicts=verdicts_of_sides(framework, made.indicator, made.shifts, values),
    )


def _widest_first(gaps: Iterable[Gap]) -> list[Gap]:
    return sorted(gaps, key=lambda gap: -abs(gap.delta))
