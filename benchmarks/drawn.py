"""How long the full screen takes from the key of an answer to the next question.

    python benchmarks/drawn.py [--interviews 3] [--pauses 0 0.15 0.5]

Whole interviews with the shipped framework, by a manager who answers at random, in a real pseudo terminal: in adaptive
order and in that of the questionnaires. What counts is the moment at which the number of the question changes: where
more than that is drawn anew, it is there in the same go. Keys come as soon as the question is drawn, or a pause after
it; the panel at the right is drawn once no key has come for 0.12 seconds, so that a pause of 0.15 meets it.

The first answer waits for whatever is still being loaded, and is told apart. Questions that are answered in words are
answered, but not counted.
"""

from __future__ import annotations

import argparse
import functools
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pseudo_terminal import Painted, PseudoTerminal, keep_bytecode, load, place
from side_by_side import machine

READINESS = str(Path(sys.executable).parent / "readiness")
BAR = 0.05  # seconds, of the 95th percentile
DRAWN = 0.005  # seconds without more, after which all of a question is there
PATIENCE = 20.0  # seconds after which an interview hangs
OPTION = re.compile(r"(\d+|d|n) [○◉] ")
ORDERS = {"adaptive": ("--adaptive",), "in order": ()}


@dataclass
class Times:
    """Seconds from an answer's key to the next question, over several interviews; the first ones of each apart."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)
    interviews: int = 0

    def __str__(self) -> str:
        ordered = sorted(self.later)
        middle, most = statistics.median(ordered) * 1000, ordered[-1] * 1000
        return (
            f"{self.interviews:10} {len(ordered):8} {middle:7.1f} ms {self.late * 1000:7.1f} ms {most:7.1f} ms "
            f"{statistics.median(self.first) * 1000:7.0f} ms"
        )

    @property
    def late(self) -> float:
        """The 95th percentile."""
        return statistics.quantiles(self.later, n=100, method="inclusive")[94]


class Interview:
    """One interview, from its first question to its end."""

    def __init__(self, journal: Path, options: Sequence[str], chance: random.Random) -> None:
        self._terminal = PseudoTerminal([READINESS, "interview", str(journal), "--role", "manager", *options])
        self._chance = chance

    def hold(self, pause: float, times: Times) -> None:
        """Answers everything. Raises TimeoutError where nothing follows an answer, RuntimeError at a bad end."""
        with self._terminal as terminal:
            self._expect(lambda: place(terminal.painted) is not None, "question")
            answered = 0
            while not at_the_end(terminal.painted):
                self._rest(pause)
                while terminal.read(time.perf_counter() + DRAWN) is not None:
                    pass
                keys = [match[1] for match in OPTION.finditer(str(terminal.painted))]
                if not any(key.isdigit() for key in keys):
                    self._words()
                    continue
                before = place(terminal.painted)
                key = self._chance.choice([key for key in keys if key.isdigit()] * 5 + keys)
                sent = terminal.send(key)
                came = self._expect(functools.partial(self._went_on, before), f"answer to {key}")
                if not at_the_end(terminal.painted):
                    (times.later if answered else times.first).append(came - sent)
                answered += 1
            terminal.send("\r")
            terminal.drain(PATIENCE)
            if terminal.ended():
                raise RuntimeError(f"exit code {terminal.status}\n{terminal.written[-3000:].decode(errors='replace')}")
        times.interviews += 1

    def _went_on(self, before: str | None) -> bool:
        painted = self._terminal.painted
        return at_the_end(painted) or place(painted) not in (None, before)

    def _words(self) -> None:
        """Answers in words, or with a number."""
        before = place(self._terminal.painted)
        self._rest(0.3)  # the field opens after the question
        self._terminal.send("3\r")
        self._expect(lambda: self._went_on(before), "answer in words")

    def _rest(self, seconds: float) -> None:
        """Lets time pass; what is painted meanwhile is read as a terminal would."""
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self._terminal.read(until)

    def _expect(self, seen: Callable[[], bool], what: str) -> float:
        came = self._terminal.wait(seen, time.perf_counter() + PATIENCE)
        if came is None:
            raise TimeoutError(f"no {what} within {PATIENCE:.0f} s\n{self._terminal.painted}")
        return came


def at_the_end(painted: Painted) -> bool:
    """Whether everything is asked."""
    return "Finish the interview" in str(painted)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--interviews", type=int, default=3, help="of each kind")
    parser.add_argument("--pauses", type=float, nargs="+", default=[0, 0.15, 0.5], metavar="SECONDS")
    parser.add_argument("--only", nargs="+", choices=list(ORDERS), default=list(ORDERS))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(f"{machine()}; {load()}\n")
    print(f"{'':22}{'interviews':>10} {'answers':>8} {'median':>10} {'p95':>10} {'most':>10} {'first':>10}", end="")
    print(f"   bar of p95: {BAR * 1000:.0f} ms")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        keep_bytecode(Path(name) / "bytecode")
        for order in options.only:
            for pause in options.pauses:
                times, chance = Times(), random.Random(options.seed)
                for number in range(options.interviews):
                    journal = Path(name) / f"{order}-{pause}-{number}.jsonl"
                    Interview(journal, ORDERS[order], chance).hold(pause, times)
                print(f"{order + (f', pauses of {pause:g} s' if pause else ', at once'):22}{times}", flush=True)
                failed |= times.late > BAR
    print(f"\n{load()}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
