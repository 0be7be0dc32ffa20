"""A session of DuckDB: stopped at once, leaving nothing behind, fetching nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from readiness.faults import UsageError
from readiness.leftovers import STALE
from readiness.responses.engines.duck import Duck
from readiness.responses.engines.duck_session import BEGUN, Session
from tests.responses.engines.postgres import postgres

ENDLESS = "SELECT count(*) FROM range(10000000) AS a, range(10000000) AS b WHERE (a.range * b.range) % 7 = 3"
STOPPED = """
import os, signal
from readiness.responses.engines.duck_session import Session
class Stopped(BaseException): pass
def stop(number, frame): raise Stopped
signal.signal(signal.SIGINT, stop)
session = Session()
{before}
print(session.folder, flush=True)
try:
    {what}
except Stopped:
    {after}
    session.close()
    print("stopped", flush=True)
    os._exit(0)  # as the command line does
"""


def _interrupted(what: str, before: str = "", after: str = "assert session.rows('SELECT 1') == [(1,)]") -> Path:
    """Interrupt a process in what it does; returns the folder of its session."""
    code = STOPPED.format(what=what, before=before, after=after)
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        folder = Path(run.stdout.readline().strip())
        time.sleep(0.5)
        assert run.poll() is None, run.stderr.read()
        run.send_signal(signal.SIGINT)
        said, complaint = run.communicate(timeout=60)
    assert (said, complaint, run.returncode) == ("stopped\n", "", 0)
    return folder


@pytest.mark.parametrize(
    "what",
    [
        f"session.rows({ENDLESS!r})",
        f"session.execute('CREATE TABLE x AS ' + {ENDLESS!r})",
        f"session.execute('COPY (' + {ENDLESS!r} + ') TO ' + repr(str(session.folder) + '.parquet'))",
        f"relation = session.relation({ENDLESS!r}); session.work(relation.pl)",
    ],
)
def test_a_signal_stops_a_query_at_once_and_leaves_nothing_behind(what: str) -> None:
    folder = _interrupted(what)
    assert not folder.exists()
    assert not Path(f"{folder}.parquet").exists()


def test_a_signal_stops_a_query_that_waits_for_a_server() -> None:
    with postgres() as server:
        server.run("CREATE VIEW slow AS SELECT n AS a, pg_sleep(3600)::text AS b FROM generate_series(1, 10) AS n")
        before = (
            "from readiness.responses.engines import duck_databases; "
            "from readiness.responses.engines.locations import location_of; "
            f"database = duck_databases.attach(session, location_of({server.address()!r}))"
        )
        folder = _interrupted("session.rows(f'FROM {database.name}.public.slow')", before, after="pass")
    assert not folder.exists()


def test_what_a_killed_process_left_is_removed_by_the_next() -> None:
    code = "from readiness.responses.engines.duck_session import Session; print(Session().folder, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        os.utime(folder, (time.time() - STALE - 60,) * 2)
        Session().close()
        assert folder.is_dir()  # it is in use
        run.kill()
    Session().close()
    assert not folder.exists()


def test_nobody_else_may_look_at_what_does_not_fit_into_memory() -> None:
    session = Session()
    assert session.folder.parent == Path(tempfile.gettempdir())
    assert session.folder.name.startswith(f"{BEGUN}{os.getpid()}-")
    assert session.folder.stat().st_mode & 0o077 == 0
    session.close()
    session.close()
    assert not session.folder.exists()


def test_more_than_memory_holds_goes_to_the_disk() -> None:
    session = Session()
    session.execute("SET memory_limit = '64MiB'")
    rows = "SELECT range AS a, md5(range::VARCHAR) AS b FROM range(3000000)"
    session.execute(f"CREATE TABLE kept AS {rows}")
    assert session.rows("SELECT count(DISTINCT b) FROM kept") == [(3_000_000,)]
    assert list((session.folder / "spilled").iterdir())
    session.close()


def test_nothing_is_fetched_from_elsewhere() -> None:
    session = Session()
    (settings,) = session.rows(
        "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
    )
    assert settings == (False, False)
    session.close()


def _said(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stderr.strip().splitlines()[-1]


def test_without_duckdb_it_is_said_how_to_get_it() -> None:
    code = "import sys; sys.modules['duckdb'] = None; from readiness.responses.engines.duck import Duck; Duck()"
    told = "--engine duckdb: DuckDB is not installed; pip install 'readiness[duckdb]'"
    assert _said(code).endswith(told)


def test_without_what_a_database_needs_it_is_said_how_to_get_it() -> None:
    code = (
        "import importlib.util as u; find = u.find_spec; "
        "u.find_spec = lambda name, *rest: None if name.startswith('duckdb_extension') else find(name, *rest); "
        "from readiness.responses.engines.duck import Duck; Duck().located('postgres://me:secret@127.0.0.1/hr#t')"
    )
    said = _said(code)
    assert "needs to read PostgreSQL is not installed; pip install 'readiness[duckdb]'" in said
    assert "secret" not in said


def test_a_session_that_failed_can_go_on() -> None:
    duck = Duck()
    with pytest.raises(UsageError):
        duck.write(duck.held(_one_row()), "scores.ods")
    assert duck.collected(duck.held(_one_row())).item() == 1
    duck.close()


def _one_row():  # type: ignore[no-untyped-def]
    import polars as pl

    return pl.DataFrame({"a": [1]})
