"""Every column is one thing or ignored with a reason; the surest evidence wins, and what is even is not guessed."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.matching import Decision, Matching, matched
from tests.responses import small
from tests.responses.asked import export

CUL11 = "In the last month, people from different units here helped one another solve a problem."
CUL12 = "In the last month, I showed colleagues a piece of my work while it was still unfinished."
GRID = "How often did the following happen?"


def match(questions: Framework, *columns: object, platform: str = "plain", weight: str | None = None) -> Matching:
    return matched(questions, export(columns, platform=platform), weight)  # type: ignore[arg-type]


def decide(questions: Framework, *columns: object) -> list[tuple[str, str, str]]:
    found = match(questions, *columns)
    assert not found.conflicts
    return [(decision.to, decision.name, decision.how) for decision in found.decisions]


def only(questions: Framework, column: object) -> Decision:
    (decision,) = match(questions, column).decisions
    return decision


@pytest.mark.parametrize("header", ["CUL11", "cul11", " Cul11 ", "\ufeffCUL11"])
def test_a_header_that_is_an_id_is_the_item(header: str, questions: Framework) -> None:
    assert decide(questions, header) == [("item", "CUL11", "id")]


@pytest.mark.parametrize(
    "column",
    [
        {"header": "x", "code": "CUL11"},
        {"header": "x", "code": "G1_CUL11"},
        {"header": "group/CUL11"},
        {"header": "CUL11[SQ001]"},
        {"header": "CUL11_1"},
        {"header": "CUL11."},
        "CUL11. How often did people help?",
        "[CUL11] How often did people help?",
        "CUL11 - How often did people help?",
        "CUL11: How often did people help?",
        "How often did people help? [CUL11]",
    ],
)
def test_an_id_that_a_code_holds_or_a_header_begins_with_is_the_item(column: object, questions: Framework) -> None:
    decision = only(questions, column)
    assert (decision.to, decision.name) == ("item", "CUL11")


@pytest.mark.parametrize("header", ["CUL111", "XCUL11", "CUL11_other", "CUL11_reason", "CUL11Time", "CUL11.a", "CUL1"])
def test_an_id_within_another_word_or_before_one_is_none(header: str, questions: Framework) -> None:
    assert only(questions, header).to == "ignored"


@pytest.mark.parametrize(
    "column",
    [
        CUL11,
        "1. " + CUL11 + " *",
        "Au cours du dernier mois, dans l'entreprise, on s'est entraidé entre services",
        {"header": "Q3_2", "text": GRID, "row": CUL11},
        {"header": f"{GRID} [{CUL11}]"},
        {"header": "G01Q05", "code": "G01Q05", "text": CUL11},
        {"header": "x", "text": "In the last month, people from different units", "row": CUL11[47:]},
    ],
)
def test_a_text_in_any_language_is_the_item(column: object, questions: Framework) -> None:
    decision = only(questions, column)
    assert (decision.to, decision.name, decision.how) == ("item", "CUL11", "text")


def test_a_misspelt_text_is_the_item_and_told(questions: Framework) -> None:
    found = match(questions, CUL11.replace("solve", "to solve"))
    (decision,) = found.decisions
    assert (decision.to, decision.name) == ("item", "CUL11")
    assert decision.how.startswith("near 0.9")
    (warning,) = found.warnings
    for told in ("another to solve", "another solve", "is taken for CUL11", "the texts are alike by 0.9"):
        assert told in warning


def test_an_exact_text_leaves_the_near_one_without_a_warning(questions: Framework) -> None:
    found = match(questions, CUL11, CUL11.replace("solve", "to solve"))
    assert [decision.to for decision in found.decisions] == ["item", "ignored"]
    assert found.warnings == ()
    assert "CUL11 is read from 'In the last month" in found.decisions[1].how


@pytest.mark.parametrize(
    ("header", "target"),
    [("unit", "unit"), ("UNIT", "unit"), ("Service", "unit"), ("3. Rôle :", "role"), ("about/role", "role")],
)
def test_a_context_key_is_known_by_id_or_title(header: str, target: str, questions: Framework) -> None:
    decision = only(questions, header)
    assert (decision.to, decision.name) == ("context", target)


def test_what_a_platform_records_is_ignored_as_that_unless_it_is_a_key(questions: Framework) -> None:
    found = match(
        questions,
        "CUL11",
        {"header": "Start time", "kind": "about", "about": "time stamp"},
        {"header": "unit", "kind": "about", "about": "status"},
        platform="microsoft_forms",
    )
    assert found.decisions[1].how == "recorded by the survey tool: time stamp"
    assert found.decisions[2].name == "unit"


def test_an_open_question_is_known_and_scores_nothing(questions: Framework) -> None:
    assert decide(questions, "WHY", "CUL11")[0] == ("question", "WHY", "id")
    assert only(questions, "What would you change first?").to == "question"


def test_the_respondent_is_the_column_of_that_name_or_else_the_platforms(questions: Framework) -> None:
    own = {"header": "Response ID", "kind": "respondent"}
    assert only(questions, own).to == "respondent"
    assert [to for to, _, _ in decide(questions, own, "respondent")] == ["ignored", "respondent"]
    assert [to for to, _, _ in decide(questions, own, {**own, "header": "Other ID"})] == ["ignored", "ignored"]


def test_a_column_of_weights_is_named_by_the_user(questions: Framework) -> None:
    found = match(questions, "CUL11", "Weight", weight="weight")
    assert [decision.to for decision in found.decisions] == ["item", "weight"]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (("CUL11", "CUL11"), "column 'CUL11' occurs more than once"),
        (("CUL11", "cul11"), "columns 'CUL11', 'cul11' differ in upper and lower case alone"),
        (
            (CUL11, "Au cours du dernier mois, dans l’entreprise, on s’est entraidé entre services."),
            "are each CUL11 by",
        ),
        (("G1_CUL11", "G2_CUL11"), "columns 'G1_CUL11', 'G2_CUL11' are each CUL11 by their code"),
        (({"header": "CUL12", "text": CUL11},), "column 'CUL12' names CUL12, and its text is that of CUL11"),
    ],
)
def test_what_is_even_or_contradicts_itself_is_a_conflict(
    columns: tuple[object, ...], told: str, questions: Framework
) -> None:
    found = match(questions, *columns)
    (conflict,) = found.conflicts
    assert told in conflict.what
    assert {(decision.to, decision.how) for decision in found.decisions} == {("ignored", conflict.what)}


def test_a_text_that_two_items_share_is_a_conflict(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(small.FRAMEWORK, encoding="utf-8")
    twins = small.QUESTIONS.replace("{en: b, fr: b}", "{en: a, fr: a}")
    (tmp_path / "questions.yaml").write_text(twins, encoding="utf-8")
    (conflict,) = match(load(tmp_path), "a").conflicts
    assert conflict.what == "column 'a' has the text of A1 and A2"
    assert "readiness map" in conflict.mend


def test_the_surest_evidence_wins(questions: Framework) -> None:
    assert decide(questions, CUL11, "CUL11 - helping", "CUL11")[2] == ("item", "CUL11", "id")
    (by_text, by_code) = match(questions, CUL11, "CUL11 - helping").decisions
    assert (by_text.to, by_code.to) == ("ignored", "item")
    assert by_text.how == "CUL11 is read from 'CUL11 - helping', which is surer"


def test_a_tools_counter_marks_a_text_that_occurs_again(questions: Framework) -> None:
    first, again = match(questions, "I trust my team.", "I trust my team.2").decisions
    assert (first.name, again.to) == ("TRU1", "ignored")
    assert only(questions, "I trust my team.2").name == "TRU1"


def choices(of: str, *options: str, **more: str) -> list[dict[str, str]]:
    return [{"header": f"{of}/{option}", "text": of, "choice": option, **more} for option in options]


def test_columns_of_options_are_one_item(questions: Framework) -> None:
    found = match(questions, *choices(CUL11, "Never", "Often"))
    assert [(d.to, d.name, d.choice) for d in found.decisions] == [
        ("item", "CUL11", "Never"),
        ("item", "CUL11", "Often"),
    ]


def test_a_column_of_the_whole_answer_wins_over_those_of_its_options(questions: Framework) -> None:
    found = match(questions, CUL11, *choices(CUL11, "Never", "Often"))
    assert [decision.to for decision in found.decisions] == ["item", "ignored", "ignored"]


def test_a_column_for_other_answers_is_not_the_item(questions: Framework) -> None:
    found = match(questions, "I trust my team.", {"header": "Other", "text": "I trust my team.", "choice": "Other"})
    assert [decision.to for decision in found.decisions] == ["item", "ignored"]
    assert not found.conflicts


def test_a_line_of_a_grid_that_might_be_an_option_is_a_line(questions: Framework) -> None:
    decision = only(questions, {"header": f"{GRID} [{CUL11}]", "text": GRID, "row": CUL11, "choice": CUL11})
    assert (decision.name, decision.choice) == ("CUL11", "")


SPACES = st.sampled_from([" ", "  ", "\u00a0", "\n", " \t"])


@st.composite
def decorated(draw: st.DrawFn, text: str) -> str:
    """A text as some tool might write it."""
    words = [draw(st.sampled_from([word, word.upper(), f"<b>{word}</b>"])) for word in text.split()]
    written = words[0] + "".join(draw(SPACES) + word for word in words[1:])
    before = draw(st.sampled_from(["", " ", "1. ", "12 - ", "Q4) ", "3.2 ", "<p>", "“", "[Q7] ", "7: ", "a) "]))
    after = draw(st.sampled_from(["", " *", "*", " :", "?", "</p>", "”", " ", "…"]))
    return before + written + after


TEXTS = {"CUL11": CUL11, "CUL12": CUL12, "TRU1": "J’ai confiance en mon équipe.", "DAYS": "Combien de jours ?"}


@given(data=st.data(), item=st.sampled_from(sorted(TEXTS)))
def test_a_header_decorated_at_random_is_still_its_item(data: st.DataObject, item: str, questions: Framework) -> None:
    decision = only(questions, data.draw(decorated(TEXTS[item])))
    assert (decision.to, decision.name) == ("item", item)


HEADERS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["CUL11", "cul12", "CUL11_1", "CUL11. x", "unit", "Role", "respondent", "WHY", "TRU1[a]", ""]),
    st.sampled_from(list(TEXTS.values())).flatmap(decorated),
)


@given(headers=st.lists(HEADERS, max_size=12), rng=st.randoms(use_true_random=False))
def test_the_order_of_columns_does_not_matter_and_no_two_are_one_item(
    headers: list[str], rng: random.Random, questions: Framework
) -> None:
    found = match(questions, *headers)
    order = rng.sample(range(len(headers)), len(headers))
    mixed = match(questions, *(headers[place] for place in order))
    assert [told(found.decisions[place]) for place in order] == [told(decision) for decision in mixed.decisions]
    assert (found.conflicts, found.warnings) == (mixed.conflicts, mixed.warnings)
    meant = Counter((d.to, d.name) for d in found.decisions if d.to != "ignored")
    assert all(count == 1 for count in meant.values())
    assert len(found.decisions) == len(headers)
    assert all(decision.how for decision in found.decisions)


def told(decision: Decision) -> tuple[str, ...]:
    return decision.column.header, decision.to, decision.name, decision.how


def test_items_that_stand_in_rows_are_told_as_a_table_on_its_side(questions: Framework) -> None:
    for names in (("CUL11", "CUL12", "TRU1"), (CUL11, CUL12, "J’ai confiance en mon équipe.")):
        turned = matched(questions, export(["Question", "r1", "r2"], *([name, "1", "2"] for name in names)))
        (conflict,) = turned.conflicts
        assert "'Question' holds items" in conflict.what
        assert "turn the table round" in conflict.mend


def test_an_item_keeps_the_cells_that_hold_a_code_beside_words(questions: Framework) -> None:
    (decision,) = matched(questions, export(["CUL11"], ["4 - Never"], ["2"], ["Often"], [None])).decisions
    assert decision.beside == {"4 - Never"}


def test_an_item_whose_text_was_cut_is_taken_with_a_warning(questions: Framework) -> None:
    found = match(questions, CUL12[:80])
    assert [decision.name for decision in found.decisions] == ["CUL12"]
    assert len(found.warnings) == 1
