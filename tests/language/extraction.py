"""Every message id that templates and code ask for."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[2]
METHODS = [("**.py", "python"), ("**.j2", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2)}
FOLDERS = ("readiness", "report_templates")


def message_ids() -> dict[str | tuple[str, ...], list[str]]:
    """Message ids (pairs where there is a plural), and where each is used."""
    found: dict[str | tuple[str, ...], list[str]] = {}
    options = {"**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
    for folder in FOLDERS:
        for file, line, message, _, _ in extract_from_dir(ROOT / folder, METHODS, options, KEYWORDS):
            found.setdefault(message, []).append(f"{folder}/{file}:{line}")
    return found
