"""The result: everything scored in one run, and the only thing a report reads.

Scores are 0-100 (or an instrument's raw units), memberships and prevalences 0-1, all unrounded: formatting is
the report's. `None` means missing. Whatever rests on too few people stands there as `Suppressed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from pydantic import Field

from readiness.scoring.findings import Analysis
from readiness.scoring.forms import Bounds as Bounds  # noqa: PLC0414 whoever reads a result takes them from here
from readiness.scoring.forms import Level as Level  # noqa: PLC0414
from readiness.scoring.forms import Record
from readiness.scoring.forms import Suppressed as Suppressed  # noqa: PLC0414
from readiness.scoring.forms import Verdict as Verdict  # noqa: PLC0414

T = TypeVar("T")


class Estimate(Record):
    """A score: its value, how far unanswered items could move it, and how it spreads over respondents.

    `n` counts the respondents who have a value of their own, `sd` (n - 1) spreads over those. `n_effective` stands
    there where respondents count by case weights: how many of equal weight would say as much (Kish 1965).
    """

    value: float | None
    bounds: Bounds
    interval: Bounds | None = None
    sd: float | None
    n: int
    n_effective: float | None = None


class ItemCounts(Record):
    """How the answers to one item are distributed. `counts` goes by option value, lowest first as in the scale."""

    n: int
    dk: int
    na: int
    not_asked: int
    missing: int
    counts: dict[str, int]


class Prevalence(Record):
    """Share of respondents whose own membership is above 0.5, among those who have one."""

    value: float
    n: int
    interval: Bounds | None = None


class Reliability(Record):
    """Cronbach's alpha of an indicator."""

    alpha: float | None
    items: int
    n: int


class ConditionResult(Record):
    """One condition of a scenario: the score it looks at and the membership that score has."""

    condition: str
    score: float | None
    membership: float | None
    bounds: Bounds


class ScenarioResult(Record):
    """How far a scenario is there, how sure that is, and which condition sets it.

    `probability`: in which share of resamples it is present.
    """

    kind: Literal["risk", "favourable"]
    membership: float | None
    level: Level | None
    verdict: Verdict
    bounds: Bounds
    reversible: bool
    interval: Bounds | None = None
    probability: float | None = None
    prevalence: Prevalence | Suppressed | None
    conditions: tuple[ConditionResult, ...]
    limiting: tuple[str, ...]

    @property
    def is_open_to_sampling(self) -> bool:
        """Whether the verdict is left open because the interval reaches over the line."""
        return self.verdict == "undetermined" and self.interval is not None


class Group(Record):
    """Everything about one set of respondents."""

    n: int
    n_effective: float | None = None
    readiness: Estimate | Suppressed
    dimensions: dict[str, Estimate | Suppressed]
    indicators: dict[str, Estimate | Suppressed]
    items: dict[str, ItemCounts | Suppressed]
    reliability: dict[str, Reliability | Suppressed] | None = None
    scenarios: dict[str, ScenarioResult | Suppressed]
    analysis: Analysis | None = None


class SubGroup(Group):
    """A group with what it is formed by, such as `{"unit": "Sales"}`; None is a blank."""

    by: dict[str, str | None]


class SuppressedGroup(Record):
    """A group too small to show, or hidden to protect one that is."""

    by: dict[str, str | None]
    suppressed: Literal[True] = True


class FrameworkRecord(Record):
    """Which framework scored this, and every text a report needs, in every language."""

    id: str
    version: str
    digest: dict[str, str]
    texts: dict[str, Any]


class Respondents(Record):
    """How many were read, scored (at least one answer) and set aside; `population` is set by the engagement.

    `unread` counts the cells that could not be read, each of which counts as missing. `weighted`: respondents count by
    case weights. `balance`: the context key of whose values each has the same say, or `population`; then of its people
    `silent` are of groups of which nobody answered, and `together` of groups that do not count by themselves.
    """

    read: int
    scored: int
    rejected: int
    unread: int = 0
    weighted: bool = False
    balance: str | None = None
    population: dict[str, Any] | None = None


class Evidence(Record):
    """What the interviewer's own ratings rest on, as it was noted; nobody is named.

    `use`: whether ratings stand beside what interviewees said, fill what they did not answer, or replace what they did.
    `texts`: by item. `confidence`: by item, how many ratings were noted as given with low, medium or high
    confidence.
    """

    use: Literal["beside", "fills", "replaces"] = "beside"
    texts: dict[str, tuple[str, ...]] = Field(default={})
    confidence: dict[str, dict[Literal["low", "medium", "high"], int]] = Field(default={})


class Result(Record):
    """One run of scoring. `evidence` is there where interviewers have rated: the group `{"source": "evidence"}`."""

    format: Literal[1] = 1
    framework: FrameworkRecord
    respondents: Respondents
    overall: Group | Suppressed
    groups: tuple[SubGroup | SuppressedGroup, ...] = Field(default=())
    evidence: Evidence | None = None

    def to_json(self) -> str:
        """The record as JSON: keys in framework order, two spaces, a newline at the end; no evidence, no such key."""
        return self.model_dump_json(indent=2, exclude=self._unsaid) + "\n"

    def findings(self) -> dict[str, Any]:
        """The same record in plain values, without the framework's texts."""
        return self.model_dump(mode="json", exclude={"framework", *self._unsaid})

    @property
    def _unsaid(self) -> set[str]:
        return {"evidence"} if self.evidence is None else set()


def is_shown(figure: T | Suppressed | SuppressedGroup | None) -> bool:
    """Whether a figure is there and not suppressed."""
    return figure is not None and not isinstance(figure, Suppressed | SuppressedGroup)


def by_label(by: Mapping[str, str | None]) -> str:
    """A group's name for messages: `unit=Sales, role=manager`."""
    return ", ".join(f"{key}={'(blank)' if value is None else value}" for key, value in by.items())
