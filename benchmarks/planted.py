"""What is planted in surveys and found, and how often chance is taken for a gap, in surveys and by single tests.

    PYTHONPATH=. python benchmarks/planted.py [SURVEYS]

Four tables: surveys with nothing planted that show any gap at all, by where answers lie; gaps of so many points that
are found, by how many see it otherwise; how often two sides that answer alike are told apart at a level, over the
level (1 is right, above 1 is too often), for the tests that were weighed; and how often intervals hold what is true.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence

import numpy as np
from scipy.special import stdtr

from readiness.analysis.chance import brunner_munzel_p, permutation_p
from readiness.analysis.effects import delta_interval, difference_interval
from readiness.analysis.gaps import perceived
from readiness.analysis.samples import Sample, degrees, ordering_of, sample_of
from tests.analysis.planting import MIDDLES, NOTHING, Gap, Plants, compared, shipped, survey

SEED = 1_000_000  # far from the seeds of the tests
LEVELS = (0.05, 0.01, 0.001)
DRAWS = 4_000
ANSWERS = {
    "bell": (0.07, 0.24, 0.38, 0.24, 0.07),
    "skewed": (0.55, 0.25, 0.12, 0.06, 0.02),
    "ceiling": (0.01, 0.02, 0.03, 0.10, 0.84),
    "wide": (0.30, 0.15, 0.10, 0.15, 0.30),
    "narrow": (0.01, 0.14, 0.70, 0.14, 0.01),
}
SIDES = (("bell", "bell"), ("skewed", "skewed"), ("ceiling", "ceiling"), ("wide", "narrow"))
SIZES = ((5, 5), (5, 50), (10, 300), (25, 25))


def nothing_planted(surveys: int) -> None:
    print(f"surveys with nothing planted that show any gap, of {surveys:,} each")
    for place, middle in enumerate(MIDDLES):
        seeds = range(SEED * (place + 1), SEED * (place + 1) + surveys)
        shown = sum(bool(compared(survey(seed, plants=NOTHING, middle=middle)).found) for seed in seeds)
        print(f"  {middle:8} {shown / surveys:6.1%}", flush=True)


def planted(surveys: int) -> None:
    print(f"planted gaps that are found, three in each of {surveys:,} surveys, managers against all others")
    ids = [indicator.id for indicator in perceived(shipped())]
    for points in (15, 20, 25, 30):
        by_size: dict[str, list[bool]] = {}
        for seed in range(surveys):
            rng = random.Random(seed)
            gaps = tuple(Gap("manager", id_, rng.choice((-points, points))) for id_ in rng.sample(ids, 3))
            drawn = survey(SEED + seed, plants=Plants(gaps), middle="even")
            told = {gap.indicator for gap in compared(drawn).found if "manager" in gap.sides}
            size = _size(int((drawn.context["role"] == "manager").sum()))
            by_size.setdefault(size, []).extend(gap.indicator in told for gap in gaps)
        sizes = ", ".join(f"{size} {sum(by_size[size]) / len(by_size[size]):.0%}" for size in sorted(by_size))
        print(f"  {points} points: {sizes}", flush=True)


def _size(n: int) -> str:
    return "a  5-24:" if n < 25 else "b 25-49:" if n < 50 else "c 50 or more:"


def chance(draws: int = DRAWS) -> None:
    print(f"how often sides that do not differ are told apart, over {', '.join(map(str, LEVELS))} ({draws:,} draws)")
    rng = np.random.RandomState(SEED)
    for first, second in SIDES:
        for n in SIZES:
            ps = np.array(list(_ps(rng, (ANSWERS[first], ANSWERS[second]), n, draws)))
            print(f"  {first} against {second}, {n[0]} against {n[1]}")
            for name, of in zip(("Welch", "Brunner-Munzel", "permutations", "the larger"), ps.T, strict=True):
                print(f"    {name:15}" + " ".join(f"{(of <= level).mean() / level:6.2f}" for level in LEVELS))


def _ps(
    rng: np.random.RandomState, shares: Sequence[Sequence[float]], n: tuple[int, int], draws: int
) -> Iterator[tuple[float, float, float, float]]:
    values = np.linspace(0, 100, 5)
    for _ in range(draws):
        first, second = (sample_of(values, rng.multinomial(m, s)) for m, s in zip(n, shares, strict=True))
        ours, theirs = brunner_munzel_p(ordering_of(first, second)), permutation_p(first, second)
        yield _welch(first, second), ours, theirs, max(ours, theirs)


def coverage(draws: int = DRAWS) -> None:
    print(f"how often 95 % intervals hold the true difference, and the true delta ({draws:,} draws)")
    rng, values = np.random.RandomState(SEED), np.linspace(0, 100, 5)
    for sides in (("bell", "bell"), ("bell", "skewed"), ("ceiling", "ceiling"), ("wide", "narrow")):
        ours, theirs = (np.array(ANSWERS[side]) for side in sides)
        difference = float(values @ (ours - theirs))
        delta = float(ours @ np.tril(np.ones((5, 5)), -1) @ theirs - theirs @ np.tril(np.ones((5, 5)), -1) @ ours)
        for n in SIZES:
            held = np.zeros(2)
            for _ in range(draws):
                pair = [sample_of(values, rng.multinomial(m, side)) for m, side in zip(n, (ours, theirs), strict=True)]
                held[0] += _holds(difference_interval(*pair), difference)
                held[1] += _holds(delta_interval(ordering_of(*pair)), delta)
            print(
                f"  {sides[0]} against {sides[1]}, {n[0]} against {n[1]}: " + " ".join(f"{h / draws:.1%}" for h in held)
            )


def _holds(interval: tuple[float, float], value: float) -> bool:
    return interval[0] - 1e-9 <= value <= interval[1] + 1e-9


def _welch(first: Sample, second: Sample) -> float:
    error = (first.variance / first.n + second.variance / second.n) ** 0.5
    if not error:
        return 1.0 if first.mean == second.mean else 0.0
    freedom = degrees((first.variance, second.variance), (first.n, second.n))
    return float(2 * stdtr(freedom, -abs(first.mean - second.mean) / error))


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    nothing_planted(count)
    planted(count // 4)
    chance()
    coverage()
