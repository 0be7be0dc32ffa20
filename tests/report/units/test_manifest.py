"""A manifest is read as far as it was written, and never taken for what it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import UsageError
from readiness.report.units.manifest import NAME, Adding, Entry, judged_folder, read_manifest, write_manifest

ENTRIES = [Entry(f"unit-{place}.html", f"from {place}", f"content {place}") for place in range(3)]


def test_what_was_added_is_read_again(tmp_path: Path) -> None:
    write_manifest(tmp_path, ("unit",), "en", ENTRIES[:1])
    with Adding(tmp_path) as adding:
        for entry in ENTRIES[1:]:
            adding.add(entry)
    found = read_manifest(tmp_path)
    assert found.keys == ("unit",)
    assert list(found.entries.values()) == ENTRIES


def test_a_folder_without_one_has_no_earlier_run(tmp_path: Path) -> None:
    assert read_manifest(tmp_path).keys is None
    assert read_manifest(tmp_path / "nowhere").entries == {}


@given(st.integers(0, 300))
def test_a_line_that_was_cut_off_is_not_there(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = tmp_path_factory.mktemp("cut")
    write_manifest(folder, ("unit",), "en", ENTRIES)
    written = (folder / NAME).read_bytes()
    head = written.index(b"\n") + 1
    kept = written[: max(head, len(written) - cut)]
    (folder / NAME).write_bytes(kept)
    found = list(read_manifest(folder).entries.values())
    assert found == ENTRIES[: len(found)]
    assert len(found) in (kept.count(b"\n") - 1, kept.count(b"\n"))  # the last may lack nothing but its end


def test_a_line_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    write_manifest(tmp_path, ("unit",), "en", [Entry("../secret.html", "", ""), Entry("/etc/x", "", ""), *ENTRIES])
    assert list(read_manifest(tmp_path).entries.values()) == ENTRIES


@pytest.mark.parametrize("text", ["", "{}", "[]", "hello", '{"manifest": 2, "keys": []}', '{"manifest": 1}'])
def test_another_file_of_that_name_is_not_touched(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no manifest of unit reports; name another folder"):
        judged_folder(tmp_path, ("unit",))


def test_a_folder_holds_the_reports_of_one_table(tmp_path: Path) -> None:
    write_manifest(tmp_path, ("unit",), "en", ENTRIES)
    assert judged_folder(tmp_path, ("unit",)).entries
    with pytest.raises(UsageError, match="holds the reports by unit in English; name another folder"):
        judged_folder(tmp_path, ("unit", "role"))


def test_a_folder_holds_the_reports_of_one_language(tmp_path: Path) -> None:
    write_manifest(tmp_path, ("unit",), "en", ENTRIES)
    assert judged_folder(tmp_path, ("unit",), "en").entries
    with pytest.raises(UsageError, match="holds the reports by unit in English; name another folder"):
        judged_folder(tmp_path, ("unit",), "fr")
    (tmp_path / NAME).write_text('{"manifest": 1, "keys": ["unit"]}\n', encoding="utf-8")  # by an earlier version
    assert judged_folder(tmp_path, ("unit",), "fr").language == ""


def test_an_index_of_somebody_else_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not ours"):
        judged_folder(tmp_path, ("unit",))
