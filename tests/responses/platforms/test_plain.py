import pytest

from tests.responses.platforms.rows import kinds, question, read, respondent


def test_a_canonical_table_is_plain_whatever_it_asks():
    export = read("respondent|unit|role|CUL11|CUL12\nr1|Stores|manager|4|Often\nr2|Claims|employee|dk|2")
    assert (export.platform, export.header_rows, export.cells.height, export.regular) == ("plain", 1, 2, True)
    assert kinds(export) == "rqqqq"
    assert question(export, 3) == ("CUL11", "", "", "")
    assert export.remarks == ()


def test_a_canonical_table_with_a_time_stamp_and_a_language_is_plain():
    export = read("respondent|Timestamp|language|CUL11\nr1|2026-01-02 10:00|en|4")
    assert (export.platform, kinds(export)) == ("plain", "raqq")


def test_a_single_word_may_be_a_name_or_words():
    export = read("respondent|Department|CUL11\nr1|Stores|4")
    assert question(export, 1) == ("Department", "Department", "", "")


def test_headings_in_words_are_texts_and_have_no_code():
    export = read("What is your unit?|<b>How often</b> do you<br>share?\nStores|Often")
    assert question(export, 1) == ("", "How often do you share?", "", "")
    assert export.columns[1].header == "<b>How often</b> do you<br>share?"


def test_the_line_of_a_grid_stands_in_brackets():
    export = read("How far do you trust … [My team]|How far do you trust … [My manager]\n4|2\n3|5")
    assert question(export, 1) == ("", "How far do you trust …", "My manager", "")


def test_an_id_that_repeats_names_no_respondent():
    export = read("id|CUL11\n1|4\n1|3\n2|2\n2|2")
    assert respondent(export) is None


def test_a_respondent_who_is_there_twice_is_still_the_respondent():
    assert respondent(read("respondent|CUL11\nr1|4\nr1|3")).header == "respondent"


def test_of_several_ids_the_one_that_names_every_row_is_taken():
    export = read("Participant|id|CUL11\np1|7|4\n|8|4\n|9|3")
    assert respondent(export).header == "id"


def test_rows_that_number_themselves_are_no_respondents():
    export = read("|Q1\n1|4\n2|3")
    assert (export.columns[0].kind, export.columns[0].about) == ("about", "the number of the row")


def test_blank_rows_are_left_out_and_the_others_keep_their_numbers():
    export = read("respondent|CUL11\nr1|4\n|\nr2|3")
    assert export.rows.to_list() == [2, 4]
    assert (export.regular, export.remarks) == (True, ())


def test_a_total_at_the_bottom_is_left_out_and_told():
    export = read("respondent|CUL11|CUL12\nr1|4|2\nr2|3|1\nTotal|7|3")
    assert export.cells.height == 2
    assert export.remarks == ("survey.csv: 1 row left out: sums at the bottom",)
    assert not export.regular


def test_an_answer_called_total_is_no_total():
    assert read("Trust|Why\nTotal|because\nNone|since").cells.height == 2


def test_a_header_said_again_is_left_out_and_told():
    export = read("respondent|CUL11\nr1|4\nrespondent|CUL11\nr2|3")
    assert export.rows.to_list() == [2, 4]
    assert "header" in export.remarks[0]


def test_a_title_above_the_header_is_left_out_and_told():
    export = read("Survey of March 2026||\n||\nrespondent|CUL11|CUL12\nr1|4|2")
    assert (export.header_rows, export.cells.height) == (3, 1)
    assert export.remarks == ("survey.csv: row 3 was taken for the header, what stands above it was left out",)


def test_names_and_addresses_of_persons_are_no_questions():
    assert kinds(read("Name|E-mail|CUL11\nAnn|a@b.example|4")) == "aaq"


def test_a_second_row_may_say_the_questions_in_words():
    export = read(
        "respondent|CUL11|CUL12|CUL21\n|How often do you share?|How long is it?|Who reads it?\n"
        "r1|4|2|Often\nr2|3|1|Never\nr3|1|1|Often\nr4|1|3|Never\nr5|2|2|Never"
    )
    assert (export.header_rows, export.cells.height) == (2, 5)
    assert question(export, 1) == ("CUL11", "How often do you share?", "", "")
    assert export.remarks == ("survey.csv: row 2 was taken for the questions in words",)


def test_a_first_answer_in_words_is_an_answer():
    export = read("respondent|CUL11|CUL12|CUL21\nr1|Very often|A little|Not at all\nr2|Very often|Not at all|A little")
    assert (export.header_rows, export.cells.height) == (1, 2)


def test_notes_below_the_table_are_no_responses():
    rows = "respondent|a|b|c|d|e\nr1|1|2|3|4|5\nr2|1|2|3|4|5\n|||||\nSource: human resources|||||\n1|Never||||"
    export = read(rows)
    assert export.cells.height == 2
    assert export.remarks == ("survey.csv: 2 rows left out: notes below the table",)


def test_a_response_of_a_cell_or_two_is_no_note():
    assert read("respondent|a|b|c|d|e\nr1|1|2|3|4|5\nr2|||||").cells.height == 2
    assert read("respondent|a|b|c|d|e\nr1|1|2|3|4|5\n|||||\nr2|1|2|3|4|5\n|||||\nr3|||||").cells.height == 3


def test_a_row_that_counts_the_columns_is_no_response():
    export = read("respondent|a|b|c|d|e\n1|2|3|4|5|6\nr1|1|2|3|4|5")
    assert export.cells.height == 1
    assert "the numbers of the columns" in export.remarks[0]


@pytest.mark.parametrize("name", ["Total", "Moyenne arrondie", "NB", "Maximum", "Écart-type", "TOTAL (n=14)", "Mean:"])
def test_sums_at_the_bottom_are_no_responses(name):
    export = read(f"respondent|unit|a|b\nr1|Stores|1|2\nr2|Claims|3|4\n{name}|Tous|3|4")
    assert export.cells.height == 2
    assert export.remarks == ("survey.csv: 1 row left out: sums at the bottom",)


def test_a_unit_that_begins_like_a_sum_is_a_response():
    assert read("unit|a|b\nMedia relations|1|2\nBase camp|3|4").cells.height == 2


def test_a_column_called_as_an_id_that_is_not_taken_for_one_is_told():
    export = read("Respondent ID|a\n1|4\n1|3\n1|2\n2|2\n2|1")
    assert respondent(export) is None
    assert "only 2 values stand in 5 rows" in export.remarks[0]


def test_respondents_of_whom_each_is_there_twice_are_respondents():
    assert respondent(read("Respondent ID|a\n1|4\n2|3\n1|4\n2|3")).header == "Respondent ID"


def test_a_row_that_names_blocks_of_columns_is_not_the_header():
    export = read("You|You|Team|Team|Team|Team\nrespondent|unit|q 1|q 2|q 3|q 4\nr1|Stores|1|2|3|4")
    assert [column.header for column in export.columns][:3] == ["respondent", "unit", "q 1"]
    assert "row 2 was taken for the header" in export.remarks[0]


def test_codes_below_questions_in_words_belong_to_the_heading():
    texts = "Who|Which unit|How often a|How often b|How often c|How often d"
    export = read(f"{texts}\nQ1|Q2|CUL11|CUL12|CUL21|CUL22\nr1|Stores|1|2|3|4\nr2|Claims|1|2|3|4")
    assert (export.header_rows, export.cells.height) == (2, 2)
    assert question(export, 2) == ("CUL11", "How often a", "", "")
    assert export.remarks == ("survey.csv: row 2 was taken for the codes of the questions",)


def test_answers_that_look_like_codes_are_answers():
    rows = "Who is it|How often a|How often b|c|d|e\nr1|A1|A2|A3|A4|A5\nr2|A1|A2|A3|A4|A5"
    assert read(rows).cells.height == 2


def test_a_row_that_calls_itself_a_test_is_kept_and_told():
    export = read("respondent|unit|a\nr1|Stores|1\nTEST |Claims|2")
    assert export.cells.height == 2
    assert "1 row called a test, and kept" in export.remarks[0]
