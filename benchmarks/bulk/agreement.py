"""Whether a comparator's figures are those of a result: every number in them, wherever it stands.

Run: python agreement.py result.json figures.json. The exit code is 1 if any two differ by more than 1e-9.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOLERANCE = 1e-9
Pair = tuple[str, Any, Any]


def pairs(theirs: Any, ours: Any, where: str = "") -> Iterator[Pair]:
    """Every figure of theirs beside ours; what is suppressed in ours is left out."""
    if isinstance(ours, dict) and ours.get("suppressed"):
        return
    if isinstance(theirs, dict):
        for key, value in theirs.items():
            there = isinstance(ours, dict) and key in ours
            yield from pairs(value, ours[key] if there else "not there", f"{where}.{key}" if where else key)
    elif isinstance(theirs, list) and isinstance(ours, list) and len(theirs) == len(ours):
        for place, value in enumerate(theirs):
            yield from pairs(value, ours[place], f"{where}[{place}]")
    else:
        yield where, theirs, ours


def differs(theirs: Any, ours: Any) -> bool:
    """Whether two figures are further apart than floats added in another order."""
    if isinstance(theirs, int | float) and isinstance(ours, int | float):
        return abs(theirs - ours) > TOLERANCE
    return bool(theirs != ours)


def main() -> int:
    result, figures = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:])
    groups = {str(group["by"]["unit"]): group for group in result["groups"]}
    ours = {"overall": result["overall"], "groups": groups}
    compared = list(pairs(figures, ours))
    different = [pair for pair in compared if differs(*pair[1:])]
    if len(figures["groups"]) != len(groups):
        different.append(("groups", len(figures["groups"]), len(groups)))
    numbers = [abs(a - b) for _, a, b in compared if isinstance(a, float) and isinstance(b, float)]
    if not different:
        print(f"all {len(compared):,} figures agree (furthest apart: {max(numbers, default=0):.0e})")
        return 0
    print(f"{len(different):,} of {len(compared):,} figures differ, such as:")
    for where, a, b in different[:5]:
        print(f"  {where}: {a} here, {b} in the result")
    return 1


if __name__ == "__main__":
    sys.exit(main())
