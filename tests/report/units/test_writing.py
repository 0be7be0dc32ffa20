"""Reports are written whole, once, and again only where what they are made from has changed."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.faults import EditionError, UsageError
from readiness.language.catalogues import OWN
from readiness.report.edition import Edition
from readiness.report.theme import Theme
from readiness.report.units.manifest import NAME
from readiness.report.units.table import tables_of, units_of
from readiness.scoring.result import Result, SubGroup, SuppressedGroup
from tests.report.building import SHAPES
from tests.report.reading import Page
from tests.report.units.making import KEYS, files, pages_in, pages_of, shown, write


class Stop(BaseException):
    """The user has had enough."""


def stopping_at(last: int) -> object:
    def told(done: int, _total: int) -> None:
        if done == last:
            raise Stop

    return told


def with_group(result: Result, unit: str, group: SubGroup | SuppressedGroup) -> Result:
    groups = tuple(group if one.by == {"unit": unit} else one for one in result.groups)
    return result.model_copy(update={"groups": groups})


def group_of(result: Result, unit: str) -> SubGroup:
    return next(one for one in result.groups if isinstance(one, SubGroup) and one.by == {"unit": unit})


def test_every_group_that_is_shown_has_a_page_and_the_index_leads_to_it(tmp_path: Path) -> None:
    outcome = write(tmp_path)
    units = units_of(SHAPES["ordinary"](), KEYS)
    assert pages_in(tmp_path) == shown(units)
    assert (outcome.written, outcome.kept, outcome.hidden) == (8, 0, 1)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(f'href="{name}"' in index for name in shown(units))
    assert "Works council" in index
    assert index.count('class="hatched"') == 1


def test_interviews_and_what_was_seen_are_no_groups_of_a_table() -> None:
    assert tables_of(SHAPES["seen"]()) == [("unit",)]
    assert units_of(SHAPES["seen"](), ("source",)) == []


def test_the_same_again_is_the_same_bytes_and_writes_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b")
    before = files(tmp_path / "a")
    assert before == files(tmp_path / "b")
    assert write(tmp_path / "a").written == 0
    assert write(tmp_path / "a", anew=True).written == 8
    assert files(tmp_path / "a") == before


@settings(max_examples=9, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 8), max_size=3))
def test_whatever_is_finished_stays_and_the_next_run_goes_on(
    tmp_path_factory: pytest.TempPathFactory, stops: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("stopped")
    most = 0
    for last in stops:
        with pytest.raises(Stop):
            write(folder, told=stopping_at(last))  # type: ignore[arg-type]
        most = max(most, last)
        assert len(pages_in(folder)) == most
        assert "index.html" not in files(folder)
    outcome = write(folder)
    assert (outcome.written, outcome.kept) == (8 - most, most)
    whole = tmp_path_factory.mktemp("whole")
    write(whole)
    assert files(folder) == files(whole)


def test_only_a_group_that_has_changed_is_written_again(tmp_path: Path) -> None:
    result = SHAPES["ordinary"]()
    write(tmp_path, result)
    before = files(tmp_path)
    claims = group_of(result, "Claims")
    readiness = claims.readiness.model_copy(update={"value": 12.0})
    assert write(tmp_path, with_group(result, "Claims", claims.but(readiness=readiness))).written == 1
    changed = {name for name, content in files(tmp_path).items() if content != before[name]}
    assert len(changed - {NAME, "index.html"}) == 1


def test_another_language_needs_another_folder(tmp_path: Path) -> None:
    write(tmp_path)
    before = files(tmp_path)
    with pytest.raises(UsageError, match="by unit in English; name another folder"):
        write(tmp_path, language="fr", anew=True)
    assert files(tmp_path) == before


def test_other_words_write_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "units")
    monkeypatch.setenv(OWN, str(tmp_path))
    (tmp_path / "en.po").write_text('msgid "In brief"\nmsgstr "At a glance"\n', encoding="utf-8")
    assert write(tmp_path / "units").written == 8
    assert all(b"At a glance" in files(tmp_path / "units")[name] for name in pages_in(tmp_path / "units"))


def test_another_theme_or_template_writes_everything_again(tmp_path: Path) -> None:
    write(tmp_path)
    assert write(tmp_path, edition=Edition(theme=Theme(client="Brivelane"))).written == 8
    own = tmp_path / "own" / "unit"
    own.mkdir(parents=True)
    block = '{% extends "shipped/unit/unit.html.j2" %}{% block method %}<p>Ours.</p>{% endblock %}'
    (own / "unit.html.j2").write_text(block, encoding="utf-8")
    edition = Edition(templates=tmp_path / "own")
    folder = tmp_path / "units"
    assert write(folder, edition=edition).written == 8
    assert all(b"<p>Ours.</p>" in content for name, content in files(folder).items() if name in pages_in(folder))
    (own / "unit.html.j2").write_text(block.replace("Ours", "Theirs"), encoding="utf-8")
    assert write(folder, edition=edition).written == 8


def test_a_fault_in_an_own_template_is_told_with_its_line(tmp_path: Path) -> None:
    own = tmp_path / "own" / "unit"
    own.mkdir(parents=True)
    (own / "unit.html.j2").write_text("<p>\n{{ unit.nmae }}", encoding="utf-8")
    with pytest.raises(EditionError, match=r"unit\.html\.j2, line 2"):
        write(tmp_path / "units", edition=Edition(templates=tmp_path / "own"))


def test_a_page_that_is_damaged_is_written_again(tmp_path: Path) -> None:
    write(tmp_path)
    before = files(tmp_path)
    name = sorted(pages_in(tmp_path))[0]
    (tmp_path / name).write_bytes(before[name][:1000])
    assert write(tmp_path).written == 1
    assert files(tmp_path) == before


def test_a_group_that_is_hidden_now_loses_its_page(tmp_path: Path) -> None:
    result = SHAPES["ordinary"]()
    write(tmp_path, result)
    claims, sales = (next(name for name in pages_in(tmp_path) if name.startswith(unit)) for unit in ("claims", "sales"))
    (tmp_path / sales).write_text("changed by hand", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for unit in ("Claims", "Sales"):
        result = with_group(result, unit, SuppressedGroup(by={"unit": unit}))
    outcome = write(tmp_path, result)
    assert (outcome.gone, outcome.edited) == ((claims,), (sales,))
    assert {"notes.txt", sales} <= set(files(tmp_path))
    assert claims not in files(tmp_path)


@pytest.mark.parametrize(
    "shape", ["everything_hidden", "one_unit", "sixty_units", "hostile", "no_scenario", "analysed"]
)
def test_tables_of_every_shape_are_written(tmp_path: Path, shape: str) -> None:
    result = SHAPES[shape]()
    outcome = write(tmp_path, result, language="fr")
    assert outcome.written == len(shown(units_of(result, KEYS)))
    assert dataclasses.astuple(write(tmp_path, result, language="fr"))[:2] == (0, outcome.written)


def test_a_page_holds_neither_what_was_chosen_nor_a_word_of_any_other_group() -> None:
    result = SHAPES["ordinary"]()
    names = {str(group.by["unit"]) for group in result.groups if "unit" in group.by}
    for name, page in pages_of(result).items():
        carried = Page(page).result
        assert all(not item.get("counts") for item in carried["group"]["items"].values())
        assert [other for other in names - {name} if other in json.dumps(carried)] == []
