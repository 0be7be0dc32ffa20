from tests.responses.platforms.rows import kinds, question, read, respondent

NOW = """
#|How are <strong>you</strong>?|Mail|Chat|Other|Response Type|Stage Date (UTC)|Submit Date (UTC)|Network ID|Tags|Ending
a1|well|Mail|||completed|2026-01-01|2026-01-01|n1||default
a2|so|Mail|Chat|phone|partial|2026-01-01||n2||
"""


def test_the_last_columns_are_recognised_and_the_token_names_the_respondent():
    export = read(NOW)
    assert (export.platform, kinds(export)) == ("typeform", "rqqqqaaaaaa")
    assert respondent(export).header == "#"


def test_markup_leaves_the_text_and_stays_in_the_header():
    column = read(NOW).columns[1]
    assert (column.text, column.header) == ("How are you?", "How are <strong>you</strong>?")


def test_an_option_is_a_column_that_holds_its_own_heading():
    export = read(NOW)
    assert [question(export, place)[3] for place in (2, 3, 4)] == ["Mail", "Chat", "Other"]


def test_a_response_that_was_not_finished_stays_and_is_told():
    export = read(NOW)
    assert export.cells.height == 2
    assert "not finished" in export.remarks[0]
    assert not export.regular


def test_older_files_end_in_three_columns():
    export = read("#|*Why* do you share?|Start Date (UTC)|Submit Date (UTC)|Network ID\nx1|I like it|a|b|c")
    assert (export.platform, export.regular) == ("typeform", True)
    assert export.columns[1].text == "Why do you share?"
