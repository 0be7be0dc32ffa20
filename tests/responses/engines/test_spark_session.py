"""Sessions of Spark: which one is used, what it is set to, and that nothing of it stays or is heard."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
import pytest

from readiness.faults import InputError, ResponseError, UsageError
from readiness.responses.engines.spark import Spark
from readiness.responses.engines.spark_session import without_secrets
from readiness.responses.engines.spark_settings import NEEDED, own_settings, user_settings
from tests.responses.engines.cluster import free_port, waited_for

# A process that scores nothing, but goes the way of one that does.
SCRIPT = """
import os, sys
import narwhals as nw
from readiness.cli.app import Stopped, _on_signals, _stop
from readiness.faults import InputError
from readiness.responses.engines.spark import Spark
_on_signals(_stop)
engine, code = None, 0
try:
    print("begun", flush=True)
    engine = Spark()
    print("java", engine._opened.machine and engine._opened.machine.pid, flush=True)
    for source in sys.argv[1:]:
        frame = engine.located(source).frame
        print("located", flush=True)
        if "SLOW" in os.environ:
            native = frame.to_native()
            frame = nw.from_native(native.crossJoin(native.toDF("9")).crossJoin(native.toDF("8"))).lazy()
        print("read", engine.collected(frame.select(nw.len().alias("n")), [source]).item(), flush=True)
except InputError as error:
    print(error, file=sys.stderr)
    code = 1
except Stopped as stopped:
    code = stopped.code
finally:
    if engine is not None:
        engine.close()
sys.stdout.flush()
os._exit(code)
"""
# Root may read anything, unless it gives that up.
AS_ANYONE = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"]


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A user who has set nothing; where temporary files go."""
    for name in ("MASTER", "SPARK_MASTER", "SPARK_REMOTE", "PYSPARK_SUBMIT_ARGS", "SPARK_CONF_DIR", "SPARK_HOME"):
        monkeypatch.delenv(name, raising=False)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    return temporary


@pytest.fixture
def answers(tmp_path: Path) -> str:
    pl.DataFrame({"a": range(20_000)}).write_parquet(tmp_path / "answers.parquet")
    return str(tmp_path / "answers.parquet")


def _begun(*sources: str, before: list[str] | None = None, **more: str) -> subprocess.Popen[str]:
    command = [*(before or []), sys.executable, "-c", SCRIPT, *sources]
    return subprocess.Popen(command, env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _run(*sources: str, before: list[str] | None = None, **more: str) -> tuple[int, str, str]:
    process = _begun(*sources, before=before, **more)
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def _is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists() and "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]


def _java_of(out: str) -> int:
    found = re.search(r"java (\d+)", out)
    assert found, out
    return int(found[1])


def test_nothing_is_heard_of_spark_and_nothing_stays(plain: Path, answers: str) -> None:
    code, out, err = _run(answers)
    assert (code, err) == (0, "")
    assert out.endswith("read 20000\n")
    assert not _is_running(_java_of(out))
    assert not [path.name for path in plain.iterdir() if not path.name.startswith("hsperfdata")]


def test_nothing_is_heard_but_a_sentence_when_something_is_wrong(plain: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.parquet").write_text("no Parquet")
    code, out, err = _run(str(tmp_path / "bad.parquet"))
    assert (code, len(err.splitlines())) == (1, 1)
    assert "is no Parquet file" in err
    assert not _is_running(_java_of(out))
    assert not [path.name for path in plain.iterdir() if path.name.startswith("readiness")]


def test_the_log_of_spark_is_where_the_user_wants_it(tmp_path: Path, answers: str) -> None:
    code, _, _ = _run(answers, READINESS_SPARK_LOG=str(tmp_path / "spark.log"))
    assert code == 0
    assert "WARN" in (tmp_path / "spark.log").read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("after", ["begun", "java", "located"])
def test_a_signal_ends_it_at_once_and_java_with_it(
    plain: Path, answers: str, number: signal.Signals, after: str
) -> None:
    process = _begun(answers, SLOW="1")
    assert process.stdout is not None
    started: list[int] = []
    for line in process.stdout:
        if line.startswith(after):
            break
    if after == "begun":  # in the middle of starting
        waited_for(lambda: bool(started.extend(_children(process.pid)) or started), "Java", every=0.02)
    else:
        started.extend(_children(process.pid))
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert started
    assert not [pid for pid in started if _is_running(pid)]
    assert not [path.name for path in plain.iterdir() if path.name.startswith("readiness")]


def test_java_ends_by_itself_when_we_are_killed(answers: str) -> None:
    process = _begun(answers, SLOW="1")
    assert process.stdout is not None
    line = next(line for line in process.stdout if line.startswith("java"))
    process.kill()
    process.communicate()
    waited_for(lambda: not _is_running(_java_of(line)), "Java to end")


def _children(pid: int) -> list[int]:
    return [int(child) for tasks in Path(f"/proc/{pid}/task").glob("*/children") for child in tasks.read_text().split()]


@pytest.mark.parametrize("what", ["file", "folder", "csv"])
def test_what_may_not_be_read_is_told(tmp_path: Path, what: str) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    pl.DataFrame({"a": [1]}).write_parquet(folder / "a.parquet")
    (folder / "a.csv").write_text("a\n1\n")
    named = {"file": folder / "a.parquet", "folder": folder, "csv": folder / "a.csv"}[what]
    (folder if what == "folder" else named).chmod(0)
    code, _, err = _run(str(named), before=AS_ANYONE if os.geteuid() == 0 else [])
    folder.chmod(0o700)
    assert (code, err) == (
        1,
        f"{named}: it may not be read or written by whoever Spark runs as; "
        "ask for the right to, or run Spark as somebody who has it\n",
    )


def test_a_java_that_does_not_start_is_told_with_its_own_words() -> None:
    code, _, err = _run(PYSPARK_SUBMIT_ARGS="--driver-memory 1g --driver-java-options -agentlib:nosuch pyspark-shell")
    assert (code, len(err.splitlines())) == (1, 1)
    assert "Java did not start: " in err
    assert "nosuch" in err


def test_no_java_is_told(tmp_path: Path) -> None:
    code, _, err = _run(JAVA_HOME=str(tmp_path))
    assert (code, err) == (
        1,
        f"JAVA_HOME: there is no Java in {tmp_path}; "
        "let JAVA_HOME name the folder of a Java 17 or later, or unset it\n",
    )


def test_a_master_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("MASTER", f"spark://127.0.0.1:{port}")
    with pytest.raises(ResponseError) as error:
        Spark()
    assert str(error.value) == (
        f"spark://127.0.0.1:{port}: no master of a Spark cluster answers there (Connection refused); "
        "check the address, and that it is up and can be reached from here"
    )


def test_a_master_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASTER", "mesos:1")
    with pytest.raises(ResponseError) as error:
        Spark()
    assert str(error.value) == (
        "mesos:1: this is no master that Spark knows; write spark://HOST:PORT, yarn, k8s://… or local[*]"
    )


def test_an_address_of_spark_connect_where_nobody_is_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    monkeypatch.setenv("SPARK_REMOTE", f"sc://127.0.0.1:{port}/;token=secret")
    with pytest.raises(ResponseError) as error:
        Spark()
    assert str(error.value) == (
        f"sc://127.0.0.1:{port}/: no server of Spark Connect answers there (Connection refused); "
        "check the address, and that it is up and can be reached from here"
    )


def test_an_address_of_another_kind_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPARK_REMOTE", "127.0.0.1")
    with pytest.raises(UsageError, match="is no address of Spark Connect; write sc://HOST:PORT"):
        Spark()


def test_faults_of_opening_leave_another_session_possible(monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    monkeypatch.setenv("MASTER", "mesos:1")
    with pytest.raises(InputError):
        Spark()
    monkeypatch.delenv("MASTER")
    engine = Spark()
    try:
        assert engine.collected(engine.located(answers).frame).height == 20_000
    finally:
        engine.close()


@pytest.fixture
def notebook() -> Iterator[object]:
    """A session that somebody has opened before us."""
    engine = Spark()  # only because it is the shortest way to one that starts everywhere
    engine._session.conf.set("spark.sql.caseSensitive", "false")
    engine._session.conf.unset("spark.sql.session.timeZone")
    yield engine._session
    engine.close()


def test_a_session_that_is_there_is_used_and_left_as_it_was(notebook: object, answers: str) -> None:
    session = notebook
    before = {name: session.conf.get(name, None) for name in NEEDED}  # type: ignore[attr-defined]
    held = signal.getsignal(signal.SIGINT)
    engine = Spark()
    assert engine._session is session or engine._session._jsparkSession.equals(session._jsparkSession)  # type: ignore
    assert {name: engine._session.conf.get(name) for name in NEEDED} == NEEDED
    assert engine.collected(engine.located(answers).frame).height == 20_000
    engine.close()
    assert {name: session.conf.get(name, None) for name in NEEDED} == before  # type: ignore[attr-defined]
    assert session.range(3).count() == 3  # type: ignore[attr-defined]
    assert signal.getsignal(signal.SIGINT) == held


def _settings(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch, **environment: str) -> Mapping[str, str]:
    (folder / "spark-defaults.conf").write_text(text)
    monkeypatch.setenv("SPARK_CONF_DIR", str(folder))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return own_settings(user_settings(), "scratch")


def test_what_the_user_has_said_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# mine\nspark.master   spark://a:7077\nspark.driver.memory=3g\nspark.x: a = b c\n"
    said = _settings(tmp_path, text, monkeypatch)
    assert (said["spark.master"], said["spark.driver.memory"], said["spark.x"]) == ("spark://a:7077", "3g", "a = b c")
    assert "spark.driver.host" not in said  # workers have to find us
    assert "spark.driver.extraJavaOptions" not in said  # what suits a gigabyte does not suit three
    arguments = "--driver-memory 2g --conf spark.x=y pyspark-shell"
    said = _settings(tmp_path, text, monkeypatch, MASTER="local[3]", PYSPARK_SUBMIT_ARGS=arguments)
    assert (said["spark.master"], said["spark.driver.memory"], said["spark.x"]) == ("local[3]", "2g", "y")
    assert said["spark.driver.host"] == "127.0.0.1"


def test_without_a_word_it_is_this_machine_and_a_gigabyte() -> None:
    said = own_settings(user_settings(), "scratch")
    assert (said["spark.master"], said["spark.driver.memory"], said["spark.ui.enabled"]) == ("local[*]", "1g", "false")
    assert said["spark.driver.extraJavaOptions"] == "-XX:+UseSerialGC"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sc://host:15002/;token=abc;user_id=me", "sc://host:15002/"),
        ("s3a://key:se/c@ret@bucket/x", "s3a://key@bucket/x"),
        ("abfss://lake@account.dfs.core.windows.net/x", "abfss://lake@account.dfs.core.windows.net/x"),
        ("https://host/x?sig=abc", "https://host/x"),
        ("spark://a:7077,b:7077", "spark://a:7077,b:7077"),
    ],
)
def test_addresses_are_told_without_their_secrets(address: str, told: str) -> None:
    assert without_secrets(address) == told
