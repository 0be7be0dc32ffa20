"""A small framework of other kinds of items (decimals, a ladder named at its ends, boxes), and its answers."""

from __future__ import annotations

import random
from pathlib import Path

from readiness.framework.loading import load
from tests.shapes.questions import of_context, of_item
from tests.shapes.survey import Person, Question, Survey

FRAMEWORK = """\
format: 1
id: small
version: "1"
languages: [en, fr]
questionnaires: [work.yaml]
context:
  unit: {title: {en: Unit, fr: Service}}
  role: {title: {en: Role, fr: Fonction}, options: {lead: {en: Lead, fr: Responsable}, other: {en: Other, fr: Autre}}}
scales:
  ladder:
    title: {en: "From 0 to 10, how far is this so?", fr: "De 0 à 10, à quel point est-ce le cas ?"}
    options:
      - {value: 0, label: {en: Not at all, fr: Pas du tout}}
      - {value: 1}
      - {value: 2}
      - {value: 3}
      - {value: 4}
      - {value: 5}
      - {value: 6}
      - {value: 7}
      - {value: 8}
      - {value: 9}
      - {value: 10, label: {en: Completely, fr: Totalement}}
  place:
    options:
      - {value: 10, label: {en: "At home, or nearly always", fr: "Chez moi, ou presque"}}
      - {value: 20, label: {en: "On site; in the office", fr: "Sur place ; au bureau"}}
      - {value: 35, label: {en: Elsewhere, fr: Ailleurs}}
missing: {dk: {en: "Don't know", fr: Ne sait pas}, na: {en: Not applicable, fr: Sans objet}}
"""
QUESTIONS = """\
dimension: work
indicators:
  hours:
    desired: high
    items:
      HRS1:
        text:
          en: "How many hours a week do you spend in meetings?"
          fr: "Combien d’heures par semaine passez-vous en réunion ?"
        type: number
        min: 0
        max: 60
      HRS2:
        text:
          en: "How many days a week do you work with another site?"
          fr: "Combien de jours par semaine travaillez-vous avec un autre site ?"
        type: number
        min: 0
        max: 7
  ease:
    desired: high
    items:
      LAD1: {text: {en: "My tools are easy to use.", fr: "Mes outils sont faciles à utiliser."}, scale: ladder}
      LAD2:
        text: {en: "I am told of changes too late.", fr: "On m’annonce les changements trop tard."}
        scale: ladder
        reversed: true
      LAD3: {text: {en: "I can plan my week.", fr: "Je peux organiser ma semaine."}, scale: ladder}
  place:
    desired: low
    items:
      PLC1: {text: {en: "Where do you mostly work?", fr: "Où travaillez-vous le plus souvent ?"}, scale: place}
"""


def write(folder: Path) -> Path:
    """The framework's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "framework.yaml").write_text(FRAMEWORK, encoding="utf-8")
    (folder / "work.yaml").write_text(QUESTIONS, encoding="utf-8")
    return folder


def survey(folder: Path) -> Survey:
    """Forty people's answers to the framework in a folder."""
    framework = load(folder)
    context = tuple(of_context(framework, key) for key in ("unit", "role"))
    items = tuple(of_item(framework, item, {"ladder"}, {"place"}) for item in framework.items.values())
    people = []
    for number in range(1, 41):
        draw = random.Random(1000 + number)
        said = {"unit": draw.choice(("Lyon; Sud", "Zürich", "")), "role": draw.choice(("lead", "other", "other", ""))}
        said |= {question.id: _answer(draw, question) for question in items}
        people.append(Person(number, said, frozenset(said)))
    return Survey((*context, *items), tuple(people), {"ladder": dict(framework.scales["ladder"].title)})


def _answer(draw: random.Random, question: Question) -> str:
    if draw.random() < 0.08:
        return ""
    if question.kind == "number":
        most = 60 if question.id == "HRS1" else 7
        return f"{draw.randrange(0, most * 4) / 4:g}"
    return draw.choice(list(question.options))
