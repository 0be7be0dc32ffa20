from tests.responses.platforms.rows import kinds, question, read, refusal, respondent

RAW = """
record_id|redcap_survey_identifier|culture_timestamp|cul11|uses___1|uses___chat|culture_complete
1||2026-03-06 15:52:43|4|1|0|2
2||[not completed]|||0|0
"""


def test_raw_names_are_recognised():
    export = read(RAW)
    assert (export.platform, kinds(export)) == ("redcap", "raaqqqa")
    assert question(export, 3) == ("cul11", "", "", "")
    assert question(export, 5) == ("uses___chat", "", "", "chat")


def test_labels_are_recognised():
    export = read(
        "Record ID|Event Name|Survey Timestamp|How often do you share?|Which do you use? (choice=Mail)|Complete?\n"
        "1|Baseline|2026|Often|Checked|Complete\n2|Baseline|2026|Never|Unchecked|Incomplete"
    )
    assert (export.platform, kinds(export)) == ("redcap", "raaqqa")
    assert question(export, 4) == ("", "Which do you use?", "", "Mail")


def test_the_first_field_names_the_record_whatever_it_is_called():
    export = read("participant|height|demographics_complete\nx1|1,54|2\nx2|1,84|0")
    assert (export.platform, respondent(export).header) == ("redcap", "participant")


def test_a_question_called_complete_is_no_state_of_a_form():
    assert read("respondent|is_complete\nr1|often\nr2|never").platform == "plain"


def test_rows_of_one_record_that_fill_different_fields_are_put_together():
    export = read("record_id|redcap_event_name|cul11|cul12|a_complete\n1|baseline|4||2\n1|later||3|2\n2|baseline|2||2")
    assert export.cells.height == 2
    assert export.cells.row(0)[2:4] == ("4", "3")
    assert "3 rows are those of 2 records" in export.remarks[0]
    assert export.rows.to_list() == [2, 4]


def test_a_record_that_answers_twice_is_two_responses_and_told():
    export = read("record_id|redcap_event_name|cul11|a_complete\n1|baseline|4|2\n1|later|3|2")
    assert export.cells["0"].to_list() == ["1 · baseline", "1 · later"]
    assert "export one event" in export.remarks[0]


def test_a_data_dictionary_is_refused():
    said = refusal("Variable / Field Name|Form Name|Section Header|Field Type|Field Label\nrecord_id|a||text|ID")
    assert "data dictionary" in said
    assert "export the records" in said
