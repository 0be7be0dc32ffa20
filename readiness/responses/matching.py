"""Matching: which column of an export is which item, context key or question of a framework.

The surest evidence wins; where it is even, nothing is guessed. Every column ends in exactly one decision, and the order
of columns never matters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.framework.folding import folded
from readiness.responses.cells import distinct
from readiness.responses.coding import RESPONDENT
from readiness.responses.evidence import HOW, NEAR, TEXT, Evidence, Names, Target, by_id, by_text, codes
from readiness.responses.headers import plain
from readiness.responses.labels import LabelReader, apart, cleaned

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.export import Column, Export

ASIDE = re.compile(r"(?:^|[\W_])(other|autre|comment|commentaire|text|specify|time|timing|do|rank)\W*$", re.IGNORECASE)
FIRST, MOST_ROWS = 4, 2_000  # columns and rows in which items may be named
FEWEST_ITEMS = 2
SHORTEST_TEXT = 12  # characters of an item's text
LONGEST_SHOWN, WHOLE = 70, 300  # characters of a header
MEND = "say which it is in a mapping (readiness map FILE --out mapping.yaml, then score --mapping mapping.yaml)"


@dataclass(frozen=True)
class Decision:
    """What one column is.

    name: the item, context key or question. how: by what evidence, such as `id` or `near 0.93`; of an ignored column,
    why. choice: the option that the column stands for, where an item has a column an option. beside: of an item, the
    cells that hold a code beside words.
    """

    column: Column
    to: Target
    name: str = ""
    how: str = ""
    choice: str = ""
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Conflict:
    """Columns of which it cannot be told which one is meant."""

    what: str
    mend: str


@dataclass(frozen=True)
class Matching:
    """A decision for every column, in their order; what could not be decided; and what was guessed near."""

    decisions: tuple[Decision, ...]
    conflicts: tuple[Conflict, ...] = ()
    warnings: tuple[str, ...] = ()


def matched(framework: Framework, export: Export, weight: str | None = None) -> Matching:
    """Every column of an export with what it is. weight: the header or code of the column of case weights, if any."""
    names = Names(framework)
    found: list[Evidence] = []
    decided: dict[int, Decision] = {}
    conflicts: dict[str, Conflict] = {}
    for column in export.columns:
        if weight is not None and is_called(column, weight):
            decided[column.place] = Decision(column, "weight", how="id")
            continue
        evidence = _said(names, column)
        if isinstance(evidence, Conflict):
            conflicts[evidence.what] = evidence
            decided[column.place] = Decision(column, "ignored", how=evidence.what)
        elif isinstance(evidence, str):
            decided[column.place] = Decision(column, "ignored", how=evidence)
        elif evidence is not None:
            found.append(evidence)
    _settle(framework, found, decided, conflicts)
    _respondent(export, decided)
    for column in export.columns:
        decided.setdefault(column.place, Decision(column, "ignored", how=_unknown(framework, column)))
    turned = _turned(names, export, sum(decision.to == "item" for decision in decided.values()))
    if turned is not None:
        conflicts[turned.what] = turned
    decisions = tuple(with_codes(export, decided[column.place]) for column in export.columns)
    taken = {decision.column.place for decision in decisions if decision.to != "ignored"}
    warnings = tuple(
        sorted(_nearly(evidence) for evidence in found if evidence.near and evidence.column.place in taken)
    )
    return Matching(decisions, tuple(conflicts[what] for what in sorted(conflicts)), warnings)


def _turned(names: Names, export: Export, items: int) -> Conflict | None:
    """A column in whose cells items are named, where headers name hardly any: it stands on its side, or is long."""
    if items > FEWEST_ITEMS:
        return None
    for column in export.columns[:FIRST]:
        cells = distinct(export.cells[str(column.place)].head(MOST_ROWS).unique())
        found = {cell: name for cell in cells if (name := _item_called(names, cell)) is not None}
        if len(set(found.values())) > FEWEST_ITEMS:
            listed = ", ".join(map(shown, sorted(found)[:3]))
            what = f"column {shown(column.header)} holds items, such as {listed}: they stand in rows, not in columns"
            mend = (
                "turn the table round, so that each respondent has one row; or, if a row is an answer, name its "
                "columns respondent, item and answer"
            )
            return Conflict(what, mend)
    return None


def _item_called(names: Names, cell: str) -> str | None:
    """The item that a cell names by its id or its text, if any."""
    to, name = names.ids.get(cell.strip().casefold(), ("ignored", ""))
    if to == "item":
        return name
    same = names.texts.same((plain(cell),)) if len(cell) >= SHORTEST_TEXT else frozenset()
    return next(iter(same)) if len(same) == 1 else None


def with_codes(export: Export, decision: Decision) -> Decision:
    """A decision with the cells of an item's column that hold a code beside words."""
    if decision.to != "item":
        return decision
    texts = map(cleaned, distinct(export.cells[str(decision.column.place)].unique()))
    return replace(decision, beside=frozenset(text for text in texts if apart(text)))


def is_called(column: Column, name: str) -> bool:
    """Whether a column has this header or code, case aside."""
    return folded(name) in (folded(column.header), folded(column.code))


def shown(text: str, longest: int = LONGEST_SHOWN) -> str:
    """A header as messages show it: on one line, and not all of a long one."""
    line = " ".join(text.split())
    return repr(line if len(line) <= longest else f"{line[: longest - 1]}…")


def _said(names: Names, column: Column) -> Evidence | Conflict | str | None:
    """The surest that a column says of itself; why it says nothing; or None where it may yet be the respondent."""
    named = by_id(names, column)
    if column.kind != "question" or (named is not None and named.to in ("context", "respondent")):
        return named
    told = by_text(names, column)
    if named is not None:
        others = sorted(evidence.name for evidence in told if evidence.level == TEXT)
        if not others or named.name in others:
            return named
        what = f"column {shown(column.header)} names {named.name}, and its text is that of {' or '.join(others)}"
        return Conflict(what, MEND)
    if len(told) > 1:
        several = " and ".join(sorted(evidence.name for evidence in told))
        if told[0].level == NEAR:
            return f"its text is near those of {several}"
        return Conflict(f"column {shown(column.header)} has the text of {several}", MEND)
    within = names.within(column.code)
    return told[0] if told else f"its code names {' and '.join(within)}" if len(within) > 1 else None


def _settle(
    framework: Framework, found: Sequence[Evidence], decided: dict[int, Decision], conflicts: dict[str, Conflict]
) -> None:
    """Each item, key and question with the one column, or the columns of choices, of which its evidence is surest."""
    by_target: dict[tuple[Target, str], list[Evidence]] = {}
    for evidence in found:
        by_target.setdefault((evidence.to, evidence.name), []).append(evidence)
    for (to, name), said in by_target.items():
        claims = _by_choice(framework, said)
        winners = _winners(claims)
        if isinstance(winners, Conflict):
            conflicts[winners.what] = winners
            why, places = winners.what, {}
        else:
            first = min(winner.column.header for winner in winners)
            why = f"{name} is read from {shown(first)}, which is surer"
            places = {winner.column.place: winner for winner in winners}
        for claim in claims:
            column = claim.column
            if column.place in places:
                decided[column.place] = Decision(column, to, name, claim.how, claim.choice)
            else:
                decided[column.place] = Decision(column, "ignored", how=why)


def _by_choice(framework: Framework, claims: Sequence[Evidence]) -> Sequence[Evidence]:
    """The claims of an item, a column alone taken for all of it where its choice is called like no option."""
    if len(claims) > 1 or not claims[0].choice or claims[0].to != "item":
        return claims
    reader = LabelReader(framework.items[claims[0].name], framework)
    return claims if reader.code(claims[0].choice) is not None else [replace(claims[0], choice="")]


def _winners(claims: Sequence[Evidence]) -> Sequence[Evidence] | Conflict:
    """Of the columns that may be one thing, the one it is, or all where each stands for one of its options."""
    whole = [claim for claim in claims if not claim.choice]
    if whole:
        surest = [claim for claim in whole if claim.level == min(other.level for other in whole)]
        return surest if len(surest) == 1 else _even(surest)
    surest = [claim for claim in claims if claim.level == min(other.level for other in claims)]
    if claims[0].to == "context" and len(surest) > 1:  # which option a group is called by cannot be ticked twice
        return _even(surest)
    told = [plain(claim.choice) for claim in surest]
    return surest if len(set(told)) == len(told) else _even(surest)


def _even(claims: Sequence[Evidence]) -> Conflict:
    headers = sorted(claim.column.header.strip() for claim in claims)
    if len(set(headers)) == 1:
        return Conflict(f"column {shown(headers[0])} occurs more than once", f"keep one of them, or {MEND}")
    listed = ", ".join(map(shown, headers))
    if len({header.casefold() for header in headers}) == 1:
        return Conflict(f"columns {listed} differ in upper and lower case alone", "keep one of them")
    first = claims[0]
    by = "nearly its text" if first.level == NEAR else f"their {HOW[first.level]}"
    return Conflict(f"columns {listed} are each {first.name} by {by}", MEND)


def _respondent(export: Export, decided: dict[int, Decision]) -> None:
    """The column that says who answered, as the platform knows it, unless one is named so."""
    if any(decision.to == "respondent" for decision in decided.values()):
        return
    columns = [column for column in export.columns if column.place not in decided and column.kind == "respondent"]
    if len(columns) == 1:
        decided[columns[0].place] = Decision(columns[0], "respondent", RESPONDENT, export.platform)
        return
    for column in columns:
        several = f"{len(columns)} columns may say who answered, and nothing tells which"
        decided[column.place] = Decision(column, "ignored", how=several)


def _unknown(framework: Framework, column: Column) -> str:
    if column.kind == "about":
        return f"recorded by the survey tool: {column.about or 'not an answer'}"
    if column.kind == "respondent":
        return "another column says who answered"
    aside = [code for code in codes(column) if ASIDE.search(code)]
    return "a remark beside a question" if aside else f"nothing in {framework.id} is called so"


def _nearly(evidence: Evidence) -> str:
    ours, theirs = evidence.near, evidence.column.row or evidence.column.text or evidence.column.header
    return (
        f"column {shown(theirs, WHOLE)} is taken for {evidence.name}, {shown(ours, WHOLE)}: "
        f"the texts are alike by {evidence.how.removeprefix('near ')}"
    )
