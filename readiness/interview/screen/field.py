"""The field that an answer in words or a number is typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from readiness.interview.entries import Unclear, typed_answer

if TYPE_CHECKING:
    from textual import events

    from readiness.interview.screen.app import InterviewApp


class AnswerField(Input):
    """Enter keeps what was typed; Escape leaves the field, so that keys are commands again."""

    def __init__(self, draft: str) -> None:
        super().__init__(draft, classes="words")

    async def on_key(self, event: events.Key) -> None:
        """Escape goes back to the commands."""
        if event.key in ("escape", "up", "down"):
            event.stop()
            self.screen.set_focus(None)

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """What was typed is the answer; an empty field leaves everything as it is."""
        event.stop()
        app: InterviewApp = self.app  # type: ignore[assignment]
        question = app.sitting.conversation.current
        text = self.value.strip()
        if not text or question is None:
            self.screen.set_focus(None)
            return
        meaning = typed_answer(text, question)
        if isinstance(meaning, Unclear):
            app.say_unclear(meaning)
            return
        self.screen.set_focus(None)
        await app.make(meaning)
