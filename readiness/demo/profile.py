"""The invented company's profile: who answers, and what each unit answers on average."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from readiness.framework.models import Indicator

Shares = Mapping[str, float]  # of the values of something; they add up to 1

PROFILES = Path(__file__).with_name("profiles.yaml")


@dataclass(frozen=True)
class Spread:
    """Standard deviations in points of 0–100: of a person, of a person's view of an indicator, of an item."""

    person: float
    view: float
    item: float


@dataclass(frozen=True)
class Seeing:
    """How a role sees things: points towards readiness, a factor on the gaps its unit leaves, and views of its own.

    views: points on top of an indicator's mean.
    """

    rosier: float = 0.0
    gaps: float = 1.0
    views: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Gaps:
    """Shares of items left empty, answered *don't know* or *not applicable*, and of people who leave part way."""

    empty: float = 0.0
    dk: float = 0.0
    na: float = 0.0
    leaving: float = 0.0


@dataclass(frozen=True)
class Unit:
    """One unit: how many people of which role, the shares that answer in French and at the kiosk, what they answer."""

    people: Mapping[str, int]
    french: float
    kiosk: float
    missing: Gaps
    means: Mapping[str, float]


@dataclass(frozen=True)
class Known:
    """A context key drawn for each respondent: shares of its values, by the value of another key where `by` is set."""

    shares: Mapping[str, Shares]
    by: str | None = None


@dataclass(frozen=True)
class Export:
    """How a survey tool writes a file: labels in a language, or values (None); the sign of an empty cell."""

    labels: str | None
    delimiter: str
    line_end: str
    mark: bool  # a byte order mark, as spreadsheets want it
    empty: str


@dataclass(frozen=True)
class Rating:
    """What the interviewer saw of one item: the rating, what it rests on, and how sure it is."""

    value: int | float | str
    evidence: str
    confidence: str


@dataclass(frozen=True)
class Conversation:
    """One interview: who, when, what was known and told of them, what they answer, and how far it came."""

    respondent: str
    language: str
    unit: str
    known: Mapping[str, str | int]
    told: Mapping[str, str]
    begins: str  # RFC 3339
    pace: tuple[float, float]  # seconds an answer takes
    missing: Mapping[str, float]
    answered: float  # the share of questions after which it is left; 1: it is finished
    means: Mapping[str, float]
    notes: Mapping[str, str]
    open: Mapping[str, str]  # answers to questions of free text
    ratings: Mapping[str, Rating]  # by item, from evidence


@dataclass(frozen=True)
class Profile:
    """The whole company."""

    seed: int
    spread: Spread
    ordinary: Mapping[str, float]
    otherwise: Mapping[str, float]
    roles: Mapping[str, Seeing]
    context: Mapping[str, Known]
    exports: Mapping[str, Export]
    units: Mapping[str, Unit]
    interviews: Mapping[str, Conversation]

    def mean(self, indicator: Indicator, *levels: Mapping[str, float]) -> float:
        """What is answered to an indicator on average, 0–100: the first of `levels` that says so, else the ordinary."""
        for means in (*levels, self.ordinary):
            if indicator.id in means:
                return means[indicator.id]
        return self.otherwise[indicator.desired]


def read_profile(path: Path = PROFILES) -> Profile:
    """The profile as its file says it."""
    import yaml

    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["spread"] = Spread(**raw["spread"])
    raw["roles"] = {role: Seeing(**seeing) for role, seeing in raw["roles"].items()}
    raw["context"] = {key: Known(**known) for key, known in raw["context"].items()}
    raw["exports"] = {name: Export(**export) for name, export in raw["exports"].items()}
    raw["units"] = {name: Unit(**{**unit, "missing": Gaps(**unit["missing"])}) for name, unit in raw["units"].items()}
    raw["interviews"] = {name: _conversation(held) for name, held in raw["interviews"].items()}
    return Profile(**raw)


def _conversation(held: Mapping[str, Any]) -> Conversation:
    ratings = {item: Rating(**rating) for item, rating in held["ratings"].items()}
    return Conversation(**{**held, "pace": tuple(held["pace"]), "ratings": ratings})
