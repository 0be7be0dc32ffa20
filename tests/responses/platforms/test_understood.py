import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.faults import ResponseError, UsageError
from readiness.responses.platforms import PLATFORMS, understood
from tests.responses.platforms.rows import grid, read

WORDS = """
1|2|Yes|No|N/A|Total|Response|Timestamp|id|ID|ResponseId|Q1[SQ001]|V1|#|RespondentID|a/b|a|a/c|_uuid|x_complete|x___1|item
answer|Which? [a]|{'ImportId':'QID1'}|Network ID|Submit Date (UTC)|Start time|Completion time|redcap_event_name|[|]
Respondent ID|Collector ID|respondent|Why is it so?||
"""
CELLS = st.sampled_from(WORDS.replace("\n", "|").split("|"))


@pytest.mark.parametrize("name", PLATFORMS)
def test_every_platform_has_a_title(name):
    assert PLATFORMS[name].TITLE


def test_an_unknown_platform_is_a_fault_that_names_the_nearest():
    with pytest.raises(UsageError, match="limesurvey"):
        read("respondent|CUL11\nr1|4", "lime_survey")


def test_a_platform_may_be_forced():
    assert read("Timestamp|How often?\nx|4").platform == "google_forms"
    assert read("Timestamp|How often?\nx|4", "plain").platform == "plain"


def test_an_empty_grid_is_refused():
    with pytest.raises(ResponseError, match="empty"):
        understood(grid([]))


@settings(max_examples=150)
@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=6),
    st.sampled_from([None, *PLATFORMS]),
)
def test_whatever_stands_in_a_grid_it_is_read_or_refused(rows, platform):
    try:
        export = understood(grid(rows), platform)
    except ResponseError:
        return
    assert [column.place for column in export.columns] == list(range(export.cells.width))
    assert export.cells.columns == [str(place) for place in range(export.cells.width)]
    assert export.cells.height == len(export.rows) > 0
    assert all(remark.startswith(f"{export.file}: ") for remark in export.remarks)
    assert sum(column.kind == "respondent" for column in export.columns) <= 1


def test_a_statistics_file_called_by_ids_is_no_plain_table():
    file = grid([["respondent", "CUL11"], ["", "How often?"], ["r1", "4"]], format="spss", header_rows=2)
    assert understood(file, ids={"respondent", "cul11"}).platform == "spss"
