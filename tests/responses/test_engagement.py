"""An engagement's settings, read strictly."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from readiness.faults import ResponseError
from readiness.framework.models import Framework
from readiness.responses.engagement import Engagement, facts_of, is_engagement, read_engagement, unknown_keys


def engagement(folder: Path, settings: str) -> Engagement:
    (folder / "engagement.yaml").write_text(dedent(settings), encoding="utf-8")
    return read_engagement(folder)


def faults(folder: Path, settings: str) -> list[tuple[int | None, str]]:
    with pytest.raises(ResponseError) as raised:
        engagement(folder, settings)
    return [(fault.line, fault.what) for fault in raised.value.faults]


def test_only_the_client_has_to_be_named(tmp_path: Path) -> None:
    found = engagement(tmp_path, "client: Somebody")
    assert (found.client, found.framework, found.groups, found.thresholds) == ("Somebody", None, (), {})
    assert is_engagement(tmp_path)
    assert not is_engagement(tmp_path / "engagement.yaml")


def test_groups_are_keys_or_crossings_each_once(tmp_path: Path) -> None:
    found = engagement(tmp_path, "client: x\ngroups: [unit, [unit, role], unit, [role], [unit, unit]]")
    assert found.groups == (("unit",), ("unit", "role"), ("role",))


@pytest.mark.parametrize("group", ["[]", "{a: b}", "[[unit]]", "''"])
def test_a_group_without_keys_is_a_fault(group: str, tmp_path: Path) -> None:
    assert [line for line, _ in faults(tmp_path, f"client: x\ngroups:\n  - unit\n  - {group}\n")] == [4]


def test_a_threshold_below_three_is_a_fault(tmp_path: Path) -> None:
    ((line, what),) = faults(tmp_path, "client: x\nthresholds:\n  min_group: 2\n")
    assert line == 3
    assert "at least 3" in what


def test_surveys_and_journals_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    found = engagement(tmp_path, "client: x")
    for name in (
        "surveys/b.csv",
        "surveys/a.jsonl",
        "surveys/.hidden",
        "surveys/~lock.csv",
        "interviews/2.jsonl",
        "interviews/1.jsonl",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "surveys/old").mkdir()
    assert [path.name for path in found.surveys] == ["a.jsonl", "b.csv"]
    assert [path.name for path in found.interviews] == ["1.jsonl", "2.jsonl"]


def test_facts_are_scores_or_answers(framework: Framework, tmp_path: Path) -> None:
    facts = facts_of(engagement(tmp_path, "client: x\nfacts: {size: 40}"), framework)
    assert (facts.scores, facts.answers) == ({"size": 40.0}, None)
    facts = facts_of(engagement(tmp_path, "client: x\nfacts: {N1: 2500}"), framework)
    assert facts.scores == {}
    assert facts.answers is not None
    assert facts.answers.items == {"N1"}


def test_whatever_the_framework_does_not_know_is_told_in_the_order_of_the_file(
    framework: Framework, tmp_path: Path
) -> None:
    found = engagement(
        tmp_path,
        """\
        client: x
        facts:
          sise: 40
          size: 101
          N1: many
        groups: [unit, roles]
        context:
          role: boss
          country: FR
          unit: anything
        """,
    )
    assert [(fault.line, fault.what) for fault in unknown_keys(found, framework)] == [
        (3, "'sise' is no fact about the organisation"),
        (4, "fact 'size' is '101'"),
        (5, "fact 'N1' is 'many'"),
        (6, "'roles' is no context key of small"),
        (8, "context 'role' is 'boss'"),
        (9, "'country' is no context key of small"),
    ]


def test_a_framework_beside_the_settings_comes_before_an_id(tmp_path: Path) -> None:
    assert engagement(tmp_path, "client: x\nframework: own").framework == "own"
    (tmp_path / "own").mkdir()
    assert engagement(tmp_path, "client: x\nframework: own").framework == str(tmp_path / "own")


def test_a_key_to_balance_by_that_is_not_known_is_a_fault_with_its_line(framework: Framework, tmp_path: Path) -> None:
    found = engagement(tmp_path, "client: x\nbalance: rule\n")
    assert [(fault.line, fault.what) for fault in unknown_keys(found, framework)] == [
        (2, "'rule' is no context key of small")
    ]
    assert not unknown_keys(engagement(tmp_path, "client: x\nbalance: role\n"), framework)


def test_evidence_stands_beside_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    assert engagement(tmp_path, "client: x").evidence == "beside"
    assert engagement(tmp_path, "client: x\nevidence: fills").evidence == "fills"
    assert faults(tmp_path, "client: x\nevidence: [fills]\n") == [
        (2, "the engagement: 'evidence' should be one of beside, fills, replaces, found a list")
    ]
