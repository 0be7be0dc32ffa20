import pytest

from tests.responses.platforms.rows import kinds, question, read, refusal, respondent


def test_options_beside_the_joined_column_are_recognised_by_shape():
    export = read("name|needs|needs/vegan|needs/halal\na|vegan halal|1|1\nb|halal|0|1")
    assert (export.platform, kinds(export)) == ("kobo", "qaqq")
    assert question(export, 3) == ("needs", "needs", "", "halal")
    assert "each has a column of its own" in export.columns[1].about


def test_labels_and_groups_are_taken_apart():
    export = read(
        "start|Your team/How often do you share?|Your team/Which do you use?|Your team/Which do you use?/Mail"
        "|Your team/Which do you use?/Chat|_uuid|_submission_time|_index\n2026|Often|Mail|1|0|u1|2026|1"
    )
    assert (export.platform, kinds(export)) == ("kobo", "aqaqqraa")
    assert question(export, 1) == ("", "How often do you share?", "", "")
    assert question(export, 4) == ("", "Which do you use?", "", "Chat")


def test_names_in_groups_are_codes():
    export = read("culture/CUL11|culture/lived/CUL12|_id|_uuid|_submission_time\n4|2|9|u|x")
    assert question(export, 0) == ("CUL11", "", "", "")
    assert question(export, 1) == ("CUL12", "", "", "")
    assert respondent(export).header == "_uuid"


def test_a_slash_in_a_label_is_no_group():
    export = read("Is the lamp on/off?|Who and/or what?|_uuid|_index\nyes|a|u|1")
    assert [export.columns[place].text for place in (0, 1)] == ["Is the lamp on/off?", "Who and/or what?"]


def test_options_without_the_joined_column_are_options():
    export = read("needs/vegan|needs/halal|_uuid|_index\n1|0|u|1\n0|1|v|2")
    assert question(export, 0) == ("needs", "needs", "", "vegan")


def test_odk_central_is_a_relative():
    export = read("SubmissionDate|meta-instanceID|CUL11|KEY|SubmitterName\nx|uuid:1|4|uuid:1|Ann")
    assert (export.platform, kinds(export)) == ("kobo", "aaqra")


def test_the_table_of_a_repeated_group_is_refused():
    assert "repeated group" in refusal("name|_index|_parent_table_name|_parent_index\nx|1|main|1")


@pytest.mark.parametrize("ticked", ["True", "1", "Yes"])
def test_ticks_are_known(ticked):
    assert read(f"a|a/x|a/y\nx|{ticked}|0").platform == "kobo"
