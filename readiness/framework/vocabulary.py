"""The keys of every part of a framework's files: what may stand there, and what has to.

One place for the readers, the JSON Schema and the page that defines them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Part = Literal[
    "framework",
    "source",
    "context key",
    "scale",
    "option",
    "missing",
    "defaults",
    "calibration",
    "band",
    "family",
    "note",
    "guard",
    "questionnaire",
    "dimension",
    "indicator",
    "item",
    "rung",
    "question",
    "test",
    "scenario",
    "condition",
    "response",
]


@dataclass(frozen=True)
class Keys:
    """The keys a part must have and those it may have."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """Every key that may stand there."""
        return self.required + self.optional


_LEVEL = ("weight", "min_answered", "aggregate", "range", "bands")
_DIMENSION = ("title", "about", *_LEVEL, "source", "indicators", "dimensions", "unscored")
_ASKED = ("help", "core", "roles", "ask_if", "source")

KEYS: Final[dict[Part, Keys]] = {
    "framework": Keys(
        ("format", "id", "version", "languages", "questionnaires", "scales"),
        (
            *(
                "title",
                "about",
                "scenarios",
                "sources",
                "context",
                "missing",
                "defaults",
                "families",
                "notes",
                "guards",
            ),
            *("aggregate", "range", "bands", "min_answered"),
        ),
    ),
    "source": Keys(("title",), ("author", "year", "url", "note")),
    "context key": Keys((), ("title", "options", "core")),
    "scale": Keys(("options",), ("title",)),
    "option": Keys(("value",), ("label", "aliases", "score")),
    "missing": Keys((), ("dk", "na")),
    "defaults": Keys((), ("min_answered", "min_group", "min_comments", "calibration")),
    "calibration": Keys(("out", "crossover", "in"), ("log_odds",)),
    "band": Keys(("from",), ("label", "about")),
    "family": Keys((), ("title", "about")),
    "note": Keys(("text",), ("title", "source")),
    "guard": Keys(("moving", "direction", "needs"), ("why", "source")),
    "questionnaire": Keys(("dimension",), _DIMENSION),
    "dimension": Keys((), _DIMENSION),
    "indicator": Keys(("desired", "items"), ("title", "about", *_LEVEL, "scope", "movable", "effort", "source")),
    "item": Keys(("text",), ("type", "scale", "min", "max", "reversed", "weight", "referent", "rung", *_ASKED)),
    "rung": Keys(("order", "title"), ()),
    "question": Keys(("type", "text"), ("options", *_ASKED)),
    "test": Keys((), ("at_least", "at_most", "is", "is_not", "answered")),
    "scenario": Keys(
        ("when",),
        (
            *("kind", "family", "level", "title", "aggravated_by", "story", "early_signs", "consequences"),
            *("responses", "contrast", "source"),
        ),
    ),
    "condition": Keys(("indicator",), ("calibration",)),
    "response": Keys(("relieves", "do"), ("why", "for")),
}
AGGREGATES: Final = ("mean", "sum", "min", "max", "geometric")
RANGES: Final = ("percent", "raw")
DESIRED: Final = ("high", "low", "none")
SCOPES: Final = ("respondent", "organisation")
MOVES: Final = ("up", "down", "no")
REFERENTS: Final = ("self", "team", "company")
KINDS: Final = ("risk", "favourable")
LEVELS: Final = ("any", "organisation")
PARTS: Final = ("cause", "symptom", "setting")
