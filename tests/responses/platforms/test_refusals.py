import pytest

from readiness.faults import ResponseError
from tests.responses.platforms.rows import read, refusal


def test_a_summary_by_question_is_refused():
    said = refusal(
        "Team Survey|||\nQ1. How often?|||\nAnswer Choices|Response Percent|Responses|\nOften|40.0%|4|\n"
        "Never|60.0%|6|\n|Answered|10|\n|Skipped|0|"
    )
    assert "summary by question" in said
    assert "all individual responses" in said


def test_a_french_summary_is_refused():
    assert "summary" in refusal("Q1. Combien ?||\nChoix de réponses|Réponses|\nSouvent|40 %|4\nJamais|60 %|6")


def test_a_crosstab_is_refused():
    said = refusal(
        "Among 900 adults|||Gender||\n||Total|Male|Female|\nHow often?|Unweighted N|900|400|500|\n|Often|0.4|0.3|0.5|\n"
        "|Never|0.6|0.7|0.5|"
    )
    assert "crosstab" in said
    assert "one row a respondent" in said


@pytest.mark.parametrize("label", ["Row Labels", "Étiquettes de lignes", "Zeilenbeschriftungen"])
def test_a_pivot_table_is_refused(label):
    assert "pivot table" in refusal(f"{label}|Average of CUL11\nStores|3.5\nClaims|2.5")


def test_frequencies_are_refused():
    assert "frequencies" in refusal("Question|Answer|Count|Percentage\nHow often?|Often|4|40%")


@pytest.mark.parametrize(
    "header",
    ["type|name|label|hint", "type|name|label::English (en)|label::Français (fr)", "type|name|label|required"],
)
def test_an_xlsform_is_refused(header):
    said = refusal(f"{header}\nbegin_group|team|Team|\nselect_one often|CUL11|How often?|\nend_group|||")
    assert "structure of a form" in said
    assert "export the data" in said


def test_choices_and_settings_of_a_form_are_refused():
    assert "choices" in refusal("list_name|name|label\noften|1|Never")
    assert "settings" in refusal("form_title|form_id|version\nTeam|team|1")


def test_a_limesurvey_structure_and_its_participants_are_refused():
    assert "structure" in refusal("id|related_id|class|type/scale|name|relevance|text\n1||Q|L|Q1|1|How often?")
    assert "participants" in refusal("tid|firstname|lastname|email|emailstatus|token\n1|Ann|B|a@b.c|OK|xyz")


def test_statistics_by_question_are_refused():
    said = refusal("Field summary for Q1|||\nHow often?|||\nAnswer|Count|Percentage|\nOften (A1)|4|40.00%|")
    assert "statistics by question" in said


def test_a_header_alone_is_refused():
    assert "no responses" in refusal("respondent|CUL11")
    assert "no responses" in refusal("Respondent ID|Collector ID|How often?\n||Response")


@pytest.mark.parametrize(
    "text",
    [
        "respondent|type|name|label\nr1|manager|Ann|4\nr2|employee|Bob|3",
        "respondent|Total|CUL11\nr1|7|4\nr2|5|3",
        "unit|Base|Total\nStores|a|4\nClaims|b|3",
        "Question 1?|Answered|Count\nyes|often|3\nno|never|2",
        "variable|respondent|CUL11\nx|r1|4",
    ],
)
def test_responses_that_look_a_little_like_one_are_read(text):
    assert read(text).cells.height >= 1


def test_counts_of_options_are_refused():
    assert "how often each option was chosen" in refusal("Réponse|CUL11|CUL12\nJamais|3|4\nSouvent|4|2\nToujours|1|")


def test_figures_of_groups_are_refused():
    said = refusal("unit|N|CUL11|CUL12\nStores|5|3|2\nClaims|7|4|2")
    assert "figures of groups" in said


@pytest.mark.parametrize(
    "text",
    [
        "Response|CUL11|CUL12\n1|3|4\n2|4|2",  # numbers of responses
        "unit|N|CUL11|CUL12\nStores|5|3|2\nStores|7|4|2",  # a group has a line
        "unit|N|CUL11\nStores|5|Often\nClaims|7|Never",
        "respondent|N|CUL11\nann|5|3\nbob|7|2",
    ],
)
def test_responses_that_look_a_little_like_figures_are_read(text):
    assert read(text).cells.height == 2


def test_a_refused_sheet_of_several_says_how_to_name_another():
    told = ("s.xlsx: of its sheets 'Pivot' is read, which holds most, and not 'Data'; --sheet names another",)
    with pytest.raises(ResponseError, match="--sheet"):
        read("Row Labels|Average of CUL11\nStores|3.5\nClaims|2.5", remarks=told)
