"""What the analysis found, in a few lines below the tables: how sure, who is silent, who sees it differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from readiness.report.diagnosis import careless_words
from readiness.report.gaps import differences
from readiness.report.groups import group_name
from readiness.report.methods import sampling_words
from readiness.report.words import Reader

if TYPE_CHECKING:
    from readiness.report.gaps import Difference
    from readiness.scoring.findings import Analysis, Careless, Responding

MOST_TOLD = 5  # gaps, and silent groups


def finding_lines(analysis: Analysis, texts: Mapping[str, Any], language: str) -> Iterator[str]:
    """The lines, those left out that have nothing to say."""
    reader = Reader(texts, language)
    if analysis.sampling is not None:
        yield f"{sampling_words(reader.speech, analysis.sampling)}."
    if analysis.responding is not None:
        yield from _responding(reader, analysis.responding)
    if analysis.careless is not None and _is_telling(analysis.careless):
        yield " ".join(careless_words(analysis.careless, reader.speech))
    yield from _gaps(reader, analysis)


def _responding(reader: Reader, responding: Responding) -> Iterator[str]:
    speech = reader.speech
    if responding.rate is not None:
        words = speech.gettext("%(rate)s of the people who could answer did.")
        yield words % {"rate": speech.percent(responding.rate)}
    if responding.silent:
        named = [group_name(reader, by) for by in responding.silent]
        words = speech.gettext("No answers from: %(groups)s.")
        yield words % {"groups": speech.listed(_shortened(reader, named))}


def _is_telling(careless: Careless) -> bool:
    return bool(careless.either) or careless.excluded


def _gaps(reader: Reader, analysis: Analysis) -> Iterator[str]:
    told = differences(reader, analysis.gaps, "")
    if told is None or not told.n_compared:
        return
    speech = reader.speech
    if not told.found:
        yield speech.gettext("No perception gap in {compared} comparisons").format(compared=told.compared)
        return
    words = speech.ngettext(
        "{found} perception gap in {compared} comparisons",
        "{found} perception gaps in {compared} comparisons",
        len(told.found),
    )
    yield words.format(found=speech.number(len(told.found)), compared=told.compared)
    yield from _shortened(reader, [_gap(reader, gap) for gap in told.found])


def _gap(reader: Reader, gap: Difference) -> str:
    words = reader.speech.gettext("• {indicator}: {first} {low}, {second} {high} ({size})")
    first, second = gap.sides
    said = words.format(
        indicator=gap.title, first=first.name, low=first.mean, second=second.name, high=second.mean, size=gap.size
    )
    if not gap.verdicts:
        return said
    hanging = reader.speech.listed(one.title for one in gap.verdicts)
    return said + reader.speech.gettext("; on it hangs: {scenarios}").format(scenarios=hanging)


def _shortened(reader: Reader, named: list[str]) -> list[str]:
    more = len(named) - MOST_TOLD
    if more <= 0:
        return named
    words = reader.speech.ngettext("{n} more", "{n} more", more)
    return [*named[:MOST_TOLD], words.format(n=reader.speech.number(more))]
