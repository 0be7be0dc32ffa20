import pytest

from readiness.responses.platforms import understood
from tests.responses.platforms.rows import grid, kinds, question, read, respondent

OWN = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate", "ResponseId"]
OWN += ["DistributionChannel", "UserLanguage"]
GIVEN = ("a", "b", "IP Address", "ip", "100", "True", "c", "", "email", "EN")


def export_of(questions, responses, *, imported=True):
    """questions: name, text and import id. responses: answers, and perhaps what stands in columns of Qualtrics' own."""
    names, texts, ids = zip(*questions, strict=True)
    rows = [[*OWN, *names], [*(f"{name} in words" for name in OWN), *texts]]
    rows += [[f'{{"ImportId":"{name}"}}' for name in (*OWN[:7], "_recordId", *OWN[8:], *ids)]] if imported else []
    for n, (answers, changed) in enumerate(responses):
        given = dict(zip(OWN, GIVEN, strict=True)) | {"ResponseId": f"R_2YPOQ602ER1jk{n:02d}"} | changed
        rows.append([*given.values(), *answers])
    return understood(grid(rows))


TRUST = [
    ("CUL11", "How often do you\nshare? - Selected Choice", "QID1"),
    ("CUL11_4_TEXT", "How often do you\nshare? - Other - Text", "QID1_4_TEXT"),
    ("Q2_1", "How far do you trust … - My team", "QID2_1"),
    ("Q2_2", "How far do you trust … - My boss", "QID2_2"),
    ("Q3_1", "Which do you use? - Mail", "QID3_1"),
    ("Q3_2", "Which do you use? - Chat - or calls", "QID3_2"),
]
ANSWERS = [["Often", "", "4", "2", "Mail", ""], ["", "daily", "1", "2", "Mail", "Chat - or calls"]]


def test_three_header_rows_are_recognised():
    export = export_of(TRUST, [(answers, {}) for answers in ANSWERS])
    assert (export.platform, export.header_rows, export.cells.height) == ("qualtrics", 3, 2)
    assert kinds(export) == "aaaaaaaraa" + "q" * 6
    assert respondent(export).header == "ResponseId"


def test_question_row_and_option_are_taken_apart():
    export = export_of(TRUST, [(answers, {}) for answers in ANSWERS])
    assert question(export, 10) == ("CUL11", "How often do you share?", "", "")
    assert question(export, 11) == ("CUL11_4_TEXT", "How often do you share?", "", "Other")
    assert question(export, 13) == ("Q2_2", "How far do you trust …", "My boss", "")
    assert question(export, 15) == ("Q3_2", "Which do you use?", "", "Chat - or calls")


def test_a_workbook_without_import_ids_has_two_header_rows():
    export = export_of(TRUST, [(answers, {}) for answers in ANSWERS], imported=False)
    assert (export.platform, export.header_rows, export.cells.height) == ("qualtrics", 2, 2)
    assert question(export, 13) == ("Q2_2", "How far do you trust …", "My boss", "")


def test_names_alone_are_one_header_row():
    export = read("StartDate|EndDate|Finished|ResponseId|CUL11\na|b|1|R_2YPOQ602ER1jkf1|4")
    assert (export.platform, export.header_rows, kinds(export)) == ("qualtrics", 1, "aaarq")
    assert export.columns[4].code == "CUL11"


def test_a_python_repr_of_import_ids_is_known():
    export = read(
        "ResponseID|StartDate|Status|Q1\nResponseID|StartDate|Status|How often?\n"
        "{'ImportId': 'responseId'}|{'ImportId': 'startDate'}|{'ImportId': 'status'}|{'ImportId': 'QID1'}\n"
        "R_abcdefgh|x|0|4"
    )
    assert (export.platform, export.header_rows, kinds(export)) == ("qualtrics", 3, "raaq")


def test_the_legacy_form_has_numbers_for_names_and_an_empty_last_column():
    export = read(
        "V1|V2|V3|V8|Q1|Q2_1|Q2_2|\nResponseID|ResponseSet|Name|StartDate|How often?|Trust-My team|Trust-My boss|\n"
        "R_abcdefgh|Default|Ann|x|1|-1|2|"
    )
    assert (export.platform, export.header_rows, kinds(export)) == ("qualtrics", 2, "raaaqqqa")
    assert question(export, 6) == ("Q2_2", "Trust", "My boss", "")
    assert export.columns[7].about == "an empty column"


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("Status", "Survey Preview"),
        ("Status", "1"),
        ("Status", "Umfragevorschau"),
        ("DistributionChannel", "preview"),
    ],
)
def test_previews_are_left_out_and_told(column, said):
    export = export_of(TRUST, [(ANSWERS[0], {}), (ANSWERS[1], {column: said})])
    assert (export.cells.height, export.regular) == (1, False)
    assert "preview" in export.remarks[0]
    assert export.rows.to_list() == [4]


def test_generated_tests_stay_where_there_is_nothing_else():
    export = export_of(TRUST, [(answers, {"Status": "2"}) for answers in ANSWERS])
    assert export.cells.height == 2
    assert "kept" in export.remarks[0]


def test_what_was_not_finished_or_may_be_spam_stays_and_is_told():
    export = export_of(TRUST, [(ANSWERS[0], {"Finished": "False"}), (ANSWERS[1], {"Status": "Spam"})])
    assert export.cells.height == 2
    assert any("spam" in remark for remark in export.remarks)
    assert any("not finished" in remark for remark in export.remarks)


def test_a_grid_with_several_options_a_line_has_both():
    lines = [
        (f"Q5_{n}_{m}", f"When? - {line} - {year}", f"QID5_{n}_{m}")
        for n, line in enumerate(("Walked", "Ran"), 1)
        for m, year in enumerate(("2024", "2025"), 1)
    ]
    export = export_of(lines, [(["1", "", "", "1"], {})])
    assert question(export, 13) == ("Q5_2_2", "When?", "Ran", "2025")


def test_a_question_called_as_an_own_column_is_a_question():
    export = export_of([("Status", "What is your status?", "QID9")], [(["new"], {})])
    assert kinds(export)[-1] == "q"
