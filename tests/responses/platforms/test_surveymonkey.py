import pytest

from tests.responses.platforms.rows import kinds, question, read, respondent

EXPANDED = """
Respondent ID|Collector ID|Start Date|IP Address|Email Address|First Name|How often?|Which do you use?||||Trust …||Why?
||||||Response|Mail|Chat|Other (please specify)||My team|My boss|Open-Ended Response
11|7|01/02/2026|1.2.3.4|||Often|Mail||||A lot|A little|since
12|7|01/02/2026|1.2.3.5|||Never|Mail|Chat|phone||A little|A lot|
"""


def test_two_header_rows_are_told_apart():
    export = read(EXPANDED)
    assert (export.platform, export.header_rows, export.cells.height) == ("surveymonkey", 2, 2)
    assert kinds(export) == "raaaaaqqqqaqqq"


def test_options_and_lines_of_a_grid_are_told_apart_by_their_cells():
    export = read(EXPANDED)
    assert question(export, 6) == ("", "How often?", "", "")
    assert question(export, 8) == ("", "Which do you use?", "", "Chat")
    assert question(export, 9) == ("", "Which do you use?", "", "Other (please specify)")
    assert question(export, 12) == ("", "Trust …", "My boss", "")
    assert question(export, 13) == ("", "Why?", "", "")


def test_options_in_numbers_are_ticked_with_their_own_number():
    export = read("Respondent ID|Collector ID|Which do you use?||\n||Mail|Chat|Wiki\n1|7|1|2|\n2|7|||3\n3|7|1||3")
    assert question(export, 3) == ("", "Which do you use?", "", "Chat")


def test_an_open_field_beside_a_response_is_no_answer_to_the_question():
    export = read(
        "Respondent ID|Collector ID|Did they reach out?|\n||Response|Other (please specify)\n1|7|No|\n2|7||mail"
    )
    assert question(export, 2) == ("", "Did they reach out?", "", "")
    assert question(export, 3) == ("", "Did they reach out?", "", "Other (please specify)")


def test_condensed_columns_have_one_header_row_and_a_blank_one():
    export = read("Respondent ID|Collector ID|How often?|Which?\n|||\n1|7|4|Mail, Chat")
    assert (export.platform, export.header_rows, export.cells.height) == ("surveymonkey", 1, 1)


def test_without_ids_the_second_row_tells():
    export = read("How often?|Which do you use?||\nResponse|Mail|Chat|Other:\nOften|Mail||\nNever||Chat|x")
    assert (export.platform, export.header_rows, respondent(export)) == ("surveymonkey", 2, None)


@pytest.mark.parametrize("answer", ["Réponse", "Antwort", "Respuesta", "Resposta", "Réponse ouverte"])
def test_the_second_row_is_known_in_several_languages(answer):
    assert read(f"Une question ?|Une autre ?\n{answer}|{answer}\na|b").platform == "surveymonkey"


def test_blank_ids_are_no_ids():
    export = read("Respondent ID|Collector ID|How often?\n||Response\n||Often\n||Never")
    assert respondent(export) is None


def test_leading_blank_columns_are_said_to_be_empty():
    export = read("||Which do you use?|||How far?\n||Mail|Chat|Wiki|Response\n||Mail|||4\n|||Chat|Wiki|5")
    assert [column.about for column in export.columns[:2]] == ["an empty column"] * 2
    assert export.columns[3].choice == "Chat"


def test_answers_that_happen_to_be_called_response_are_answers():
    assert read("respondent|CUL11\nr1|Response\nr2|other").platform == "plain"
