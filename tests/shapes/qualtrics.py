"""Qualtrics: three header rows (code, question, import id), previews among the responses; choice text or values."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from tests.shapes.shape import Shape, decimal, delimited
from tests.shapes.survey import DK, NA, Person, Question, Survey

ABOUT = {
    "StartDate": ("startDate", "Start Date", "Date de début"),
    "EndDate": ("endDate", "End Date", "Date de fin"),
    "Status": ("status", "Response Type", "Type de réponse"),
    "IPAddress": ("ipAddress", "IP Address", "Adresse IP"),
    "Progress": ("progress", "Progress", "Progression"),
    "Duration (in seconds)": ("duration", "Duration (in seconds)", "Durée (en secondes)"),
    "Finished": ("finished", "Finished", "Terminé"),
    "RecordedDate": ("recordedDate", "Recorded Date", "Date d'enregistrement"),
    "ResponseId": ("_recordId", "Response ID", "ID de la réponse"),
    "RecipientLastName": ("recipientLastName", "Recipient Last Name", "Nom de famille du destinataire"),
    "RecipientFirstName": ("recipientFirstName", "Recipient First Name", "Prénom du destinataire"),
    "RecipientEmail": ("recipientEmail", "Recipient Email", "E-mail du destinataire"),
    "ExternalReference": ("externalDataReference", "External Data Reference", "Référence de données externes"),
    "LocationLatitude": ("locationLatitude", "Location Latitude", "Latitude de l'emplacement"),
    "LocationLongitude": ("locationLongitude", "Location Longitude", "Longitude de l'emplacement"),
    "DistributionChannel": ("distributionChannel", "Distribution Channel", "Canal de distribution"),
    "UserLanguage": ("userLanguage", "User Language", "Langue de l'utilisateur"),
}
STATUS = {"en": ("IP Address", "Survey Preview"), "fr": ("Adresse IP", "Aperçu de l'enquête")}
TRUTH = {"en": ("True", "False"), "fr": ("Vrai", "Faux")}
OTHER = {"en": "Other - Text", "fr": "Autre - Texte"}
CHOSEN = {"en": "Selected Choice", "fr": "Choix sélectionné"}

Cell = Callable[[Person], str]
Column = tuple[str, str, str, Cell]  # code, question, import id, and what stands in it


def _about(person: Person, language: str, preview: bool, values: bool) -> list[str]:
    true, false = ("1", "0") if values else TRUTH[language]
    live, tried = ("0", "1") if values else STATUS[language]
    began, ended = f"{person.began:%Y-%m-%d %H:%M:%S}", f"{person.ended:%Y-%m-%d %H:%M:%S}"
    seconds = int((person.ended - person.began).total_seconds())
    response = f"R_{'9' if preview else '1'}Kx{person.number * 7919:07}aQ"
    progress, finished = ("51", false) if person.left else ("100", true)
    place = ["", "", "", "", "48.8582", "2.3387"]
    channel = "preview" if preview else "anonymous"
    status = tried if preview else live
    return [
        *(began, ended, status, "", progress, str(seconds), finished, ended, response),
        *place,
        *(channel, language.upper()),
    ]


def _by_text(survey: Survey, language: str) -> Iterator[Column]:
    """The platform's own codes, choices in words, lines of a grid as `title - line`."""
    for number, (grid, lines) in enumerate(survey.blocks(), start=1):
        for place, question in enumerate(lines, start=1):
            text = question.text[language]
            if question.kind == "boxes":
                for box, option in enumerate(question.options, start=1):
                    label = question.label(option, language)
                    yield (
                        f"Q{number}_{box}",
                        f"{text} - {label}",
                        f"QID{number}_{box}",
                        _ticked(question, option, label),
                    )
            elif grid:
                heading = f"{survey.grids[grid][language]}\n\n - {text}"
                yield f"Q{number}_{place}", heading, f"QID{number}_{place}", _label(question, language)
            elif question.open_ended:
                yield f"Q{number}", f"{text} - {CHOSEN[language]}", f"QID{number}", _label(question, language)
                other = f"{text} - {OTHER[language]}"
                last = len(question.options) + 1
                yield f"Q{number}_{last}_TEXT", other, f"QID{number}_{last}_TEXT", lambda _: ""
            else:
                suffix = "" if question.options else "_TEXT"
                yield f"Q{number}", text, f"QID{number}{suffix}", _label(question, language)


def _by_value(survey: Survey, language: str) -> Iterator[Column]:
    """Export tags and recoded values as the framework's author set them; context from the contact list, at the end."""
    for number, question in enumerate(survey.in_order(), start=1):
        if not question.context:
            yield question.id, question.text[language], f"QID{number}", _code(question, language)
    for question in survey.questions:
        if question.context:
            yield question.id, question.id, question.id, _code(question, language)


def _ticked(question: Question, option: str, label: str) -> Cell:
    return lambda person: label if person.of(question) == option else ""


def _label(question: Question, language: str) -> Cell:
    if question.kind == "number":
        return _code(question, language)
    return lambda person: question.label(person.of(question), language)


def _code(question: Question, language: str) -> Cell:
    if question.kind == "number":
        return lambda person: decimal(person.of(question), language)
    return lambda person: person.of(question)


def _written(survey: Survey, language: str, columns: list[Column], values: bool) -> bytes:
    words = 1 if language == "en" else 2
    head = [*ABOUT, *(code for code, _, _, _ in columns)]
    texts = [*(about[words] for about in ABOUT.values()), *(text for _, text, _, _ in columns)]
    ids = [*(about[0] for about in ABOUT.values()), *(id_ for _, _, id_, _ in columns)]
    imports = [json.dumps({"ImportId": id_}, separators=(",", ":")) for id_ in ids]
    rows = [head, texts, imports]
    for place, person in enumerate(survey.people):
        for preview in (True, False) if place in (0, 9) else (False,):
            rows.append([*_about(person, language, preview, values), *(cell(person) for _, _, _, cell in columns)])
    return delimited(rows).encode()


def _choice_text(survey: Survey, language: str) -> bytes:
    return _written(survey, language, list(_by_text(survey, language)), values=False)


def _values(survey: Survey, language: str) -> bytes:
    return _written(survey.without((DK, NA)), language, list(_by_value(survey, language)), values=True)


SHAPES = {
    "Qualtrics CSV with choice text": Shape(_choice_text, ".csv", "Qualtrics"),
    "Qualtrics CSV with values": Shape(_values, ".csv", "Qualtrics", speaks=False),
}
