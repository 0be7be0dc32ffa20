"""What of a result can be commented on: names as people write them into the ids that a report goes by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.framework.ledger import Ledger, Place, nearest, one_of, quoted
from readiness.report.commentary.records import WHOLE, By, Subject, by_of, written
from readiness.report.commentary.releasing import MIN_COMMENTS
from readiness.scoring.result import Group, Result, ScenarioResult, SubGroup, SuppressedGroup

if TYPE_CHECKING:
    from readiness.report.words import Entry

Sections = Callable[[], Mapping[str, tuple[str, ...]]]  # worked out only where a section is named
REMOVE = "remove what is said of it"


class Ground:
    """One result's sections, scenarios and groups. sections: gives their titles in the report's languages, by id."""

    def __init__(self, result: Result, sections: Sections, ledger: Ledger) -> None:
        texts = result.framework.texts
        self._ledger = ledger
        self.whole = result.overall if isinstance(result.overall, Group) else None
        self.least = int((texts.get("defaults") or {}).get("min_comments", MIN_COMMENTS))
        self._groups = {by_of(group.by): group for group in result.groups}
        self._sections = sections
        self._scenario_ids = tuple(texts.get("scenarios") or ())
        self._scenarios = _named(texts.get("scenarios") or {})
        self._keys = _named(texts.get("context") or {})
        self._values = {key: self._values_of(key, texts.get("context") or {}) for key in self._group_keys}

    @property
    def _group_keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key for by in self._groups for key, _ in by))

    def _values_of(self, key: str, context: Mapping[str, Entry]) -> dict[str, str]:
        values = [value for by in self._groups for k, value in by if k == key and value is not None]
        labels = (context.get(key) or {}).get("options") or {}
        said = {text.casefold(): id_ for id_, words in labels.items() for text in _texts(words)}
        return said | {value.casefold(): value for value in values}

    def settled(self, subject: Subject, at: Place) -> Subject | None:
        """The subject by its ids; None, and a fault, where the result does not have it."""

        def named(kind: str) -> Place:
            return Place(at.file, subject.lines.get(kind, at.line))

        if subject.section:
            return self._section(subject.section, named("section"))
        group = self._group(subject.group, named("group"))
        scenario = self._scenario(subject.scenario, named("scenario"))
        if group is None or scenario is None:
            return None
        found = replace(subject, group=group, scenario=scenario)
        return found if not scenario or self._is_told(found, named("scenario")) else None

    @cached_property
    def _titles(self) -> Mapping[str, tuple[str, ...]]:
        return self._sections()

    def _section(self, name: str, at: Place) -> Subject | None:
        known = {said.casefold(): id_ for id_, titles in self._titles.items() for said in (*titles, id_)}
        id_ = known.get(name.casefold())
        if id_ is None:
            mend = nearest(name, self._titles) or one_of(self._titles)
            self._fault(at, f"this report has no section {quoted(name)}", mend)
        return Subject(section=id_) if id_ else None

    def _scenario(self, name: str, at: Place) -> str | None:
        if not name:
            return ""
        id_ = self._scenarios.get(name.casefold())
        if id_ is None:
            mend = nearest(name, self._scenario_ids) or one_of(self._scenario_ids)
            self._fault(at, f"this result has no scenario {quoted(name)}", mend)
        return id_

    def _group(self, by: By, at: Place) -> By | None:
        if by == WHOLE:
            return WHOLE
        keys = {self._keys.get(key.casefold(), key): value for key, value in by}
        found = by_of({key: self._value(key, value) for key, value in keys.items()})
        if found not in self._groups:
            shown = [written(known) for known, group in self._groups.items() if isinstance(group, SubGroup)]
            mend = nearest(written(found), shown) or one_of(shown)
            self._fault(at, f"this result has no group {quoted(written(by))}", mend or REMOVE)
            return None
        if isinstance(self._groups[found], SuppressedGroup):
            self._fault(at, f"group {quoted(written(by))} is hidden in this result", REMOVE)
            return None
        return found

    def _value(self, key: str, value: str | None) -> str | None:
        return value if value is None else self._values.get(key, {}).get(value.casefold(), value)

    def _is_told(self, subject: Subject, at: Place) -> bool:
        group = self.group(subject.group)
        if group is None:
            self._fault(at, "the whole is hidden in this result, and no scenario is told", REMOVE)
        elif subject.scenario not in group.scenarios:
            what = f"scenario {quoted(subject.scenario)} is assessed only for the whole organisation"
            self._fault(at, what, "say it under 'scenarios', and not of a group")
        return group is not None and subject.scenario in group.scenarios

    def group(self, by: By) -> Group | None:
        """A group that is shown; None where it is hidden."""
        found = self.whole if by == WHOLE else self._groups.get(by)
        return found if isinstance(found, Group) else None

    def scenario(self, subject: Subject) -> ScenarioResult | None:
        """A scenario of a group; None where it is hidden."""
        group = self.group(subject.group)
        found = group.scenarios.get(subject.scenario) if group else None
        return found if isinstance(found, ScenarioResult) else None

    def _fault(self, at: Place, what: str, mend: str) -> None:
        self._ledger.fault(at, what, mend)


def _named(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Ids by every name that people may write for them: the title in any language, and the id itself."""
    titles = {text.casefold(): id_ for id_, entry in entries.items() for text in _texts(entry.get("title"))}
    return titles | {id_.casefold(): id_ for id_ in entries}


def _texts(words: object) -> list[str]:
    if isinstance(words, str):
        return [words]
    return [str(text) for text in words.values() if text] if isinstance(words, Mapping) else []
