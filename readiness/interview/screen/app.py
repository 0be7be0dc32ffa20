"""The full screen of an interview: sections at the left, the question in the middle, what it settles at the right.

It is up before anything else is: the question is painted first, from a card that needs nothing to be painted. The
framework and the journal come up meanwhile in a thread of their own, and keys wait for them; the engine follows.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from readiness.interview.screen.question import QuestionPane
from readiness.interview.screen.style import NARROW, ROOMY, STYLE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.message_pump import MessagePump

    from readiness.interview.screen.ahead import Ahead
    from readiness.interview.screen.desk import Desk
    from readiness.responses.journal import Value


HOPS = 3  # from a field to its dialog to here: how often a message is handed on before a key is dealt with
GLANCE = 0.01  # seconds between two looks whether a field is there
PATIENCE = 2.0  # seconds after which the next key is not held up any longer


class InterviewApp(App[None]):
    """The screen of one sitting. `desk` is where keys become moves, once there is one."""

    CSS = STYLE
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide"), (ROOMY, "-roomy")]  # noqa: RUF012 as the library has it
    # Ctrl+C is an interruption like any other, and not the library's hint on how to quit.
    BINDINGS: ClassVar[list[Any]] = [
        Binding("ctrl+c", "interrupt", priority=True),  # fields would take it for copying
        Binding("ctrl+q", "pause", priority=True),
        Binding("ctrl+z", "suspend_process", priority=True),
    ]

    def __init__(self, prepare: Callable[[InterviewApp], Desk], ahead: Ahead | None = None) -> None:
        """prepare: opens what the screen is about: at once, or in a thread where a card comes from `ahead`."""
        super().__init__()
        self._prepare = prepare
        self._ahead = ahead
        self._prepared = asyncio.Event()
        self._typed: asyncio.Queue[events.Key | events.Paste] = asyncio.Queue()
        self._keys_left = 0  # that came and have not been dealt with
        self.desk: Desk | None = None
        self.failure: BaseException | None = None  # why nothing could be opened
        self.interrupting: int | None = None  # what a signal that came asks the process to exit with
        self.pane = QuestionPane()
        self.head, self.foot, self.said = (Static(id=name, markup=False) for name in ("head", "foot", "said"))
        self.left, self.right = Static(id="outline"), Static(id="panel")
        if ahead is None:
            self.desk = prepare(self)

    def compose(self) -> ComposeResult:
        """The question alone has its text from the beginning; all else is filled in once it is on screen."""
        yield self.head
        with Horizontal(id="body"):
            yield VerticalScroll(self.left, id="left", can_focus=False)
            yield self.pane
            yield VerticalScroll(self.right, id="right", can_focus=False)
        yield self.said
        yield self.foot

    def on_mount(self) -> None:
        """Nothing is focused, so that every key is a command."""
        self.set_focus(None)
        self.run_worker(self._type())
        if self.desk is not None:
            self.desk.frame.draw_question()
        if self._ahead is not None:
            asyncio.get_running_loop().add_reader(self._ahead.handle, self._card_has_come)
        else:
            self.call_after_refresh(self._begin)

    def _card_has_come(self) -> None:
        assert self._ahead is not None
        asyncio.get_running_loop().remove_reader(self._ahead.handle)
        card = self._ahead.card()
        if card is not None:
            self.pane.show(card)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if self.interrupting is not None:  # it came before anything could run
            self.interrupt(self.interrupting)
        elif self.desk is not None:
            self._take_place(self.desk)
        else:
            self.run_worker(self._prepare_aside, thread=True)

    def _prepare_aside(self) -> None:
        try:
            desk = self._prepare(self)
        except BaseException as error:  # whatever it is, whoever runs the screen has to tell it
            self.failure = error
            self.call_from_thread(self.exit)
        else:
            self.call_from_thread(self._take_place, desk)

    def _take_place(self, desk: Desk) -> None:
        self.desk = desk
        desk.begin()
        self._prepared.set()

    async def on_event(self, event: events.Event) -> None:
        """Keys and pasted text wait for what the ones before have led to; Ctrl+C waits for nothing."""
        came = isinstance(event, events.Key | events.Paste) and not event.is_forwarded
        if came and getattr(event, "key", "") != "ctrl+c":
            self._keys_left += 1
            self._typed.put_nowait(event)  # type: ignore[arg-type]
        else:
            await super().on_event(event)

    async def _type(self) -> None:
        """One key after the other: keys may come in a burst, and the first may open what the next belongs into."""
        while True:
            event = await self._typed.get()
            await self._opened()
            await super().on_event(event)
            for _ in range(HOPS):
                for pump in (self.focused, self.screen, self):
                    await _handled(pump)
            self._keys_left -= 1

    @property
    def is_idle(self) -> bool:
        """Whether every key that came has been dealt with."""
        return self._keys_left == 0

    async def _opened(self) -> None:
        """Waits for a field or a dialog that is on its way: the next key is meant for it."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < end:
            waited_for = getattr(self.screen, "has_fields", False) and self.focused is None
            if not waited_for and not (self.pane.opening and len(self.screen_stack) == 1):
                return
            await asyncio.sleep(GLANCE)

    async def on_key(self, event: events.Key) -> None:
        """A key is the desk's, unless it goes into a dialog or a field."""
        if len(self.screen_stack) > 1 or self.pane.typing:
            return
        await self._prepared.wait()
        if self.desk is not None:
            await self.desk.on_key(event)

    def on_resize(self) -> None:
        """The panels are cut to their width."""
        if self.desk is not None:
            self.desk.frame.resized()

    async def answered(self, value: Value) -> None:
        """Something was chosen with the mouse."""
        await self._prepared.wait()
        if self.desk is not None:
            await self.desk.answer(value)

    async def typed(self, text: str) -> bool:
        """An answer was typed; whether it could be taken."""
        return self.desk is not None and await self.desk.typed(text)

    def action_pause(self) -> None:
        """Leaves; everything is kept."""
        self._leave()

    def action_interrupt(self) -> None:
        """As Ctrl+C does everywhere."""
        self.interrupt(130)

    def interrupt_soon(self, code: int) -> None:
        """From a signal's handler, which may come between any two instructions: leaves as soon as that is safe."""
        self.interrupting = code
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self.interrupt, code)

    def interrupt(self, code: int) -> None:
        """Leaves because of a signal."""
        self.interrupting = code
        self._leave()

    def _handle_exception(self, error: Exception) -> None:
        """A fault of the program itself: the screen is left in order, and whoever runs it tells the fault."""
        if self.is_headless:
            super()._handle_exception(error)
        else:
            self.failure = self.failure or error
            self.exit()

    def _leave(self) -> None:
        if self.desk is not None:
            self.desk.leave(interrupted=self.interrupting is not None)
        self.exit()


async def _handled(pump: MessagePump | None) -> None:
    """Waits until a widget has dealt with all that it was sent before."""
    done = asyncio.Event()
    if pump is not None and pump.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), PATIENCE)
