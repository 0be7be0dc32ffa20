"""How long an interview takes between an answer and the next question, without any screen.

    python benchmarks/interview.py --latency [--interviews 3]

Whole interviews of the shipped framework's full form, by people of every role who answer at random. What counts is one
move of the sitting: the answer synced to the disk, and the next question worked out. What comes before the first
question, loading the engine among it, is told apart.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from side_by_side import machine
from tables import table

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.interview.order import Order

BAR = 0.05  # seconds, of the 95th percentile in adaptive order; drawing takes its part of it


class Unguarded:
    """Nobody interrupts."""

    def held(self) -> AbstractContextManager[None]:
        return nullcontext()


@dataclass
class Times:
    """Seconds from an answer to the next question, and from the beginning of each interview to its first."""

    moves: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)  # of the same, on all cores: the same however busy the machine is
    first: list[float] = field(default_factory=list)

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.moves, n=20, method="inclusive")[-1]

    def cells(self, order: str) -> list[str]:
        """A line of the table."""
        seconds = [statistics.median(self.moves), self.late, max(self.moves)]
        seconds += [statistics.median(self.cpu), statistics.median(self.first)]
        return [order, str(len(self.first)), str(len(self.moves)), *(f"{1000 * figure:.1f}" for figure in seconds)]


def held(framework: Framework, path: Path, role: str, order: Order, rng: random.Random, times: Times) -> None:
    """One interview, from its first question to where nothing more is asked."""
    from readiness.interview.journal import now
    from readiness.interview.moves import Answer
    from readiness.interview.opening import Arrangement, opened

    arranged = Arrangement(framework, path, {"role": role}, order=order)
    journal = opened(arranged, now)
    with journal.writer:
        began = time.perf_counter()
        sitting = journal.sitting(arranged, Unguarded(), items_only=True)
        sitting.reach()
        times.first.append(time.perf_counter() - began)
        while (question := sitting.conversation.current) is not None:
            answer = Answer(rng.choice(question.choices).value)
            began, busy = time.perf_counter(), time.process_time()
            sitting.make(answer)
            times.moves.append(time.perf_counter() - began)
            times.cpu.append(time.process_time() - busy)


def latency(interviews: int, seed: int) -> bool:
    """The table; whether the bar is kept."""
    from readiness.framework.catalogue import DEFAULT, find
    from readiness.framework.loading import load
    from readiness.interview.order import Order

    framework = load(find(DEFAULT))
    roles = list(framework.context["role"].options or {})
    orders = {"adaptive": Order(adaptive=True), "in order": Order(adaptive=False)}
    measured = {name: Times() for name in orders}
    for number in range(interviews):
        for role in roles:
            for name, order in orders.items():
                with tempfile.TemporaryDirectory() as folder:
                    path = Path(folder) / "a.jsonl"
                    rng = random.Random(f"{seed} {number} {role}")
                    held(framework, path, role, order, rng, measured[name])
    head = ["order", "interviews", "answers", "median ms", "p95 ms", "most ms", "CPU ms", "to the first question, ms"]
    print(table(head, [times.cells(name) for name, times in measured.items()]))
    return measured["adaptive"].late <= BAR


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--latency", action="store_true", help="from an answer to the next question")
    parser.add_argument("--interviews", type=int, default=3, help="of each role, in each order")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.latency:
        parser.error("say what to measure: --latency")
    print(f"{machine()}; {os.getloadavg()[0]:.1f} processes at work in the minute before\n")
    kept = latency(options.interviews, options.seed)
    print(f"\nBar of p95 in adaptive order: {BAR * 1000:.0f} ms")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
