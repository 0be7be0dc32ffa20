"""Names of files are safe on every system, whatever groups are called."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from readiness.report.units.naming import file_name
from tests.report.building import HOSTILE

AWKWARD = (
    "../x",
    "CON",
    "nul.",
    "🙂",
    "a" * 300,
    "",
    " ",
    "Sales\n",
    "\ud800",
    "..",
    "C:\\x",
    "İstanbul",
    "ﬁ",
    *HOSTILE,
)
anything = st.text(max_size=400) | st.sampled_from(AWKWARD)


@given(anything)
@example("CON")
@example("../x")
@example("a" * 300)
def test_a_name_is_one_that_every_system_takes(value: str) -> None:
    name = file_name({"unit": value})
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{12}\.html", name)
    assert len(name) <= 64
    assert name == file_name({"unit": value})


@given(st.lists(st.none() | anything, unique=True, min_size=2, max_size=6))
def test_no_two_groups_share_a_file(values: list[str | None]) -> None:
    names = [file_name({"unit": value}) for value in values]
    assert len({name.casefold() for name in names}) == len(values)


def test_groups_that_differ_by_case_or_far_behind_have_files_of_their_own() -> None:
    alike = ["Sales", "sales", "SALES", "x" * 300, "x" * 299 + "y", None, "", "None"]
    assert len({file_name({"unit": value}) for value in alike}) == len(alike)


def test_a_name_keeps_what_is_legible_of_the_group() -> None:
    assert file_name({"unit": "Qualité & Sécurité (Île-de-France)"}).startswith("qualite-securite-ile-de-france-")
    assert file_name({"unit": "Sales", "role": "manager"}).startswith("sales-manager-")
    assert file_name({"unit": "経理"}).startswith("group-")
