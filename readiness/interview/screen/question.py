"""The question in the middle of the screen, with what it can be answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from readiness.interview.screen.card import Card, Line


class Choice(Static):
    """One thing that can be chosen, also with a mouse."""

    def __init__(self, place: int) -> None:
        super().__init__("", classes="line")
        self.place = place

    def show(self, line: Line | None) -> None:
        """Shows what can be chosen here; None: nothing."""
        self.set_class(line is None, "-hidden")
        if line is not None:
            self.set_class(line.chosen, "-chosen")
            sign = "◉" if line.chosen else "○"
            self.update(Content(f"{line.key:>2} {sign} {line.label}{' ◆' if line.rated else ''}"))

    async def on_click(self, event: events.Click) -> None:
        """A click chooses."""
        event.stop()
        pane = self.parent
        assert isinstance(pane, QuestionPane)
        await pane.choose(self.place)


class QuestionPane(VerticalScroll, can_focus=False):
    """The current question. Nothing in it is focused but a field that is being typed into."""

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self._here: int | None = None
        self._place, self._reason = Static(id="place", markup=False), Static(id="reason", markup=False)
        self._text, self._kind = Static(id="text", markup=False), Static(id="kind", markup=False)
        self._about = Static(id="about", markup=False)
        self._remarks = Static(id="remarks", markup=False)
        self._choices: list[Choice] = []
        self._field: Any = None
        self.opening = False  # a field is on its way, and keys are meant for it

    def compose(self) -> ComposeResult:
        """From the top: where we are, why this is asked, the question, the answers, what stands beside it."""
        yield self._place
        yield self._reason
        yield self._text
        yield self._kind
        yield self._remarks
        yield self._about

    @property
    def typing(self) -> bool:
        """Whether keys go into a field."""
        return self._field is not None and self._field.has_focus

    @property
    def highlighted(self) -> Line | None:
        """What the arrows point at."""
        return None if self.card is None or self._here is None else self.card.lines[self._here]

    def line_of(self, key: str) -> Line | None:
        """What a key chooses."""
        lines = self.card.lines if self.card is not None else ()
        return next((line for line in lines if line.key == key.lower()), None)

    def show(self, card: Card | None) -> None:
        """Another question, or the same one changed; None: nothing is asked any more."""
        before, self.card = self.card, card
        if card is None:
            for widget in (self._place, self._reason, self._text, self._kind, self._remarks, self._about):
                widget.update("")
            for choice in self._choices:
                choice.show(None)
            return
        if before is None or before.id != card.id:
            self._here = None
            self._drop_field()
            self.scroll_home(animate=False)
        self._grow(len(card.lines))
        self._fill(card)
        if card.typed and self._field is None:
            self.opening = True
            self.call_after_refresh(self.begin_typing)

    def _grow(self, wanted: int) -> None:
        more = [Choice(place) for place in range(len(self._choices), wanted)]
        if more:
            self._choices += more
            self.mount(*more, before=self._remarks)

    def _fill(self, card: Card) -> None:
        self._place.update(Content(" · ".join(part for part in (card.section, card.place) if part)))
        self._reason.update(Content(card.reason))
        self._reason.display = bool(card.reason)
        self._text.update(Content(card.text))
        self._kind.update(Content(card.kind))
        self._kind.display = bool(card.kind)
        self._about.update(Content(card.about))
        self._remarks.update(Content("\n".join(card.remarks)))
        for choice in self._choices:
            choice.show(card.lines[choice.place] if choice.place < len(card.lines) else None)
        if self._here is None:
            # Nothing is pointed at beforehand: a stray Enter is no answer.
            self._here = next((place for place, line in enumerate(card.lines) if line.chosen), None)
        self._mark()

    def _mark(self) -> None:
        for choice in self._choices:
            choice.set_class(choice.place == self._here, "-here")

    def highlight(self, step: int) -> None:
        """Moves the highlight, and scrolls where it would leave the screen."""
        if self.card is None:
            return
        last = len(self.card.lines) - 1
        at = self._here if self._here is not None else (-1 if step > 0 else last + 1)
        self._here = max(0, min(last, at + step))
        self._mark()
        self._choices[self._here].scroll_visible(animate=False)

    async def choose(self, place: int) -> None:
        """Answers with what stands at this place."""
        if self.card is not None:
            await self.app.answered(self.card.lines[place].value)  # type: ignore[attr-defined]

    # An answer in words or numbers

    def begin_typing(self) -> None:
        """Opens the field for an answer in words or a number, if this question takes one."""
        if self.card is None or not self.card.typed:
            self.opening = False
            return
        if self._field is None:
            from readiness.interview.screen.field import AnswerField

            self._field = AnswerField(self.card.draft)
            self.mount(self._field, after=self._kind)
        self._field.focus()

    def _drop_field(self) -> None:
        self.opening = False
        if self._field is not None:
            self._field.remove()
            self._field = None
