"""Whatever is typed shows as typed: it never runs, never breaks a page, and is never taken for markup."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page

from readiness.framework.frozen import Text
from readiness.framework.ledger import Place
from readiness.report.commentary.records import Action, Comment, Commentary, Override, Quote, Subject, by_of
from readiness.report.edition import Edition
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.theme import Theme
from readiness.scoring.result import Result
from tests.report.building import Inventor, invented_framework, with_texts
from tests.report.payloads import PAYLOADS

pytestmark = pytest.mark.browser
AT = Place("commentary.yaml", 1)
PLAIN = "plain words"
LISTED = re.compile(r"- \S")  # the one piece of markup that a commentary knows
SKELETON = "() => [...document.querySelectorAll('*')].map(e => e.tagName).join(' ')"
BLANKS = re.compile(r"\s+")
GITHUB = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def result(words: str) -> Result:
    """A survey of a unit called so, with interviews, and ratings that rest on such words."""
    make = Inventor(invented_framework(dimensions=1, indicators=4, items=1, scenarios=1), seed=7)
    groups = [
        ({"unit": words}, make.group(30, pull=1)),
        ({"source": "interview"}, make.group(2, pull=0)),
        ({"source": "evidence"}, make.rated(1, ("ind_0_0", "ind_0_1", "ind_0_2"), pull=1)),
    ]
    return with_texts(make.result(make.group(40, pull=1, whole=True), groups), {"Q000": (words,), "Q010": (words,)})


def edition(words: str) -> Edition:
    """The same words as everything that a firm and a consultant may write."""
    text = Text({"": words})
    prose = Text({"": f"{words}\n\nso: {words}"})
    unit = Subject(group=by_of({"unit": words}))
    scenario = Subject(scenario="scn_0")
    return Edition(
        theme=Theme(client=words, firm=words, authors=(words,), confidentiality=text),
        commentary=Commentary(
            comments=tuple(Comment(one, prose, AT) for one in (Subject(), Subject(section="groups"), unit, scenario)),
            overrides=(Override(scenario, "ruled out", prose, AT),),
            quotes=(Quote(unit, prose, text, False, AT), Quote(scenario, prose, text, False, AT)),
            actions=(Action(text, text, None, "open", scenario, AT),),
        ),
    )


def kind_of(words: str) -> str:
    return f"- {PLAIN}" if LISTED.match(words) else PLAIN


def bare(text: str) -> str:
    return BLANKS.sub("", text)


@pytest.fixture(scope="module")
def watched(chromium: Browser) -> Page:
    """A page that tells what ran in it, what it asked for, and what it said."""
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.add_init_script("window.hits = []; window.hit = (n) => { window.hits.push(n); };")
    page.told = []
    page.on("request", lambda request: page.told.append(request.url))
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on("dialog", lambda dialog: (page.told.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()


def opened(page: Page, html: str, folder) -> str:
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    page.told.clear()
    page.goto(file.as_uri())
    page.told.remove(file.as_uri())
    return page.evaluate(SKELETON)


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) >= 200


@pytest.mark.parametrize("part", range(10))
def test_in_a_browser_nothing_runs_and_the_words_stand_there(watched: Page, tmp_path, part: int) -> None:
    skeletons = {kind: opened(watched, page_of(kind), tmp_path) for kind in (PLAIN, f"- {PLAIN}")}
    for words in PAYLOADS[part::10]:
        skeleton = opened(watched, page_of(words), tmp_path)
        assert watched.evaluate("window.hits") == [], words
        assert watched.told == [], words
        assert skeleton == skeletons[kind_of(words)], words
        shown = bare(watched.evaluate("document.body.textContent"))
        assert shown.count(bare(words)) >= shown_in_plain(), words


@lru_cache
def page_of(words: str) -> str:
    return render_html(result(words), "en", edition(words))


@lru_cache
def shown_in_plain() -> int:
    """How often the words stand on a page, at least: in every place that was given them."""
    return len(re.findall(re.escape(PLAIN), page_of(PLAIN).partition("<main")[2])) - 3


@pytest.mark.parametrize("part", range(4))
def test_in_markdown_they_are_text_and_nothing_else(part: int) -> None:
    for words in PAYLOADS[part::4]:
        plain = shape_of(render_markdown(result(kind_of(words)), "en", edition(kind_of(words))))
        page = render_markdown(result(words), "en", edition(words))
        assert shape_of(page) == plain, words
        assert bare(words) in bare(text_of(page)), words


def shape_of(markdown: str) -> list[str]:
    """Which blocks and which marks inside them a page consists of."""
    found = []
    for token in GITHUB.parse(markdown):
        found.append(token.type)
        found += [
            child.type for child in token.children or () if child.type not in ("text", "softbreak", "text_special")
        ]
    return found


def text_of(markdown: str) -> str:
    return "\n".join(
        "".join(child.content for child in token.children or ()) for token in GITHUB.parse(markdown) if token.children
    )
