"""What responses can hold: scales, labels of missing answers, context."""

from __future__ import annotations

from readiness.framework.folding import folded
from readiness.framework.frozen import Text
from readiness.framework.ledger import quoted
from readiness.framework.models import ContextKey, Missing, Option, Scale
from readiness.framework.nodes import Broken, Mapping, Scalar
from readiness.framework.options import read_options
from readiness.framework.table import Table
from readiness.framework.vocabulary import KEYS
from readiness.framework.wording import read_text

RESPONDENT = "respondent"  # the column of the canonical table that no id may take
_DONT_KNOW = {"en": "Don't know", "fr": "Ne sait pas"}
_NOT_APPLICABLE = {"en": "Not applicable", "fr": "Sans objet"}


def read_context(table: Table) -> dict[str, ContextKey]:
    """Read `context`: what may be recorded with a response."""
    ledger = table.page.ledger
    read = {}
    for id_, node, line in table.entries("context"):
        blank = Mapping(line) if isinstance(node, Scalar) and node.value is None else node
        part = Table(table.page, blank, f"context key {quoted(id_)}", KEYS["context key"], line)
        ledger.declare("context key", id_, part.place())
        if not table.accepts(id_, line, "'context'"):
            continue
        if id_ == RESPONDENT:
            table.fault(line, f"context key {quoted(id_)} has a name that is taken", "choose another name")
        options = _context_options(part, id_) if "options" in part else None
        if id_ == "role" and options is None:
            ledger.incomplete("role")  # any role may be written
        read[id_] = ContextKey(id=id_, title=part.text("title"), options=options, core=part.flag("core", True))
    if "context" in table and not isinstance(table.node("context"), Mapping):
        ledger.incomplete("role", "context key")
    return read


def _context_options(table: Table, key: str) -> dict[str, Text] | None:
    if not isinstance(table.node("options"), (Mapping, type(None))):
        table.wrong("options", table.node("options") or Broken(0), "a mapping", "write 'option: {en: …}', one a line")
        return None
    read: dict[str, Text] = {}
    taken: dict[str, str] = {}
    missing = frozenset({"NA", "NaN"})  # as R and pandas write a missing value
    for id_, node, line in table.entries("options"):
        place = table.page.at(line)
        if key == "role":
            table.page.ledger.declare("role", id_, place)
        label = (
            Text()
            if isinstance(node, Scalar) and node.value is None
            else read_text(table.page, node, f"option {quoted(id_)}")
        )
        read[id_] = label or Text({"": id_})
        for word in dict.fromkeys((id_, *label.values())):
            if word in missing:
                table.fault(line, f"{table.who}: {quoted(word)} is read as a missing value", "write the word in full")
            if taken.setdefault(folded(word), id_) != id_:
                others = f"{quoted(taken[folded(word)])} and {quoted(id_)}"
                table.fault(line, f"{table.who}: options {others} are both called {quoted(word)}", "rename one of them")
    if not read:
        table.fault(
            table.place("options").line, f"{table.who} has no options", "add some, or remove the key for free text"
        )
        return None
    return read


def read_missing(table: Table) -> Missing:
    """Read the labels of the two answers that are not answers; the usual ones where none are given."""
    languages = table.page.languages or ()
    node = table.node("missing")
    part = Table(table.page, node, "'missing'", KEYS["missing"]) if node is not None else None

    def label(key: str, usual: dict[str, str]) -> Text:
        written = part.text(key) if part is not None else Text()
        return written or Text({code: usual[code] for code in languages if code in usual}) or Text({"": usual["en"]})

    dk, na = label("dk", _DONT_KNOW), label("na", _NOT_APPLICABLE)
    shared = sorted(set(dk.values()) & set(na.values()))
    if shared:
        what = f"'missing': 'dk' and 'na' are both called {quoted(shared[0])}"
        table.fault(table.place("missing").line, what, "give each its own label")
    return Missing(dk=dk, na=na)


def read_scales(table: Table, missing: Missing) -> dict[str, Scale]:
    """Read `scales`. missing: the labels that no option may carry."""
    read = {}
    for id_, node, line in table.entries("scales"):
        part = Table(table.page, node, f"scale {quoted(id_)}", KEYS["scale"], line)
        table.page.ledger.declare("scale", id_, part.place())
        if table.accepts(id_, line, "'scales'"):
            before = table.page.ledger.count
            options = read_options(part, missing)
            if table.page.ledger.count > before or not options:
                table.page.ledger.distrust("scale", id_)
            else:
                _judge_extremes(part, options)
            read[id_] = Scale(id=id_, title=part.text("title"), options=options or (Option(value=0), Option(value=1)))
    if not isinstance(table.node("scales"), Mapping):
        table.page.ledger.incomplete("scale")
    return read


def _judge_extremes(table: Table, options: tuple[Option, ...]) -> None:
    if len({option.points for option in options}) == 1:
        place = table.place("options")
        table.fault(
            place.line, f"{table.who}: all options count the same", "give it options of different value or score"
        )
