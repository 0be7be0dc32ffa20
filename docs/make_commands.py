"""Writes docs/commands.md from what every command says with --help: `make docs`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")
INTERVIEW = ("interview", *(f"interview {name}" for name in ("list", "show", "export", "merge")))
SCORED = ("score", "report", "diagnose", "levers", "whatif")
COMMANDS = ("demo", *INTERVIEW, "map", *SCORED, "check", "frameworks", "schema")
HEAD = """# Commands

<!-- Written by docs/make_commands.py from every command's help; change the help, then run `make docs`. -->

Data goes to stdout and everything else to stderr.

| exit code | means |
|---|---|
| 0 | done; cells that could not be read are listed, and are no failure unless `--strict` is given |
| 1 | the input has faults that stop the run, all of them listed; or, with `--strict`, some cell could not be read |
| 2 | wrong usage |
| 70 | a fault of the program itself: one line says where the log is |
| 129, 130, 143 | hung up, interrupted, terminated; an interview keeps everything answered so far |

`NO_COLOR` is heeded; pipes and plain terminals get no colour, and a narrow code page the nearest characters it has.
"""


def help_of(*command: str) -> str:
    """What `readiness … --help` prints on a plain terminal of 80 columns."""
    surroundings = {**os.environ, "COLUMNS": "80", "TERM": "dumb", "PYTHONUTF8": "1", "NO_COLOR": "1"}
    surroundings.pop("FORCE_COLOR", None)
    program = str(Path(sys.executable).with_name("readiness"))
    asked = [program, *command, "--help"]
    shown = subprocess.run(asked, env=surroundings, capture_output=True, check=True).stdout.decode("utf-8")
    return "\n".join(line.rstrip() for line in shown.strip("\n ").splitlines())


def page() -> str:
    """The whole page."""
    sections = [f"## readiness\n\n```text\n{help_of()}\n```\n"]
    sections += [f"## readiness {name}\n\n```text\n{help_of(*name.split())}\n```\n" for name in COMMANDS]
    return "\n".join([HEAD, *sections])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
