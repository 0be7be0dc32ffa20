"""Two folders with interviews, and the commands about them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from readiness.responses.journal import Event
from tests.cli.running import Ran, run
from tests.interview.held import answer, engagement, go_on, hold, rating


def acme_in(folder: Path) -> Path:
    """An engagement with a finished interview and one that is not."""
    acme = folder / "acme"
    acme.mkdir()
    held = engagement(acme) / "interviews"
    hold(held / "p1.jsonl", answer("W1", 4), answer("W3", "dk"), rating("W1", 2, "minutes"), Event("finish"))
    hold(held / "p2.jsonl", answer("role", "employee"), answer("W1", 1), role=None, language="fr")
    return acme


def laptop_in(folder: Path, acme: Path) -> Path:
    """A folder of journals: one further on than in the engagement, one new."""
    laptop = folder / "laptop"
    laptop.mkdir()
    (laptop / "p2.jsonl").write_bytes((acme / "interviews/p2.jsonl").read_bytes())
    go_on(laptop / "p2.jsonl", answer("W3", 5))
    hold(laptop / "p3.jsonl", answer("W1", 2))
    return laptop


def interviews(*arguments: object, cwd: Path) -> Ran:
    """What `readiness interview …` leaves behind."""
    return run("interview", *arguments, cwd=cwd)


def record(*arguments: object, cwd: Path) -> Any:
    """The same as JSON, with nothing to tell beside it."""
    ran = interviews(*arguments, "--format", "json", cwd=cwd)
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder and below."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
