"""Careless respondents where they lie: every engine says of everybody what is said of those who are held."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import polars as pl
import pytest

from readiness.analysis.careless import Carelessness, flags
from readiness.analysis.careless_in_place import ANSWERING, SPEEDING, STRAIGHT_LINING, Alphabet, flagged, sieved
from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.coding import ABSENT, DK, DURATION, MISSING, NA, RESPONDENT
from readiness.responses.engines.duck import Duck
from readiness.responses.engines.engine import Engine
from readiness.responses.engines.spark import Spark
from readiness.scoring.items import options_of
from tests.analysis.answering import asked
from tests.scoring.running import loaded

UNANSWERED = (DK, MISSING, NA, ABSENT)
Row = Sequence[int]


@pytest.fixture(scope="module", params=[Duck, pytest.param(Spark, marks=pytest.mark.spark)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    opened: Engine = request.param()
    yield opened
    opened.close()


def frame_of(rows: Sequence[Row], fw: Framework, seconds: Sequence[int | None] | None = None) -> pl.DataFrame:
    columns = {id_: [row[place] for row in rows] for place, id_ in enumerate(fw.items)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(fw.items, pl.Int8))
    frame = frame.with_columns(pl.Series(RESPONDENT, [f"r{place}" for place in range(len(rows))]))
    return frame if seconds is None else frame.with_columns(pl.Series(DURATION, seconds, dtype=pl.Int32))


def told_in_place(engine: Engine, frame: pl.DataFrame, fw: Framework) -> list[tuple[bool, ...]]:
    """What an engine says, in the order of the rows, which are as they were."""
    found = engine.collected(flagged(engine.held(frame), fw, engine))
    order = pl.Series(frame[RESPONDENT]).to_frame().join(found, on=RESPONDENT, how="left", maintain_order="left")
    assert order.select(frame.columns).equals(frame)
    return order.select(ANSWERING, STRAIGHT_LINING, SPEEDING).rows()


def told_here(frame: pl.DataFrame, fw: Framework) -> list[tuple[bool, ...]]:
    said = flags(frame, fw)
    fast = [False] * frame.height if said.speeding is None else said.speeding.tolist()
    return list(zip(said.answering.tolist(), said.straight_lining.tolist(), fast, strict=True))


def with_lines(fw: Framework, n: int, seed: int) -> list[list[int]]:
    """Answers in which one option comes often, and long, and some of each kind that are none."""
    rng = random.Random(seed)
    sizes = [options_of(item, fw) for item in fw.items.values()]
    rows = []
    for _ in range(n):
        often, loyal, silent = rng.randrange(max(sizes)), rng.choice((0, 0.5, 0.9, 1)), rng.choice((0, 0.1, 0.5))
        start, stop = sorted(rng.randrange(len(sizes) + 1) for _ in range(2))
        row = []
        for place, size in enumerate(sizes):
            is_often = start <= place < stop or rng.random() < loyal
            code = min(often, size - 1) if is_often else rng.randrange(size)
            row.append(rng.choice(UNANSWERED) if rng.random() < silent else code)
        rows.append(row)
    return rows


def times(n: int, seed: int, most: int) -> list[int | None]:
    rng = random.Random(seed)
    return [rng.choice((None, rng.randrange(most), rng.randrange(most))) for _ in range(n)]


def of_scales(*sizes: int, count: int, numbers: int = 0, seed: int = 0, ids: str = "I{}") -> Framework:
    """A framework of items on scales of these sizes, in any order, about half of them reversed."""
    rng = random.Random(seed)
    scales = {
        f"s{size}": {"options": [{"value": value, "label": {"en": f"{size}: {value}"}} for value in range(size)]}
        for size in sizes
    }
    said: list[dict[str, Any]] = [
        {"scale": f"s{rng.choice(sizes)}", "reversed": rng.random() < 0.5} for _ in range(count)
    ]
    said += [{"type": "number", "min": 0, "max": 9} for _ in range(numbers)]
    rng.shuffle(said)
    items = {ids.format(place): {"text": {"en": "?"}, **item} for place, item in enumerate(said)}
    head = {"format": 1, "id": "made", "version": "1", "languages": ["en"], "scales": scales}
    missing = {"missing": {"dk": {"en": "Don't know"}, "na": {"en": "Not applicable"}}}
    indicators = {"a": {"desired": "high", "items": items}}
    return loaded({"framework": head | missing, "questionnaires": [{"dimension": "d", "indicators": indicators}]})


FORMS = {
    "one scale": of_scales(5, count=24),
    "several scales": of_scales(3, 5, 6, count=40, seed=1),
    "scales that tell nothing, and numbers": of_scales(2, 5, count=36, numbers=4, seed=2),
    "two options": of_scales(2, count=20),
    "too few for a row": of_scales(4, 7, count=14, seed=3),
    "numbers alone": of_scales(5, count=0, numbers=3),
    "more options than letters": of_scales(101, 40, 4, count=60, seed=4),
    "names": of_scales(5, count=20, ids="Ä-{}x"),
}


@pytest.mark.parametrize("form", FORMS)
def test_engines_say_of_everybody_what_is_said_here(engine: Engine, form: str) -> None:
    fw = FORMS[form]
    rows = with_lines(fw, 400, seed=7)
    frame = frame_of(rows, fw, times(400, 8, 3 * len(fw.items)))
    assert told_in_place(engine, frame, fw) == told_here(frame, fw)


@pytest.mark.parametrize("form", ["one scale", "several scales", "more options than letters"])
def test_and_there_is_enough_of_both_to_tell(form: str) -> None:
    """Else the test above would say nothing."""
    fw = FORMS[form]
    straight = [said[1] for said in told_here(frame_of(with_lines(fw, 400, seed=7), fw), fw)]
    assert 20 < sum(straight) < 380


def test_the_shipped_framework_is_told_alike(engine: Engine) -> None:
    fw = load(find("enterprise-2.0"))
    frame = frame_of(with_lines(fw, 600, seed=1), fw, times(600, 2, 400))
    here = told_here(frame, fw)
    assert told_in_place(engine, frame, fw) == here
    core = frame.select(RESPONDENT, DURATION, *[item.id for item in fw.items.values() if item.core])
    assert told_in_place(engine, core, fw) == told_here(core, fw) != here


def edges() -> tuple[Framework, list[list[int]]]:
    """Rows of one option, of lengths around every threshold, with few and many of each key, at either end."""
    fw = asked(40, reversed_=(0, 1, 20, 21, 38, 39))
    rows = []
    for option, length, start in product(range(5), (7, 8, 11, 12, 14, 15, 16, 19, 20, 21), (0, 1, 2, 10, 20, 25)):
        for other in (MISSING, (option + 1) % 5):
            row = [option if start <= place < start + length else other for place in range(40)]
            rows += [row, [DK if place % 7 == 3 else code for place, code in enumerate(row)]]
            rows.append([code if place < 38 else ABSENT for place, code in enumerate(row)])
    return fw, rows


def test_every_threshold_is_where_it_is_here(engine: Engine) -> None:
    fw, rows = edges()
    frame = frame_of(rows, fw)
    here = told_here(frame, fw)
    assert told_in_place(engine, frame, fw) == here
    assert 50 < sum(straight for _, straight, _ in here) < len(rows) - 50


def test_the_second_of_two_rows_may_be_the_long_one(engine: Engine) -> None:
    fw = asked(60, reversed_=range(0, 60, 2))
    rows = [[0] * 16 + [1] * 44, [1] * 30 + [0] * 30, [0] * 20 + [1] * 20 + [2] * 20, [0, 1] * 30]
    frame = frame_of(rows, fw)
    assert [straight for _, straight, _ in told_in_place(engine, frame, fw)] == [True, True, False, False]


def test_where_no_time_was_recorded_nobody_is_fast_and_who_has_none_is_not(engine: Engine) -> None:
    fw = asked(5)
    row = [0, 1, 2, MISSING, DK]
    assert told_in_place(engine, frame_of([row], fw), fw) == [(True, False, False)]
    frame = frame_of([row] * 4, fw, [5, 6, None, 600])
    assert [fast for _, _, fast in told_in_place(engine, frame, fw)] == [True, False, False, False]


@pytest.mark.parametrize("excluding", [False, True])
@pytest.mark.parametrize("timed", [False, True])
def test_counts_and_who_is_left_are_those_of_responses_that_are_held(
    engine: Engine, excluding: bool, timed: bool
) -> None:
    fw = FORMS["several scales"]
    frame = frame_of(with_lines(fw, 300, seed=3), fw, times(300, 4, 200) if timed else None)
    here, there = Carelessness(fw, excluding), Carelessness(fw, excluding)
    left = here.through(frame)
    found = engine.collected(sieved(engine.held(frame), there, engine))
    assert there.found() == here.found()
    assert found.columns == frame.columns
    assert sorted(found[RESPONDENT]) == sorted(left[RESPONDENT])
    assert (left.height < frame.height) is excluding


def test_of_nobody_there_is_nothing_to_count(engine: Engine) -> None:
    fw = asked(20, reversed_=range(0, 20, 2))
    counting = Carelessness(fw)
    sieved(engine.held(frame_of([], fw, [])), counting, engine)
    assert counting.found(protect=False).n == 0


def test_a_frame_without_an_item_says_nothing(engine: Engine) -> None:
    fw = asked(3)
    frame = pl.DataFrame({RESPONDENT: ["a", "b"], DURATION: pl.Series([1, None], dtype=pl.Int32)})
    assert told_in_place(engine, frame, fw) == [(False, False, False)] * 2


def test_no_letter_is_given_out_twice_or_means_anything_in_a_pattern() -> None:
    alphabet = Alphabet()
    given = [alphabet.letters(size) for size in (5, 30, 5, 20, 101, 3, 40, 1, 100)]
    letters = "".join(some.options + (some.nothing if some.numbered else "") for some in given)
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("\\'[]^-&.")
    for some in given:
        assert all(ord(letter) < 256 for letter in some.options) is some.numbered
        if some.numbered:
            assert [ord(letter) - ord(some.options[0]) for letter in some.nothing + some.options] == list(
                range(ABSENT, len(some.options))
            )
