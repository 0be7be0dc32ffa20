"""A session of Spark: the one that is there already, a distant one, or one of our own; and its end.

What Spark says while it runs goes into a file of its own: whatever matters of it is told as a fault.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.faults import Fault, InputError, ResponseError, UsageError
from readiness.responses.engines.java import java_home
from readiness.responses.engines.spark_faults import told
from readiness.responses.engines.spark_machine import Machine
from readiness.responses.engines.spark_settings import MASTER, NEEDED, own_settings, user_settings
from readiness.responses.engines.spark_workers import Workers

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WAIT = 10  # seconds for an address to answer
CONNECT_PORT, MASTER_PORT = 15002, 7077
_ADDRESS = re.compile(r"(?:\[(?P<six>[^\]]+)\]|(?P<host>[^:/;,\s]+))(?::(?P<port>\d+))?")


@dataclass
class Opened:
    """A session, and what has to be done when it is left.

    where: what messages call it. machine: the process that it runs in, where it is one of ours. scratch: a folder of
    Spark's. had: settings of a session that was there before, as they were; None where it is ours to stop.
    """

    session: SparkSession
    where: str
    machine: Machine | None = None
    scratch: Path | None = None
    had: Mapping[str, str | None] | None = None
    workers: Workers | None = None
    log_told: bool = False

    @property
    def look(self) -> Callable[[], None] | None:
        """What is to be looked at while Spark is waited for."""
        return self.workers.look if self.workers else None

    def told(self, error: Exception, where: str) -> Fault:
        """What Spark has raised, in one sentence. where: what it was about; by default the session."""
        log = self.machine.log if self.machine else None
        fault = told(error, where or self.where, log)
        self.log_told |= log is not None and str(log) in fault.mend
        return fault

    def close(self) -> None:
        """Leave the session; stop it if we have begun it, and whatever runs for it."""
        if self.had is not None:
            _set(self.session, self.had)
        elif self.machine is not None:
            self.machine.end()
            if not self.log_told:
                self.machine.forget_log()
        else:
            _leave(self.session)
        if self.scratch is not None:
            shutil.rmtree(self.scratch, ignore_errors=True)


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
            return Opened(found, "the session of Spark", had=had)
        remote = os.environ.get("SPARK_REMOTE")
        return _connected(remote) if remote else _begun()


@contextmanager
def quietly() -> Iterator[None]:
    """Without warnings about versions, and without errors written out before they are told."""
    had = logging.root.manager.disable
    logging.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(had)


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
    # A plan of ours nests deeper than the hundred levels to which the compiled writer of messages holds.
    os.environ.setdefault("PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION", "python")
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
    settings = own_settings(user_settings(), str(scratch / "warehouse"))
    where = without_secrets(settings[MASTER])
    machine = Machine()
    try:
        if "PYSPARK_GATEWAY_PORT" not in os.environ:  # as it is where `spark-submit` has begun us
            home = java_home(scratch / "java")
            _must_have_master(settings[MASTER])
            machine.start(settings, home, scratch)
        session = machine.session(settings)
        _set(session, NEEDED)
    except BaseException as error:
        fault = told(error, where, machine.log)
        machine.end()
        shutil.rmtree(scratch, ignore_errors=True)
        if isinstance(error, InputError) or not isinstance(error, Exception):
            machine.forget_log()
            raise
        raise ResponseError([fault]) from None
    workers = Workers(session.sparkContext) if settings[MASTER].startswith("spark://") else None
    return Opened(session, where, machine, scratch, workers=workers)


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
