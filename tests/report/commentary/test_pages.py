"""The two ways to write a commentary, and every fault of them at once, with its line."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from readiness.faults import CommentaryError
from readiness.report.commentary.records import Commentary, Subject
from tests.report.commentary.writing import commentary

YAML = """
summary: "First.\\n\\n- one\\n- two"
sections: {gaps: Look here.}
scenarios:
  scenario_0:
    comment: We saw it, too.
    override: {verdict: ruled out, reason: It was mended.}
    quotes:
      - {text: Nobody asked us., by: an employee}
      - {text: It takes long., by: a manager, source: interview}
groups:
  - {of: {unit: Sales}, comment: A new head., scenarios: {scenario_1: Not here.}}
actions:
  - {do: Give an hour, owner: Head of Sales, by: 2027-03-31, scenario: scenario_0, group: {unit: Sales}}
  - {do: Ask again, status: done}
"""
WRITTEN = """# Notes

## summary
First.

- one
- two

## section gaps
Look here.

## scenario scenario_0
We saw it, too.

> Nobody asked us.
> — an employee

> It takes long.
> -- a manager (interview)

### verdict ruled out
It was mended.

## group unit=Sales
A new head.

### scenario scenario_1
Not here.

## actions

| do           | owner         | by         | scenario   | group      | status |
|--------------|---------------|------------|------------|------------|--------|
| Give an hour | Head of Sales | 2027-03-31 | scenario_0 | unit=Sales |        |
| Ask again    |               |            |            |            | done   |
"""


def said(found: Commentary) -> object:
    """A commentary without the places it was read from."""
    return (
        {(comment.subject, comment.text[""]) for comment in found.comments},
        [(override.subject, override.verdict, override.reason[""]) for override in found.overrides],
        [(quote.subject, quote.text[""], quote.by[""], quote.interview) for quote in found.quotes],
        [(action.do[""], action.owner, action.by, action.status, action.subject) for action in found.actions],
    )


def faults(folder: Path, **pages: str) -> list[str]:
    with pytest.raises(CommentaryError) as error:
        commentary(folder, **pages)
    return [str(fault).removeprefix(f"{folder.as_posix()}/") for fault in error.value.faults]


def test_a_page_without_yaml_says_the_same(tmp_path: Path) -> None:
    for kind in ("yaml", "md"):
        (tmp_path / kind).mkdir()
    found = commentary(tmp_path / "yaml", yaml=YAML)
    assert said(found) == said(commentary(tmp_path / "md", md=WRITTEN))
    assert found.actions[0].by == datetime.date(2027, 3, 31)
    assert found.actions[0].subject == Subject(scenario="scenario_0", group=(("unit", "Sales"),))


def test_nobody_has_to_write_anything(tmp_path: Path) -> None:
    assert not commentary(tmp_path)
    assert not commentary(tmp_path, yaml="# nothing yet\n", md="\n\n## summary\n\n## actions\n")
    assert not commentary(tmp_path, yaml="summary:\nscenarios:\nactions:\ngroups:\n", md="# Notes")


def test_names_may_be_those_a_reader_sees(tmp_path: Path) -> None:
    page = (
        "## section Who sees it differently\na\n## scenario Scenario 1: a way to fail\nb\n## group Role=Executive\nc\n"
    )
    subjects = [comment.subject for comment in commentary(tmp_path, md=page).comments]
    assert [(s.section, s.scenario, s.group) for s in subjects] == [
        ("gaps", "", ()),
        ("", "scenario_1", ()),
        ("", "", (("role", "executive"),)),
    ]


def test_every_fault_of_both_pages_is_told_with_its_line(tmp_path: Path) -> None:
    yaml = """
sumary: Hello.
sections: {gap: Look.}
scenarios:
  scenaro_0:
    comment: Hm.
  scenario_1: {override: {verdict: absent, reason: Because.}}
groups:
  - {of: {unit: Sles}, comment: a}
  - {of: {unit: Works council}, comment: b}
  - {comment: c}
actions:
  - {do: d, by: March}
  - {owner: e}
"""
    page = "hello\n## sumary\na\n## verdict present\nb\n## scenario\n## group Sales\n## section gaps\n> words\n"
    told = faults(tmp_path, yaml=yaml, md=page)
    assert told == [
        "commentary.yaml, line 2: the commentary: unknown key 'sumary'; did you mean 'summary'?",
        "commentary.yaml, line 3: this report has no section 'gap'; did you mean 'gaps'?",
        "commentary.yaml, line 5: this result has no scenario 'scenaro_0'; did you mean 'scenario_0'?",
        "commentary.yaml, line 7: scenario 'scenario_1': override: 'verdict' should be one of present, ruled out, "
        "undetermined, found 'absent'; did you mean 'present'?",
        "commentary.yaml, line 9: this result has no group 'unit=Sles'; did you mean 'unit=Sales'?",
        "commentary.yaml, line 10: group 'unit=Works council' is hidden in this result; remove what is said of it",
        "commentary.yaml, line 11: a group has no 'of'; add it",
        "commentary.yaml, line 13: an action: 'by' should be a day, found 'March'; write it as 2027-03-31",
        "commentary.yaml, line 14: an action has no 'do'; add it",
        "commentary.md, line 1: this text stands under no heading; begin with '## summary'",
        "commentary.md, line 2: unknown heading 'sumary'; did you mean 'summary'?",
        "commentary.md, line 4: a verdict stands under no scenario; write it as '### verdict …' below '## scenario …'",
        "commentary.md, line 6: heading 'scenario' names no scenario; write '## scenario ID'",
        "commentary.md, line 7: group 'Sales' cannot be read; write '## group unit=Sales'",
        "commentary.md, line 9: a quote belongs to no scenario and no group; "
        "move it below a '## scenario …' or '## group …'",
    ]


def test_letters_that_nobody_sees_are_shown_by_their_number(tmp_path: Path) -> None:
    yaml = 'groups:\n  - {of: {unit: "Sales\\u200b"}, comment: a}\n  - {of: {source: interveiw}, comment: b}\n'
    assert faults(tmp_path, yaml=yaml) == [
        "commentary.yaml, line 2: this result has no group 'unit=SalesU+200B'; did you mean 'unit=Sales'?",
        "commentary.yaml, line 3: this result has no group 'source=interveiw'; did you mean 'source=interview'?",
    ]


def test_a_comma_that_parts_a_text_in_braces_is_named(tmp_path: Path) -> None:
    told = faults(tmp_path, yaml="groups:\n  - of: {unit: Sales}\n    quotes: [{text: I post, when I must, by: x}]\n")
    assert told == [
        "commentary.yaml, line 3: a group: a quote: unknown key 'when I must'; use one of text, by, source; "
        "in braces, a text with a comma stands in quotes"
    ]


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("Give an hour.", "line 2: actions stand in a table, and this is none"),
        ("| what |\n|---|\n| a |", "line 2: actions: unknown column 'what'"),
        ("| do | by |\n|---|---|\n| a | soon |", "line 4: an action: 'by' should be a day, found 'soon'"),
        ("| do | status |\n|---|---|\n| a | opne |", "line 4: an action: unknown status 'opne'; did you mean 'open'?"),
        ("| do | group |\n|---|---|\n| a | Sales |", "line 4: an action: group 'Sales' cannot be read"),
        ("| do | by |\n|---|---|\n|  | 2027-01-01 |", "line 4: an action says nothing"),
    ],
)
def test_a_plan_that_cannot_be_read_says_where(table: str, told: str, tmp_path: Path) -> None:
    assert any(told in fault for fault in faults(tmp_path, md=f"## actions\n{table}\n"))


def test_what_is_said_on_both_pages_is_a_fault(tmp_path: Path) -> None:
    told = faults(tmp_path, yaml="summary: a\nsections: {gaps: b}\n", md="## summary\nc\n## section gaps\nd\n")
    where = (tmp_path / "commentary.yaml").as_posix()
    assert told == [
        f"commentary.md, line 1: the summary is written twice, first in {where}, line 1; keep one of them",
        f"commentary.md, line 3: section 'gaps' is written twice, first in {where}, line 2; keep one of them",
    ]


def test_a_page_may_be_for_one_language(tmp_path: Path) -> None:
    found = commentary(tmp_path, md="## summary\nHello.\n", fr="## summary\nBonjour.\n")
    assert [dict(comment.text) for comment in found.comments] == [{"": "Hello.", "fr": "Bonjour."}]


def test_verdicts_in_two_languages_have_to_agree(tmp_path: Path) -> None:
    page = "## scenario scenario_0\n### verdict {}\nBecause.\n"
    assert commentary(tmp_path, md=page.format("ruled out"), fr=page.format("ruled out")).overrides
    (told,) = faults(tmp_path, fr=page.format("undetermined"))
    assert "the verdict on scenario 'scenario_0' is 'undetermined' here, and 'ruled out' in" in told


def test_a_language_that_nobody_reads_is_a_fault(tmp_path: Path) -> None:
    told = faults(tmp_path, yaml="summary: {en: a, fra: b}\n", xx="## summary\na\n")
    assert told[0].startswith("commentary.yaml, line 1: the commentary: 'summary': unknown language 'fra'; did you")
    assert told[1].startswith("commentary.xx.md: its name says it is written in 'xx'")


def test_a_verdict_has_to_give_its_reason(tmp_path: Path) -> None:
    yaml = "scenarios:\n  scenario_0:\n    override: {verdict: ruled out, reason: ''}\n"
    assert "gives no reason" in faults(tmp_path, yaml=yaml)[0]


@pytest.mark.parametrize("name", ["commentary.yml", "commentary.txt"])
def test_a_page_of_another_name_is_not_passed_over(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("summary: a")
    assert "this file is not read" in faults(tmp_path)[0]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "commentary.md").write_bytes("## summary\nÉté".encode("latin-1"))
    assert faults(tmp_path) == ["commentary.md, line 2: is not UTF-8; save it as UTF-8"]
