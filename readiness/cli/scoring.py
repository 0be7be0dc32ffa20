"""From sources to a result, with everything there is to tell on the way: what `score`, `report` and `demo` share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.talk import progress, tell, tell_of_reading

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.gathering import Elsewhere
    from readiness.responses.files import Reading
    from readiness.responses.table import Unread
    from readiness.scoring.respondents import Write
    from readiness.scoring.result import Result


@dataclass(frozen=True)
class Done:
    """A result, the framework it was made with, and the cells that could not be read, with how many they are."""

    result: Result
    framework: Framework
    unread: tuple[Unread, ...]
    unread_count: int


def score_sources(
    sources: Sequence[Path],
    framework: str | None = None,
    tables: Sequence[tuple[str, ...]] | None = None,
    reading: Reading | None = None,
    write: Write | None = None,
    balance: str | None = None,
    exclude_careless: bool = False,
    analysed: bool = True,
    elsewhere: Elsewhere | None = None,
    out: str | None = None,
) -> Done:
    """Score what the user named, and tell of the reading.

    tables: of groups; by default those of an engagement. write: takes every respondent's own figures. balance: the
    context key of whose values each gets the same say. exclude_careless: leave out whoever answers carelessly.
    analysed: with intervals and whatever else there is to say of the result's certainty. elsewhere: where the survey
    stays and is scored. out: where every respondent's figures of such a survey go.

    Raises:
        InputError: with every fault of whatever cannot be read or scored.
    """
    from readiness.pipeline import gather, scored
    from readiness.responses.files import AS_THEY_ARE
    from readiness.responses.in_place.survey import InPlace

    with progress("reading"):
        gathered = gather(sources, framework, reading or AS_THEY_ARE, elsewhere)
        if isinstance(gathered.survey, InPlace):
            survey = replace(gathered.survey, out=out)
            survey.look()
            gathered = replace(gathered, survey=survey)
    if gathered.large is None:
        tell_of_reading(gathered)
    with progress("scoring") as state:
        if gathered.large is not None:
            gathered = replace(gathered, survey=replace(gathered.large, on_rows=state.read))
        done = scored(gathered, tables, write, balance, analysed, exclude_careless)
    if gathered.large is not None:
        tell_of_reading(done.gathered)
        if state.rows:  # none where the file had to be held after all
            tell(str(state))
    if exclude_careless:
        tell(left_out(done.result))
    for remark in (*done.remarks, *without_a_say(done.result)):
        tell(remark)
    modes = done.gathered.modes
    unread = tuple(cell for mode in modes for cell in mode.unread)
    return Done(done.result, gathered.framework, unread, sum(mode.unread_count for mode in modes))


def without_a_say(result: Result) -> Iterator[str]:
    """Whose voice is another's where groups have the say of their people, as messages."""
    from readiness.scoring.result import Group

    silent = (result.respondents.population or {}).get("silent")
    if silent:
        yield f"{silent} people are of groups of which nobody answered; their say goes to the others"
    if result.respondents.balance == "population" and isinstance(result.overall, Group):
        yield from _counting_together(result.respondents.population or {})
        voiceless = result.respondents.scored - result.overall.n
        if voiceless:
            yield f"{voiceless} respondent(s) are of no group that the population names, and have no say"


def _counting_together(population: dict[str, int]) -> Iterator[str]:
    few, people = population.get("together"), population.get("people")
    if few:
        yield (
            f"{few} of {people} people are of groups too small to count by themselves: "
            "they count together, and the balance between them is lost in part"
        )


def left_out(result: Result) -> str:
    """How many respondents were left out for answering carelessly, as a message."""
    from readiness.scoring.result import Group

    analysis = result.overall.analysis if isinstance(result.overall, Group) else None
    careless = analysis.careless if analysis else None
    if careless is None:
        return "--exclude-careless: there is no survey of which anything can be told"
    if careless.either is None:
        return "careless respondents are left out; of so few it is not told how many"
    ways = [f"{careless.straight_lining} in a straight line"]
    if careless.speeding is not None:
        ways.append(f"{careless.speeding} too fast")
    return f"{careless.either} of {careless.n} respondents answered carelessly and are left out ({', '.join(ways)})"
