"""What the consultant says of a group stands on its page, and on no other."""

from __future__ import annotations

import json
from pathlib import Path

from readiness.analysis.against import against
from readiness.report.edition import Edition
from readiness.report.units.table import units_of
from readiness.report.units.writing import Run, write_units
from tests.report.building import HOSTILE
from tests.report.commentary.writing import commentary, result
from tests.report.units.making import KEYS, files

SAID = """
summary: Of the whole.
scenarios:
  scenario_0: {comment: Of everybody.}
groups:
  - of: {unit: Sales}
    comment: Of Sales.
    quotes: [{text: "Words from Sales."}]
    scenarios: {scenario_1: {override: {verdict: undetermined, reason: "Reason for Sales."}}}
  - {of: {unit: IT}, quotes: [{text: "Words of seven."}]}
  - {of: {role: executive}, comment: Of executives.}
actions:
  - {do: "Act in Sales", owner: Head of Sales, group: {unit: Sales}}
  - {do: "Act everywhere"}
"""


def pages(folder: Path, said: str) -> dict[str, str]:
    edition = Edition(commentary=commentary(folder, yaml=said))
    run = Run(result(), KEYS, units_of(result(), KEYS), "en", edition, folder / "units")
    write_units(run, lambda groups: against(result(), None, groups), lambda _done, _total: None)
    return {name.split("-")[0]: page.decode() for name, page in files(folder / "units").items()}


def test_each_page_has_what_is_said_of_its_own_group(tmp_path: Path) -> None:
    found = pages(tmp_path, SAID)
    own = ("Of Sales.", "Words from Sales.", "Reason for Sales.", "Act in Sales", "Head of Sales")
    assert all(words in found["sales"] for words in own)
    assert not any(words in found["it"] for words in own)
    others = ("Of the whole.", "Of everybody.", "Of executives.", "Act everywhere", "Words of seven.")
    assert not any(words in page for page in found.values() for words in others)


def test_a_scenario_with_another_verdict_is_told_though_nothing_speaks_for_it(tmp_path: Path) -> None:
    found = pages(tmp_path, SAID)
    assert 'id="scenario-scenario_1"' in found["sales"]
    assert "The consultant’s verdict: undetermined." in found["sales"]


def test_hostile_words_are_shown_as_typed(tmp_path: Path) -> None:
    comment = json.dumps(" ".join(HOSTILE[:6]))
    found = pages(tmp_path, f"groups:\n- {{of: {{unit: Sales}}, comment: {comment}}}\n")
    assert "<script>alert" not in found["sales"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in found["sales"]
