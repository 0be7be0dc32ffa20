"""A large survey, read in pieces, says the same as one that is held, to the byte, and tells the same of its reading."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import pipeline
from readiness.faults import ResponseError
from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses import headstart, large, scanning
from readiness.responses.bulk import Stream
from readiness.responses.files import Reading
from readiness.responses.formats import delimited
from readiness.responses.table import Responses
from readiness.scoring import each
from tests.responses.small import small
from tests.scoring.profiles import tries

Write = Callable[[str, str | bytes], Path]
READING = Reading()
BY = [("unit",), ("role", "unit")]


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(headstart, "LARGE", 0)
    monkeypatch.setattr(scanning, "PIECE", 7)  # rows, so that a small file comes in several pieces
    yield
    scanning._begun.clear()


def told(done: pipeline.Scored) -> dict[str, Any]:
    """Everything that is said of a reading."""
    (mode,) = done.gathered.modes
    names = ("read", "rejected", "unread", "unread_count", "set_aside", "ignored", "remarks")
    return {name: getattr(mode, name) for name in names}


def both(framework: Framework, *paths: Path, reading: Reading = READING) -> tuple[pipeline.Scored, pipeline.Scored]:
    """A survey scored as it is read, and scored when it is held."""
    streamed = large.open_survey(framework, paths, reading)
    held = large.read_survey(framework, paths, reading)
    assert isinstance(streamed, Stream)
    assert isinstance(held, Responses)
    by = [table for table in BY if held.context.issuperset(table)]
    first, second = (
        pipeline.scored(pipeline.Gathered(framework, survey, None, files=paths, reading=reading), by)
        for survey in (streamed, held)
    )
    return first, second


def same(framework: Framework, *paths: Path, reading: Reading = READING) -> pipeline.Scored:
    """Asserts that both say the same, and gives back the one that was streamed."""
    streamed, held = both(framework, *paths, reading=reading)
    assert streamed.result.to_json() == held.result.to_json()
    assert told(streamed) == told(held)
    return streamed


CELLS = ["1", "2", "3.5", "", "dk", "na", "Never", "la moitié du temps", " 1 ", "NA", "x", "7"]


def survey(seed: int, rows: int, cells: list[str] = CELLS, ids: int = 1000) -> str:
    rng = random.Random(seed)
    lines = ["respondent,unit,role,A1,A2"]
    for _ in range(rows):
        unit, role = rng.choice(["U", "V", "", "01"]), rng.choice(["manager", "Personnel", "", "boss"])
        lines.append(f"p{rng.randrange(ids)},{unit},{role},{rng.choice(cells)},{rng.choice(cells)}")
    return "\n".join(lines) + "\n"


@tries(40)
@given(st.integers(0, 10**6), st.integers(3, 60), st.sampled_from([5, 20, 10**6]))
def test_pieces_say_what_the_whole_says(
    tmp_path_factory: pytest.TempPathFactory, seed: int, rows: int, ids: int
) -> None:
    folder = tmp_path_factory.mktemp("stream")
    path = folder / "s.csv"
    path.write_text(survey(seed, rows, ids=ids), encoding="utf-8")
    same(small(folder), path)


@tries(15)
@given(st.integers(0, 10**6))
def test_whole_numbers_say_what_texts_say(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    folder = tmp_path_factory.mktemp("whole")
    path = folder / "s.csv"
    path.write_text(survey(seed, 50, ["1", "2", "", "9"]), encoding="utf-8")
    same(small(folder), path)


def test_a_word_far_below_whole_numbers_is_read_all_the_same(framework: Framework, write: Write) -> None:
    lines = ["respondent,A1,A2", *(f"p{place},1,2" for place in range(headstart.HEAD + 50)), "last,dk,Never"]
    done = same(framework, write("s.csv", "\n".join(lines) + "\n"))
    assert done.result.respondents.unread == 0
    assert done.result.overall.items["A1"].dk == 1  # type: ignore[union-attr]


def test_a_broken_line_far_below_is_named(framework: Framework, write: Write) -> None:
    lines = ["respondent,A1,A2", *(f"p{place},1,2" for place in range(headstart.HEAD + 50)), "last,1,2,3"]
    path = write("s.csv", "\n".join(lines) + "\n")
    gathered = pipeline.Gathered(framework, large.open_survey(framework, [path], READING), None, files=(path,))
    with pytest.raises(ResponseError) as raised:
        pipeline.scored(gathered)
    assert [(fault.line, fault.what) for fault in raised.value.faults] == [
        (headstart.HEAD + 52, "4 cells where the header has 3")
    ]


def test_several_files_are_one_survey(framework: Framework, write: Write) -> None:
    first = write("a.csv", "respondent,unit,A1\n" + "".join(f"a{n},U,1\n" for n in range(20)))
    second = write("b.csv", "respondent,unit,A1,A2\n" + "".join(f"b{n},V,2,3.5\n" for n in range(20)))
    done = same(framework, first, second)
    assert done.result.overall.items["A2"].not_asked == 20  # type: ignore[union-attr]


def test_a_file_that_must_be_held_is_scored_beside_one_that_is_not(framework: Framework, write: Write) -> None:
    first = write("a.csv", "respondent,unit,A1\n" + "".join(f"a{n},U,1\n" for n in range(20)))
    second = write("b.jsonl", "".join(f'{{"respondent": "b{n}", "A1": "dk"}}\n' for n in range(10)))
    done = same(framework, first, second)
    assert done.result.respondents.read == 30


def test_a_respondent_in_two_files_counts_once(framework: Framework, write: Write) -> None:
    rows = "".join(f"p{n},1\n" for n in range(20))
    first, second = write("a.csv", "respondent,A1\n" + rows), write("b.csv", "respondent,A1\n" + rows + "p3,2\n")
    done = same(framework, first, second)
    assert (done.result.respondents.read, done.result.respondents.rejected) == (20, 1)
    assert told(done)["set_aside"] == ("p3",)


def test_a_context_of_digits_is_kept_to_the_letter(framework: Framework, write: Write) -> None:
    path = write("s.csv", "respondent,unit,A1\n" + "".join(f"p{n},{'01' if n % 2 else '1'},1\n" for n in range(60)))
    groups = same(framework, path).result.groups
    assert [group.by["unit"] for group in groups if "role" not in group.by] == ["01", "1"]


def test_weights_count_in_pieces(framework: Framework, write: Write) -> None:
    rows = "".join(f"p{n},U,{n % 3 + 1 if n % 3 < 2 else 3.5},{['0.5', '2', '', 'x'][n % 4]}\n" for n in range(60))
    path = write("s.csv", "respondent,unit,A1,heft\n" + rows)
    done = same(framework, path, reading=Reading(weight="heft"))
    assert done.result.overall.n_effective is not None  # type: ignore[union-attr]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_any_dialect_that_can_be_scanned(
    delimiter: str, ending: str, mark: str, framework: Framework, write: Write
) -> None:
    text = mark + survey(3, 40, ["1", "2", "3.5", ""]).replace(",", delimiter).replace("\n", ending)
    same(framework, write("s.csv", text))


def test_what_cannot_be_scanned_is_held(framework: Framework, write: Write) -> None:
    latin = survey(3, 40).replace("Personnel", "Employé").encode("cp1252")
    assert isinstance(large.open_survey(framework, [write("s.csv", latin)], READING), Responses)


def test_empty_rows_are_nobody(framework: Framework, write: Write) -> None:
    path = write(
        "s.csv", "respondent,unit,A1\n" + "p1,U,1\n,,\n\np2,,2\n, ,\n" + "".join(f"q{n},U,1\n" for n in range(9))
    )
    assert same(framework, path).result.respondents.read == 11


def test_anonymous_respondents_are_each_their_own(framework: Framework, write: Write) -> None:
    path = write("s.csv", "respondent,A1\n" + ",1\n" * 15 + "NA,1\np,1\np,1\n")
    assert same(framework, path).result.respondents.read == 17


def test_a_head_start_is_taken_where_it_fits(framework: Framework, write: Write) -> None:
    path = write("s.csv", survey(1, 60, ["1", "2", ""]))
    expected = same(framework, path).result.to_json()
    headstart.begin([path])
    assert list(scanning._begun) == [path]
    done, _ = both(framework, path)
    assert done.result.to_json() == expected
    assert not scanning._begun


def test_a_head_start_that_does_not_fit_is_dropped(framework: Framework, write: Write) -> None:
    rows = "".join(f"p{n},{n % 4},1\n" for n in range(60))  # `unit` looks like whole numbers, and is none
    path = write("s.csv", "respondent,unit,A1\n" + rows)
    headstart.begin([path])
    done, held = both(framework, path)
    assert done.result.to_json() == held.result.to_json()


def test_how_far_it_has_come_is_told(framework: Framework, write: Write) -> None:
    opened = large.open_survey(framework, [write("s.csv", survey(2, 30))], READING)
    assert isinstance(opened, Stream)
    heard: list[int] = []
    opened.on_rows = heard.append
    list(opened.pieces())
    assert heard == sorted(heard)
    assert heard[-1] == 30
    assert len(heard) > 3


@pytest.mark.parametrize("kept", [0, 10**6], ids=["read again", "kept"])
def test_the_respondents_own_scores_are_the_same_in_pieces(
    kept: int, framework: Framework, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(each, "MOST_KEPT", kept)
    path = write("s.csv", survey(11, 60, ids=40))

    def rows_of(survey: Responses | Stream) -> pl.DataFrame:
        frames: list[pl.DataFrame] = []

        def keep(rows: Iterator[pl.DataFrame], _: object) -> None:
            frames.extend(rows)

        pipeline.scored(pipeline.Gathered(framework, survey, None, files=(path,)), BY, write=keep)
        return pl.concat(frames).sort("respondent")

    streamed = rows_of(large.open_survey(framework, [path], READING))
    assert streamed.equals(rows_of(large.read_survey(framework, [path], READING)))


@pytest.mark.parametrize("kept", [0, 10**6], ids=["read again", "kept"])
def test_so_are_those_of_a_framework_whose_answers_are_counted(
    kept: int, tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(each, "MOST_KEPT", kept)
    framework = load(catalogue.find(catalogue.DEFAULT))
    items = [item for item in framework.items if item.startswith(("CUL", "GOV"))][:30]
    rng = random.Random(5)
    lines = [",".join(["respondent", "unit", "role", *items])]
    for place in range(80):
        cells = [rng.choice(["1", "2", "3", "4", "5", "dk", ""]) for _ in items]
        lines.append(",".join([f"p{rng.randrange(70)}", rng.choice("UV"), rng.choice(["manager", "employee"]), *cells]))
        if place % 9 == 0:
            lines.append(lines[-1])
    path = write("s.csv", "\n".join(lines) + "\n")
    frames: list[pl.DataFrame] = []

    def keep(rows: Iterator[pl.DataFrame], _: object) -> None:
        frames.append(pl.concat(list(rows)).sort("respondent"))

    for survey in (large.open_survey(framework, [path], READING), large.read_survey(framework, [path], READING)):
        pipeline.scored(pipeline.Gathered(framework, survey, None, files=(path,)), BY, write=keep)
    assert frames[0].equals(frames[1])


@pytest.fixture
def _a_short_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is judged by its first kilobyte."""
    monkeypatch.setattr(delimited, "BEGINNING", 1024)
    monkeypatch.setattr(large, "HEAD", 20)


@pytest.mark.usefixtures("_a_short_beginning")
def test_a_quote_that_does_not_end_its_cell_is_a_fault_and_no_other_text(framework: Framework, write: Write) -> None:
    """Read as a category such a cell would lose its first quote and its last character."""
    lines = ["respondent,unit,A1", *(f"p{place},U,1" for place in range(300)), 'last,"Unit 09" of X,1']
    path = write("s.csv", "\n".join(lines) + "\n")
    gathered = pipeline.Gathered(framework, large.open_survey(framework, [path], READING), None, files=(path,))
    with pytest.raises(ResponseError) as raised:
        pipeline.scored(gathered)
    assert raised.value.faults[0].line == 302


@pytest.mark.usefixtures("_a_short_beginning")
def test_a_nul_far_below_is_refused_as_it_is_at_the_top(framework: Framework, write: Write) -> None:
    rows = "".join(f"p{place},Never\n" for place in range(headstart.HEAD + 50))
    path = write("s.csv", "respondent,A1\n" + rows + "last,Ne\0ver\n")
    gathered = pipeline.Gathered(framework, large.open_survey(framework, [path], READING), None, files=(path,))
    with pytest.raises(ResponseError, match="NUL"):
        pipeline.scored(gathered)
