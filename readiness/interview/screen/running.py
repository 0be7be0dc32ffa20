"""Running the full screen: signals, the terminal before and after, and what is said once it is left."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from threading import Timer
from typing import TYPE_CHECKING

from readiness.endings import ENDING
from readiness.faults import Fault, ResponseError
from readiness.interview.journal import Clock, now
from readiness.interview.screen.ahead import Ahead
from readiness.interview.screen.terminal import reset
from readiness.responses.journal import Contents

if TYPE_CHECKING:
    from types import FrameType

    from readiness.interview.opening import Arrangement, Opened
    from readiness.interview.screen.app import InterviewApp
    from readiness.interview.screen.card import Card
    from readiness.interview.screen.desk import Desk
    from readiness.interview.sitting import Sitting


LONGEST_LEAVING = 8.0  # seconds after a signal until the process ends whatever its terminal does


class Unguarded:
    """On the full screen signals come between two keys, never within one, so that nothing has to be held off."""

    def held(self) -> nullcontext[None]:
        """Nothing."""
        return nullcontext()


def run_screen(
    arrange: Callable[[], Arrangement], framework_option: str | None = None, *, clock: Clock = now, fresh: bool = False
) -> int:
    """Holds an interview on the full screen of the terminal that the process was started in.

    arrange: reads the framework, which takes its time. framework_option: what `--framework` has to say for this
    framework, for the commands told at the end. fresh: a new journal is begun, so that the first question does not hang
    on one and can be painted before anything is opened.

    Returns what the process has to exit with. Raises as `run_plain` does, and as `arrange` does.
    """
    ahead = Ahead.begin(lambda: _first_card(arrange())) if fresh else None
    from readiness.interview.screen.app import InterviewApp

    with ExitStack() as held:
        at_hand: list[Opened] = []

        def prepare(app: InterviewApp) -> Desk:
            from readiness.interview.opening import opened
            from readiness.interview.screen.desk import Desk

            arranged = arrange()
            journal = opened(arranged, clock)
            held.enter_context(journal.writer)
            at_hand.append(journal)
            return Desk(app, _sitting(journal, arranged), journal.remarks)

        app = InterviewApp(prepare, ahead)
        if at_hand and at_hand[0].abandoned:
            reset()
        with _interrupting(app):
            app.run()
        if app.failure is not None:
            raise app.failure
        return _ended(app, framework_option)


def _first_card(arranged: Arrangement) -> Card:
    from readiness.interview.screen.dealing import card_of

    header = arranged.header()
    return card_of(arranged.framework, arranged.conversation(header, Contents(header.language)), None)


def _sitting(journal: Opened, arranged: Arrangement) -> Sitting:
    sitting = journal.sitting(arranged, Unguarded())
    sitting.speak(arranged.language)
    if sitting.adaptive and journal.contents.trail:
        sitting.reach()  # where an interview goes on hangs on its answers; a new one begins with the first question
    return sitting


def _ended(app: InterviewApp, framework_option: str | None) -> int:
    """What is said once the screen is left; the exit code."""
    from readiness.interview.wording import Wording, legible

    desk = app.desk
    if desk is not None:
        sitting = desk.sitting
        if desk.not_kept is not None:
            what = f"an answer could not be saved ({desk.not_kept.strerror}); everything before it is kept"
            raise ResponseError([Fault(str(sitting.path), None, what, "mend that, and take the interview up again")])
        with suppress(OSError, ValueError):
            for line in Wording(sitting.framework, sitting.conversation).closing(sitting.path, framework_option):
                sys.stdout.write(f"{legible(line)}\n")
            sys.stdout.flush()
    return app.interrupting or 0


@contextmanager
def _interrupting(app: InterviewApp) -> Iterator[None]:
    """While it lasts, a signal that ends programs ends the interview instead, in order.

    A signal that was ignored before stays ignored: so it is with `nohup`. Where the terminal is gone, what is still to
    be painted may wait for it for ever; everything is on disk by then, and the process goes all the same.
    """
    last: list[Timer] = []

    def receive(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 the system's signature
        if app.interrupting is None:
            last.append(Timer(LONGEST_LEAVING, os._exit, (128 + number,)))
            last[0].daemon = True
            last[0].start()
            app.interrupt_soon(128 + number)

    before = {}
    for number in ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:
            before[number] = signal.signal(number, receive)
    try:
        yield
    finally:
        for timer in last:
            timer.cancel()
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
