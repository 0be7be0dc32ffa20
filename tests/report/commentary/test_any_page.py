"""Whatever stands in a page, it is read or its faults are told; and what is read survives being told."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import CommentaryError
from readiness.report.edition import Edition
from readiness.report.view import view
from tests.report.commentary.writing import judged, result

FRAGMENTS = (
    *(
        "# a",
        "## summary",
        "## section gaps",
        "## scenario scenario_1",
        "### scenario scenario_0",
        "## group unit=Sales",
    ),
    *("## group unit=IT, role=", "### verdict ruled out", "#### verdict", "## actions", "> words", "> — a manager"),
    *(">", "> — (interview)", "| do | by |", "|---|---|", "| a | 2027-02-30 |", "| b \\| c |", "||", "- a", "", "text"),
    *("##", "###### group", "## verdict present", "## group =", "\ufeff", "\x00", "\u2028"),
)
KEYS = ("summary", "sections", "scenarios", "groups", "actions", "gaps", "scenario_1", "comment", "override", "verdict")
MORE = ("reason", "quotes", "text", "by", "of", "unit", "do", "owner", "scenario", "group", "status", "en", "source")
VALUES = st.sampled_from(("", "~", "a", "Sales", "present", "2027-03-31", "2027", "true", "open", "interview", '"é"'))
NESTED = st.recursive(
    VALUES,
    lambda part: st.one_of(
        st.lists(part, max_size=3).map(lambda parts: f"[{', '.join(parts)}]"),
        st.dictionaries(st.sampled_from(KEYS + MORE), part, max_size=4).map(
            lambda entries: f"{{{', '.join(f'{key}: {value}' for key, value in entries.items())}}}"
        ),
    ),
    max_leaves=12,
)


def told_or_refused(**pages: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        try:
            found = judged(Path(folder), **pages)
        except CommentaryError as error:
            assert all(fault.file and fault.what for fault in error.faults)
            return
    for language in ("en", "fr"):
        told = view(result(), language, Edition(commentary=found.commentary)).commentary
        assert told.n_withheld <= len(found.commentary.quotes)
        assert len(told.actions) <= len(found.commentary.actions)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=12), st.lists(st.sampled_from(FRAGMENTS), max_size=4))
def test_any_page_without_yaml(lines: list[str], french: list[str]) -> None:
    told_or_refused(md="\n".join(lines), fr="\n".join(french))


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    told_or_refused(md=text.encode("utf-8", "replace").decode())


@given(st.dictionaries(st.sampled_from(KEYS[:5]), NESTED, min_size=1))
def test_any_yaml(entries: dict[str, str]) -> None:
    told_or_refused(yaml="\n".join(f"{key}: {value}" for key, value in entries.items()))
