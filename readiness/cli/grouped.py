"""One group of what was scored, with its framework and the limits set for it: what `levers` and `whatif` begin with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.faults import Fault, InputError, ResultError, UsageError

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.limits import Limit
    from readiness.scoring.result import Group, Result

By = Mapping[str, str | None]
GroupOption = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="KEY=VALUE", help="One group, such as unit=Sales; repeat to cross."),
]
SourceOption = Annotated[
    list[Path],
    typer.Argument(metavar="SOURCE…", show_default=False, help="Response files, an engagement's folder, or a result."),
]
MODE = "source"  # what interviews beside a survey, and ratings, are groups of


@dataclass(frozen=True)
class Chosen:
    """A group, and what belongs to it. by: empty for everybody. result: with the groups beside it."""

    framework: Framework
    group: Group
    by: By
    limits: tuple[Limit, ...]
    result: Result


def chosen(sources: Sequence[Path], framework: str | None, group: Sequence[str] | None) -> Chosen:
    """The group that was asked for, scored now or read from a result.

    Raises:
        InputError: with every fault of what cannot be read or scored; there is no such group, or it is suppressed.
    """
    by = _by(group or ())
    result, loaded, limits = _scored(sources, framework, by)
    return Chosen(loaded, _found(result, by, str(sources[0])), by, limits, result)


def _by(said: Sequence[str]) -> dict[str, str | None]:
    """`unit=Sales` as a key and its value; a value left out is a blank."""
    pairs = [[part.strip() for part in words.split("=", 1)] for words in said]
    faults = [
        Fault(f"--group {words}", None, "this names no group", "write KEY=VALUE, such as unit=Sales")
        for words, pair in zip(said, pairs, strict=True)
        if len(pair) < 2 or not pair[0]
    ]
    if faults:
        raise UsageError(faults)
    return {key: value or None for key, value in pairs}


def _scored(sources: Sequence[Path], framework: str | None, by: By) -> tuple[Result, Framework, tuple[Limit, ...]]:
    from readiness.cli.reporting import written_result
    from readiness.responses.engagement import is_engagement, read_engagement

    written = written_result(sources, "name one result, or response files")
    if written is not None:
        result, loaded = _read(written, framework)
        return result, loaded, _limits_in(result, loaded, written)
    from readiness.cli.scoring import score_sources

    keys = tuple(key for key in by if key != MODE)
    try:
        done = score_sources(sources, framework, [keys] if keys else None)
    except InputError as error:  # of a table nobody has asked for by that name
        raise type(error)(replace(f, file=f.file.replace("--by ", "--group ")) for f in error.faults) from error
    limits = read_engagement(sources[0]).limits if is_engagement(sources[0]) else ()
    return done.result, done.framework, limits


def _read(path: Path, named: str | None) -> tuple[Result, Framework]:
    """A result, and the framework it was scored with: what can move, and at what cost, stands only there."""
    from readiness.cli.reporting import read_result
    from readiness.framework import catalogue
    from readiness.framework.loading import load

    result = read_result(path)
    id_ = result.framework.id
    if named is None and id_ not in catalogue.shipped():
        what = f"it was scored with {id_!r}, which does not come with readiness"
        raise ResultError([Fault(str(path), None, what, "name its folder with --framework")])
    framework = load(catalogue.find(named or id_))
    if result.framework.digest.get("scoring") != framework.digest["scoring"]:
        what = f"it was scored with another {id_} than this one ({framework.id} {framework.version})"
        mend = "score the responses again, or name with --framework the folder they were scored with"
        raise ResultError([Fault(str(path), None, what, mend)])
    return result, framework


def _limits_in(result: Result, framework: Framework, path: Path) -> tuple[Limit, ...]:
    """The limits of the engagement that the result was scored for."""
    from readiness.responses.limits import Limit, judged_limits
    from readiness.scoring.result import Group

    analysis = result.overall.analysis if isinstance(result.overall, Group) else None
    limits = [Limit(held.name, held.to, held.until, held.why) for held in analysis.limits] if analysis else []
    wrong = judged_limits(limits, framework)
    if wrong:
        raise ResultError([Fault(str(path), None, what, mend) for _, what, mend in wrong])
    return tuple(limits)


def _found(result: Result, by: By, where: str) -> Group:
    """The group that is called so."""
    from readiness.framework.ledger import nearest, one_of
    from readiness.scoring.result import Suppressed, SuppressedGroup, by_label

    groups = {_key(group.by): group for group in result.groups}
    found = groups.get(_key(by)) if by else result.overall
    name = by_label(by) if by else "everybody"
    if found is None:
        labels = [by_label(group.by) for group in result.groups if set(group.by) == set(by)]
        labels = labels or [by_label(group.by) for group in result.groups]
        mend = nearest(name, labels) or one_of(labels) or "score it --by that key first"
        raise UsageError([Fault(f"--group {name}", None, f"{where} has no such group", mend)])
    if isinstance(found, Suppressed | SuppressedGroup):
        what = f"{name} is suppressed: too few respondents, or it would give such a group away"
        raise ResultError([Fault(where, None, what, "choose a larger group")])
    return found


def _key(by: By) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(by.items()))


def suppressed_in(group: Group) -> list[str]:
    """The indicators of a group that are suppressed: they count as missing."""
    from readiness.scoring.result import Suppressed

    return [id_ for id_, one in group.indicators.items() if isinstance(one, Suppressed)]
