"""The interview as somebody meets it: in a terminal, through a pipe, interrupted, killed."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.responses.journal import read_journal
from tests.interview.small import write
from tests.interview.terminal import Killed, Terminal, command


@pytest.fixture
def framework(tmp_path: Path) -> Path:
    return write(tmp_path / "small")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "interviews" / "a.jsonl"


def test_answer_go_back_note_leave_take_up_and_finish(path: Path, framework: Path) -> None:
    terminal = Terminal(path, framework, columns=40)
    assert "What is your role?" in terminal.prompted()
    assert "I helped another unit." in terminal.enter("manager")
    assert "Help came in" in terminal.enter("4")
    assert "Answer: 4 Often" in terminal.enter("b")
    terminal.enter("3")
    assert "Note kept." in terminal.enter("+ « é œ € » à relire")
    assert "not an option" in terminal.enter("11")
    terminal.enter("dk")
    terminal.child.sendline("q")
    said, code = terminal.ended()
    assert "The interview is paused." in said
    assert code == 0

    terminal = Terminal(path, framework)
    assert "I found help." in terminal.prompted()
    for entry in ("na", "s", "no jokes", "0"):
        terminal.enter(entry)
    terminal.child.sendline("2")
    said, code = terminal.ended()
    assert "The interview is finished." in said
    assert code == 0

    journal = read_journal(path)
    assert journal.answers == {
        "role": "manager",
        "W1": 3,
        "W2": "dk",
        "W3": "na",
        "OPEN1": "no jokes",
        "M1": 0,
        "CHOICE1": 2,
    }
    assert journal.notes == {"W2": ("« é œ € » à relire",)}
    assert (journal.finished, journal.problems, journal.skipped) == (True, (), {"W4"})


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=str,
)
def test_a_signal_ends_it_with_everything_kept(path: Path, framework: Path, number: signal.Signals, code: int) -> None:
    terminal = Terminal(path, framework, "--role", "employee")
    terminal.prompted()
    terminal.enter("4")
    terminal.child.kill(number)
    assert terminal.ended()[1] == code
    journal = read_journal(path)
    assert (journal.answers, journal.problems) == ({"W1": 4}, ())
    assert journal.events[-1].event == "pause"


def test_control_c_and_the_end_of_input_from_the_keyboard(path: Path, framework: Path) -> None:
    for key, code in (("c", 130), ("d", 0)):
        terminal = Terminal(path, framework, "--role", "employee")
        terminal.prompted()
        terminal.enter("4")
        terminal.child.sendcontrol(key)
        said, found = terminal.ended()
        assert found == code
        assert "Traceback" not in said
    assert read_journal(path).answers == {"W1": 4, "W2": 4}


def test_a_terminal_that_is_closed_hangs_the_interview_up(path: Path, framework: Path) -> None:
    terminal = Terminal(path, framework, "--role", "employee")
    terminal.prompted()
    terminal.enter("4")
    assert terminal.hang_up() == 129
    assert read_journal(path).answers == {"W1": 4}


def test_the_terminal_is_left_as_it_was(path: Path, framework: Path) -> None:
    import termios

    terminal = Terminal(path, framework, "--role", "employee")
    before = termios.tcgetattr(terminal.child.child_fd)
    terminal.prompted()
    terminal.enter("4")
    assert termios.tcgetattr(terminal.child.child_fd) == before
    terminal.child.sendcontrol("c")
    said, _ = terminal.ended()
    assert "\x1b" not in said


def test_two_interviews_in_one_journal_are_refused(path: Path, framework: Path) -> None:
    first = Terminal(path, framework, "--role", "employee")
    first.prompted()
    first.enter("4")
    said, code = Terminal(path, framework).ended()
    assert "another interview has this journal open" in said
    assert code == 1
    first.child.sendline("q")
    assert first.ended()[1] == 0
    assert read_journal(path).answers == {"W1": 4}


def test_a_line_longer_than_a_terminal_takes_is_said_to_be_cut(path: Path, framework: Path) -> None:
    terminal = Terminal(path, framework, "--role", "employee")
    terminal.prompted()
    assert "its end may be missing" not in terminal.enter("+ " + "a" * 2000)
    assert "its end may be missing" in terminal.enter("+ " + "b" * 6000)


def test_an_engagement_gets_a_journal_of_its_own(tmp_path: Path, framework: Path) -> None:
    (tmp_path / "engagement.yaml").write_text(f"client: Acme\nframework: {framework.name}\nlanguages: [fr]\n")
    ran = subprocess.run(
        [sys.executable, "-m", "readiness", "interview", str(tmp_path), "--plain", "--role", "manager"],
        input="4\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    (journal,) = (tmp_path / "interviews").iterdir()
    assert "J'ai aidé un autre service." in ran.stdout
    assert (read_journal(journal).answers, read_journal(journal).context) == ({"W1": 4}, {"role": "manager"})


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "ascii"])
def test_through_a_pipe_in_any_locale(path: Path, framework: Path, encoding: str) -> None:
    ran = subprocess.run(
        [sys.executable, *command(path, framework, "--role", "employee", "--lang", "fr")],
        input="+ « é œ € »\n4\n",
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env={"PATH": "", "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.count("> ") == 3
    journal = read_journal(path)
    assert (journal.answers, journal.notes) == ({"W1": 4}, {"W1": ("« é œ € »",)})


def test_no_acknowledged_answer_is_lost_to_kill(path: Path, framework: Path) -> None:
    chance = random.Random(20)
    acknowledged = 0
    for run in range(13):
        killed = Killed(path.with_name(f"{run}.jsonl"), framework)
        killed.sit(chance.uniform(0, 0.2), asking=run % 4 > 0)
        killed.sit(chance.uniform(0, 0.2))  # taken up again, and killed again
        assert killed.lost == 0
        acknowledged += killed.acknowledged
    assert acknowledged > 0
