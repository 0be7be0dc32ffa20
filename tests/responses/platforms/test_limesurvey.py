import pytest

from tests.responses.platforms.rows import kinds, question, read, respondent

CODES = """
id|submitdate|lastpage|startlanguage|seed|G01Q01|G01Q02[SQ001]|G01Q02[SQ002]|G01Q03[other]|G01Q03[comment]
1|2026-03-01 10:00:00|3|en|77|A4|A1|A2||
2||1|en|78|A2||A1|why|because
"""


def test_codes_are_recognised_and_a_sub_question_without_words_keeps_its_code():
    export = read(CODES)
    assert (export.platform, kinds(export)) == ("limesurvey", "raaaaqqqqq")
    assert question(export, 5) == ("G01Q01", "", "", "")
    assert question(export, 6) == ("G01Q02[SQ001]", "", "SQ001", "")
    assert export.columns[8].choice == "other"
    assert export.columns[9].row == "comment"


def test_a_response_that_was_not_submitted_stays_and_is_told():
    export = read(CODES)
    assert export.cells.height == 2
    assert "not submitted" in export.remarks[0]


@pytest.mark.parametrize(
    "own",
    [
        "Response ID|Date submitted|Last page|Start language|Seed",
        "ID de la réponse|Date de soumission|Dernière page|Langue de départ|Tête de série",
        "Antwort ID|Datum Abgeschickt|Letzte Seite|Start-Sprache|Zufallsstartwert",
        "ID de respuesta|Fecha de envío|Última página|Idioma inicial|Semilla",
        "ID da resposta|Data de envio|Última página|Língua inicial|Semente",
    ],
)
def test_full_texts_are_recognised_in_several_languages(own):
    export = read(
        f"{own}|How often do you share?|I trust … [My team]|I trust … [My boss]\n1|2026-03-01|3|en|7|Often|4|2"
    )
    assert (export.platform, kinds(export)) == ("limesurvey", "raaaaqqq")
    assert question(export, 6) == ("", "I trust …", "My team", "")
    assert respondent(export).about == "a number that begins anew in every survey"


@pytest.mark.parametrize("separator", [". ", ": ", " - "])
def test_codes_and_texts_are_taken_apart(separator):
    header = [f"id{separator}Response ID", f"submitdate{separator}Date submitted", f"CUL11{separator}How often?"]
    header += [f"Q2[SQ1]{separator}I trust … [My team]", f"Q2[SQ2]{separator}I trust … [My boss]"]
    export = read("|".join(header) + "\n1|2026-03-01|Often|4|2")
    assert (export.platform, kinds(export)) == ("limesurvey", "raqqq")
    assert question(export, 2) == ("CUL11", "How often?", "", "")
    assert question(export, 4) == ("Q2[SQ2]", "I trust …", "My boss", "")


def test_empty_brackets_and_an_empty_question_text():
    export = read(
        "socio1. In which country?|rse3[SQ001]. Who uses it? []|time[a]. [Teaching]|time[b]. [Research]\nFR|2|3|4"
    )
    assert question(export, 1) == ("rse3[SQ001]", "Who uses it?", "", "")
    assert question(export, 2) == ("time[a]", "", "Teaching", "")


def test_yes_and_no_may_be_an_option_or_a_statement():
    export = read("Response ID|Last page|Sources? [Radio]|Sources? [Web]\n1|2|Yes|No\n2|2|No|N/A")
    assert question(export, 2) == ("", "Sources?", "Radio", "Radio")


def test_ticks_beside_blanks_are_options():
    export = read("id|submitdate|lastpage|Q1[SQ001]|Q1[SQ002]\n1|x|2|Y|\n2|x|2||Y")
    assert question(export, 3) == ("Q1[SQ001]", "", "", "SQ001")


def test_what_was_not_shown_is_said_with_the_column():
    export = read("Response ID|Last page|How often?|Why? [Other]\n1|2|N/A|")
    assert "N/A" in export.columns[2].not_put
    assert question(export, 3) == ("", "Why?", "", "Other")


def test_codes_with_underscores_are_recognised():
    assert read("Q1_SQ001|Q1_SQ002|Q2\n1|2|3").platform == "limesurvey"


def test_spaces_that_became_underscores_are_spaces_again():
    export = read("Response_ID|Date_submitted|Last_page|How_often_do_you_share?\n1|2026|3|Often")
    assert (export.platform, kinds(export)) == ("limesurvey", "raaq")
    assert export.columns[3].text == "How often do you share?"


def test_a_file_of_the_whole_survey_has_texts_above_codes():
    export = read("Response ID|Date submitted|Last page|How often?\nid|submitdate|lastpage|CUL11\n1|2026|3|A1")
    assert (export.platform, export.header_rows) == ("limesurvey", 2)
    assert question(export, 3) == ("CUL11", "How often?", "", "")


def test_a_question_over_its_first_column_is_carried_over_its_block():
    export = read(
        "Wie häufig nutzen Sie …|||Welchen Hintergrund haben Sie?||\n"
        "Mail|Chat|Wiki|Technik|Recht|Sonstiges\n"
        "oft|nie|selten|Ja|Nein|Musik\nnie|nie|oft|Nein|Ja|"
    )
    assert (export.platform, export.header_rows, export.cells.height) == ("limesurvey", 2, 2)
    assert question(export, 2) == ("", "Wie häufig nutzen Sie …", "Wiki", "")
    assert question(export, 4) == ("", "Welchen Hintergrund haben Sie?", "Recht", "Recht")
    assert export.columns[1].header == "Chat"


def test_times_are_no_questions():
    export = read("id|submitdate|lastpage|Q1|interviewtime|groupTime12|Q1Time\n1|x|2|4|99|50|30")
    assert kinds(export) == "raaqaaa"


def test_a_question_called_as_an_own_column_is_a_question():
    export = read("id. Response ID|lastpage. Last page|CUL11. How often?|CUL12. Status\n1|2|Often|new")
    assert kinds(export) == "raqq"
