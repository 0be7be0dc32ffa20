"""The PDF is tagged, has bookmarks, says its language and its title, and is the same whenever it is made."""

from __future__ import annotations

import io
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import InputError, UsageError
from readiness.language.speech import speak
from readiness.report.outline import outline
from readiness.report.pdf import NAMES, VARIABLE, dated, installed, printed, render_pdf
from readiness.report.view import view
from tests.report.building import SHAPES
from tests.report.ending import ended

PAGE = "<!doctype html><html lang=fr><title>Un rapport</title><h1>Un</h1><p>Texte.</p></html>"


def tags(node: Any) -> Iterator[str]:
    """The kinds of all elements of a structure tree."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from tags(node.raw_get("/K"))


def titles(bookmarks: list[Any]) -> Iterator[str]:
    for one in bookmarks:
        yield from titles(one) if isinstance(one, list) else [one.title]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_tagged_has_bookmarks_and_says_what_it_is(language: str) -> None:
    result = SHAPES["one_unit"]()
    document = pypdf.PdfReader(io.BytesIO(render_pdf(result, language)))
    root, report = document.root_object, view(result, language)
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert document.metadata is not None
    assert document.metadata.title == str(report.title)
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/L", "/LI"} <= set(tags(root["/StructTreeRoot"].raw_get("/K")))
    bookmarks = [" ".join(title.split()) for title in titles(document.outline)]
    assert bookmarks[0] == " ".join(report.title.split())
    for section in outline(speak(language), report):
        assert any(" ".join(section.title.split()) in title for title in bookmarks), section.title


@pytest.mark.browser
def test_printed_twice_it_is_the_same_to_the_byte() -> None:
    browser = installed()
    first = printed(PAGE, browser)
    time.sleep(1.1)  # seconds are what Chromium writes into it
    assert first == printed(PAGE, browser)


@pytest.mark.browser
def test_nothing_is_left_of_the_printing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    printed(PAGE, installed())
    assert list(tmp_path.iterdir()) == []


def test_without_a_chromium_it_says_what_was_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(UsageError, match="no Chromium is installed here") as refused:
        installed()
    (fault,) = refused.value.faults
    assert all(name in fault.what for name in NAMES)
    assert "print a report.html from any browser" in fault.mend


def test_a_browser_that_is_named_and_missing_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "/no/such/browser")
    with pytest.raises(UsageError, match="/no/such/browser is no program that can be run"):
        installed()


def program(path: Path, script: str) -> str:
    """A program that is no browser."""
    path.write_text(f"#!{sys.executable}\nimport os, pathlib, subprocess, sys, time\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IEXEC)
    return str(path)


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("sys.exit(1)", "it said nothing"),
        ("sys.exit('first\\nno room for a sandbox')", "no room for a sandbox"),
        (
            "out = next(one for one in sys.argv if 'to-pdf=' in one).partition('=')[2]\n"
            "pathlib.Path(out).write_bytes(b'%PDF-1.4 torn')",
            "it printed nothing",
        ),
    ],
)
def test_a_browser_that_prints_nothing_whole_is_a_fault(tmp_path: Path, script: str, found: str) -> None:
    with pytest.raises(InputError, match=found):
        printed(PAGE, program(tmp_path / "browser", script))


def test_a_browser_that_never_ends_is_ended_with_what_it_started(tmp_path: Path) -> None:
    told = tmp_path / "child"
    script = (
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(told)!r}).write_text(str(child.pid))\ntime.sleep(600)"
    )
    with pytest.raises(InputError, match="did not finish within"):
        printed(PAGE, program(tmp_path / "browser", script), patience=3)
    assert ended(int(told.read_text()))


def test_a_file_that_cannot_be_run_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "browser"
    path.write_bytes(b"\x7fELF not really")
    path.chmod(0o755)
    with pytest.raises(InputError, match="it cannot be started"):
        printed(PAGE, str(path))


@given(st.binary(), st.integers(0, 10**14 - 1), st.sampled_from(["+00'00'", "-05'00'", "Z"]), st.binary())
def test_a_date_is_replaced_by_one_of_the_same_length(before: bytes, when: int, zone: str, after: bytes) -> None:
    date = b"/CreationDate (D:%014d%s)\n/ModDate (D:%014d%s)" % (when, zone.encode(), when, zone.encode())
    content = before + date + after
    assert len(dated(content)) == len(content)
    assert dated(content) == dated(dated(content))
    assert b"/ModDate (D:19800101000000" in dated(content)
