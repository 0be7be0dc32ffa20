"""What the analysis found beside everybody's figures, as a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.report.gaps import Differences, differences
from readiness.report.methods import Method, Sampled, methods, sampled
from readiness.report.quality import Quality, quality
from readiness.report.responding import Answered, answered
from readiness.report.resting import Rests, rests
from readiness.report.words import Reader
from readiness.scoring.result import Group, Result


@dataclass(frozen=True)
class Analysed:
    """The parts of an analysis; None for what was not worked out."""

    sampled: Sampled | None = None
    answered: Answered | None = None
    gaps: Differences | None = None
    rests: Rests | None = None
    quality: Quality | None = None
    methods: tuple[Method, ...] = ()


def analysed(reader: Reader, result: Result) -> Analysed:
    """What was found; nothing where nobody is shown, or it was never worked out."""
    group = result.overall
    if not isinstance(group, Group) or group.analysis is None:
        return Analysed()
    found, at = group.analysis, "overall/analysis"
    return Analysed(
        sampled=sampled(reader.speech, found.sampling, f"{at}/sampling"),
        answered=answered(reader, found, result.respondents.balance, f"{at}/responding"),
        gaps=differences(reader, found.gaps, f"{at}/gaps"),
        rests=rests(reader, found.resting, f"{at}/resting"),
        quality=quality(reader, result, "overall"),
        methods=methods(reader.speech, group),
    )
