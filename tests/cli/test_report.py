"""`report`: from a result, a survey, journals or an engagement to a page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.running import run


@pytest.fixture(scope="module")
def result(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("result")
    assert run("score", company, "--result", "result.json", cwd=folder).code == 0
    return folder / "result.json"


@pytest.mark.parametrize(("name", "begins"), [("r.html", "<!doctype html>"), ("r.md", "# ")])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_result_becomes_a_page(name: str, begins: str, language: str, result: Path, tmp_path: Path) -> None:
    ran = run("report", result, "--out", name, "--lang", language, cwd=tmp_path)
    assert ran.code == 0
    page = (tmp_path / name).read_text(encoding="utf-8")
    assert page.lower().startswith(begins)
    assert ("Préparation" in page) == (language == "fr")


@pytest.mark.parametrize("name", ["r.html", "r.md"])
def test_an_engagement_and_its_result_make_the_same_page(
    name: str, company: Path, result: Path, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    shutil.copytree(company, tmp_path / "own")
    (tmp_path / "own" / "results").mkdir(exist_ok=True)
    shutil.copy(result, tmp_path / "own" / "results" / "wave-1.json")
    run("report", "own", "--out", name, cwd=tmp_path)
    run("report", "own/results/wave-1.json", "--out", f"new/{name}", cwd=tmp_path)
    assert (tmp_path / name).read_bytes() == (tmp_path / "new" / name).read_bytes()


def test_a_survey_is_reported_on_by_group(survey: Path, tmp_path: Path) -> None:
    assert run("report", survey, "--by", "unit", "--out", "deep/er/r.md", cwd=tmp_path).code == 0
    assert "Stores" in (tmp_path / "deep/er/r.md").read_text(encoding="utf-8")


def test_journals_are_reported_on(company: Path, tmp_path: Path) -> None:
    journals = sorted((company / "interviews").iterdir())
    assert run("report", *journals, "--out", "r.html", cwd=tmp_path).code == 0


def test_markdown_shows_charts_from_files_beside_it(result: Path, tmp_path: Path) -> None:
    assert run("report", result, "--out", "wave 1.md", "--charts", "files", cwd=tmp_path).code == 0
    page = (tmp_path / "wave 1.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]+\]\(wave%201\.charts/([^)]+)\)", page)
    assert sorted(shown) == sorted(path.name for path in (tmp_path / "wave 1.charts").iterdir())
    assert "profile.svg" in shown
    assert "●" not in re.sub(r"● \w", "", page)


def test_markdown_is_the_same_but_for_its_bars(result: Path, tmp_path: Path) -> None:
    pages = {}
    for charts in ("text", "none"):
        assert run("report", result, "--out", f"{charts}.md", "--charts", charts, cwd=tmp_path).code == 0
        pages[charts] = (tmp_path / f"{charts}.md").read_text(encoding="utf-8")
    assert run("report", result, "--out", "r.md", cwd=tmp_path).code == 0
    assert (tmp_path / "r.md").read_text(encoding="utf-8") == pages["text"]
    assert "`···" in pages["text"]
    assert "`···" not in pages["none"]
    assert not list(tmp_path.glob("*.charts"))


@pytest.mark.parametrize(
    ("name", "charts", "said"),
    [
        ("r.md", "fils", "--charts fils: charts cannot be shown so; did you mean 'files'?"),
        (
            "r.html",
            "files",
            "--out r.html: only Markdown leaves a choice of charts; name a .md file, or leave --charts out",
        ),
    ],
)
def test_charts_that_cannot_be_shown_so_are_wrong_usage(
    name: str, charts: str, said: str, result: Path, tmp_path: Path
) -> None:
    ran = run("report", result, "--out", name, "--charts", charts, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (2, "", f"readiness: {said}\n")


@pytest.mark.parametrize("name", ["r.odt", "r", "r.HTM", "r.doc"])
def test_another_suffix_is_wrong_usage_and_costs_nothing(name: str, survey: Path, tmp_path: Path) -> None:
    ran = run("report", survey, "--out", name, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    mend = "name a file ending in .html, .md, .docx or .pdf"
    assert ran.err == f"readiness: --out {name}: no report can be written so; {mend}\n"
    assert not (tmp_path / name).exists()


def test_strict_writes_the_report_and_fails(survey: Path, tmp_path: Path) -> None:
    survey.write_text(survey.read_text(encoding="utf-8").replace(",dk,", ",perhaps,", 1), encoding="utf-8")
    assert run("report", survey, "--out", "r.md", cwd=tmp_path).code == 0
    assert run("report", survey, "--out", "strict.md", "--strict", cwd=tmp_path).code == 1
    assert (tmp_path / "strict.md").read_bytes() == (tmp_path / "r.md").read_bytes()


def test_a_result_stands_alone(result: Path, survey: Path, tmp_path: Path) -> None:
    ran = run("report", result, survey, "--out", "r.md", cwd=tmp_path)
    assert ran.code == 2
    assert "a result among other sources; report on one result, or on response files" in ran.err


@pytest.mark.parametrize("option", [["--by", "unit"], ["--framework", "enterprise-2.0"]])
def test_a_result_is_reported_on_as_it_was_scored(option: list[str], result: Path, tmp_path: Path) -> None:
    ran = run("report", result, "--out", "r.md", *option, cwd=tmp_path)
    assert ran.code == 2
    assert (
        "a result is reported on as it was scored; leave --by, --framework, --balance and --exclude-careless out"
        in ran.err
    )


def test_a_report_is_not_put_among_the_answers_of_an_engagement(company: Path, tmp_path: Path) -> None:
    shutil.copytree(company, tmp_path / "demo")
    ran = run("report", "demo", "--out", "demo/surveys/r.html", cwd=tmp_path)
    assert ran.code == 2
    assert "whatever lies in demo/surveys is read as answers; name another file" in ran.err
    assert not (tmp_path / "demo/surveys/r.html").exists()


def test_charts_whose_page_cannot_be_written_are_taken_back(survey: Path, tmp_path: Path) -> None:
    page = tmp_path / "reports" / "report.md"
    page.mkdir(parents=True)  # a folder where the page is to be
    ran = run("report", survey, "--charts", "files", "--out", page, cwd=tmp_path)
    assert ran.code in (1, 2)
    assert "report.md" in ran.err
    assert list(page.parent.iterdir()) == [page]
