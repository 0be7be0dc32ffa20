"""The demo: an invented company that lives every story the reports have to tell."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from readiness.demo import Record, interviews, survey, write_demo
from readiness.demo.profile import Profile, read_profile
from readiness.demo.record import NAME
from readiness.demo.survey import Survey, core_items
from readiness.faults import InputError, UsageError
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.interview.conversation import begin
from readiness.interview.questions import questions_of
from readiness.pipeline import Gathered, gather, scored
from readiness.responses.engagement import read_engagement, unknown_keys
from readiness.responses.journal import EVIDENCE, Journal, parse_journal, read_journal
from readiness.scoring.result import Estimate, Group, Result, ScenarioResult, SuppressedGroup
from readiness.writers.whole import whole

STORIES = {
    "Claims": "off_process_freedom",
    "Stores": "regalian_enterprise",
    "Engineering": "lethal_paralysis",
}
HEALTHY, ORDINARY, GAPS = "Workshops", "Logistics", "Customer Service"
TOO_SMALL = {"Internal Audit": 4, "Legal": 3}
ROLES = {"executive", "manager", "employee", "community_manager"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_demo(tmp_path_factory.mktemp("somewhere") / "demo")


@pytest.fixture(scope="module")
def gathered(folder: Path) -> Gathered:
    return gather([folder])


@pytest.fixture(scope="module")
def framework(gathered: Gathered) -> Framework:
    return gathered.framework


@pytest.fixture(scope="module")
def rows(folder: Path) -> list[dict[str, str]]:
    return [row for path in sorted((folder / "surveys").iterdir()) for row in rows_of(path.read_bytes())]


@pytest.fixture(scope="module")
def by_unit(gathered: Gathered) -> Result:
    return scored(gathered, [("unit",)]).result


@pytest.fixture(scope="module")
def units(by_unit: Result) -> dict[str, Group]:
    return {str(g.by["unit"]): g for g in by_unit.groups if isinstance(g, Group) and "unit" in g.by}


@pytest.fixture(scope="module")
def profile() -> Profile:
    return read_profile()


@pytest.fixture(scope="module")
def journals(folder: Path) -> dict[str, Journal]:
    return {path.stem: read_journal(path) for path in sorted((folder / "interviews").iterdir())}


def rows_of(content: bytes) -> Iterator[dict[str, str]]:
    text = content.decode("utf-8-sig")
    yield from csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ",")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def scenario(group: Group, id_: str) -> ScenarioResult:
    found = group.scenarios[id_]
    assert isinstance(found, ScenarioResult)
    return found


def present(group: Group, framework: Framework) -> set[str]:
    risks = {id_ for id_, told in framework.scenarios.items() if told.kind == "risk"}
    return {id_ for id_ in risks & set(group.scenarios) if scenario(group, id_).verdict == "present"}


class TestTheEngagement:
    def test_says_that_the_company_is_invented(self, folder: Path) -> None:
        assert "invented company" in read_engagement(folder).client
        assert "There is no such company" in (folder / "README.md").read_text(encoding="utf-8")

    def test_has_settings_that_its_framework_knows(self, folder: Path, framework: Framework) -> None:
        engagement = read_engagement(folder)
        assert engagement.languages == ("en", "fr")
        assert engagement.groups == (("unit",), ("role",))
        assert unknown_keys(engagement, framework) == []

    def test_has_a_readme_that_counts_as_the_survey_does(self, folder: Path, rows: list[dict[str, str]]) -> None:
        readme = (folder / "README.md").read_text(encoding="utf-8")
        for unit, count in Counter(row["unit"] for row in rows).items():
            if unit not in TOO_SMALL:
                assert f"| {unit} | {count} |" in readme

    def test_is_the_same_bytes_whenever_it_is_written(self, folder: Path, tmp_path: Path) -> None:
        assert contents(write_demo(tmp_path / "again")) == contents(folder)


class TestTheSurvey:
    def test_was_answered_by_260_people_of_8_units_and_4_roles(self, rows: list[dict[str, str]]) -> None:
        assert len({row["respondent"] for row in rows}) == len(rows) == 260
        assert len({row["unit"] for row in rows}) == 8

    def test_is_read_without_anything_unreadable_ignored_or_set_aside(self, gathered: Gathered) -> None:
        read = gathered.survey
        assert read is not None
        assert (read.read, read.rejected, read.unread, read.ignored) == (260, 0, (), ())
        assert set(read.frame.collect()["role"]) == ROLES

    def test_asks_every_core_item_and_no_other(self, gathered: Gathered, framework: Framework) -> None:
        assert gathered.survey is not None
        assert gathered.survey.items == {item.id for item in framework.items.values() if item.core}

    def test_holds_labels_of_both_languages_and_bare_values(self, folder: Path, framework: Framework) -> None:
        cells = {
            path.name: {row[item.id] for row in rows_of(path.read_bytes()) for _, item in core_items(framework)}
            for path in (folder / "surveys").iterdir()
        }
        labels = [option.label for scale in framework.scales.values() for option in scale.options]
        missing = framework.missing
        assert cells["survey-en.csv"] <= {"", missing.dk["en"], missing.na["en"], *(label["en"] for label in labels)}
        assert cells["survey-fr.csv"] <= {"", missing.dk["fr"], missing.na["fr"], *(label["fr"] for label in labels)}
        assert cells["kiosk.csv"] == {"NA", "dk", "na", "1", "2", "3", "4", "5"}

    def test_has_every_kind_of_missing_in_every_export(self, folder: Path, framework: Framework) -> None:
        for name, kinds in {
            "survey-en.csv": {"", framework.missing.dk["en"], framework.missing.na["en"]},
            "survey-fr.csv": {"", framework.missing.dk["fr"], framework.missing.na["fr"]},
            "kiosk.csv": {"NA", "dk", "na"},
        }.items():
            answered = [set(row.values()) for row in rows_of((folder / "surveys" / name).read_bytes())]
            assert kinds <= set().union(*answered)

    def test_puts_nobody_an_item_that_is_not_for_their_role(self, framework: Framework, profile: Profile) -> None:
        asked = [
            (framework.items[item].roles, response.context["role"])
            for response in Survey(framework, profile).responses()
            for item in response.answers
        ]
        assert all(roles is None or role in roles for roles, role in asked)
        assert any(roles is not None for roles, _ in asked)

    def test_has_a_level_that_fits_the_role(self, framework: Framework, profile: Profile) -> None:
        for response in Survey(framework, profile).responses():
            leads = response.context["role"] in ("executive", "manager")
            assert leads <= (response.context["level"] != "without_team")

    def test_has_an_answer_of_everybody(self, by_unit: Result) -> None:
        assert (by_unit.respondents.read, by_unit.respondents.scored) == (260, 260)


class TestTheUnits:
    @pytest.mark.parametrize(("unit", "story"), STORIES.items())
    def test_three_live_one_story_each_beyond_doubt(
        self, unit: str, story: str, units: Mapping[str, Group], framework: Framework
    ) -> None:
        assert present(units[unit], framework) == {story}
        told = scenario(units[unit], story)
        assert told.level == "critical"
        assert not told.reversible

    @pytest.mark.parametrize("unit", [HEALTHY, ORDINARY])
    def test_the_healthy_and_the_ordinary_live_none_beyond_doubt(
        self, unit: str, units: Mapping[str, Group], framework: Framework
    ) -> None:
        assert present(units[unit], framework) == set()
        assert not any(scenario(units[unit], id_).reversible for id_ in set(STORIES.values()))

    def test_the_healthy_is_far_readier_than_the_ordinary(self, units: Mapping[str, Group]) -> None:
        healthy, ordinary = units[HEALTHY].readiness, units[ORDINARY].readiness
        assert isinstance(healthy, Estimate)
        assert isinstance(ordinary, Estimate)
        assert healthy.value is not None
        assert ordinary.value is not None
        assert healthy.value > ordinary.value + 15

    def test_the_one_with_gaps_could_be_reversed_by_what_is_missing(self, units: Mapping[str, Group]) -> None:
        found = [scenario(units[GAPS], id_) for id_ in units[GAPS].scenarios]
        assert any(told.reversible or told.verdict == "undetermined" for told in found)

    def test_only_the_two_smallest_are_hidden(self, by_unit: Result, rows: list[dict[str, str]]) -> None:
        hidden = {str(group.by["unit"]) for group in by_unit.groups if isinstance(group, SuppressedGroup)}
        assert hidden == set(TOO_SMALL)
        assert Counter(row["unit"] for row in rows if row["unit"] in TOO_SMALL) == TOO_SMALL

    def test_no_figure_of_another_unit_is_hidden_for_their_sake(self, units: Mapping[str, Group]) -> None:
        for group in units.values():
            figures = [*group.indicators.values(), *group.dimensions.values(), group.readiness]
            assert all(isinstance(figure, Estimate) for figure in figures)
            assert all(isinstance(told, ScenarioResult) for told in group.scenarios.values())

    def test_every_role_is_large_enough_to_be_shown(self, gathered: Gathered) -> None:
        shown = {str(g.by["role"]) for g in scored(gathered).result.groups if isinstance(g, Group) and "role" in g.by}
        assert shown == ROLES

    def test_facts_about_the_organisation_are_known(self, by_unit: Result, framework: Framework) -> None:
        assert isinstance(by_unit.overall, Group)
        for indicator in framework.indicators.values():
            if indicator.scope == "organisation":
                fact = by_unit.overall.indicators[indicator.id]
                assert isinstance(fact, Estimate)
                assert fact.value is not None


class TestTheInterviews:
    def test_are_two_sound_journals_in_two_languages_and_roles(self, journals: Mapping[str, Journal]) -> None:
        assert {name: journal.language for name, journal in journals.items()} == {
            "community-manager": "fr",
            "executive": "en",
        }
        assert all(journal.problems == () for journal in journals.values())
        roles = {name: {**journal.context, **journal.answers}["role"] for name, journal in journals.items()}
        assert roles == {"community-manager": "community_manager", "executive": "executive"}

    def test_one_is_finished_and_the_other_can_be_taken_up(
        self, journals: Mapping[str, Journal], framework: Framework
    ) -> None:
        finished, left = journals["executive"], journals["community-manager"]
        assert finished.finished
        assert not left.finished
        known = frozenset(left.context)
        questions = questions_of(framework, "full", known)
        taken_up = begin(questions, frozenset(framework.context), left.context, left.contents)
        assert taken_up.current is not None
        assert taken_up.progress[0] > taken_up.progress[1] / 2

    def test_have_notes_and_answers_that_are_none(self, journals: Mapping[str, Journal]) -> None:
        for journal in journals.values():
            assert journal.notes
            assert "dk" in journal.answers.values()

    def test_ask_what_only_long_forms_ask(self, journals: Mapping[str, Journal], framework: Framework) -> None:
        assert any(not framework.items[i].core for i in journals["community-manager"].answers if i in framework.items)

    def test_were_rated_from_evidence_where_one_was_held(self, journals: Mapping[str, Journal]) -> None:
        rated = journals["executive"]
        assert len(rated.ratings) == 9
        assert set(rated.evidence) == set(rated.ratings)
        assert {rated.contents.confidence[item, EVIDENCE] for item in rated.ratings} == {"low", "medium", "high"}
        assert not journals["community-manager"].ratings

    def test_are_answered_as_if_nothing_had_been_rated(
        self, journals: Mapping[str, Journal], framework: Framework, profile: Profile
    ) -> None:
        unrated = {name: replace(held, ratings={}) for name, held in profile.interviews.items()}
        for name, content in interviews.written(framework, replace(profile, interviews=unrated)).items():
            held = parse_journal(content, name)
            assert held.ratings == {}
            assert held.answers == journals[name.removesuffix(".jsonl")].answers

    def test_say_otherwise_than_what_was_seen(self, by_unit: Result) -> None:
        said, seen = by_unit.groups[-2:]
        assert isinstance(said, Group)
        assert isinstance(seen, Group)
        assert (said.by, seen.by, seen.n) == ({"source": "interview"}, {"source": "evidence"}, 1)
        verdicts = {scenario(group, "regalian_enterprise").verdict for group in (said, seen)}
        assert verdicts == {"ruled out", "present"}

    def test_stand_beside_the_survey(self, by_unit: Result) -> None:
        beside = [group for group in by_unit.groups if group.by == {"source": "interview"}]
        assert [group.n for group in beside if isinstance(group, Group)] == [2]


class TestTheFolder:
    def test_may_hold_an_earlier_demo_and_keeps_what_was_added(self, folder: Path, tmp_path: Path) -> None:
        write_demo(tmp_path)
        (tmp_path / "interviews" / "mine.jsonl").write_text("mine")
        (tmp_path / "reports").mkdir()
        (tmp_path / "reports" / "report.en.md").write_text("mine too")
        (tmp_path / "surveys" / "kiosk.csv").unlink()
        write_demo(tmp_path)
        mine = {"interviews/mine.jsonl": b"mine", "reports/report.en.md": b"mine too"}
        assert contents(tmp_path) == {**contents(folder), **mine}

    @pytest.mark.parametrize("name", ["engagement.yaml", "commentary.yaml", "surveys/kiosk.csv", NAME])
    def test_in_which_something_was_changed_is_left_alone(self, name: str, tmp_path: Path) -> None:
        write_demo(tmp_path)
        (tmp_path / name).write_text("mine")
        (tmp_path / "README.md").write_text("mine, too")
        before = contents(tmp_path)
        with pytest.raises(UsageError, match="would be written over") as refused:
            write_demo(tmp_path)
        changed = {str(tmp_path / changed) for changed in {name, "README.md"} - {NAME}}
        assert {fault.file for fault in refused.value.faults} == changed
        assert contents(tmp_path) == before

    def test_written_before_there_was_a_list_is_judged_by_what_would_be_written(
        self, folder: Path, tmp_path: Path
    ) -> None:
        write_demo(tmp_path)
        (tmp_path / NAME).unlink()
        (tmp_path / "README.md").write_text("of an earlier version")
        assert contents(write_demo(tmp_path)) == contents(folder)
        (tmp_path / NAME).unlink()
        (tmp_path / "interviews" / "executive.jsonl").write_text("mine")
        with pytest.raises(UsageError, match=r"executive\.jsonl"):
            write_demo(tmp_path)

    def test_of_an_earlier_version_is_written_anew(self, folder: Path, tmp_path: Path) -> None:
        earlier = {"engagement.yaml": b"earlier", "surveys/paper.csv": b"earlier", "interviews/one.jsonl": b"earlier"}
        Record(tmp_path).write(earlier)
        (tmp_path / "interviews" / "one.jsonl").write_text("taken up again")
        assert contents(write_demo(tmp_path)) | {NAME: b""} == {
            **contents(folder),
            "interviews/one.jsonl": b"taken up again",
            NAME: b"",
        }

    @pytest.mark.parametrize("place", range(6))
    def test_whose_writing_was_stopped_is_written_anew(
        self, place: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[Path] = []

        @contextmanager
        def stopping(path: Path) -> Iterator[Path]:
            seen.append(path)
            if len(seen) > place:
                raise KeyboardInterrupt
            with whole(path) as begun:
                yield begun

        with monkeypatch.context() as stopped:
            stopped.setattr("readiness.demo.record.whole", stopping)
            with pytest.raises(KeyboardInterrupt):
                write_demo(tmp_path)
        assert contents(write_demo(tmp_path)) == contents(folder)

    def test_may_hold_none_of_what_is_to_come_that_somebody_changed(self, tmp_path: Path) -> None:
        write_demo(tmp_path)
        Record(tmp_path).write({"reports/r.md": b"a report"})
        write_demo(tmp_path, later=["reports/r.md"])
        (tmp_path / "reports" / "r.md").write_text("an edited report")
        with pytest.raises(UsageError, match=r"r\.md"):
            write_demo(tmp_path, later=["reports/r.md"])

    def test_may_be_new_or_empty(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "empty").mkdir()
        assert write_demo(tmp_path / "empty") == tmp_path / "empty"
        assert contents(write_demo(tmp_path / "deep" / "in" / "it")) == contents(folder)

    def test_that_holds_something_else_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "engagement.yaml").write_text("client: Somebody real\n")
        with pytest.raises(InputError, match="name a folder that is new or empty"):
            write_demo(tmp_path)
        assert contents(tmp_path) == {"engagement.yaml": b"client: Somebody real\n"}

    def test_that_is_a_file_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "demo").write_text("a file")
        with pytest.raises(InputError, match="this is a file"):
            write_demo(tmp_path / "demo")

    def test_with_a_survey_added_is_left_alone(self, tmp_path: Path) -> None:
        write_demo(tmp_path)
        (tmp_path / "surveys" / "real.csv").write_text("respondent\n")
        before = contents(tmp_path)
        with pytest.raises(InputError, match=r"real\.csv: .*none of the demo's"):
            write_demo(tmp_path)
        assert contents(tmp_path) == before

    def test_that_cannot_be_written_is_said_to_be_so(self, tmp_path: Path) -> None:
        write_demo(tmp_path)
        (tmp_path / "interviews" / "executive.jsonl").unlink()
        (tmp_path / "interviews" / "executive.jsonl").mkdir()
        with pytest.raises(InputError, match="cannot be written"):
            write_demo(tmp_path)


OTHER_FRAMEWORK = """
format: 1
id: other
version: "1"
languages: [en]
questionnaires: [only.yaml]
context: {unit: {}, role: {options: {manager: {en: Boss}, executive: {en: Chief}, community_manager: {en: Host}}}}
scales: {three: {options: [{value: 10, label: {en: Much}, score: 9}, {value: 30, label: {en: Little}, score: 1}]}}
missing: {dk: {en: "Don't know"}, na: {en: Not applicable}}
"""
OTHER_QUESTIONS = """
dimension: only
indicators:
  participation_push:
    desired: low
    items:
      A1: {text: {en: How much?}, scale: three}
      A2: {text: {en: How little?}, scale: three, reversed: true, ask_if: {A1: {is: 10}}}
      A3: {text: {en: How many?}, type: number, min: 2, max: 12}
      A4: {text: {en: And the boss?}, scale: three, roles: [manager]}
      A5: {text: {en: At length?}, scale: three, core: false}
  of_another_kind:
    desired: high
    items: {B1: {text: {en: And this?}, scale: three}}
unscored:
  C1: {type: choice, text: {en: Why?}, options: [{value: 1, label: {en: Fun}}, {value: 2, label: {en: Duty}}]}
  C2: {type: text, text: {en: What else?}}
"""


class TestAnotherFramework:
    @pytest.fixture
    def other(self, tmp_path: Path) -> Framework:
        (tmp_path / "framework.yaml").write_text(OTHER_FRAMEWORK)
        (tmp_path / "only.yaml").write_text(OTHER_QUESTIONS)
        return load(tmp_path)

    def test_is_answered_by_its_own_rules(self, other: Framework, profile: Profile) -> None:
        for response in Survey(other, profile).responses():
            answers, role = response.answers, response.context["role"]
            assert set(answers) <= {"A1", "A2", "A3", "A4", "B1"}
            assert answers.get("A1") in (10, 30, "dk", "na", None)
            assert "A2" not in answers or answers["A1"] == 10
            assert "A4" not in answers or role == "manager"
            assert answers.get("A3") in ("dk", "na", None, *range(2, 13))

    def test_has_reversed_items_turned_round(self, other: Framework, profile: Profile) -> None:
        claims = [r.answers for r in Survey(other, profile).responses() if r.context["unit"] == "Claims"]
        assert Counter(a.get("A1") for a in claims).most_common(1)[0][0] == 10  # a push of 86: much
        turned = Counter(a["A2"] for a in claims if "A2" in a)
        assert turned.most_common(1)[0][0] == 30  # turned round: little

    def test_gets_only_the_context_that_it_has(self, other: Framework, profile: Profile) -> None:
        for content in survey.written(other, profile).values():
            assert (
                content.decode("utf-8-sig").splitlines()[0].replace(";", ",") == "respondent,unit,role,A1,A2,A3,A4,B1"
            )

    def test_is_asked_in_an_interview_with_what_scores_nothing(self, other: Framework, profile: Profile) -> None:
        journals = interviews.written(other, profile)
        told = parse_journal(journals["community-manager.jsonl"], "journal")
        assert told.answers["role"] == "community_manager"
        assert {"A1", "A3", "A5"} <= set(told.answers) | told.skipped
        asked_all = replace(profile.interviews["community-manager.jsonl"], answered=1)
        whole = replace(profile, interviews={"whole.jsonl": asked_all})
        journal = parse_journal(interviews.written(other, whole)["whole.jsonl"], "journal")
        assert journal.answers["C1"] in (1, 2)
        assert "C2" in journal.skipped
        assert journal.finished
