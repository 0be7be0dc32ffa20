"""The process of Spark can be ended from the moment that it is there, whatever signal comes meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from readiness.endings import ENDING
from readiness.responses.engines import spark_machine
from readiness.responses.engines.spark_machine import LOG, Machine

LASTING = [sys.executable, "-c", "import time; time.sleep(600)"]


class Stopped(BaseException):
    """What a signal raises, as that of the command line does."""


@pytest.fixture(params=ENDING, ids=lambda number: number.name)
def number(request: pytest.FixtureRequest) -> Iterator[signal.Signals]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Stopped

    before = signal.signal(request.param, stop)
    yield request.param
    signal.signal(request.param, before)


def test_a_signal_while_it_is_begun_loses_no_process(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def popen(command: list[str], **settings: Any) -> subprocess.Popen[bytes]:
        begun.append(real(LASTING, **settings))
        os.kill(os.getpid(), number)  # before whoever wants it has been given the process
        return begun[0]

    monkeypatch.setenv(LOG, str(tmp_path / "log"))
    monkeypatch.setattr(spark_machine.subprocess, "Popen", popen)
    machine = Machine()
    with pytest.raises(Stopped):
        machine.start({}, tmp_path, tmp_path)
    assert machine.pid == begun[0].pid
    machine.end()
    assert begun[0].poll() is not None
