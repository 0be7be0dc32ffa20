"""Help answers at once, shows examples, and loads nothing that is not needed to answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import readiness
from tests.cli.running import BESIDE, COMMANDS, environment, run

HEAVY = ("polars", "narwhals", "textual", "pydantic", "jinja2", "babel", "yaml")


@pytest.mark.parametrize("command", [*COMMANDS, *BESIDE])
def test_every_command_shows_examples_that_name_it(command: str, tmp_path: Path) -> None:
    ran = run(*command.split(), "--help", cwd=tmp_path)
    assert ran.code == 0
    assert ran.err == ""
    examples = ran.out.partition("Examples:")[2].split("\n")
    assert sum(f"readiness {command}" in line for line in examples) >= 2


def test_help_names_every_command_and_where_to_begin(tmp_path: Path) -> None:
    ran = run("--help", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    for command in COMMANDS:
        assert f"│ {command} " in ran.out
    assert "Begin with: readiness demo" in ran.out


def test_no_command_shows_the_help(tmp_path: Path) -> None:
    assert "Begin with: readiness demo" in "".join((ran := run(cwd=tmp_path)).out + ran.err)
    assert ran.code == 2


@pytest.mark.parametrize(
    "arguments", [["--help"], *([*command.split(), "--help"] for command in [*COMMANDS, *BESIDE]), ["--version"]]
)
def test_help_imports_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    asked = f"""
import atexit, sys
heavy = {HEAVY!r}
atexit.register(lambda: print(*(name for name in heavy if name in sys.modules), file=sys.stderr))
sys.argv = ["readiness", *{arguments!r}]
from readiness.cli.app import run
run()
"""
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stderr.strip() == ""


def test_the_version_is_said(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).out == f"readiness {readiness.__version__}\n"


def test_the_module_is_the_command(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "readiness", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"readiness {readiness.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["scor"], "Did you mean 'score'?"),
        (["score"], "Missing argument"),
        (["score", "a.csv", "--fromat", "json"], "No such option: --fromat"),
        (["score", "a.csv", "--format", "xml"], "'xml' is not one of 'table', 'json'"),
        (["report", "a.csv"], "Missing option '--out'"),
        (["schema", "person"], "'person' is not one of"),
    ],
)
def test_wrong_usage_is_2_and_says_what_would_be_right(arguments: list[str], told: str, tmp_path: Path) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
