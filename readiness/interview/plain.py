"""The plain interview, line by line: for a screen reader, a dumb terminal, a pipe.

The conversation goes to standard output. It is what this command was asked for, and whoever feeds it answers from a
pipe must be able to read it; warnings go to standard error. Every prompt, and nothing else, ends in "> ".
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from readiness.faults import ResponseError
from readiness.interview.entries import Command, Find, Unclear, meaning_of
from readiness.interview.journal import NotKeptError
from readiness.interview.moves import Go, MoveError, Note, Speak, Undo
from readiness.interview.plain_wording import PlainWording
from readiness.interview.reviewing import review
from readiness.interview.wording import legible

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from readiness.interview.entries import Meaning
    from readiness.interview.moves import Move
    from readiness.interview.sitting import Sitting
    from readiness.responses.journal import Value

PROMPT = "> "


class PlainInterview:
    """One sitting of an interview, until everything is asked or the input ends. `run` it once."""

    def __init__(self, *, sitting: Sitting, entries: Iterator[str], screen: TextIO, typed: bool) -> None:
        """entries: the lines that come in. typed: by hand, so that they are shown already and can be entered again."""
        self.sitting = sitting
        self._entries = entries
        self._screen = screen
        self._typed = typed
        self._section = ""
        self._drawn: tuple[str | None, Value | None, Value | None] | None = None
        self._line = 0
        self.refused: list[str] = []  # what came from a pipe and could not be taken, with the number of its line

    @property
    def path(self) -> Path:
        """Where the journal is."""
        return self.sitting.path

    @property
    def wording(self) -> PlainWording:
        """What is to be said now."""
        return PlainWording(self.sitting.framework, self.sitting.conversation)

    def run(self) -> None:
        """Asks until the end.

        Raises NotKeptError if what comes from a pipe cannot be saved: all that follows would answer other questions.
        """
        # An interview that is taken up with nothing left to ask waits at its end, for corrections.
        waiting = self.sitting.conversation.at is None
        while self.sitting.conversation.at is not None or waiting:
            self._show()
            entry = self._ask()
            if entry is None:
                break
            framework = self.sitting.framework
            meaning = meaning_of(entry, self.sitting.conversation, framework.missing, framework.languages)
            if meaning is Command.QUIT:
                break
            moved = self._take(meaning, entry)
            waiting = waiting and not moved
        advice = self.sitting.advice
        if self.sitting.conversation.at is None and advice is not None and advice.saved:
            self.say(["", *self.wording.settled(advice, listed=True)])
        self.leave()

    def leave(self) -> None:
        """Records how the sitting ended."""
        self.sitting.leave()

    def say(self, lines: Iterable[str]) -> None:
        """Puts lines on the screen."""
        for line in lines:
            self._screen.write(legible(line) + "\n")
        self._screen.flush()

    def hush(self) -> None:
        """Sends what was still to be said nowhere, so that the process does not end on a broken pipe."""
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._screen.fileno())
            os.close(nowhere)

    def _take(self, meaning: Meaning, entry: str) -> bool:
        """Does what was meant; whether that was a move that leads on."""
        match meaning:
            case Command():
                self._obey(meaning)
            case Find(words):
                self.say(self.wording.found(words))
            case Unclear():
                self._refuse(self.wording.hint(meaning), entry)
            case _:
                return self._move(meaning, entry)
        return False

    def _refuse(self, why: str, entry: str) -> None:
        self.say([why])
        if not self._typed:
            at = self.sitting.conversation.at or ""
            self.refused.append(
                f"line {self._line}: {entry.strip()!r} at {at}: {why}" if at else f"line {self._line}: {why}"
            )

    def _obey(self, command: Command) -> None:
        if command is Command.ORDER:
            self._switch()
        elif command is Command.REVIEW:
            self.say(self.wording.review(review(self.sitting.framework, self.sitting.conversation)))
        else:
            self.say(self.wording.help())
        self._drawn = None

    def _switch(self) -> None:
        try:
            self.sitting.switch()
        except ResponseError as error:  # nothing that was answered hangs on it
            self.say(str(fault) for fault in error.faults)
        self.say([self.wording.order(self.sitting.adaptive)])

    def _move(self, move: Move, entry: str) -> bool:
        before, wording = self.sitting.conversation, self.wording
        try:
            self.sitting.make(move)
        except MoveError:
            self._refuse(wording.refused(move), entry)
            return False
        except NotKeptError as error:
            if not self._typed:
                raise
            self.say([wording.not_kept(error)])
            return False
        said = wording.acknowledgement(move, before.current)
        remark = self.wording.remark(move, before, entry if self._typed else "")
        self.say(line for line in (said, remark) if line)
        if isinstance(move, Go | Speak | Undo):
            self._drawn = None
        return not isinstance(move, Note)

    def _show(self) -> None:
        """The current question, unless it was the last thing shown and nothing about it has changed."""
        conversation = self.sitting.conversation
        rating = None if conversation.at is None else conversation.contents.ratings.get(conversation.at)
        drawn = (conversation.at, conversation.answer, rating)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        wording = self.wording
        section = wording.section(conversation.current)
        if section and section != self._section:
            self.say(["", section])
        self._section = section
        advice = self.sitting.advice
        self.say(["", *(wording.reason(advice) if advice else ()), *wording.question(advice)])

    def _ask(self) -> str | None:
        self._screen.write(PROMPT)
        self._screen.flush()
        entry = next(self._entries, None)
        self._line += 1
        if not self._typed or entry is None:
            self._screen.write("\n")  # nobody's Enter has ended the prompt's line
        return entry
