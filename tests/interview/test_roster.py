"""The roster says of every journal whose it is and how far it has come, and survives any of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.interview.roster import Interview, Roster, roster_of
from readiness.interview.sources import opened, source_of
from readiness.responses.journal import Event
from tests.interview.held import answer, engagement, go_on, hold, rating
from tests.interview.small import build


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return engagement(tmp_path) / "interviews"


def roster(folder: Path) -> Roster:
    return roster_of(build(), opened(source_of(folder).paths))


def only(folder: Path) -> Interview:
    (interview,) = roster(folder).interviews
    return interview


def test_an_interview_is_told_by_its_journal(folder: Path) -> None:
    hold(folder / "a.jsonl", answer("W1", 4), answer("W2", "dk"), rating("W1", 2, "minutes"), respondent="p7")
    go_on(folder / "a.jsonl", Event("note", item="W1", note="hm"), Event("lang", language="fr"), Event("pause"))
    interview = only(folder)
    assert (interview.respondent, interview.role, interview.language) == ("p7", "manager", "fr")
    assert (interview.begun, interview.last) == ("2026-03-05T09:00:10.000Z", "2026-03-06T09:00:30.000Z")
    assert (interview.answered, interview.rated, interview.notes, interview.finished) == (2, 1, 1, False)


def test_asked_is_what_this_interviewee_is_put_or_may_still_be(folder: Path) -> None:
    # A manager is put W1, W2 if W1 is high enough, W3, W4, M1, and M2 if M1 is high enough.
    assert only(hold(folder / "a.jsonl").parent).asked == 6
    go_on(folder / "a.jsonl", answer("W1", 1), answer("M1", 3))
    assert (only(folder).answered, only(folder).asked) == (2, 4)


def test_a_role_that_is_told_in_the_interview_counts_among_the_questions(folder: Path) -> None:
    hold(folder / "a.jsonl", role=None)
    assert (only(folder).role, only(folder).answered) == (None, 0)
    before = only(folder).asked
    go_on(folder / "a.jsonl", answer("role", "employee"))
    assert (only(folder).role, only(folder).answered) == ("employee", 1)
    assert only(folder).asked == (before or 0) - 1  # W4 is for managers


def test_of_a_finished_interview_everything_that_its_form_asks_has_been_dealt_with(folder: Path) -> None:
    # The core form: W3 was never put, and nothing of it is missing.
    hold(folder / "a.jsonl", Event("skip", item="W1"), answer("M1", 3), answer("W4", "na"), Event("finish"))
    assert (only(folder).answered, only(folder).asked) == (2, 3)


def test_unfinished_and_finished_are_told_apart_the_latest_first(folder: Path) -> None:
    hold(folder / "a.jsonl", answer("W1", 1), begins="2026-03-01T09:00:00")
    hold(folder / "b.jsonl", answer("W1", 1), begins="2026-03-03T09:00:00")
    hold(folder / "c.jsonl", Event("finish"), begins="2026-03-02T09:00:00")
    found = roster(folder)
    assert [one.path.stem for one in found.unfinished] == ["b", "a"]
    assert [one.path.stem for one in found.finished] == ["c"]


def test_missing_roles_are_those_of_which_nobody_is_there(folder: Path) -> None:
    assert roster(folder).missing_roles == ("employee", "manager")
    hold(folder / "a.jsonl", role="manager")
    assert roster(folder).missing_roles == ("employee",)
    hold(folder / "b.jsonl", answer("role", "employee"), role=None)
    assert roster(folder).missing_roles == ()


def test_an_interview_of_another_framework_is_listed_without_what_only_that_would_know(folder: Path) -> None:
    hold(folder / "a.jsonl", answer("X1", 4), framework="large")
    interview = only(folder)
    assert (interview.framework, interview.answered, interview.asked) == ("large", 1, None)


def test_damaged_lines_are_told_with_the_interview(folder: Path) -> None:
    path = hold(folder / "a.jsonl", answer("W1", 4), answer("W3", 2))
    path.write_bytes(path.read_bytes().replace(b'"value":4', b'"value":5'))
    assert [problem.line for problem in only(folder).problems if problem.line] == [2]
    assert only(folder).answered == 1


def test_whatever_is_no_journal_is_listed_with_what_is_wrong(folder: Path) -> None:
    (folder / "empty.jsonl").touch()
    (folder / "folder.jsonl").mkdir()
    (folder / "link.jsonl").symlink_to(folder / "nowhere")
    (folder / "survey.jsonl").write_text('{"respondent": "r1", "W1": 3}\n')
    (folder / "zeros.jsonl").write_bytes(bytes(1000))
    hold(folder / "z.jsonl")
    found = roster(folder)
    assert [one.path.stem for one in found.interviews] == ["z"]
    assert {Path(fault.file).stem: fault.what for fault in found.damaged} == {
        "empty": "empty, so no journal",
        "folder": "not a file",
        "link": "cannot be read (No such file or directory)",
        "survey": "not a journal",
        "zeros": "not a journal",
    }


@given(data=st.binary(max_size=200), cut=st.integers(0, 900), at=st.integers(0, 900))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_no_damage_keeps_the_others_from_being_listed(folder: Path, data: bytes, cut: int, at: int) -> None:
    if not (folder / "z.jsonl").exists():
        hold(folder / "z.jsonl", answer("W1", 4), answer("W3", 2))
    sound = (folder / "z.jsonl").read_bytes()
    (folder / "damaged.jsonl").write_bytes(sound[:at] + data + sound[cut:])
    found = roster(folder)
    assert "z" in [one.path.stem for one in found.interviews]
    assert len(found.interviews) + len(found.damaged) == 2


def test_a_journal_among_the_surveys_is_an_interview_all_the_same(tmp_path: Path) -> None:
    folder = engagement(tmp_path)
    hold(folder / "surveys" / "a.jsonl")
    (folder / "surveys" / "b.jsonl").write_text('{"respondent": "r1", "W1": 3}\n')
    assert [path.name for path in source_of(folder).paths] == ["a.jsonl"]


def test_interviews_of_an_engagement_have_its_settings_even_by_their_own_folder(folder: Path) -> None:
    for where in (folder, hold(folder / "a.jsonl"), folder.parent):
        found = source_of(where)
        assert found.engagement is not None
        assert found.engagement.client == "Acme"
        assert found.whole == (where == folder.parent)


def test_a_place_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ResponseError, match="there is no such file or folder; check the path"):
        source_of(tmp_path / "nowhere")


def test_a_pseudonym_is_found_whatever_spaces_stand_around_it(folder: Path) -> None:
    hold(folder / "a.jsonl", respondent=" p7")
    assert len(roster(folder).under("p7 ")) == 1
    assert roster(folder).under("p8") == ()


def test_what_scores_nothing_is_asked_of_a_known_role_once_any_of_it_was_dealt_with(folder: Path) -> None:
    asked = only(hold(folder / "a.jsonl").parent).asked
    go_on(folder / "a.jsonl", Event("skip", item="OPEN1"))
    assert only(folder).asked == (asked or 0) + 2  # OPEN1 and CHOICE1
