"""Prose: a text as it was typed, in paragraphs and lists. Nothing else in it is markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

from readiness.report.words import Said

_BLANKS = re.compile(r"[ \t\r\f\v]+")  # not the no-break spaces of French
_DASH = re.compile(r"-[ \t]+")


@dataclass(frozen=True)
class Block:
    """A paragraph, which is one text, or a list of several."""

    parts: tuple[Said, ...]
    listed: bool = False


def prose(text: Said) -> tuple[Block, ...]:
    """A text's paragraphs, which an empty line parts, and its lists, whose lines begin with `- `."""
    blocks: list[Block] = []
    lines: list[str] = []
    listed = False

    def close() -> None:
        if lines:
            blocks.append(Block(tuple(Said(line, text.lang) for line in lines), listed))
        lines.clear()

    for line in text.split("\n"):
        words = _BLANKS.sub(" ", line).strip(" ")
        begins = _DASH.match(line.lstrip())
        if not words:
            close()
            listed = False
        elif begins:
            if not listed:
                close()
            listed = True
            lines.append(words[1:].strip(" "))
        elif lines:
            lines[-1] += f" {words}"  # a paragraph, or an item, goes on
        else:
            lines.append(words)
    close()
    return tuple(block for block in blocks if any(block.parts))
