"""How long it takes from the command to the first question, beside a bare Textual app that shows one line of text.

Both run in a real pseudo terminal, in fresh processes and in turn, so that a machine whose speed drifts slows both
alike. What counts is the moment at which an option of the question has been painted, or the line of text. The ratio is
the median of those pair by pair; the least is that of the best times of both, which other work disturbs least.

    python benchmarks/first_question.py [--pairs 15] [--only NAME …]
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pseudo_terminal import PseudoTerminal, keep_bytecode, load
from side_by_side import machine

READINESS = str(Path(sys.executable).parent / "readiness")
BAR = 1.6
PATIENCE = 30.0  # seconds
BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("Executive")

Bare().run()
"""
ROLE = "Executive"  # an option of what is asked first where no role is given
TAKEN_UP = "Pas du tout"  # where the unfinished interview of the demo, a French one, goes on


@dataclass(frozen=True)
class Way:
    """A way to begin an interview. where: a new journal, or the demo's folder. seen: an option shown first."""

    name: str
    where: str
    options: tuple[str, ...]
    seen: str


def ways(option: str) -> list[Way]:
    """Every way that is measured. option: of the first question that is put to a manager."""
    return [
        Way("full screen", "new.jsonl", (), ROLE),
        Way("full screen, --role manager", "new.jsonl", ("--role", "manager"), option),
        Way("full screen, --adaptive --role manager", "new.jsonl", ("--adaptive", "--role", "manager"), option),
        Way("full screen, new in an engagement", "demo", ("--new",), ROLE),
        Way("full screen, taken up in an engagement", "demo", (), TAKEN_UP),
        Way("plain", "new.jsonl", ("--plain",), ROLE),
        Way("plain, --role manager", "new.jsonl", ("--plain", "--role", "manager"), option),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pairs", type=int, default=15, help="of each, after one that is not counted")
    parser.add_argument("--only", nargs="+", default=None, metavar="NAME", help="ways whose name holds one of these")
    options = parser.parse_args()
    print(f"{machine()}; {load()}\n")
    print(f"{'':42}{'ours':>8} {'bare':>8} {'ratio':>8} {'least':>8}   bar {BAR} ×")
    failed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keep_bytecode(folder / "bytecode")
        bare = folder / "bare.py"
        bare.write_text(BARE)
        subprocess.run([READINESS, "demo", str(folder / "demo")], check=True, capture_output=True)
        for way in ways(first_option()):
            if options.only is None or any(part in way.name for part in options.only):
                failed |= show(way, folder, [sys.executable, str(bare)], options.pairs) > BAR
    print(f"\n{load()}")
    return 1 if failed else 0


def show(way: Way, folder: Path, bare: Sequence[str], pairs: int) -> float:
    """One line of the table; the median of the ratios pair by pair."""
    times = [(first_question(way, folder), painted(bare, ROLE)) for _ in range(pairs + 1)][1:]
    ratio = statistics.median(ours / theirs for ours, theirs in times)
    ours, theirs = (statistics.median(column) for column in zip(*times, strict=True))
    least = min(ours for ours, _ in times) / min(theirs for _, theirs in times)
    print(f"{way.name:42}{ours * 1000:5.0f} ms {theirs * 1000:5.0f} ms {ratio:6.2f} × {least:6.2f} ×", flush=True)
    return ratio


def first_question(way: Way, folder: Path) -> float:
    """Seconds from the command to the first question of a new interview, which is thrown away."""
    before = set(folder.glob("**/*.jsonl"))
    try:
        return painted([READINESS, "interview", str(folder / way.where), *way.options], way.seen)
    finally:
        for path in set(folder.glob("**/*.jsonl")) - before:
            path.unlink()


def painted(command: Sequence[str], text: str) -> float:
    """Seconds from a command to the moment at which a text stands on its screen. Raises TimeoutError."""
    with PseudoTerminal(command) as terminal:
        came = terminal.wait(lambda: text in str(terminal.painted), time.perf_counter() + PATIENCE)
        if came is None:
            raise TimeoutError(f"{' '.join(command)} has not painted {text!r}, but\n{terminal.painted}")
        return came - terminal.began


def first_option() -> str:
    """The first option of the first question that is put to a manager."""
    from readiness.framework.catalogue import DEFAULT, find
    from readiness.framework.loading import load as load_framework
    from readiness.interview.conversation import begin
    from readiness.interview.questions import questions_of
    from readiness.responses.journal import Contents

    framework = load_framework(find(DEFAULT))
    questions = questions_of(framework, "full", frozenset({"role"}), items_only=False, with_context=False)
    first = begin(questions, frozenset(framework.context), {"role": "manager"}, Contents("en")).current
    assert first is not None
    return first.choices[0].label.in_("en")


if __name__ == "__main__":
    sys.exit(main())
