"""The plain interview, line by line: for a screen reader, a dumb terminal, a pipe.

The conversation goes to standard output. It is what this command was asked for, and whoever feeds it answers from a
pipe must be able to read it; warnings go to standard error. Every prompt, and nothing else, ends in "> ".
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from readiness.interview.conversation import Conversation, event_of, step
from readiness.interview.entries import Command, Unclear, meaning_of
from readiness.interview.journal import NotKeptError, Writer
from readiness.interview.moves import Finish, Move, Note, Pause, Speak
from readiness.interview.wording import Wording, legible

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from readiness.framework.models import Framework
    from readiness.interview.signals import Signals
    from readiness.responses.journal import Value

PROMPT = "> "


class PlainInterview:
    """One sitting of an interview, until everything is asked or the input ends. `run` it once."""

    def __init__(
        self,
        *,
        framework: Framework,
        conversation: Conversation,
        writer: Writer,
        signals: Signals,
        entries: Iterator[str],
        screen: TextIO,
        typed: bool,
    ) -> None:
        """entries: the lines that come in. typed: by hand, so that they are shown already and can be entered again."""
        self._framework = framework
        self.conversation = conversation
        self._writer = writer
        self._signals = signals
        self._entries = entries
        self._screen = screen
        self._typed = typed
        self._section = ""
        self._drawn: tuple[str | None, Value | None] | None = None
        # An interview that is taken up with nothing left to ask waits at its end, for corrections.
        self._waiting = conversation.at is None

    @property
    def path(self) -> Path:
        """Where the journal is."""
        return self._writer.path

    @property
    def wording(self) -> Wording:
        """What is to be said now."""
        return Wording(self._framework, self.conversation)

    def run(self) -> None:
        """Asks until the end.

        Raises NotKeptError if what comes from a pipe cannot be saved: all that follows would answer other questions.
        """
        while self.conversation.at is not None or self._waiting:
            self._show()
            entry = self._ask()
            if entry is None:
                break
            meaning = meaning_of(entry, self.conversation, self._framework.missing)
            if meaning is Command.QUIT:
                break
            self._take(meaning, entry)
        self.leave()

    def speak(self, language: str) -> None:
        """Goes on in another language."""
        self._make(Speak(language))

    def leave(self) -> None:
        """Records how the sitting ended: finished if nothing is left to ask, else paused."""
        if not self.conversation.contents.finished:
            self._make(Pause() if self.conversation.pending else Finish())

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

    def _take(self, meaning: Move | Command | Unclear, entry: str) -> None:
        wording = self.wording
        if isinstance(meaning, Command):
            self.say(wording.help())
            self._drawn = None
        elif isinstance(meaning, Unclear):
            self.say([wording.hint(meaning)])
        else:
            before = self.conversation
            try:
                self._make(meaning)
            except NotKeptError as error:
                if not self._typed:
                    raise
                self.say([wording.not_kept(error)])
                return
            self._waiting = self._waiting and isinstance(meaning, Note)
            said = wording.acknowledgement(meaning, before.current)
            remark = self.wording.remark(meaning, before, entry if self._typed else "")
            self.say(line for line in (said, remark) if line)

    def _make(self, move: Move) -> None:
        """Makes a move: first on disk, then here. A signal waits until both have it."""
        event = event_of(self.conversation, move)
        with self._signals.held():
            if event is not None:
                self._writer.append(event)
            self.conversation = step(self.conversation, move)

    def _show(self) -> None:
        """The current question, unless it was the last thing shown and nothing about it has changed."""
        drawn = (self.conversation.at, self.conversation.answer)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        section = self.wording.section(self.conversation.current)
        if section and section != self._section:
            self.say(["", section])
        self._section = section
        self.say(["", *self.wording.question()])

    def _ask(self) -> str | None:
        self._screen.write(PROMPT)
        self._screen.flush()
        entry = next(self._entries, None)
        if not self._typed or entry is None:
            self._screen.write("\n")  # nobody's Enter has ended the prompt's line
        return entry
