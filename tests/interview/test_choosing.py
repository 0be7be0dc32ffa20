"""Which interview is meant where an engagement is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from readiness.faults import UsageError
from readiness.interview.choosing import (
    Ask,
    Begin,
    TakeUp,
    Wanted,
    choose,
    is_open,
    judge_pseudonym,
    option_of,
    undecided,
)
from readiness.interview.journal import resume
from readiness.interview.roster import Interview, Roster
from tests.interview.held import hold
from tests.interview.small import build


def interview(name: str, role: str | None = "manager", finished: bool = False, **other: Any) -> Interview:
    told = {"respondent": name, "framework": "small", "language": "en", "begun": "", "last": "", **other}
    return Interview(
        path=Path(f"{name}.jsonl"), role=role, answered=0, asked=0, rated=0, notes=0, finished=finished, **told
    )


def chosen(*interviews: Interview, held: str = "", **wanted: Any) -> TakeUp | Begin | Ask:
    return choose(Wanted("small", **wanted), Roster(interviews), lambda path: path.stem == held)


def test_the_only_unfinished_interview_is_taken_up() -> None:
    a, b = interview("a"), interview("b", finished=True)
    assert chosen(a, b) == TakeUp(a)


def test_where_none_is_unfinished_a_new_one_begins() -> None:
    assert chosen() == chosen(interview("a", finished=True)) == Begin()


def test_of_several_somebody_has_to_choose() -> None:
    a, b = interview("a"), interview("b")
    assert chosen(a, b) == Ask((a, b))


def test_a_role_or_a_pseudonym_leaves_only_those_that_have_it() -> None:
    a, b, c = interview("a", "manager"), interview("b", "employee"), interview("c", None)
    assert chosen(a, b, c, role="employee") == TakeUp(b)
    assert chosen(a, b, c, pseudonym="c") == TakeUp(c)
    assert chosen(a, b, c, role="boss") == Begin()


def test_new_begins_another_whatever_there_is() -> None:
    assert chosen(interview("a"), interview("b"), new=True) == Begin()


def test_an_interview_of_another_framework_cannot_go_on_with_this_one() -> None:
    assert chosen(interview("a", framework="large")) == Begin()


def test_an_interview_that_is_being_held_elsewhere_is_not_taken_up() -> None:
    a, b = interview("a"), interview("b")
    assert chosen(a, b, held="a") == TakeUp(b)
    assert chosen(a, held="a") == Begin()


@pytest.mark.parametrize(
    ("other", "wanted"),
    [
        (interview("p7", finished=True), {}),
        (interview("p7", "employee"), {"role": "manager"}),
        (interview("p7"), {"new": True}),
        (interview(" p7 ", finished=True), {}),
        (interview("p7", framework="large"), {}),
    ],
)
def test_a_pseudonym_that_another_interview_has_is_refused(other: Interview, wanted: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as raised:
        chosen(other, pseudonym="p7", **wanted)
    (fault,) = raised.value.faults
    assert "'p7' is the pseudonym of another interview here" in fault.what
    assert fault.mend == f"choose another pseudonym, or name {other.path} to go on with that interview"


def test_a_pseudonym_of_its_own_is_welcome() -> None:
    judge_pseudonym("p8", Roster((interview("p7"),)))
    judge_pseudonym(None, Roster((interview("p7"),)))


def test_where_nobody_can_be_asked_some_files_are_named_and_the_others_counted() -> None:
    (fault,) = undecided(Path("acme"), Ask(tuple(interview(f"p{n}") for n in range(9)))).faults
    assert fault.what.startswith("several interviews are unfinished: p0.jsonl (p0), p1.jsonl (p1)")
    assert fault.what.endswith("and 3 more")
    assert fault.mend == "name one of these files, or give --new"


def test_a_role_is_an_option_or_any_of_its_labels() -> None:
    for said in ("manager", "Manager", "Responsable", "MANAGER"):
        assert option_of(build(), "role", said) == "manager"
    assert option_of(build(), "role", "boss") == "boss"
    assert option_of(build(), "role", None) is None
    assert option_of(build(), "no such key", "x") == "x"


def test_a_journal_is_open_as_long_as_somebody_writes_to_it(tmp_path: Path) -> None:
    path = hold(tmp_path / "a.jsonl")
    assert not is_open(path)
    writer, _ = resume(path)
    with writer:
        assert is_open(path)
    assert not is_open(path)
    assert not is_open(tmp_path / "nowhere.jsonl")
