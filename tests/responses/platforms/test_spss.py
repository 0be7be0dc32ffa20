from tests.responses.platforms.rows import kinds, question, read, respondent


def test_names_labels_and_missing_values_come_from_the_file():
    export = read(
        "ID|CUL11|unit\nCode of the employee|How often do you <b>share</b>?|\n1|4|S\n2|9|C",
        format="spss",
        header_rows=2,
        labels={1: {"4": "Often", "9": "No answer"}},
        missing={1: frozenset({"9"})},
    )
    assert (export.platform, export.header_rows, kinds(export)) == ("spss", 2, "rqq")
    assert question(export, 1) == ("CUL11", "How often do you share?", "", "")
    assert export.columns[1].labels == {"4": "Often", "9": "No answer"}
    assert export.columns[1].missing == {"9"}


def test_stata_without_labels_of_variables():
    export = read("id|cul11\n|\n1|4", format="stata", header_rows=2)
    assert question(export, 1) == ("cul11", "", "", "")
    assert respondent(export).header == "id"


def test_a_line_of_a_grid_stands_before_after_or_behind_a_dash():
    export = read(
        "a_1|a_2|b|c\nHow far? - My team|How far? - My boss|[My team] How often?|How long? [My boss]\n1|2|3|4",
        format="spss",
        header_rows=2,
    )
    assert question(export, 1) == ("a_2", "How far?", "My boss", "")
    assert question(export, 2) == ("b", "How often?", "My team", "")
    assert question(export, 3) == ("c", "How long?", "My boss", "")


def test_a_variable_called_status_is_a_question():
    assert kinds(read("status|score\nMarital status|\n1|4", format="spss", header_rows=2)) == "qq"
