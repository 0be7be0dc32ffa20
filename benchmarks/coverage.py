"""How often 95 % intervals hold what is true, over populations that are drawn from.

    PYTHONPATH=. python benchmarks/coverage.py [DRAWS]

Means: one by one, weighted, from a finite population, in units. The functions are those that the analysis calls, on
cells of simulated scores; that a whole run gives the same figure is checked first. Then memberships and verdicts, of
respondents drawn again and of means drawn jointly: how often the interval holds the membership that the whole
population has, and what verdicts are given.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from readiness import pipeline
from readiness.analysis.cells import CellSums
from readiness.analysis.drawing import Held, Means, drawn_again, drawn_jointly
from readiness.analysis.errors import Spread, errors_in_clusters, errors_one_by_one
from readiness.analysis.intervals import TAIL, Error, mean_interval, plain_error, wilson
from readiness.responses.table import from_rows
from tests.scoring.building import HUNDRED, framework, items

LIMITS = (0.0, 100.0)
WIDE = (-1e6, 1e6)  # a normal score has no ends
SIZES = (8, 20, 50, 200, 1_000, 5_000)
STEPS = 50_000
Scores = NDArray[np.float64]


@dataclass
class Row:
    """A line of the table. held: how often the interval held the truth."""

    what: str
    n: str
    held: float
    width: float

    def __str__(self) -> str:
        return f"| {self.what} | {self.n} | {self.held:.1%} | {self.width:.1f} |"


def share(found: Sequence[tuple[float, float]], true: float) -> tuple[float, float]:
    ends = np.array(found)
    return float(((ends[:, 0] <= true) & (true <= ends[:, 1])).mean()), float((ends[:, 1] - ends[:, 0]).mean())


def one_by_one(scores: Scores, sampled: float = 0.0, limits: tuple[float, float] = LIMITS) -> tuple[float, float]:
    spreads = {"x": Spread(float(scores.std(ddof=1)), len(scores), sampled)}
    error = errors_one_by_one(spreads, {"x": 0}, np.eye(1)).errors["x"]
    return mean_interval(float(scores.mean()), error, limits)


def weighted(scores: Scores, weights: Scores) -> tuple[float, float]:
    """The mean, spread and effective number as a result has them (Kish 1965)."""
    n, mass = len(scores), weights.sum()
    mean = float((weights * scores).sum() / mass)
    sd = math.sqrt(float((weights * (scores - mean) ** 2).sum() / mass) * n / (n - 1))
    return mean_interval(mean, plain_error(sd, float(mass**2 / (weights**2).sum())), WIDE)


def in_units(scores: Scores, units: NDArray[np.int64], scale: float) -> tuple[float, float]:
    """Through the sums by cell. scale: scores of 0-100 are these times so much, so that none meets the ends."""
    sums = CellSums(("unit",), {"x": LIMITS})
    steps = pl.Series(np.round((scores / scale + 50) * STEPS / 100).astype(np.int64))
    sums.add(pl.DataFrame({"unit": units.astype(str)}), pl.DataFrame({"x": steps}), 1)
    cells = sums.cells()
    errors = errors_in_clusters(cells, list(cells.by(["unit"]).values()), ["x"])
    low, high = mean_interval(float(cells.total.sum() / cells.mass.sum()), errors.errors["x"], WIDE)
    return (low - 50) * scale, (high - 50) * scale


# -- populations --------------------------------------------------------------------------------------------------


def normal(rng: np.random.Generator, n: int) -> Scores:
    return rng.normal(0, 15, n)


FIVE = {
    "five points, two items, in the middle": ((0.1, 0.2, 0.4, 0.2, 0.1), 2),
    "five points, one item, skewed": ((0.55, 0.25, 0.12, 0.06, 0.02), 1),
    "five points, two items, skewed": ((0.55, 0.25, 0.12, 0.06, 0.02), 2),
    "five points, one item, at the ceiling": ((0.01, 0.02, 0.03, 0.10, 0.84), 1),
    "five points, two items, at the ceiling": ((0.01, 0.02, 0.03, 0.10, 0.84), 2),
}


def five(rng: np.random.Generator, n: int, chances: Sequence[float], count: int) -> Scores:
    return 25.0 * rng.choice(5, (n, count), p=chances).mean(axis=1)


def means(draws: int) -> Iterator[Row]:
    rng = np.random.default_rng(1)
    for n in SIZES:
        yield Row("normal", f"{n:,}", *share([one_by_one(normal(rng, n), 0, WIDE) for _ in range(draws)], 0.0))
    for n in SIZES[:5]:
        weights = rng.choice([0.25, 1.0, 1.0, 4.0], n)
        found = [weighted(normal(rng, n), weights) for _ in range(draws)]
        yield Row("normal, weights of 1/4 to 4", f"{n:,}", *share(found, 0.0))
    for n, size in ((8, 10), (20, 25), (200, 400), (1_000, 1_100)):
        people = normal(rng, size)
        found = [one_by_one(rng.choice(people, n, replace=False), n / size, WIDE) for _ in range(draws)]
        yield Row(f"normal, of {size:,} people there are", f"{n:,}", *share(found, float(people.mean())))
    for what, (chances, count) in FIVE.items():
        true = 25.0 * float(np.dot(range(5), chances))
        for n in SIZES[:5]:
            yield Row(what, f"{n:,}", *share([one_by_one(five(rng, n, chances, count)) for _ in range(draws)], true))


def clusters(draws: int, icc: float = 0.1) -> Iterator[Row]:
    rng = np.random.default_rng(2)
    for uneven in (False, True):
        for count in (10, 20, 40, 100):
            sizes = np.array([(4, 8, 12, 20, 56)[u % 5] if uneven else 20 for u in range(count)])
            units = np.repeat(np.arange(count), sizes)
            found = []
            for _ in range(draws):
                moods = rng.normal(0, 15 * math.sqrt(icc), count)
                found.append(in_units(moods[units] + rng.normal(0, 15 * math.sqrt(1 - icc), len(units)), units, 3.0))
            what = f"units of {'4 to 56' if uneven else '20'} people, ICC {icc}"
            yield Row(what, f"{len(units):,} in {count}", *share(found, 0.0))


def shares(draws: int) -> Iterator[Row]:
    rng = np.random.default_rng(3)
    for true in (0.05, 0.3):
        for n in (8, 20, 200):
            found = [wilson(rng.binomial(n, true) / n, n) for _ in range(draws)]
            held, width = share(found, true)
            yield Row(f"share of {true:.0%}", f"{n:,}", held, 100 * width)


# -- memberships and verdicts -------------------------------------------------------------------------------------

ANCHORS = {"high x": (30, 55, 80), "low y": (70, 45, 20)}


def membership(x: Scores, y: Scores) -> Scores:
    """All of high x and low y, by the default anchors (Ragin 2008)."""
    parts = []
    for score, (out, crossover, in_) in zip((x, y), ANCHORS.values(), strict=True):
        beyond = (score - crossover) / np.where(
            (score - crossover) * (in_ - crossover) >= 0, in_ - crossover, crossover - out
        )
        parts.append(1 / (1 + np.exp(-3.0 * np.abs(beyond) * np.sign((score - crossover) * (in_ - crossover)))))
    low: Scores = np.minimum(*parts)
    return low


@dataclass
class Verdicts:
    held: float
    wrong: float
    open_: float


def verdicts(draws: int, n: int, middles: tuple[float, float], again: bool, resamples: int = 1_000) -> Verdicts:
    """Two indicators of two items of five points each, that go together by 0.4."""
    rng = np.random.default_rng(n)
    truth = _population(rng, 400_000, middles)
    true = float(membership(truth[:, 0].mean(keepdims=True), truth[:, 1].mean(keepdims=True))[0])
    held = wrong = open_ = 0
    for draw in range(draws):
        scores = truth[rng.integers(0, len(truth), n)]
        low, high, value = _interval(scores, again, f"{n}.{draw}", resamples)
        held += low <= true <= high
        undetermined = low <= 0.5 + 1e-9 < high
        open_ += undetermined
        wrong += not undetermined and (value > 0.5 + 1e-9) != (true > 0.5 + 1e-9)
    return Verdicts(held / draws, wrong / draws, open_ / draws)


def _population(rng: np.random.Generator, n: int, middles: tuple[float, float]) -> Scores:
    both = rng.normal(0, 1, (n, 1)) * math.sqrt(0.4)
    noise = rng.normal(0, 1, (n, 2, 2))
    latent = np.array(middles)[None, :, None] + 18 * (both[:, :, None] + math.sqrt(0.6) * noise)
    return 25.0 * np.clip(np.round(latent / 25), 0, 4).mean(axis=2)


def _interval(scores: Scores, again: bool, name: str, resamples: int) -> tuple[float, float, float]:
    ids, n = ("x", "y"), len(scores)
    spreads = {id_: Spread(float(scores[:, at].std(ddof=1)), n) for at, id_ in enumerate(ids)}
    with np.errstate(invalid="ignore"):
        together = np.nan_to_num(np.corrcoef(scores.T)) if n > 1 else np.eye(2)
    np.fill_diagonal(together, 1.0)
    errors = errors_one_by_one(spreads, {"x": 0, "y": 1}, together)
    told: list[Error] = [errors.errors[id_] for id_ in ids]
    group = Means(ids, scores.mean(axis=0), told, [LIMITS, LIMITS])
    if again:
        held = Held(ids, scores, np.ones(n), (np.arange(n),))
        drawn = drawn_again(group, held, np.zeros(2), name, resamples)
    else:
        drawn = drawn_jointly(group, errors, name, resamples)
    value = float(membership(group.values[:1], group.values[1:])[0])
    ordered = np.sort(membership(drawn[:, 0], drawn[:, 1]))
    cut = int(len(ordered) * TAIL)
    return min(value, float(ordered[cut])), max(value, float(ordered[-1 - cut])), value


CASES = {
    "well present, by one of two": (68.0, 5.0),
    "well present, by two alike": (75.0, 25.0),
    "just present": (58.0, 40.0),
    "on the edge": (56.0, 30.0),
    "just absent": (52.0, 30.0),
}


def memberships(draws: int) -> Iterator[str]:
    for what, middles in CASES.items():
        for n in (8, 20, 50, 200):
            for again in (True, False):
                how = "respondents" if again else "means"
                found = verdicts(draws, n, middles, again)
                yield f"| {what} | {n} | {how} | {found.held:.1%} | {found.wrong:.1%} | {found.open_:.1%} |"


# -- the whole ----------------------------------------------------------------------------------------------------


def check() -> None:
    """A whole run gives the figure that is simulated here."""
    fw = framework(x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    rng = np.random.default_rng(5)
    scores = np.round(rng.uniform(20, 80, 240), 1)
    units = np.repeat(np.arange(12), 20)
    for told in (False, True):
        rows = [
            {"respondent": f"p{at}", "X": str(score)} | ({"unit": str(unit)} if told else {})
            for at, (score, unit) in enumerate(zip(scores, units, strict=True))
        ]
        done = pipeline.scored(pipeline.Gathered(fw, from_rows(fw, rows), None)).result.overall
        found = done.indicators["x"].interval  # type: ignore[union-attr]
        simulated = in_units(scores - 50, units, 1.0) if told else one_by_one(scores)
        simulated = (simulated[0] + 50, simulated[1] + 50) if told else simulated
        assert found is not None
        assert np.allclose(found, simulated, atol=1e-3), (found, simulated)


def table(head: Sequence[str], rows: Iterator[object], show: Callable[[str], None] = print) -> None:
    show("| " + " | ".join(head) + " |")
    show("|" + " --- |" * len(head))
    for row in rows:
        print(row, flush=True)
    show("")


def main(draws: int) -> None:
    check()
    head = ("mean of scores that are", "respondents", "interval holds it", "width")
    table(head, means(draws))
    table(head, clusters(draws))
    table(("share", "respondents", "interval holds it", "width in %"), shares(draws))
    head = ("scenario", "respondents", "drawn", "interval holds the membership", "wrong verdict", "undetermined")
    table(head, memberships(draws))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
