"""One sitting of an interview from end to end: the journal opened, the questions asked, the way out told."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.interview.entries import lines_of
from readiness.interview.journal import Clock, NotKeptError, now
from readiness.interview.opening import Arrangement, opened
from readiness.interview.plain import PlainInterview
from readiness.interview.screen.terminal import reset
from readiness.interview.signals import HANGUP, Interrupted, Signals
from readiness.interview.wording import legible

if TYPE_CHECKING:
    from typing import TextIO


def run_plain(
    arranged: Arrangement,
    framework_option: str | None = None,
    *,
    stdin: TextIO | None,
    stdout: TextIO | None,
    stderr: TextIO | None,
    clock: Clock = now,
) -> int:
    """Holds an interview line by line; with the role known beforehand, only items are asked.

    framework_option: what `--framework` has to say for this framework, for the commands told at the end. A stream is
    None where the process was started without it.

    Returns what the process has to exit with: 0, or 129, 130, 143 after a hangup, an interrupt, a termination.
    Raises ResponseError if the journal cannot be used, UsageError for a role or language that does not exist.
    """
    stdin, stdout, stderr = stdin or io.StringIO(), stdout or io.StringIO(), stderr or io.StringIO()
    _widen(stdout, stderr)
    try:
        with Signals() as signals:
            with signals.held():
                journal = opened(arranged, clock)
            with journal.writer:
                if journal.abandoned:
                    reset()  # the sitting before may have been on the full screen
                for remark in journal.remarks:
                    _warn(stderr, remark)
                sitting = journal.sitting(arranged, signals, items_only=True)
                interview = PlainInterview(
                    sitting=sitting, entries=lines_of(stdin), screen=stdout, typed=stdin.isatty()
                )
                return _hold(interview, journal.header.respondent, arranged.language, framework_option, stderr)
    except Interrupted as interruption:  # before there was anything to keep
        return interruption.code


def _hold(
    interview: PlainInterview, respondent: str, language: str | None, framework_option: str | None, stderr: TextIO
) -> int:
    """The interview itself, whatever ends it; the exit code."""
    try:
        interview.sitting.speak(language)
        interview.sitting.reach()
        interview.say(interview.wording.opening(respondent, interview.path))
        interview.run()
        interview.say(["", *interview.wording.closing(interview.path, framework_option)])
        for line in interview.refused:
            _warn(stderr, f"not taken, {line}")
        return 0
    except Interrupted as interruption:
        return _leave(interview, interruption.code, stderr)
    except NotKeptError as error:
        what = f"an answer could not be saved ({error.strerror}); everything before it is kept"
        mend = "mend that, and take the interview up again"
        raise ResponseError([Fault(str(interview.path), None, what, mend)]) from error
    except OSError:  # whoever was listening has gone: a pipe closed, a terminal shut
        interview.hush()
        return _leave(interview, HANGUP, stderr)


def _leave(interview: PlainInterview, code: int, stderr: TextIO) -> int:
    """After an interruption: the pause is recorded and the way back told, if there is anybody left to tell."""
    with suppress(OSError):
        interview.leave()
        stderr.write("\n")
        _warn(stderr, interview.wording.interrupted(interview.path))
    return code


def _warn(stderr: TextIO, message: str) -> None:
    with suppress(OSError):
        stderr.write(f"readiness: {legible(message)}\n")
        stderr.flush()


def _widen(*streams: TextIO) -> None:
    """Characters that a terminal's code page lacks are shown as a question mark, instead of ending the interview."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
