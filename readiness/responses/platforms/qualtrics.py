"""Qualtrics: names, then questions in words, then (since 2016) what each column is imported as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses, ticks
from readiness.responses.platforms.headings import bare, key, words
from readiness.responses.platforms.vocabulary import ABOUT

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

TITLE = "Qualtrics"
IMPORT_ID = re.compile(r"""\{\s*["']ImportId["']\s*:\s*["']([^"']+)["']""")
RESPONSE_ID = re.compile(r"R_[A-Za-z0-9]{6,}\Z")
LEGACY = re.compile(r"V\d+\Z")
OWN = frozenset(
    bare(
        "startdate|enddate|status|ipaddress|progress|duration|finished|recordeddate|recipientlastname|"
        "recipientfirstname|recipientemail|externalreference|externaldatareference|locationlatitude|"
        "locationlongitude|locationaccuracy|distributionchannel|userlanguage|responseset|responsesetid|name|"
        "emailaddress"
    )
)
IDS = frozenset({"responseid", "recordid"})
BASE = re.compile(r"(?:\d+_)?(QID\d+|[^_#]+)")  # of an import id, or of a name such as Q2_1 or Q4#1_1
SEPARATORS = (" - ", "-")
SELECTED = re.compile(
    r" - (?:Selected Choice|Choix sélectionné|Ausgewählte Auswahl|Opción seleccionada)\Z", re.IGNORECASE
)
# Response types: as numbers, and in the languages of accounts that are known.
PREVIEWS = bare(
    "1|2|17|survey preview|survey test|umfragevorschau|umfragetest|aperçu de l'enquête|test de l'enquête|"
    "vista previa de la encuesta|prueba de la encuesta|visualização da pesquisa"
)
SPAM = bare("8|9|spam|possible spam")
UNFINISHED = bare("0|false|faux|falsch|falso|nein|non|no")


@dataclass(frozen=True)
class Heading:
    """The header rows of an export: names, words and, where there are any, what each column is imported as."""

    names: Sequence[str]
    texts: Sequence[str]
    imported: Sequence[str]
    rows: int

    def own(self, place: int) -> str:
        """What Qualtrics itself calls a column that is no question; "" for a question."""
        if self.imported[place].startswith("QID"):
            return ""
        for name in (
            self.imported[place],
            self.names[place],
            self.texts[place] if LEGACY.match(self.names[place]) else "",
        ):
            known = re.sub(r"\s*\(.*\)|[\s_]", "", name).casefold().removeprefix("panel-")
            if known in OWN | IDS or name.startswith(("Q_Recaptcha", "Q_RelevantID", "Q_BallotBox")):
                return known
        return ""


def recognise(grid: Grid) -> bool:
    """Whether a row of import ids is there, or the names that Qualtrics gives its own columns."""
    if any(sum(IMPORT_ID.match(cell) is not None for cell in grid.row(place)) > 1 for place in (1, 2)):
        return True
    first, second = ({re.sub(r"\s", "", cell).casefold() for cell in grid.row(place)} for place in (0, 1))
    if any(LEGACY.match(cell.strip()) for cell in grid.row(0)) and "responseid" in second:
        return True
    return "responseid" in first and len(first & OWN) > 2


def read(grid: Grid) -> Export:
    """An export of Qualtrics. Previews and generated tests are left out; responses that were not finished are told.

    Raises:
        ResponseError: there are no responses.
    """
    heading = _heading(grid)
    columns, respondents = [], []
    for place, name in enumerate(heading.names):
        header = next((row[place] for row in (heading.names, heading.texts) if row[place].strip()), "")
        text = SELECTED.sub("", words(heading.texts[place]))
        own = heading.own(place)
        column = Column(place, header, code=words(name), text=text)
        if own in IDS:
            respondents.append(place)
        if own:
            about = ABOUT.get(key(own)) or ABOUT.get(key(name)) or ABOUT.get(key(text)) or "platform's own"
            column = replace(column, kind="respondent" if own in IDS else "about", about="" if own in IDS else about)
        columns.append(column)
    columns = _with_subs(grid, heading, columns)
    marks = _marks(grid, heading)
    return responses.understood_as(
        "qualtrics", grid, columns, heading.rows, respondents=respondents, marks=marks, regular=not marks
    )


def _heading(grid: Grid) -> Heading:
    """How many rows name the columns, and what they say."""
    rows = [grid.row(place) for place in range(3)]
    blank = [""] * grid.width
    at = next((n for n in (1, 2) if sum(IMPORT_ID.match(cell) is not None for cell in rows[n]) > 1), None)
    if at is not None:
        found = [IMPORT_ID.match(cell) for cell in rows[at]]
        imported = [match[1] if match else "" for match in found]
        return Heading(rows[0], rows[1] if at == 2 else blank, imported, at + 1)
    if sum(LEGACY.match(cell.strip()) is not None for cell in rows[0]) > 2:
        return Heading(rows[0], rows[1], blank, 2)
    ids = [place for place in range(grid.width) if key(rows[0][place]).replace(" ", "") in IDS]
    answered = any(RESPONSE_ID.match(rows[1][place].strip()) for place in ids)
    if not any(RESPONSE_ID.match(row[place].strip()) for row in rows for place in ids):  # ids taken out or replaced
        answered = not any(heading_below(rows[0][place], rows[1][place]) for place in ids)
    if answered:
        names, texts = (blank, rows[0]) if any(" " in words(cell) for cell in rows[0]) else (rows[0], blank)
        return Heading([name or text for name, text in zip(names, texts, strict=True)], texts, blank, 1)
    return Heading(rows[0], rows[1], blank, 2)


def heading_below(name: str, below: str) -> bool:
    """Whether what stands below an id's name is its name in words."""
    return key(below).replace(" ", "") == key(name).replace(" ", "") or "id" in key(below).replace("-", " ").split()


def _with_subs(grid: Grid, heading: Heading, columns: list[Column]) -> list[Column]:
    """Columns of one question taken apart: what their texts share is the question, the rest a row or an option."""
    found: dict[str, list[int]] = {}
    for column in columns:
        if column.kind == "question":
            match = BASE.match(heading.imported[column.place] or column.code)
            found.setdefault(match[0] if match else column.code, []).append(column.place)
    subs: dict[int, str] = {}
    for places in found.values():
        texts = [columns[place].text for place in places]
        question, rest = shared(texts)
        for place, sub in zip(places, rest, strict=True):
            if sub:
                columns[place] = replace(columns[place], text=question)
                subs[place] = sub
    cells = responses.sample(grid, heading.rows)
    asked: dict[str, list[int]] = {}
    for base, places in found.items():
        here = [place for place in places if place in subs]
        lines = _lines([columns[place].code for place in here], [subs[place] for place in here])
        if lines:  # a grid with several options a line: what stands twice is the line
            for place, (row, option) in zip(here, lines, strict=True):
                columns[place] = replace(columns[place], row=row, choice=option)
        elif len(here) == 1 and len(places) > 1:  # the open text of an option
            columns[here[0]] = replace(columns[here[0]], choice=subs[here[0]].removesuffix(" - Text"))
        else:
            asked[base] = here
    return ticks.with_subs(columns, cells, subs, asked)


def shared(texts: Sequence[str]) -> tuple[str, list[str]]:
    """What texts share up to a separator, and what remains of each; nothing where they share nothing."""
    nothing = "", [""] * len(texts)
    if len(texts) < 2:
        return nothing
    for separator in SEPARATORS:
        for end in reversed([match.end() for match in re.finditer(re.escape(separator), texts[-1])]):
            start = texts[-1][:end]
            question = start.removesuffix(separator)
            if question.strip() and all(text.startswith(start) or text == question for text in texts):
                return question.strip(), [text[end:].strip() for text in texts]
    return nothing


def _lines(codes: Sequence[str], subs: Sequence[str]) -> list[tuple[str, str]]:
    """Sub-questions of a grid with an option a column, as line and option; nothing if they are no such thing."""
    lines: dict[str, list[int]] = {}
    for n, code in enumerate(codes):
        lines.setdefault(code.rpartition("_")[0], []).append(n)
    if len(lines) < 2 or any(len(line) < 2 for line in lines.values()):
        return []
    apart: list[tuple[str, str]] = [("", "")] * len(codes)
    for line in lines.values():
        row, options = shared([subs[n] for n in line])
        if not row or not all(options):
            return []
        for n, option in zip(line, options, strict=True):
            apart[n] = (row, option)
    return apart


def _marks(grid: Grid, heading: Heading) -> list[responses.Mark]:
    """Rows that Qualtrics itself says are previews, tests, spam or not finished."""
    body = responses.below(grid, heading.rows)

    def among(own: str, words: Sequence[str]) -> pl.Series:
        where = pl.Series([False]).new_from_index(0, body.height)
        for place in range(grid.width):
            if heading.own(place) == own:
                said = body[str(place)].str.strip_chars().str.to_lowercase().str.replace_all("’", "'", literal=True)
                where = where | said.is_in(list(words)).fill_null(False)
        return where

    if not any(heading.own(place) in ("status", "distributionchannel", "finished") for place in range(grid.width)):
        return []
    previews = among("status", PREVIEWS) | among("distributionchannel", ("preview", "test"))
    return [
        responses.Mark("previews or tests of the survey", previews),
        responses.Mark("marked as possible spam, and kept", among("status", SPAM), left_out=False),
        responses.Mark("not finished; what they answered counts", among("finished", UNFINISHED), left_out=False),
    ]
