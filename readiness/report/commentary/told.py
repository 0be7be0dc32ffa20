"""A commentary as a report prints it: every text in one language, every day in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.report.figures import MISSING, Figure
from readiness.report.groups import EVIDENCE, INTERVIEW
from readiness.report.words import Said

if TYPE_CHECKING:
    from readiness.report.commentary.prose import Block
    from readiness.report.moves import Named
    from readiness.report.stories import Story


@dataclass(frozen=True)
class ToldQuote:
    """Words of a respondent, with whom they are put down to."""

    text: tuple[Block, ...]
    by: Said
    interview: bool


@dataclass(frozen=True)
class ToldOverride:
    """The consultant's verdict, the computed one, and why the two differ. agrees: they no longer do."""

    id: str  # its anchor
    verdict: str
    computed: str
    reason: tuple[Block, ...]
    agrees: bool


@dataclass(frozen=True)
class ToldRemark:
    """What is said of one subject. name: of the group, "" for the whole."""

    name: str
    comment: tuple[Block, ...]
    override: ToldOverride | None = None
    quotes: tuple[ToldQuote, ...] = ()


@dataclass(frozen=True)
class ToldAction:
    """One row of the plan. by: the day in words; day: in figures. table: of the group, so that it can be led to."""

    do: Said
    owner: Said
    by: str
    day: str
    done: bool
    state: str
    scenario: Named | None = None
    group: str = ""
    table: str = ""

    @property
    def anchor(self) -> str:
        """Where the group is shown."""
        return {"": "", INTERVIEW: "interviews", EVIDENCE: "evidence"}.get(self.table, f"groups-{self.table}")


@dataclass(frozen=True)
class Told:
    """A commentary in the order of a report. groups: by their table, or `interview` and `evidence`."""

    summary: tuple[Block, ...] = ()
    sections: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    scenarios: Mapping[str, tuple[ToldRemark, ...]] = field(default_factory=dict)
    groups: Mapping[str, tuple[ToldRemark, ...]] = field(default_factory=dict)
    actions: tuple[ToldAction, ...] = ()
    overrides: Mapping[str, ToldOverride] = field(default_factory=dict)  # by the scenario's place in the result
    withheld: Figure = MISSING
    n_withheld: int = 0
    from_interviews: int = 0  # quotes shown that no threshold holds for

    def __bool__(self) -> bool:
        return bool(self.summary or self.sections or self.scenarios or self.groups or self.actions or self.n_withheld)

    def beside(self, story: Story) -> ToldOverride | None:
        """The consultant's verdict where it is another than the one of this story."""
        return self.overrides.get(story.low.at.removesuffix("/bounds/0"))

    def within(self, n: Figure, scenario: str) -> ToldOverride | None:
        """The same, of the group whose count stands there."""
        return self.overrides.get(f"{n.at.removesuffix('/n')}/scenarios/{scenario}")

    def of_way(self, way: str, scenario: str) -> ToldOverride | None:
        """The same, of the group whose way out is told."""
        return self.overrides.get(f"{way if way == 'overall' else f'groups/{way}'}/scenarios/{scenario}")
