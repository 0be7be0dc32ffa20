"""`framework.yaml`: what holds for all questionnaires and scenarios."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from readiness.framework.answers import read_context, read_missing, read_scales
from readiness.framework.configurations import Calibration
from readiness.framework.frozen import EMPTY, Text
from readiness.framework.ledger import quoted
from readiness.framework.levels import Level, read_calibration, read_level
from readiness.framework.models import ContextKey, Defaults, Family, Guard, Missing, Note, Scale, Source
from readiness.framework.nodes import Mapping, Node, Scalar, Sequence
from readiness.framework.table import Table, number_of
from readiness.framework.vocabulary import KEYS
from readiness.framework.wording import Page, found, in_quotes

FORMAT = 1
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass
class Header:
    """What `framework.yaml` says, except for the files it names."""

    id: str = ""
    version: str = ""
    languages: tuple[str, ...] = ()
    title: Text = EMPTY
    about: Text = EMPTY
    level: Level = field(default_factory=Level)
    sources: dict[str, Source] = field(default_factory=dict)
    context: dict[str, ContextKey] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    missing: Missing = field(default_factory=lambda: Missing(dk=Text(), na=Text()))
    defaults: Defaults = field(default_factory=Defaults)
    families: dict[str, Family] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    guards: tuple[Guard, ...] = ()
    questionnaires: tuple[tuple[str, int], ...] = ()  # file names and their lines
    scenarios: tuple[str, int] | None = None


def read_header(page: Page, root: Node) -> tuple[Header, Page]:
    """Read `framework.yaml`. Also gives back the page, which knows the languages from here on."""
    table = Table(page, root, "the framework", KEYS["framework"])
    if not table.readable:
        page.ledger.incomplete("source", "role", "scale", "family", "context")
        return Header(), page
    page.ledger.mark(table.place(), "framework")
    _format(table)
    languages = _languages(table)
    table.page = page = page.in_languages(languages or None)
    id_ = table.id("id") or ""
    header = Header(
        id=id_,
        version=table.string("version"),
        languages=languages,
        title=table.text("title", absent="add it, or the report shows the id") or Text({"": id_}),
        about=table.text("about"),
        level=read_level(table),
        sources=_sources(table),
        context=read_context(table),
        missing=read_missing(table),
        defaults=_defaults(table),
        families=_families(table),
        notes=_notes(table),
        guards=_guards(table),
        questionnaires=_files(table),
        scenarios=_scenarios(table),
    )
    header.scales = read_scales(table, header.missing)
    return header, page


def _format(table: Table) -> None:
    node = table.node("format")
    if node is not None and number_of(node) != FORMAT:
        table.wrong("format", node, f"{FORMAT}", f"this version of readiness reads format {FORMAT}")


def _languages(table: Table) -> tuple[str, ...]:
    read: dict[str, None] = {}
    for node in table.listed("languages"):
        if not isinstance(node, Scalar) or not _LANGUAGE.fullmatch(node.text):
            table.fault(node.line, f"'languages' holds {found(node)}", "write codes such as en, fr or pt-BR")
        elif node.text in read:
            table.fault(node.line, f"language {quoted(node.text)} is there twice", "keep one of them")
        else:
            read[node.text] = None
    listed = table.node("languages")
    if isinstance(listed, Sequence) and not listed.parts:
        table.fault(listed.line, "'languages' is empty", "name at least one language, such as [en]")
    return tuple(read)


def _sources(table: Table) -> dict[str, Source]:
    read = {}
    if "sources" in table and not isinstance(table.node("sources"), Mapping):
        table.page.ledger.incomplete("source")
    for id_, node, line in table.entries("sources"):
        part = Table(table.page, node, f"source {quoted(id_)}", KEYS["source"], line)
        table.page.ledger.declare("source", id_, part.place())
        if table.accepts(id_, line, "'sources'"):
            year = part.whole("year", 0, 1, 9999)
            read[id_] = Source(
                title=part.string("title"),
                author=part.string("author"),
                year=year or None,
                url=part.string("url"),
                note=part.text("note"),
            )
    return read


def _defaults(table: Table) -> Defaults:
    usual = Defaults()
    node = table.node("defaults")
    if node is None:
        return usual
    part = Table(table.page, node, "'defaults'", KEYS["defaults"])
    calibration: Calibration | None = None
    written = part.node("calibration")
    if written is not None:
        calibration = read_calibration(
            table.page, written, "the default calibration", "high", usual.calibration.log_odds
        )
    return Defaults(
        min_answered=part.number("min_answered", usual.min_answered, 0, 1),
        min_group=part.whole("min_group", usual.min_group, 3),
        min_comments=part.whole("min_comments", usual.min_comments, 3),
        calibration=calibration or usual.calibration,
    )


def _families(table: Table) -> dict[str, Family]:
    read = {}
    for id_, node, line in table.entries("families"):
        part = Table(table.page, node, f"family {quoted(id_)}", KEYS["family"], line)
        table.page.ledger.declare("family", id_, part.place())
        if table.accepts(id_, line, "'families'"):
            title = part.text("title", absent="add it, or the report shows the id")
            read[id_] = Family(id=id_, title=title or Text({"": id_}), about=part.text("about"))
    if "families" not in table or not read:
        table.page.ledger.incomplete("family")  # none listed: any family may be named
    return read


def _notes(table: Table) -> dict[str, Note]:
    read = {}
    for id_, node, line in table.entries("notes"):
        part = Table(table.page, node, f"note {quoted(id_)}", KEYS["note"], line)
        if table.accepts(id_, line, "'notes'"):
            source = part.ids("source", "source") or ()
            read[id_] = Note(id=id_, title=part.text("title"), text=part.text("text"), source=source)
    return read


def _guards(table: Table) -> tuple[Guard, ...]:
    read = []
    for node in table.listed("guards"):
        part = Table(table.page, node, "a guard", KEYS["guard"])
        moving = part.reference("moving", "indicator")
        part.who = f"the guard for {quoted(moving)}" if moving else part.who
        needs = part.ids("needs", "indicator")
        if needs == ():
            part.fault(part.place("needs").line, f"{part.who} needs nothing", "name an indicator, or remove the guard")
        if moving is not None and moving in (needs or ()):
            part.fault(part.place("needs").line, f"{part.who} needs {quoted(moving)} itself", "remove it from 'needs'")
        direction = part.choice("direction", ("up", "down"), "up")
        source = part.ids("source", "source") or ()
        table.page.ledger.mark(part.place(), "guard", moving or "")
        read.append(
            Guard(moving=moving or "", direction=direction, needs=needs or (), why=part.text("why"), source=source)
        )
    return tuple(read)


def _files(table: Table) -> tuple[tuple[str, int], ...]:
    read: dict[str, int] = {}
    for node in table.listed("questionnaires"):
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.text:
            table.fault(node.line, f"'questionnaires' holds {found(node)}", "write the name of a YAML file")
            table.page.ledger.incomplete("indicator", "item", "dimension")
        elif node.text in read:
            table.fault(node.line, f"questionnaire {quoted(node.text)} is listed twice", "keep one of them")
        else:
            read[node.text] = node.line
    listed = table.node("questionnaires")
    if isinstance(listed, Sequence) and not listed.parts:
        table.fault(listed.line, "'questionnaires' is empty", "name at least one file, such as [culture.yaml]")
    if not read:
        table.page.ledger.incomplete("indicator", "item", "dimension")
    return tuple(read.items())


def _scenarios(table: Table) -> tuple[str, int] | None:
    node = table.node("scenarios")
    if node is None:
        return None
    if isinstance(node, Scalar) and isinstance(node.value, str) and node.text:
        return node.text, node.line
    table.wrong("scenarios", node, "the name of a YAML file", in_quotes(node))
    return None
