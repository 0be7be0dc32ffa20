"""Whole processes timed in turn, A B A B …, so that a machine whose speed drifts slows both alike."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass

Command = Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """Medians of a pair of commands (seconds), and the median of the ratios pair by pair."""

    ours: float
    theirs: float
    ratio: float


def run(command: Command) -> float:
    """Wall seconds of one run, its output thrown away."""
    began = time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ)
    return time.perf_counter() - began


def compare(ours: Command, theirs: Command, pairs: int = 15) -> Comparison:
    """Time two commands in turn, after a warm-up of each."""
    run(ours), run(theirs)
    times = [(run(ours), run(theirs)) for _ in range(pairs)]
    return Comparison(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(a / b for a, b in times),
    )
