"""Some sixty invented people and what they answered to the shipped framework's core items."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.framework.catalogue import find
from readiness.framework.loading import load
from tests.shapes.questions import of_context, of_item
from tests.shapes.survey import DK, NA, Person, Question, Survey

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Item

KEYS = ("unit", "role", "tenure")
GRIDS = ("frequency", "agreement", "amount")  # the other two scales belong to a question each
CANTEEN = Question(
    "canteen",
    {"en": "Which canteen do you usually eat in?", "fr": "Dans quelle cantine mangez-vous le plus souvent ?"},
    kind="text",
)
SAID_OF_THE_CANTEEN = ("", "", "The old one", 'Upstairs, "Chez Léa"; sometimes', "None:\nI bring my own", "=1+1")
PEOPLE: tuple[tuple[str, Mapping[str, int]], ...] = (  # how many of each role in each unit
    ("Ventes & après-vente", {"employee": 11, "manager": 3}),
    ('Büro "Nord"; Lager', {"employee": 9, "manager": 2, "it": 2}),
    ("Côté clients", {"employee": 8, "community_manager": 2, "hr": 1}),
    ("R&D, Ølbye", {"it": 7, "manager": 3, "": 2}),
    ("Atelier d’Évry", {"employee": 3}),
    ("", {"employee": 5, "executive": 3, "hr": 1, "": 1}),
)
TENURES = ("under_1", "from_1_to_3", "from_4_to_10", "over_10", "")


def survey() -> Survey:
    """The shipped framework's survey, answered."""
    framework = load(find("enterprise-2.0"))
    context = tuple(of_context(framework, key) for key in KEYS)
    questions = (*context, *(of_item(framework, item, GRIDS) for item in _core(framework)), CANTEEN)
    roles = {item.id: item.roles for item in _core(framework)}
    people: list[Person] = []
    for unit, counts in PEOPLE:
        for role, count in counts.items():
            for _ in range(count):
                number = len(people) + 1
                people.append(_person(number, unit, role, questions, roles))
    random.Random(5).shuffle(people)
    grids = {scale: dict(framework.scales[scale].title) for scale in GRIDS}
    return Survey(questions, tuple(people), grids)


def _core(framework: Framework) -> list[Item]:
    return [item for item in framework.items.values() if item.core]


def _person(
    number: int, unit: str, role: str, questions: tuple[Question, ...], roles: Mapping[str, tuple[str, ...] | None]
) -> Person:
    draw = random.Random(number)
    likes = draw.randint(1, 4)
    leaves = number % 15 == 4
    nothing = number == 20  # opened the form, said who they are, and answered nothing
    said: dict[str, str] = {"unit": unit, "role": role, "tenure": draw.choice(TENURES)}
    if role == "executive":
        del said["unit"]  # whoever leads the company is not asked which unit they are in
    items = [question for question in questions if not question.context and question is not CANTEEN]
    seen = set(said)
    for place, question in enumerate(items):
        wanted = roles[question.id]
        if role and wanted is not None and role not in wanted:
            continue
        if not (leaves and place > len(items) // 2):
            seen.add(question.id)
            said[question.id] = "" if nothing else _answer(draw, likes)
    if not leaves:
        seen.add(CANTEEN.id)
        said[CANTEEN.id] = draw.choice(SAID_OF_THE_CANTEEN)
    return Person(number, said, frozenset(seen), leaves)


def _answer(draw: random.Random, likes: int) -> str:
    chance = draw.random()
    if chance < 0.14:
        return DK if chance < 0.06 else NA if chance < 0.1 else ""
    return str(max(1, min(5, likes + draw.randint(-1, 2))))
