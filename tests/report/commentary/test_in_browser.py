"""A page with a commentary in a real browser: readable for everyone, nothing cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from readiness.report.edition import Edition
from readiness.report.html import render_html
from tests.report.building import LONG_UNITS
from tests.report.commentary.writing import commentary, result
from tests.report.conftest import Open
from tests.report.test_pages import CUT, OVERFLOWING, OVERLAPPING, WAYS, faults_of

pytestmark = pytest.mark.browser
YAML = f"""
summary: "Two things stand out.\\n\\n- {"a" * 120}\\n- the other, in a longer sentence that goes on for a while"
sections: {{brief: Look here., groups: And here., gaps: And there.}}
scenarios:
  scenario_1:
    override: {{verdict: undetermined, reason: We looked.}}
    quotes: [{{text: Nobody asked us., by: an employee}}, {{text: It takes long., source: interview}}]
groups:
  - of: {{unit: Sales}}
    comment: A new head.
    scenarios: {{scenario_1: {{override: {{verdict: undetermined, reason: {LONG_UNITS[0]}}}}}}}
actions:
  - {{do: {LONG_UNITS[1]}, owner: {LONG_UNITS[2]}, by: 2026-09-30, scenario: scenario_1, group: {{unit: Sales}}}}
  - {{do: Ask again, status: done}}
"""


@pytest.mark.parametrize(("width", "scheme", "media"), WAYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_is_shut_out_and_nothing_is_cut(
    opened: Open, tmp_path: Path, language: str, width: int, scheme: str, media: str
) -> None:
    html = render_html(result(), language, Edition(commentary=commentary(tmp_path, yaml=YAML)))
    with opened(html, width, scheme, media) as seen:
        assert faults_of(Axe().run(seen.page).response) == []
        for fault in (OVERFLOWING, CUT, OVERLAPPING):
            assert seen.page.evaluate(fault) == []
        assert (seen.requests, seen.messages) == ([], [])


def test_a_plan_is_sorted_by_day_and_not_by_what_the_day_is_called(opened: Open, tmp_path: Path) -> None:
    days = ("2026-04-15", "2026-09-02", "2027-01-30")
    plan = "actions:\n" + "".join(f"  - {{do: on {day}, by: {day}}}\n" for day in days)
    html = render_html(result(), "fr", Edition(commentary=commentary(tmp_path, yaml=plan)))
    with opened(html) as seen:
        seen.page.locator("#actions thead button").first.click()
        assert seen.page.locator("#actions tbody th").all_inner_texts() == [f"on {day}" for day in reversed(days)]
