"""Tables in Markdown that can be read on a terminal."""

from __future__ import annotations

from collections.abc import Sequence


def table(head: Sequence[str], lines: Sequence[Sequence[str]], words: int = 1) -> str:
    """A table; the first `words` columns hold words, the others figures."""
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    rule = ["-" * width if place < words else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    padded = [
        [cell.ljust(width) if place < words else cell.rjust(width) for place, (cell, width) in enumerate(row)]
        for row in (zip(line, widths, strict=True) for line in (head, rule, *lines))
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)
