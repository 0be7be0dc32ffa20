"""Dialogs: a note, a rating from evidence, where to go, what is worth a second look, what the keys do.

Each comes to a list of moves, or to nothing when it is left by Escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from readiness.interview.entries import Unclear, typed_answer
from readiness.interview.moves import Answer, Back, Finish, Go, Note, Rate
from readiness.interview.reviewing import review
from readiness.interview.searching import matching
from readiness.interview.wording import Wording, legible
from readiness.language.speech import speak
from readiness.responses.journal import DK, NA

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from readiness.interview.sitting import Sitting

MOST_LISTED = 60


class Dialog(ModalScreen[Any]):
    """A box over the interview. has_fields: something in it takes the keys once it is there."""

    has_fields = True

    BINDINGS: ClassVar[list[Any]] = [("escape", "close")]
    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Vertical {
        width: 72; max-width: 100%; height: auto; max-height: 100%; border: round $accent; padding: 0 1;
        background: $surface;
    }
    Dialog Label { width: 1fr; text-style: bold; }
    Dialog .hint { color: $text-muted; width: 1fr; height: auto; }
    Dialog OptionList { height: auto; max-height: 14; border: none; background: $surface; }
    Dialog VerticalScroll { height: auto; max-height: 18; }
    """

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.wording = Wording(sitting.framework, sitting.conversation)

    def _(self, message: str) -> str:
        return speak(self.sitting.conversation.contents.language).gettext(message)

    def action_close(self) -> None:
        """Nothing has come of it."""
        self.dismiss(None)


class NoteDialog(Dialog):
    """Something is written down beside a question: this one, or the one answered before, which people explain later."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        conversation = sitting.conversation
        before = conversation.just_answered
        self._about = [id_ for id_ in dict.fromkeys((conversation.at, before)) if id_ is not None]

    def compose(self) -> ComposeResult:
        """What the note is about, a field, and how to keep what is in it."""
        with Vertical():
            yield Label(self._("A note on this question"), markup=False)
            yield Static(self._text(), id="about", classes="hint", markup=False)
            yield Input(classes="words")
            hint = self._("Enter saves, Escape cancels.")
            if len(self._about) > 1:
                hint += " " + self._("↑: the question before, or this one.")
            yield Static(hint, classes="hint", markup=False)

    def _text(self) -> str:
        if not self._about:
            return ""
        question = self.sitting.conversation.by_id[self._about[0]]
        return legible(f"{question.id}  {self.wording.text_of(question)}")

    def on_key(self, event: Any) -> None:
        """The arrows change what the note is about."""
        if event.key in ("up", "down") and len(self._about) > 1:
            event.stop()
            self._about.reverse()
            self.query_one("#about", Static).update(self._text())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Kept, unless nothing was written."""
        said = event.value.strip()
        self.dismiss([Note(said, self._about[0] if self._about else None)] if said else None)


class RatingDialog(Dialog):
    """The interviewer rates the item from evidence: an option, then what it rests on."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        question = sitting.conversation.current
        assert question is not None
        self._question = question
        self._standing = sitting.conversation.contents.ratings.get(question.id)
        self._answer: Answer | None = None

    def compose(self) -> ComposeResult:
        """The options first; the field for the evidence comes into play once one is chosen."""
        question, wording = self._question, self.wording
        with Vertical():
            yield Label(self._("Rating from evidence"), markup=False)
            yield Static(legible(wording.text_of(question)), classes="hint", markup=False)
            if question.choices:
                options = [(f"{choice.key:>2}  {wording.label(choice)}", choice.key) for choice in question.choices]
                options += [(f" d  {wording.answer(question, DK)}", DK), (f" n  {wording.answer(question, NA)}", NA)]
                if self._standing is not None:
                    options.append((f" -  {self._('Take the rating back')}", "-"))
                yield OptionList(*[Option(legible(text).replace("[", r"\["), id_) for text, id_ in options])
            else:
                yield Input(id="value", placeholder=wording.kind(question))
            yield Input(
                id="seen", classes="words", placeholder=self._("What it rests on: documents, a walk through the office")
            )
            yield Static(self._("Enter: next, then save. Escape cancels."), classes="hint", markup=False)

    def on_key(self, event: Any) -> None:
        """An option's own key chooses it, as at the question."""
        if not isinstance(self.focused, OptionList):
            return
        named = {"d": DK, "n": NA}.get(event.character, event.character)
        listed = self.query_one(OptionList)
        for place, option in enumerate(listed.options):
            if option.id == named:
                event.stop()
                listed.highlighted = place
                listed.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A rating is chosen; what it rests on comes next."""
        chosen = str(event.option.id)
        if chosen == "-":
            self.dismiss([Rate(None)])
            return
        answer = Answer(chosen) if chosen in (DK, NA) else typed_answer(chosen, self._question)
        self._answer = answer if isinstance(answer, Answer) else None
        self.query_one("#seen", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Kept once there is a rating."""
        if event.input.id == "value":
            meaning = typed_answer(event.value.strip(), self._question)
            if isinstance(meaning, Unclear):
                self.app.bell()
                return
            self._answer = meaning
            self.query_one("#seen", Input).focus()
        elif self._answer is not None:
            self.dismiss([Rate(self._answer.value, event.value.strip() or None)])
        else:
            self.app.bell()


class JumpDialog(Dialog):
    """To any question that is shown, by words of it or by its id."""

    def compose(self) -> ComposeResult:
        """A field, and the questions that have what is in it."""
        with Vertical():
            yield Label(self._("Go to a question"), markup=False)
            yield Input(placeholder=self._("words of it, or its id"))
            yield OptionList()
            yield Static(self._("Arrows and Enter choose, Escape closes."), classes="hint", markup=False)

    def on_mount(self) -> None:
        """Everything is listed at first."""
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """The list follows the words."""
        self._list(event.value)

    def _list(self, words: str) -> None:
        conversation = self.sitting.conversation
        found = matching(conversation, words) if words.strip() else conversation.shown
        listed = self.query_one(OptionList)
        listed.clear_options()
        for question in found[:MOST_LISTED]:
            sign = "✓" if question.id in conversation.contents.answers else "·"
            text = legible(f"{sign} {question.id}  {self.wording.text_of(question)}")
            listed.add_option(Option(text.replace("[", r"\["), question.id))
        listed.highlighted = 0 if found else None
        if not found:
            listed.add_option(Option(self._("No question contains these words."), "!none", disabled=True))

    def on_key(self, event: Any) -> None:
        """Arrows move in the list while words are typed."""
        listed = self.query_one(OptionList)
        if isinstance(self.focused, Input) and event.key in ("up", "down"):
            event.stop()
            (listed.action_cursor_up if event.key == "up" else listed.action_cursor_down)()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """To the one that is highlighted."""
        event.stop()
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            self.dismiss([Go(str(listed.get_option_at_index(listed.highlighted).id))])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """To the one that was chosen."""
        self.dismiss([Go(str(event.option.id))])


class ReviewDialog(Dialog):
    """What is worth a second look, and the way to finish."""

    FINISH = "!finish"

    def compose(self) -> ComposeResult:
        """How it ends, then every question worth a look."""
        found = review(self.sitting.framework, self.sitting.conversation)
        with Vertical():
            yield Label(self._("Review"), markup=False)
            for line in self._ending():
                yield Static(legible(line), classes="hint", markup=False)
            yield OptionList(*self._options(found))
            yield Static(self._("Enter opens a question or finishes, Escape returns."), classes="hint", markup=False)

    def _ending(self) -> list[str]:
        advice = self.sitting.advice
        if self.sitting.conversation.at is not None or advice is None or not advice.saved:
            return []
        return list(self.wording.settled(advice))

    def _options(self, found: Any) -> list[Option | None]:
        wording = self.wording
        by_id = self.sitting.conversation.by_id
        options: list[Option | None] = [Option(self._("Finish the interview"), self.FINISH)]
        for place, pair in enumerate(found.contradictory):
            options += [
                None,
                Option(self._("These two answers do not seem to fit together:"), f"!pair{place}", disabled=True),
            ]
            for id_ in pair:
                answer = wording.answer(by_id[id_], self.sitting.conversation.contents.answers[id_])
                options.append(self._option(id_, f"{wording.text_of(by_id[id_])}  → {answer}", f"c{place}"))
        for place, (told, ids) in enumerate(wording.review_parts(found)):
            options += [None, Option(told, f"!part{place}", disabled=True)]
            options += [self._option(id_, wording.text_of(by_id[id_]), f"p{place}") for id_ in ids[:MOST_LISTED]]
        return options

    @staticmethod
    def _option(id_: str, text: str, part: str) -> Option:
        return Option(legible(f"  {id_}  {text}").replace("[", r"\["), f"{part}:{id_}")

    def on_mount(self) -> None:
        """Enter finishes where everything has been asked; before that, it goes to what is open."""
        listed = self.query_one(OptionList)
        listed.focus()
        if self.sitting.conversation.at is not None:
            listed.action_cursor_down()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Finished, or to a question."""
        chosen = str(event.option.id)
        self.dismiss([Finish()] if chosen == self.FINISH else [Go(chosen.partition(":")[2])])

    def action_close(self) -> None:
        """On with the interview; at its end there is no other way than back."""
        self.dismiss([Back()] if self.sitting.conversation.at is None else None)


class HelpDialog(Dialog):
    """What the keys do."""

    has_fields = False

    def compose(self) -> ComposeResult:
        """A line a key."""
        with Vertical():
            yield Label(self._("Keys"), markup=False)
            with VerticalScroll():
                yield Static("\n".join(self._lines()), markup=False)

    def _lines(self) -> list[str]:
        _ = self._
        return [
            _("1, 2, 3 …   answer; or arrows and Enter, or a click"),
            _("d / n       don't know / not applicable"),
            _("s           skip; the review lists what was skipped"),
            _("b, f        back and forward; also the arrows left and right"),
            _("+           a note on this question"),
            _("e           rate from evidence, apart from the answer"),
            _("◆           your own rating of this question"),
            _("c           how sure the last answer is: low, medium, high"),
            _("C           how sure your own rating of this question is"),
            _("-           take the answer back"),
            _("u           undo the last answer, rating or confidence"),
            _("g or /      go to a question, or look for one"),
            _("i           type an answer in words or a number; Escape leaves"),
            _("l           the next language"),
            _("o           adaptive order, or the questionnaires’ order"),
            _("p           show or hide the panels"),
            _("r           review what is unanswered or odd, and finish"),
            _("q           pause and leave; everything is kept"),
            "",
            _("The panel shows what the answers settle so far. A bar: where a figure may"),
            _("still lie. The number after it: how many questions the verdict depends on."),
        ]

    def on_key(self, event: Any) -> None:
        """Any key but one that scrolls closes it."""
        if event.key not in ("up", "down", "pageup", "pagedown", "escape"):
            event.stop()
            self.dismiss(None)
