"""Spread: how far the dimensions lie apart, in a sentence that names one only where it stands out from all others."""

from __future__ import annotations

from collections.abc import Sequence

from readiness.language.speech import Speech
from readiness.report.profile import Line, extremes, top_lines


def spread(speech: Speech, lines: Sequence[Line]) -> str:
    """Which dimension is lowest and which highest, or where they lie if none stands out; "" of fewer than two."""
    top = sorted(top_lines(lines), key=lambda line: line.reading.spot or 0.0)
    lowest, highest = extremes(lines)
    if lowest and highest:
        words = speech.gettext("Readiness is lowest in %(weakest)s (%(low)s) and highest in %(strongest)s (%(high)s).")
        return words % {
            "weakest": lowest.title,
            "low": lowest.reading.value.text,
            "strongest": highest.title,
            "high": highest.reading.value.text,
        }
    if len(top) < 2 or any(line.axis != top[0].axis for line in top):
        return ""  # figures of different scales make no range
    if lowest:
        return _alone(speech, lowest, top[1:], low=True)
    if highest:
        return _alone(speech, highest, top[:-1], low=False)
    ends = _ends(top)
    same = speech.gettext("All dimensions lie at %(low)s.")
    words = speech.gettext("All dimensions lie between %(low)s and %(high)s.")
    return (same if ends["low"] == ends["high"] else words) % ends


def _alone(speech: Speech, line: Line, others: Sequence[Line], *, low: bool) -> str:
    """The one that stands out, and where the others lie."""
    ends = _ends(others)
    lowest = (
        speech.gettext(
            "Readiness is lowest in %(title)s (%(value)s); in the other dimensions it lies between %(low)s and "
            "%(high)s."
        ),
        speech.gettext("Readiness is lowest in %(title)s (%(value)s); in the other dimensions it lies at %(low)s."),
    )
    highest = (
        speech.gettext(
            "Readiness is highest in %(title)s (%(value)s); in the other dimensions it lies between %(low)s and "
            "%(high)s."
        ),
        speech.gettext("Readiness is highest in %(title)s (%(value)s); in the other dimensions it lies at %(low)s."),
    )
    words = (lowest if low else highest)[ends["low"] == ends["high"]]
    return words % {"title": line.title, "value": line.reading.value.text, **ends}


def _ends(lines: Sequence[Line]) -> dict[str, str]:
    return {"low": lines[0].reading.value.text, "high": lines[-1].reading.value.text}
