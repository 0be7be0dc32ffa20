"""What a tool writes for an answer is read by its words, by its number where no word contradicts, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.cells import AnswerReader
from readiness.responses.coding import DK, MISSING, NA
from readiness.responses.labels import ContextLabels, LabelReader


def reader(questions: Framework, item: str = "CUL11", **of_column: object) -> LabelReader:
    return LabelReader(questions.items[item], questions, **of_column)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[
            (cell, 2)
            for cell in ("3", "3.0", "3,0", "Often", "souvent", "OFTEN ", "Often;", "<b>Often</b>", "&nbsp;Often")
        ],
        *[
            (cell, 2)
            for cell in ("3 - Often", "3. Often", "3 = Often", "3) Often", "(3) Often", "3: Often", "3 – Souvent")
        ],
        *[(cell, 2) for cell in ("Often (8)", "8 - Often", "Often [0]", "Often - 3")],
        *[(cell, 3) for cell in ("Tres souvent, d'habitude", "“Très souvent, d’habitude”", "always", "Always.")],
        *[(cell, DK) for cell in ("dk", "Don’t know", "9 - Don't know", "Ne sait pas (99)")],
        *[(cell, NA) for cell in ("na", "Sans objet", "NOT APPLICABLE;")],
        *[(cell, MISSING) for cell in ("", " ", "NA", "NaN", ";", "\u200b", "<br/>")],
        *[(cell, None) for cell in ("0", "5", "8", "N/A", "n/a", "-", ".", "—", "#N/A", "?", "Often?", "Oftn")],
        *[(cell, None) for cell in ("Often;Never", "Never, Often", "Jun-25", "3-Jun", "2025-03-04", "3 Oft", "1 2")],
    ],
)
def test_an_answer_is_read_by_its_words(cell: str, code: int | None, questions: Framework) -> None:
    assert reader(questions).code(cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[(cell, 0) for cell in ("0", "0 - Pas du tout", "Pas du tout", "0 (Not at all)", "Not at all")],
        *[(cell, 3) for cell in ("3", "3 - Totalement", "3 (All my time)")],
        *[(cell, None) for cell in ("0 - Nullement", "4", "4 - Totalement", "3-Jun", "Totalement", "3 - 4")],
    ],
)
def test_an_end_of_a_ladder_is_read_by_its_number_where_no_label_of_ours_contradicts(
    cell: str, code: int | None, questions: Framework
) -> None:
    assert reader(questions, "LAD1").code(cell) == code


@pytest.mark.parametrize(
    ("cell", "number"),
    [("10", 10.0), ("2,5", 2.5), ("10 (All my time)", 10.0), ("0 - never", 0.0), ("4.0;", 4.0)],
)
def test_a_number_may_have_words_beside_it(cell: str, number: float, questions: Framework) -> None:
    assert (reader(questions, "DAYS").code(cell), reader(questions, "DAYS").number(cell)) == (0, number)


@pytest.mark.parametrize("cell", ["32", "12 - 14 days", "6-Jun", "Jun-25", "10 km", "ten", "40 (All)"])
def test_a_number_out_of_range_or_within_a_text_is_none(cell: str, questions: Framework) -> None:
    assert reader(questions, "DAYS").code(cell) is None


def test_a_files_own_label_counts_more_than_its_code(questions: Framework) -> None:
    turned = reader(questions, labels={"1": "Very often", "2": "Often", "3": "Sometimes", "4": "Never"})
    assert [turned.code(cell) for cell in ("1", "2.0", "4")] == [3, 2, 0]
    assert turned.remarks(["1"]) == ("1 is labelled 'Very often' in the file and read as that: 4",)


def test_labels_that_agree_with_their_codes_are_not_told(questions: Framework) -> None:
    assert reader(questions, labels={"1": "Never", "2": "Sometimes"}).remarks(["1", "2", "3"]) == ()


def test_a_label_that_no_option_has_leaves_its_code_unreadable_unless_the_other_labels_vouch_for_it(
    questions: Framework,
) -> None:
    assert reader(questions, labels={"1": "Nie", "2": "Manchmal"}).code("1") is None
    vouched = reader(questions, labels={"1": "Never", "2": "Manchmal"})
    assert vouched.code("2") == 1
    assert vouched.remarks(["2"]) == ("2 is labelled 'Manchmal' in the file, which no option is called; read as 2",)


def test_beside_labels_of_other_codes_an_unlabelled_code_is_none_of_ours(questions: Framework) -> None:
    from_zero = reader(questions, labels={"0": "Never", "3": "Very often"})
    assert [from_zero.code(cell) for cell in ("0", "3", "1", "Often")] == [0, 3, None, 2]


def test_labels_that_only_repeat_their_codes_say_nothing(questions: Framework) -> None:
    assert reader(questions, labels={"1": "1", "2": "2.0"}).code("2") == 1


def test_a_declared_missing_value_is_missing_unless_it_is_labelled_as_an_answer(questions: Framework) -> None:
    declared = reader(questions, labels={"98": "Don't know", "99": "Refused"}, missing=frozenset({"4", "98", "99"}))
    assert [declared.code(cell) for cell in ("98", "99", "4", "4.0", "3")] == [DK, MISSING, MISSING, MISSING, 2]


def test_what_a_tool_writes_for_a_question_not_shown_is_missing(questions: Framework) -> None:
    assert reader(questions, not_put=frozenset({"N/A"})).code("N/A") == MISSING


def test_a_number_beside_words_that_says_something_else_is_told(questions: Framework) -> None:
    told = reader(questions).remarks(["Often (8)", "3 - Often", "Often", "oops"])
    assert told == ("'Often (8)' is read by its words, not by its number: 3",)


def test_the_nearest_label_is_proposed_and_not_taken(questions: Framework) -> None:
    near = reader(questions).proposal("4 - Somtimes")
    assert near is not None
    assert near[0] == "Sometimes"
    assert reader(questions).code("4 - Somtimes") is None
    assert reader(questions).proposal("Blue") is None


def test_a_label_that_two_options_share_but_for_accents_is_not_guessed(questions: Framework) -> None:
    scale = questions.scales["often"]
    options = (
        scale.options[0].model_copy(update={"label": {"fr": "Côte"}}),
        scale.options[1].model_copy(update={"label": {"fr": "Coté"}}),
    )
    changed = questions.model_copy(
        update={"scales": {**questions.scales, "often": scale.model_copy(update={"options": options})}}
    )
    assert [reader(changed).code(cell) for cell in ("Côte", "coté", "cote")] == [0, 1, None]


@given(cell=st.text())
def test_whatever_the_canonical_table_may_hold_is_read_the_same(cell: str, questions: Framework) -> None:
    strict = AnswerReader(questions.items["CUL11"], questions).code(cell)
    assert strict is None or reader(questions).code(cell) == strict


@given(cell=st.text(st.sampled_from("0123456789 -=().[];<>bOftenNever,&"), max_size=14))
def test_no_text_is_read_as_what_it_does_not_hold(cell: str, questions: Framework) -> None:
    code = reader(questions).code(cell)
    if code is not None and code >= 0:
        option = questions.scales["often"].options[code]
        held = cell.casefold()
        assert f"{option.value:g}" in held or any(label.casefold() in held for label in option.label.values())


@pytest.mark.parametrize(
    ("cell", "value"), [("manager", "manager"), ("ENCADREMENT;", "manager"), ("1 - Manager", "manager"), ("NA", None)]
)
def test_a_context_option_is_known_by_any_of_its_names(cell: str, value: str | None, questions: Framework) -> None:
    assert ContextLabels(questions.context["role"]).value(cell) == value


def test_a_context_code_is_what_the_file_calls_it(questions: Framework) -> None:
    unit = ContextLabels(questions.context["unit"], {"7": "Sales"}, frozenset({"99"}))
    assert [unit.value(cell) for cell in ("7", "99", "8")] == ["Sales", None, "8"]
    assert ContextLabels(questions.context["role"], {"1": "Manager"}).value("1") == "manager"


def test_a_context_value_that_is_no_option_is_none(questions: Framework) -> None:
    with pytest.raises(KeyError):
        ContextLabels(questions.context["role"]).value("boss")


def beside(questions: Framework, *cells: str) -> LabelReader:
    return reader(questions, beside=frozenset(cells))


def test_a_bare_number_is_unreadable_where_the_ends_say_that_numbers_run_the_other_way(questions: Framework) -> None:
    turned = beside(questions, "1 - Very often", "4 - Never")
    assert [turned.code(cell) for cell in ("4 - Never", "1 - Very often", "2", "3", "Often")] == [0, 3, None, None, 2]
    assert "'1 - Very often' has another than ours" in turned.expected()


def test_a_bare_number_is_unreadable_where_the_ends_say_that_numbers_begin_at_another(questions: Framework) -> None:
    assert beside(questions, "0 - Never", "3 - Very often").code("2") is None


def test_a_bare_number_is_our_value_where_the_ends_say_so(questions: Framework) -> None:
    assert beside(questions, "1 - Never", "4 - Very often", "9 - Don't know").code("2") == 1


def test_numbers_that_may_begin_at_another_are_told(questions: Framework) -> None:
    (told,) = reader(questions).remarks(["0", "1", "3"])
    assert "0 stands among the answers and 4 does not" in told
    assert reader(questions).remarks(["0", "1", "4"]) == reader(questions).remarks(["0"]) == ()


def test_numbers_that_may_be_of_another_scale_are_told(questions: Framework) -> None:
    (told,) = reader(questions).remarks(["1", "3", "6", "7"])
    assert told.startswith("numbers up to 7 stand among those from 1 to 4")
    assert reader(questions).remarks(["1", "3", "99"]) == ()


def test_numbers_between_ends_in_words_are_told(questions: Framework) -> None:
    (told,) = reader(questions).remarks(["Never", "2", "3", "Very often"])
    assert "'Never' and 'Very often'" in told
    assert reader(questions).remarks(["Never", "2", "Often", "Very often"]) == ()
    assert reader(questions).remarks(["Never", "1", "2", "Very often"]) == ()


def test_a_code_that_the_file_calls_by_a_strange_name_is_said_to_be_so(questions: Framework) -> None:
    strange = reader(questions, labels={"1": "nie", "2": "oft"})
    assert strange.code("1") is None
    assert "it calls 1 'nie'" in strange.expected()


def test_underscores_are_spaces(questions: Framework) -> None:
    assert reader(questions).code("very_often") == 3


@pytest.mark.parametrize(
    ("cell", "code"), [("I don’t know", DK), ("Je ne sais pas.", DK), ("nsp", DK), ("Non concernée", NA)]
)
def test_usual_words_for_no_answer_are_read_and_told(cell: str, code: int, questions: Framework) -> None:
    read = reader(questions)
    assert read.code(cell) == code
    assert read.remarks([cell, "Often"]) == (f"{cell!r} is read as {'dk' if code == DK else 'na'}",)


def test_our_own_words_for_no_answer_are_not_told(questions: Framework) -> None:
    assert reader(questions).remarks(["Don’t know", "dk", "na"]) == ()


def test_a_text_of_millions_of_characters_is_no_label(questions: Framework) -> None:
    assert reader(questions).code("y" * 3_000_000) is None
