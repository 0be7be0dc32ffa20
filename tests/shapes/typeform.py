"""Typeform: a token named `#` first, three or more columns about the response last, HTML in the questions."""

from __future__ import annotations

from tests.shapes.shape import Shape, delimited
from tests.shapes.survey import Person, Survey

OLDER = ("Start Date (UTC)", "Submit Date (UTC)", "Network ID")
NEWER = ("Response Type", "Start Date (UTC)", "Stage Date (UTC)", "Submit Date (UTC)", "Network ID", "Tags")


def _heading(text: str) -> str:
    """The first word in bold, as authors like it."""
    first, _, rest = text.partition(" ")
    return f"<strong>{first}</strong> {rest}" if rest else f"<strong>{first}</strong>"


def _older(person: Person) -> list[str]:
    began, ended = f"{person.began:%Y-%m-%d %H:%M:%S}", f"{person.ended:%Y-%m-%d %H:%M:%S}"
    return [began, ended, f"{person.number * 48611:010x}"]


def _newer(person: Person) -> list[str]:
    began, ended, network = _older(person)
    return ["partial", began, ended, "", network, ""] if person.left else ["completed", began, "", ended, network, ""]


def _written(survey: Survey, language: str, newer: bool) -> bytes:
    """Every line of a grid is a question of its own; account and export speak English, the questions do not."""
    asked = survey.in_order()
    rows = [["#", *(_heading(question.text[language]) for question in asked), *(NEWER if newer else OLDER)]]
    for person in survey.people:
        token = f"{person.number * 7368787:024x}"
        about = _newer(person) if newer else _older(person)
        rows.append([token, *(question.label(person.of(question), language) for question in asked), *about])
    return delimited(rows).encode()


SHAPES = {
    "Typeform CSV": Shape(lambda survey, language: _written(survey, language, False), ".csv", "Typeform"),
    "Typeform CSV with partial responses": Shape(
        lambda survey, language: _written(survey, language, True), ".csv", "Typeform"
    ),
}
