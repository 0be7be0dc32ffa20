"""The desk: where keys become moves of a sitting, and what follows is drawn."""

from __future__ import annotations

import asyncio
import functools
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any

from readiness.interview.entries import Unclear, typed_answer
from readiness.interview.journal import NotKeptError
from readiness.interview.moves import Answer, Back, Finish, Forward, MoveError, Note, Skip, Speak, Sure, Undo, Withdraw
from readiness.interview.screen.frame import Frame
from readiness.interview.signals import listen_alone
from readiness.interview.wording import Wording
from readiness.language.speech import speak
from readiness.responses.journal import CONFIDENCE, DK, EVIDENCE, INTERVIEWEE, NA

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.screen import ModalScreen

    from readiness.interview.moves import Move
    from readiness.interview.screen.app import InterviewApp
    from readiness.interview.sitting import Sitting
    from readiness.responses.journal import Value


class Desk:
    """One sitting at one screen."""

    def __init__(self, app: InterviewApp, sitting: Sitting, remarks: tuple[str, ...] = ()) -> None:
        """remarks: what there is to tell of the journal."""
        self._app = app
        self.sitting = sitting
        self.frame = Frame(app, sitting)
        self._remarks = remarks
        self._engine = asyncio.Event()
        self._broken: Exception | None = None  # why the engine could not be had
        self._left = False
        self.not_kept: NotKeptError | None = None

    def _(self, message: str) -> str:
        return speak(self.sitting.conversation.contents.language).gettext(message)

    @property
    def wording(self) -> Wording:
        """What is to be said now."""
        return Wording(self.sitting.framework, self.sitting.conversation)

    def begin(self) -> None:
        """The question is on screen: what stands around it comes, then the engine."""
        self.frame.draw_question()
        self.frame.draw_edges()
        if self._remarks:
            self.frame.say("  ".join(self._remarks), bad=True)
        # Not one of the app's own threads: leaving would wait for those, and an engine may take its time to load.
        Thread(target=self._load, daemon=True).start()
        if self.sitting.conversation.at is None:
            self._app.run_worker(self._at_the_end())

    # The engine

    def _load(self) -> None:
        """In a thread: the engine and its first working, or why there is none."""
        standing = None
        try:
            if self.sitting.adaptive:
                self.sitting.guide.advice(self.sitting.conversation)
            standing = self.sitting.standing
        except Exception as error:  # the interview goes on without it, whatever it is
            self._broken = error
        with suppress(RuntimeError):  # the screen has been left meanwhile
            self._app.call_later(self._loaded, standing)

    def _loaded(self, standing: Any) -> None:
        listen_alone()
        if self._broken is not None:
            if self.sitting.adaptive:
                self.sitting.switch()
                self.frame.draw_edges()
            self.frame.say(self._("The panel cannot be shown: {why}").format(why=self._broken), bad=True)
        self._engine.set()
        if standing is not None:
            self.frame.with_engine = True
            self.frame.draw_panel()
            self.frame.draw_question()

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """A key is an option's, a command's, or moves the highlight."""
        key = event.character if event.character and event.is_printable else event.key
        command = self._commands.get(key) or self._commands.get(key.lower())
        line = self._app.pane.line_of(key)
        if line is not None:
            event.stop()
            await self.answer(line.value)
        elif command is not None:
            event.stop()
            done = command()
            if done is not None:
                await done
        elif event.is_printable:
            self._unknown(key)

    def _unknown(self, key: str) -> None:
        question = self.sitting.conversation.current
        if question is not None and question.choices and key.isdigit():
            self.frame.say(self.wording.hint(Unclear.NO_OPTION), bad=True)
        else:
            self.frame.say(self._("{key} does nothing here; ? tells what the keys do.").format(key=key), bad=True)

    @functools.cached_property
    def _commands(self) -> dict[str, Callable[[], Any]]:
        make, pane = self.make, self._app.pane
        return {
            "up": lambda: pane.highlight(-1),
            "down": lambda: pane.highlight(1),
            "pageup": lambda: pane.scroll_page_up(animate=False),
            "pagedown": lambda: pane.scroll_page_down(animate=False),
            "enter": self._enter,
            "space": self._enter,
            " ": self._enter,
            "left": lambda: make(Back()),
            "b": lambda: make(Back()),
            "right": lambda: make(Forward()),
            "f": lambda: make(Forward()),
            "s": lambda: make(Skip()),
            "-": lambda: make(Withdraw()),
            "u": lambda: make(Undo()),
            "c": self._confide,
            "C": self._confide_rating,
            "l": self._speak,
            "o": self._reorder,
            "q": self._app.action_pause,
            "p": lambda: self._app.screen.toggle_class("panels") and None,
            "i": pane.begin_typing,
            "+": lambda: self._open("NoteDialog"),
            "e": self._rate,
            "g": lambda: self._open("JumpDialog"),
            "/": lambda: self._open("JumpDialog"),
            "r": lambda: self._open("ReviewDialog"),
            "?": lambda: self._open("HelpDialog"),
        }

    async def make(self, move: Move) -> bool:
        """Makes a move, and draws what follows; whether it was possible and is kept."""
        if self.sitting.adaptive:
            await self._engine.wait()
        before, wording = self.sitting.conversation, self.wording
        try:
            self.sitting.make(move)
        except MoveError:
            self.frame.say(wording.refused(move), bad=True)
            return False
        except NotKeptError as error:
            self._app.bell()
            self.frame.say(wording.not_kept(error), bad=True)
            return False
        after = self.sitting.conversation
        said = wording.acknowledgement(move, before.current)
        remark = self.wording.remark(move, before, "")
        self.frame.say(" ".join(text for text in (said, remark) if text))
        self.frame.draw()
        if after.at is None and not isinstance(move, Note):
            self._app.run_worker(self._at_the_end())
        return True

    async def answer(self, value: Value) -> None:
        """The current question is answered."""
        await self.make(Answer(value))

    async def typed(self, text: str) -> bool:
        """The current question is answered in words or with a number; whether that could be taken."""
        question = self.sitting.conversation.current
        meaning = Unclear.AT_END if question is None else typed_answer(text, question)
        if isinstance(meaning, Unclear):
            self.frame.say(self.wording.hint(meaning), bad=True)
            return False
        return await self.make(meaning)

    async def _enter(self) -> None:
        pane = self._app.pane
        if pane.highlighted is not None:
            await self.answer(pane.highlighted.value)
        elif pane.card is not None and pane.card.typed:
            pane.begin_typing()
        else:
            self.frame.say(self.wording.hint(Unclear.NOTHING), bad=True)

    async def _confide(self) -> None:
        """How sure the last answer is, which right after it is that of the question before."""
        about = self.sitting.conversation.just_answered
        if about is None or self.sitting.conversation.contents.answers[about] in (DK, NA):
            self.frame.say(self._("Confidence goes with an answer from the scale; there is none here."), bad=True)
        else:
            await self._surer(about, INTERVIEWEE)

    async def _confide_rating(self) -> None:
        """How sure the interviewer's own rating of this question is."""
        at = self.sitting.conversation.at
        if at is None or at not in self.sitting.conversation.contents.ratings:
            self.frame.say(self._("There is no rating of this question yet: e rates it."), bad=True)
        else:
            await self._surer(at, EVIDENCE)

    async def _surer(self, about: str, source: str) -> None:
        steps = (None, *CONFIDENCE)
        now = self.sitting.conversation.contents.confidence.get((about, source))
        await self.make(Sure(steps[(steps.index(now) + 1) % len(steps)], source, about))

    async def _speak(self) -> None:
        languages = self.sitting.framework.languages
        now = self.sitting.conversation.contents.language
        place = languages.index(now) if now in languages else -1
        await self.make(Speak(languages[(place + 1) % len(languages)]))

    async def _reorder(self) -> None:
        await self._engine.wait()
        if self._broken is None:
            self.sitting.switch()
            self.frame.draw()
            self.frame.say(self.wording.order(self.sitting.adaptive))

    # Dialogs

    async def _rate(self) -> None:
        question = self.sitting.conversation.current
        if question is None or question.kind != "item":
            self.frame.say(self._("This question is not scored, so it cannot be rated."), bad=True)
        else:
            await self._open("RatingDialog")

    async def _open(self, name: str) -> None:
        from readiness.interview.screen import dialogs

        dialog: ModalScreen[Any] = getattr(dialogs, name)(self.sitting)
        self._app.push_screen(dialog, self._chosen)

    async def _chosen(self, moves: Any) -> None:
        """What a dialog has come to: moves to make, or nothing."""
        finished = False
        for move in moves or ():
            if not await self.make(move):
                break
            finished = isinstance(move, Finish)
        if finished:
            self._left = True
            self._app.exit()
        elif self.sitting.conversation.at is None:
            self._app.run_worker(self._at_the_end())

    async def _at_the_end(self) -> None:
        """Everything is asked: what is worth a second look, before the interview is finished."""
        if self.sitting.adaptive:
            await self._engine.wait()
        if self.sitting.conversation.at is None and len(self._app.screen_stack) == 1 and not self._left:
            self._app.pane.show(None)
            await self._open("ReviewDialog")

    # Leaving

    def leave(self, interrupted: bool) -> None:
        """Records how the sitting ended, once. Interrupted: what was being typed is kept as a note."""
        if self._left:
            return
        self._left = True
        try:
            with suppress(MoveError):
                for draft in self._drafts() if interrupted else ():
                    self.sitting.make(Note(draft))
            self.sitting.pause()
        except NotKeptError as error:
            self.not_kept = error

    def _drafts(self) -> list[str]:
        from textual.widgets import Input

        inputs = [widget for screen in self._app.screen_stack for widget in screen.query(Input)]
        return [widget.value.strip() for widget in inputs if widget.has_class("words") and widget.value.strip()]
