"""A firm's own templates: file by file, block by block; a fault names template, line and mend, and costs nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.faults import EditionError
from readiness.report.edition import Edition
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.own_templates import judge_templates, known_names
from tests.report.building import SHAPES

BRIEF = "html/sections/brief.html.j2"


def own(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def page(folder: Path) -> str:
    return render_html(SHAPES["one_unit"](), "en", Edition(templates=folder))


def fault(folder: Path) -> tuple[str, int | None, str, str]:
    with pytest.raises(EditionError) as caught:
        page(folder)
    [found] = caught.value.faults
    return Path(found.file).as_posix(), found.line, found.what, found.mend


def test_words_stand_before_and_after_the_sections(tmp_path: Path) -> None:
    text = """{% extends "shipped/html/report.html.j2" %}
{% block foreword %}<p>Dear board</p>{% endblock %}
{% block section %}{% if section.id != "sources" %}{{ super() }}{% endif %}{% endblock %}
{% block afterword %}<p>Yours</p>{% endblock %}
"""
    made = page(own(tmp_path, **{"html/report.html.j2": text}))
    assert made.index("Dear board") < made.index("In brief</h2>") < made.index("Yours")
    assert 'id="method' in made or "id=method" in made
    assert "section-sources" not in made.partition("</style>")[2]


def test_a_section_can_be_put_round_the_shipped_one(tmp_path: Path) -> None:
    made = page(own(tmp_path, **{BRIEF: f'<p>Own words</p>{{% include "shipped/{BRIEF}" %}}'}))
    shipped = render_html(SHAPES["one_unit"](), "en")
    assert "Own words" in made
    assert made.count("<p") == shipped.count("<p") + 1


def test_markdown_has_the_same_blocks(tmp_path: Path) -> None:
    text = '{% extends "shipped/markdown/report.md.j2" %}{% block foreword %}Dear *board*{% endblock %}'
    folder = own(tmp_path, **{"markdown/report.md.j2": text})
    assert "Dear *board*" in render_markdown(SHAPES["one_unit"](), "en", Edition(templates=folder))


def test_what_people_typed_is_escaped_in_own_templates_too(tmp_path: Path) -> None:
    made = page(own(tmp_path, **{BRIEF: '{% set typed = "<b>x</b>" %}{{ typed }}'}))
    assert "&lt;b&gt;x&lt;/b&gt;" in made


@pytest.mark.parametrize(
    ("text", "line", "what", "mend"),
    [
        ("\n{% if x %}", 2, "not a template: Unexpected end of template", "mend the template"),
        ("\n\n{{ x | nofilter }}", 3, "No filter named 'nofilter'", "mend the template"),
        ("{{ reprot.title }}", 1, "nothing is called 'reprot'", "did you mean 'report'?"),
        ("\n{{ report.titel }}", 2, "a Report has no 'titel'", "did you mean 'title'?"),
        ("\n{{ 1 / 0 }}", 2, "ZeroDivisionError", "mend the template"),
        ('{% include "html/sections/breif.html.j2" %}', 1, "there is no template", f"did you mean '{BRIEF}'?"),
        (f'{{% include "{BRIEF}" %}}', 1, "RecursionError", "mend the template"),
    ],
)
def test_a_fault_is_named_with_template_and_line(text: str, line: int, what: str, mend: str, tmp_path: Path) -> None:
    file, found, said, how = fault(own(tmp_path, **{BRIEF: text}))
    assert (file, found) == ((tmp_path / BRIEF).as_posix(), line)
    assert what in said
    assert mend in how
    assert "\n" not in said


def test_what_an_own_template_leaves_out_is_told_where_it_is_missed(tmp_path: Path) -> None:
    _, _, what, mend = fault(own(tmp_path, **{"html/parts.html.j2": "{% macro other() %}{% endmacro %}"}))
    assert "macro" in what
    assert "html/parts.html.j2" in mend


def test_a_fault_of_ours_is_not_laid_at_anybody_s_door() -> None:
    from readiness.report.own_templates import naming_templates

    with pytest.raises(ZeroDivisionError), naming_templates(None):
        _ = 1 / 0


@pytest.mark.parametrize(
    ("texts", "what", "mend"),
    [
        ({}, "no file here has the name of a template", "use one of"),
        ({"html/sections/breif.html.j2": ""}, "no file here has the name of a template", f"did you mean '{BRIEF}'?"),
        ({"brief.html.j2": ""}, "no file here has the name of a template", BRIEF),
        ({BRIEF: "", "html/sections/sorces.html.j2": ""}, "nothing asks for", "html/sections/sources.html.j2"),
    ],
)
def test_a_folder_that_would_not_be_used_is_refused(
    texts: dict[str, str], what: str, mend: str, tmp_path: Path
) -> None:
    with pytest.raises(EditionError) as caught:
        judge_templates(own(tmp_path, **texts))
    assert what in caught.value.faults[0].what
    assert mend in caught.value.faults[0].mend


def test_a_template_that_another_one_names_may_be_called_anything(tmp_path: Path) -> None:
    judge_templates(
        own(tmp_path, **{BRIEF: '{% include "html/sections/breif.html.j2" %}', "html/sections/breif.html.j2": ""})
    )


def test_a_missing_folder_and_a_file_that_is_no_text_are_named(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="there is no such folder"):
        judge_templates(tmp_path / "nowhere")
    own(tmp_path, **{BRIEF: ""})
    (tmp_path / BRIEF).write_bytes(b"a\n\xff")
    with pytest.raises(EditionError, match=r"brief\.html\.j2, line 2: is not UTF-8"):
        judge_templates(tmp_path)


def test_every_shipped_template_can_be_replaced() -> None:
    assert {"html/report.html.j2", "html/report.css", BRIEF, "markdown/report.md.j2"} <= set(known_names())
