"""Real clusters for tests, on this machine and for nobody else: a standalone master with workers, and Spark Connect.

All of it listens on the loopback only, on ports that were free, and is gone with the `with` that began it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyspark

from readiness.responses.engines.java import java_home

SPARK_HOME = Path(pyspark.__file__).parent
LOOPBACK = "127.0.0.1"
EXECUTOR = "CoarseGrainedExecutorBackend"
PATIENCE = 120  # seconds for whatever is being started
DAEMON = {"SPARK_DAEMON_MEMORY": "256m"}  # of a master and a worker, which only look after others


@dataclass(frozen=True)
class Worker:
    """One worker of a cluster: its process, and the folder of all that its executors write."""

    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def log(self) -> Path:
        """What it says while it runs."""
        return self.folder / "log"

    def is_registered(self) -> bool:
        """Whether its master knows it."""
        return "Successfully registered" in _read(self.log)

    @property
    def executors(self) -> list[int]:
        """The processes that work for it at the moment."""
        return [pid for pid in _children(self.process.pid) if EXECUTOR in _command(pid)]

    @property
    def has_shuffle_files(self) -> bool:
        """Whether it holds what later stages need, so that it would have to be made again without it."""
        return any(True for _ in self.folder.rglob("shuffle_*.data"))

    def kill(self) -> None:
        """At once, with its executors, as when a machine goes down."""
        pids = [self.process.pid, *self.executors]
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


@dataclass(frozen=True)
class Cluster:
    """A standalone cluster. master: its address, as Spark takes it."""

    master: str
    workers: tuple[Worker, ...]

    @property
    def environment(self) -> dict[str, str]:
        """What a process that is to use it has in its environment."""
        return {"MASTER": self.master, "SPARK_LOCAL_IP": LOOPBACK}

    def kill_a_worker(self, when: Callable[[Worker], bool] = lambda worker: bool(worker.executors)) -> Worker:
        """Kill the first worker of which `when` holds, as soon as it does: by default, once it has an executor."""
        found: list[Worker] = []

        def is_found() -> bool:
            found.extend(worker for worker in self.workers if worker.process.poll() is None and when(worker))
            return bool(found)

        waited_for(is_found, "a worker at work", every=0.02)
        found[0].kill()
        return found[0]


@contextmanager
def standalone(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A master with workers of one core and a gigabyte each. folder: where they write, and their logs are."""
    command = _class("master.Master", "--port", "0", "--webui-port", "0")
    with _running(command, folder / "master.log", DAEMON) as master:
        address = _address(folder / "master.log", master)
        with _ended_at_last([_worker(folder / f"worker-{number}", address) for number in range(workers)]) as started:
            for worker in started:
                waited_for(worker.is_registered, f"a worker; see {worker.log}")
            yield Cluster(address, tuple(started))


@contextmanager
def connect_server(folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """A server of Spark Connect with two cores of this machine; its address, as `SPARK_REMOTE` has it."""
    port = free_port()
    said = {
        "spark.connect.grpc.binding.port": str(port),
        "spark.connect.grpc.binding.address": LOOPBACK,
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.memory": "1g",
        "spark.ui.enabled": "false",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
        **(settings or {}),
    }
    command = [str(SPARK_HOME / "bin" / "spark-submit"), "--master", "local[2]", "--class"]
    command += ["org.apache.spark.sql.connect.service.SparkConnectServer"]
    command += [part for name, value in said.items() for part in ("--conf", f"{name}={value}")]
    with _running([*command, "spark-internal"], folder / "connect.log", {}) as process:
        waited_for(lambda: _answers(port, process), f"Spark Connect; see {folder / 'connect.log'}")
        yield f"sc://{LOOPBACK}:{port}"


def free_port() -> int:
    """A port at which nobody listens."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])


def waited_for(is_so: Callable[[], bool], what: str, every: float = 0.1) -> None:
    """Wait until something is so; fail if it never is."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"still waiting for {what}"
        time.sleep(every)


@contextmanager
def _ended_at_last(workers: list[Worker]) -> Iterator[list[Worker]]:
    """Workers that are ended at last, whatever happens."""
    try:
        yield workers
    finally:
        for worker in workers:
            _ended(worker.process)


def _worker(folder: Path, master: str) -> Worker:
    command = _class("worker.Worker", "--port", "0", "--webui-port", "0", "--cores", "1", "--memory", "1g")
    folder.mkdir(parents=True)
    command += ["--work-dir", str(folder / "work"), master]
    return Worker(_begun(command, folder / "log", {**DAEMON, "SPARK_LOCAL_DIRS": str(folder / "local")}), folder)


def _class(name: str, *arguments: str) -> list[str]:
    return [str(SPARK_HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", "--host", LOOPBACK, *arguments]


@contextmanager
def _running(command: list[str], log: Path, more: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = _begun(command, log, more)
    try:
        yield process
    finally:
        _ended(process)


def _begun(command: list[str], log: Path, more: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """A process with a group of its own, to which those belong that it starts."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_", "MASTER"))}
    environment = plain | {
        "JAVA_HOME": str(java_home()),
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_NO_DAEMONIZE": "1",
        **more,
    }
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=environment, start_new_session=True
        )


def _ended(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _address(log: Path, master: subprocess.Popen[bytes]) -> str:
    """Where a master says that it listens."""

    def said() -> list[str]:
        assert master.poll() is None, f"the master did not start; see {log}"
        return [word for word in _read(log).split() if word.startswith("spark://")]

    waited_for(lambda: bool(said()), f"a master; see {log}")
    return said()[0].rstrip(",.")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _answers(port: int, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the server of Spark Connect did not start"
    with suppress(OSError):
        socket.create_connection((LOOPBACK, port), timeout=1).close()
        return True
    return False


def _command(pid: int) -> str:
    """What a process was started with; empty where it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    return ""


def _children(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    direct: list[int] = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            direct += [int(child) for child in tasks.read_text().split()]
    return [*direct, *(further for child in direct for further in _children(child))]
