"""`report` as a Word document and as a PDF."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.cli.running import COMMAND, environment, run

TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"


@pytest.fixture(scope="module")
def result(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("result")
    assert run("score", company, "--result", "result.json", cwd=folder).code == 0
    return folder / "result.json"


def test_a_word_document_takes_the_firm_s_own(result: Path, tmp_path: Path) -> None:
    own = Document()
    own.sections[0].header.paragraphs[0].text = "Example & Partners"
    own.save(str(tmp_path / "firm.docx"))
    ran = run("report", result, "--out", "r.docx", "--document", "firm.docx", "--lang", "fr", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "readiness: wrote r.docx\n")
    document = Document(str(tmp_path / "r.docx"))
    assert document.sections[0].header.paragraphs[0].text == "Example & Partners"
    assert document.paragraphs[0].text.startswith("Préparation")


def test_a_firm_s_own_document_is_never_written_over(result: Path, tmp_path: Path) -> None:
    Document().save(str(tmp_path / "firm.docx"))
    before = (tmp_path / "firm.docx").read_bytes()
    ran = run("report", result, "--out", "firm.docx", "--document", "firm.docx", cwd=tmp_path)
    assert ran.code == 2
    assert "this file is read, and would be written over" in ran.err
    assert (tmp_path / "firm.docx").read_bytes() == before


def test_a_document_that_is_none_is_a_fault_of_the_input(result: Path, tmp_path: Path) -> None:
    (tmp_path / "firm.docx").write_text("Dear Sir or Madam")
    ran = run("report", result, "--out", "r.docx", "--document", "firm.docx", cwd=tmp_path)
    assert ran.code == 1
    assert ran.err == "readiness: firm.docx: this is no Word document; save it from Word as DOCX or DOTX\n"
    assert not (tmp_path / "r.docx").exists()


def test_a_damaged_document_is_named_and_not_the_result(result: Path, tmp_path: Path) -> None:
    own = Document()
    for size in own.element.iter(qn("w:pgSz")):
        size.set(qn("w:w"), "wide")
    own.save(str(tmp_path / "firm.docx"))
    ran = run("report", result, "--out", "r.docx", "--document", "firm.docx", cwd=tmp_path)
    assert ran.code == 1
    assert ran.err == (
        "readiness: firm.docx: this is no document that Word would open; save it from Word as DOCX or DOTX\n"
    )


def test_what_a_document_would_fetch_is_told_once_and_not_handed_on(result: Path, tmp_path: Path) -> None:
    own = Document()
    own.part.relate_to("http://example.com/a.dotm", TEMPLATE, is_external=True)
    own.save(str(tmp_path / "firm.docx"))
    ran = run("report", result, "--out", "r.docx", "--document", "firm.docx", cwd=tmp_path)
    assert (ran.code, ran.err) == (
        0,
        "readiness: firm.docx: fetches something from elsewhere when it is opened"
        " (attachedTemplate http://example.com/a.dotm): the report does not\n"
        "readiness: wrote r.docx\n",
    )


def test_a_document_is_of_use_to_word_only(result: Path, tmp_path: Path) -> None:
    ran = run("report", result, "--out", "r.html", "--document", "firm.docx", cwd=tmp_path)
    assert ran.code == 2
    assert "name a .docx file, or leave --document out" in ran.err


@pytest.mark.parametrize("missing", ["docx", "resvg_py", "markdown_it"])
def test_without_the_extra_one_sentence_says_what_to_install(missing: str, survey: Path, tmp_path: Path) -> None:
    lacking = f"import sys; sys.modules[{missing!r}] = None\n"
    (tmp_path / "sitecustomize.py").write_text(lacking)
    ran = run("report", survey, "--out", "r.docx", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)})
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "readiness: DOCX: Word documents need an extra; pip install 'readiness[docx]'\n"


@pytest.mark.browser
def test_a_pdf_is_printed(result: Path, tmp_path: Path) -> None:
    ran = run("report", result, "--out", "r.pdf", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "readiness: wrote r.pdf\n")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")


def test_without_a_browser_nothing_is_scored(survey: Path, tmp_path: Path) -> None:
    ran = run("report", survey, "--out", "r.pdf", cwd=tmp_path, env={"CHROMIUM": "", "PATH": str(tmp_path)})
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("readiness: PDF: no Chromium is installed here (looked for chromium, ")
    assert ran.err.count("\n") == 1


def test_a_browser_that_fails_leaves_no_file(result: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f"#!{sys.executable}\nimport sys\nsys.exit('no display')\n")
    browser.chmod(0o755)
    ran = run("report", result, "--out", "r.pdf", cwd=tmp_path, env={"CHROMIUM": str(browser)})
    assert ran.code == 1
    assert "it printed nothing (no display)" in ran.err
    assert not (tmp_path / "r.pdf").exists()


def test_stopped_while_printing_it_ends_the_browser_it_started(result: Path, tmp_path: Path) -> None:
    browser, told = tmp_path / "browser", tmp_path / "told"
    script = f"import os, pathlib, time\npathlib.Path({str(told)!r}).write_text(str(os.getpid()))\ntime.sleep(600)\n"
    browser.write_text(f"#!{sys.executable}\n{script}")
    browser.chmod(0o755)
    command = [COMMAND, "report", str(result), "--out", "r.pdf"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment(CHROMIUM=str(browser)), stderr=subprocess.PIPE
    ) as process:
        while not (told.exists() and told.read_text()):
            assert process.poll() is None
            time.sleep(0.05)
        process.terminate()
        _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (143, b"readiness: stopped\n")
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["browser", "told"]
