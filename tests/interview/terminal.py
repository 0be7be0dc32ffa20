"""The command in a real terminal, and through a pipe that can be killed at any moment."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
from pathlib import Path

import pexpect

from readiness.responses.journal import read_journal

PROMPT = "> "


def command(journal: Path, framework: Path, *options: str) -> list[str]:
    """The interview's command line, without the program."""
    return ["-m", "readiness", "interview", str(journal), "--framework", str(framework), "--plain", *options]


class Terminal:
    """An interview in a terminal of its own."""

    def __init__(self, journal: Path, framework: Path, *options: str, columns: int = 80) -> None:
        self.child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            command(journal, framework, *options),
            encoding="utf-8",
            timeout=60,
            dimensions=(24, columns),
            env={**os.environ, "TERM": "xterm", "PYTHONUTF8": "1"},
        )
        self.child.delaybeforesend = None

    def prompted(self) -> str:
        """Waits for the prompt; what was shown since the last one."""
        self.child.expect_exact(PROMPT)
        return str(self.child.before)

    def enter(self, entry: str) -> str:
        """Types a line, and waits for the next prompt; what was shown in between."""
        self.child.sendline(entry)
        return self.prompted()

    def ended(self) -> tuple[str, int | None]:
        """Waits for the end; what was shown, and the exit code."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        return str(self.child.before), self.child.exitstatus

    def hang_up(self) -> int:
        """Closes the terminal itself; the exit code of what ran in it."""
        os.close(self.child.child_fd)
        self.child.closed = self.child.ptyproc.closed = True
        return os.waitstatus_to_exitcode(os.waitpid(self.child.pid, 0)[1])


class Pipe:
    """An interview fed through a pipe. What is acknowledged is counted by the prompts that came."""

    def __init__(self, journal: Path, framework: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command(journal, framework, *options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def prompted(self) -> bool:
        """Waits for the prompt; False if the interview is over instead."""
        assert self.process.stdout is not None
        seen = b""
        while not seen.endswith(b"> "):
            byte = self.process.stdout.read(1)
            if not byte:
                return False
            seen += byte
        return True

    def enter(self, entry: str) -> None:
        """Sends a line; nothing happens if the interview is over."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(f"{entry}\n".encode())
        except BrokenPipeError:
            return

    def close(self) -> None:
        """Lets everything go once the process has ended."""
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()


class Killed:
    """Interviews that are killed, and what they acknowledged before.

    At whatever question an interview stands, this answers, goes back, notes, changes the answer, and goes back again,
    so that it never comes to an end.
    """

    def __init__(self, journal: Path, framework: Path) -> None:
        self._journal = journal
        self._framework = framework
        self.sent: list[int | str] = []  # answers and notes
        self.acknowledged = 0  # how many of them were followed by a prompt
        self.lost = 0

    def sit(self, seconds: float, asking: bool = True) -> None:
        """One sitting, killed `seconds` after its first prompt, or (not `asking`) after its beginning.

        Then the journal is compared with what was acknowledged.
        """
        kept = self._kept()
        pipe = Pipe(self._journal, self._framework, "--role", "manager")
        killer = threading.Timer(seconds, pipe.process.kill)
        if not asking:
            killer.start()
        sent: list[int | str] = []
        acknowledged = 0
        for entry in itertools.cycle(["4", "b", "+", "5", "b"]):
            if not pipe.prompted():
                break
            if not killer.ident:
                killer.start()
            acknowledged = len(sent)
            if entry == "+":
                sent.append(f"é œ € {len(sent)}")
                pipe.enter(f"+ {sent[-1]}")
            else:
                sent += [int(entry)] if entry != "b" else []
                pipe.enter(entry)
        killer.cancel()
        pipe.close()
        found = self._kept()[len(kept) :]
        self.sent += sent
        self.acknowledged += acknowledged
        # What was sent last may be kept or not, but nothing that was never sent.
        self.lost += sum(one != other for one, other in zip(found, sent, strict=False)) + max(
            0, acknowledged - len(found)
        )

    def _kept(self) -> list[int | str | float | None]:
        if not self._journal.exists():
            return []
        journal = read_journal(self._journal)
        assert [problem for problem in journal.problems if "last line" not in problem.what] == []
        return [
            event.note if event.event == "note" else event.value
            for event in journal.events
            if event.event in ("answer", "note")
        ]
