"""A questionnaire: one dimension, its indicators, their items, and questions that score nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from readiness.framework.answers import RESPONDENT
from readiness.framework.ask_if import read_ask_if
from readiness.framework.frozen import Text
from readiness.framework.header import Header
from readiness.framework.ledger import quoted
from readiness.framework.levels import read_level, read_weight
from readiness.framework.models import Dimension, Indicator, Item, Question
from readiness.framework.nodes import Mapping, Node, Sequence
from readiness.framework.options import read_options
from readiness.framework.rungs import judge_rungs, read_rung
from readiness.framework.table import Table
from readiness.framework.vocabulary import DESIRED, KEYS, MOVES, REFERENTS, SCOPES, Part
from readiness.framework.wording import Page

_NAME_IT = "add it, or the report shows the id"
_TELL_IT = "add a sentence for the report"


@dataclass
class Questionnaires:
    """Everything that the questionnaires read so far hold."""

    header: Header
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)


def read_questionnaire(page: Page, root: Node, into: Questionnaires) -> None:
    """Read one file into `into`."""
    table = Table(page, root, "the questionnaire", KEYS["questionnaire"])
    if not table.readable:
        page.ledger.incomplete("indicator", "item")
        return
    id_ = table.id("dimension") or page.file
    table.who = f"dimension {quoted(id_)}"
    dimension = _dimension(table, id_, into)
    if page.ledger.declare("dimension", id_, table.place("dimension")):
        into.dimensions[id_] = dimension


def _dimension(table: Table, id_: str, into: Questionnaires) -> Dimension:
    table.page.ledger.mark(table.place(), "dimension", id_)
    level = read_level(table)
    if not any(key in table for key in ("indicators", "dimensions", "unscored")):
        table.fault(table.line, f"{table.who} has no 'indicators'", "add at least one")
    for key in ("indicators", "dimensions"):
        node = table.node(key)
        if key in table and not isinstance(node, Mapping):
            table.page.ledger.incomplete("indicator", "item")
    return Dimension(
        id=id_,
        title=table.text("title", absent=_NAME_IT) or Text({"": id_}),
        about=table.text("about", absent=_TELL_IT),
        weight=read_weight(table),
        source=table.ids("source", "source") or (),
        indicators=_indicators(table, into),
        dimensions=_nested(table, into),
        unscored=_questions(table, into),
        **level.fields(),
    )


def _nested(table: Table, into: Questionnaires) -> dict[str, Dimension]:
    read = {}
    for id_, node, line in table.entries("dimensions"):
        part = Table(table.page, node, f"dimension {quoted(id_)}", KEYS["dimension"], line)
        dimension = _dimension(part, id_, into)
        if _accepted(part, "dimension", id_):
            read[id_] = dimension
    return read


def _indicators(table: Table, into: Questionnaires) -> dict[str, Indicator]:
    read = {}
    for id_, node, line in table.entries("indicators"):
        part = Table(table.page, node, f"indicator {quoted(id_)}", KEYS["indicator"], line)
        indicator = _indicator(part, id_, into)
        if _accepted(part, "indicator", id_):
            read[id_] = into.indicators[id_] = indicator
    listed = table.node("indicators")
    if isinstance(listed, Mapping) and not listed.entries and not ("dimensions" in table or "unscored" in table):
        table.fault(table.place("indicators").line, f"{table.who} has no indicators", "add at least one")
    return read


def _indicator(table: Table, id_: str, into: Questionnaires) -> Indicator:
    level = read_level(table)
    indicator = Indicator(
        id=id_,
        desired=table.choice("desired", DESIRED, "none"),
        title=table.text("title", absent=_NAME_IT) or Text({"": id_}),
        about=table.text("about", absent=_TELL_IT),
        weight=read_weight(table),
        scope=table.choice("scope", SCOPES, "respondent"),
        movable=table.choice("movable", MOVES, "no"),
        effort=table.number("effort", None, above=0),
        source=table.ids("source", "source") or (),
        items=_items(table, into),
        **level.fields(),
    )
    if indicator.movable != "no" and "effort" not in table:
        table.page.ledger.warn(table.place("movable"), f"{table.who} is movable, but has no 'effort'", "add it")
    return indicator


def _items(table: Table, into: Questionnaires) -> dict[str, Item]:
    read = {}
    for id_, node, line in table.entries("items"):
        before = table.page.ledger.count
        part = Table(table.page, node, f"item {quoted(id_)}", KEYS["item"], line)
        item = _item(part, id_, into)
        if table.page.ledger.count > before:
            table.page.ledger.distrust("item", id_)
        if _accepted(part, "item", id_, into):
            read[id_] = item
    listed = table.node("items")
    if isinstance(listed, Mapping) and not listed.lines:
        table.fault(table.place("items").line, f"{table.who} has no items", "add one, or remove the indicator")
    if "items" in table and not isinstance(listed, Mapping):
        table.page.ledger.incomplete("item")
    judge_rungs(table, read.values())
    return read


def _item(table: Table, id_: str, into: Questionnaires) -> Item:
    kind = table.choice("type", ("scale", "number"), "scale")
    low, high = table.number("min", None), table.number("max", None)
    scale = table.reference("scale", "scale")
    if kind == "number":
        _judge_number(table, low, high)
        low, high = (0.0, 1.0) if low is None or high is None else (low, high)
    elif table.readable:
        _judge_scaled(table)
    return Item(
        id=id_,
        text=table.text("text"),
        help=table.text("help"),
        type=kind,
        scale=scale if kind == "scale" else None,
        min=low if kind == "number" else None,
        max=high if kind == "number" else None,
        reversed=table.flag("reversed", False),
        weight=read_weight(table),
        core=table.flag("core", True),
        referent=table.choice("referent", REFERENTS, REFERENTS[0]) if "referent" in table else None,
        rung=read_rung(table),
        roles=_roles(table),
        ask_if=read_ask_if(table, id_, into.header.context),
        source=table.ids("source", "source") or (),
    )


def _judge_number(table: Table, low: float | None, high: float | None) -> None:
    if "scale" in table:
        table.fault(
            table.place("scale").line, f"{table.who} is a number and has a scale", "keep one of 'type', 'scale'"
        )
    for key in ("min", "max"):
        if key not in table:
            table.fault(table.line, f"{table.who} is a number and has no {quoted(key)}", "add it")
    if low is not None and high is not None and low >= high:
        what = f"{table.who}: 'min' {low:g} is not below 'max' {high:g}"
        table.fault(table.place("min").line, what, "exchange or correct them")


def _judge_scaled(table: Table) -> None:
    if "scale" not in table:
        table.fault(table.line, f"{table.who} has no 'scale'", "add it, or 'type: number' with 'min' and 'max'")
    for key in ("min", "max"):
        if key in table:
            what = f"{table.who} has {quoted(key)}, which only a number has"
            table.fault(table.place(key).line, what, "remove it, or write 'type: number' instead of 'scale'")


def _roles(table: Table) -> tuple[str, ...] | None:
    node = table.node("roles")
    if isinstance(node, Sequence) and not node.parts:
        table.fault(node.line, f"{table.who}: 'roles' is empty, so nobody is asked", "remove 'roles' to ask everyone")
        return None
    return table.ids("roles", "role") or None


def _questions(table: Table, into: Questionnaires) -> dict[str, Question]:
    read = {}
    for id_, node, line in table.entries("unscored"):
        before = table.page.ledger.count
        part = Table(table.page, node, f"question {quoted(id_)}", KEYS["question"], line)
        question = _question(part, id_, into)
        if table.page.ledger.count > before:
            table.page.ledger.distrust("item", id_)
        if _accepted(part, "item", id_, into):
            read[id_] = question
    return read


def _question(table: Table, id_: str, into: Questionnaires) -> Question:
    kind = table.choice("type", ("choice", "text"), "text")
    if kind == "choice" and "options" not in table:
        table.fault(table.line, f"{table.who} is a choice and has no 'options'", "add them, or write 'type: text'")
    if kind == "text" and "options" in table and table.node("type") is not None:
        place = table.place("options")
        table.fault(place.line, f"{table.who} is a text and has 'options'", "remove them, or write 'type: choice'")
    options = read_options(table, into.header.missing) if kind == "choice" else ()
    if kind == "choice" and not options:
        table.page.ledger.distrust("item", id_)
    return Question(
        id=id_,
        type=kind,
        text=table.text("text"),
        help=table.text("help"),
        options=options,
        core=table.flag("core", True),
        roles=_roles(table),
        ask_if=read_ask_if(table, id_, into.header.context),
        source=table.ids("source", "source") or (),
    )


def _accepted(table: Table, kind: Part, id_: str, into: Questionnaires | None = None) -> bool:
    """Whether an id can be taken: well formed, and not taken already. Faults say why not."""
    if not table.accepts(id_, table.line, table.who):
        table.page.ledger.declare(kind, id_, table.place())  # so that whoever names it is not reported as well
        return False
    if into is not None and (id_ == RESPONDENT or id_ in into.header.context):
        what = "the column of respondents" if id_ == RESPONDENT else "a context key"
        table.fault(table.line, f"{table.who} has the name of {what}", "give it another id")
    return table.page.ledger.declare(kind, id_, table.place())
