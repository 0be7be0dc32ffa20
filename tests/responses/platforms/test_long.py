from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.platforms import understood
from tests.responses.platforms.rows import grid, kinds, question, read, refusal


def test_answers_in_rows_become_a_row_a_respondent():
    export = read(
        "respondent|unit|item|answer\nr1|Stores|CUL11|4\nr1|Stores|CUL12|2\nr2|Claims|CUL11|3\nr2|Claims|CUL12|"
    )
    assert (export.platform, kinds(export)) == ("long", "rqqq")
    assert [column.header for column in export.columns] == ["respondent", "unit", "CUL11", "CUL12"]
    assert export.cells.rows() == [("r1", "Stores", "4", "2"), ("r2", "Claims", "3", None)]
    assert export.rows.to_list() == [2, 4]
    assert not export.regular


def test_french_names_and_the_order_of_items_are_known():
    export = read("Répondant|Question|Réponse\nr1|CUL11|4\nr2|CUL11|3\nr1|CUL12|2\nr2|CUL12|1")
    assert export.cells.rows() == [("r1", "4", "2"), ("r2", "3", "1")]


def test_items_in_words_are_texts():
    export = read("person|question|answer\na|How often?|4\na|How long?|3\nb|How often?|1\nb|How long?|1")
    assert question(export, 1) == ("", "How often?", "", "")


def test_an_item_answered_twice_and_differently_is_told_and_unreadable():
    export = read("respondent|item|answer\nr1|CUL11|4\nr1|CUL11|2\nr2|CUL11|3\nr2|CUL12|3")
    assert export.cells["1"].to_list() == ["2 ≠ 4", "3"]
    assert any("several ways" in remark and "row 2" in remark for remark in export.remarks)


def test_an_item_answered_twice_and_alike_is_answered_once():
    export = read("respondent|item|answer\nr1|CUL11|4\nr1|CUL11|4\nr2|CUL11|3\nr2|CUL12|3")
    assert export.cells["1"].to_list() == ["4", "3"]


def test_what_changes_within_a_respondent_is_left_out_and_told():
    export = read("respondent|item|answer|at\nr1|CUL11|4|10:00\nr1|CUL12|2|10:01\nr2|CUL11|1|10:02\nr2|CUL12|1|10:02")
    assert [column.header for column in export.columns] == ["respondent", "CUL11", "CUL12"]
    assert any("'at' changes within a respondent" in remark for remark in export.remarks)


def test_a_row_that_says_nobody_is_a_fault():
    assert "whose answer" in refusal("respondent|item|answer\nr1|CUL11|4\nr1|CUL12|3\n|CUL11|4\nr2|CUL11|1")


def test_a_wide_table_with_such_names_is_no_long_one():
    assert read("respondent|item|answer\nr1|CUL11|4\nr2|CUL12|2").platform == "plain"


def test_three_columns_may_be_forced():
    export = read("a|b|c\nx|CUL11|4\nx|CUL12|2\ny|CUL11|3\ny|CUL12|1", "long")
    assert export.cells.rows() == [("x", "4", "2"), ("y", "3", "1")]


def test_what_cannot_be_long_is_refused_when_forced():
    assert "not the long format" in refusal("a|b\n1|2", "long")


@given(
    st.dictionaries(st.tuples(st.sampled_from("pqrs"), st.sampled_from("ABC")), st.sampled_from("12345"), min_size=1)
)
def test_no_answer_is_lost_or_moved(answers):
    rows = [["respondent", "item", "answer"], *([who, item, said] for (who, item), said in answers.items())]
    export = understood(grid(rows), "long")
    found = {
        (row[0], export.columns[place].header): row[place]
        for row in export.cells.iter_rows()
        for place in range(1, len(row))
        if row[place] is not None
    }
    assert found == answers


def test_items_may_be_called_as_anything():
    export = read("respondent|item|answer\na|0|4\na|row|3\nb|0|1\nb|who|1")
    assert export.cells.rows() == [("a", "4", "3", None), ("b", "1", None, "1")]


def test_an_id_and_words_of_an_item_stand_together():
    export = read(
        "respondent|item|question|answer\na|CUL11|How often?|4\na|CUL12|How long?|3\n"
        "b|CUL11|How often?|1\nb|CUL12|How long?|1"
    )
    assert question(export, 1) == ("CUL11", "How often?", "", "")
