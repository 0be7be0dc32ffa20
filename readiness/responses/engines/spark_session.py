"""A session of Spark: the one that is there already, a distant one, or one of our own; and its end.

What Spark says while it runs goes into a file of its own: whatever matters of it is told as a fault.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.faults import Fault, ResponseError, UsageError
from readiness.responses.engines.java import java_home
from readiness.responses.engines.spark_faults import told
from readiness.responses.engines.spark_settings import MASTER, NEEDED, own_settings, user_settings

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WAIT = 10  # seconds for an address to answer, or for Spark to end
CONNECT_PORT, MASTER_PORT = 15002, 7077
LOG = "READINESS_SPARK_LOG"  # names the file where Spark's own log is to go
_LOGGERS = ("SQLQueryContextLogger", "DataFrameQueryContextLogger", "pyspark.sql.connect.logging", "py4j")
_ADDRESS = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:/;,\s]+))(?::(?P<port>\d+))?")


@dataclass
class Opened:
    """A session, and what has to be done when it is left.

    where: what messages call it. log: Spark's own, where there is a file of it. machine: the process that we started
    for it. had: settings of a session that is not ours, as they were; None where there was none.
    """

    session: SparkSession
    where: str
    log: Path | None = None
    machine: subprocess.Popen[bytes] | None = None
    scratch: Path | None = None
    ours: bool = True
    had: dict[str, str | None] = field(default_factory=dict)
    log_told: bool = False

    def told(self, error: Exception, where: str) -> Fault:
        """What Spark has raised, in one sentence. where: what it was about; by default the session."""
        fault = told(error, where or self.where, self.log)
        self.log_told |= self.log is not None and str(self.log) in fault.mend
        return fault

    def close(self) -> None:
        """Leave the session; stop it if we have begun it, and whatever runs for it."""
        if not self.ours:
            _set(self.session, self.had)
        elif self.machine is not None:
            _end(self.machine)
            _forget()
        else:
            _leave(self.session)
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)
        if self.log is not None and not self.log_told and LOG not in os.environ:
            self.log.unlink(missing_ok=True)


def opened() -> Opened:
    """The session that is there; that of `SPARK_REMOTE`; or one of our own.

    Raises:
        UsageError: Spark's library for Python, or a Java, is not installed.
        ResponseError: the cluster cannot be reached, or does not take us.
    """
    if find_spec("pyspark") is None:
        what, mend = "Spark is not installed", "install it: pip install 'readiness[spark]'"
        raise UsageError([Fault("--engine spark", None, what, mend)])
    with quietly():
        found = _there()
        if found is not None:
            had = {name: found.conf.get(name, None) for name in NEEDED}
            _set(found, NEEDED)
            return Opened(found, "the session of Spark", ours=False, had=had)
        remote = os.environ.get("SPARK_REMOTE")
        return _connected(remote) if remote else _begun()


@contextmanager
def quietly() -> Iterator[None]:
    """Without warnings about versions, and without errors written out before they are told."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    had = [logger.disabled for logger in loggers]
    for logger in loggers:
        logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, disabled in zip(loggers, had, strict=True):
            logger.disabled = disabled


def _there() -> SparkSession | None:
    """The session of a notebook, or of whoever calls us."""
    from pyspark.sql import SparkSession

    if "SPARK_CONNECT_MODE_ENABLED" in os.environ:
        from pyspark.sql.connect.session import SparkSession as Remote

        with suppress(Exception):
            return Remote.getActiveSession()  # type: ignore[return-value]
        return None
    from pyspark import SparkContext

    if SparkContext._active_spark_context is None:
        return None
    return SparkSession.getActiveSession() or SparkSession.builder.getOrCreate()


def _set(session: SparkSession, settings: Mapping[str, str | None]) -> None:
    """Settings of a session, as far as they may be changed there."""
    for name, value in settings.items():
        with suppress(Exception):  # some services let nobody set anything
            session.conf.unset(name) if value is None else session.conf.set(name, value)


def _connected(url: str) -> Opened:
    """A session of a distant server, by Spark Connect."""
    where = without_secrets(url)
    if not url.startswith("sc://"):
        mend = "write sc://HOST:PORT, and after it /;token=… if the server asks for one"
        raise UsageError([Fault("SPARK_REMOTE", None, f"{where} is no address of Spark Connect", mend)])
    missing = [name for name in ("grpc", "grpc_status", "pandas", "google.rpc") if not _is_there(name)]
    if missing:
        what = f"what Spark Connect needs is not installed ({', '.join(missing)})"
        raise UsageError([Fault("--engine spark", None, what, "install it: pip install 'readiness[spark]'")])
    # a proxy in between is taken to know the way
    if not any(os.environ.get(name) for name in ("grpc_proxy", "https_proxy", "http_proxy")):
        _must_answer(where, re.split("[/;]", url.removeprefix("sc://"))[0], CONNECT_PORT, "no server of Spark Connect")
    from pyspark.sql import SparkSession
    from pyspark.sql.connect.client.retries import DefaultPolicy

    session: Any = None
    try:
        session = SparkSession.builder.remote(url).getOrCreate()
        # some twenty seconds in all, and not the ten minutes that it would try otherwise
        session.client.set_retry_policies([DefaultPolicy(max_retries=6, max_backoff=8000)])
        session.version  # noqa: B018 the first thing that is asked of the server
    except Exception as error:
        _leave(session)
        raise ResponseError([told(error, where, None)]) from None
    except BaseException:
        _leave(session)
        raise
    _set(session, NEEDED)
    return Opened(session, where)


def _leave(session: Any) -> None:
    """Leave a server, at once if it has gone."""
    with suppress(Exception):
        from pyspark.sql.connect.client.retries import DefaultPolicy

        session.client.set_retry_policies([DefaultPolicy(max_retries=0)])
        session.stop()
    os.environ.pop("SPARK_CONNECT_MODE_ENABLED", None)


def _is_there(module: str) -> bool:
    with suppress(ModuleNotFoundError):
        return find_spec(module) is not None
    return False


def _begun() -> Opened:
    """A session of our own, on a cluster or on this machine."""
    scratch = Path(tempfile.mkdtemp(prefix="readiness-spark-"))
    settings = own_settings(user_settings(), str(scratch))
    master = settings[MASTER]
    machine = log = None
    try:
        home = java_home() if "PYSPARK_GATEWAY_PORT" not in os.environ else None
        _must_have_master(master)
        log = _log()
        gateway = _machine(settings, home, log)
        machine = gateway.proc
        session = _session(settings, gateway)
        _set(session, NEEDED)
    except (UsageError, ResponseError):
        shutil.rmtree(scratch, ignore_errors=True)
        raise
    except Exception as error:
        _end(machine)
        _forget()
        shutil.rmtree(scratch, ignore_errors=True)
        raise ResponseError([told(error, without_secrets(master), log)]) from None
    except BaseException:
        _end(machine)
        raise
    return Opened(session, without_secrets(master), log, machine, scratch)


def _log() -> Path:
    named = os.environ.get(LOG)
    if named:
        return Path(named)
    handle, name = tempfile.mkstemp(prefix="readiness-spark-", suffix=".log")
    os.close(handle)
    return Path(name)


def _machine(settings: Mapping[str, str], home: Path | None, log: Path) -> Any:
    """The Java process in which Spark's driver runs, and the way to it. All it says goes into the log."""
    from pyspark import SparkConf
    from pyspark.java_gateway import launch_gateway

    conf = SparkConf(loadDefaults=False)
    for name, value in settings.items():
        conf.set(name, value)
    with log.open("ab") as file, _environment({"JAVA_HOME": str(home)} if home else {}):
        return launch_gateway(conf, {"stdout": file, "stderr": file})


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


def _session(settings: Mapping[str, str], gateway: Any) -> SparkSession:
    """A session in that process; signals stay as they are, although Spark would have them for itself."""
    from pyspark import SparkConf, SparkContext
    from pyspark.sql import SparkSession

    SparkContext._ensure_initialized(gateway=gateway)  # type: ignore[attr-defined]
    conf = SparkConf()
    for name, value in settings.items():
        conf.set(name, value)
    held = signal.getsignal(signal.SIGINT) if threading.current_thread() is threading.main_thread() else None
    try:
        return SparkSession(SparkContext(conf=conf, gateway=gateway))
    finally:
        if held is not None:
            signal.signal(signal.SIGINT, held)


def _end(machine: subprocess.Popen[bytes] | None) -> None:
    """End the Java process: politely, so that a cluster knows that we have gone, and then by force."""
    if machine is None:
        return
    with suppress(OSError):
        machine.terminate()
    try:
        machine.wait(WAIT)
    except subprocess.TimeoutExpired:
        machine.kill()
        machine.wait()
    if machine.stdin is not None:
        with suppress(OSError):
            machine.stdin.close()


def _forget() -> None:
    """Let Spark's library forget the process that has ended, so that it can start another."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    context = SparkContext._active_spark_context
    server = getattr(context, "_accumulatorServer", None)
    if server is not None:
        with suppress(Exception):
            server.shutdown()
    gateway: Any = SparkContext._gateway
    if gateway is not None:
        with suppress(Exception):
            gateway.shutdown()
    SparkContext._active_spark_context = None
    SparkContext._gateway = SparkContext._jvm = None
    SparkSession._instantiatedSession = SparkSession._activeSession = None


def _must_have_master(master: str) -> None:
    """Of a cluster with masters of its own, one has to answer: Spark would try for a minute, and say little."""
    if not master.startswith("spark://"):
        return
    silent: list[Fault] = []
    for address in master.removeprefix("spark://").split(","):
        try:
            _must_answer(master, address, MASTER_PORT, "no master of a Spark cluster")
        except ResponseError as error:
            silent += error.faults
        else:
            return
    raise ResponseError(silent[:1])


def _must_answer(where: str, address: str, port: int, who: str) -> None:
    """Raise unless somebody answers at an address."""
    found = _ADDRESS.fullmatch(address.rpartition("@")[2])
    mend = "check the address, and that it is up and can be reached from here"
    if found is None:
        raise ResponseError([Fault(where, None, "this is no address", "write HOST:PORT")])
    try:
        socket.create_connection((found["six"] or found["host"], int(found["port"] or port)), timeout=WAIT).close()
    except (OSError, OverflowError) as error:
        why = "nobody answers" if isinstance(error, TimeoutError) else getattr(error, "strerror", None) or str(error)
        raise ResponseError([Fault(where, None, f"{who} answers there ({why})", mend)]) from None


def without_secrets(address: str) -> str:
    """An address without passwords, tokens and keys."""
    plain = re.sub(r"(//[^:/?#@]*):.*@", r"\1@", address)
    return re.sub(r";.*|\?.*", "", plain) if plain.startswith("sc://") else re.sub(r"\?.*", "", plain)
