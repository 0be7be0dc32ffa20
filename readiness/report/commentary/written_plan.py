"""The plan of a `commentary.md`: a table with an action a row, whose head names the columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.framework.ledger import nearest, one_of, quoted
from readiness.report.commentary.records import STATES, WHOLE, Action, By, Subject, by_said
from readiness.report.commentary.yaml_page import ACTION, day_of

if TYPE_CHECKING:
    from readiness.framework.wording import Page

COLUMNS = ACTION.known
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")
Numbered = tuple[int, list[str]]  # a row's line and its cells


def read_plan(page: Page, lines: Sequence[str], first: int, tongue: str) -> Iterator[Action]:
    """The actions of a table, whose lines begin at number `first`; its faults go to the page's ledger."""
    rows = list(_rows(page, lines, first))
    if not rows:
        return
    line, head = rows[0]
    names = [name.casefold() for name in head]
    for name in names:
        if name not in COLUMNS:
            page.fault(line, f"actions: unknown column {quoted(name)}", nearest(name, COLUMNS) or one_of(COLUMNS))
    if "do" not in names:
        page.fault(line, "actions: the table has no column 'do'", "begin it with '| do | owner | by |'")
        return
    for number, cells in rows[1:]:
        if not all(_RULE.fullmatch(cell) for cell in cells):
            yield _action(page, dict(zip(names, cells, strict=False)), number, tongue)


def _rows(page: Page, lines: Sequence[str], first: int) -> Iterator[Numbered]:
    told = False
    for number, line in enumerate(lines, start=first):
        words = line.strip()
        if words.startswith("|"):
            inner = words.removeprefix("|")
            inner = inner if inner.endswith("\\|") else inner.removesuffix("|")
            yield number, [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]
        elif words and not told:
            told = True
            mend = "write a table: '| do | owner | by |', a rule '|---|---|---|', and a row an action"
            page.fault(number, "actions stand in a table, and this is none", mend)


def _action(page: Page, row: dict[str, str], line: int, tongue: str) -> Action:
    if not row["do"]:
        page.fault(line, "an action says nothing", "write in the column 'do' what is to be done")
    day = day_of(row.get("by", ""))
    if day is None and row.get("by"):
        page.fault(line, f"an action: 'by' should be a day, found {quoted(row['by'])}", "write it as 2027-03-31")
    said = row.get("status", "").casefold()
    if said and said not in STATES:
        page.fault(line, f"an action: unknown status {quoted(said)}", nearest(said, STATES) or one_of(STATES))
    return Action(
        do=_text(row["do"], tongue),
        owner=_text(row.get("owner", ""), tongue),
        by=day,
        status="done" if said == "done" else "open",
        subject=Subject(scenario=row.get("scenario", ""), group=_group(page, row.get("group", ""), line)),
        at=page.at(line),
        tongue=tongue,
    )


def _group(page: Page, words: str, line: int) -> By:
    group = by_said(words) if words else WHOLE
    if group is None:
        page.fault(line, f"an action: group {quoted(words)} cannot be read", "write unit=Sales")
    return group or WHOLE


def _text(words: str, tongue: str) -> Text:
    return Text({tongue: words}) if words else Text()
