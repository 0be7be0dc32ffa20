"""Interviews killed as by `kill -9` at random moments: what they had acknowledged has to be in the journal.

    python benchmarks/kills.py [--runs 500] [--only screen plain] [--seed 1]

The full screen runs in a real pseudo terminal, the plain interview through a pipe. Every journal has five sittings that
are killed, two of them while they come up; each takes up what the one before has left. A sixth has to come up with
nothing amiss but, at most, a torn last line, and is left in order. At whatever question a sitting stands, it is
answered, gone back to, given a note, answered otherwise, gone back to again, and so on.

An entry is acknowledged when the plain interview asks for the next one; on the full screen, when it says that it is
kept or another question is painted, even where that was read only after the kill.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

from pseudo_terminal import PseudoTerminal, keep_bytecode, load, place
from side_by_side import machine

sys.path.insert(0, str(Path(__file__).parent.parent))

from readiness.faults import ResponseError
from readiness.responses.journal import Value, read_journal
from tests.interview.small import write

PATIENCE = 30.0  # seconds after which a sitting is stuck
LONGEST = 0.7  # seconds after the first question within which a sitting is killed
# Which sittings of a journal are killed while they come up. One that goes on leads a question further, and the fifth
# question is answered in words: there may be four of those.
COMING_UP = (False, True, False, True, False)
LABELS = {4: "Often", 5: "Always"}

Seen = Callable[[], bool]


@dataclass(frozen=True)
class Step:
    """Something typed, and whether what follows it has been seen."""

    keys: str
    seen: Seen


class Held(Protocol):
    """An interview that is being held, by a process that can be killed."""

    began: float

    def is_up(self) -> bool:
        """Whether its first question has been seen."""

    def steps(self, value: int | str | None) -> list[Step]:
        """How to enter an answer, a note, or (None) the way back. It is entered by the last step."""

    def send(self, keys: str) -> None:
        """Types something; nothing happens if nobody reads it any more."""

    def wait(self, seen: Seen, until: float) -> bool:
        """Reads what is shown until something has been seen; False if it has not been by then or cannot be any more."""

    def kill(self) -> None:
        """At once. What was shown before can still be seen afterwards."""

    def left(self) -> int:
        """Waits for its end; the exit code."""


class Screen:
    """On the full screen."""

    name: ClassVar[str] = "full screen"
    options: ClassVar[tuple[str, ...]] = ()

    def __init__(self, command: Sequence[str]) -> None:
        self._terminal = PseudoTerminal(command)
        self.began = self._terminal.began

    def is_up(self) -> bool:
        return place(self._terminal.painted) is not None

    def steps(self, value: int | str | None) -> list[Step]:
        painted = self._terminal.painted
        before = place(painted)

        def moved() -> bool:
            return place(painted) not in (None, before)

        if value is None:
            return [Step("b", moved)]
        if isinstance(value, int):
            return [Step(str(value), lambda: moved() or f"Kept: {value} {LABELS[value]}" in painted.rows)]
        opened = Step("+", lambda: "A note on this question" in str(painted))
        return [opened, Step(f"{value}\r", lambda: "Note kept." in painted.rows)]

    def send(self, keys: str) -> None:
        self._terminal.send(keys)

    def wait(self, seen: Seen, until: float) -> bool:
        return self._terminal.wait(seen, until) is not None

    def kill(self) -> None:
        self._terminal.kill()
        self._terminal.drain()
        self._terminal.close()

    def left(self) -> int:
        self._terminal.drain(PATIENCE)
        self._terminal.close()
        return self._terminal.ended()


class Plain:
    """Line by line, through a pipe."""

    name: ClassVar[str] = "plain"
    options: ClassVar[tuple[str, ...]] = ("--plain",)

    def __init__(self, command: Sequence[str]) -> None:
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._entering, self._shown = self._process.stdin, self._process.stdout
        self._said = b"\n"  # since something was entered

    def is_up(self) -> bool:
        return self._said.endswith(b"\n> ")

    def steps(self, value: int | str | None) -> list[Step]:
        entry = "b" if value is None else f"+ {value}" if isinstance(value, str) else str(value)
        return [Step(f"{entry}\n", self.is_up)]

    def send(self, keys: str) -> None:
        self._said = b""
        try:
            self._entering.write(keys.encode())
        except BrokenPipeError:
            return

    def wait(self, seen: Seen, until: float) -> bool:
        while not seen():
            if not select.select([self._shown], [], [], max(0.0, until - time.perf_counter()))[0]:
                return False
            written = os.read(self._shown.fileno(), 65_536)
            if not written:
                return False
            self._said += written
        return True

    def kill(self) -> None:
        self._process.kill()
        self._end()

    def left(self) -> int:
        self._end()
        return self._process.returncode

    def _end(self) -> None:
        self.wait(lambda: False, time.perf_counter() + PATIENCE)
        self._process.wait()
        self._entering.close()
        self._shown.close()


@dataclass
class Told:
    """What became of all sittings in one form.

    lost: entries that were acknowledged, or found after an earlier kill, and are not in the journal. foreign: what
    stands there and was never entered there. stuck: sittings that did not come up, go on, or end in order. ups: seconds
    until the first question.
    """

    runs: int = 0
    coming_up: int = 0
    sent: int = 0
    acknowledged: int = 0
    lost: int = 0
    foreign: int = 0
    torn: int = 0
    journals: int = 0
    stuck: list[str] = field(default_factory=list)
    ups: list[float] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        return bool(self.lost or self.foreign or self.stuck)

    def __str__(self) -> str:
        return (
            f"{self.runs} kills ({self.coming_up} while coming up) in {self.journals} journals; of {self.sent} entries "
            f"{self.acknowledged} acknowledged, {self.lost} lost, {self.foreign} foreign; {self.torn} torn ends, "
            f"{len(self.stuck)} stuck"
        )


Kept = list[tuple[str | None, Value | None]]  # item, and its answer or note


@dataclass
class Entered:
    """What was entered in one sitting, how much of it was acknowledged, and what would acknowledge all of it."""

    values: list[int | str] = field(default_factory=list)
    acknowledged: int = 0
    awaited: Seen = lambda: False


class Killed:
    """One journal, and the sittings that are killed over it."""

    def __init__(self, form: type[Screen] | type[Plain], folder: Path, framework: Path, told: Told) -> None:
        self._form = form
        self._path = folder / f"{form.__name__.lower()}-{told.journals}.jsonl"
        self._told = told
        interview = ["-m", "readiness", "interview", str(self._path), "--framework", str(framework)]
        self._command = [sys.executable, *interview, "--role", "manager", *form.options]
        self._kept: Kept = []
        self._notes = itertools.count()
        told.journals += 1

    def sit(self, seconds: float, coming_up: bool) -> None:
        """A sitting killed so long after its first question; coming_up: after its beginning, or at its first question.

        Then the journal is compared with what was entered.
        """
        told, held, entered = self._told, self._form(self._command), Entered()
        told.runs += 1
        told.coming_up += coming_up
        up = held.wait(held.is_up, held.began + (seconds if coming_up else PATIENCE))
        now = time.perf_counter()
        if up:
            told.ups.append(now - held.began)
        elif not coming_up:
            self._stuck("does not come up")
        if up and not coming_up:
            self._go_on(held, now + seconds, entered)
        held.kill()
        if entered.awaited():
            entered.acknowledged = len(entered.values)
        self._compare(entered)

    def _go_on(self, held: Held, until: float, entered: Entered) -> None:
        """Enters one thing after the other until it is time."""
        for kind in itertools.cycle([4, None, "note", 5, None]):
            value = f"é œ € {next(self._notes)}" if isinstance(kind, str) else kind
            *before, last = held.steps(value)
            for step in before:
                held.send(step.keys)
                if not held.wait(step.seen, until):
                    return
            held.send(last.keys)
            entered.values += [] if value is None else [value]
            entered.awaited = last.seen
            if not held.wait(last.seen, until):
                return
            entered.acknowledged = len(entered.values)

    def close(self) -> None:
        """The last sitting: it has to come up, and is left in order."""
        held = self._form(self._command)
        if not held.wait(held.is_up, held.began + PATIENCE):
            held.kill()
            self._stuck("does not come up in the end")
            return
        held.send("q\n" if self._form is Plain else "q")
        code = held.left()
        if code:
            self._stuck(f"ends with {code}")
        torn = self._told.torn
        self._compare(Entered())
        if self._told.torn > torn:
            self._stuck("still has a torn end after it was taken up")

    def _compare(self, entered: Entered) -> None:
        told, before, sent = self._told, self._kept, entered.values
        kept = self._read()
        fresh = kept[len(before) :]
        told.sent += len(sent)
        told.acknowledged += entered.acknowledged
        told.lost += sum(one != other for one, other in itertools.zip_longest(before, kept[: len(before)]))
        told.lost += max(0, entered.acknowledged - len(fresh))
        # What was entered last may be kept or not. All of a sitting belongs to the question at which it began.
        foreign = [found for (_, found), value in zip(fresh, sent, strict=False) if found != value]
        told.foreign += len(foreign) + max(0, len(fresh) - len(sent)) + max(0, len({item for item, _ in fresh}) - 1)
        self._kept = kept

    def _read(self) -> Kept:
        if not self._path.exists():
            return []
        try:
            journal = read_journal(self._path)
        except ResponseError as error:
            self._stuck(str(error))
            return []
        torn = [problem for problem in journal.problems if "last line" in problem.what]
        self._told.torn += len(torn)
        if len(torn) < len(journal.problems):
            self._stuck("; ".join(str(problem) for problem in journal.problems))
        events = [event for event in journal.events if event.event in ("answer", "note")]
        return [(event.item, event.note if event.event == "note" else event.value) for event in events]

    def _stuck(self, what: str) -> None:
        self._told.stuck.append(f"{self._path.name} {what}")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=500, help="kills in each form")
    parser.add_argument("--only", nargs="+", choices=("screen", "plain"), default=("screen", "plain"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the journals, which are thrown away otherwise")
    options = parser.parse_args()
    print(f"{machine()}; {load()}")
    told = []
    with tempfile.TemporaryDirectory() as name:
        folder = options.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        keep_bytecode(Path(name) / "bytecode")
        framework = write(Path(name) / "small")
        for form in (Screen, Plain):
            if form.__name__.lower() in options.only:
                told.append(killed(form, folder, framework, options.runs, random.Random(options.seed)))
    print(load())
    return 1 if any(each.failed for each in told) else 0


def killed(form: type[Screen] | type[Plain], folder: Path, framework: Path, runs: int, chance: random.Random) -> Told:
    """So many kills in one form, and what became of them."""
    told, began = Told(), time.perf_counter()
    while told.runs < runs:
        journal = Killed(form, folder, framework, told)
        for coming_up in COMING_UP[: runs - told.runs]:
            usual = statistics.median(told.ups) if told.ups else 1.0
            journal.sit(chance.uniform(0, usual if coming_up else LONGEST), coming_up)
        journal.close()
        print(
            f"\r{form.name}: {told.runs} kills, {told.acknowledged} acknowledged, {told.lost} lost", end="", flush=True
        )
    print(
        f"\r{form.name}: {told}; first question after {statistics.median(told.ups):.2f} s (median); "
        f"{time.perf_counter() - began:.0f} s"
    )
    for what in told.stuck:
        print(f"  {what}")
    return told


if __name__ == "__main__":
    sys.exit(main())
