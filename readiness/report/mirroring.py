"""A style sheet for languages written from right to left: what stood on the left stands on the right.

Drawings and scales stay as they are: good is on the right in every language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

_SIDES = re.compile(r"(?<![\w@-])((?:margin|padding|border)-)?(left|right)(?=\s*:)|(?<=text-align: )(left|right)\b")
_ROUND = re.compile(r"(?<![\w-])((?:margin|padding): )" + r" ".join([r"([^\s;}]+)"] * 4) + r"(?=\s*[;}])")
_OTHER = {"left": "right", "right": "left"}
_DRAWN = "svg, .scale-head .ends, .levels { direction: ltr; }"


def turned(style: str, leftward: bool) -> Markup:
    """The style sheet as it is, or mirrored where the language runs leftward."""
    from markupsafe import Markup

    if not leftward:
        return Markup(style)
    style = _SIDES.sub(lambda found: (found[1] or "") + _OTHER[found[2] or found[3]], str(style))
    return Markup(_ROUND.sub(r"\1\2 \5 \4 \3", style) + _DRAWN + "\n")
