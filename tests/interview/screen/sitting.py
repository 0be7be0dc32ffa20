"""A sitting on a screen without a terminal: keys are pressed through the library's own pilot."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from readiness.framework.models import Framework
from readiness.interview.journal import now
from readiness.interview.opening import Arrangement, opened
from readiness.interview.order import IN_ORDER, Order
from readiness.interview.screen.app import InterviewApp
from readiness.interview.screen.desk import Desk
from readiness.interview.screen.running import Unguarded
from readiness.responses.journal import Journal, read_journal

Steps = Callable[["Screen"], Awaitable[None]]


class Screen:
    """What a test does to a screen, and what it sees on it."""

    def __init__(self, app: InterviewApp, pilot: Pilot[None]) -> None:
        self.app = app
        self._pilot = pilot

    async def press(self, *keys: str) -> None:
        """Presses keys, and waits until everything has followed from them."""
        for key in keys:
            await self._pilot.press(key)
            await self.settled()

    async def write(self, text: str) -> None:
        """Types a text into whatever is open."""
        await self._pilot.press(*["space" if char == " " else char for char in text])
        await self.settled()

    async def burst(self, *keys: str) -> None:
        """Keys that come all at once, as through a slow connection."""
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(events.Key(key, character))
        for _ in range(400):  # a busy machine takes its time
            await self.settled()
            if self.app.is_idle:
                break
        for _ in range(10):
            await self.settled()

    async def click(self, place: int) -> None:
        """Clicks on a choice."""
        await self._pilot.click(self.app.pane.query(".line")[place])
        await self.settled()

    async def settled(self) -> None:
        """Waits until the engine is there and nothing is left to do."""
        await self._pilot.pause(0.05)

    async def ready(self) -> None:
        """Waits for the engine, and for the panel that it fills."""
        for _ in range(600):
            await self._pilot.pause(0.02)
            if self.panel or self.said:
                return

    @property
    def question(self) -> str:
        """The current question's text."""
        card = self.app.pane.card
        return "" if card is None else card.text

    @property
    def reason(self) -> str:
        """Why it is asked."""
        card = self.app.pane.card
        return "" if card is None else card.reason

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands beside its answer."""
        card = self.app.pane.card
        return () if card is None else card.remarks

    @property
    def said(self) -> str:
        """The line above the keys."""
        return str(self.app.said.content)

    @property
    def panel(self) -> str:
        """What the answers settle."""
        return str(self.app.right.content)

    @property
    def outline(self) -> str:
        """The sections."""
        return str(self.app.left.content)

    @property
    def head(self) -> str:
        """The first line."""
        return str(self.app.head.content)

    @property
    def dialog(self) -> str:
        """The name of the dialog that is open; "" if none is."""
        return type(self.app.screen).__name__ if len(self.app.screen_stack) > 1 else ""


def sit(
    framework: Framework,
    path: Path,
    steps: Steps,
    role: str | None = "employee",
    order: Order = IN_ORDER,
    size: tuple[int, int] = (100, 30),
) -> Journal:
    """Holds one sitting: what the steps do; then the journal as it was left."""
    arranged = Arrangement(framework, path, {} if role is None else {"role": role}, order=order)
    journal = opened(arranged, now)

    async def run() -> None:
        app = InterviewApp(lambda app: Desk(app, journal.sitting(arranged, Unguarded()), journal.remarks))
        async with app.run_test(size=size) as pilot:
            screen = Screen(app, pilot)
            await screen.ready()
            await steps(screen)

    with journal.writer:
        asyncio.run(run())
    return read_journal(path)
