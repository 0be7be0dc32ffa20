"""Painting: panels' lines as styled text. A sign stands beside every colour, for terminals and eyes that see none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from readiness.interview.screen.outline import Section
    from readiness.interview.screen.outlook import Shown

SIGNS = {"present": "● ", "undetermined": "", "not asked": "– ", "ruled out": "✓ "}
STYLES = {
    "heading": "bold",
    "present": "bold $error",
    "undetermined": "$text",
    "not asked": "$text-muted",
    "ruled out": "$text-muted",
    "dimension": "$text",
}


def painted_outline(sections: Sequence[Section], width: int) -> Content:
    """The sections below each other, each with how much of it is dealt with."""
    parts: list[Content | tuple[str, str]] = []
    for section in sections:
        count = f" {section.done}/{section.of}"
        sign = "▶ " if section.here else "✓ " if section.done == section.of else "  "
        room = width - len(sign) - len(count)
        title = section.title if len(section.title) <= room else section.title[: room - 1] + "…"
        style = "bold" if section.here else "$text-muted"
        parts.append((f"{sign}{title.ljust(room)}{count}\n", style))
    done, of = sum(section.done for section in sections), sum(section.of for section in sections)
    filled = int(width * done / of) if of else 0
    parts.append(("\n" + "█" * filled + "░" * (width - filled) + "\n", "$accent"))
    return Content.assemble(*parts)


def painted_panel(lines: Sequence[Shown], width: int) -> Content:
    """The panel's lines below each other, bars at the right."""
    parts: list[tuple[str, str]] = []
    for line in lines:
        text = f"{SIGNS.get(line.state, '')}{line.text}"
        if not line.bar and not line.end:
            parts.append((f"{text}\n", STYLES.get(line.state, "")))
            continue
        room = width - len(line.bar) - len(line.end) - 2
        parts += [(f"{text.ljust(room)} ", STYLES.get(line.state, "")), (line.bar, "$accent")]
        parts.append((f" {line.end}\n", "$text-muted"))
    return Content.assemble(*parts)
