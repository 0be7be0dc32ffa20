"""Text made safe for Markdown, so that it shows as typed in GitHub's dialect."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#&$@])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")
_LINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Plain(str):
    """Markdown as it stands, not to be escaped again. `%` escapes what is put in."""

    __slots__ = ()

    def __mod__(self, values: object) -> Plain:
        """Values put in by name, each escaped."""
        if not isinstance(values, dict):
            raise TypeError("values are put in by name")
        return Plain(str.__mod__(self, {key: escape_markdown(value) for key, value in values.items()}))


def escape_markdown(value: object) -> str:
    """One line of text that Markdown shows as typed, in a paragraph, a heading, a list or a table's cell."""
    if isinstance(value, Plain):
        return str(value)
    text = _CONTROL.sub("\ufffd", " ".join(str(value).split()))
    text = _SPECIAL.sub(r"\\\1", text)
    text = _LINK.sub(lambda found: f"{found[1]}\\:" if found[1] else f"{found[3]}\\.", text)
    text = _EMOJI.sub(r"\\:", text)
    text = _NUMBERED.sub(r"\1\\\2", text)
    return re.sub(r"^([-+=!])", r"\\\1", text)
