"""LimeSurvey: CSV with a byte order mark, all quoted, CRLF, a blank last line; questions, codes or both above."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence

from tests.shapes.shape import Shape, delimited
from tests.shapes.survey import Person, Question, Survey
from tests.shapes.workbook import xlsx

CODES = ("id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp")
ABOUT = {
    "en": ("Response ID", "Date submitted", "Last page", "Start language", "Seed", "Date started", "Date last action"),
    "fr": (
        "ID de la réponse",
        "Date de soumission",
        "Dernière page",
        "Langue de départ",
        "Tête de série",
        "Date de lancement",
        "Date de la dernière action",
    ),
}
YES_NO = {"en": ("Yes", "No"), "fr": ("Oui", "Non")}
OTHER = {"en": "Other", "fr": "Autre"}
NOT_SHOWN = "N/A"  # in any language; an answer that was not given is an empty cell
Heading = Callable[[str, str], str]


def columns(survey: Survey, language: str) -> Iterator[tuple[str, str, Question, str]]:
    """Every column after the first ones: its code, its text, its question, and the option it belongs to."""
    for grid, lines in survey.blocks():
        for question in lines:
            text = question.text[language]
            if question.kind == "boxes":
                for option in question.options:
                    yield f"{question.id}[{option}]", f"{text} [{question.label(option, language)}]", question, option
            elif grid:
                title = survey.grids[grid][language]
                yield f"{grid[:4].upper()}[{question.id}]", f"{title} [{text}]", question, ""
            else:
                yield question.id, text, question, ""
                if question.open_ended:
                    yield f"{question.id}[other]", f"{text} [{OTHER[language]}]", question, "other"


def _about(person: Person, language: str) -> list[str]:
    began, ended = f"{person.began:%Y-%m-%d %H:%M:%S}", f"{person.ended:%Y-%m-%d %H:%M:%S}"
    submitted = "" if person.left else ended
    return [
        str(person.number),
        submitted,
        "2" if person.left else "4",
        language,
        str(90210 + person.number),
        began,
        ended,
    ]


def _answer(person: Person, question: Question, option: str, language: str) -> str:
    """An answer in full."""
    if question.id not in person.seen:
        return NOT_SHOWN
    said = person.of(question)
    if option == "other":
        return ""
    if option:
        yes, no = YES_NO[language]
        return "" if not said else yes if said == option else no
    return question.label(said, language)


def _code(person: Person, question: Question, option: str, language: str) -> str:
    """An answer's code; numbers as the database holds them."""
    said = person.of(question)
    if option:
        return "Y" if said == option else ""
    if question.kind == "number" and said:
        return f"{float(said):.10f}"
    return said


Answer = Callable[[Person, Question, str, str], str]


def _table(survey: Survey, language: str, about: Sequence[str], heading: Heading, answer: Answer) -> list[list[str]]:
    asked = list(columns(survey, language))
    head = [*about, *(heading(code, text) for code, text, _, _ in asked)]
    body = [
        [*_about(person, language), *(answer(person, question, option, language) for _, _, question, option in asked)]
        for person in survey.people
    ]
    return [head, *body]


def _written(rows: Sequence[Sequence[str]], delimiter: str) -> bytes:
    text = delimited(rows, delimiter, "\r\n", csv.QUOTE_ALL)
    return (text + "\r\n").encode("utf-8-sig")


def _texts(survey: Survey, language: str) -> bytes:
    rows = _table(survey, language, ABOUT[language], lambda _, text: text, _answer)
    return _written(rows, ";")


def _codes(survey: Survey, language: str) -> bytes:
    return _written(_table(survey, language, CODES, lambda code, _: code, _answer), ",")


def _both(survey: Survey, language: str) -> bytes:
    about = [f"{code}. {text}" for code, text in zip(CODES, ABOUT[language], strict=True)]
    return _written(_table(survey, language, about, lambda code, text: f"{code}. {text}", _answer), ",")


def _answer_codes(survey: Survey, language: str) -> bytes:
    return _written(_table(survey, language, CODES, lambda code, _: code, _code), ";")


def _workbook(survey: Survey, language: str) -> bytes:
    return xlsx(_table(survey, language, ABOUT[language], lambda _, text: text, _answer), "results-survey4831")


def _two_rows(survey: Survey, language: str) -> bytes:
    """Cleaned by hand: no columns about the response, a grid's title over its first line alone."""
    head: list[str] = []
    below: list[str] = []
    asked = list(columns(survey, language))
    above = ""
    for _, text, question, option in asked:
        title = survey.grids[question.grid][language] if question.grid else question.text[language]
        head.append("" if title == above else title)
        below.append(text.removeprefix(f"{title} [").removesuffix("]") if option or question.grid else "")
        above = title
    body = [[_answer(person, q, option, language) for _, _, q, option in asked] for person in survey.people]
    for person, row in zip(survey.people, body, strict=True):
        if person.left:  # which no column tells any more
            row[:] = ["" if cell == NOT_SHOWN else cell for cell in row]
    return delimited([head, below, *body], ";").encode("utf-8-sig")


SHAPES = {
    "LimeSurvey CSV with questions": Shape(_texts, ".csv", "LimeSurvey"),
    "LimeSurvey CSV with codes": Shape(_codes, ".csv", "LimeSurvey"),
    "LimeSurvey CSV with codes and questions": Shape(_both, ".csv", "LimeSurvey"),
    "LimeSurvey CSV of answer codes": Shape(_answer_codes, ".csv", "LimeSurvey"),
    "LimeSurvey XLSX with questions": Shape(_workbook, ".xlsx", "LimeSurvey"),
    "LimeSurvey CSV with two header rows": Shape(_two_rows, ".csv", "", names=False),
}
