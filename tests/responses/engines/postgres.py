"""A real PostgreSQL server of a test's own: on a loopback port that was free, in a temporary folder, ended by its id.

PostgreSQL refuses to run as root, who may run tests all the same: then it runs as a user who owns nothing else.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

SUPERUSER = "keeper"
PASSWORD = "not: for@anyone's/eyes"  # what an address has to write by its numbers
USER = "nobody"
PATIENCE = 60  # seconds for a server to begin, or to end


@dataclass(frozen=True)
class Server:
    """A server that runs. folder: its data and its log."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def host(self) -> str:
        """Where it is."""
        return "127.0.0.1"

    def address(self, database: str = "postgres", user: str = SUPERUSER, password: str | None = PASSWORD) -> str:
        """A database as the command line names it."""
        secret = "" if password is None else f":{quote(password, safe='')}"
        return f"postgres://{user}{secret}@{self.host}:{self.port}/{database}"

    def stop(self) -> None:
        """End it by its id, together with every session: a fast shutdown, which loses nothing."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def run(self, sql: str, database: str = "postgres") -> str:
        """Run SQL as the superuser; returns what it prints, unadorned."""
        command = [_program("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", "-", "-d", self._dsn(database)]
        known = {**os.environ, "PGPASSWORD": PASSWORD}
        done = subprocess.run(command, input=sql, text=True, capture_output=True, check=False, env=known)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def _dsn(self, database: str) -> str:
        return f"host={self.host} port={self.port} user={SUPERUSER} dbname={database}"


@contextmanager
def without_rights() -> Iterator[None]:
    """The block as a user who owns nothing: root, who may run tests, may read every file."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(pwd.getpwnam(USER).pw_gid)
    os.seteuid(pwd.getpwnam(USER).pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@contextmanager
def postgres() -> Iterator[Server]:
    """A server with the databases that every new one has, for as long as the block takes."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        _begin(folder)
        port = _free_port()
        server = Server(port, folder, subprocess.Popen(_command(folder, port), **_as_user(folder)))
        try:
            _wait(server)
            yield server
        finally:
            server.stop()


def _begin(folder: Path) -> None:
    """Make a new cluster of databases."""
    secret = folder / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    if os.geteuid() == 0:
        account = pwd.getpwnam(USER)
        for path in (folder, secret):
            os.chown(path, account.pw_uid, account.pw_gid)
    options = ["-U", SUPERUSER, "--pwfile", str(secret), "--auth=scram-sha-256", "-E", "UTF8", "--locale=C", "-N"]
    made = subprocess.run([_program("initdb"), "-D", str(folder / "data"), *options], **_as_user(folder), check=False)
    assert made.returncode == 0, (folder / "log").read_text()


def _command(folder: Path, port: int) -> Sequence[str]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "max_connections": "50",
        "logging_collector": "off",
    }
    given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    # A test run that is killed takes its server with it, where the system can see to that.
    with_us = [found, "--pdeathsig", "INT"] if (found := shutil.which("setpriv")) else []
    return [*with_us, _program("postgres"), "-D", str(folder / "data"), "-p", str(port), *given]


def _as_user(folder: Path) -> dict[str, Any]:
    """How a program of PostgreSQL is started: what it says goes to a log, and root's rights are laid down."""
    log = (folder / "log").open("ab")
    how: dict[str, Any] = {"stdout": log, "stderr": log, "stdin": subprocess.DEVNULL, "cwd": folder}
    if os.geteuid() == 0:
        account = pwd.getpwnam(USER)
        how |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": ()}
    return how


def _wait(server: Server) -> None:
    log = server.folder / "log"
    for _ in range(PATIENCE * 10):
        assert server.process.poll() is None, log.read_text()
        ready = [_program("pg_isready"), "-q", "-h", server.host, "-p", str(server.port)]
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _program(name: str) -> str:
    """Where a program of PostgreSQL lies: Debian keeps the server's out of the path, in a folder for each version."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(debian[-1]) if debian else shutil.which(name)
    assert found, f"{name} is missing: install PostgreSQL"
    return found
