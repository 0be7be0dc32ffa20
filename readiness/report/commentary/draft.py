"""The first commentary: a page of places to write in, which says nothing until somebody does."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readiness.report.commentary.records import VERDICTS
from readiness.report.commentary.releasing import MIN_COMMENTS
from readiness.report.words import Reader
from readiness.scoring.result import Group, Result, ScenarioResult, SubGroup

if TYPE_CHECKING:
    from readiness.report.words import Entry

HEAD = """\
# What you have to say beside the figures. This file is yours: reports read it, and nothing ever writes to it.
# A text is shown as typed: an empty line parts paragraphs, lines that begin with "- " are a list, and nothing else
# is markup. What stays empty is not shown. In place of one text a language, one text for all will do."""
SUMMARY = "The first thing that is read."
SECTIONS = """\
# sections:                        # by id, as in a report's address: brief, dimensions, scenarios, gaps, way_out, …
#   brief: A comment at the head of this section."""
SCENARIOS = """\
# Beside a comment, a scenario may have:
#   override: {{verdict: {verdict}, reason: why}}   # or {others}: printed beside the computed verdict
#   quotes: [{{text: words of a respondent, by: an employee}}]   # shown where at least {least} people stand behind it;
#                                                   # of an interview: {{text: …, by: …, source: interview}}"""
GROUPS = "# Groups may have quotes, too, and comments on scenarios under `scenarios`."
COMMENTS = 32  # the column before that of comments in the plan
PLAN = """\
# What was agreed. These come from the ways out: take the "# " away from those that were, and from `actions`."""


def draft(result: Result) -> str:
    """A `commentary.yaml` for a result: its open and present scenarios, the groups shown, and a plan in comments."""
    return "\n".join(_Draft(result).lines()) + "\n"


class _Draft:
    """Writes one draft."""

    def __init__(self, result: Result) -> None:
        texts = result.framework.texts
        self._result = result
        self._languages = tuple(texts.get("languages") or ())
        self._reader = Reader(texts, self._languages[0] if self._languages else "en")
        self._whole = result.overall if isinstance(result.overall, Group) else None
        self._shown = tuple(group for group in result.groups if isinstance(group, SubGroup))

    def lines(self) -> Iterator[str]:
        yield from (*HEAD.split("\n"), "")
        yield f"summary:{' ' * 26}# {SUMMARY}"
        yield from self._text("  ")
        yield from ("", *SECTIONS.split("\n"), "")
        yield from self._scenarios()
        yield from self._groups()
        yield from self._plan()

    def _text(self, indent: str) -> Iterator[str]:
        """Room for a text in every language."""
        for language in self._languages or ("en",):
            yield f"{indent}{language}: |"

    def _scenarios(self) -> Iterator[str]:
        told = {id_: lines for id_ in self._reader.part("scenarios") if (lines := self._standing(id_))}
        if not told or self._whole is None:
            return
        least = int(self._reader.default("min_comments", MIN_COMMENTS))
        first, *others = VERDICTS
        yield from SCENARIOS.format(verdict=first, others=" or ".join(others), least=least).split("\n")
        yield "scenarios:"
        for id_, standing in told.items():
            yield f"  # {_one_line(self._reader.title('scenarios', id_))}: {standing}"
            yield from (f"  {id_}:", "    comment:", *self._text("      "))
        yield ""

    def _standing(self, id_: str) -> str:
        """The verdicts on a scenario that is present or open somewhere, "" where it is not."""
        whole = self._verdict(self._whole, id_)
        if not whole:
            return ""
        present = [_flow(group.by) for group in self._shown if self._verdict(group, id_) == "present"]
        if whole == "ruled out" and not present:
            return ""
        return f"computed {whole}" + (f"; present in {', '.join(present)}" if present else "")

    def _verdict(self, group: Group | None, id_: str) -> str:
        scenario = group.scenarios.get(id_) if group else None
        return scenario.verdict if isinstance(scenario, ScenarioResult) else ""

    def _groups(self) -> Iterator[str]:
        if not self._shown:
            return
        yield GROUPS
        yield "groups:"
        for group in self._shown:
            present = [id_ for id_ in group.scenarios if self._verdict(group, id_) == "present"]
            told = f"{' ' * 6}# present here: {', '.join(present)}" if present else ""
            yield f"  - of: {_flow(group.by)}{told}"
            yield from ("    comment:", *self._text("      "))
        yield ""

    def _plan(self) -> Iterator[str]:
        actions = list(dict.fromkeys(self._actions()))
        if actions:
            yield from PLAN.split("\n")
            yield "# actions:"
            yield from (f"# {line}" for action in actions for line in action)

    def _actions(self) -> Iterator[tuple[str, ...]]:
        """What helps on the cheapest way out of every group, everybody first."""
        for group in (*([self._whole] if self._whole else []), *self._shown):
            way = group.analysis.way_out if group.analysis else None
            for step in way.route.steps if way and way.route else ():
                for ref in step.responses:
                    told = self._reader.entry("scenarios", ref.scenario).get("responses") or ()
                    if ref.place < len(told):
                        yield tuple(self._action(told[ref.place], ref.scenario, group))

    def _action(self, response: Entry, scenario: str, group: Group) -> Iterator[str]:
        yield from _worded("  - do:", response.get("do"))
        acts = response.get("for")
        hint = "so far whom the scenario names: write who it is here, a function" if acts else "a function"
        yield from _worded("    owner:", acts, f"{hint} rather than a name")
        yield "    by:                          # a day, such as 2027-03-31: agree on it with the owner"
        yield f"    scenario: {scenario}"
        if isinstance(group, SubGroup):
            yield f"    group: {_flow(group.by)}"
        yield "    status: open                 # or done"


def _worded(key: str, said: object, hint: str = "") -> Iterator[str]:
    """A key with a text of the framework, in every language that it has. hint: what to write, in a comment."""
    texts = {language: str(text) for language, text in said.items()} if isinstance(said, Mapping) else {}
    one = str(said or "") if not isinstance(said, Mapping) else texts.get("", "")
    head = f"{key} {_quoted(one)}" if one else key
    yield f"{head:<{COMMENTS}} # {hint}" if hint else head
    if not one:
        yield from (f"      {language}: {_quoted(text)}" for language, text in texts.items() if language)


def _flow(by: Mapping[str, str | None]) -> str:
    """A group as YAML: `{unit: "Sales"}`."""
    parts = (f"{key}: {'null' if value is None else _quoted(value)}" for key, value in by.items())
    return f"{{{', '.join(parts)}}}"


def _quoted(text: str) -> str:
    """A text in double quotes, with what cannot be seen written out."""
    escaped = (char if char.isprintable() else json.dumps(char)[1:-1] for char in json.dumps(text, ensure_ascii=False))
    return "".join(escaped)


def _one_line(text: str) -> str:
    return " ".join(text.split())
