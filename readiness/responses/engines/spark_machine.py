"""The Java process in which a session of our own runs: how it is started, talked to, and ended, whatever happens.

Spark's library would start one itself, but leaves it behind where it is interrupted meanwhile, takes signals of this
process for itself, and lets it talk to the user's terminal.
"""

from __future__ import annotations

import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from readiness.endings import ENDING
from readiness.responses.engines.spark_waiting import aside

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOG = "READINESS_SPARK_LOG"  # names the file where Spark's own log is to go
PATIENCE = 120  # seconds for a Java to start
_WRONG = re.compile(
    r"\bError: (?!Could not create the Java)|Exception\b|Could not find|Could not reserve|[Uu]nrecognized"
)
POLITE = 10  # seconds for it to end


class Machine:
    """The process, and the file into which it writes all that it says; None where it is not ours."""

    def __init__(self) -> None:
        self.log: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._address: dict[str, str] = {}

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid if self._process else None

    def start(self, settings: Mapping[str, str], home: Path, folder: Path) -> None:
        """Start the process, and wait until it can be talked to. home: of its Java. folder: where it says its address.

        Raises:
            RuntimeError: it did not start. The log says why.
        """
        self.log = _log()
        told = folder / "address"
        environment = os.environ | {
            "JAVA_HOME": str(home),
            "SPARK_CONNECT_MODE": "0",
            "_PYSPARK_DRIVER_CONN_INFO_PATH": str(told),
        }
        with self.log.open("ab") as file, _held():
            # It ends by itself once its input does, which is with this process. In a session of its own it does not
            # hear what a terminal tells this one.
            self._process = subprocess.Popen(
                [
                    *_program(),
                    *(part for pair in settings.items() for part in ("--conf", "=".join(pair))),
                    *_submitted(),
                ],
                stdin=subprocess.PIPE,
                stdout=file,
                stderr=file,
                env=environment,
                start_new_session=True,
            )
        end = time.monotonic() + PATIENCE
        while not told.exists():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"Java did not start: {_said(self.log)}")
            time.sleep(0.05)
        port, secret = _read(told)
        self._address = {"PYSPARK_GATEWAY_PORT": str(port), "PYSPARK_GATEWAY_SECRET": secret}

    def session(self, settings: Mapping[str, str]) -> SparkSession:
        """A session in the process, or in the one that has started us."""
        from pyspark import SparkConf, SparkContext
        from pyspark.sql import SparkSession

        def context() -> SparkContext:
            with _environment(self._address):
                conf = SparkConf(loadDefaults=False)
                for name, value in settings.items():
                    conf.set(name, value)
                return SparkContext(conf=conf)

        return SparkSession(aside(context))

    def end(self) -> None:
        """End the process: politely, so that a cluster knows that we have gone, and then by force."""
        if self._process is None:
            return
        with suppress(OSError):
            self._process.terminate()
        try:
            self._process.wait(POLITE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
        self._process = None
        _forget()

    def forget_log(self) -> None:
        """Take the log away, unless the user has asked for it."""
        if self.log is not None and LOG not in os.environ:
            self.log.unlink(missing_ok=True)


@contextmanager
def _held() -> Iterator[None]:
    """Signals wait for the end of the block: nobody could end a process of which nobody knows yet."""
    came: list[tuple[int, FrameType | None]] = []
    before: dict[int, Any] = {}
    for number in ENDING:
        handler = signal.getsignal(number)
        if callable(handler):
            with suppress(ValueError):  # outside the main thread no signal is heard
                before[number] = signal.signal(number, lambda *heard: came.append(heard))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number, frame in came:
            before[number](number, frame)


def _log() -> Path:
    named = os.environ.get(LOG)
    if named:
        return Path(named)
    handle, name = tempfile.mkstemp(prefix="readiness-spark-", suffix=".log")
    os.close(handle)
    return Path(name)


def _program() -> list[str]:
    from pyspark.find_spark_home import _find_spark_home

    return [str(Path(_find_spark_home()) / "bin" / ("spark-submit.cmd" if sys.platform == "win32" else "spark-submit"))]


def _submitted() -> list[str]:
    """What the user would have `spark-submit` told besides."""
    import shlex

    return shlex.split(os.environ.get("PYSPARK_SUBMIT_ARGS", "pyspark-shell"))


def _read(path: Path) -> tuple[int, str]:
    """Where the process listens, and the word that it wants to hear: a number, a length, and as many bytes."""
    data = path.read_bytes()
    port, length = struct.unpack_from("!ii", data)
    return port, data[8 : 8 + length].decode()


def _said(log: Path) -> str:
    """What the process said before it ended, the line that is likely to say why first."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines()]
    lines = [line for line in lines if line] or ["it said nothing"]
    why = next((line for line in lines if _WRONG.search(line)), lines[-1])
    return "\n".join([re.sub(r'^Exception in thread "\w+" (?:[\w.]+: )?', "", why), *lines])


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    had = {name: os.environ.get(name) for name in more}
    os.environ.update(more)
    try:
        yield
    finally:
        for name, value in had.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _forget() -> None:
    """Let Spark's library forget a process that has ended, so that it can use another."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    server: Any = getattr(SparkContext._active_spark_context, "_accumulatorServer", None)
    gateway: Any = SparkContext._gateway
    for held in (server, gateway):
        with suppress(Exception):
            held.shutdown()
    SparkContext._active_spark_context = None
    SparkContext._gateway = SparkContext._jvm = None
    SparkSession._instantiatedSession = SparkSession._activeSession = None
