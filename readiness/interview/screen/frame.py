"""The frame: everything on the screen that is not a dialog, drawn from a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from readiness.interview.screen.dealing import card_of
from readiness.interview.screen.outline import outline
from readiness.interview.screen.painting import painted_outline, painted_panel
from readiness.interview.screen.style import NARROW
from readiness.interview.wording import Wording, legible
from readiness.language.speech import speak

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widgets import Static

    from readiness.interview.screen.app import InterviewApp
    from readiness.interview.sitting import Sitting

REST = 0.12  # seconds without a key before the panel is drawn anew


class Frame:
    """Draws what a sitting has come to. The panel needs the engine, and waits until there is one."""

    def __init__(self, app: InterviewApp, sitting: Sitting) -> None:
        self._app = app
        self._sitting = sitting
        self._rest: Timer | None = None
        self.with_engine = False

    def _(self, message: str) -> str:
        return speak(self._sitting.conversation.contents.language).gettext(message)

    @property
    def _is_up(self) -> bool:
        """Whether there is a screen to draw on: what is drawn later may come after it is gone."""
        return self._app.right.is_attached

    def draw(self) -> None:
        """Draws everything: the question at once, the panel once the keys have come to rest."""
        self.draw_question()
        self._app.call_after_refresh(self.draw_edges)
        if self._rest is not None:
            self._rest.stop()
        self._rest = self._app.set_timer(REST, self.draw_panel)

    def resized(self) -> None:
        """What is cut to a panel's width is cut anew, once the panels have their new widths."""
        self._app.set_timer(REST, self.draw_edges)
        self._app.set_timer(REST, self.draw_panel)

    def draw_question(self) -> None:
        """The question in the middle; nothing at the end."""
        conversation = self._sitting.conversation
        if conversation.at is not None:
            advice = self._sitting.advice if self.with_engine else None
            self._app.pane.show(card_of(self._sitting.framework, conversation, advice))

    def draw_edges(self) -> None:
        """The first line, the sections, the keys."""
        if not self._is_up:
            return
        conversation = self._sitting.conversation
        place, of = conversation.progress
        order = self._("adaptive order") if self._sitting.adaptive else self._("in order")
        wording = Wording(self._sitting.framework, conversation)
        parts = (f"{place}/{of}", self._sitting.respondent, wording.role, conversation.contents.language, order)
        self._app.head.update(legible(" · ".join(part for part in (*parts, wording.title) if part)))
        self._app.foot.update(self._keys())
        self._app.left.update(painted_outline(outline(self._sitting), _width(self._app.left)))

    def draw_panel(self) -> None:
        """What the answers settle so far."""
        if not self.with_engine or not self._is_up:
            return
        from readiness.interview.screen.outlook import panel

        width = _width(self._app.right)
        self._app.right.update(painted_panel(panel(self._sitting, self._sitting.standing, width), width))

    def say(self, text: str, bad: bool = False) -> None:
        """One line above the keys."""
        self._app.said.set_class(bad, "bad")
        self._app.said.update(legible(text))

    def _keys(self) -> str:
        _ = self._
        spoken = len(self._sitting.framework.languages) > 1
        keys = [_("b back"), _("f forward"), _("s skip"), _("d don't know"), _("n not applicable"), _("+ note")]
        keys += [_("e rating"), _("c confidence"), _("- take back"), _("u undo"), _("g go to")]
        keys += [_("l language")] if spoken else []
        keys += [_("o order"), _("r review"), _("q pause")]
        keys = [_("? help"), *keys] if self._app.size.width < NARROW else [*keys, _("? help")]
        return " · ".join(key.replace(" ", "\N{NO-BREAK SPACE}", 1) for key in keys)


def _width(panel: Static) -> int:
    """The cells of a panel that are there for text, its scroll bar not among them."""
    scroll = panel.parent
    assert isinstance(scroll, VerticalScroll)
    return max(12, scroll.content_size.width - 1)
