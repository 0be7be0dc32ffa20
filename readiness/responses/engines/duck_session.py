"""A session of DuckDB: what it may do, how much it may hold, where it puts what does not fit, and how it is stopped.

Nothing is ever fetched from elsewhere: extensions come with the packages of the extra `duckdb` or not at all.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from readiness.faults import Fault, UsageError
from readiness.leftovers import STALE, lasting_folder, sweep
from readiness.responses.engines import duck_sql

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

Done = TypeVar("Done")

EXTENSIONS = {"postgres": "postgres_scanner", "sqlite": "sqlite_scanner"}  # what a database needs, as DuckDB calls it
LEAST_MEMORY, MEMORY_A_THREAD = 400, 128  # MiB that DuckDB may hold; what does not fit goes to the disk
GLANCE = 0.2  # seconds after which a waiting process looks for signals, where the system does not wake it
GRACE = 3.0  # seconds that a query has to stop in; one that waits for a server is left to it
KEPT = "kept"  # the database of what is kept
BEGUN = "readiness-duckdb-"  # how the folders begin that hold what does not fit


class Session:
    """One connection, whose work is done in a thread of its own, so that a signal can stop it at any time."""

    def __init__(self) -> None:
        try:
            import duckdb
        except ImportError as error:
            mend = "pip install 'readiness[duckdb]'"
            raise UsageError([Fault("--engine duckdb", None, "DuckDB is not installed", mend)]) from error
        among = Path(tempfile.gettempdir())
        sweep(BEGUN, among, STALE)
        self.folder = lasting_folder(BEGUN, among)
        threads = os.cpu_count() or 1
        self.connection: DuckDBPyConnection = duckdb.connect(
            config={
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
                "python_enable_replacements": "false",  # a table's name in SQL is never one of a variable of ours
                "memory_limit": f"{max(LEAST_MEMORY, MEMORY_A_THREAD * threads)}MiB",
                "temp_directory": str(self.folder / "spilled"),
            }
        )
        self.connection.execute("SET enable_progress_bar = false")
        self.connection.execute("SET preserve_insertion_order = false")  # rows are in no order, and take less room
        self.connection.execute("SET TimeZone = 'UTC'")  # an hour is the same text on every machine
        self._numbers = itertools.count()
        self._loaded: set[str] = set()
        self._open = True
        self._is_stuck = False
        self._keeps = False
        self._holding = False

    def new_name(self, kind: str) -> str:
        """A name for a table or a database that no other has."""
        return f"{kind}{next(self._numbers)}"

    def work(self, do: Callable[[], Done]) -> Done:
        """Do what may take long. Whatever is raised in this thread meanwhile, such as by a signal, stops it."""
        doing: Future[Done] = Future()
        # No thread of a pool, for which Python would wait in the end: a query may wait for a server for ever.
        Thread(target=_do, args=(do, doing), name="duckdb", daemon=True).start()
        try:
            while not wait([doing], GLANCE).done:
                continue
        except BaseException:
            self._stop(doing)
            raise
        return doing.result()

    def _stop(self, doing: Future[Done]) -> None:
        self.connection.interrupt()
        self._is_stuck = not wait([doing], GRACE).done

    def execute(self, sql: str) -> None:
        """Run a statement."""
        self.work(lambda: self.connection.execute(sql))

    def hold(self) -> None:
        """From now on see every database as it is when it is first looked at, until `let_go`.

        A survey is looked at several times, and answers may arrive meanwhile.
        """
        import duckdb

        if self._holding:
            try:
                self.execute("SELECT 1")
                return
            except duckdb.Error:  # something failed since
                self.roll_back()
        self.execute("BEGIN TRANSACTION")
        self._holding = True

    def let_go(self) -> None:
        """See databases as they are."""
        import duckdb

        if self._holding:
            self._holding = False
            try:
                self.execute("COMMIT")
            except duckdb.Error:
                self.roll_back()

    def roll_back(self) -> None:
        """Undo what was begun and not committed; nothing where that has been undone already."""
        import duckdb

        self._holding = False
        with suppress(duckdb.Error):
            self.execute("ROLLBACK")

    def drop(self, kind: str, name: str) -> None:
        """Remove a table or view of ours, which something that failed may have removed already."""
        import duckdb

        with suppress(duckdb.Error):
            self.execute(f"DROP {kind} {name}")

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a small query."""
        return self.work(lambda: self.connection.execute(sql).fetchall())

    def relation(self, sql: str) -> DuckDBPyRelation:
        """What a query would give. The tables in it are looked at, the rows are not."""
        return self.work(lambda: self.connection.sql(sql))

    def new_table(self, kind: str) -> str:
        """The name of a table to be kept: in a file of its own, where a tenth of the room is enough for it."""
        if not self._keeps:
            self.execute(f"ATTACH {duck_sql.text(str(self.folder / 'kept.duckdb'))} AS {KEPT}")
            self._keeps = True
        return f"{KEPT}.{self.new_name(kind)}"

    def load(self, database: str) -> None:
        """Load what DuckDB needs to read a kind of database.

        Raises:
            UsageError: it is not installed, or is for another version of DuckDB.
        """
        if database in self._loaded:
            return
        import duckdb

        extension = EXTENSIONS[database]
        found = _extension(extension)
        mend = "pip install 'readiness[duckdb]'"
        if found is None:
            what = f"what DuckDB {duckdb.__version__} needs to read {_called(database)} is not installed"
            raise UsageError([Fault("--engine duckdb", None, what, mend)])
        try:
            self.execute(f"LOAD {duck_sql.text(str(found))}")
        except duckdb.Error as error:
            what = f"DuckDB {duckdb.__version__} cannot load what it needs to read {_called(database)} ({found.name})"
            raise UsageError([Fault("--engine duckdb", None, what, mend)]) from error
        self._loaded.add(database)

    def close(self) -> None:
        """Let go of everything, and remove what was put on the disk."""
        if not self._open:
            return
        self._open = False
        # A transaction that is still open when the connection is closed takes the process with it where its server is
        # gone.
        if not self._is_stuck:
            self.roll_back()
            self.connection.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _do(do: Callable[[], Done], doing: Future[Done]) -> None:
    try:
        doing.set_result(do())
    except BaseException as error:
        doing.set_exception(error)


def _extension(name: str) -> Path | None:
    """The file of an extension in the package that brings it."""
    from importlib.util import find_spec

    import duckdb

    package = find_spec(f"duckdb_extension_{name}")
    folders = (package.submodule_search_locations or ()) if package else ()
    paths = [Path(folder) / f"extensions/v{duckdb.__version__}/{name}.duckdb_extension" for folder in folders]
    return next((path for path in paths if path.is_file()), None)


def _called(database: str) -> str:
    return {"postgres": "PostgreSQL", "sqlite": "SQLite"}[database]
