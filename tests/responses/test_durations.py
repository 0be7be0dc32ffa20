"""How long respondents took: read where a column says seconds, from then on held beside the answers, and no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses import headstart, large, scanning
from readiness.responses.bulk import Stream
from readiness.responses.coding import DURATION
from readiness.responses.durations import seconds
from readiness.responses.files import AS_THEY_ARE, read_survey
from readiness.responses.table import Responses

Write = Callable[[str, str | bytes], Path]
QUALTRICS = (
    "StartDate,Status,Progress,{},ResponseId,A1,A2\nStart Date,Response Type,Progress,{},Response ID,a,b\n"
    '"{{""ImportId"":""startDate""}}","{{""ImportId"":""status""}}","{{""ImportId"":""progress""}}",'
    '"{{""ImportId"":""duration""}}","{{""ImportId"":""_recordId""}}","{{""ImportId"":""QID1""}}","{{""ImportId"":""QID2""}}"\n'
)


def read(framework: Framework, *paths: Path) -> Responses:
    found = read_survey(framework, list(paths), AS_THEY_ARE)
    assert isinstance(found, Responses)
    return found


def took(responses: Responses) -> list[int | None]:
    return responses.frame.collect()[DURATION].to_list()


def of(cells: list[str | None]) -> list[int | None]:
    return pl.DataFrame({"x": cells}, schema={"x": pl.String}).select(seconds(pl.col("x"))).to_series().to_list()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("312", 312),
        (" 12.6 ", 13),
        ("12,4", 12),
        ("0", 0),
        ("05:12", 312),
        ("1:00:07", 3607),
        ("", None),
        (None, None),
        ("-3", None),
        ("soon", None),
        ("inf", None),
        ("NaN", None),
        ("1e30", None),
        ("PT5M", None),
    ],
)
def test_a_cell_holds_seconds_or_a_clock_s_time_or_nothing(cell: str | None, expected: int | None) -> None:
    assert of([cell]) == [expected]


@given(st.integers(0, 10**6))
def test_a_clock_s_time_is_as_many_seconds(time: int) -> None:
    minutes, rest = divmod(time, 60)
    hours, minutes_ = divmod(minutes, 60)
    if minutes < 10**5:
        assert of([str(time), f"{hours}:{minutes_:02}:{rest:02}", f"{minutes}:{rest:02}"]) == [time] * 3


def test_the_canonical_table_has_a_column_of_its_own(framework: Framework, write: Write) -> None:
    found = read(framework, write("s.csv", "respondent,duration,A1,A2\np,60,1,2\nq,,2,1\nr,x,1,1\n"))
    assert took(found) == [60, None, None]
    assert found.ignored == ()
    assert any("how long respondents took is read from 'duration', in seconds" in told for told in found.remarks)


@pytest.mark.parametrize("header", ["Duration", "DURATION", "Time taken", "Durée", "duration (min)"])
def test_what_does_not_say_seconds_is_left_alone(header: str, framework: Framework, write: Write) -> None:
    found = read(framework, write("s.csv", f"respondent,{header},A1,A2\np,60,1,2\n"))
    assert DURATION not in found.frame.collect().columns
    assert found.ignored == (header,)


def test_of_two_columns_neither_is_taken(framework: Framework, write: Write) -> None:
    found = read(framework, write("s.csv", "respondent,duration,Duration (in seconds),A1\np,60,50,1\n"))
    assert DURATION not in found.frame.collect().columns


@pytest.mark.parametrize("header", ["Duration (in seconds)", "Durée (en secondes)"])
def test_qualtrics_records_it(header: str, framework: Framework, write: Write) -> None:
    head = QUALTRICS.format(header, header)
    found = read(framework, write("q.csv", head + "2026-01-05 10:00:00,IP Address,100,421,R_1abcdefgh,1,2\n"))
    assert took(found) == [421]


def test_limesurvey_records_it_and_single_questions_times_are_not_it(framework: Framework, write: Write) -> None:
    text = (
        '"id","submitdate","lastpage","startlanguage","A1","A2","interviewtime","groupTime1","A1Time"\n'
        '"1","2026-01-05 10:00:00","2","en","1","2","88.71","40.2","3"\n'
    )
    assert took(read(framework, write("l.csv", text))) == [89]


def test_a_file_without_times_may_stand_beside_one_with_them(framework: Framework, write: Write) -> None:
    one = write("a.csv", "respondent,duration,A1\np,60,1\n")
    found = read(framework, one, write("b.csv", "respondent,A1\nq,2\n"))
    assert dict(zip(*(found.frame.collect()[name].to_list() for name in ("respondent", DURATION)), strict=True)) == {
        "p": 60,
        "q": None,
    }


ROWS = [["p,60,1,2", "p,50,1,2", "q,9,2,2"], ["q,9,2,2", "p,50,1,2", "p,60,1,2"]]


@pytest.mark.parametrize("rows", ROWS)
def test_rows_that_differ_in_time_alone_are_one_respondent(rows: list[str], framework: Framework, write: Write) -> None:
    found = read(framework, write("s.csv", "\n".join(["respondent,duration,A1,A2", *rows]) + "\n"))
    assert (found.read, found.rejected) == (2, 0)
    assert sorted(filter(None, took(found))) == [9, 50]


def test_a_time_alone_is_nobody(framework: Framework, write: Write) -> None:
    assert read(framework, write("s.csv", "duration,A1,A2\n60,1,2\n60,,\n")).read == 1


@pytest.fixture
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(headstart, "LARGE", 0)
    monkeypatch.setattr(scanning, "PIECE", 2)
    yield
    scanning._begun.clear()


@pytest.mark.usefixtures("_everything_is_large")
@pytest.mark.parametrize("rows", ROWS)
def test_pieces_say_what_the_whole_says(rows: list[str], framework: Framework, write: Write) -> None:
    one = write("a.csv", "\n".join(["respondent,duration,A1,A2", *rows, *(f"r{n},{n},1,2" for n in range(9))]) + "\n")
    other = write("b.csv", "respondent,A1\nz,2\n")
    streamed = large.open_survey(framework, [one, other], AS_THEY_ARE)
    assert isinstance(streamed, Stream)
    list(streamed.pieces())
    streamed.repeated()
    pieces = pl.concat(frame.select("respondent", DURATION) for frame in streamed.settled_pieces())
    held = read(framework, one, other)
    whole = held.frame.collect().select("respondent", DURATION)
    assert pieces.sort("respondent").rows() == whole.sort("respondent").rows()
    assert streamed.remarks == held.remarks
    assert streamed.ignored == held.ignored
