"""The pipeline on one page: sources named by the user → framework → responses → result.

Every stage is called from here: read this first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from readiness.faults import Fault, ResponseError, UsageError
from readiness.framework import catalogue
from readiness.framework.ledger import nearest, one_of
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.engagement import Engagement, facts_of, is_engagement, read_engagement, unknown_keys
from readiness.responses.files import AS_THEY_ARE, Drawn, Reading, draw, read_survey, sorted_by_mode
from readiness.responses.interviews import read_interviews
from readiness.responses.table import Responses, with_context
from readiness.scoring.engine import Table, score, score_both
from readiness.scoring.result import Result
from readiness.scoring.summing import organisation_facts

Reader = Callable[[Framework, Sequence[Path]], Responses]


@dataclass(frozen=True)
class Gathered:
    """Everything that will be scored: one framework, and the responses of either mode."""

    framework: Framework
    survey: Responses | None
    interviews: Responses | None
    engagement: Engagement | None = None
    facts: Mapping[str, float] = field(default_factory=dict)

    @property
    def modes(self) -> tuple[Responses, ...]:
        """The responses there are, survey first."""
        return tuple(mode for mode in (self.survey, self.interviews) if mode is not None)


def gather(sources: Sequence[Path], framework: str | None = None, reading: Reading = AS_THEY_ARE) -> Gathered:
    """Read what the user named: response files, journals, or one engagement's folder.

    framework: a shipped id or a folder; by default the engagement's, else the one shipped as default.
    reading: how survey files are to be read; the engagement's mapping holds where no other is named.

    Raises:
        InputError: with every fault of whatever cannot be read.
    """
    engagement = _engagement(sources)
    named = framework or (engagement.framework if engagement else None) or catalogue.DEFAULT
    loaded = load(catalogue.find(named))
    if engagement is None:
        files = sorted_by_mode(sources)
        return _gathered(loaded, files.surveys, files.interviews, reading)
    loaded = _with_thresholds(loaded, engagement)
    faults = unknown_keys(engagement, loaded)
    if faults:
        raise ResponseError(faults)
    files = sorted_by_mode(engagement.surveys)  # a journal lying among the surveys is an interview all the same
    reading = reading if reading.mapping else replace(reading, mapping=engagement.mapping)
    gathered = _gathered(loaded, files.surveys, (*files.interviews, *engagement.interviews), reading)
    survey, interviews = (
        with_context(loaded, mode, engagement.context) if mode else None
        for mode in (gathered.survey, gathered.interviews)
    )
    return Gathered(loaded, survey, interviews, engagement, _known_facts(engagement, loaded))


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


def scored(gathered: Gathered, by: Sequence[Table] | None = None) -> Result:
    """Score what was gathered. by: the tables of groups; by default those of the engagement.

    Raises:
        ResponseError: nothing has been answered, or a key to group by was not recorded.
    """
    tables = tuple(by) if by is not None else (gathered.engagement.groups if gathered.engagement else ())
    survey, interviews = gathered.survey, gathered.interviews
    if survey is None and interviews is None:
        where = str(gathered.engagement.folder) if gathered.engagement else "the sources"
        raise ResponseError([Fault(where, None, "there is nothing to score", "add survey files or interviews")])
    _judge_tables(gathered, tables)
    if survey is not None and interviews is not None:
        return score_both(gathered.framework, survey, interviews, tables, facts=gathered.facts)
    only = survey or interviews
    assert only is not None
    return score(gathered.framework, only, tables, protect=survey is not None, facts=gathered.facts)


def _engagement(sources: Sequence[Path]) -> Engagement | None:
    folders = [source for source in sources if is_engagement(source)]
    if folders and len(sources) > 1:
        mend = "score an engagement by itself, or name the files in it"
        raise ResponseError([Fault(str(folders[0]), None, "an engagement's folder among other sources", mend)])
    return read_engagement(folders[0]) if folders else None


def _gathered(framework: Framework, surveys: Sequence[Path], journals: Sequence[Path], reading: Reading) -> Gathered:
    """Both modes read; the faults of one do not hide those of the other."""
    faults: list[Fault] = []

    def read_as_told(framework: Framework, paths: Sequence[Path]) -> Responses:
        return read_survey(framework, paths, reading)

    def read(reader: Reader, paths: Sequence[Path]) -> Responses | None:
        try:
            return reader(framework, paths) if paths else None
        except ResponseError as error:
            faults.extend(error.faults)
            return None

    gathered = Gathered(framework, read(read_as_told, surveys), read(read_interviews, journals))
    if faults:
        raise ResponseError(faults)
    return gathered


def _with_thresholds(framework: Framework, engagement: Engagement) -> Framework:
    defaults = framework.defaults.model_copy(update=dict(engagement.thresholds))
    return framework.model_copy(update={"defaults": defaults})


def _known_facts(engagement: Engagement, framework: Framework) -> dict[str, float]:
    """Facts as scores, those given as answers scored like any answer."""
    facts = facts_of(engagement, framework)
    answered = organisation_facts(framework, facts.answers, {}) if facts.answers else {}
    return {**{id_: fact.value for id_, fact in answered.items() if fact.value is not None}, **facts.scores}


def _judge_tables(gathered: Gathered, tables: Sequence[Table]) -> None:
    """Every key to group by has to be known and recorded."""
    framework = gathered.framework
    keys = dict.fromkeys(key for table in tables for key in table)
    unknown = [key for key in keys if key not in framework.context]
    if unknown:
        mends = {key: nearest(key, framework.context) or one_of(framework.context) for key in unknown}
        what = "{} has no context key {!r}"
        raise UsageError([Fault(f"--by {k}", None, what.format(framework.id, k), mend) for k, mend in mends.items()])
    recorded = gathered.modes[0].context
    mend = one_of(key for key in framework.context if key in recorded) or "leave it out"
    unrecorded = [key for key in keys if key not in recorded]
    if unrecorded:
        raise ResponseError([Fault(f"--by {key}", None, f"no response says its {key}", mend) for key in unrecorded])
