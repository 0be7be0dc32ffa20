"""Names of files for groups, whatever the groups are called: safe on every system, the same from run to run."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from readiness.scoring.findings import By

LONGEST = 40  # of what is left of a group's own name
DIGITS = 12  # of the fingerprint: 48 bits
_OTHERS = re.compile(r"[^a-z0-9]+")


def file_name(by: By) -> str:
    """The name of a group's page: what its own name keeps in a-z and 0-9, and a fingerprint of all of it.

    It hangs on the group alone, so that it stays when others come and go. Groups that differ in case, in an accent or
    far behind the beginning differ in the fingerprint; with it no name is one that a system keeps for itself.
    """
    exact = json.dumps(list(by.items()), ensure_ascii=True, separators=(",", ":"))
    fingerprint = hashlib.sha256(exact.encode()).hexdigest()[:DIGITS]
    plain = unicodedata.normalize("NFKD", " ".join(value or "" for value in by.values())).casefold()
    legible = _OTHERS.sub("-", _without_marks(plain))[:LONGEST].strip("-") or "group"
    return f"{legible}-{fingerprint}.html"


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not unicodedata.combining(char))
