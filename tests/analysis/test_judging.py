"""A survey whose careless respondents are left out: the same as one they never answered, held or read in pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.judging import judged
from readiness.framework.models import Framework
from readiness.responses import headstart, large, scanning
from readiness.responses.bulk import Stream
from readiness.responses.files import AS_THEY_ARE, read_survey
from readiness.responses.table import from_rows
from readiness.scoring.engine import score
from readiness.scoring.findings import Careless
from readiness.scoring.result import Group, Result
from tests.analysis.answering import asked
from tests.scoring.profiles import tries

ITEMS = [f"I{n}" for n in range(16)]
FORM = asked(16, reversed_=range(0, 16, 2))
Row = dict[str, Any]


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(large, "LARGE", 0)
    monkeypatch.setattr(headstart, "LARGE", 0)
    monkeypatch.setattr(scanning, "PIECE", 7)
    yield
    scanning._begun.clear()


def row(rng: random.Random, name: str, careless: bool) -> Row:
    line = rng.randrange(1, 6)
    answers = {item: str(line if careless else rng.randrange(1, 6)) for item in ITEMS}
    return {"respondent": name, "unit": rng.choice("UV"), **answers}


def survey(seed: int, honest: int, careless: int) -> list[Row]:
    rng = random.Random(seed)
    rows = [row(rng, f"p{n}", n < careless) for n in range(honest + careless)]
    return rng.sample(rows, len(rows))


def written(folder: Path, rows: Sequence[Row]) -> Path:
    path = folder / "s.csv"
    lines = [",".join(rows[0]), *(",".join(each.values()) for each in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def both(folder: Path, rows: Sequence[Row], *, excluding: bool) -> tuple[Result, Result]:
    """Scored as it is read, and held."""
    path = written(folder, rows)
    streamed = large.open_survey(FORM, [path], AS_THEY_ARE)
    assert isinstance(streamed, Stream)
    held = read_survey(FORM, [path], AS_THEY_ARE)
    return scored(streamed, excluding), scored(held, excluding)


def scored(survey: Any, excluding: bool, framework: Framework = FORM) -> Result:
    seen = judged(framework, survey, excluding=excluding)
    return seen.told_in(score(framework, seen.survey, [("unit",)]))


def careless_of(result: Result) -> Careless | None:
    assert isinstance(result.overall, Group)
    return result.overall.analysis.careless if result.overall.analysis else None


def figures(result: Result) -> Any:
    """What is said of whoever was scored."""
    told = result.model_dump(mode="json", exclude={"respondents": {"read", "rejected"}})
    told["overall"]["analysis"].pop("careless")
    return told


@tries(15)
@given(st.integers(0, 10**6), st.integers(6, 30), st.integers(0, 12), st.booleans())
def test_pieces_and_the_whole_leave_out_the_same(
    tmp_path_factory: pytest.TempPathFactory, seed: int, honest: int, careless: int, excluding: bool
) -> None:
    rows = survey(seed, honest, careless)
    streamed, held = both(tmp_path_factory.mktemp("judged"), rows, excluding=excluding)
    assert streamed.to_json() == held.to_json()
    assert careless_of(held) == Careless(
        n=honest + careless, straight_lining=careless, speeding=None, either=careless, excluded=excluding
    )
    assert held.respondents.scored == (honest if excluding else honest + careless)


@tries(10)
@given(st.integers(0, 10**6), st.integers(6, 30), st.integers(0, 12))
def test_what_is_left_is_as_if_they_had_never_answered(seed: int, honest: int, careless: int) -> None:
    rows = survey(seed, honest, careless)
    left = [each for each in rows if len({each[item] for item in ITEMS}) > 1]
    without = scored(from_rows(FORM, rows), excluding=True)
    assert figures(without) == figures(scored(from_rows(FORM, left), excluding=False))


@tries(15)
@given(st.integers(0, 10**6), st.integers(0, 3), st.integers(0, 3))
def test_who_occurs_twice_counts_once_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, seed: int, again: int, otherwise: int
) -> None:
    rng = random.Random(seed)
    rows = survey(seed, 20, 6)
    repeated = [dict(each) for each in rng.sample(rows, again)]
    changed = [row(rng, each["respondent"], True) for each in rng.sample(rows, otherwise)]
    streamed, held = both(tmp_path_factory.mktemp("twice"), [*rows, *repeated, *changed], excluding=True)
    assert streamed.to_json() == held.to_json()


def test_nobody_is_left_where_everybody_is_careless(tmp_path: Path) -> None:
    for result in both(tmp_path, survey(1, 0, 12), excluding=True):
        assert result.respondents.scored == 0
        assert not isinstance(result.overall, Group)


def test_a_single_respondent_is_never_left_out() -> None:
    alone = from_rows(FORM, survey(1, 0, 1))
    result = scored(alone, excluding=True)
    assert (result.respondents.read, result.respondents.scored) == (1, 1)
