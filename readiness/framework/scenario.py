"""`scenarios.yaml`: configurations of conditions, and what there is to tell about them."""

from __future__ import annotations

from collections.abc import Mapping as Indicators
from dataclasses import dataclass

from readiness.framework.configurations import (
    All,
    Any_,
    Calibration,
    Condition,
    Configuration,
    Direction,
    Not,
    conditions_of,
)
from readiness.framework.frozen import Text
from readiness.framework.header import Header
from readiness.framework.ledger import nearest, one_of, quoted
from readiness.framework.levels import default_calibration, read_calibration
from readiness.framework.models import Indicator, Response, Scenario
from readiness.framework.nodes import Broken, Mapping, Node, Scalar, Sequence
from readiness.framework.ranges import PERCENT, Range, indicator_range
from readiness.framework.table import Table
from readiness.framework.vocabulary import KEYS, KINDS, LEVELS, PARTS, Keys
from readiness.framework.wording import Page, found

DIRECTIONS: tuple[Direction, ...] = ("high", "low")
_JOINED = ("all", "any")
_HEADS = (*DIRECTIONS, *_JOINED, "not")
DEEPEST = 12  # levels of a configuration


@dataclass(frozen=True)
class Measured:
    """What scenarios can be built on: the indicators, and the header for scales and defaults."""

    header: Header
    indicators: Indicators[str, Indicator]

    def range_of(self, indicator: str) -> Range:
        """The extremes of an indicator's score; percent where they cannot be known."""
        known = self.indicators.get(indicator)
        scales = self.header.scales
        if known is None or any(item.type == "scale" and item.scale not in scales for item in known.items.values()):
            return PERCENT
        return indicator_range(known, scales)


def read_scenarios(page: Page, root: Node, measured: Measured) -> dict[str, Scenario]:
    """Read every scenario of the file."""
    read: dict[str, Scenario] = {}
    if not isinstance(root, Mapping):
        page.fault(
            root.line, f"scenarios are expected by id, found {found(root)}", "write 'id:' and its keys, indented"
        )
        return read
    for id_, node in root.entries.items():
        line = root.lines[id_]
        table = Table(page, node, f"scenario {quoted(id_)}", KEYS["scenario"], line)
        scenario = _scenario(table, id_, measured)
        if table.accepts(id_, line, "a scenario") and page.ledger.declare("scenario", id_, table.place()) and scenario:
            read[id_] = scenario
    return read


def _scenario(table: Table, id_: str, measured: Measured) -> Scenario | None:
    node = table.node("when")
    reading = _Reading(table, id_, measured)
    when = None if node is None else reading.configuration(node)
    known = when is not None and not reading.failed
    relieved = {condition.indicator for condition in conditions_of(when)} if when is not None and known else None
    tell = "add it, so that the report can tell it"
    told = {
        "kind": table.choice("kind", KINDS, "risk"),
        "family": table.reference("family", "family"),
        "level": table.choice("level", LEVELS, "any"),
        "title": table.text("title", absent="add it, or the report shows the id") or Text({"": id_}),
        "aggravated_by": table.ids("aggravated_by", "indicator") or (),
        "story": table.text("story", absent=tell),
        "early_signs": table.texts("early_signs", absent=tell),
        "consequences": table.texts("consequences", absent=tell),
        "responses": _responses(table, relieved),
        "contrast": table.text("contrast", absent=tell),
        "source": table.ids("source", "source") or (),
    }
    return None if when is None else Scenario(id=id_, when=when, **told)


def _responses(table: Table, relieved: set[str] | None) -> tuple[Response, ...]:
    """Read what helps. relieved: the indicators of the scenario's conditions, None where they are not known."""
    if "responses" not in table:
        table.text("responses", absent="add what helps, so that the report can tell it")
    read = []
    for node in table.listed("responses"):
        part = Table(table.page, node, f"{table.who}, a response", KEYS["response"])
        relieves = part.string("relieves")
        if relieves and relieved is not None and relieves not in relieved:
            what = f"{part.who} relieves {quoted(relieves)}, which is no condition of the scenario"
            part.fault(part.place("relieves").line, what, nearest(relieves, relieved) or one_of(sorted(relieved)))
        read.append(Response(relieves=relieves, do=part.text("do"), why=part.text("why"), for_=part.text("for")))
    return tuple(read)


class _Reading:
    """Reads the configuration of one scenario. `failed` once any part of it could not be read."""

    def __init__(self, table: Table, scenario: str, measured: Measured) -> None:
        self._page: Page = table.page
        self._who = f"{table.who}, 'when'"
        self._scenario = scenario
        self._measured = measured
        self.failed = False

    def configuration(self, node: Node, depth: int = 1) -> Configuration | None:
        """One part of the configuration; None, and a fault, where it cannot be read."""
        if not isinstance(node, Mapping):
            mend = (
                f"write {{high: {node.text}}}" if isinstance(node, Scalar) and node.text else "write {high: indicator}"
            )
            return self._fail(node, node.line, f"a condition is expected, found {found(node)}", mend)
        if depth > DEEPEST:
            return self._fail(node, node.line, f"nests more than {DEEPEST} levels deep", "nest less")
        heads = [key for key in _HEADS if key in node.lines]
        self._judge_keys(node, heads)
        return self._headed(heads[0], node, depth) if len(heads) == 1 else None

    def _headed(self, head: str, node: Mapping, depth: int) -> Configuration | None:
        inner = node.entries[head]
        if isinstance(inner, Broken):
            return self._fail(inner, inner.line, "", "")
        if head == "not":
            part = self.configuration(inner, depth + 1)
            return None if part is None else Not(part=part)
        if head in _JOINED:
            return self._joined(head, inner, node.lines[head], depth)
        return self._condition("high" if head == "high" else "low", inner, node)

    def _judge_keys(self, node: Mapping, heads: list[str]) -> None:
        unknown = [key for key in node.lines if key not in _HEADS and key != "part"]
        for key in unknown:
            mend = nearest(key, (*_HEADS, "part")) or one_of((*_HEADS, "part"))
            if key in KEYS["condition"].known and heads and heads[0] in DIRECTIONS:
                mend = f"put it inside: {heads[0]}: {{indicator: …, calibration: …}}"
            self._fail(node, node.lines[key], f"unknown key {quoted(key)}", mend)
        if not heads and not unknown:
            self._fail(node, node.line, "names no condition", "write high, low, all, any or not")
        if len(heads) > 1:
            what = f"{quoted(heads[0])} and {quoted(heads[1])} stand in one place"
            self._fail(node, node.lines[heads[1]], what, "join them as a list under 'all' or 'any'")
        if "part" in node.lines and heads and heads[0] not in DIRECTIONS:
            what = f"'part' stands beside {quoted(heads[0])}"
            self._fail(node, node.lines["part"], what, "put it beside a 'high' or 'low'")

    def _joined(self, head: str, node: Node, line: int, depth: int) -> Configuration | None:
        if not isinstance(node, Sequence):
            mend = "begin each condition with '- '"
            return self._fail(node, line, f"{quoted(head)} should be a list, found {found(node)}", mend)
        if not node.parts:
            return self._fail(node, line, f"{quoted(head)} is empty", "name a condition, or remove it")
        read = [self.configuration(part, depth + 1) for part in node.parts]
        parts = tuple(part for part in read if part is not None)
        if not parts:
            return None
        return All(parts=parts) if head == "all" else Any_(parts=parts)

    def _condition(self, direction: Direction, node: Node, beside: Mapping) -> Configuration | None:
        own: Calibration | None = None
        line = beside.lines[direction]
        if isinstance(node, Scalar) and node.text:
            indicator = node.text
        elif isinstance(node, Mapping):
            table = Table(self._page, node, f"{self._who}, {quoted(direction)}", KEYS["condition"], line)
            named = table.node("indicator")
            if not isinstance(named, Scalar) or not named.text:
                if named is not None:
                    table.wrong("indicator", named, "the id of an indicator", "write its id")
                self.failed = True
                return None
            indicator, line = named.text, named.line
            own = self._calibration(table, direction, indicator)
        else:
            mend = f"write {direction}: and the id of an indicator"
            return self._fail(
                node, node.line, f"{quoted(direction)} should name an indicator, found {found(node)}", mend
            )
        place = self._page.at(line)
        self._page.ledger.refer("indicator", indicator, place, self._who)
        self._page.ledger.mark(place, "condition", self._scenario, indicator)
        usual = self._measured.header.defaults.calibration
        calibration = own or default_calibration(direction, usual, self._measured.range_of(indicator))
        part = Table(self._page, beside, self._who, Keys((), tuple(beside.lines))).choice("part", PARTS, "cause")
        return Condition(indicator=indicator, direction=direction, calibration=calibration, part=part)

    def _calibration(self, table: Table, direction: Direction, indicator: str) -> Calibration | None:
        node = table.node("calibration")
        if node is None:
            return None
        who = f"{self._who}, the calibration of {quoted(f'{direction} {indicator}')}"
        usual = self._measured.header.defaults.calibration.log_odds
        read = read_calibration(self._page, node, who, direction, usual)
        if read is None or indicator not in self._measured.indicators:
            return read
        low, high = self._measured.range_of(indicator)
        never = read.crossover >= high if direction == "high" else read.crossover <= low
        always = read.crossover < low if direction == "high" else read.crossover > high
        if never or always:
            what = f"{who} {'never' if never else 'always'} holds: its scores run from {low:g} to {high:g}"
            self._page.fault(table.place("calibration").line, what, "put the crossover inside that range")
        return read

    def _fail(self, node: Node, line: int, what: str, mend: str) -> Configuration | None:
        """Record a fault; gives back the nothing that was read."""
        self.failed = True
        if not isinstance(node, Broken):
            self._page.fault(line, f"{self._who}: {what}", mend)
        return None
