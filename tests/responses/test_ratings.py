"""What the interviewer has seen stays apart from what was said, unless the engagement asks for something else."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.coding import DK, MISSING
from readiness.responses.interviews import Interviews, read_interviews
from readiness.responses.joining import with_context
from readiness.responses.journal import Value
from readiness.responses.ratings import BESIDE, FILLS, REPLACES, USES, Ratings, Use
from tests.responses.journals import interview, said, seen, written

OPTIONS = st.sampled_from([1, 2, 3.5, "dk", "na"])
NUMBERS = st.one_of(st.integers(-10, 5000), st.sampled_from(["dk", "na"]))
ANSWERS = st.fixed_dictionaries({}, optional={"A1": OPTIONS, "A2": OPTIONS, "N1": NUMBERS})
Said = dict[str, Value]


def read(framework: Framework, people: list[tuple[Said, Said]], use: Use = BESIDE) -> Interviews:
    """Interviews of several people, each with what they said and what was seen."""
    with TemporaryDirectory() as folder:
        paths = [
            interview(Path(folder) / f"{place}.jsonl", answers, ratings, respondent=f"r{place}")
            for place, (answers, ratings) in enumerate(people)
        ]
        return read_interviews(framework, paths, use)


def table(responses: object) -> pl.DataFrame:
    frame = getattr(responses, "frame", None)
    assert isinstance(frame, pl.LazyFrame)
    return frame.collect()


def seen_in(read: Interviews) -> Ratings:
    assert read.seen is not None
    return read.seen


def composed(answers: Said, ratings: Said, use: str) -> Said:
    """The same by hand: a rating other than don't know, where there is no answer or wherever there is a rating."""
    standing = {item: value for item, value in ratings.items() if value != "dk"}
    if use == "fills":
        return {**answers, **{i: v for i, v in standing.items() if answers.get(i, "dk") == "dk"}}
    return {**answers, **standing}


@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=4))
def test_beside_what_was_said_is_as_if_nothing_had_been_rated(
    framework: Framework, people: list[tuple[Said, Said]]
) -> None:
    rated, unrated = read(framework, people), read(framework, [(answers, {}) for answers, _ in people])
    assert table(rated.said).equals(table(unrated.said))
    assert rated.said.remarks == unrated.said.remarks == ()
    assert unrated.seen is None


@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=4), st.sampled_from(USES))
def test_what_was_seen_is_read_as_if_it_had_been_said_by_somebody_else(
    framework: Framework, people: list[tuple[Said, Said]], use: Use
) -> None:
    found = read(framework, people, use).seen
    rated = [(place, ratings) for place, (_, ratings) in enumerate(people) if ratings]
    if not rated:
        assert found is None
        return
    assert found is not None
    alone = table(read(framework, [(ratings, {}) for _, ratings in rated]).said)
    assert table(found.responses)["respondent"].to_list() == [f"r{place}" for place, _ in rated]
    assert table(found.responses).drop("respondent").equals(alone.drop("respondent"))


@given(st.lists(st.tuples(ANSWERS, ANSWERS), min_size=1, max_size=4), st.sampled_from([FILLS, REPLACES]))
def test_filled_and_replaced_interviews_are_those_composed_by_hand(
    framework: Framework, people: list[tuple[Said, Said]], use: Use
) -> None:
    mixed = read(framework, people, use).said
    by_hand = read(framework, [(composed(answers, ratings, use), {}) for answers, ratings in people]).said
    assert table(mixed).equals(table(by_hand))


@pytest.mark.parametrize(
    ("answer", "rating", "filled", "replaced"),
    [
        (None, 2, 2, 2),
        ("dk", 2, 2, 2),
        ("na", 2, "na", 2),
        (1, 2, 1, 2),
        (1, "na", 1, "na"),
        (1, "dk", 1, 1),
        ("dk", "dk", "dk", "dk"),
        (1, 77, 1, 1),  # no option of the scale: nobody's answer is lost for a rating that cannot be read
        (77, 2, 2, 2),
    ],
)
def test_a_rating_stands_in_only_where_it_says_something(
    answer: Value | None, rating: Value, filled: Value, replaced: Value, framework: Framework
) -> None:
    answers: Said = {} if answer is None else {"A1": answer}
    for use, wanted in ((FILLS, filled), (REPLACES, replaced)):
        mixed = read(framework, [(answers, {"A1": rating})], use).said
        assert table(mixed).equals(table(read(framework, [({"A1": wanted}, {})]).said))


def test_how_many_ratings_stand_in_is_told(framework: Framework) -> None:
    people: list[tuple[Said, Said]] = [({"A1": 1, "A2": "dk"}, {"A1": 2, "A2": 2}), ({"A1": 1}, {"A1": 1})]
    assert read(framework, people, FILLS).said.remarks == (
        "evidence: fills: 1 rating(s) from evidence stand in the place where interviewees gave no answer",
    )
    assert read(framework, people, REPLACES).said.remarks == (
        "evidence: replaces: 2 rating(s) from evidence stand in the place of what interviewees said",
    )


def test_ratings_have_the_interviewee_s_context(framework: Framework, tmp_path: Path) -> None:
    path = written(tmp_path / "j.jsonl", said("unit", "U"), seen("A1", 2), role="manager")
    ratings = seen_in(read_interviews(framework, [path]))
    assert table(ratings.responses).select("role", "unit", "A1", "A2").row(0) == ("manager", "U", 1, MISSING)
    told = with_context(framework, ratings.responses, {"unit": "V", "role": "employee"})
    assert table(told).select("role", "unit").row(0) == ("manager", "U")


def test_a_rating_that_cannot_be_read_is_told_of_as_one(framework: Framework, tmp_path: Path) -> None:
    path = written(tmp_path / "j.jsonl", said("A1", 1), seen("A1", 77), seen("A2", "dk"))
    interviews = read_interviews(framework, [path])
    ratings = seen_in(interviews)
    assert interviews.said.unread == ()
    assert [f"{cell}" for cell in ratings.responses.unread] == [
        "j.jsonl (ratings), row 1, column A1: '77' is not one of 1, 2, 3.5, their labels, dk or na"
    ]
    assert table(ratings.responses).select("A1", "A2").row(0) == (MISSING, DK)


def test_what_ratings_rest_on_stands_by_item_in_the_framework_s_order(framework: Framework, tmp_path: Path) -> None:
    one = written(
        tmp_path / "1.jsonl",
        seen("N1", 3, "counted"),
        seen("A1", 1, "minutes", "high"),
        seen("A1", 2, "a walk", "low"),
        seen("A2", 1),
        respondent="r1",
    )
    other = written(
        tmp_path / "2.jsonl", said("A2", 1), seen("A1", 2, "an audit", "low"), seen("A1", 2, "minutes"), respondent="r2"
    )
    for paths in ([one, other], [other, one]):
        ratings = seen_in(read_interviews(framework, paths))
        assert list(ratings.texts.items()) == [("A1", ("an audit", "minutes", "a walk")), ("N1", ("counted",))]
        assert ratings.confidence == {"A1": {"low": 1}}


def test_what_a_rating_rested_on_goes_when_it_is_taken_back(framework: Framework, tmp_path: Path) -> None:
    path = written(
        tmp_path / "j.jsonl", seen("A1", 1, "hearsay"), seen("A1", None), seen("A1", 2, "minutes"), seen("A2", 1, "x"),
        seen("A2", None),
    )  # fmt: skip
    assert seen_in(read_interviews(framework, [path])).texts == {"A1": ("minutes",)}


def test_ratings_of_whoever_is_set_aside_are_set_aside(framework: Framework, tmp_path: Path) -> None:
    paths = [interview(tmp_path / f"{n}.jsonl", {"A1": n}, {"A1": 1}) for n in (1, 2)]
    interviews = read_interviews(framework, paths)
    assert interviews.said.set_aside == ("r",)
    assert interviews.seen is None


def test_ratings_under_one_pseudonym_that_differ_are_set_aside_with_what_they_rest_on(
    framework: Framework, tmp_path: Path
) -> None:
    paths = [
        written(tmp_path / f"{n}.jsonl", said("A1", 1), seen("A1", rating, "minutes"))
        for n, rating in enumerate((1, 2))
    ]
    interviews = read_interviews(framework, paths)
    assert interviews.said.set_aside == ()
    ratings = seen_in(interviews)
    assert (ratings.responses.set_aside, ratings.texts) == (("r",), {})


def test_ratings_of_questions_that_the_framework_does_not_have_are_left_out(
    framework: Framework, tmp_path: Path
) -> None:
    interviews = read_interviews(framework, [interview(tmp_path / "j.jsonl", {"A1": 1}, {"Z9": 2})])
    assert interviews.seen is None
    assert "answers to Z9 are left out" in interviews.said.remarks[0]
