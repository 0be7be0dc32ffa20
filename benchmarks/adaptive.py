"""How many questions it takes until every scenario is settled: what settles most first, in order, or at random.

    python benchmarks/adaptive.py [--people 500] [--processes 2] [--only demo random]

Interviews of the full form are held with simulated people, by the code that holds real ones. *Demo* are people of the
demo's company, of all its units and roles; *random* are people of all roles who choose among the options as with a
die. A scenario is settled when no question that could still be asked would change its verdict: that is where an
adaptive interview stops, and of another one so many answers are enough for it to stop, had it been adaptive.
Everybody's verdicts at that point are compared with those of the whole interview.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from side_by_side import machine
from tables import table

if TYPE_CHECKING:
    from readiness.interview.adaptive import Guide
    from readiness.interview.conversation import Choose, Conversation
    from readiness.responses.journal import Value
    from readiness.scoring.probing import Probe

KINDS = ("demo", "random")
IN_ORDER, AT_RANDOM, ADAPTIVE, PRIOR = ORDERS = ("in order", "at random", "adaptive", "adaptive, --prior")
SEED = 1
PORTION = 10  # people that a process takes at once


@dataclass(frozen=True)
class Interviewee:
    """Somebody, and what they would answer to every item."""

    kind: str
    role: str
    answers: Mapping[str, Value]
    seed: str


@dataclass(frozen=True)
class Found:
    """How many answers settled everything, by order, and how many were given in all; whose verdicts were others."""

    kind: str
    role: str
    asked: int
    settled: Mapping[str, int]
    differ: frozenset[str] = field(default_factory=frozenset)


# People


def people(kind: str, count: int) -> Iterator[Interviewee]:
    """So many people, always the same."""
    yield from (_of_the_demo if kind == "demo" else _at_random)(count)


def _of_the_demo(count: int) -> Iterator[Interviewee]:
    """Unit by unit and role by role in turn; *don't know* and *not applicable* as often as in the unit's survey."""
    from readiness.demo.drawing import Person, ladders_of
    from readiness.demo.profile import Gaps, read_profile
    from readiness.framework.catalogue import DEFAULT, find
    from readiness.framework.loading import load

    framework, profile = load(find(DEFAULT)), read_profile()
    ladders, kinds = ladders_of(framework), [(unit, role) for unit in profile.units for role in profile.roles]
    for number in range(count):
        name, role = kinds[number % len(kinds)]
        unit, seed = profile.units[name], f"{SEED} demo {number}"
        person = Person(random.Random(seed), profile.spread, profile.roles[role])
        gaps = Gaps(dk=unit.missing.dk, na=unit.missing.na)
        answers: dict[str, Value] = {}
        for indicator in framework.indicators.values():
            mean = profile.mean(indicator, unit.means)
            for id_, item in indicator.items.items():
                answer = person.answer(indicator, item, ladders, mean, gaps)
                assert answer is not None  # nothing is left empty
                answers[id_] = answer
        yield Interviewee("demo", role, answers, seed)


def _at_random(count: int) -> Iterator[Interviewee]:
    from readiness.framework.catalogue import DEFAULT, find
    from readiness.framework.loading import load
    from readiness.interview.questions import ROLE, questions_of

    framework = load(find(DEFAULT))
    questions = questions_of(framework, items_only=True)
    roles = list(framework.context[ROLE].options or {})
    for number in range(count):
        seed = f"{SEED} random {number}"
        rng = random.Random(seed)
        answers = {question.id: rng.choice(question.choices).value for question in questions}
        yield Interviewee("random", roles[number % len(roles)], answers, seed)


# Interviews


class Interviewer:
    """Holds interviews with the shipped framework, in every order."""

    def __init__(self, prior: Path) -> None:
        """prior: earlier responses, for the order that expects what was answered before."""
        from readiness.framework.catalogue import DEFAULT, find
        from readiness.framework.loading import load
        from readiness.interview.adaptive import Guide
        from readiness.interview.priors import read_prior
        from readiness.interview.questions import questions_of
        from readiness.scoring.probing import Probe

        self.framework = load(find(DEFAULT))
        self.probe: Probe = Probe(self.framework)
        self.guide: Guide = Guide(self.framework, self.probe)
        self.expecting: Guide = Guide(self.framework, self.probe, read_prior(self.framework, prior))
        self.questions = questions_of(self.framework, items_only=True)

    def found(self, somebody: Interviewee) -> Found:
        """What all interviews with one person came to."""
        from readiness.interview.conversation import in_order

        rng = random.Random(f"{somebody.seed} order")
        whole = self._held(somebody, in_order)
        shuffled = self._held(somebody, lambda now: rng.choice(now.pending).id if now.pending else None)
        short = {name: self._held(somebody, guide.choose) for name, guide in self._guides().items()}
        told = self._verdicts(whole)
        return Found(
            somebody.kind,
            somebody.role,
            len(whole.contents.trail),
            {
                IN_ORDER: self._enough(somebody, whole.contents.trail),
                AT_RANDOM: self._enough(somebody, shuffled.contents.trail),
                **{name: len(conversation.contents.trail) for name, conversation in short.items()},
            },
            frozenset(name for name, conversation in short.items() if self._verdicts(conversation) != told),
        )

    def _guides(self) -> dict[str, Guide]:
        return {ADAPTIVE: self.guide, PRIOR: self.expecting}

    def _begun(self, somebody: Interviewee, choose: Choose, answered: Sequence[str] = ()) -> Conversation:
        from readiness.interview.conversation import begin
        from readiness.responses.journal import INTERVIEWEE, Contents, Event

        given = [Event("answer", item=id_, source=INTERVIEWEE, value=somebody.answers[id_]) for id_ in answered]
        keys, context = frozenset(self.framework.context), {"role": somebody.role}
        return begin(self.questions, keys, context, Contents("en").after(*given), choose)

    def _held(self, somebody: Interviewee, choose: Choose) -> Conversation:
        """An interview until nothing more is asked."""
        from readiness.interview.conversation import step
        from readiness.interview.moves import Answer

        conversation = self._begun(somebody, choose)
        while conversation.at is not None:
            conversation = step(conversation, Answer(somebody.answers[conversation.at]), choose)
        return conversation

    def _enough(self, somebody: Interviewee, asked: Sequence[str]) -> int:
        """How many of these answers settle everything: what is settled stays so, whatever else is answered."""

        def settled(count: int) -> bool:
            return self._begun(somebody, self.guide.choose, asked[:count]).at is None

        return bisect_left(range(len(asked)), True, key=settled)

    def _verdicts(self, conversation: Conversation) -> dict[str, str]:
        said = {**conversation.context, **conversation.contents.answers}
        return {id_: outlook.verdict for id_, outlook in self.probe.standing(said).scenarios.items()}


_interviewer: list[Interviewer] = []  # of this process


def _ready(prior: Path) -> None:
    _interviewer.append(Interviewer(prior))


def _found(some: Sequence[Interviewee]) -> list[Found]:
    return [_interviewer[0].found(somebody) for somebody in some]


def found(everybody: Sequence[Interviewee], prior: Path, processes: int) -> Iterator[Found]:
    """What the interviews with everybody came to."""
    portions = [everybody[place : place + PORTION] for place in range(0, len(everybody), PORTION)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_ready, initargs=(prior,)) as pool:
        for place, results in enumerate(pool.map(_found, portions), start=1):
            if sys.stderr.isatty():
                print(f"\r{place * PORTION} of {len(everybody)}", end="", file=sys.stderr, flush=True)
            yield from results


def earlier(folder: Path) -> Path:
    """The demo's survey in English, as the earlier responses."""
    from readiness.demo.profile import read_profile
    from readiness.demo.survey import written
    from readiness.framework.catalogue import DEFAULT, find
    from readiness.framework.loading import load

    path = folder / "survey-en.csv"
    path.write_bytes(written(load(find(DEFAULT)), read_profile())[path.name])
    return path


# What is told


def quartiles(counts: Iterable[int]) -> str:
    """Median, and the middle half."""
    low, middle, high = statistics.quantiles(counts, n=4, method="inclusive")
    return f"{middle:.0f} ({low:.0f}–{high:.0f})"


def of_orders(results: Sequence[Found]) -> list[list[str]]:
    """A line an order: how many answers it took, and beside the order of the questionnaires."""
    usual = statistics.median(result.settled[IN_ORDER] for result in results)
    lines = []
    for order in ORDERS:
        counts = [result.settled[order] for result in results]
        share = statistics.median(counts) / usual
        differ = sum(order in result.differ for result in results)
        same = f"{len(results) - differ} of {len(results)}" if order in (ADAPTIVE, PRIOR) else ""
        lines.append([results[0].kind, order, quartiles(counts), f"{share:.2f} ×", same])
    return lines


def of_roles(results: Sequence[Found]) -> list[list[str]]:
    """A line a role."""
    lines = []
    for role in dict.fromkeys(result.role for result in results):
        own = [result for result in results if result.role == role]
        asked = quartiles(result.asked for result in own)
        lines.append([own[0].kind, role, str(len(own)), asked, *_by_order(own)])
    return lines


def _by_order(results: Sequence[Found]) -> list[str]:
    return [quartiles(result.settled[order] for result in results) for order in ORDERS]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--people", type=int, default=500, help="of each kind")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--only", nargs="+", choices=KINDS, default=KINDS)
    options = parser.parse_args()
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a process works on one interview at a time
    began = time.perf_counter()
    everybody = [somebody for kind in options.only for somebody in people(kind, options.people)]
    with tempfile.TemporaryDirectory() as folder:
        results = list(found(everybody, earlier(Path(folder)), options.processes))
    kinds = [[result for result in results if result.kind == kind] for kind in options.only]
    print(f"\n{machine()}; {(time.perf_counter() - began) / 60:.0f} minutes\n")
    head = ["people", "order", "questions until all is settled", "to in order", "the same verdicts"]
    print(table(head, [line for some in kinds for line in of_orders(some)], words=2))
    print("\nQuestions until all is settled, by role: median, and the middle half\n")
    print(
        table(["people", "role", "n", "whole", *ORDERS], [line for some in kinds for line in of_roles(some)], words=2)
    )
    differ = Counter(order for result in results for order in result.differ)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
