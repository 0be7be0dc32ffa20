"""The outlook: where the answers stand, as the panel beside the question says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.interview.wording import legible
from readiness.language.speech import speak

if TYPE_CHECKING:
    from readiness.interview.sitting import Sitting
    from readiness.scoring.probing import Figure, Outlook, Standing

BAR, SHORT = 10, 6  # cells of a bar from 0 to 100 or from 0 to 1, and of one where there is little room
ROOM = 30  # cells of a panel from which there is room
OPEN, MAYBE, MIDDLE = "·", "▒", "│"
ORDER = ("present", "undetermined", "not asked", "ruled out")


@dataclass(frozen=True)
class Shown:
    """One line of the panel. state: a verdict, "dimension", "heading" or "". bar: "" where there is none."""

    text: str
    state: str
    bar: str = ""
    end: str = ""


def panel(sitting: Sitting, standing: Standing, width: int) -> list[Shown]:
    """The panel's lines: the dimensions, then the scenarios by verdict, what is present first. width: in cells."""
    _ = speak(sitting.conversation.contents.language).gettext
    lines = [Shown(_("Readiness so far"), "heading")]
    lines += [_dimension(sitting, id_, standing.readiness[id_], width) for id_ in sitting.framework.dimensions]
    headings = {
        "present": _("Present: {n}"),
        "undetermined": _("Open: {n}"),
        "not asked": _("Not asked of this role: {n}"),
        "ruled out": _("Ruled out: {n}"),
    }
    for verdict in ORDER:
        found = {id_: outlook for id_, outlook in standing.scenarios.items() if outlook.verdict == verdict}
        if found:
            left = _("questions") if verdict == "undetermined" else ""
            lines += [Shown("", ""), Shown(headings[verdict].format(n=len(found)), "heading", end=left)]
            lines += [_scenario(sitting, id_, outlook, width) for id_, outlook in _nearest_first(sitting, found)]
    return lines


def _nearest_first(sitting: Sitting, found: Mapping[str, Outlook]) -> list[tuple[str, Outlook]]:
    return sorted(found.items(), key=lambda pair: questions_left(sitting, pair[1]))


def questions_left(sitting: Sitting, outlook: Outlook) -> int:
    """How many questions still to be asked a scenario's verdict hangs on: it may be settled before."""
    if outlook.verdict != "undetermined":
        return 0
    indicators = sitting.framework.indicators
    hanging = {item for id_ in outlook.hangs_on for item in indicators[id_].items}
    return sum(question.id in hanging for question in sitting.conversation.pending)


def _dimension(sitting: Sitting, id_: str, figure: Figure, width: int) -> Shown:
    language = sitting.conversation.contents.language
    dimension = sitting.framework.dimensions[id_]
    title = legible(Text(dimension.title or {"": id_}).in_(language))
    figures = f"{figure.low:.0f}–{figure.high:.0f}"
    percent = dimension.range == "percent"
    drawn = bar(figure.low / 100, figure.high / 100, _cells(width), middle=False) if percent else ""
    return Shown(_cut(title, width - len(drawn) - 8), "dimension", drawn, figures.rjust(6))


def _scenario(sitting: Sitting, id_: str, outlook: Outlook, width: int) -> Shown:
    title = legible(Text(sitting.framework.scenarios[id_].title).in_(sitting.conversation.contents.language))
    if outlook.verdict != "undetermined":
        return Shown(_cut(title, width - 2), outlook.verdict)
    drawn = bar(outlook.judgement.low, outlook.judgement.high, _cells(width))
    left = f"{questions_left(sitting, outlook)}".rjust(2)
    return Shown(_cut(title, width - len(drawn) - 4), outlook.verdict, drawn, left)


def bar(low: float, high: float, cells: int, middle: bool = True) -> str:
    """Where a figure may still lie between 0 and 1. middle: with a mark at one half, where verdicts turn."""
    first = min(cells - 1, int(low * cells))
    last = max(first, min(cells - 1, int(high * cells - 1e-9)))
    drawn = [MAYBE if first <= place <= last else OPEN for place in range(cells)]
    if middle:
        drawn.insert(cells // 2, MIDDLE)
    return "".join(drawn)


def _cells(width: int) -> int:
    return BAR if width >= ROOM else SHORT


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(1, width - 1)].rstrip() + "…"
