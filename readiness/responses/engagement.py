"""An engagement: the folder of one client, with its settings, interviews, survey files, results and reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.framework.ledger import Ledger, nearest, one_of
from readiness.framework.nodes import Scalar, Sequence
from readiness.framework.ranges import indicator_range
from readiness.framework.source import read
from readiness.framework.table import Table
from readiness.framework.vocabulary import Keys
from readiness.framework.wording import Page
from readiness.responses.cells import ContextReader, number
from readiness.responses.limits import Limit, judged_limits, read_limits
from readiness.responses.population import Population, population_of
from readiness.responses.population_yaml import POPULATION, Sizes, read_sizes
from readiness.responses.ratings import BESIDE, USES, Use
from readiness.responses.table import Responses, from_rows

if TYPE_CHECKING:
    from readiness.framework.models import Framework

SETTINGS = "engagement.yaml"
KEYS = Keys(
    ("client",),
    (
        *("framework", "languages", "groups", "thresholds", "theme", "context", "facts"),
        *("balance", "mapping", "weight", "evidence", "population", "limits"),
    ),
)
THRESHOLDS = Keys((), ("min_group", "min_comments"))
FEWEST = 3  # no engagement may show a group of one or two


@dataclass(frozen=True)
class Engagement:
    """What an engagement's settings say. Paths are absolute or relative as the folder was given."""

    folder: Path
    client: str
    framework: str | None = None
    mapping: Path | None = None  # of the survey files' columns and answers
    weight: str | None = None  # the column of case weights in the survey files
    balance: str | None = None  # the context key of whose values each gets the same say, or `population`
    sizes: Sizes | None = None  # of the population, as written
    evidence: Use = BESIDE  # what the interviewer's ratings do to what interviewees said
    languages: tuple[str, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    thresholds: Mapping[str, int] = field(default_factory=dict)
    context: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    limits: tuple[Limit, ...] = ()  # of what can move here, for the levers
    lines: Mapping[str, int] = field(
        default_factory=dict
    )  # where the names under context, groups, facts and balance stand

    @property
    def surveys(self) -> tuple[Path, ...]:
        """The survey files, in the order of their names."""
        folder = self.folder / "surveys"
        return tuple(sorted(p for p in folder.glob("*") if p.is_file() and not p.name.startswith((".", "~"))))

    @property
    def interviews(self) -> tuple[Path, ...]:
        """The journals, in the order of their names."""
        return tuple(sorted(p for p in (self.folder / "interviews").glob("*") if p.suffix.lower() == ".jsonl"))


def is_engagement(path: Path) -> bool:
    """Whether a path is an engagement's folder."""
    return (path / SETTINGS).is_file()


def read_engagement(folder: Path) -> Engagement:
    """The settings of an engagement.

    Raises:
        ResponseError: the settings have faults, all of which are listed.
    """
    ledger = Ledger()
    document = read(folder / SETTINGS)
    ledger.open(document.name)
    ledger.add(document.faults)
    if document.root is None:
        raise ResponseError(ledger.faults)
    table = Table(Page(ledger, document.name), document.root, "the engagement", KEYS)
    engagement = Engagement(
        folder=folder,
        client=table.string("client"),
        framework=_framework(table.string("framework"), folder),
        weight=table.string("weight") or None,
        balance=table.string("balance") or None,
        sizes=read_sizes(table),
        evidence=table.choice("evidence", USES, BESIDE),
        mapping=folder / table.string("mapping") if table.string("mapping") else None,
        languages=table.ids("languages") or (),
        groups=_groups(table),
        thresholds=_thresholds(table),
        context=_values(table, "context"),
        facts=_values(table, "facts"),
        limits=read_limits(table),
        lines=_lines(table),
    )
    if ledger.faults:
        raise ResponseError(ledger.faults)
    return engagement


def _framework(named: str, folder: Path) -> str | None:
    """A framework as the settings name it: a path is relative to the engagement."""
    beside = folder / named
    return str(beside) if named and beside.is_dir() else named or None


def _groups(table: Table) -> tuple[tuple[str, ...], ...]:
    """The tables wanted: a key each, or a list of keys to cross."""
    groups = []
    for node in table.listed("groups"):
        parts = node.parts if isinstance(node, Sequence) else [node]
        keys = tuple(part.text for part in parts if isinstance(part, Scalar))
        if parts and len(keys) == len(parts) and all(keys):
            groups.append(tuple(dict.fromkeys(keys)))
        else:
            table.wrong("groups", node, "context keys", "write [unit, role], or [[unit, role]] to cross them")
    return tuple(dict.fromkeys(groups))


def _thresholds(table: Table) -> dict[str, int]:
    node = table.node("thresholds")
    if node is None:
        return {}
    inside = Table(table.page, node, "thresholds", THRESHOLDS)
    return {key: inside.whole(key, default=FEWEST, low=FEWEST) for key in THRESHOLDS.known if key in inside}


def _values(table: Table, key: str) -> dict[str, str]:
    """A mapping of plain values, as they would stand in a cell."""
    values = {}
    for name, node, _line in table.entries(key):
        if isinstance(node, Scalar):
            values[name] = node.text
        else:
            table.wrong(key, node, "one value", "write a number or a label")
    return values


def _lines(table: Table) -> dict[str, int]:
    lines = {f"{key}.{name}": line for key in ("context", "facts") for name, _node, line in table.entries(key)}
    balance = table.node("balance")
    if balance is not None:
        lines[f"balance.{table.string('balance')}"] = balance.line
    for node in table.listed("groups"):
        for part in node.parts if isinstance(node, Sequence) else [node]:
            if isinstance(part, Scalar):
                lines.setdefault(f"groups.{part.text}", part.line)
    return lines


@dataclass(frozen=True)
class Facts:
    """What is known of the organisation: scores of indicators, and answers to items as one row of responses."""

    scores: Mapping[str, float]
    answers: Responses | None


def facts_of(engagement: Engagement, framework: Framework) -> Facts:
    """The facts set in an engagement: an indicator's score, or an item's answer as it would stand in a survey.

    Raises:
        ResponseError: facts that the framework does not know, or that cannot be read.
    """
    faults: list[Fault] = []
    scores: dict[str, float] = {}
    answers: dict[str, str] = {}
    indicators = {id_: i for id_, i in framework.indicators.items() if i.scope == "organisation"}
    for name, said in engagement.facts.items():
        if name in indicators:
            low, high = indicator_range(indicators[name], framework.scales)
            value = number(said)
            if value is None or not low <= value <= high:
                mend = f"write a score from {low:g} to {high:g}"
                faults.append(_wrong(engagement, f"facts.{name}", f"fact {name!r} is {said!r}", mend))
            else:
                scores[name] = value
        elif any(name in indicator.items for indicator in indicators.values()):
            answers[name] = said
        else:
            known = [*indicators, *(item for indicator in indicators.values() for item in indicator.items)]
            mend = nearest(name, known) or one_of(known)
            faults.append(_wrong(engagement, f"facts.{name}", f"{name!r} is no fact about the organisation", mend))
    row = from_rows(framework, [answers], file=SETTINGS) if answers else None
    if row is not None:
        faults.extend(
            _wrong(engagement, f"facts.{u.column}", f"fact {u.column!r} is {u.found!r}", f"write {u.expected}")
            for u in row.unread
        )
    if faults:
        raise ResponseError(faults)
    return Facts(scores, row)


def _wrong(engagement: Engagement, where: str, what: str, mend: str) -> Fault:
    return Fault((engagement.folder / SETTINGS).as_posix(), engagement.lines.get(where), what, mend)


def sizes_of(engagement: Engagement, framework: Framework) -> Population | None:
    """The population set in an engagement, if one is.

    Raises:
        ResponseError: keys and values that the framework does not know, or sizes that contradict each other.
    """
    if engagement.sizes is None:
        return None
    population, problems = population_of(engagement.sizes, framework)
    if problems:
        file = (engagement.folder / SETTINGS).as_posix()
        raise ResponseError([Fault(file, line, what, mend) for line, what, mend in problems])
    return population


def _unfit_to_balance(engagement: Engagement) -> list[Fault]:
    """Balancing by a population of which too little is known."""
    where = f"balance.{POPULATION}"
    if engagement.sizes is None:
        mend = f"say under '{POPULATION}' how many people there are"
        return [_wrong(engagement, where, f"there is no {POPULATION} to balance by", mend)]
    if not engagement.sizes.crossed:
        what = f"the {POPULATION} is known by single keys only, which nothing can be balanced by"
        return [
            _wrong(engagement, where, what, "write it as rows, such as '{{unit: Sales, role: manager, people: 12}}'")
        ]
    return []


def unknown_keys(engagement: Engagement, framework: Framework) -> list[Fault]:
    """Whatever the framework does not know: context keys, values of a key whose values have names, facts, limits."""
    file = (engagement.folder / SETTINGS).as_posix()
    limits = judged_limits(engagement.limits, framework)
    faults = [Fault(file, limit.line, what, mend) for limit, what, mend in limits]
    wanted = [f"context.{key}" for key in engagement.context]
    wanted += dict.fromkeys(f"groups.{key}" for table in engagement.groups for key in table)
    if engagement.balance == POPULATION:
        faults += _unfit_to_balance(engagement)
    elif engagement.balance:
        wanted.append(f"balance.{engagement.balance}")
    for where in wanted:
        key = where.split(".", 1)[1]
        if key not in framework.context:
            mend = nearest(key, framework.context) or one_of(framework.context)
            faults.append(_wrong(engagement, where, f"{key!r} is no context key of {framework.id}", mend))
    for key, said in engagement.context.items():
        if key in framework.context:
            reader = ContextReader(framework.context[key])
            try:
                reader.value(said)
            except KeyError:
                what = f"context {key!r} is {said!r}"
                faults.append(_wrong(engagement, f"context.{key}", what, f"write {reader.expected()}"))
    for asked in (facts_of, sizes_of):
        try:
            asked(engagement, framework)
        except ResponseError as error:
            faults.extend(error.faults)
    return sorted(faults, key=lambda fault: fault.line or 0)
