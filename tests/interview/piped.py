"""Plain interviews answered through a pipe."""

from __future__ import annotations

import io
from pathlib import Path

from readiness.framework.models import Framework
from readiness.interview.opening import Arrangement
from readiness.interview.session import run_plain
from readiness.responses.journal import Journal, read_journal
from tests.interview.small import build


class Sitting:
    """One run of the interview over the lines given, and all it said."""

    def __init__(self, path: Path, *entries: str, framework: Framework | None = None, **options: object) -> None:
        out, err = io.StringIO(), io.StringIO()
        entered = io.StringIO("".join(f"{entry}\n" for entry in entries))
        rest = {name: options.pop(name) for name in ("clock", "framework_option") if name in options}
        arranged = Arrangement(framework or build(), path, **options)  # type: ignore[arg-type]
        self.code = run_plain(arranged, stdin=entered, stdout=out, stderr=err, **rest)  # type: ignore[arg-type]
        self.said, self.warned = out.getvalue(), err.getvalue()
        self.journal: Journal = read_journal(path)

    @property
    def prompts(self) -> int:
        return self.said.count("> ")

    @property
    def replies(self) -> list[str]:
        """What was said before the first prompt, and after each of them."""
        return self.said.split("> \n")
