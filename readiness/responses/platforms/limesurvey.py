"""LimeSurvey: codes, full texts or both in one header row, sub-questions in brackets; or two rows, question and sub."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses, ticks
from readiness.responses.platforms.headings import (
    bare,
    blocks,
    bracketed,
    carried,
    has_two_rows,
    is_name,
    key,
    keys,
    words,
)
from readiness.responses.platforms.vocabulary import ABOUT, COMMENT, RESPONDENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.responses.grid import Grid

TITLE = "LimeSurvey"
CODES = frozenset(
    bare("id|submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|token|interviewtime")
)
SIGNS = frozenset(
    keys(
        "Date submitted|Last page|Start language|Seed|Date last action|Date started|Date de soumission|"
        "Dernière page|Langue de départ|Tête de série|Graine|Date de lancement|Date de la dernière action|"
        "Datum Abgeschickt|Letzte Seite|Start-Sprache|Startsprache|Zufallsstartwert|Zufallsgeneratorstartwert|"
        "Datum gestartet|Datum letzte Aktivität|Fecha de envío|Última página|Lenguaje inicial|Idioma inicial|"
        "Semilla|Data de envio|Língua inicial|Idioma inicial|Semente|Data di invio|Ultima pagina|Lingua iniziale"
    )
)
IDS = keys(
    "Response ID|ID de la réponse|ID réponse|Antwort ID|Antwort-ID|ID de respuesta|ID de la respuesta|"
    "ID da resposta|ID risposta|ID della risposta|Antwoord ID|Response-ID"
)
SUBMITTED = keys(
    "submitdate|Date submitted|Date de soumission|Datum Abgeschickt|Fecha de envío|Data de envio|Data di invio"
)
CODE_IN_BRACKETS = re.compile(r"[^\W\d]\w*(?:\[[^\[\]\s]+\])+\Z")
CODE_AND_TEXT = re.compile(r"([^\W\d]\w*(?:\[[^\[\]\s]*\])*)(?:[.:;|]| -)(?:\s+(.*))?\Z", re.DOTALL)
SUB_CODE = re.compile(r"[^\W\d]\w*_SQ\d{3}(?:_\w+)?\Z")
TIMED = re.compile(r"groupTime\d+\Z|\w+Time\Z")  # codes, in a file that has the time of the whole interview
TIMINGS = re.compile(
    r"(?:Total time|Temps total|Gesamtzeit)\Z"
    r"|(?:Group time|Question time|Temps pour (?:le groupe|la question)|Gruppenzeit|Fragenzeit)\b"
)
A_COUNTER = "a number that begins anew in every survey"
# What LimeSurvey writes for a question that its logic did not show.
NOT_SHOWN = frozenset({"N/A", "{question_not_shown}"})


@dataclass(frozen=True)
class Heading:
    """One column's heading, taken apart."""

    code: str
    text: str
    subs: tuple[str, ...]

    @property
    def name(self) -> str:
        """What LimeSurvey's own column would be called."""
        return key(self.text or self.code)


def recognise(grid: Grid) -> bool:
    """Whether LimeSurvey's own columns are there, sub-questions by code, or questions over blocks of sub-questions."""
    first, second = grid.row(0), grid.row(1)
    if _has_codes(first) or _has_codes(second):
        return True
    keys = {key(_spoken(header)) for header in first}
    if keys & set(IDS) and (keys & SIGNS or any(bracketed(words(header))[1] for header in first)):
        return True
    if sum(map(_has_code_in_brackets, first)) > 1 or sum(SUB_CODE.match(header) is not None for header in first) > 1:
        return True
    return has_two_rows(first, second)


def _has_codes(row: Sequence[str]) -> bool:
    """Whether a row holds the codes of LimeSurvey's own columns."""
    codes = {header.strip() for header in row} & CODES
    return len(codes) > 2 and bool(codes & {"lastpage", "startlanguage", "submitdate"})


def _has_code_in_brackets(header: str) -> bool:
    """Whether a heading begins with a question's and a sub-question's code, such as `G01Q02[SQ001]`."""
    both = CODE_AND_TEXT.match(words(header))
    return CODE_IN_BRACKETS.match(both[1] if both else words(header)) is not None


def _spoken(header: str) -> str:
    """The words of a heading that may begin with the code of one of LimeSurvey's own columns."""
    both = CODE_AND_TEXT.match(words(header))
    return both[2] or "" if both and both[1] in CODES else words(header)


def read(grid: Grid) -> Export:
    """An export of LimeSurvey's answers, whatever its headings are; responses that were not submitted stay in, told.

    Raises:
        ResponseError: there are no responses.
    """
    first, second = grid.row(0), grid.row(1)
    if _has_codes(second):  # the file of a whole survey ("VV"): questions in words, then codes
        headings = [replace(_in_words(text), code=code.strip()) for text, code in zip(first, second, strict=True)]
        return _export(grid, second, headings, 2)
    if not any(key(header) in IDS for header in first) and has_two_rows(first, second):
        return _two_rows(grid, first, second)
    filled = [words(header) for header in first if header.strip()]
    has_both = 2 * sum(CODE_AND_TEXT.match(header) is not None for header in filled) > len(filled)
    spaced = not any("_" in header and key(header) in SIGNS | set(IDS) for header in filled)
    return _export(grid, first, [_heading(header, has_both) if spaced else _in_words(header) for header in first], 1)


def _heading(header: str, has_both: bool) -> Heading:
    text = words(header)
    both = CODE_AND_TEXT.match(text) if has_both else None
    if both:
        return replace(_in_words(both[2] or ""), code=both[1])
    if not is_name(text) and not CODE_IN_BRACKETS.match(text):
        return _in_words(text)
    code, subs = bracketed(text)
    return Heading(text, text if text.isalpha() and text not in CODES else "", tuple(subs) if code else ())


def _in_words(text: str) -> Heading:
    """A heading in words, spaces perhaps turned into underscores."""
    spaced = words(text)
    if " " not in spaced:
        spaced = words(spaced.replace("_", " "))
    question, subs = bracketed(spaced)
    return Heading("", question, tuple(sub for sub in subs if sub))


def _export(grid: Grid, names: Sequence[str], headings: Sequence[Heading], header_rows: int) -> Export:
    """The columns of one row of headings."""
    columns: list[Column] = []
    subs: dict[int, str] = {}
    found: dict[str, list[int]] = {}
    first, leads = grid.row(0), True  # LimeSurvey's own columns lead; later, a question may have such a name
    is_timed = any(heading.code == "interviewtime" for heading in headings)
    for place, (name, heading) in enumerate(zip(names, headings, strict=True)):
        column = _column(place, first[place] or name, heading, leads)
        if is_timed and TIMED.match(heading.code):
            column = replace(column, kind="about", about="duration")
        leads = leads and (column.kind != "question" or not heading.name)
        columns.append(column)
        if column.kind == "question" and len(heading.subs) == 1 and not column.row:
            subs[place] = heading.subs[0]
            question = heading.code.partition("[")[0] or heading.text
            found.setdefault(question, []).append(place)
    columns = ticks.with_subs(columns, responses.sample(grid, header_rows), subs, found)
    respondents = [place for place, heading in enumerate(headings) if _is_id(heading)]
    marks = [
        responses.Mark(
            "not submitted; what they answered counts",
            responses.below(grid, header_rows)[str(place)].is_null(),
            left_out=False,
        )
        for place, heading in enumerate(headings)
        if key(heading.code) in SUBMITTED or heading.name in SUBMITTED
    ][:1]
    return responses.understood_as(
        "limesurvey", grid, columns, header_rows, respondents=respondents, marks=marks, regular=not marks
    )


def _is_id(heading: Heading) -> bool:
    return heading.code == "id" or (heading.name in IDS and not heading.subs)


def _column(place: int, header: str, heading: Heading, leads: bool) -> Column:
    """A column without its only sub-question, which may be a row or an option. leads: no question stands before it."""
    if _is_id(heading):
        return Column(place, header, heading.code, heading.text, kind="respondent", about=A_COUNTER, counter=True)
    own = heading.code in CODES or (leads and not heading.subs and heading.name in ABOUT)
    if own or TIMINGS.match(heading.text):
        about = ABOUT.get(key(heading.code)) or ABOUT.get(heading.name, "platform's own")
        return Column(place, header, heading.code, heading.text, kind="about", about=about)
    column = Column(place, header, heading.code, heading.text, not_put=NOT_SHOWN)
    if not heading.subs:
        return column
    last = heading.subs[-1]
    if key(last).startswith(COMMENT) or key(last).endswith("comment"):
        return replace(column, row=", ".join(heading.subs))
    if len(heading.subs) > 1:
        return replace(column, row=heading.subs[0], choice=", ".join(heading.subs[1:]))
    return column


def _two_rows(grid: Grid, first: Sequence[str], second: Sequence[str]) -> Export:
    """Questions over the first column of their block, sub-questions below."""
    columns = [
        Column(place, first[place] if first[place].strip() else second[place], text=words(question), not_put=NOT_SHOWN)
        for place, question in enumerate(carried(first, second))
    ]
    for place, column in enumerate(columns):
        about = ABOUT.get(key(column.text), "")
        if not about or second[place].strip():
            break
        columns[place] = replace(column, kind="about", about=about)
    subs = {place: words(sub) for place, sub in enumerate(second) if sub.strip()}
    found = {str(block[0]): [place for place in block if place in subs] for block in blocks(first, second)}
    columns = ticks.with_subs(columns, responses.sample(grid, 2), subs, found)
    respondents = [place for place, text in enumerate(first) if key(text) in RESPONDENT and not second[place].strip()]
    return responses.understood_as("limesurvey", grid, columns, 2, respondents=respondents)
