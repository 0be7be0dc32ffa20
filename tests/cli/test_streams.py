"""Data on stdout, talk on stderr, in whatever the terminal can show."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.running import COMMAND, environment, run


def test_json_is_alone_on_stdout_and_the_talk_on_stderr(survey: Path, tmp_path: Path) -> None:
    survey.write_text(survey.read_text(encoding="utf-8").replace(",CUL11,", ",unknown,", 1), encoding="utf-8")
    ran = run("score", survey, "--format", "json", cwd=tmp_path)
    assert json.loads(ran.out)["format"] == 1
    assert ran.err == "readiness: ignored columns: unknown\n"


def test_a_report_says_on_stderr_where_it_is(survey: Path, tmp_path: Path) -> None:
    ran = run("report", survey, "--out", "r.md", cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (0, "", "readiness: wrote r.md\n")


def test_a_demo_names_its_files_on_stdout_and_talks_on_stderr(tmp_path: Path) -> None:
    ran = run("demo", "there", cwd=tmp_path)
    files = ran.out.splitlines()
    reports = [f"there/reports/report.{language}.{kind}" for kind in ("html", "md") for language in ("en", "fr")]
    assert sorted(files) == sorted(["there/results/result.json", *reports])
    assert all((tmp_path / name).stat().st_size > 10_000 for name in files)
    assert "invented" in ran.err


@pytest.mark.parametrize("arguments", ["score survey.csv", "score survey.csv --format json", "score -h", "schema"])
def test_a_reader_who_leaves_early_is_no_fault(arguments: str, survey: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/bash", "-c", f"'{COMMAND}' {arguments} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-8"])
@pytest.mark.parametrize("arguments", ["score survey.csv --lang fr", "score --help", "report survey.csv --out é.md"])
def test_a_narrow_code_page_is_written_plainly(encoding: str, arguments: str, survey: Path, tmp_path: Path) -> None:
    ran = run(*arguments.split(), cwd=tmp_path, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert ran.code == 0


def test_what_ascii_lacks_is_spelled_with_what_it_has(survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, "--lang", "fr", cwd=tmp_path, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert ran.out.isascii()
    assert "58 - 63" in ran.out
    assert "?" not in ran.out


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_json_is_utf_8_on_any_code_page(encoding: str, survey: Path, tmp_path: Path) -> None:
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    ran = run("score", survey, "--format", "json", "--result", "result.json", cwd=tmp_path, env=env)
    assert ran.out == (tmp_path / "result.json").read_text(encoding="utf-8")
    assert "Préparation" in ran.out


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "xterm"}, {"TERM": "xterm"}])
def test_a_pipe_gets_no_escape_sequences(env: dict[str, str], survey: Path, tmp_path: Path) -> None:
    ran = run("score", survey, "--by", "unit", cwd=tmp_path, env=env)
    assert ran.code == 0
    assert "\x1b" not in ran.out + ran.err


def test_no_color_holds_even_where_colour_is_forced(survey: Path, tmp_path: Path) -> None:
    forced = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    coloured = run("score", survey, cwd=tmp_path, env=forced).out
    plain = run("score", survey, cwd=tmp_path, env={**forced, "NO_COLOR": "1"}).out
    assert "\x1b[32m" in coloured or "\x1b[1;31m" in coloured or "\x1b[33m" in coloured
    assert not any(f"\x1b[{colour}m" in plain for colour in (31, 32, 33, "1;31"))


def test_words_from_a_file_neither_mark_up_nor_steer_the_terminal(tmp_path: Path) -> None:
    rows = [f"{unit},3,4" for unit in ("[/x]", "[red]B", "\x1b[31mC") for _ in range(6)]
    (tmp_path / "s.csv").write_text("\n".join(["unit,CUL11,CUL12,\x1b]0;title\x07", *(f"{r}," for r in rows)]) + "\n")
    ran = run("score", "s.csv", "--by", "unit", cwd=tmp_path)
    assert ran.code == 0
    assert "unit=[/x]" in ran.out
    assert "unit=[red]B" in ran.out
    assert "\x1b" not in ran.out + ran.err


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_streams_are_borne(closed: str, survey: Path, tmp_path: Path) -> None:
    command = f"'{COMMAND}' score survey.csv --result r.json {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=tmp_path, env=environment(), check=False)
    assert done.returncode == 0
    assert (tmp_path / "r.json").stat().st_size > 10_000


def test_a_full_disk_is_said(survey: Path, tmp_path: Path) -> None:
    command = f"'{COMMAND}' score survey.csv --format json > /dev/full"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
