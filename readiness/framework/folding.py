"""Folding: how a label in a framework and the text of a cell or a typed answer are compared."""

from __future__ import annotations

import unicodedata

_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\u00ad": "", "\ufeff": "", "\u200b": ""})


def folded(text: str) -> str:
    """A label as it is compared: case, kinds of space and of apostrophe aside."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).casefold().split())
