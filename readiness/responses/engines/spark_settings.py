"""How a session of our own is set, unless the user has said otherwise, and what has to hold in any session.

The user's own words are those of `spark-submit`: `spark-defaults.conf`, `MASTER`, `PYSPARK_SUBMIT_ARGS`.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

MASTER, MEMORY, REMOTE = "spark.master", "spark.driver.memory", "spark.remote"
JAVA = "spark.driver.extraJavaOptions"
# Of a gigabyte, this collector takes only what is needed, and is no slower.
SMALL = "-XX:+UseSerialGC"
# A driver whose workers are elsewhere plans, and each plan once: compiling its own code thoroughly never pays.
PLANNING = "-XX:TieredStopAtLevel=1"

# Without them figures would depend on where they are worked out: names that differ in case are two, an overflow is an
# error, folders `year=01` are text, a moment is written alike everywhere, and no file is left out in silence.
NEEDED = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    # Java does not compile methods longer than this, and interprets them a hundred times as slowly: then rather a few
    # short ones that hand rows on.
    "spark.sql.codegen.hugeMethodLimit": "8000",
    "spark.sql.files.ignoreMissingFiles": "false",
    "spark.sql.files.ignoreCorruptFiles": "false",
}

_ANYWHERE = {
    "spark.app.name": "readiness",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    MEMORY: "1g",
    # a worker that dies takes its tasks along, which says nothing against them
    "spark.task.maxFailures": "8",
    "spark.stage.maxConsecutiveAttempts": "8",
}
_ON_THIS_MACHINE = {
    # nobody else has to find us; and a machine whose own name is not known to it can be used all the same
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "32",
}
_SHORT = {"--master": MASTER, "--driver-memory": MEMORY, "--name": "spark.app.name", "--remote": REMOTE}
_PAIR = re.compile(r"([^\s=:]+)(?:\s*[=:]\s*|\s+)(.*)")


def user_settings() -> dict[str, str]:
    """What the user has said, wherever `spark-submit` would look; what is said later counts."""
    arguments = shlex.split(os.environ.get("PYSPARK_SUBMIT_ARGS", ""))
    said = dict(_submitted(arguments))
    named = _following(arguments, "--properties-file")
    settings = _file_settings(Path(named)) if named else _file_settings(_conf_folder() / "spark-defaults.conf")
    master = os.environ.get("MASTER") or os.environ.get("SPARK_MASTER")
    return settings | ({MASTER: master} if master else {}) | said


def own_settings(user: dict[str, str], scratch: str) -> dict[str, str]:
    """What a session of our own is started with. scratch: a folder for what Spark writes without being asked."""
    master = user.get(MASTER, "local[*]")
    ours = {MASTER: master, "spark.sql.warehouse.dir": scratch, **_ANYWHERE}
    is_here = master.startswith("local")
    if MEMORY not in user:
        ours[JAVA] = SMALL if is_here else f"{SMALL} {PLANNING}"
    if is_here:
        ours |= _ON_THIS_MACHINE
    return ours | user


def _conf_folder() -> Path:
    folder = os.environ.get("SPARK_CONF_DIR")
    if folder:
        return Path(folder)
    home = os.environ.get("SPARK_HOME")
    if home:
        return Path(home) / "conf"
    from importlib.util import find_spec

    found = find_spec("pyspark")
    return Path(found.origin).parent / "conf" if found and found.origin else Path("conf")


def _file_settings(path: Path) -> dict[str, str]:
    """A file of properties: a name and a value a line, between them a space, `=` or `:`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    found = (_PAIR.fullmatch(line.strip()) for line in lines if not line.lstrip().startswith(("#", "!")))
    return {pair[1]: pair[2] for pair in found if pair}


def _submitted(arguments: list[str]) -> Iterator[tuple[str, str]]:
    for option, value in pairwise(arguments):
        if option in _SHORT:
            yield _SHORT[option], value
        elif option in ("--conf", "-c") and "=" in value:
            key, _, said = value.partition("=")
            yield key, said


def _following(arguments: list[str], option: str) -> str | None:
    return next((value for name, value in pairwise(arguments) if name == option), None)
