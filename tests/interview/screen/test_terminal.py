"""The full screen in a real terminal: what is on it, what it keeps, and how it leaves the terminal."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.responses.journal import read_journal
from tests.interview.screen.tmux import PATIENCE, Tmux
from tests.interview.small import write


@pytest.fixture
def framework(tmp_path: Path) -> Path:
    return write(tmp_path / "small")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "interviews" / "a.jsonl"


@pytest.fixture
def terminal() -> Iterator[Tmux]:
    with Tmux() as tmux:
        yield tmux


def test_a_whole_interview_answered_changed_noted_killed_resumed_and_finished(
    terminal: Tmux, path: Path, framework: Path
) -> None:
    terminal.interview(path, framework)
    terminal.until("What is your role?", "1 ○ Employee", "2 ○ Manager", "Readiness so far")
    terminal.press("2")
    terminal.until("I helped another unit.", "Kept: 2 Manager")
    terminal.press("4")
    terminal.until("Help came in", "3/9")
    terminal.press("b")
    terminal.until("I helped another unit.", "4 ◉ Often")
    terminal.press("5")
    terminal.until("Help came in", "Kept: 5 Always")

    terminal.write("+")
    terminal.until("A note on this question")
    terminal.write("« é œ € »")
    terminal.until("« é œ € »")
    terminal.press("Enter")
    terminal.until("Note kept.", "Note: « é œ € »")

    terminal.press("l")
    terminal.until("L'aide est venue.", "1 ○ Jamais", "Petit bilan", "Préparation à ce stade")
    terminal.resize(40, 12)
    screen = terminal.until("L'aide est venue.", gone="Préparation à ce stade")
    assert max(map(len, screen.splitlines())) <= 40
    terminal.resize(80, 24)
    terminal.until("L'aide est venue.", "Préparation à ce stade")

    os.kill(terminal.process(path), signal.SIGKILL)
    terminal.until("left with 137")
    journal = read_journal(path)
    assert (journal.answers, journal.notes) == ({"role": "manager", "W1": 5}, {"W2": ("« é œ € »",)})

    terminal.interview(path, framework)
    terminal.until("L'aide est venue.", "Note : « é œ € »")
    for key, following in (("n", "J'ai trouvé de l'aide."), ("3", "Mon équipe a été aidée."), ("s", "faire ici")):
        terminal.press(key)
        terminal.until(following)
    terminal.write("jamais de blague")
    terminal.until("jamais de blague")
    terminal.press("Enter")
    terminal.until("Courriels par jour")
    terminal.write("12")
    terminal.press("Enter")
    terminal.until("Trop de courriels.")
    terminal.press("d")
    terminal.until("Pourquoi participez-vous ?")
    terminal.press("2")
    terminal.until("Relecture", "Questions passées : 1", "Terminer l’entretien")
    terminal.press("Enter")
    terminal.until("L’entretien est terminé.", "left with 0")
    journal = read_journal(path)
    assert journal.answers == {
        "role": "manager",
        "W1": 5,
        "W2": "na",
        "W3": 3,
        "OPEN1": "jamais de blague",
        "M1": 12,
        "M2": "dk",
        "CHOICE1": 2,
    }
    assert (journal.finished, journal.skipped, journal.problems) == (True, {"W4"}, ())
    assert terminal.modes == "000"


SLOW_ENGINE = """
import sys, time

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "readiness.scoring.probing":
            time.sleep(20)

sys.meta_path.insert(0, Slow())
"""


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
    ids=["SIGINT", "SIGTERM", "SIGHUP"],
)
def test_a_signal_restores_the_terminal_and_keeps_every_word(
    terminal: Tmux, path: Path, framework: Path, number: signal.Signals, code: int
) -> None:
    terminal.interview(path, framework, "--role", "employee")
    terminal.until("I helped another unit.")
    terminal.press("4")
    terminal.until("Kept: 4 Often")
    terminal.write("+")
    terminal.until("A note on this question")
    terminal.write("half a sent")
    terminal.until("half a sent")
    os.kill(terminal.process(path), number)
    terminal.until(f"left with {code}", "The interview is paused.")
    assert terminal.modes == "000"
    journal = read_journal(path)
    assert (journal.answers, journal.notes) == ({"W1": 4}, {"W2": ("half a sent",)})
    assert journal.events[-1].event == "pause"


@pytest.mark.parametrize("order", ["--fixed", "--adaptive"])
def test_leaving_does_not_wait_for_an_engine_that_takes_its_time(
    order: str, tmp_path: Path, path: Path, framework: Path
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW_ENGINE)
    with Tmux(env={"PYTHONPATH": str(tmp_path)}) as terminal:
        terminal.interview(path, framework, "--role", "employee", order)
        terminal.until("I helped another unit.", "Small check")
        os.kill(terminal.process(path), signal.SIGINT)
        terminal.until("left with 130", "The interview is paused.")
    assert read_journal(path).events[-1].event == "pause"


def test_control_c_is_an_interruption(terminal: Tmux, path: Path, framework: Path) -> None:
    terminal.interview(path, framework, "--role", "employee")
    terminal.until("I helped another unit.")
    terminal.press("4")
    terminal.until("Kept: 4 Often")
    terminal.press("C-c")
    terminal.until("left with 130")
    assert read_journal(path).answers == {"W1": 4}


def test_with_its_terminal_the_interview_ends_and_keeps_every_word(path: Path, framework: Path) -> None:
    with Tmux() as terminal:
        terminal.interview(path, framework, "--role", "employee")
        terminal.until("I helped another unit.")
        terminal.press("4")
        terminal.until("Kept: 4 Often")
        terminal.write("+")
        terminal.until("A note on this question")
        terminal.write("half")
        terminal.until("half")
        process = Path(f"/proc/{terminal.process(path)}")
    end = time.monotonic() + PATIENCE
    while process.exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not process.exists()
    journal = read_journal(path)
    assert (journal.answers, journal.notes) == ({"W1": 4}, {"W2": ("half",)})


def test_control_c_leaves_from_a_field_and_keeps_what_was_typed(terminal: Tmux, path: Path, framework: Path) -> None:
    terminal.interview(path, framework, "--role", "employee")
    terminal.until("I helped another unit.")
    terminal.write("+")
    terminal.until("A note on this question")
    terminal.write("half")
    terminal.until("half")
    terminal.press("C-c")
    terminal.until("left with 130")
    assert read_journal(path).notes == {"W1": ("half",)}


def test_what_a_killed_sitting_leaves_switched_on_is_off_after_the_next(
    terminal: Tmux, path: Path, framework: Path
) -> None:
    terminal.interview(path, framework, "--role", "employee")
    terminal.until("I helped another unit.")
    terminal.press("4")
    terminal.until("Kept: 4 Often")
    os.kill(terminal.process(path), signal.SIGKILL)
    terminal.until("left with 137")
    assert terminal.modes != "000"
    terminal.interview(path, framework)
    terminal.until("Help came in")
    terminal.press("q")
    terminal.until("The interview is paused.", "left with 0")
    assert terminal.modes == "000"


def test_on_40_by_12_the_options_scroll_with_the_highlight(path: Path, framework: Path) -> None:
    with Tmux(40, 12) as terminal:
        terminal.interview(path, framework, "--role", "employee")
        terminal.until("I helped another unit.")
        for _ in range(7):
            terminal.press("Down")
        terminal.until("Not applicable")
        terminal.press("Enter")
        terminal.until("I found help.")
    assert read_journal(path).answers == {"W1": "na"}


def test_panels_take_the_screen_where_there_is_no_room_beside(path: Path, framework: Path) -> None:
    with Tmux(40, 12) as terminal:
        terminal.interview(path, framework, "--role", "employee")
        terminal.until("I helped another unit.")
        terminal.press("p")
        terminal.until("Readiness so far", gone="I helped another unit.")
        terminal.press("p")
        terminal.until("I helped another unit.")


def test_without_colour_everything_is_still_said(path: Path, framework: Path) -> None:
    with Tmux(env={"NO_COLOR": "1"}) as terminal:
        terminal.interview(path, framework, "--role", "employee")
        terminal.until("I helped another unit.", "Readiness so far")
        terminal.press("4")
        terminal.until("Kept: 4 Often")
        terminal.press("b")
        terminal.until("4 ◉ Often")
        coloured = [code for code in terminal.styled.split("\x1b[")[1:] if _hue(code.split("m")[0])]
    assert coloured == []


def _hue(codes: str) -> bool:
    """Whether a style sets a colour that is no grey."""
    parts = codes.split(";")
    for place, part in enumerate(parts):
        if part in ("38", "48") and parts[place + 1 : place + 2] == ["2"]:
            red, green, blue = parts[place + 2 : place + 5]
            return max(map(int, (red, green, blue))) - min(map(int, (red, green, blue))) > 8
        if part in [str(n) for n in (*range(31, 37), *range(41, 47), *range(91, 97), *range(101, 107))]:
            return True
    return False


@pytest.mark.parametrize(
    ("before", "option", "after"),
    [("", "--plain", ""), ("TERM=dumb ", "", ""), ("sleep 2 | ", "", ""), ("", "", " 2>/dev/null")],
    ids=["--plain", "dumb", "piped in", "no terminal for errors"],
)
def test_line_by_line_where_no_full_screen_is_wanted_or_to_be_had(
    before: str, option: str, after: str, terminal: Tmux, path: Path, framework: Path
) -> None:
    options = ["--role", "employee", *([option] if option else [])]
    terminal.interview(path, framework, *options, before=before, after=after)
    terminal.until("1 of", "I helped another unit.", "> ")
    assert terminal.modes[0] == "0"


def test_two_interviews_in_one_journal_are_refused(terminal: Tmux, path: Path, framework: Path) -> None:
    terminal.interview(path, framework, "--role", "employee")
    terminal.until("I helped another unit.")
    terminal.press("4")
    terminal.until("Kept: 4 Often")
    with Tmux() as other:
        other.interview(path, framework)
        other.until("another interview has this journal open", "left with 1")
        assert other.modes == "000"


def test_the_adaptive_order_says_why_and_what_is_saved(terminal: Tmux, path: Path) -> None:
    terminal.interview(path, Path("enterprise-2.0"), "--adaptive", "--role", "manager")
    terminal.until("adaptive order", "Open: 17")
    terminal.press("1")
    terminal.until("Could settle:")
    terminal.press("o")
    terminal.until("in order")


def test_a_framework_with_faults_is_told_without_a_screen(terminal: Tmux, path: Path, framework: Path) -> None:
    (framework / "work.yaml").write_text("dimension: work\nindicators: 3\n", encoding="utf-8")
    terminal.interview(path, framework)
    terminal.until("work.yaml, line 2", "left with 1")
    assert terminal.modes == "000"
    assert not path.exists()
