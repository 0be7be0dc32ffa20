"""A sitting: every move is on disk before it is made here, in whatever order questions come."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.framework.models import Framework
from readiness.interview.journal import NotKeptError
from readiness.interview.moves import Answer, Back, Finish, Go, Move, MoveError, Note, Rate, Skip, Speak, Sure, Undo
from readiness.interview.opening import Arrangement, opened
from readiness.interview.order import IN_ORDER, Order
from readiness.interview.sitting import Sitting
from readiness.responses.engagement import read_engagement
from readiness.responses.journal import Value, read_journal
from readiness.scoring.probing import Probe
from tests.interview.held import ticking
from tests.interview.storied import storied
from tests.scoring.profiles import tries

ADAPTIVE = Order(adaptive=True)
MANAGER: dict[str, Value] = {"role": "manager"}


class Guard:
    """Holds interruptions off, and notes what was so when it began and ended."""

    def __init__(self) -> None:
        self.depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        self.depth += 1
        yield
        self.depth -= 1


@contextmanager
def sat(
    path: Path, order: Order = IN_ORDER, context: dict[str, Value] = MANAGER, framework: Framework | None = None
) -> Iterator[Sitting]:
    """A sitting at a journal, new or taken up again, where its order begins."""
    arranged = Arrangement(framework or storied(), path, context, order=order)
    journal = opened(arranged, ticking())
    with journal.writer:
        sitting = journal.sitting(arranged, Guard(), items_only=True)
        sitting.reach()
        yield sitting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_a_move_that_is_made_is_on_disk(path: Path) -> None:
    with sat(path) as sitting:
        sitting.make(Answer(1, "low"))
        assert read_journal(path).contents == sitting.conversation.contents
        assert sitting.conversation.at == "H"


def test_a_move_and_what_follows_from_it_are_held_together(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption in between would leave the disk and the screen apart."""
    with sat(path) as sitting:
        guard, synced = sitting._guarding, []
        assert isinstance(guard, Guard)
        monkeypatch.setattr(os, "fsync", lambda _: synced.append((guard.depth, sitting.conversation.at)))
        sitting.make(Answer(1))
        assert synced == [(1, "P")]
        assert guard.depth == 0


def test_what_the_disk_does_not_take_has_not_happened(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sat(path, ADAPTIVE) as sitting:
        before = sitting.conversation

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(NotKeptError):
            sitting.make(Answer(1))
        assert sitting.conversation is before


def test_a_move_that_is_not_possible_leaves_no_trace(path: Path) -> None:
    with sat(path) as sitting:
        before = path.read_bytes()
        for move in (Answer(7), Undo(), Sure("low"), Rate("often"), Go("nowhere")):
            with pytest.raises(MoveError):
                sitting.make(move)
        assert path.read_bytes() == before


def test_what_changes_nothing_is_not_written(path: Path) -> None:
    with sat(path) as sitting:
        sitting.make(Answer(1))
        before = path.read_bytes()
        for move in (Back(), Skip(), Go("O"), Back()):
            sitting.make(move)
        assert path.read_bytes() == before


def test_in_order_there_is_no_advice_and_the_engine_stays_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Order, "probe", lambda *_: pytest.fail("the engine was loaded"))
    with sat(path) as sitting:
        sitting.make(Answer(1))
        assert sitting.advice is None


def test_in_adaptive_order_the_question_on_screen_is_the_one_advised(path: Path) -> None:
    with sat(path, ADAPTIVE) as sitting:
        assert sitting.conversation.wandering
        assert sitting.advice is not None
        assert (sitting.conversation.at, sitting.advice.question) == ("P", "P")
        assert set(sitting.advice.settles) == {"deadlock", "drift"}
        sitting.make(Answer(1))
        assert (sitting.conversation.at, sitting.advice.settles) == ("H", ("deadlock",))


def test_where_answers_stand_is_told_in_either_order(path: Path) -> None:
    with sat(path) as sitting:
        sitting.make(Answer(1))
        assert sitting.standing == Probe(storied()).standing({"role": "manager", "P": 1})
        assert sitting.standing.scenarios["drift"].verdict == "ruled out"


def test_an_interview_ends_where_nothing_is_left_to_settle_and_the_rest_can_still_be_asked(path: Path) -> None:
    with sat(path, ADAPTIVE) as sitting:
        sitting.make(Answer(1))
        sitting.make(Answer(1))
        assert sitting.advice is not None
        assert (sitting.conversation.at, sitting.advice.saved) == (None, ("C", "O"))
        sitting.switch()
        assert (sitting.adaptive, sitting.conversation.at, sitting.conversation.wandering) == (False, "C", False)
        sitting.make(Answer(0))
        assert sitting.conversation.at == "O"


def test_a_switch_leaves_the_question_on_screen(path: Path) -> None:
    with sat(path) as sitting:
        sitting.make(Go("O"))
        sitting.switch()
        assert (sitting.conversation.at, sitting.adaptive, sitting.conversation.wandering) == ("O", True, True)
        sitting.make(Skip())
        assert sitting.conversation.at == "P"


@pytest.mark.parametrize(
    ("order", "answers", "event"),
    [
        (IN_ORDER, [], "pause"),
        (IN_ORDER, [1, 1], "pause"),
        (IN_ORDER, [1, 1, 1, 1], "finish"),
        (ADAPTIVE, [1], "pause"),
        (ADAPTIVE, [1, 1], "finish"),
    ],
)
def test_whoever_leaves_with_nothing_worth_asking_has_finished(
    path: Path, order: Order, answers: list[int], event: str
) -> None:
    with sat(path, order) as sitting:
        for answer in answers:
            sitting.make(Answer(answer))
        sitting.leave()
        assert read_journal(path).events[-1].event == event
        length = path.stat().st_size
        sitting.leave()
        assert event == "pause" or path.stat().st_size == length


def test_what_was_passed_over_is_asked_again_at_the_next_sitting_where_it_settles_something(path: Path) -> None:
    """Though there is more that could be asked: that would settle nothing."""
    with sat(path, ADAPTIVE) as sitting:
        for move in (Answer(1), Skip()):
            sitting.make(move)
        assert (sitting.conversation.at, sitting.conversation.pending[0].id) == (None, "C")
        sitting.leave()
    with sat(path, ADAPTIVE) as sitting:
        assert sitting.conversation.at == "H"


def test_without_a_role_the_role_comes_first(path: Path) -> None:
    with sat(path, ADAPTIVE, {}) as sitting:
        asked = []
        for value in ("employee", 0, "because"):
            asked.append(sitting.conversation.at)
            sitting.make(Answer(value))
        # An employee is not put what `drift` hangs on: it cannot be told.
        assert (asked, sitting.conversation.at) == (["role", "P", "WHY"], None)
        assert sitting.standing.scenarios["drift"].verdict == "not asked"


def test_another_language_is_spoken_and_recorded_once(path: Path) -> None:
    with sat(path) as sitting:
        sitting.speak(None)
        sitting.speak("en")
        sitting.speak("fr")
        sitting.speak("fr")
    assert [event.language for event in read_journal(path).events] == ["fr"]


def test_what_the_adaptive_order_needs_is_had_before_anything_changes(tmp_path: Path) -> None:
    (tmp_path / "engagement.yaml").write_text("client: A\nlanguages: [en]\nfacts: {nothing: 3}\n", encoding="utf-8")
    order = Order(engagement=read_engagement(tmp_path))
    with sat(tmp_path / "a.jsonl", order) as sitting:
        sitting.make(Answer(1))
        before = sitting.conversation
        with pytest.raises(ResponseError, match="no fact about the organisation"):
            sitting.switch()
        assert (sitting.adaptive, sitting.conversation) == (False, before)
        sitting.make(Answer(0))
        assert sitting.conversation.at == "C"


one_move: st.SearchStrategy[Move] = st.one_of(
    st.sampled_from([Answer(0), Answer(1), Answer(1, "low"), Answer("dk"), Answer("na"), Skip(), Back(), Undo()]),
    st.sampled_from([Rate(1, "seen"), Rate(None), Note("é"), Speak("fr"), Finish(), Go("O"), Go("P"), Sure("high")]),
)


@tries(25)
@given(st.booleans(), st.lists(st.one_of(one_move, st.just("switch")), max_size=12))
def test_disk_and_screen_hold_the_same_whatever_happens(adaptive: bool, sequence: list[Move | str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        with sat(path, Order(adaptive=adaptive)) as sitting:
            for move in sequence:
                if isinstance(move, str):
                    sitting.switch()
                    continue
                try:
                    sitting.make(move)
                except MoveError:
                    continue
            held, at = sitting.conversation.contents, sitting.conversation.at
            if sitting.adaptive and at is None:
                assert sitting.advice is not None
                assert sitting.advice.question is None
        kept = read_journal(path).contents
        # What was passed over may be asked once more; until it is answered the journal has it as passed over.
        assert kept.skipped >= held.skipped
        assert replace(kept, skipped=held.skipped) == held
