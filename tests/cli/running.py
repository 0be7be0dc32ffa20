"""The installed command, run as its users run it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("readiness"))
COMMANDS = (
    "demo",
    "interview",
    "map",
    "score",
    "report",
    "diagnose",
    "levers",
    "whatif",
    "check",
    "frameworks",
    "schema",
)
BESIDE = ("interview list", "interview show", "interview export", "interview merge")  # commands of a command


@dataclass(frozen=True)
class Ran:
    """What a process left behind."""

    code: int
    out: str
    err: str


def environment(**changed: str) -> dict[str, str]:
    """The surroundings of a plain pipe in English, whatever the tests were started from."""
    kept = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR", "COLUMNS")}
    return {**kept, "PYTHONUTF8": "1", "TERM": "dumb", **changed}


def run(*arguments: object, cwd: Path, env: Mapping[str, str] | None = None, typed: str = "") -> Ran:
    """Runs `readiness` in a folder. No input and no surroundings may make it print a traceback."""
    done = subprocess.run(
        [COMMAND, *map(str, arguments)],
        cwd=cwd,
        env=environment(**(env or {})),
        input=typed.encode(),
        capture_output=True,
        timeout=120,
        check=False,
    )
    ran = Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
    assert "Traceback" not in ran.out + ran.err, ran.err
    said = ran.err.replace("unexpected end", "").replace("unexpected extra argument", "")
    assert "unexpected" not in said, ran.err
    return ran
