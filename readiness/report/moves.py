"""Moves that lead out of a scenario, and what stands in their way, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.language.speech import Speech
from readiness.report.apart import digits_of_step, reached
from readiness.report.figures import Axis, Figure
from readiness.report.words import UNSAID, Reader, Said
from readiness.scoring.findings import HeldBack
from readiness.scoring.routes import Block, ResponseRef, Step

if TYPE_CHECKING:
    from readiness.responses.limits import Limit


@dataclass(frozen=True)
class Named:
    """An indicator or a scenario: its id, to lead to it, and its title."""

    id: str
    title: Said


@dataclass(frozen=True)
class Freed:
    """An indicator that may move only now, and why a guard made it wait."""

    indicator: Named
    why: Said


@dataclass(frozen=True)
class Help:
    """A response that serves a move: of which scenario, what to do, why, and who."""

    scenario: Named
    do: Said
    why: Said
    who: Said


@dataclass(frozen=True)
class Move:
    """One step of a route. Spots are places on the axis, good on the right.

    target: printed on the side that is still far enough.
    """

    indicator: Named
    desired: str
    up: bool
    start: Figure
    target: Figure
    spots: tuple[float, float]
    cost: Figure
    rules_out: tuple[Named, ...] = ()
    frees: tuple[Freed, ...] = ()
    keeps_out: tuple[Named, ...] = ()
    remaining: tuple[Named, ...] = ()
    items: tuple[str, ...] = ()
    helps: tuple[Help, ...] = ()
    pause: bool = False

    @property
    def arrow(self) -> str:
        """Which way it goes."""
        return "↑" if self.up else "↓"


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way. words: a sentence with names still to be filled in, as `block_words` gives it.

    to: how far it can go. cost: of the cheapest route if this were lifted.
    """

    words: str
    indicator: Named
    needs: Named | None = None
    scenario: Named | None = None
    to: Figure | None = None
    told: tuple[str, ...] = ()  # until when, and why
    cost: Figure | None = None


def named(reader: Reader, kind: str, ids: Iterable[str]) -> tuple[Named, ...]:
    """Ids of a kind, such as `scenarios`, with their titles."""
    return tuple(Named(id_, reader.title(kind, id_)) for id_ in ids)


def move(reader: Reader, step: Step, at: str) -> Move:
    """A step made readable."""
    axis, desired = _axis(reader, step.indicator)
    up = step.heading == "up"
    near, far = digits_of_step(step.start, step.target, (axis.digits, axis.digits + 1))
    return Move(
        indicator=Named(step.indicator, reader.title("indicators", step.indicator)),
        desired=desired,
        up=up,
        start=Figure(reader.speech.number(step.start, near), f"{at}/start"),
        target=Figure(reader.speech.number(reached(step.target, up, far), far), f"{at}/target"),
        spots=(axis.position(step.start), axis.position(step.target)),
        cost=cost_figure(reader.speech, step.cost, f"{at}/cost"),
        rules_out=named(reader, "scenarios", step.rules_out),
        frees=tuple(_freed(reader, id_, step.indicator) for id_ in step.enables),
        keeps_out=named(reader, "scenarios", step.keeps_out),
        remaining=named(reader, "scenarios", step.remaining),
        items=step.items,
        helps=tuple(_helps(reader, step.responses)),
        pause=step.pause,
    )


def cost_figure(speech: Speech, cost: float, at: str) -> Figure:
    """A cost, with one decimal."""
    return Figure(speech.number(cost, 1), at)


def obstacle(reader: Reader, block: Block, at: str) -> Obstacle:
    """What stands in the way, made readable."""
    speech = reader.speech
    return Obstacle(
        words=block_words(speech, block),
        indicator=Named(block.indicator, reader.title("indicators", block.indicator)),
        needs=None if block.needs is None else Named(block.needs, reader.title("indicators", block.needs)),
        scenario=None if block.scenario is None else Named(block.scenario, reader.title("scenarios", block.scenario)),
        to=_limit(reader, block, f"{at}/to"),
        told=until_and_why(speech, block.until, block.why),
        cost=None if block.cost is None else cost_figure(speech, block.cost, f"{at}/cost"),
    )


def block_words(speech: Speech, block: Block) -> str:
    """What stands in the way in words, in which {indicator}, {needs}, {scenario} and {to} are still to be filled in."""
    words = {
        "limit": speech.gettext("a limit holds {indicator} as it is"),
        "limit to": speech.gettext("a limit lets {indicator} go no further than {to}"),
        "immovable": speech.gettext("{indicator} does not move, or not to this side"),
        "range": speech.gettext("{indicator} ends at {to}, which is not far enough"),
        "missing": speech.gettext("no score is known of {indicator}"),
        "guard": speech.gettext("{indicator} may not move before {needs} is on its safe side"),
        "entry": speech.gettext("moving {indicator} would lead into {scenario}"),
    }
    return words["limit to" if block.kind == "limit" and block.to is not None else block.kind]


def until_and_why(speech: Speech, until: str, why: str) -> tuple[str, ...]:
    """What the consultant noted beside a limit."""
    told = (speech.gettext("until {date}").format(date=until) if until else "", why)
    return tuple(words for words in told if words)


def limit_words(speech: Speech, limit: HeldBack | Limit, name: str) -> str:
    """A limit that every route keeps to, in a sentence. name: what it limits is called."""
    gettext = speech.gettext
    if limit.to is None:
        words = gettext("{name} cannot move until {date}") if limit.until else gettext("{name} cannot move")
    elif limit.until:
        words = gettext("{name} can go no further than {to} until {date}")
    else:
        words = gettext("{name} can go no further than {to}")
    to = "" if limit.to is None else speech.number(limit.to, int(not limit.to.is_integer()))
    told = words.format(name=name, to=to, date=limit.until)
    return gettext("{indicator}: {words}").format(indicator=told, words=limit.why) if limit.why else told


def _limit(reader: Reader, block: Block, at: str) -> Figure | None:
    """How far a limit, or the range, lets it go: with a decimal more where it needs one."""
    if block.to is None:
        return None
    digits = _axis(reader, block.indicator)[0].digits + (not float(block.to).is_integer())
    return Figure(reader.speech.number(block.to, digits), at)


def _axis(reader: Reader, indicator: str) -> tuple[Axis, str]:
    """An indicator's axis, and which side of it is good."""
    entry = reader.entry("indicators", indicator)
    desired = str(entry.get("desired", "high"))
    low, high = reader.extremes(entry)
    return Axis(low, high, turned=desired == "low"), desired


def _freed(reader: Reader, indicator: str, by: str) -> Freed:
    """An indicator that waited for another, with the guard's reason, where one is told."""
    way = reader.entry("indicators", indicator).get("movable")
    whys = [
        reader.said(guard, "why")
        for guard in reader.framework.get("guards") or ()
        if guard["moving"] == indicator and guard["direction"] == way and by in guard["needs"]
    ]
    return Freed(Named(indicator, reader.title("indicators", indicator)), next(filter(None, whys), UNSAID))


def _helps(reader: Reader, references: Iterable[ResponseRef]) -> Iterator[Help]:
    for reference in references:
        responses = reader.entry("scenarios", reference.scenario).get("responses") or ()
        if reference.place < len(responses):
            told = responses[reference.place]
            scenario = Named(reference.scenario, reader.title("scenarios", reference.scenario))
            yield Help(scenario, reader.said(told, "do"), reader.said(told, "why"), reader.said(told, "for"))
