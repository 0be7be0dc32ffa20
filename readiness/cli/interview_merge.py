"""`readiness interview merge`: the interviews of several folders put into one engagement, with nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readiness.cli.score import Format

if TYPE_CHECKING:
    from readiness.faults import Fault
    from readiness.interview.merging import Kept, Plan, Step
    from readiness.interview.sources import Source

NAME = "merge"
EXAMPLES = """Examples:

readiness interview merge laptop-of-a/ laptop-of-b/ --into engagement/ --dry-run

readiness interview merge laptop-of-a/ laptop-of-b/ --into engagement/

readiness interview merge mail/2026-11-22-hr-9f3a.jsonl --into engagement/"""


def merge(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="FROM…", show_default=False, help="Engagements, folders of journals, or journals."),
    ],
    into: Annotated[Path, typer.Option("--into", metavar="ENGAGEMENT", show_default=False, help="The engagement.")],
    any_framework: Annotated[
        bool, typer.Option("--any-framework", help="Take interviews held with another framework as well.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
) -> None:
    """Put interviews into an engagement: copied, extended, or kept side by side; nothing is lost."""
    from readiness.cli.talk import tell
    from readiness.faults import Fault, ResponseError
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.filing import alone, carry_out
    from readiness.interview.merging import plan
    from readiness.interview.sources import FOLDER, source_of
    from readiness.responses.engagement import is_engagement

    if not is_engagement(into):
        mend = "name a folder that has an engagement.yaml"
        raise ResponseError([Fault(f"--into {into}", None, "this is not an engagement", mend)])
    target = source_of(into)
    assert target.engagement is not None
    incoming, faults = _incoming(sources)
    framework = load(catalogue.find(target.engagement.framework or catalogue.DEFAULT)).id
    if not any_framework:
        faults += _foreign(incoming, framework)
    if faults:
        raise ResponseError(faults)
    done: list[Step] = []
    with nullcontext() if dry_run else alone(into / FOLDER):
        planned = plan(_there(source_of(into)), incoming, into / FOLDER)
        try:
            for step in planned.steps if dry_run else carry_out(planned):
                done.append(step)
        finally:
            _print(done, planned, dry_run, format_)
    if dry_run:
        tell("dry run: nothing was changed")
    for step in done:
        for remark in _remarks(step):
            tell(remark)
    for pseudonym, paths in planned.collisions():
        tell(_collision(pseudonym, paths))


def _incoming(sources: Sequence[Path]) -> tuple[list[Kept], list[Fault]]:
    """Every journal that comes in, and the faults of what cannot.

    What lies in a folder and is no journal is none of our business and left out; one that was named is a fault.
    """
    from readiness.cli.talk import tell
    from readiness.faults import ResponseError
    from readiness.interview.merging import read_kept
    from readiness.interview.sources import nothing_in, source_of

    kept: dict[Path, Kept] = {}
    faults: list[Fault] = []
    found: list[Source] = []
    for where in sources:
        try:
            source = source_of(where)
        except ResponseError as error:
            faults += error.faults
            continue
        found.append(source)
        for path in source.paths:
            try:
                kept.setdefault(path.resolve(), read_kept(path))
            except ResponseError as error:
                if path == where:
                    faults += error.faults
                else:
                    tell(f"left out: {error.faults[0]}")
        if not source.paths:
            tell(str(nothing_in([source])))
    if not kept and not faults:
        faults.append(nothing_in(found))
    return list(kept.values()), faults


def _there(target: Source) -> list[Kept]:
    """What is in the engagement already; what is no journal there stays where it is."""
    from readiness.cli.talk import tell
    from readiness.faults import ResponseError
    from readiness.interview.merging import read_kept

    there = []
    for path in target.paths:
        try:
            there.append(read_kept(path))
        except ResponseError as error:
            tell(str(error.faults[0]))
    return there


def _foreign(incoming: Sequence[Kept], framework: str) -> list[Fault]:
    from readiness.faults import Fault

    mend = "leave it out, or take it all the same with --any-framework"
    held = [(kept.path, kept.journal.header.framework) for kept in incoming if kept.journal is not None]
    what = "this interview was held with the framework {!r}, and the engagement's is {!r}"
    return [Fault(str(path), 1, what.format(id_, framework), mend) for path, id_ in held if id_ != framework]


def _print(done: Sequence[Step], planned: Plan, dry_run: bool, format_: Format) -> None:
    """What was done, or would be: a line a journal."""
    from readiness.cli.talk import give, say

    if format_ is Format.json:
        import json

        collisions = [{"id": id_, "files": list(map(str, paths))} for id_, paths in planned.collisions()]
        record = {"dry_run": dry_run, "done": list(map(_record, done)), "collisions": collisions}
        give(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        return
    say(f"{step.what.value}: {step.source.path} → {step.target}" for step in done)


def _record(step: Step) -> dict[str, Any]:
    beside = step.other.path if step.other is not None and step.other.path != step.target else None
    return {
        "what": step.what.value,
        "from": str(step.source.path),
        "file": str(step.target),
        "beside": None if beside is None else str(beside),
        "aside": None if step.aside is None else str(step.aside),
        "why": None if step.source.fault is None else str(step.source.fault),
    }


def _remarks(step: Step) -> list[str]:
    """What there is to tell of a step beside what was done."""
    from readiness.interview.merging import What

    remarks = []
    if step.source.fault is not None:
        remarks.append(f"{step.source.fault}; kept as it is: mend {step.target}, or take it away before scoring")
    elif step.source.journal is not None and step.source.journal.problems:
        remarks += [str(problem) for problem in step.source.journal.problems]
    if step.aside is not None:
        remarks.append(f"{step.target}: some line of what was there is damaged; it is kept as {step.aside}")
    if step.what is What.APART and step.other is not None:
        one, other = step.other, step.source
        there = f"{one.path} goes on with {one.events - step.common} event(s){_until(one)}"
        here = f"{step.target} with {other.events - step.common}{_until(other)}"
        remarks.append(f"two copies of one interview diverged after {step.common} event(s): {there}, {here}")
    return remarks


def _until(kept: Kept) -> str:
    moments = [event.at for event in kept.journal.events if event.at] if kept.journal is not None else []
    return f" until {moments[-1]}" if moments else ""


def _collision(pseudonym: str, paths: Sequence[Path]) -> str:
    named = ", ".join(map(str, paths))
    mend = "compare them with `readiness interview show`, and move what is not to count out of the engagement"
    return f"{pseudonym}: different interviews share this pseudonym, so none of them will be scored: {named}; {mend}"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, epilog=EXAMPLES)(merge)
