"""Where an interview is kept, and what its surroundings say."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from readiness.faults import ResponseError
from readiness.interview.journal import create
from readiness.interview.place import new_journal, place_of
from readiness.responses.journal import Header

SETTINGS = """
client: Acme
framework: enterprise-2.0
languages: [fr, en]
context: {phase: during}
"""


@pytest.fixture
def engagement(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "engagement.yaml").write_text(SETTINGS)
    return folder


def hold(path: Path, framework: str) -> Path:
    create(path, Header(framework, "1.0", "a", {}, "en")).close()
    return path


def test_nothing_given_is_a_new_journal_under_interviews() -> None:
    place = place_of(None, "hr")
    assert place.journal.parent == Path("interviews")
    assert "-hr-" in place.journal.name
    assert (place.framework, place.language, place.context) == (None, None, {})


def test_an_engagement_gives_a_new_journal_with_its_settings(engagement: Path) -> None:
    place = place_of(engagement)
    assert place.journal.parent == engagement / "interviews"
    assert (place.framework, place.language, place.context) == ("enterprise-2.0", "fr", {"phase": "during"})


def test_a_journal_in_an_engagement_has_its_settings_but_its_own_language(engagement: Path) -> None:
    journal = engagement / "interviews" / "a.jsonl"
    assert place_of(journal).language == "fr"
    hold(journal, "enterprise-2.0")
    place = place_of(journal)
    assert (place.journal, place.framework, place.language) == (journal, "enterprise-2.0", None)
    assert place.context == {"phase": "during"}


def test_a_journal_knows_its_framework_if_that_comes_with_readiness(tmp_path: Path) -> None:
    assert place_of(hold(tmp_path / "a.jsonl", "enterprise-2.0")).framework == "enterprise-2.0"
    assert place_of(hold(tmp_path / "b.jsonl", "of-my-own")).framework is None
    assert place_of(tmp_path / "new.jsonl").framework is None


def test_a_folder_that_is_no_engagement_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResponseError, match="this folder is not an engagement"):
        place_of(tmp_path)


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("respondent,W1\n")
    with pytest.raises(ResponseError, match="not a journal"):
        place_of(tmp_path / "a.csv")


def test_new_journals_are_named_by_day_and_role_and_never_alike(tmp_path: Path) -> None:
    def clock() -> datetime:
        return datetime(2026, 1, 2, tzinfo=UTC)

    for _ in range(20):
        new_journal(tmp_path, "hr", clock).touch(exist_ok=False)
    names = [path.name for path in tmp_path.iterdir()]
    assert all(name.startswith("2026-01-02-hr-") and name.endswith(".jsonl") for name in names)
    assert new_journal(tmp_path, None, clock).name.startswith("2026-01-02-interview-")


def test_an_engagement_leaves_open_which_interview_is_meant_and_a_journal_does_not(engagement: Path) -> None:
    whole, journal = place_of(engagement), place_of(engagement / "interviews" / "a.jsonl")
    assert (whole.open, journal.open) == (True, False)
    assert whole.engagement is not None
    assert whole.engagement == journal.engagement


def test_an_interview_that_is_taken_up_goes_on_in_its_own_language(engagement: Path) -> None:
    journal = hold(engagement / "interviews" / "a.jsonl", "enterprise-2.0")
    place = place_of(engagement).at(journal)
    assert (place.journal, place.language, place.framework) == (journal, None, "enterprise-2.0")
    assert place.context == {"phase": "during"}


def test_an_empty_file_is_as_new_as_none(tmp_path: Path) -> None:
    assert place_of(tmp_path / "a.jsonl").is_new
    (tmp_path / "a.jsonl").touch()
    assert place_of(tmp_path / "a.jsonl").is_new
    hold(tmp_path / "b.jsonl", "enterprise-2.0")
    assert not place_of(tmp_path / "b.jsonl").is_new


def test_a_role_s_label_leads_to_no_other_folder(tmp_path: Path) -> None:
    assert new_journal(tmp_path, "Head of / or ../ unit").parent == tmp_path


def test_a_slip_of_the_pen_begins_no_interview(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    with pytest.raises(ResponseError, match=r"there is no such journal or engagement; did you mean 'demo'\?"):
        place_of(tmp_path / "dem")
    assert place_of(tmp_path / "dem.jsonl").is_new
