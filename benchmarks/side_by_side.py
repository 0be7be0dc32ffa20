"""Whole processes timed in turn, A B A B …, so that a machine whose speed drifts slows both alike."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

Command = Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """Medians of a pair of commands (seconds), and the median of the ratios pair by pair."""

    ours: float
    theirs: float
    ratio: float


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, its processor seconds, its greatest resident memory (MB), its exit code.

    others: how many cores everything else on the machine used meanwhile; None where that cannot be told.
    """

    seconds: float
    cpu: float
    peak: float
    status: int
    others: float | None


def measured(command: Command, out: Path | None = None, err: Path | None = None) -> Run:
    """One run of a command, its output thrown away or written to files.

    Before a child becomes another program, what this process holds counts as its memory: this one has to stay small.
    """
    with (out or Path(os.devnull)).open("wb") as stdout, (err or Path(os.devnull)).open("wb") as stderr:
        busy, began = _busy(), time.perf_counter()
        child = subprocess.Popen(command, stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(child.pid, 0)
        seconds, busy_since = time.perf_counter() - began, _busy()
    child.returncode = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, (busy_since - busy - cpu) / seconds) if busy is not None and busy_since is not None else None
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    return Run(seconds, cpu, usage.ru_maxrss * unit / 1e6, child.returncode, others)


def _busy() -> float | None:
    """Processor seconds that the machine has spent so far, on all cores; only Linux tells."""
    stat = Path("/proc/stat")
    if not stat.exists():
        return None
    user, nice, system, _idle, _wait, irq, soft, steal, *_ = map(int, stat.read_text().split("\n", 1)[0].split()[1:])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def run(command: Command) -> float:
    """Wall seconds of one run, its output thrown away."""
    return measured(command).seconds


def compare(ours: Command, theirs: Command, pairs: int = 15) -> Comparison:
    """Time two commands in turn, after a warm-up of each."""
    run(ours), run(theirs)
    times = [(run(ours), run(theirs)) for _ in range(pairs)]
    return Comparison(
        statistics.median(a for a, _ in times),
        statistics.median(b for _, b in times),
        statistics.median(a / b for a, b in times),
    )


def busy(runs: Sequence[Run]) -> str:
    """How much of the machine others took meanwhile."""
    others = [run.others for run in runs if run.others is not None]
    if not others:
        return "How busy the machine was meanwhile cannot be told here."
    median, cores = statistics.median(others), os.cpu_count()
    return f"Other processes took {median:.1f} of {cores} cores meanwhile (median; {max(others):.1f} at most)."


def machine() -> str:
    """What all this was measured on."""
    model = platform.processor() or platform.machine()
    cpuinfo, meminfo = Path("/proc/cpuinfo"), Path("/proc/meminfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().split("\n") if "model name" in line]
        model = names[0] if names else model
    memory = f", {int(meminfo.read_text().split()[1]) / 1e6:.0f} GB" if meminfo.exists() else ""
    versions = [f"{name} {found}" for name in ("polars", "duckdb", "pandas", "pyarrow") if (found := version(name))]
    python_ = f"Python {platform.python_version()}"
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()}; {', '.join([python_, *versions])}"


def version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
