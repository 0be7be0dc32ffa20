import pytest

from readiness.responses.platforms import understood
from tests.responses.platforms.rows import grid, kinds, question, read, respondent


@pytest.mark.parametrize(
    "own",
    [
        "ID|Start time|Completion time|Email|Name",
        "ID|Heure de début|Heure de fin|Adresse de messagerie|Nom",
        "Id|Startzeit|Fertigstellungszeit|E-Mail|Name",
        "Id|Hora de inicio|Hora de finalización|Correo electrónico|Nombre",
        "ID|Hora de início|Hora de conclusão|Email|Nome",
        "ID|Ora di inizio|Ora di completamento|Posta elettronica|Nome",
    ],
)
def test_the_first_columns_are_recognised_in_several_languages(own):
    export = read(f"{own}|How often?\n1|2026-03-01 10:00:00|2026-03-01 10:05:00|anonymous||Often")
    assert (export.platform, kinds(export)) == ("microsoft_forms", "raaaaq")
    assert export.columns[1].about == "time stamp"


def test_another_language_is_recognised_by_its_cells():
    export = read("ID|Alku|Loppu|Sähköposti|Nimi|Miksi?\n1|2026-03-01 10:00|2026-03-01 10:05|anonymous||Often")
    assert export.platform == "microsoft_forms"


def test_last_modification_and_points_are_no_questions():
    header = "ID|Heure de début|Heure de fin|Adresse de messagerie|Nom|Heure de la dernière modification|Unité"
    assert kinds(read(f"{header}\n1|a|b|anonymous|||Stores")) == "raaaaaq"
    header = "ID|Start time|Completion time|Email|Name|Total points|Quiz feedback|How?|Points - How?|Feedback - How?"
    assert kinds(read(f"{header}\n1|a|b|anonymous||3||x|1|")) == "raaaaaaqaa"


def test_a_question_about_a_name_stays_a_question():
    assert kinds(read("ID|Start time|Completion time|Email|Name|Unit|Name\n1|a|b|anonymous||Stores|Ann")) == "raaaaqq"


def test_titles_that_repeat_lose_their_number_and_others_keep_theirs():
    export = read("ID|Start time|Completion time|Email|Name|Father|Father2|Plan 2\n1|a|b|c||1|2|3")
    assert question(export, 6) == ("", "Father", "", "")
    assert export.columns[6].header == "Father2"
    assert question(export, 7) == ("", "Plan 2", "", "")


def test_line_breaks_and_hard_spaces_are_spaces_in_the_text():
    rows = [["ID", "Start time", "Completion time", "Email", "Name", "How\u00a0often\r\ndo you share?\n"]]
    export = understood(grid([*rows, ["1", "a", "b", "c", "", "x"]]))
    assert export.columns[5].text == "How often do you share?"
    assert export.columns[5].header == rows[0][5]


def test_the_id_counts_from_one_in_every_form():
    export = read("ID|Start time|Completion time|Email|Name|Q\n1|a|b|c||x")
    assert respondent(export).about == "a number that begins anew in every form"


def test_the_rows_of_a_likert_question_are_told_apart():
    header = "ID|Start time|Completion time|Email|Name|How often?.I ask|How often?.I share|Version 2.0"
    export = read(f"{header}\n1|2026-03-01 10:00|2026-03-01 10:05|a@b.c||Often|Never|x")
    assert [question(export, place)[1:3] for place in (5, 6)] == [("How often?", "I ask"), ("How often?", "I share")]
    assert question(export, 7)[1:3] == ("Version 2.0", "")
