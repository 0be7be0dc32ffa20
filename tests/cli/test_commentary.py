"""The consultant's commentary: drafted once, read at every report, never written over."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.running import run


@pytest.fixture(scope="module")
def scored(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo engagement with its result, and without its commentary."""
    folder = tmp_path_factory.mktemp("scored") / "company"
    shutil.copytree(company, folder)
    (folder / "commentary.yaml").unlink()
    (folder / "results").mkdir(exist_ok=True)
    assert run("score", folder, "--result", folder / "results/wave-1.json", cwd=folder).code == 0
    return folder


@pytest.fixture
def engagement(scored: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(scored, tmp_path / "engagement"))


def test_a_draft_is_written_once_and_changes_no_report(engagement: Path) -> None:
    result = engagement / "results/wave-1.json"
    run("report", result, "--out", "before.html", cwd=engagement)
    ran = run("report", result, "--draft-commentary", cwd=engagement)
    assert (ran.code, ran.out) == (0, "")
    assert "wrote" in ran.err
    draft = (engagement / "commentary.yaml").read_bytes()
    again = run("report", result, "--draft-commentary", cwd=engagement)
    assert again.code == 2
    assert "there is a commentary, which is not written over" in again.err
    assert run("report", result, "--out", "after.html", cwd=engagement).code == 0
    assert (engagement / "commentary.yaml").read_bytes() == draft
    assert (engagement / "before.html").read_bytes() == (engagement / "after.html").read_bytes()


def test_an_engagement_is_drafted_for_as_its_result_is(engagement: Path) -> None:
    run("report", "results/wave-1.json", "--draft-commentary", cwd=engagement)
    draft = (engagement / "commentary.yaml").read_bytes()
    (engagement / "commentary.yaml").unlink()
    assert run("report", ".", "--draft-commentary", cwd=engagement).code == 0
    assert (engagement / "commentary.yaml").read_bytes() == draft


@pytest.mark.parametrize("more", [["--out", "r.html"], ["--each", "unit"]])
def test_a_draft_is_no_report(more: list[str], engagement: Path) -> None:
    ran = run("report", "results/wave-1.json", "--draft-commentary", *more, cwd=engagement)
    assert ran.code == 2
    assert f"{more[0]}: a draft goes into the engagement" in ran.err
    assert not (engagement / "commentary.yaml").exists()


def test_a_draft_needs_an_engagement(survey: Path, tmp_path: Path) -> None:
    ran = run("report", survey, "--draft-commentary", cwd=tmp_path)
    assert ran.code == 2
    assert "a commentary belongs to an engagement, and this is none" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["survey.csv"]


def test_faults_are_all_told_and_leave_the_report_that_stood_there(engagement: Path) -> None:
    (engagement / "r.html").write_text("as it was")
    (engagement / "commentary.yaml").write_text("sections: {gasp: a}\ngroups:\n  - {of: {unit: Legal}, comment: b}\n")
    (engagement / "commentary.md").write_text("## scenario off_process\nc\n")
    ran = run("report", "results/wave-1.json", "--out", "r.html", cwd=engagement)
    assert ran.code == 1
    assert "commentary.yaml, line 1: this report has no section 'gasp'; did you mean 'gaps'?" in ran.err
    assert "commentary.yaml, line 3: group 'unit=Legal' is hidden in this result" in ran.err
    assert "commentary.md, line 1: this result has no scenario 'off_process'; did you mean" in ran.err
    assert "3 faults" in ran.err
    assert "Traceback" not in ran.err
    assert (engagement / "r.html").read_text() == "as it was"


def test_what_is_withheld_or_no_longer_differs_is_told(engagement: Path) -> None:
    page = """## scenario off_process_freedom
### verdict ruled out
We looked.

## group unit=Customer Service
> Nobody asked us.

## group role=executive
> It was all or nothing.
"""
    (engagement / "commentary.md").write_text(page)
    settings = engagement / "engagement.yaml"
    settings.write_text(settings.read_text().replace("min_comments: 10", "min_comments: 20"))
    ran = run("report", ".", "--out", "r.md", cwd=engagement)
    assert ran.code == 0
    assert "commentary.md, line 2: the override of scenario 'off_process_freedom' no longer differs" in ran.err
    assert (
        "commentary.md, line 9: a quote is withheld: fewer than 20 people stand behind group role=executive" in ran.err
    )
    report = (engagement / "r.md").read_text(encoding="utf-8")
    assert "> Nobody asked us." in report
    assert "all or nothing" not in report


def test_a_report_of_a_survey_alone_has_no_commentary(survey: Path, tmp_path: Path) -> None:
    (tmp_path / "commentary.md").write_text("## nonsense\n")
    assert run("report", survey, "--out", "r.md", cwd=tmp_path).code == 0


def test_texts_that_a_french_report_shows_in_english_are_told_the_first_five(engagement: Path) -> None:
    groups = "".join(f"  - {{of: {{role: {role}}}, comment: {{en: Hm.}}}}\n" for role in ("executive", "manager"))
    sections = "".join(f"  {id_}: {{en: Hm.}}\n" for id_ in ("gaps", "groups", "method", "answers"))
    (engagement / "commentary.yaml").write_text(f"summary: {{en: Hm.}}\nsections:\n{sections}groups:\n{groups}")
    ran = run("report", ".", "--out", "r.md", "--lang", "fr", cwd=engagement)
    assert ran.code == 0
    told = [f"readiness: commentary.yaml, line {n}: no French text; the English one is shown" for n in (1, 3, 4, 5, 6)]
    more = "readiness: 2 more text(s) of commentary and theme are shown in another language than the report's"
    assert ran.err.splitlines()[-7:] == [*told, more, "readiness: wrote r.md"]
    assert "no English text" not in run("report", ".", "--out", "r.md", cwd=engagement).err
