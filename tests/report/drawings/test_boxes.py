"""Charts in a real browser: every text lies inside its chart, and no two on each other."""

from __future__ import annotations

import pytest

from readiness.language.speech import speak
from readiness.report.drawings import drawings
from readiness.report.drawings.lettering import width
from readiness.report.view import view
from tests.report.building import SHAPES
from tests.report.conftest import Open

pytestmark = pytest.mark.browser

# Boxes of all runs of text, with the chart they stand in: those that stick out into its margin, and pairs that lie on
# each other.
FAULTS = """() => [...document.querySelectorAll('body > svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect(), texts = [];
    for (const text of svg.querySelectorAll('text')) {
        const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!node.data.trim() || node.parentElement.tagName === 'title') continue;
            const range = document.createRange();
            range.selectNodeContents(node);
            for (const box of range.getClientRects())
                if (box.width > 1) texts.push([box, node.data.trim().slice(0, 40)]);
        }
    }
    const found = [];
    for (const [box, words] of texts)
        if (box.left < frame.left + 15 || box.right > frame.right - 15
            || box.top < frame.top + 8 || box.bottom > frame.bottom - 8)
            found.push(['sticks out', words]);
    texts.sort((a, b) => a[0].top - b[0].top);
    for (let i = 0; i < texts.length; i++)
        for (let j = i + 1; j < texts.length && texts[j][0].top < texts[i][0].bottom; j++) {
            const [a, b] = [texts[i][0], texts[j][0]];
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 1 && high > 0.3 * Math.min(a.height, b.height))
                found.push([svg.querySelector('title').textContent, texts[i][1], texts[j][1]]);
        }
    return found.slice(0, 10);
})"""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "everything_hidden"])
def test_no_text_of_a_file_is_cut_or_lies_on_another(opened: Open, shape: str, language: str) -> None:
    drawn = drawings(speak(language), view(SHAPES[shape](), language))
    page = "<!DOCTYPE html><style>svg {display: block}</style>" + "".join(drawing.svg for drawing in drawn)
    with opened(page) as seen:
        assert seen.page.locator("body > svg").count() == len(drawn) > 0
        assert seen.page.evaluate(FAULTS) == []
        assert seen.requests == []


MEASURED = """() => [...document.querySelectorAll('body > svg tspan[x]')].map(line => {
    const style = getComputedStyle(line);
    return [line.textContent, line.getComputedTextLength(), parseFloat(style.fontSize), style.fontWeight > 500];
})"""


@pytest.mark.parametrize("shape", ["hostile", "sixty_units", "analysed"])
def test_words_are_no_wider_than_they_were_taken_to_be(opened: Open, shape: str) -> None:
    drawn = drawings(speak("fr"), view(SHAPES[shape](), "fr"))
    with opened("<!DOCTYPE html>" + "".join(drawing.svg for drawing in drawn)) as seen:
        lines = seen.page.evaluate(MEASURED)
    assert len(lines) > 100
    for text, wide, size, bold in lines:
        assert wide <= width(text, size, bold) + 0.5, text
