"""REDCap: field names in lower case and raw codes, or labels; `<form>_complete` after each form's fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.shapes.shape import Shape, decimal, delimited
from tests.shapes.survey import Person, Question, Survey

FORM = "readiness_survey"
Column = tuple[str, Callable[[Person], str]]


def _columns(survey: Survey, language: str, labels: bool) -> Iterator[Column]:
    for question in survey.in_order():
        name = question.text[language] if labels else question.id.lower()
        if question.kind == "boxes":
            for option in question.options:
                label = question.label(option, language)
                box = f"{name} (choice={label})" if labels else f"{name}___{option}"
                yield box, _ticked(question, option, ("Checked", "Unchecked") if labels else ("1", "0"))
        else:
            yield name, _cell(question, language, labels)


def _cell(question: Question, language: str, labels: bool) -> Callable[[Person], str]:
    if question.kind == "number":
        return lambda person: decimal(person.of(question), language)  # a field may be validated for either sign
    if labels:
        return lambda person: question.label(person.of(question), language)
    return lambda person: person.of(question)


def _ticked(question: Question, option: str, words: tuple[str, str]) -> Callable[[Person], str]:
    return lambda person: words[0] if person.of(question) == option else words[1]


def _written(survey: Survey, language: str, labels: bool) -> bytes:
    columns = list(_columns(survey, language, labels))
    first = (
        ("Record ID", "Survey Identifier", "Survey Timestamp")
        if labels
        else (
            "record_id",
            "redcap_survey_identifier",
            f"{FORM}_timestamp",
        )
    )
    rows = [[*first, *(name for name, _ in columns), "Complete?" if labels else f"{FORM}_complete"]]
    for person in survey.people:
        moment = "[not completed]" if person.left else f"{person.ended:%Y-%m-%d %H:%M:%S}"
        done = ("Incomplete", "Complete") if labels else ("0", "2")
        rows.append([str(person.number), "", moment, *(cell(person) for _, cell in columns), done[not person.left]])
    return delimited(rows).encode()


SHAPES = {
    "REDCap CSV of raw codes": Shape(lambda s, lang: _written(s, lang, False), ".csv", "REDCap"),
    "REDCap CSV of labels": Shape(lambda s, lang: _written(s, lang, True), ".csv", "REDCap"),
}
