"""What a theme consists of."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from readiness.framework.frozen import EMPTY, Text
from readiness.framework.ledger import Place


@dataclass(frozen=True)
class Logo:
    """A firm's logo. `media` is its MIME type, such as `image/svg+xml`."""

    name: str
    media: str
    data: bytes
    alt: Text  # what those read who do not see it

    @property
    def uri(self) -> str:
        """The picture inside the address of an `<img>`, so that nothing is fetched."""
        return f"data:{self.media};base64,{base64.b64encode(self.data).decode('ascii')}"


@dataclass(frozen=True)
class Theme:
    """How a firm's reports look, and whose they are. Empty, reports look as they are shipped.

    Colours are `#rrggbb` by their name in the style sheet, tints made of them included; only those that differ from
    the shipped ones.
    """

    client: str = ""
    firm: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | Text = EMPTY  # a day, which each language writes out, or words as they are
    confidentiality: Text = EMPTY
    logo: Logo | None = None
    light: Mapping[str, str] = field(default_factory=dict)  # on screen and on paper
    dark: Mapping[str, str] = field(default_factory=dict)
    serif: str = ""  # a font's name, tried before the shipped ones
    sans: str = ""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)  # where texts are given
