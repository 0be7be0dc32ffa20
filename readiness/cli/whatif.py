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
    from readiness.cli.grouped import Chosen

EXAMPLES = """Examples:

readiness whatif engagement/ time_allocation=60 --group unit=Sales

readiness whatif engagement/ time_allocation=+15 email_dependence=-10 --group unit=Sales

readiness whatif results/wave-1.json free_trust=50 --format json"""


def whatif(
    said: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE… NAME=VALUE…",
            show_default=False,
            help="Response files, an engagement's folder or a result; then indicators and the scores supposed, or "
            "+10 or -10 for ten points more or less (where a range goes below zero, -10 is a score).",
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
    from readiness.cli.grouped import chosen, suppressed_in
    from readiness.cli.talk import give, tell

    asked = chosen(sources, framework, group)
    language = known_language(lang, asked.framework.languages)
    supposed = _supposed(supposing, asked)
    suppressed = suppressed_in(asked.group)
    if suppressed:
        tell(f"suppressed, and therefore taken as missing: {', '.join(suppressed)}")
    found = what_if(asked.framework, asked.group, supposed, asked.limits)
    if format_ is Format.json:
        import json

        give(json.dumps({"by": dict(asked.by), **found.model_dump(mode="json")}, ensure_ascii=False, indent=2) + "\n")
    else:
        from readiness.cli.whatif_wording import print_supposed

        print_supposed(found, asked, language)


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


def _supposed(said: Sequence[str], asked: Chosen) -> Mapping[str, float]:
    """Scores by indicator.

    Raises:
        UsageError: with every word that names no indicator, or no score within its range, or the same one again.
    """
    supposed: dict[str, float] = {}
    faults = []
    for words in said:
        name, _, value = (part.strip() for part in words.partition("="))
        try:
            score = _score(name, value, asked)
        except _WrongError as wrong:
            faults.append(Fault(words, None, *wrong.args))
            continue
        if supposed.setdefault(name, score) != score:
            what = f"{name!r} is supposed to be {supposed[name]:g} as well"
            faults.append(Fault(words, None, what, "keep one of them"))
    if faults:
        raise UsageError(faults)
    return supposed


class _WrongError(Exception):
    """What is wrong with what is supposed, and how to mend it."""


def _score(name: str, said: str, asked: Chosen) -> float:
    """The score that is meant, within its range: as it stands there, or so many points from the group's own."""
    from readiness.framework.ledger import offered
    from readiness.framework.ranges import indicator_range

    indicators = asked.framework.indicators
    if name not in indicators:
        raise _WrongError(f"{name!r} is no indicator of {asked.framework.id}", offered(name, indicators))
    low, high = indicator_range(indicators[name], asked.framework.scales)
    number = _number(said)
    if number is None or not _is_relative(said, low):
        if number is None or not low <= number <= high:
            raise _WrongError(f"{said!r} is no score of {name!r}", f"write one from {low:g} to {high:g}")
        return number
    from readiness.scoring.result import Suppressed

    estimate = asked.group.indicators[name]
    own = None if isinstance(estimate, Suppressed) else estimate.value
    if own is None:
        raise _WrongError(
            f"no score is known of {name!r}, to be moved by {said}", f"write one from {low:g} to {high:g}"
        )
    if not low <= own + number <= high:
        what = f"{name!r} is at {own:.1f}, and {said} takes it to {own + number:.1f}"
        raise _WrongError(what, f"its scores go from {low:g} to {high:g}")
    return own + number


def _is_relative(said: str, low: float) -> bool:
    """Whether a number has a sign that can only mean a difference."""
    return said.startswith("+") or (said.startswith("-") and low >= 0)


def _number(said: str) -> float | None:
    try:
        value = float(said)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(whatif)
