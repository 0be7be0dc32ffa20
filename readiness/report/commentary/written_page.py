"""`commentary.md` into what it says: headings name what the text below them is about.

## summary                      ## scenario ID                    ## group unit=Sales
## section gaps                 ### verdict ruled out                  ### scenario ID
## actions                      > words of a respondent
                                > — a manager (interview)
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.framework.ledger import nearest, one_of, quoted
from readiness.report.commentary.records import (
    VERDICTS,
    WHOLE,
    Action,
    Comment,
    Commentary,
    Override,
    Quote,
    Subject,
    by_said,
)
from readiness.report.commentary.written_plan import read_plan

if TYPE_CHECKING:
    from readiness.framework.wording import Page

KINDS = ("summary", "section", "scenario", "group", "verdict", "actions")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_QUOTED = re.compile(r"[ \t]*>[ \t]?(.*)")
_BY = re.compile(r"(?:—|–|--)[ \t]*(.+)")
_INTERVIEW = re.compile(r"(.*?)[ \t]*\((?:interview|entretien)\)", re.IGNORECASE)


@dataclass
class _Part:
    """One heading and the lines below it, with the number of the first."""

    kind: str
    subject: Subject
    line: int
    verdict: str = ""
    lines: list[str] = field(default_factory=list)


def read_written_page(page: Page, text: str, tongue: str) -> Commentary:
    """What a file says; its faults go to the page's ledger. tongue: its language, "" where it serves every report."""
    return _Reader(page, tongue).commentary(text)


class _Reader:
    """Reads one page."""

    def __init__(self, page: Page, tongue: str) -> None:
        self._page = page
        self._tongue = tongue
        self._comments: list[Comment] = []
        self._overrides: list[Override] = []
        self._quotes: list[Quote] = []
        self._actions: list[Action] = []

    def commentary(self, text: str) -> Commentary:
        for part in self._parts(text):
            if part.kind == "actions":
                self._actions += read_plan(self._page, part.lines, part.line + 1, self._tongue)
            elif part.kind == "verdict":
                self._override(part)
            elif part.kind:
                self._remarks(part)
        return Commentary(tuple(self._comments), tuple(self._overrides), tuple(self._quotes), tuple(self._actions))

    def _parts(self, text: str) -> list[_Part]:
        parts = [_Part("", Subject(), 0)]
        for number, line in enumerate(text.split("\n"), start=1):
            found = _HEADING.fullmatch(line)
            if found and len(found[1]) > 1:
                parts.append(self._headed(found[2], len(found[1]), number, parts[-1]))
            elif not found:
                parts[-1].lines.append(line)
                if line.strip() and len(parts) == 1 and not any(map(str.strip, parts[0].lines[:-1])):
                    self._page.fault(number, "this text stands under no heading", "begin with '## summary'")
        return parts

    def _headed(self, words: str, level: int, line: int, above: _Part) -> _Part:
        kind, _, rest = words.partition(" ")
        kind, rest = kind.rstrip(":").casefold(), rest.strip().lstrip(":").strip()
        inside = above.subject if level > 2 else Subject()
        if kind not in KINDS:
            mend = nearest(kind, KINDS) or f"{one_of(KINDS)}; a heading names what the text below it is about"
            self._page.fault(line, f"unknown heading {quoted(words)}", mend)
            return _Part("", inside, line)
        if kind in ("section", "scenario", "group", "verdict") and not rest:
            example = {"group": "group unit=Sales", "verdict": "verdict ruled out"}.get(kind, f"{kind} ID")
            self._page.fault(line, f"heading {quoted(words)} names no {kind}", f"write '{'#' * level} {example}'")
            return _Part("", inside, line)
        if kind == "verdict":
            return self._verdict(rest, line, above)
        return _Part(kind, self._subject(kind, rest, line, inside), line)

    def _subject(self, kind: str, rest: str, line: int, inside: Subject) -> Subject:
        match kind:
            case "section":
                return Subject(section=rest)
            case "scenario":
                return replace(inside, scenario=rest, section="", lines={**inside.lines, "scenario": line})
            case "group":
                group = by_said(rest)
                if group is None:
                    self._page.fault(line, f"group {quoted(rest)} cannot be read", "write '## group unit=Sales'")
                return Subject(group=group or WHOLE, lines={"group": line})
            case _:
                return Subject()

    def _verdict(self, rest: str, line: int, above: _Part) -> _Part:
        if not above.subject.scenario:
            mend = "write it as '### verdict …' below '## scenario …'"
            self._page.fault(line, "a verdict stands under no scenario", mend)
            return _Part("", above.subject, line)
        verdict = rest.casefold()
        if verdict not in VERDICTS:
            mend = nearest(verdict, VERDICTS) or one_of(VERDICTS)
            self._page.fault(line, f"unknown verdict {quoted(rest)}", mend)
            return _Part("", above.subject, line)
        return _Part("verdict", above.subject, line, verdict)

    def _override(self, part: _Part) -> None:
        reason = self._said(self._without_quotes(part))
        if not reason:
            self._page.fault(
                part.line, "a verdict gives no reason", "write below it why the computed one does not hold"
            )
        verdict = next(known for known in VERDICTS if known == part.verdict)
        self._overrides.append(Override(part.subject, verdict, reason, self._page.at(part.line)))

    def _remarks(self, part: _Part) -> None:
        if part.kind == "group" and part.subject.group == WHOLE:
            return  # it could not be read
        if text := self._said(self._without_quotes(part)):
            self._comments.append(Comment(part.subject, text, self._page.at(part.line)))

    def _without_quotes(self, part: _Part) -> list[str]:
        """The lines that are no quotes; these are noted."""
        rest: list[str] = []
        quote: list[str] = []
        for number, line in enumerate((*part.lines, ""), start=part.line + 1):
            found = _QUOTED.fullmatch(line)
            if found:
                quote.append(found[1])
                continue
            if quote:
                self._quote(part, quote, number - len(quote))
                rest.append("")
            quote = []
            rest.append(line)
        return rest

    def _quote(self, part: _Part, lines: list[str], line: int) -> None:
        if not part.subject.scenario and part.subject.group == WHOLE:
            mend = "move it below a '## scenario …' or '## group …'"
            self._page.fault(line, "a quote belongs to no scenario and no group", mend)
            return
        named = _BY.fullmatch(lines[-1].strip())
        by = named[1].strip() if named else ""
        said = _INTERVIEW.fullmatch(by)
        interview = said is not None
        text = self._said(lines[:-1] if named else lines)
        if text:
            by_whom = self._said([said[1] if said else by])
            at = self._page.at(line)
            self._quotes.append(Quote(part.subject, text, by_whom, interview, at, self._tongue))

    def _said(self, lines: list[str]) -> Text:
        text = "\n".join(lines).strip()
        return Text({self._tongue: text}) if text else Text()
