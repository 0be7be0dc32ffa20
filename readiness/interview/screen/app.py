"""The full screen of an interview: the question in the middle, the sections before it, what it settles behind it.

The question is painted first. The engine, which takes longer to load than a question to be read, comes up meanwhile in
a thread of its own, and the panel is drawn anew whenever nothing else has to be done.
"""

from __future__ import annotations

import asyncio
import functools
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from readiness.interview.journal import NotKeptError
from readiness.interview.moves import (
    Answer,
    Back,
    Forward,
    MoveError,
    Note,
    Skip,
    Speak,
    Sure,
    Undo,
    Withdraw,
)
from readiness.interview.screen.card import card_of
from readiness.interview.screen.outline import outline
from readiness.interview.screen.painting import painted_outline, painted_panel
from readiness.interview.screen.question import QuestionPane
from readiness.interview.screen.style import NARROW, ROOMY, STYLE
from readiness.interview.wording import Wording, legible
from readiness.language.speech import speak
from readiness.responses.journal import CONFIDENCE, DK, INTERVIEWEE, NA

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.screen import ModalScreen
    from textual.timer import Timer

    from readiness.interview.entries import Unclear
    from readiness.interview.moves import Move
    from readiness.interview.sitting import Sitting
    from readiness.responses.journal import Value

REST = 0.12  # seconds without a key before the panel is drawn anew


class InterviewApp(App[int]):
    """One sitting on the full screen. It returns what the process has to exit with."""

    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]] | None] = [
        (0, "-narrow"),
        (NARROW, "-wide"),
        (ROOMY, "-roomy"),
    ]
    # Ctrl+C is an interruption like any other, and not the library's hint on how to quit.
    BINDINGS: ClassVar[list[Any]] = [("ctrl+c", "interrupt"), ("ctrl+q", "pause"), ("ctrl+z", "suspend_process")]

    def __init__(self, sitting: Sitting, remarks: tuple[str, ...] = ()) -> None:
        """remarks: what there is to tell of the journal."""
        super().__init__()
        self.sitting = sitting
        self._remarks = remarks
        self._engine = asyncio.Event()
        self._broken: Exception | None = None  # why the engine could not be had
        self._rest: Timer | None = None
        self.interrupting: int | None = None  # what a signal that came asks to exit with
        self.interrupted: int | None = None
        self.not_kept: NotKeptError | None = None
        card = None if sitting.conversation.at is None else card_of(sitting, None)
        self._pane = QuestionPane(card)
        self._head, self._foot, self._said = (Static(id=name, markup=False) for name in ("head", "foot", "said"))
        self._left, self._right = Static(id="outline"), Static(id="panel")

    def _(self, message: str) -> str:
        return speak(self.sitting.conversation.contents.language).gettext(message)

    @property
    def wording(self) -> Wording:
        """What is to be said now."""
        return Wording(self.sitting.framework, self.sitting.conversation)

    def compose(self) -> ComposeResult:
        """The question alone has its text from the beginning; all else is filled in once it is on screen."""
        yield self._head
        with Horizontal(id="body"):
            yield VerticalScroll(self._left, id="left", can_focus=False)
            yield self._pane
            yield VerticalScroll(self._right, id="right", can_focus=False)
        yield self._said
        yield self._foot

    def on_mount(self) -> None:
        """Nothing is focused, so that every key is a command."""
        self.set_focus(None)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.interrupting is not None:  # it came before anything ran
            self.interrupt(self.interrupting)
            return
        self._draw_frame()
        if self._remarks:
            self._say("  ".join(self._remarks), bad=True)
        self.run_worker(self._load, thread=True)
        if self.sitting.conversation.at is None:
            self.run_worker(self._at_the_end())

    # The engine

    def _load(self) -> None:
        """In a thread: the engine and its first working, or why there is none."""
        try:
            guide = self.sitting.guide if self.sitting.adaptive else self.sitting.probe
            del guide
            standing = self.sitting.standing
        except Exception as error:  # the interview goes on without it, whatever it is
            self._broken = error
            standing = None
        self.call_from_thread(self._loaded, standing)

    def _loaded(self, standing: Any) -> None:
        if self._broken is not None:
            if self.sitting.adaptive:
                self.sitting.switch()
            self._say(self._("The panel cannot be shown: {why}").format(why=self._broken), bad=True)
        self._engine.set()
        if standing is not None:
            self._draw_panel()
            self._draw_question()

    def _later(self) -> None:
        """The panel is drawn once the keys have come to rest."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._draw_panel)

    # Drawing

    def on_resize(self) -> None:
        """The panels are cut to their width."""
        if self.is_running and self.interrupted is None:
            self.call_after_refresh(self._draw_frame)
            self.call_after_refresh(self._draw_panel)

    def _draw(self) -> None:
        self._draw_question()
        self.call_after_refresh(self._draw_frame)
        self._later()

    def _draw_question(self) -> None:
        if self.sitting.conversation.at is None:
            return
        ready = self._engine.is_set() and self._broken is None
        self._pane.show(card_of(self.sitting, self.sitting.advice if ready else None))

    def _draw_frame(self) -> None:
        conversation = self.sitting.conversation
        title = legible(self.wording.title)
        place, of = conversation.progress
        order = self._("what settles most first") if self.sitting.adaptive else self._("in order")
        self._head.update(f"{title} · {conversation.contents.language} · {order} · {place}/{of}")
        self._foot.update(self._keys())
        self._left.update(painted_outline(outline(self.sitting), _width(self._left)))

    def _draw_panel(self) -> None:
        if not self._engine.is_set() or self._broken is not None:
            return
        from readiness.interview.screen.outlook import panel

        width = _width(self._right)
        self._right.update(painted_panel(panel(self.sitting, self.sitting.standing, width), width))

    def _keys(self) -> str:
        _ = self._
        spoken = len(self.sitting.framework.languages) > 1
        keys = [_("b back"), _("f forward"), _("s skip"), _("d don't know"), _("n not applicable"), _("+ note")]
        keys += [_("e evidence"), _("c confidence"), _("- take back"), _("u undo"), _("g go to")]
        keys += [_("l language")] if spoken else []
        keys += [_("o order"), _("r review"), _("q pause")]
        keys = [_("? help"), *keys] if self.size.width < NARROW else [*keys, _("? help")]
        return " · ".join(key.replace(" ", "\N{NO-BREAK SPACE}", 1) for key in keys)

    def _say(self, text: str, bad: bool = False) -> None:
        self._said.set_class(bad, "bad")
        self._said.update(legible(text))

    def say_unclear(self, unclear: Unclear) -> None:
        """Why what was typed cannot be taken."""
        self._say(self.wording.hint(unclear), bad=True)

    # Keys

    async def on_key(self, event: events.Key) -> None:
        """A key is an option's, a command's, or moves the highlight."""
        if len(self.screen_stack) > 1 or self._pane.typing:
            return
        key = event.character if event.character and event.is_printable else event.key
        command = self._commands.get(key.lower() if len(key) == 1 else key)
        line = self._pane.line_of(key)
        if line is not None:
            event.stop()
            await self.make(Answer(line.value))
        elif command is not None:
            event.stop()
            done = command()
            if done is not None:
                await done

    @functools.cached_property
    def _commands(self) -> dict[str, Callable[[], Any]]:
        make = self.make
        return {
            "up": lambda: self._pane.highlight(-1),
            "down": lambda: self._pane.highlight(1),
            "pageup": lambda: self._pane.scroll_page_up(animate=False),
            "pagedown": lambda: self._pane.scroll_page_down(animate=False),
            "enter": self._enter,
            "space": self._enter,
            "left": lambda: make(Back()),
            "b": lambda: make(Back()),
            "right": lambda: make(Forward()),
            "f": lambda: make(Forward()),
            "s": lambda: make(Skip()),
            "-": lambda: make(Withdraw()),
            "u": lambda: make(Undo()),
            "c": self._confide,
            "l": self._speak,
            "o": self._reorder,
            "q": self.action_pause,
            "p": self._toggle_panels,
            "i": self._pane.begin_typing,
            "+": lambda: self._open("NoteDialog"),
            "e": lambda: self._open("RatingDialog"),
            "g": lambda: self._open("JumpDialog"),
            "/": lambda: self._open("JumpDialog"),
            "r": lambda: self._open("ReviewDialog"),
            "?": lambda: self._open("HelpDialog"),
        }

    async def make(self, move: Move) -> bool:
        """Makes a move, and draws what follows; whether it was possible and is kept."""
        before, wording = self.sitting.conversation, self.wording
        if self.sitting.adaptive:
            await self._engine.wait()
        try:
            self.sitting.make(move)
        except MoveError:
            self._say(wording.refused(move), bad=True)
            return False
        except NotKeptError as error:
            self.bell()
            self._say(wording.not_kept(error), bad=True)
            return False
        after = self.sitting.conversation
        said = wording.acknowledgement(move, before.current)
        remark = self.wording.remark(move, before, "")
        self._say(" ".join(text for text in (said, remark) if text))
        self._draw()
        if after.at is None and not isinstance(move, Note):
            self.run_worker(self._at_the_end())
        return True

    async def _enter(self) -> None:
        line = self._pane.highlighted
        if self._pane.card is not None and self._pane.card.typed and line is None:
            self._pane.begin_typing()
        elif line is not None:
            await self.make(Answer(line.value))

    async def _confide(self) -> None:
        conversation = self.sitting.conversation
        steps = (None, *CONFIDENCE)
        now = conversation.contents.confidence.get((str(conversation.at), INTERVIEWEE))
        if conversation.answer in (None, DK, NA):
            self._say(self._("Answer first; then say how sure that is."), bad=True)
            return
        await self.make(Sure(steps[(steps.index(now) + 1) % len(steps)]))

    async def _speak(self) -> None:
        languages = self.sitting.framework.languages
        now = self.sitting.conversation.contents.language
        place = languages.index(now) if now in languages else -1
        await self.make(Speak(languages[(place + 1) % len(languages)]))

    async def _reorder(self) -> None:
        await self._engine.wait()
        if self._broken is not None:
            return
        self.sitting.switch()
        self._draw()
        self._say(self.wording.order(self.sitting.adaptive))

    def _toggle_panels(self) -> None:
        self.screen.toggle_class("panels")

    # Dialogs

    async def _open(self, name: str) -> None:
        from readiness.interview.screen import dialogs

        if name == "RatingDialog" and (
            self.sitting.conversation.current is None or self.sitting.conversation.current.kind != "item"
        ):
            self._say(self._("Only what is scored can be rated."), bad=True)
            return
        dialog: ModalScreen[Any] = getattr(dialogs, name)(self.sitting)
        self.push_screen(dialog, self._chosen)

    async def _chosen(self, chosen: Any) -> None:
        """What a dialog has come to: moves to make, or nothing."""
        for move in chosen or ():
            if not await self.make(move):
                break
        if self.sitting.conversation.contents.finished:
            self.exit(0)
        elif self.sitting.conversation.at is None:
            self.run_worker(self._at_the_end())

    async def _at_the_end(self) -> None:
        """Everything is asked: what is worth a second look, before the interview is finished."""
        if self.sitting.adaptive:
            await self._engine.wait()
        if self.sitting.conversation.at is None and len(self.screen_stack) == 1:
            self._pane.show(None)
            await self._open("ReviewDialog")

    # Leaving

    def action_pause(self) -> None:
        """Leaves; everything is kept."""
        self._leave(0)

    def action_interrupt(self) -> None:
        """As Ctrl+C does everywhere."""
        self.interrupt(130)

    def interrupt_soon(self, code: int) -> None:
        """From a signal's handler, which may come between any two instructions: leaves as soon as that is safe."""
        self.interrupting = code
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.interrupt, code)

    def interrupt(self, code: int) -> None:
        """Leaves because of a signal; what was being typed is kept as a note."""
        if self.interrupted is None:
            self.interrupted = code
            with suppress(OSError, MoveError):
                for draft in self._drafts():
                    self.sitting.make(Note(draft))
            self._leave(code)

    def _drafts(self) -> list[str]:
        from textual.widgets import Input

        inputs = [widget for screen in self.screen_stack for widget in screen.query(Input)]
        return [widget.value.strip() for widget in inputs if widget.has_class("words") and widget.value.strip()]

    def _leave(self, code: int) -> None:
        try:
            self.sitting.leave()
        except NotKeptError as error:
            self.not_kept = error
        self.exit(code)

    async def answered(self, value: Value) -> None:
        """An answer that was typed or clicked."""
        await self.make(Answer(value))


def _width(panel: Static) -> int:
    """The cells of a panel that are there for text, its scroll bar not among them."""
    scroll = panel.parent
    assert isinstance(scroll, VerticalScroll)
    return max(12, scroll.content_size.width - 1)
