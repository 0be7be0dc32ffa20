"""Values that look like one are proposed for merging, and stay apart."""

from __future__ import annotations

from readiness.framework.models import Framework
from readiness.responses.alike import MOST_COMPARED, alike, proposals
from readiness.responses.files import read_survey
from tests.responses.test_files import Write


def test_case_spaces_and_accents_alone_make_values_alike() -> None:
    assert alike(["Sales", "SALES", "Élevage", "elevage", "sa  les", "Sale"]) == (
        ("SALES", "Sales"),
        ("elevage", "Élevage"),
    )


def test_the_order_of_values_does_not_matter() -> None:
    values = ["b", "B", "a", "A "]
    assert alike(values) == alike(reversed(values))


def test_a_key_with_thousands_of_values_is_left_alone() -> None:
    assert alike([f"{n}" for n in range(MOST_COMPARED)] + ["x", "X"]) == ()


def test_a_proposal_names_the_values_and_where_to_merge_them() -> None:
    (told,) = proposals("unit", ["Sales", "SALES"])
    assert told.startswith("unit: 'SALES' and 'Sales' look like one; they are kept apart, merge them in a mapping")


def test_values_of_several_files_are_compared_and_not_merged(framework: Framework, write: Write) -> None:
    read = read_survey(framework, [write("a.csv", "unit,A1\nSales,1\n"), write("b.csv", "unit,A1\nsales ,1\n")])
    assert any("'Sales' and 'sales' look like one" in remark for remark in read.remarks)
    assert sorted(read.frame.collect()["unit"]) == ["Sales", "sales"]
