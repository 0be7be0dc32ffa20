"""A sitting from end to end, answered through a pipe."""

import errno
import io
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError, UsageError
from readiness.interview.journal import resume
from readiness.interview.opening import Arrangement
from readiness.interview.order import Order
from readiness.interview.session import run_plain
from readiness.responses.journal import Event, Header, encode_line, read_journal
from tests.interview.piped import Sitting
from tests.interview.small import build

FRAMEWORK = build()
EMPLOYEE = {"role": "employee"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jsonl"


def test_the_whole_interview_from_a_pipe(path: Path) -> None:
    sitting = Sitting(path, "employee", "4", "2", "dk", "never smile", "12", "na", "1")
    assert sitting.code == 0
    assert sitting.journal.answers == {
        "role": "employee",
        "W1": 4,
        "W2": 2,
        "W3": "dk",
        "OPEN1": "never smile",
        "M1": 12,
        "M2": "na",
        "CHOICE1": 1,
    }
    assert sitting.journal.finished
    assert "The interview is finished." in sitting.said
    assert "answered: 6, don't know: 1, not applicable: 1" in sitting.said
    assert f"readiness score {path}" in sitting.said


def test_with_the_role_given_only_items_are_asked(path: Path) -> None:
    sitting = Sitting(path, "1", "2", "3", context=EMPLOYEE)
    assert sitting.journal.context == EMPLOYEE
    assert sitting.journal.answers == {"W1": 1, "W3": 2, "M1": 3}
    assert (sitting.journal.finished, sitting.prompts) == (True, 3)


def test_the_core_form_asks_less(path: Path) -> None:
    assert Sitting(path, "1", "3", context=EMPLOYEE, form="core").journal.finished


def test_every_prompt_and_nothing_else_ends_like_one(path: Path) -> None:
    # W2's text has a ">" in it, and so have this note and this answer.
    entries = ["employee", "4", "+ a > b", "b", "", "3", "2", "a > b > ", "b", "?", "", "s", "q"]
    sitting = Sitting(path, *entries)
    assert sitting.prompts == len(entries)
    assert all(line.endswith("> ") or "> " not in line for line in sitting.said.split("\n"))


def test_the_end_of_the_input_is_a_pause(path: Path) -> None:
    sitting = Sitting(path, "4", context=EMPLOYEE)
    assert sitting.code == 0
    assert [event.event for event in sitting.journal.events] == ["answer", "pause"]
    assert "The interview is paused." in sitting.said
    assert "not answered: 3" in sitting.said


def test_a_paused_interview_goes_on_where_it_was(path: Path) -> None:
    Sitting(path, "4", "q", context=EMPLOYEE)
    sitting = Sitting(path, "2", "3", "0")
    assert "Resumed. Answers so far: 1." in sitting.said
    assert sitting.journal.answers == {"W1": 4, "W2": 2, "W3": 3, "M1": 0}
    assert sitting.journal.finished


def test_a_finished_interview_can_be_corrected(path: Path) -> None:
    Sitting(path, "1", "2", "3", context=EMPLOYEE)
    looked = Sitting(path)
    assert [event.event for event in looked.journal.events][-1] == "finish"
    assert looked.prompts == 1
    corrected = Sitting(path, "+ said on leaving", "3", "b", "9", "")
    assert corrected.journal.answers["M1"] == 9
    assert corrected.journal.notes == {"": ("said on leaving",)}
    assert corrected.journal.finished


def test_what_was_skipped_is_asked_at_the_next_sitting(path: Path) -> None:
    first = Sitting(path, "s", "2", "3", context=EMPLOYEE)
    assert first.journal.finished
    assert "skipped: 1" in first.said
    assert Sitting(path, "1").journal.answers == {"W1": 1, "W3": 2, "M1": 3}


def test_a_bad_entry_gets_a_hint_and_the_same_prompt(path: Path) -> None:
    sitting = Sitting(path, "9", "", "-", "+", "1", context=EMPLOYEE)
    assert sitting.said.count("I helped another unit.") == 1
    assert "Type one of 1, 2, 3, 4, 5" in sitting.said
    assert sitting.journal.answers == {"W1": 1}


entries = st.lists(
    st.one_of(
        st.sampled_from(
            ["1", "3", "5", "12", "b", "s", "dk", "na", "-", "?", "", "+ é œ €", "+", "employee", "manager"]
        ),
        st.sampled_from(["u", "r", "o", "/help", "g W1", "g role", "l fr", "c low", "e 4 seen", "e -", "e 4 > 3"]),
        st.text(st.characters(exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), max_size=12),
    ),
    max_size=30,
)


@given(entries)
def test_whatever_is_typed_is_understood_or_hinted_at_and_what_is_kept_can_be_read(entered: list[str]) -> None:
    with TemporaryDirectory() as folder:
        sitting = Sitting(Path(folder) / "a.jsonl", *entered)
        assert sitting.code == 0
        assert sitting.journal.problems == ()
        again = Sitting(Path(folder) / "a.jsonl")
        assert (again.journal.answers, again.journal.notes) == (sitting.journal.answers, sitting.journal.notes)


def test_back_at_the_first_question_is_said(path: Path) -> None:
    assert "This is the first question." in Sitting(path, "b", context=EMPLOYEE).said


def test_an_answer_is_on_disk_before_the_next_prompt(path: Path) -> None:
    prompts: list[dict[str, object]] = []

    class Screen(io.StringIO):
        def write(self, text: str) -> int:
            if text == "> ":
                prompts.append(dict(read_journal(path).answers))
            return super().write(text)

    entered = io.StringIO("4\n2\ndk\n")
    run_plain(Arrangement(FRAMEWORK, path, EMPLOYEE), stdin=entered, stdout=Screen(), stderr=io.StringIO())
    assert prompts == [{}, {"W1": 4}, {"W1": 4, "W2": 2}, {"W1": 4, "W2": 2, "W3": "dk"}]


def test_it_is_held_in_another_language(path: Path) -> None:
    sitting = Sitting(path, "Souvent", context=EMPLOYEE, language="fr")
    assert "J'ai aidé un autre service." in sitting.said
    assert (sitting.journal.answers, sitting.journal.language) == ({"W1": 4}, "fr")
    again = Sitting(path, language="en")
    assert "Help came in" in again.said
    assert again.journal.language == "en"


def test_taking_back_an_answer(path: Path) -> None:
    sitting = Sitting(path, "1", "b", "-", "q", context=EMPLOYEE)
    assert sitting.journal.answers == {}
    assert "Answer taken back." in sitting.said


def test_an_answer_made_unnecessary_is_shown_as_such(path: Path) -> None:
    sitting = Sitting(path, "4", "2", "b", "b", "1", "-", context=EMPLOYEE)
    assert "Earlier answers make this question unnecessary" in sitting.said
    assert sitting.journal.answers == {"W1": 1}


def test_help_tells_the_commands_and_the_notes(path: Path) -> None:
    sitting = Sitting(path, "+ « é œ € »", "?", context=EMPLOYEE)
    assert "Note: « é œ € »" in sitting.said


def test_control_characters_do_not_reach_the_terminal(path: Path) -> None:
    sitting = Sitting(path, "employee", "1", "1", "\x1b[2J\x07gone", "b")
    assert sitting.journal.answers["OPEN1"] == "\x1b[2J\x07gone"
    assert "\x1b" not in sitting.said
    assert "\x07" not in sitting.said


def test_a_pseudonym_may_be_given_and_is_the_files_name_otherwise(path: Path, tmp_path: Path) -> None:
    assert Sitting(path, context=EMPLOYEE).journal.respondent == "a"
    assert Sitting(tmp_path / "b.jsonl", respondent="P7").journal.respondent == "P7"


def test_a_torn_line_is_said_and_the_rest_goes_on(path: Path) -> None:
    Sitting(path, "4", "2", context=EMPLOYEE)
    path.write_bytes(path.read_bytes()[:-90])
    sitting = Sitting(path, "5", "q")
    assert "the last line is torn or damaged" in sitting.warned
    assert sitting.journal.answers["W1"] == 4
    assert not sitting.journal.problems


def test_another_version_of_the_framework_is_said(path: Path) -> None:
    path.write_bytes(encode_line(Header("small", "0.9", "a", EMPLOYEE, "en").record()))
    sitting = Sitting(path, "4")
    assert "begun with version 0.9 of small, goes on with version 1.0" in sitting.warned
    assert sitting.journal.answers == {"W1": 4}


def test_answers_that_this_framework_does_not_ask_for_are_said_and_kept(path: Path) -> None:
    Sitting(path, "4", context=EMPLOYEE)
    writer, _ = resume(path)
    with writer:
        writer.append(Event("answer", item="Z9", source="interviewee", value=2))
    sitting = Sitting(path, "5", "q")
    assert "answers to Z9 are left out" in sitting.warned
    assert sitting.journal.answers["Z9"] == 2


def test_another_framework_is_refused(path: Path) -> None:
    path.write_bytes(encode_line(Header("large", "1.0", "a", EMPLOYEE, "en").record()))
    before = path.read_bytes()
    with pytest.raises(ResponseError, match="belongs to the framework 'large', not to 'small'"):
        Sitting(path, "4")
    assert path.read_bytes() == before


def test_what_is_no_journal_is_refused_and_left_alone(path: Path, tmp_path: Path) -> None:
    path.write_text("respondent,W1\na,3\n")
    with pytest.raises(ResponseError, match="not a journal"):
        Sitting(path, "4")
    assert path.read_text() == "respondent,W1\na,3\n"
    with pytest.raises(ResponseError, match="not a file"):
        Sitting(tmp_path, "4")


def test_a_role_or_language_that_does_not_exist_is_wrong_usage(path: Path) -> None:
    with pytest.raises(UsageError, match="no role 'boss'; it has employee, manager"):
        Sitting(path, context={"role": "boss"})
    with pytest.raises(UsageError, match="no language 'de'; it has en, fr"):
        Sitting(path, language="de")
    assert not path.exists()


def test_the_role_of_a_journal_does_not_change(path: Path) -> None:
    Sitting(path, "4", context=EMPLOYEE)
    with pytest.raises(UsageError, match="is the interview of role 'employee', not 'manager'"):
        Sitting(path, context={"role": "manager"})
    assert Sitting(path, "2", context=EMPLOYEE).journal.answers == {"W1": 4, "W2": 2}


def test_a_role_told_later_is_recorded(path: Path) -> None:
    Sitting(path, "s", "1")
    sitting = Sitting(path, "2", "3", context=EMPLOYEE)
    assert sitting.journal.answers == {"role": "employee", "W1": 1, "W3": 2, "M1": 3}


def test_what_a_pipe_cannot_save_stops_the_interview(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    calls = iter(range(100))

    def full(handle: int) -> None:
        if next(calls) == 3:  # the header, its folder, the first answer are kept
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ResponseError, match=r"an answer could not be saved \(No space left on device\)"):
        Sitting(path, "4", "2", "3", context=EMPLOYEE)
    assert read_journal(path).answers == {"W1": 4}


def test_whoever_can_type_it_again_is_asked_to(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    calls = iter(range(100))

    def full(handle: int) -> None:
        if next(calls) == 3:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(os, "fsync", full)
    out = io.StringIO()
    entered = Terminal("4\n2\n3\nq\n")
    run_plain(Arrangement(FRAMEWORK, path, EMPLOYEE), stdin=entered, stdout=out, stderr=io.StringIO())
    assert "This could not be saved (No space left on device)" in out.getvalue()
    assert read_journal(path).answers == {"W1": 4, "W2": 3}


def test_a_reader_who_leaves_ends_the_interview_with_everything_kept(path: Path) -> None:
    class Screen(io.StringIO):
        prompts = 0

        def write(self, text: str) -> int:
            self.prompts += text == "> "
            if self.prompts > 1:
                raise BrokenPipeError(errno.EPIPE, "Broken pipe")
            return super().write(text)

    entered = io.StringIO("4\n2\n")
    code = run_plain(Arrangement(FRAMEWORK, path, EMPLOYEE), stdin=entered, stdout=Screen(), stderr=io.StringIO())
    assert code == 129
    assert read_journal(path).answers == {"W1": 4}


def test_a_role_may_be_given_by_its_label(path: Path) -> None:
    assert Sitting(path, context={"role": "Responsable"}).journal.context == {"role": "manager"}


def test_what_a_pipe_brings_and_cannot_be_taken_is_told_with_its_line(path: Path) -> None:
    sitting = Sitting(path, "4", "maybe", "3", "u", "u", "u", "2", context=EMPLOYEE)
    assert sitting.warned.splitlines()[0].startswith(
        "readiness: not taken, line 2: 'maybe' at W2: This is not an option."
    )
    assert "line 6: 'u' at W1: There is nothing to undo." in sitting.warned
    assert sitting.code == 0


def test_the_form_and_the_order_are_as_it_was_begun(path: Path) -> None:
    Sitting(path, "4", "q", context=EMPLOYEE, form="core", order=Order(adaptive=True))
    assert (read_journal(path).header.form, read_journal(path).header.order) == ("core", "adaptive")
    again = Sitting(path, "q")
    assert "of 4" in again.said
    assert "of 5" in Sitting(path, "q", form="full", order=Order(adaptive=False)).said


def test_a_journal_of_somebody_else_is_refused(path: Path) -> None:
    Sitting(path, "4", context=EMPLOYEE, respondent="p7")
    with pytest.raises(UsageError, match="this is the interview of 'p7', not of 'p8'"):
        Sitting(path, "4", respondent="p8")


@pytest.mark.parametrize(
    ("said", "named"), [("Jean Dupont", True), ("j@acme.fr", True), ("p7", False), ("HR 2", False)]
)
def test_a_name_is_told_from_a_pseudonym(path: Path, said: str, named: bool) -> None:
    assert ("looks like a name" in Sitting(path, "q", respondent=said).warned) is named
