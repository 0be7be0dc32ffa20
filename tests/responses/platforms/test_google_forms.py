import pytest

from tests.responses.platforms.rows import kinds, question, read, respondent


@pytest.mark.parametrize(
    "stamp",
    ["Timestamp", "Horodateur", "Zeitstempel", "Marca temporal", "Carimbo de data/hora", "Informazioni cronologiche"],
)
def test_the_time_stamp_is_recognised_in_several_languages(stamp):
    export = read(f"{stamp}|How often do you share?\n4/22/2026 19:57:50|Often")
    assert (export.platform, kinds(export)) == ("google_forms", "aq")
    assert respondent(export) is None


def test_a_grid_has_its_rows_in_brackets():
    export = read("Horodateur|Confiance : [Mon équipe]|Confiance : [Ma direction]\n01/02/2026|4|2")
    assert question(export, 2) == ("", "Confiance :", "Ma direction", "")


def test_an_address_right_after_the_stamp_is_no_question_and_a_later_one_is():
    assert kinds(read("Timestamp|Email Address|Score|How are you?|Email\n1|a@b.c|2 / 3|well|x@y.z")) == "aaaqq"


def test_an_id_that_was_put_in_front_names_the_respondent():
    export = read("ID|Timestamp|[Q1] How old are you?\nP01|2026-01-01|35 - 44")
    assert (export.platform, kinds(export)) == ("google_forms", "raq")
    assert question(export, 2) == ("Q1", "How old are you?", "", "")


def test_a_heading_that_is_all_bracket_is_the_question():
    assert question(read("Timestamp|[optional]\nx|y z"), 1)[1] in ("[optional]", "optional")


def test_a_mark_behind_the_bracket_does_not_hide_the_row():
    export = read("Horodateur|Souvent ? [Mon équipe] *|Souvent ? [Mon service] (obligatoire)\n01/02/2026|4|2")
    assert question(export, 1)[2] == "Mon équipe"
    assert question(export, 2)[2] == "Mon service"


def test_a_title_above_is_no_row_of_questions():
    lines = ["Our survey of the spring|||", "Timestamp|How often is it? [A]|How often is it? [B]|Unit"]
    export = read("\n".join([*lines, "2026-01-02 03:04:05|Never|Often|U"]))
    assert export.platform != "limesurvey"
