"""A real terminal whose screen can be read: the command runs in tmux, keys are sent, text is captured."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

PATIENCE = 30.0  # seconds until a screen that does not come is given up


class Tmux:
    """One terminal with a shell in it. Use it in a `with` block."""

    def __init__(self, columns: int = 80, rows: int = 24, env: Mapping[str, str] | None = None) -> None:
        self._socket = f"readiness-{uuid.uuid4().hex[:12]}"
        surroundings = {
            key: value for key, value in os.environ.items() if key not in ("TMUX", "NO_COLOR", "COLUMNS", "LINES")
        }
        given = [part for key, value in (env or {}).items() for part in ("-e", f"{key}={value}")]
        size = ["-x", str(columns), "-y", str(rows)]
        # bash, whose line editor puts a terminal in order by itself before every prompt, as most shells' do.
        shell = "env PS1='$ ' bash --norc --noprofile"
        self._tmux("-f", "/dev/null", "new-session", "-d", *size, *given, shell, env=surroundings)

    def __enter__(self) -> Tmux:
        return self

    def __exit__(self, *_: object) -> None:
        self._tmux("kill-server", check=False)

    def _tmux(self, *arguments: str, env: Mapping[str, str] | None = None, check: bool = True) -> str:
        asked = ["tmux", "-u", "-L", self._socket, *arguments]
        return subprocess.run(asked, env=env, check=check, capture_output=True, encoding="utf-8").stdout

    def interview(self, journal: Path, framework: Path, *options: str, before: str = "", after: str = "") -> None:
        """Starts an interview; once it has ended, its exit code is on the screen as `left with N`.

        before, after: what stands around the command on the shell's line.
        """
        asked = [sys.executable, "-m", "readiness", "interview", str(journal), "--framework", str(framework), *options]
        self.write(f"clear; {before}{shlex.join(asked)}{after}; echo left with $?")
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Presses keys by their names."""
        self._tmux("send-keys", *keys)

    def write(self, text: str) -> None:
        """Types a text as it is."""
        self._tmux("send-keys", "-l", "--", text)

    def resize(self, columns: int, rows: int) -> None:
        """Gives the terminal another size, and waits until whoever asks the terminal is told that one."""
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))
        terminal = self._tmux("display-message", "-p", "#{pane_tty}").strip()
        end = time.monotonic() + PATIENCE
        while (told := _size(terminal)) != (columns, rows):
            if time.monotonic() > end:
                raise AssertionError(f"the terminal is {told} and not {(columns, rows)}")
            time.sleep(0.05)

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p")

    @property
    def styled(self) -> str:
        """What is on the screen, with its colours."""
        return self._tmux("capture-pane", "-p", "-e")

    @property
    def modes(self) -> str:
        """Whether the alternate screen, the mouse or a hidden cursor is on: a digit each."""
        return self._tmux("display-message", "-p", "#{alternate_on}#{mouse_any_flag}#{?cursor_flag,0,1}").strip()

    def until(self, *texts: str, gone: str = "") -> str:
        """Waits for all these texts on the screen, and for one to be gone; the screen."""
        end = time.monotonic() + PATIENCE
        while True:
            screen = self.screen
            flat = flattened(screen)
            if all(text in screen or text in flat for text in texts) and not (gone and gone in flat):
                return screen
            if time.monotonic() > end:
                raise AssertionError(f"{texts} did not come (or {gone!r} did not go):\n{screen}")
            time.sleep(0.05)

    def process(self, journal: Path) -> int:
        """The id of the process that holds the interview in this journal."""
        found = subprocess.run(["pgrep", "-f", f"interview {journal}"], capture_output=True, text=True, check=True)
        ids = [int(line) for line in found.stdout.split()]
        return next(id_ for id_ in ids if b"-m\0readiness" in Path(f"/proc/{id_}/cmdline").read_bytes())


def _size(terminal: str) -> tuple[int, int]:
    """The columns and rows that a terminal's device tells."""
    handle = os.open(terminal, os.O_RDONLY | os.O_NOCTTY)
    try:
        return tuple(os.get_terminal_size(handle))
    finally:
        os.close(handle)


def flattened(screen: str) -> str:
    """A screen's words, whatever lines and frames they are broken over."""
    return re.sub(r"\s+", " ", re.sub(r"[│▕▏]", " ", screen))
