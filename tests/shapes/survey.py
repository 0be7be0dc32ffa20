"""A survey as its author sees it: questions, options, people and what they said, before any platform writes it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

OPENED = datetime(2026, 3, 2, 8, 30)
DK, NA = "dk", "na"
Kind = Literal["choice", "boxes", "number", "text"]  # boxes: asked with a box an option, of which one is ticked


@dataclass(frozen=True)
class Question:
    """What is asked. id: of an item or a context key. grid: which grid it is a line of. options: labels by code."""

    id: str
    text: Mapping[str, str]
    kind: Kind = "choice"
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    grid: str = ""
    context: bool = False

    @property
    def open_ended(self) -> bool:
        """Whether an author is likely to add "other, please specify": to a choice that stands by itself."""
        return self.kind == "choice" and not self.grid

    def label(self, code: str, language: str) -> str:
        """What a person sees of an option; a text or a number is its own label."""
        return self.options[code][language] if code in self.options else code


@dataclass(frozen=True)
class Person:
    """Who answered, and what. said: a code, a text or a number by question; "" is left empty; absent is not put.

    left: they went away before the end; what they had not seen is absent from `seen`.
    """

    number: int
    said: Mapping[str, str]
    seen: frozenset[str]
    left: bool = False

    @property
    def id(self) -> str:
        return f"p{self.number:03}"

    @property
    def began(self) -> datetime:
        return OPENED + timedelta(minutes=41 * self.number, seconds=7 * self.number % 60)

    @property
    def ended(self) -> datetime:
        return self.began + timedelta(minutes=9, seconds=13 * self.number % 60)

    def of(self, question: Question) -> str:
        return self.said.get(question.id, "")


@dataclass(frozen=True)
class Survey:
    """Questions in the order of the form, and the people who answered. grids: their titles by language."""

    questions: tuple[Question, ...]
    people: tuple[Person, ...]
    grids: Mapping[str, Mapping[str, str]]

    def blocks(self) -> Iterator[tuple[str, tuple[Question, ...]]]:
        """The form's blocks in their order: a grid with its lines, or one question by itself under no grid."""
        done: set[str] = set()
        for question in self.questions:
            if not question.grid:
                yield "", (question,)
            elif question.grid not in done:
                done.add(question.grid)
                yield question.grid, tuple(other for other in self.questions if other.grid == question.grid)

    def in_order(self) -> tuple[Question, ...]:
        """The questions as a form shows them: the lines of a grid together."""
        return tuple(question for _, lines in self.blocks() for question in lines)

    def shuffled(self, seed: int) -> Survey:
        """The same answers, people and questions in another order."""
        draw = random.Random(seed)
        people = draw.sample(self.people, len(self.people))
        questions = draw.sample(self.questions, len(self.questions))
        return replace(self, people=tuple(people), questions=tuple(questions))

    def repeated(self) -> Survey:
        """Some people twice, their second rows apart from the first."""
        return replace(self, people=(*self.people, *self.people[::7]))

    def without(self, codes: Sequence[str]) -> Survey:
        """Whoever gave one of these answers left the question empty instead."""
        people = tuple(
            replace(person, said={id_: "" if code in codes else code for id_, code in person.said.items()})
            for person in self.people
        )
        return replace(self, people=people)
