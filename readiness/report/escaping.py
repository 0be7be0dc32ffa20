"""Text made safe for Markdown, so that it shows as typed in GitHub's dialect."""

from __future__ import annotations

import re

from markupsafe import Markup

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&$@])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Markdown(Markup):
    """Markdown as it stands, not to be escaped again; what is put in with `%` is escaped."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: object, /) -> Markdown:
        """Text as Markdown that shows it as typed."""
        return cls(s) if hasattr(s, "__html__") else cls(escape_markdown(s))


def escape_markdown(value: object) -> str:
    """One line of text that Markdown shows as typed, in a paragraph, a heading, a list or a table's cell."""
    text = _CONTROL.sub("\ufffd", _BLANKS.sub(" ", str(value)).strip(" "))
    text = _SPECIAL.sub(r"\\\1", text)
    text = _LINK.sub(lambda found: f"{found[1]}\\:" if found[1] else f"{found[3]}\\.", text)
    text = _EMOJI.sub(r"\\:", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    return re.sub(r"^([-+=!])", r"\\\1", text)
