"""The package as it is installed: everything is in it, and it works in an empty environment and any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import readiness

ROOT = Path(__file__).parents[2]
# Any attempt to reach another machine would end here, in a port where nobody listens.
NO_NETWORK = dict.fromkeys(
    ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9"
)


def done(*command: object, cwd: Path, env: dict[str, str] | None = None) -> str:
    ran = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("built")
    done(sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    return built / f"readiness-{readiness.__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def inside(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def shipped(folder: str, pattern: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob(pattern)):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(ROOT / folder)


@pytest.mark.parametrize(
    ("folder", "pattern", "into"),
    [
        ("questionnaires", "*", "readiness/data/questionnaires"),
        ("report_templates", "*", "readiness/data/report_templates"),
        ("readiness", "*.py", "readiness"),
        ("readiness/language/locale", "*.po", "readiness/language/locale"),
        ("readiness/demo", "*", "readiness/demo"),
    ],
)
def test_the_wheel_holds_every_file(folder: str, pattern: str, into: str, inside: dict[str, bytes]) -> None:
    found = list(shipped(folder, pattern))
    assert found
    for path in found:
        assert inside[f"{into}/{path.as_posix()}"] == (ROOT / folder / path).read_bytes()


def test_the_wheel_says_that_it_is_typed(inside: dict[str, bytes]) -> None:
    assert "readiness/py.typed" in inside


def test_the_wheel_holds_nothing_else(inside: dict[str, bytes]) -> None:
    kinds = {Path(name).suffix for name in inside if not name.split("/")[0].endswith(".dist-info")}
    assert kinds <= {".py", ".yaml", ".j2", ".css", ".js", ".po", ".md", ".typed"} | {""}
    assert {name.split("/")[0] for name in inside} == {"readiness", f"readiness-{readiness.__version__}.dist-info"}
    assert not any("__pycache__" in name for name in inside)


def test_the_wheel_names_its_licence_and_its_command(inside: dict[str, bytes]) -> None:
    told = f"readiness-{readiness.__version__}.dist-info"
    metadata = inside[f"{told}/METADATA"].decode()
    assert "License-Expression: MIT" in metadata
    assert "Requires-Python: >=3.11" in metadata
    assert inside[f"{told}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert "readiness = readiness.cli.app:run" in inside[f"{told}/entry_points.txt"].decode()


def test_the_source_distribution_holds_what_the_wheel_is_built_from_and_its_tests(built: Path) -> None:
    top = f"readiness-{readiness.__version__}"
    with tarfile.open(built / f"{top}.tar.gz") as opened:
        names = set(opened.getnames())
    for folder in ("readiness", "questionnaires", "report_templates", "tests", "docs"):
        for path in shipped(folder, "*"):
            if path.suffix in (".py", ".yaml", ".j2", ".css", ".js", ".po", ".md"):
                assert f"{top}/{folder}/{path.as_posix()}" in names
    assert {f"{top}/{name}" for name in ("pyproject.toml", "README.md", "LICENSE", "Makefile")} <= names


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment that holds what the pins name, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin/python"
    install = (python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    done(*install, "--require-hashes", "-r", ROOT / "requirements.txt", cwd=folder)
    done(*install, "--no-deps", wheel, cwd=folder)
    return folder / "bin/readiness"


@pytest.fixture
def alone() -> dict[str, str]:
    """Surroundings in which neither the checkout nor another machine can be reached."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COVERAGE", "COV_"))}
    return {**kept, **NO_NETWORK, "PYTHONSAFEPATH": "1"}


def test_it_lists_its_frameworks_outside_the_checkout(installed: Path, alone: dict[str, str], tmp_path: Path) -> None:
    assert "enterprise-2.0" in done(installed, "frameworks", cwd=tmp_path, env=alone)
    where = done(
        installed.with_name("python"), "-c", "import readiness; print(readiness.__file__)", cwd=tmp_path, env=alone
    )
    assert str(ROOT) not in where


def test_it_does_the_whole_job_from_an_empty_folder(installed: Path, alone: dict[str, str], tmp_path: Path) -> None:
    written = done(installed, "demo", cwd=tmp_path, env=alone).split()
    assert "demo/reports/report.fr.html" in written
    again = done(installed, "score", "demo", "--format", "json", cwd=tmp_path, env=alone)
    assert again == (tmp_path / "demo/results/result.json").read_text(encoding="utf-8")
    here = done(
        Path(sys.executable).with_name("readiness"), "score", "demo", "--format", "json", cwd=tmp_path, env=alone
    )
    assert here == again


def test_its_parts_agree_with_each_other(installed: Path, alone: dict[str, str], tmp_path: Path) -> None:
    done(installed.with_name("python"), "-m", "pip", "check", cwd=tmp_path, env=alone)
