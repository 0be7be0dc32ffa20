"""Stopping in the middle of work: the system's exit code, one line, and nothing half written."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import COMMAND, environment

# A signal between two instructions may find the command just before it waits for the pipe: whoever waits presses again.
PATIENCE = 0.3
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129}


def stopped(working: subprocess.Popen[Any], number: signal.Signals) -> None:
    for _ in range(200):
        working.send_signal(number)
        try:
            working.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            continue
        return
    working.kill()
    raise AssertionError("it does not stop")


@pytest.mark.parametrize(("number", "code"), CODES.items())
@pytest.mark.parametrize("arguments", [["score", "--result", "done.json"], ["report", "--out", "done.html"]])
def test_a_signal_stops_the_work(number: signal.Signals, code: int, arguments: list[str], tmp_path: Path) -> None:
    # A pipe that nothing is written to: once it is open on both sides, the command is in the midst of reading it.
    endless = tmp_path / "endless.csv"
    os.mkfifo(endless)
    working = subprocess.Popen(
        [COMMAND, *arguments, str(endless)], cwd=tmp_path, env=environment(), stdout=-1, stderr=-1, text=True
    )
    with endless.open("wb"):
        stopped(working, number)
    out, err = working.communicate()
    assert working.returncode == code
    assert (out, err) == ("", "readiness: stopped\n")
    assert list(tmp_path.iterdir()) == [endless]


def test_a_signal_that_is_ignored_stays_so(tmp_path: Path) -> None:
    # As `nohup` starts it: whoever logs out does not stop the work.
    endless = tmp_path / "endless.csv"
    os.mkfifo(endless)
    working = subprocess.Popen(
        ["/bin/sh", "-c", f"trap '' HUP; exec '{COMMAND}' score '{endless}'"], env=environment(), stderr=-1, text=True
    )
    with endless.open("wb") as pipe:
        working.send_signal(signal.SIGHUP)
        pipe.write(b"respondent,CUL11\nr1,3\n")
    working.communicate(timeout=60)
    assert working.returncode == 0


def test_an_earlier_result_survives_an_interruption(tmp_path: Path) -> None:
    endless, earlier = tmp_path / "endless.csv", tmp_path / "done.json"
    os.mkfifo(endless)
    earlier.write_text("earlier")
    working = subprocess.Popen([COMMAND, "score", str(endless), "--result", str(earlier)], stderr=-1, env=environment())
    with endless.open("wb"):
        stopped(working, signal.SIGINT)
    working.communicate()
    assert earlier.read_text() == "earlier"
