"""The languages that a consultant's own texts may be written in: the interface's and the framework's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.framework.ledger import nearest, one_of, quoted
from readiness.framework.nodes import Mapping
from readiness.language.speech import spoken

if TYPE_CHECKING:
    from readiness.framework.nodes import Node
    from readiness.framework.wording import Page
    from readiness.scoring.result import Result


def languages_of(result: Result) -> tuple[str, ...]:
    """The languages that a report of a result can be in."""
    return tuple(dict.fromkeys([*result.framework.texts.get("languages", ()), *spoken()]))


def judge_languages(page: Page, node: Node | None, what: str, languages: Sequence[str]) -> None:
    """Report every language of a text that no report is in, and that nobody would ever read. what: names the text."""
    if not isinstance(node, Mapping):
        return
    for language in node:
        if language not in languages:
            mend = nearest(language, languages) or one_of(languages)
            mend += "; in braces, a text with a comma stands in quotes"
            page.fault(node.lines[language], f"{what}: unknown language {quoted(language)}", mend)
