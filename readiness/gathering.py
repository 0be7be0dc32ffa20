"""Gathering: sources named by the user → framework and responses, of which nothing has been scored yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from readiness.faults import Fault, ResponseError
from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.bulk import Stream
from readiness.responses.cells import ContextReader
from readiness.responses.engagement import (
    Engagement,
    facts_of,
    is_engagement,
    read_engagement,
    sizes_of,
    unknown_keys,
)
from readiness.responses.files import AS_THEY_ARE, Drawn, Reading, draw, read_survey, sorted_by_mode
from readiness.responses.in_place.survey import InPlace, open_in_place
from readiness.responses.joining import with_context
from readiness.responses.large import as_text, open_survey
from readiness.responses.population import Population
from readiness.responses.ratings import BESIDE, Ratings, Use
from readiness.responses.table import Responses
from readiness.scoring.facts import known_facts

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine
    from readiness.responses.limits import Limit

Read = TypeVar("Read")
Survey = Responses | Stream | InPlace


@dataclass(frozen=True)
class Gathered:
    """Everything that will be scored: one framework, and the responses of each mode."""

    framework: Framework
    survey: Survey | None
    interviews: Responses | None
    ratings: Ratings | None = None  # the interviewer's own, from evidence
    engagement: Engagement | None = None
    facts: Mapping[str, float] = field(default_factory=dict)
    population: Population | None = None  # how many could have answered, if the engagement says so
    files: tuple[Path, ...] = ()
    reading: Reading = AS_THEY_ARE
    exclude_careless: bool = False  # whether respondents who answer carelessly are left out of the survey

    @property
    def limits(self) -> tuple[Limit, ...]:
        """What the consultant says cannot move, or not beyond a score."""
        return self.engagement.limits if self.engagement else ()

    @property
    def large(self) -> Stream | None:
        """The survey if it is read in pieces: then all there is to tell of its reading is known once it is scored."""
        return self.survey if isinstance(self.survey, Stream) else None

    @property
    def modes(self) -> tuple[Survey, ...]:
        """The responses there are, survey first."""
        seen = self.ratings.responses if self.ratings else None
        return tuple(mode for mode in (self.survey, self.interviews, seen) if mode is not None)


@dataclass(frozen=True)
class Elsewhere:
    """Answers that stay where they lie. tables: as the engine knows them."""

    engine: Engine
    tables: tuple[str, ...]


def gather(
    sources: Sequence[Path],
    framework: str | None = None,
    reading: Reading = AS_THEY_ARE,
    elsewhere: Elsewhere | None = None,
) -> Gathered:
    """Read what the user named: response files, journals, or one engagement's folder.

    framework: a shipped id or a folder; by default the engagement's, else the one shipped as default.
    reading: how survey files are to be read; the engagement's mapping holds where no other is named.
    elsewhere: the survey is scored there, an engagement's own survey files with it.

    Raises:
        InputError: with every fault of whatever cannot be read.
    """
    engagement = _engagement(sources)
    named = framework or (engagement.framework if engagement else None) or catalogue.DEFAULT
    loaded = load(catalogue.find(named))
    if engagement is None:
        files = sorted_by_mode(sources)
        return _gathered(loaded, files.surveys, files.interviews, reading, elsewhere=elsewhere)
    loaded = _with_thresholds(loaded, engagement)
    faults = unknown_keys(engagement, loaded)
    if faults:
        raise ResponseError(faults)
    files = sorted_by_mode(engagement.surveys)  # a journal lying among the surveys is an interview all the same
    reading = replace(
        reading, mapping=reading.mapping or engagement.mapping, weight=reading.weight or engagement.weight
    )
    journals = (*files.interviews, *engagement.interviews)
    gathered = _gathered(loaded, files.surveys, journals, reading, engagement.evidence, elsewhere)
    interviews = gathered.interviews and with_context(loaded, gathered.interviews, engagement.context)
    return replace(
        gathered,
        survey=_with_context(loaded, gathered.survey, engagement.context),
        interviews=interviews,
        ratings=gathered.ratings and _rated_with_context(loaded, gathered.ratings, engagement.context),
        engagement=engagement,
        facts=known_facts(loaded, facts_of(engagement, loaded)),
        population=sizes_of(engagement, loaded),
    )


def _with_context(framework: Framework, survey: Survey | None, values: Mapping[str, str]) -> Survey | None:
    """A survey with the context that holds for all of it."""
    if survey is None or not values:
        return survey
    if isinstance(survey, Stream | InPlace):
        given = {key: ContextReader(framework.context[key]).value(said) for key, said in values.items()}
        return replace(survey, given=given)
    return with_context(framework, survey, values)


def _rated_with_context(framework: Framework, ratings: Ratings, values: Mapping[str, str]) -> Ratings:
    return replace(ratings, responses=with_context(framework, ratings.responses, values))


def sketch(sources: Sequence[Path], framework: str | None = None, reading: Reading = AS_THEY_ARE) -> Drawn:
    """What would be done with survey files, or with those of an engagement: a mapping that nobody has corrected yet.

    Raises:
        InputError: with every fault of whatever cannot be read at all.
    """
    engagement = _engagement(sources)
    named = framework or (engagement.framework if engagement else None) or catalogue.DEFAULT
    loaded = load(catalogue.find(named))
    surveys = sorted_by_mode(engagement.surveys if engagement else sources).surveys
    if not surveys:
        mend = "name survey files; interviews need no mapping"
        raise ResponseError([Fault(str(sources[0]), None, "there is no survey file to map", mend)])
    return draw(loaded, surveys, reading)


def read_again(gathered: Gathered, *, held: bool = False) -> Gathered:
    """A large survey to be read from its beginning, guessing nothing; or held, however large it is."""
    assert isinstance(gathered.survey, Stream)
    if not held:
        return replace(gathered, survey=as_text(gathered.survey))
    context = gathered.engagement.context if gathered.engagement else {}
    survey = read_survey(gathered.framework, gathered.files, gathered.reading)
    return replace(gathered, survey=_with_context(gathered.framework, survey, context))


def _engagement(sources: Sequence[Path]) -> Engagement | None:
    folders = [source for source in sources if is_engagement(source)]
    if folders and len(sources) > 1:
        mend = "score an engagement by itself, or name the files in it"
        raise ResponseError([Fault(str(folders[0]), None, "an engagement's folder among other sources", mend)])
    return read_engagement(folders[0]) if folders else None


def _gathered(
    framework: Framework,
    surveys: Sequence[Path],
    journals: Sequence[Path],
    reading: Reading,
    use: Use = BESIDE,
    elsewhere: Elsewhere | None = None,
) -> Gathered:
    """Both modes read; the faults of one do not hide those of the other."""
    faults: list[Fault] = []

    def read(reader: Callable[[], Read]) -> Read | None:
        try:
            return reader()
        except ResponseError as error:
            faults.extend(error.faults)
            return None

    if journals:
        from readiness.responses.interviews import read_interviews

    def opened() -> Survey:
        if elsewhere is None:
            return open_survey(framework, surveys, reading)
        tables = [*map(str, surveys), *elsewhere.tables]
        return open_in_place(framework, elsewhere.engine, tables, reading)

    survey = read(opened) if surveys or (elsewhere and elsewhere.tables) else None
    talks = read(lambda: read_interviews(framework, journals, use)) if journals else None
    if faults:
        raise ResponseError(faults)
    said, seen = (talks.said, talks.seen) if talks else (None, None)
    return Gathered(framework, survey, said, seen, files=tuple(surveys), reading=reading)


def _with_thresholds(framework: Framework, engagement: Engagement) -> Framework:
    defaults = framework.defaults.model_copy(update=dict(engagement.thresholds))
    return framework.model_copy(update={"defaults": defaults})
