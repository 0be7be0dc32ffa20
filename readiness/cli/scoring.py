"""From sources to a result, with everything there is to tell on the way: what `score`, `report` and `demo` share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.talk import progress, tell, tell_of_reading

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.files import Reading
    from readiness.responses.table import Unread
    from readiness.scoring.respondents import Write
    from readiness.scoring.result import Result


@dataclass(frozen=True)
class Done:
    """A result, the framework it was made with, and the cells that could not be read."""

    result: Result
    framework: Framework
    unread: tuple[Unread, ...]


def score_sources(
    sources: Sequence[Path],
    framework: str | None = None,
    tables: Sequence[tuple[str, ...]] | None = None,
    reading: Reading | None = None,
    write: Write | None = None,
    balance: str | None = None,
) -> Done:
    """Score what the user named, and tell of the reading.

    tables: of groups; by default those of an engagement. write: takes every respondent's own figures. balance: the
    context key of whose values each gets the same say.

    Raises:
        InputError: with every fault of whatever cannot be read or scored.
    """
    from readiness.pipeline import gather, scored
    from readiness.responses.files import AS_THEY_ARE

    with progress("reading"):
        gathered = gather(sources, framework, reading or AS_THEY_ARE)
    if gathered.large is None:
        tell_of_reading(gathered)
    with progress("scoring") as state:
        if gathered.large is not None:
            gathered = replace(gathered, survey=replace(gathered.large, on_rows=state.read))
        done = scored(gathered, tables, write, balance)
    if gathered.large is not None:
        tell_of_reading(done.gathered)
        if state.rows:  # none where the file had to be held after all
            tell(str(state))
    return Done(done.result, gathered.framework, tuple(cell for mode in done.gathered.modes for cell in mode.unread))
