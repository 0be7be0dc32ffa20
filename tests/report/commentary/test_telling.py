"""What a commentary becomes in a report: beside the figures, in the reader's language, no quote of too few people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readiness.report.commentary.records import Commentary
from readiness.report.commentary.told import Told
from readiness.report.edition import Edition
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.view import view
from tests.report.building import HOSTILE
from tests.report.commentary.writing import Attributes, commentary, judged, result
from tests.report.reading import Page
from tests.report.test_markdown import inlines, text_of

OVERRIDE = "scenarios:\n  scenario_1:\n    override: {{verdict: {}, reason: We looked.}}\n"


def told(found: Commentary, language: str = "en") -> Told:
    return view(result(), language, Edition(commentary=found)).commentary


def quotes(found: Told) -> list[str]:
    remarks = [one for some in (*found.scenarios.values(), *found.groups.values()) for one in some]
    return [quote.text[0].parts[0] for one in remarks for quote in one.quotes]


def test_a_quote_is_shown_only_where_enough_people_stand_behind_it(tmp_path: Path) -> None:
    yaml = """
scenarios:
  scenario_0: {quotes: [{text: of 40}]}
groups:
  - {of: {unit: Sales}, quotes: [{text: of 30}]}
  - {of: {unit: IT}, quotes: [{text: of 7}, {text: of 7 in an interview, source: interview}]}
  - of: {role: executive}
    scenarios: {scenario_1: {quotes: [{text: of 12}]}}
  - {of: {source: interview}, quotes: [{text: of 2 interviewed}]}
"""
    found = judged(tmp_path, yaml=yaml)
    shown = told(found.commentary)
    assert sorted(quotes(shown)) == ["of 12", "of 2 interviewed", "of 30", "of 40", "of 7 in an interview"]
    assert (shown.n_withheld, shown.withheld.text, shown.from_interviews) == (1, "1", 2)
    (note,) = found.notes
    assert (note.line, note.what) == (6, "a quote is withheld: fewer than 10 people stand behind group unit=IT")
    for render in (render_html, render_markdown):
        page = render(result(), "en", Edition(commentary=found.commentary))
        assert "of 7 in an interview" in page
        assert "of 7<" not in page
        assert "> of 7\n" not in page
        assert "1 quote is withheld" in page


def test_an_override_stands_beside_the_computed_verdict_and_changes_no_figure(tmp_path: Path) -> None:
    found = commentary(tmp_path, yaml=OVERRIDE.format("ruled out"))
    plain, edited = (view(result(), "en", edition) for edition in (Edition(), Edition(commentary=found)))
    assert (plain.brief, plain.families, plain.tables) == (edited.brief, edited.families, edited.tables)
    (remark,) = edited.commentary.scenarios["scenario_1"]
    assert remark.override is not None
    assert (remark.override.verdict, remark.override.computed) == ("ruled out", "present")
    html = render_html(result(), "en", Edition(commentary=found))
    assert "The consultant’s verdict: ruled out. Computed: present." in html
    named = Attributes(html)
    # in brief twice, in its own entry, in a matrix for each of two tables, on the way out
    assert named.href.count("#override-overall-scenario_1") == 6
    assert named.id.count("override-overall-scenario_1") == 1
    before, after = (Page(render_html(result(), "en", edition)).figures for edition in (Edition(), edited.edition))
    assert before == after


def test_an_override_that_no_longer_differs_is_told_and_not_marked(tmp_path: Path) -> None:
    found = judged(tmp_path, yaml=OVERRIDE.format("present"))
    (note,) = found.notes
    assert (note.line, "no longer differs" in note.what) == (3, True)
    assert not told(found.commentary).overrides
    page = render_markdown(result(), "en", Edition(commentary=found.commentary))
    assert "The consultant’s verdict, which was computed too: present." in page
    assert "We looked." in page


def test_texts_are_in_the_readers_language_or_say_in_which_they_are(tmp_path: Path) -> None:
    found = commentary(tmp_path, yaml="summary: {en: Hello., fr: Bonjour.}\nsections: {gaps: {fr: Ici.}}\n")
    assert told(found, "fr").summary[0].parts == ("Bonjour.",)
    assert told(found, "en").summary[0].parts == ("Hello.",)
    assert re.search(r'<span lang="?fr"?>Ici.</span>', render_html(result(), "en", Edition(commentary=found)))


def test_quotes_and_plan_of_a_french_page_take_the_place_of_the_others(tmp_path: Path) -> None:
    page = "## scenario scenario_0\n> {}\n\n## actions\n| do |\n|---|\n| {} |\n"
    yaml = "scenarios: {scenario_0: {quotes: [{text: for all}]}}\n"
    found = commentary(tmp_path, yaml=yaml, md=page.format("words", "act"), fr=page.format("mots", "agir"))
    assert quotes(told(found, "en")) == ["for all", "words"]
    assert quotes(told(found, "fr")) == ["for all", "mots"]
    assert [action.do for action in told(found, "fr").actions] == ["agir"]
    (tmp_path / "commentary.md").unlink()
    assert quotes(told(commentary(tmp_path), "en")) == ["for all", "mots"]  # better than nothing


def test_the_plan_goes_by_date_and_what_has_none_comes_last(tmp_path: Path) -> None:
    yaml = """
actions:
  - {do: a}
  - {do: b, by: 2027-03-31, group: {unit: Sales}, scenario: scenario_1}
  - {do: c, by: 2026-12-01, status: done, group: {source: interview}}
"""
    shown = told(commentary(tmp_path, yaml=yaml), "fr").actions
    assert [(action.do, action.by, action.state) for action in shown] == [
        ("c", "1 décembre 2026", "fait"),
        ("b", "31 mars 2027", "à faire"),
        ("a", "", "à faire"),
    ]
    page = Attributes(render_html(result(), "en", Edition(commentary=commentary(tmp_path))))
    assert {"#groups-unit", "#scenario-scenario_1", "#interviews", "#actions"} <= set(page.href)
    assert {link[1:] for link in page.href if link.startswith("#")} <= set(page.id)


def test_everything_stands_where_it_belongs(tmp_path: Path) -> None:
    yaml = """
summary: S-summary
sections: {gaps: S-gaps, brief: S-brief}
scenarios: {scenario_1: S-scenario}
groups:
  - {of: {unit: Sales}, comment: S-sales}
  - {of: {role: executive}, comment: S-role}
  - {of: {source: interview}, comment: S-interview}
"""
    edition = Edition(commentary=commentary(tmp_path, yaml=yaml))
    html = render_html(result(), "en", edition)
    markdown = render_markdown(result(), "en", edition)
    order = ["S-summary", "S-brief", "S-scenario", "S-gaps", "S-sales", "S-role", "S-interview"]
    for page in (html, markdown):
        assert sorted(order, key=page.index) == order
        assert [page.count(text) for text in order] == [1] * len(order)


def test_a_report_without_a_commentary_says_nothing_of_one() -> None:
    assert "consultant" not in render_markdown(result(), "en").replace("consultant’s own notes", "")
    assert "hand-label" not in render_html(result(), "en")


def test_what_is_about_something_hidden_here_is_left_out(tmp_path: Path) -> None:
    yaml = "groups:\n  - {of: {unit: Sales}, comment: S-sales, quotes: [{text: S-quote}]}\n"
    found = commentary(tmp_path, yaml=yaml)
    bare = result().model_copy(update={"groups": ()})
    assert "S-" not in render_html(bare, "en", Edition(commentary=found))


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_a_hostile_commentary_is_shown_as_typed(render: object, tmp_path: Path) -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    payloads = [payload for payload in HOSTILE if "\u202e" not in payload]
    lines = ["scenarios:", "  scenario_0:", "    quotes:"]
    lines += [f"      - {{text: {quoted(payload)}, by: {quoted(payload)}}}" for payload in payloads]
    lines += ["actions:", *(f"  - {{do: {quoted(payload)}, owner: {quoted(payload)}}}" for payload in payloads)]
    lines += ["summary: |", *(f"  {payload}\n" for payload in payloads)]
    edition = Edition(commentary=commentary(tmp_path, yaml="\n".join(lines)))
    assert callable(render)
    page = render(result(), "en", edition)
    if render is render_html:
        Page(page)  # every element is closed
        assert page.count("<script") == 1
        assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 5
    else:
        shown = " ".join(text_of(token.children) for token in inlines(page))
        for payload in payloads:
            assert shown.count(" ".join(payload.removeprefix("- ").split())) >= 5, payload


def test_a_verdict_on_what_interviews_say_stands_beside_theirs(tmp_path: Path) -> None:
    yaml = """
groups:
  - of: {source: interview}
    scenarios: {scenario_1: {override: {verdict: undetermined, reason: Two voices.}}}
"""
    edition = Edition(commentary=commentary(tmp_path, yaml=yaml))
    page = render_markdown(result(), "en", edition)
    assert "**✎ From the consultant** · Interviews" in page
    interviews = page.partition("What the interviews say")[2]
    assert "Critical (✎ consultant: undetermined)" in interviews
    named = Attributes(render_html(result(), "en", edition))
    assert {link[1:] for link in named.href if link.startswith("#override")} <= set(named.id)


@pytest.mark.parametrize("source", ["interview", "Interview", "INTERVIEW"])
def test_a_group_of_those_interviewed_is_known_however_it_is_spelled(source: str, tmp_path: Path) -> None:
    yaml = f"groups:\n  - {{of: {{source: {source}}}, quotes: [{{text: of 2 interviewed}}]}}\n"
    page = f"## group source={source}\n\n> also of 2\n> — a manager\n"
    found = judged(tmp_path, yaml=yaml, md=page)
    assert found.notes == ()
    assert sorted(quotes(told(found.commentary))) == ["also of 2", "of 2 interviewed"]
