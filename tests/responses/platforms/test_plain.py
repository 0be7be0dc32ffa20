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
