"""README and docs: every shell example runs, every file shown can be read, every link leads somewhere."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.responses.engagement import read_engagement, unknown_keys
from readiness.responses.files import read_survey
from readiness.responses.following import wrong_for
from readiness.responses.mapping_yaml import read_mapping

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").glob("*.md")
)
SHELL = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def shown(page: str, kind: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if SHELL.search(page.read_text("utf-8"))], ids=lambda p: p.name
)
def test_every_shell_example_of_a_page_runs_in_its_order(page: Path, company: Path, tmp_path: Path) -> None:
    shutil.copytree(company, tmp_path / "demo")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    for example in SHELL.findall(page.read_text(encoding="utf-8")):
        for command in example.strip().splitlines():
            done = subprocess.run(
                ["/bin/sh", "-c", command],
                cwd=tmp_path,
                env=env,
                input="q\n",
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            assert "could not be read" not in done.stderr


def test_the_readme_runs_something() -> None:
    commands = "".join(shown("README.md", "sh"))
    for name in ("interview", "score", "report", "check", "frameworks", "schema"):
        assert f"readiness {name}" in commands


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`?make ([a-z]+)`", page.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        assert target.is_file(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = set(LINK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert {f"docs/{page.name}" for page in (ROOT / "docs").glob("*.md")} <= linked


def test_the_response_files_shown_are_read_without_a_word(tmp_path: Path) -> None:
    framework = load(find("enterprise-2.0"))
    for kind, name in (("csv", "shown.csv"), ("json", "shown.jsonl")):
        text = next(text for text in shown("docs/files.md", kind) if "journal" not in text)
        (tmp_path / name).write_text(text, encoding="utf-8")
        read = read_survey(framework, [tmp_path / name])
        assert (read.read, read.unread, read.ignored, read.rejected) == (text.count("r00"), (), (), 0)


def test_the_journal_shown_is_json() -> None:
    lines = next(text for text in shown("docs/files.md", "json") if "journal" in text).splitlines()
    assert [set(json.loads(line)) & {"journal", "event"} for line in lines] == [{"journal"}, {"event"}]


def test_the_engagement_shown_is_one_that_the_default_framework_knows(tmp_path: Path) -> None:
    settings = next(text for text in shown("docs/files.md", "yaml") if "client" in text)
    (tmp_path / "engagement.yaml").write_text(settings, encoding="utf-8")
    assert unknown_keys(read_engagement(tmp_path), load(find("enterprise-2.0"))) == []


def test_the_mapping_shown_is_one_that_the_default_framework_knows(tmp_path: Path) -> None:
    mapping = next(text for text in shown("docs/files.md", "yaml") if "columns" in text)
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    assert wrong_for(read_mapping(tmp_path / "mapping.yaml"), load(find("enterprise-2.0"))) == []


def test_every_dependency_is_justified() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = text.partition("dependencies = [")[2].partition("[project.scripts]")[0]
    names = set(re.findall(r'^    "([\w-]+)', asked, re.MULTILINE)) | {"editables", "hatchling"}
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = " ".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| "))
    assert names <= set(re.findall(r"[\w-]+", rows))


def test_the_picture_is_small() -> None:
    assert 0 < (ROOT / "docs/report.png").stat().st_size <= 150_000
