"""Priors: how often each option of an item is expected to be chosen, before anybody in this interview has answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses.coding import number_column

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.framework.models import Framework
    from readiness.responses.journal import Value

PSEUDO = 1.0  # what each option counts beforehand, so that one that nobody chose stays possible (Laplace)


@dataclass(frozen=True)
class Prior:
    """Counts of answers by item and value; an item that is not among them is uniform."""

    counts: Mapping[str, Mapping[float, int]] = field(default_factory=lambda: MappingProxyType({}))

    def shares(self, item: str, answers: Sequence[Value]) -> list[float]:
        """The share expected of each of these answers; they add up to 1. A number counts for the nearest of them."""
        numbers = [float(answer) for answer in answers]
        weights = [PSEUDO] * len(numbers)
        for value, count in self.counts.get(item, {}).items():
            weights[min(range(len(numbers)), key=lambda place: abs(numbers[place] - value))] += count
        whole = sum(weights)
        return [weight / whole for weight in weights]


UNIFORM = Prior()


def read_prior(framework: Framework, path: Path) -> Prior:
    """How often each option was chosen in earlier responses.

    Raises:
        ResponseError: the file cannot be read, or nobody in it has answered an item of the framework.
    """
    import polars as pl

    from readiness.responses.files import read_survey

    responses = read_survey(framework, [path])
    frame = responses.frame.collect()
    counts: dict[str, dict[float, int]] = {}
    for id_ in sorted(responses.items):
        item = framework.items[id_]
        if item.type == "number":
            found = frame.filter(pl.col(id_) >= 0)[number_column(id_)].value_counts().rows()
            counts[id_] = {float(value): int(count) for value, count in found if value is not None}
        else:
            options = framework.scales[str(item.scale)].options
            found = frame.filter(pl.col(id_) >= 0)[id_].value_counts().rows()
            counts[id_] = {float(options[code].value): int(count) for code, count in found}
    if not any(counts.values()):
        what = f"no answers to the questions of {framework.id}"
        raise ResponseError([Fault(str(path), None, what, "give an earlier survey held with this framework")])
    return Prior(MappingProxyType(counts))
