"""DuckDB's SQL: names and texts as it writes them."""

from __future__ import annotations

from collections.abc import Iterable


def name(name: str) -> str:
    """A name, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def text(text: str) -> str:
    """A text, whatever it holds."""
    return "'" + text.replace("'", "''") + "'"


def texts(texts: Iterable[str]) -> str:
    """A list of texts."""
    return "[" + ", ".join(map(text, texts)) + "]"


def file(path: str) -> str:
    """A file's path as a text that stands for this one file, though it may look like a pattern for several."""
    return text("".join(f"[{char}]" if char in "*?[" else char for char in path))


def files(paths: Iterable[str]) -> str:
    """A list of files, none of which is a pattern."""
    return "[" + ", ".join(map(file, paths)) + "]"
