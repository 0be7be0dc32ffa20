"""`readiness interview`: which interview is held, and the commands beside it."""

from __future__ import annotations

import os
from pathlib import Path

import pexpect
import pytest

from readiness.interview.journal import resume
from readiness.responses.journal import Event, read_journal
from tests.cli.running import COMMAND, Ran, environment, run
from tests.interview.held import answer, engagement, go_on, hold


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return engagement(tmp_path)


def sit(acme: Path, *arguments: object, typed: str = "") -> Ran:
    return run("interview", ".", "--plain", *arguments, cwd=acme, typed=typed)


def journals(acme: Path) -> dict[str, Path]:
    """By pseudonym."""
    return {read_journal(path).respondent: path for path in sorted((acme / "interviews").iterdir())}


def paused(acme: Path, name: str, role: str | None = "manager", *events: Event) -> Path:
    return hold(acme / "interviews" / f"{name}.jsonl", answer("W1", 1), *events, Event("pause"), role=role)


def finished(acme: Path, name: str, role: str | None = "manager") -> Path:
    return hold(acme / "interviews" / f"{name}.jsonl", answer("W1", 1), Event("finish"), role=role)


def test_the_first_interview_of_an_engagement_is_new_and_the_roles_to_come_are_told(acme: Path) -> None:
    ran = sit(acme, typed="manager\n4\n")
    assert ran.code == 0
    assert ran.err == "readiness: not interviewed yet: Employee, Manager\n"
    (journal,) = map(read_journal, journals(acme).values())
    assert journal.answers == {"role": "manager", "W1": 4}


def test_the_role_that_is_given_is_no_longer_one_to_come(acme: Path) -> None:
    assert sit(acme, "--role", "manager").err == "readiness: not interviewed yet: Employee\n"
    ran = sit(acme, "--role", "Membre du personnel")
    assert "not interviewed yet" not in ran.err
    assert sorted(str(read_journal(path).context["role"]) for path in journals(acme).values()) == [
        "employee",
        "manager",
    ]


def test_the_roles_to_come_are_told_in_the_interview_s_language(acme: Path) -> None:
    told = sit(acme, "--lang", "fr").err
    assert told == "readiness: pas encore d’entretien\N{NO-BREAK SPACE}: Membre du personnel, Responsable\n"


def test_what_there_is_is_told_first_and_the_only_unfinished_interview_goes_on(acme: Path) -> None:
    paused(acme, "p1")
    finished(acme, "p2", "employee")
    ran = sit(acme, typed="2\n")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "readiness: unfinished: p1, Manager, 2026-03-05, 1 of 5 answered, interviews/p1.jsonl",
        "readiness: finished: p2, Employee, 2026-03-05, 1 of 1 answered, interviews/p2.jsonl",
        "readiness: resuming the unfinished interview of p1; --new starts another",
    ]
    assert read_journal(acme / "interviews/p1.jsonl").answers == {"W1": 1, "W3": 2}
    assert len(journals(acme)) == 2


def test_new_begins_another_whatever_is_unfinished(acme: Path) -> None:
    before = paused(acme, "p1").read_bytes()
    ran = sit(acme, "--new", "--role", "employee", typed="4\n")
    assert "taking up" not in ran.err
    assert len(journals(acme)) == 2
    assert (acme / "interviews/p1.jsonl").read_bytes() == before


def test_only_an_unfinished_interview_of_the_role_goes_on(acme: Path) -> None:
    paused(acme, "p1", "employee")
    paused(acme, "p2", "manager")
    assert "resuming the unfinished interview of p1" in sit(acme, "--role", "employee", typed="2\n").err
    assert "resuming the unfinished interview of p2" in sit(acme, "--role", "Responsable", typed="2\n").err
    assert len(journals(acme)) == 2


def test_only_the_interview_of_the_pseudonym_goes_on(acme: Path) -> None:
    paused(acme, "p1")
    paused(acme, "p2")
    assert "resuming the unfinished interview of p2" in sit(acme, "--interviewee", "p2").err
    assert "taking up" not in sit(acme, "--interviewee", "p3").err
    assert sorted(journals(acme)) == ["p1", "p2", "p3"]


def test_of_several_nobody_can_be_asked_through_a_pipe(acme: Path) -> None:
    paused(acme, "p1")
    paused(acme, "p2")
    ran = sit(acme, typed="4\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        "readiness: .: several interviews are unfinished: interviews/p1.jsonl (p1), interviews/p2.jsonl (p2); "
        "name one of these files, or give --new"
    )
    assert sorted(journals(acme)) == ["p1", "p2"]


class Asked:
    """The command in a terminal."""

    def __init__(self, acme: Path, *options: str) -> None:
        arguments = ["interview", ".", "--plain", *options]
        surroundings: os._Environ[str] = environment(TERM="xterm")  # type: ignore[assignment]
        self.child: pexpect.spawn[str] = pexpect.spawn(
            COMMAND, arguments, cwd=str(acme), env=surroundings, encoding="utf-8", timeout=60
        )
        self.child.delaybeforesend = None

    def prompted(self) -> str:
        self.child.expect_exact("> ")
        return str(self.child.before)

    def enter(self, entry: str) -> str:
        self.child.sendline(entry)
        return self.prompted()

    def leave(self, entry: str = "q") -> int | None:
        self.child.sendline(entry)
        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus


class TestInATerminal:
    @pytest.fixture(autouse=True)
    def several(self, acme: Path) -> None:
        paused(acme, "p1")
        go_on(paused(acme, "p2"), Event("pause"))

    def test_one_is_chosen_by_its_number(self, acme: Path) -> None:
        terminal = Asked(acme)
        shown = terminal.prompted()
        assert "  1  p2, Manager, 2026-03-06, 1 of 5 answered, interviews/p2.jsonl" in shown
        assert "  2  p1, Manager, 2026-03-05, 1 of 5 answered, interviews/p1.jsonl" in shown
        assert "Which one? Type its number, n for a new interview, or q to leave." in shown
        assert "Interview: p1" in terminal.enter("2")
        terminal.enter("2")
        assert terminal.leave() == 0
        assert read_journal(acme / "interviews/p1.jsonl").answers == {"W1": 1, "W3": 2}

    def test_n_begins_a_new_one(self, acme: Path) -> None:
        terminal = Asked(acme)
        terminal.prompted()
        assert "What is your role?" in terminal.enter("n")
        assert terminal.leave() == 0
        assert len(journals(acme)) == 3

    def test_whatever_names_none_is_asked_again_and_q_leaves(self, acme: Path) -> None:
        before = {path: path.read_bytes() for path in journals(acme).values()}
        terminal = Asked(acme)
        terminal.prompted()
        for entry in ("3", "0", "p1", ""):
            assert "Which one?" in terminal.enter(entry)
        assert terminal.leave() == 0
        assert {path: path.read_bytes() for path in journals(acme).values()} == before

    def test_the_end_of_input_leaves_too_and_control_c_interrupts(self, acme: Path) -> None:
        for key, code in (("d", 0), ("c", 130)):
            terminal = Asked(acme)
            terminal.prompted()
            terminal.child.sendcontrol(key)
            terminal.child.expect(pexpect.EOF)
            terminal.child.close()
            assert terminal.child.exitstatus == code
        assert len(journals(acme)) == 2


@pytest.mark.parametrize("more", [[], ["--role", "employee"], ["--new"]])
def test_a_pseudonym_that_is_taken_is_refused(more: list[str], acme: Path) -> None:
    path = finished(acme, "p1")
    before = path.read_bytes()
    ran = sit(acme, "--interviewee", "p1", *more, typed="4\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        "readiness: interview: 'p1' is the pseudonym of another interview here (finished, of role 'manager'); "
        "choose another pseudonym, or name interviews/p1.jsonl to go on with that interview"
    )
    assert path.read_bytes() == before
    assert len(journals(acme)) == 1


def test_a_new_journal_beside_them_may_not_take_a_pseudonym_either(acme: Path) -> None:
    finished(acme, "p1")
    hold(acme / "interviews" / "y.jsonl", respondent="p2")
    for arguments in (["interviews/x.jsonl", "--interviewee", "p1"], ["interviews/p2.jsonl"]):
        ran = run("interview", *arguments, "--plain", cwd=acme)
        assert (ran.code, ran.out) == (2, "")
        assert "is the pseudonym of another interview here" in ran.err
        assert len(journals(acme)) == 2
    assert run("interview", "interviews/x.jsonl", "--plain", cwd=acme).code == 0
    assert sorted(journals(acme)) == ["p1", "p2", "x"]


def test_an_interview_that_somebody_else_is_holding_is_not_taken_up(acme: Path) -> None:
    writer, _ = resume(paused(acme, "p1"))
    with writer:
        assert "taking up" not in sit(acme, "--role", "manager", typed="4\n").err
    assert len(journals(acme)) == 2


def test_damaged_journals_are_told_and_stand_in_nobody_s_way(acme: Path) -> None:
    (acme / "interviews/d.jsonl").write_bytes(bytes(200))
    ran = sit(acme, "--role", "manager", typed="4\n")
    assert ran.code == 0
    assert "damaged: interviews/d.jsonl, line 1: not a journal" in ran.err


def test_many_are_counted_and_the_latest_told(acme: Path) -> None:
    for n in range(20):
        hold(acme / "interviews" / f"p{n:02}.jsonl", Event("finish"), begins=f"2026-03-{n + 1:02}T09:00:00")
    told = [line for line in sit(acme).err.splitlines() if "finished" in line]
    assert len(told) == 13
    assert "p19" in told[0]
    assert told[-1] == "readiness: finished: 8 more; readiness interview list shows them all"


def test_new_is_for_what_has_not_begun(acme: Path) -> None:
    paused(acme, "p1")
    ran = run("interview", "interviews/p1.jsonl", "--new", "--plain", cwd=acme)
    assert (ran.code, ran.out) == (2, "")
    assert "--new interviews/p1.jsonl: this interview has already been started; leave --new out to resume it" in ran.err
    assert run("interview", "interviews/p2.jsonl", "--new", "--plain", cwd=acme).code == 0


def test_a_journal_is_held_as_ever_whatever_else_is_there(acme: Path) -> None:
    paused(acme, "p1")
    paused(acme, "p2")
    ran = run("interview", "interviews/p2.jsonl", "--plain", cwd=acme, typed="2\n")
    assert (ran.code, ran.err) == (0, "")
    assert read_journal(acme / "interviews/p2.jsonl").answers == {"W1": 1, "W3": 2}


def test_options_may_come_before_and_after_the_journal(acme: Path) -> None:
    for arguments in (["a.jsonl", "--role", "manager"], ["--role", "manager", "b.jsonl"]):
        assert run("interview", "--framework", "small", "--plain", *arguments, cwd=acme, typed="4\n").code == 0
    assert read_journal(acme / "a.jsonl").answers == read_journal(acme / "b.jsonl").answers == {"W1": 4}


def test_help_shows_how_to_hold_an_interview_and_the_commands_beside_it(tmp_path: Path) -> None:
    told = run("interview", "--help", cwd=tmp_path).out
    assert "Usage: readiness interview [OPTIONS] [JOURNAL | ENGAGEMENT] | COMMAND" in told
    for word in ("--role", "--interviewee", "--new", "--plain", "│ list ", "│ show ", "│ export ", "│ merge "):
        assert word in told
    assert "Usage: readiness interview list [OPTIONS]" in run("interview", "list", "--help", cwd=tmp_path).out


def test_a_journal_called_as_a_command_is_given_with_its_folder(acme: Path) -> None:
    assert run("interview", "./show", "--framework", "small", "--plain", cwd=acme, typed="manager\n").code == 0
    assert read_journal(acme / "show").answers == {"role": "manager"}


@pytest.mark.parametrize("arguments", [["lst"], ["--lang", "fr", "list"], ["exprot", "--role", "hr"]])
def test_a_command_s_name_misspelt_or_misplaced_begins_no_interview(arguments: list[str], tmp_path: Path) -> None:
    ran = run("interview", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "There is no journal" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["a.jsonl", "b.jsonl"], "unexpected extra argument(s) (b.jsonl)"),
        (["show"], "Missing argument 'FILE'"),
        (["export"], "Missing argument 'SOURCE…'"),
        (["merge", "a.jsonl"], "Missing option '--into'"),
        (["list", "--format", "xml"], "'xml' is not one of 'table', 'json'"),
        (["show", "a.jsonl", "--formt", "json"], "No such option: --formt"),
    ],
)
def test_wrong_usage_is_2(arguments: list[str], told: str, tmp_path: Path) -> None:
    ran = run("interview", *arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert list(tmp_path.iterdir()) == []
