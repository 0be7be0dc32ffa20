"""The field that an answer in words or a number is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

if TYPE_CHECKING:
    from textual import events

    from readiness.interview.screen.app import InterviewApp


class AnswerField(Input):
    """Enter keeps what was typed; Escape and the arrows leave the field, so that keys are commands again."""

    def __init__(self, draft: str) -> None:
        super().__init__(draft, classes="words")

    def on_focus(self) -> None:
        """Keys go into the field from now on."""
        app: InterviewApp = self.app  # type: ignore[assignment]
        app.pane.opening = False

    async def on_key(self, event: events.Key) -> None:
        """Out of the field."""
        if event.key in ("escape", "up", "down"):
            event.stop()
            self.screen.set_focus(None)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed is the answer; an empty field leaves everything as it is."""
        event.stop()
        app: InterviewApp = self.app  # type: ignore[assignment]
        text = self.value.strip()
        if not text or await app.typed(text):
            self.screen.set_focus(None)
