"""The same answers give the same result, to the byte, in the shape of whatever platform they come from."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from readiness.cli.app import app
from readiness.responses import large
from tests.cli.running import Ran, run
from tests.shapes import (
    canonical,
    google_forms,
    kobo,
    limesurvey,
    microsoft_forms,
    plain,
    qualtrics,
    redcap,
    responses,
    small,
    statistics_files,
    surveymonkey,
    typeform,
)
from tests.shapes.shape import Shape
from tests.shapes.survey import DK, NA, Survey

SHAPES: dict[str, Shape] = {
    **canonical.SHAPES,
    **plain.SHAPES,
    **limesurvey.SHAPES,
    **microsoft_forms.SHAPES,
    **google_forms.SHAPES,
    **qualtrics.SHAPES,
    **surveymonkey.SHAPES,
    **typeform.SHAPES,
    **kobo.SHAPES,
    **redcap.SHAPES,
    **statistics_files.SHAPES,
}
CASES = [
    pytest.param(name, language, id=f"{name}, {language}") for name, s in SHAPES.items() for language in s.languages
]
TEXTS = [name for name, shape in SHAPES.items() if shape.suffix in (".csv", ".tsv")]
BY = ("--by", "unit", "--by", "role")
Scored = dict[bool, str]  # by whether *don't know* and *not applicable* are in it


def _apart(*arguments: object, cwd: Path) -> Ran:
    """The command as its users run it."""
    return run("score", *arguments, *BY, "--format", "json", cwd=cwd)


def _here(*arguments: object, cwd: Path) -> Ran:
    """The same command within this process, which is several times as fast."""
    return _invoked("score", *arguments, *BY, "--format", "json", cwd=cwd)


def _invoked(command: str, *arguments: object, cwd: Path) -> Ran:
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(app, [command, *map(str, arguments)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


Running = Callable[..., Ran]


@pytest.fixture(scope="module")
def shipped() -> Survey:
    return responses.survey()


@pytest.fixture(scope="module")
def scored(shipped: Survey, tmp_path_factory: pytest.TempPathFactory) -> Scored:
    """What the canonical table gives."""
    return _canonical(shipped, tmp_path_factory.mktemp("canonical"))


@pytest.fixture(scope="module")
def small_framework(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.write(tmp_path_factory.mktemp("small") / "framework")


@pytest.fixture(scope="module")
def small_scored(small_framework: Path, tmp_path_factory: pytest.TempPathFactory) -> Scored:
    folder = tmp_path_factory.mktemp("canonical")
    return _canonical(small.survey(small_framework), folder, "--framework", small_framework)


def _canonical(survey: Survey, folder: Path, *options: object) -> Scored:
    found: Scored = {}
    for speaks, said in {True: survey, False: survey.without((DK, NA))}.items():
        (folder / "canonical.csv").write_bytes(canonical.csv_of(said))
        ran = _apart("canonical.csv", *options, cwd=folder)
        assert ran.code == 0, ran.err
        assert "could not be read" not in ran.err, ran.err
        found[speaks] = ran.out
    return found


def _same(
    scored: Scored, name: str, survey: Survey, language: str, folder: Path, running: Running, *options: object
) -> None:
    """Writes a survey in a shape, scores it, and holds the result against the canonical one."""
    shape = SHAPES[name]
    file = f"export{shape.suffix}"
    (folder / file).write_bytes(shape.write(survey, language))
    ran = running(file, *options, cwd=folder)
    assert ran.code == 0, ran.err
    assert "could not be read" not in ran.err, ran.err
    assert shape.platform in ran.err
    assert ran.out == scored[shape.speaks], ran.err


@pytest.mark.parametrize(("name", "language"), CASES)
def test_every_shape_gives_the_result_of_the_canonical_table_and_is_called_by_its_platform(
    name: str, language: str, shipped: Survey, scored: Scored, tmp_path: Path
) -> None:
    _same(scored, name, shipped, language, tmp_path, _apart)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_decimals_ladders_and_boxes_give_the_result_of_the_canonical_table(
    name: str, language: str, small_framework: Path, small_scored: Scored, tmp_path: Path
) -> None:
    survey = small.survey(small_framework)
    _same(small_scored, name, survey, language, tmp_path, _here, "--framework", small_framework)


@pytest.mark.parametrize(("name", "language"), CASES)
def test_the_order_of_people_and_questions_does_not_matter(
    name: str, language: str, shipped: Survey, scored: Scored, tmp_path: Path
) -> None:
    _same(scored, name, shipped.shuffled(3), language, tmp_path, _here)


@pytest.mark.parametrize("name", [name for name, shape in SHAPES.items() if shape.names])
def test_a_row_that_stands_there_twice_counts_once(name: str, shipped: Survey, scored: Scored, tmp_path: Path) -> None:
    _same(scored, name, shipped.repeated(), SHAPES[name].languages[-1], tmp_path, _here)


@pytest.mark.parametrize("name", TEXTS)
def test_a_large_file_understood_by_its_first_rows_gives_the_same(
    name: str, shipped: Survey, scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(large, "HEAD", 9)
    _same(scored, name, shipped, SHAPES[name].languages[-1], tmp_path, _here)


@pytest.mark.parametrize("name", SHAPES)
def test_a_mapping_drawn_from_a_shape_and_followed_gives_the_same(
    name: str, shipped: Survey, scored: Scored, tmp_path: Path
) -> None:
    shape = SHAPES[name]
    file = f"export{shape.suffix}"
    (tmp_path / file).write_bytes(shape.write(shipped, shape.languages[-1]))
    drawn = _invoked("map", file, "--out", "mapping.yaml", cwd=tmp_path)
    assert drawn.code == 0, drawn.err
    ran = _here(file, "--mapping", "mapping.yaml", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, scored[shape.speaks]), ran.err


FOUR = {
    "LimeSurvey CSV with questions": "fr",
    "Microsoft Forms XLSX": "en",
    "Google Forms CSV": "fr",
    "KoboToolbox CSV with labels": "en",
}


@pytest.mark.parametrize("least", [large.LARGE, 0], ids=["held", "read on in pieces"])
def test_files_of_several_platforms_and_languages_are_one_survey(
    least: int, shipped: Survey, scored: Scored, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "LARGE", least)
    files = []
    for place, (name, language) in enumerate(FOUR.items()):
        part = replace(shipped, people=shipped.people[place :: len(FOUR)])
        files.append(f"{place}{SHAPES[name].suffix}")
        (tmp_path / files[-1]).write_bytes(SHAPES[name].write(part, language))
    for order in (files, files[::-1]):
        ran = _here(*order, cwd=tmp_path)
        assert (ran.code, ran.out) == (0, scored[True]), ran.err


def test_the_answers_hold_what_may_go_wrong(shipped: Survey) -> None:
    units = {person.said.get("unit") for person in shipped.people}
    assert any(unit and '"' in unit and ";" in unit for unit in units)
    assert {"", None} < units
    for answer in (DK, NA, "", "1", "2", "3", "4", "5", None):  # None: not put
        assert any(person.said.get("CUL31") == answer for person in shipped.people)
    assert any(person.left for person in shipped.people)
