"""What may stand in `framework.yaml`, and what is said where something else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.loading import check, load

Write = Callable[..., Path]


def lines(folder: Path) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.what) for fault in check(folder).faults]


@pytest.fixture
def header(write: Write, good: dict[str, str]) -> Callable[[str, str], Path]:
    """Write the good framework with one thing changed in its header."""

    def writer(old: str, new: str) -> Path:
        assert old in good["framework.yaml"]
        return write(framework=good["framework.yaml"].replace(old, new, 1))

    return writer


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("format: 1", "format: 2", 1, "the framework: 'format' should be 1, found '2'"),
        ("id: small", "id: [small]", 2, "the framework: 'id' should be an id, found a list"),
        ("id: small", "id: my small one", 2, "the framework: 'id': 'my small one' cannot be an id"),
        ('version: "1"', "version: 1.0", 3, "the framework: 'version' should be a text, found '1.0'"),
        ("[en, fr]", "[en, fr, English]", 4, "'languages' holds 'English'"),
        ("[en, fr]", "[en, fr, en]", 4, "language 'en' is there twice"),
        ("title: {en:", "title: {english: a, en:", 5, "the framework: 'title': unknown language 'english'"),
        ("[culture.yaml]", "[culture.yaml, 5]", 6, "'questionnaires' holds '5'"),
        ("[culture.yaml]", "[culture.yaml, culture.yaml]", 6, "questionnaire 'culture.yaml' is listed twice"),
        ("[culture.yaml]", "[culture.yaml, notes.txt]", 6, "file 'notes.txt' is not called .yaml"),
        (
            "scenarios: scenarios.yaml",
            "scenarios: [a]",
            7,
            "the framework: 'scenarios' should be the name",
        ),
        ("scenarios: scenarios.yaml", "scenarios: scenario.yaml", 7, "file 'scenario.yaml' does not exist"),
        ("{title: A work}", "{titel: A work}", 8, "source 'S1': unknown key 'titel'"),
        ("{title: A work}", "{title: A work, year: long ago}", 8, "source 'S1': 'year' should be a whole number of at"),
        ("unit: {}", "respondent: {}", 11, "context key 'respondent' has a name that is taken"),
        ("unit: {}", "unit: {options: {}}", 11, "context key 'unit' has no options"),
        ("unit: {}", "unit: {options: [a]}", 11, "context key 'unit': 'options' should be a mapping, found a list"),
        (
            "unit: {}",
            "unit: {options: {a: b, c: B}}",
            11,
            "context key 'unit': options 'a' and 'c' are",
        ),
        ("unit: {}", "unit: {options: {NA: Namibia}}", 11, "context key 'unit': 'NA' is read as a missing value"),
        (
            "unit: {}",
            "unit: text",
            11,
            "context key 'unit': its keys are expected (title, options, core), found 'text'",
        ),
    ],
)
def test_a_fault_of_the_header_is_one_message_with_its_line(
    header: Callable[[str, str], Path], old: str, new: str, line: int, said: str
) -> None:
    found = lines(header(old, new))
    assert len(found) == 1
    assert found[0][0] == line
    assert found[0][1].startswith(said)


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("missing: {dk: {en: a, fr: b}, na: {en: c, fr: b}}", "'missing': 'dk' and 'na' are both called 'b'"),
        ("missing: {dk: {fr: b}}", "'missing': 'dk' lacks en, which the other languages fall back on"),
        ("defaults: {min_answered: 60}", "'defaults': 'min_answered' should be a number from 0 to 1, found '60'"),
        ("defaults: {min_group: 2}", "'defaults': 'min_group' should be a whole number of at least 3, found '2'"),
        ("defaults: {min_group: 3.5}", "'defaults': 'min_group' should be a whole number of at least 3, found '3.5'"),
        ("families: {a b: {title: c}}", "'families': 'a b' cannot be an id"),
        ("notes: {a: {title: b}}", "note 'a' has no 'text'"),
        ("guards: {moving: lived}", "the framework: 'guards' should be a list, found a mapping"),
        ("sorces: {}", "the framework: unknown key 'sorces'"),
        (
            "aggregate: avg",
            "the framework: 'aggregate' should be one of mean, sum, min, max, geometric, found 'avg'",
        ),
        ("bands: [{from: 3}, {from: 1}]", "the framework: band from 1 follows the band from 3"),
    ],
)
def test_a_fault_of_what_is_added_is_one_message_with_its_line(
    write: Write, good: dict[str, str], added: str, said: str
) -> None:
    assert lines(write(framework=f"{good['framework.yaml']}{added}\n")) == [(18, said)]


@pytest.mark.parametrize("text", ["just words\n", "[a, list]\n", "5\n"])
def test_a_header_that_is_no_mapping_is_one_fault(write: Write, text: str) -> None:
    assert [line for line, _ in lines(write(framework=text))] == [1]


def test_roles_may_be_free_text(header: Callable[[str, str], Path]) -> None:
    framework = load(header("role: {options: {employee: {en: Employee", "role: {}\n  rank: {options: {a: {en: A"))
    assert framework.context["role"].options is None
    assert framework.items["CUL03"].roles == ("employee",)


def test_roles_need_a_context_key(write: Write, good: dict[str, str]) -> None:
    header = good["framework.yaml"].replace("role: {options", "rank: {options")
    assert lines(write(framework=header)) == [(17, "item 'CUL03' names role 'employee', which does not exist")]


def test_bands_that_do_not_fit_the_range_are_warnings(write: Write, good: dict[str, str]) -> None:
    header = good["framework.yaml"] + "bands: [{from: 20, label: a}, {from: 120, label: b}]\n"
    assert [warning.what for warning in check(write(framework=header)).warnings] == [
        "the framework: scores from 0 to below 20 have no band",
        "the framework: the band from 120 is never reached, scores end at 100",
    ]


def test_a_scale_nobody_uses_is_a_warning(write: Write, good: dict[str, str]) -> None:
    header = good["framework.yaml"] + "  other: {options: [{value: 1, label: a}, {value: 2, label: b}]}\n"
    assert [warning.what for warning in check(write(framework=header)).warnings] == ["scale 'other' is not used"]
