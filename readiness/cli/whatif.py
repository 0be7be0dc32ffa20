"""`readiness whatif`: every scenario before and after some scores are supposed to be otherwise."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.grouped import GroupOption
from readiness.cli.options import Framework, Language, known_language
from readiness.cli.score import Format
from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from readiness.framework import models

EXAMPLES = """Examples:

readiness whatif engagement/ time_allocation=60

readiness whatif engagement/ time_allocation=60 process_embedding=55 --group unit=Sales

readiness whatif results/wave-1.json free_trust=50 --format json"""


def whatif(
    said: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE… NAME=VALUE…",
            show_default=False,
            help="Response files, an engagement's folder or a result; then indicators and the scores supposed.",
        ),
    ],
    framework: Framework = None,
    group: GroupOption = None,
    lang: Language = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
) -> None:
    """Say what would become of every scenario if some indicators had other scores."""
    sources, supposing = _apart(said)
    from readiness.analysis.levers.whatif import what_if
    from readiness.cli.grouped import chosen, values_of
    from readiness.cli.talk import give, tell

    asked = chosen(sources, framework, group)
    language = known_language(lang, asked.framework.languages)
    supposed = _supposed(supposing, asked.framework)
    _, suppressed = values_of(asked.group)
    if suppressed:
        tell(f"suppressed, and therefore taken as missing: {', '.join(suppressed)}")
    found = what_if(asked.framework, asked.group, supposed, asked.limits)
    if format_ is Format.json:
        import json

        give(json.dumps({"by": dict(asked.by), **found.model_dump(mode="json")}, ensure_ascii=False, indent=2) + "\n")
    else:
        from readiness.cli.whatif_wording import print_supposed

        print_supposed(found, asked.framework, asked.by, language)


def _apart(said: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Sources, and what is supposed: whatever has an equals sign and is no file.

    Raises:
        UsageError: one of the two is not there.
    """
    supposing = [words for words in said if "=" in words and not Path(words).exists()]
    sources = [Path(words) for words in said if words not in supposing]
    if not supposing:
        mend = "add NAME=VALUE, such as time_allocation=60"
        raise UsageError([Fault("whatif", None, "nothing is supposed to be otherwise", mend)])
    if not sources:
        raise UsageError(
            [Fault("whatif", None, "there is no source", "name response files, an engagement or a result")]
        )
    return sources, supposing


def _supposed(said: Sequence[str], framework: models.Framework) -> Mapping[str, float]:
    """Scores by indicator.

    Raises:
        UsageError: with every word that names no indicator, or no score within its range, or the same one again.
    """
    from readiness.framework.ledger import nearest, one_of
    from readiness.framework.ranges import indicator_range

    supposed: dict[str, float] = {}
    faults = []
    for words in said:
        name, _, value = (part.strip() for part in words.partition("="))
        if name not in framework.indicators:
            mend = nearest(name, framework.indicators) or one_of(framework.indicators)
            faults.append(Fault(words, None, f"{name!r} is no indicator of {framework.id}", mend))
            continue
        low, high = indicator_range(framework.indicators[name], framework.scales)
        score = _number(value)
        if score is None or not low <= score <= high:
            faults.append(
                Fault(words, None, f"{value!r} is no score of {name!r}", f"write one from {low:g} to {high:g}")
            )
        elif supposed.setdefault(name, score) != score:
            faults.append(
                Fault(words, None, f"{name!r} is supposed to be {supposed[name]:g} as well", "keep one of them")
            )
    if faults:
        raise UsageError(faults)
    return supposed


def _number(said: str) -> float | None:
    try:
        value = float(said)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(whatif)
