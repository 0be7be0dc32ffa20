"""docs/commands.md says what the commands say."""

from __future__ import annotations

import runpy
from pathlib import Path

from readiness.cli.app import app
from readiness.cli.interview import BESIDE

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_is_what_make_docs_writes() -> None:
    written = runpy.run_path(str(DOCS / "make_commands.py"))["page"]()
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == written


def test_the_page_leaves_out_no_command() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        assert f"## readiness {name}\n" in page
    for beside in BESIDE:
        assert f"## readiness interview {beside.NAME}\n" in page
