"""A theme as CSS: variables that stand after the shipped ones, and the line at the foot of a printed page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from readiness.report.theme.palette import shipped
from readiness.report.theme.records import Theme

_PAINTED = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"')


def variables(theme: Theme) -> str:
    """The theme's colours and fonts as CSS; "" where it has none. Holds nothing but what reading let through."""
    fonts = {
        kind: f'"{name}", {shipped().stacks[kind]}' for kind in ("serif", "sans") if (name := getattr(theme, kind))
    }
    rules = []
    if fonts:
        rules.append(f":root {{ {_declared(fonts)} }}")
    if theme.light:  # wherever the shipped dark colours, which stand before, do not hold
        rules.append(
            f"@media print, not all and (prefers-color-scheme: dark) {{ :root {{ {_declared(theme.light)} }} }}"
        )
    if theme.dark:
        rules.append(f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_declared(theme.dark)} }} }}")
    return "\n".join(rules)


def _declared(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def recoloured(svg: str, theme: Theme) -> str:
    """A drawing that stands by itself, with the theme's colours in place of the shipped ones."""
    own = {shipped().light[name]: colour for name, colour in theme.light.items()}
    if not own:
        return svg
    return _PAINTED.sub(lambda found: f'{found[1]}="{own.get(found[2], found[2])}"', svg)


def quoted(text: str) -> str:
    """Text as a CSS string that shows it as typed: whatever is no letter or digit is spelled by its number.

    A blank ends a number, so that blanks are spelled too.
    """
    return '"' + "".join(char if char.isalnum() else f"\\{ord(char):x} " for char in text) + '"'


def foot(*said: str) -> str:
    """What stands at the foot of every printed page; "" where there is nothing to say."""
    line = " · ".join(text for text in said if text)
    if not line:
        return ""
    box = f"content: {quoted(line)}; font: 8pt sans-serif; color: {shipped().light['soft']};"
    return f"@media print {{ @page {{ @bottom-left {{ {box} }} }} }}"
