"""A way out in words, on the terminal: steps as a numbered list, other routes as a table, what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.cli.circumstances import Circumstances
from readiness.cli.talk import visible
from readiness.language.speech import Speech, speak
from readiness.report.apart import digits_of_step, reached
from readiness.report.moves import block_words, until_and_why
from readiness.report.way_out import costs_alike
from readiness.scoring.result import by_label

if TYPE_CHECKING:
    from rich.console import Console

    from readiness.cli.grouped import Chosen
    from readiness.framework.models import Framework
    from readiness.responses.limits import Limit
    from readiness.scoring.routes import Block, ResponseRef, Route, Step, Stuck, WayOut

INDENT = 4


def print_way_out(found: WayOut, asked: Chosen, limits: Iterable[Limit], language: str) -> None:
    """Everything that was found. limits: all that were kept to."""
    from rich.console import Console

    page = _Page(Console(highlight=False, markup=False), asked.framework, language, speak(language))
    page.way_out(found, asked, limits)


@dataclass(frozen=True)
class _Page:
    console: Console
    framework: Framework
    language: str
    speech: Speech

    def way_out(self, found: WayOut, asked: Chosen, limits: Iterable[Limit]) -> None:
        """The whole page."""
        gettext = self.speech.gettext
        beside = Circumstances(self.framework, self.language, self.speech)
        self.line(visible(by_label(asked.by)) if asked.by else gettext("Everybody"), style="bold")
        if found.present:
            self.line(gettext("Present: {scenarios}").format(scenarios=self.scenarios(found.present)))
        else:
            self.line(gettext("No scenario is present: there is nothing to leave."))
        self.lines(beside.unsettled(asked.group))
        if found.undetermined:
            self.undetermined(found)
        if not found.present and not asked.by:
            self.lines(beside.groups(asked.result))
        self.lines(beside.limits(limits))
        for part in found.stuck:
            self.stuck(part)
        if found.route and found.route.steps:
            self.route(found.route, rest=bool(found.stuck))
            self.alternatives(found.alternatives, found.route.cost)
            self.notes(found)

    def undetermined(self, found: WayOut) -> None:
        """What cannot be told."""
        words = self.speech.gettext("Cannot be told, and left out: {scenarios}. No score is known of {indicators}.")
        named = {"scenarios": self.scenarios(found.undetermined), "indicators": self.indicators(found.missing)}
        self.line(words.format(**named))

    def route(self, route: Route, *, rest: bool) -> None:
        """The cheapest route, a step after the other."""
        gettext = self.speech.gettext
        words = gettext("The cheapest way out of everything else") if rest else gettext("The cheapest way out")
        steps = self.speech.ngettext("{n} step", "{n} steps", len(route.steps)).format(n=len(route.steps))
        cost = gettext("cost {cost}").format(cost=self.speech.number(route.cost, 1))
        self.line()
        self.line(gettext("{what} ({steps}, {cost})").format(what=words, steps=steps, cost=cost), style="bold")
        for number, step in enumerate(route.steps, start=1):
            self.step(number, step)

    def step(self, number: int, step: Step) -> None:
        """One step: the move, what it is for, what serves it, what is left."""
        gettext = self.speech.gettext
        cost = gettext("cost {cost}").format(cost=self.speech.number(step.cost, 1))
        self.line()
        self.line(f"{number:>2}. {self.move(step)}, {cost}", style="bold", hang=INDENT)
        self.below(gettext("No longer present after it: {what}"), self.scenarios(step.rules_out))
        self.below(gettext("Lets move: {what}"), self.indicators(step.enables))
        self.below(gettext("Keeps out: {what}"), self.scenarios(step.keeps_out))
        if step.pause:
            self.below("{what}", gettext("A pause, not a cure: what it suspends comes back unless a cause is met too."))
        for reference in step.responses:
            self.response(reference)
        self.below(gettext("Questions: {what}"), ", ".join(step.items))
        left = self.scenarios(step.remaining) or gettext("none")
        self.below(gettext("Then still present: {what}"), left)

    def response(self, reference: ResponseRef) -> None:
        """What helps, as the scenario's own text has it."""
        scenario = self.framework.scenarios[reference.scenario]
        text = visible(scenario.responses[reference.place].do.in_(self.language))
        words = self.speech.gettext("What helps ({scenario}): {what}")
        self.below(words.replace("{scenario}", self.scenario(scenario.id)), text)

    def alternatives(self, routes: Iterable[Route], cheapest: float) -> None:
        """Other routes: cost, and moves in their order."""
        gettext = self.speech.gettext
        for number, route in enumerate(routes):
            if number == 0:
                self.line()
                self.line(gettext("Other ways out, the next cheapest"), style="bold")
            cost = gettext("cost {cost}").format(cost=self.speech.number(route.cost, 1))
            if costs_alike(route.cost, cheapest):
                cost = f"{cost} ({gettext('about as costly')})"
            moves = self.separated(self.move(step, pause=True) for step in route.steps)
            self.line(gettext("• {cost}: {moves}").format(cost=cost, moves=moves), hang=2)

    def notes(self, found: WayOut) -> None:
        """What a reader has to know of all this."""
        gettext = self.speech.gettext
        self.line()
        if found.route and found.route.loses:
            words = gettext("At its end these favourable findings are no longer there: {scenarios}")
            self.line(words.format(scenarios=self.scenarios(found.route.loses)))
        if found.spared:
            words = gettext("Assessed only for the whole organisation, so left out here: {scenarios}")
            self.line(words.format(scenarios=self.scenarios(found.spared)), style="dim")
        words = gettext("At the end every membership that had to fall is at most {target}.")
        self.line(words.format(target=self.speech.number(0.5 - found.margin, 2)), style="dim")
        self.line(gettext("That is enough to fall below the line (“to watch”), and no cure."), style="dim")
        words = gettext("Costs are relative: the effort that the framework gives a move, times how far it goes.")
        self.line(words, style="dim")
        words = gettext("Efforts are reasoned, not measured: use costs to rank, not to budget.")
        self.line(words, style="dim")

    def stuck(self, part: Stuck) -> None:
        """What cannot be left, why, and what would open a way."""
        gettext = self.speech.gettext
        together = gettext("Cannot all be left on one route: {scenarios}")
        words = gettext("There is no way out of: {scenarios}") if len(part.scenarios) == 1 else together
        self.line()
        self.line(words.format(scenarios=self.scenarios(part.scenarios)), style="bold")
        for block in part.blocks:
            self.line(f"• {self.block(block)}", hang=2)
        for block in part.openings:
            words = gettext("Without this one there would be a way out, at a cost of {cost}: {what}")
            cost = self.speech.number(block.cost or 0.0, 1)
            self.line(f"→ {words.format(cost=cost, what=self.block(block))}", hang=2)
        if not part.openings:
            self.line("→ " + gettext("Nothing opens a way out if it alone is lifted."), hang=2)

    def block(self, block: Block) -> str:
        """One thing that stands in the way."""
        filled = block_words(self.speech, block).format(
            indicator=self.indicator(block.indicator),
            needs=self.indicator(block.needs) if block.needs else "",
            scenario=self.scenario(block.scenario) if block.scenario else "",
            to="" if block.to is None else self.speech.number(block.to, 0),
        )
        told = until_and_why(self.speech, visible(block.until), visible(block.why))
        return f"{filled} ({', '.join(told)})" if told else filled

    def move(self, step: Step, *, pause: bool = False) -> str:
        """A move: the indicator, from where to where."""
        up = step.heading == "up"
        start, target = digits_of_step(step.start, step.target)
        scores = {
            "indicator": self.indicator(step.indicator),
            "arrow": "↑" if up else "↓",
            "start": self.speech.number(step.start, start),
            "target": self.speech.number(reached(step.target, up, target), target),
        }
        told = self.speech.gettext("{indicator} {arrow} from {start} to {target}").format(**scores)
        suspended = self.speech.gettext("pause")
        return f"{told} ({suspended})" if pause and step.pause else told

    def indicator(self, id_: str) -> str:
        """An indicator's title."""
        return visible(self.framework.indicators[id_].title.in_(self.language) or id_)

    def scenario(self, id_: str) -> str:
        """A scenario's title."""
        return visible(self.framework.scenarios[id_].title.in_(self.language) or id_)

    def indicators(self, ids: Iterable[str]) -> str:
        """Several titles."""
        return self.separated(self.indicator(id_) for id_ in ids)

    def scenarios(self, ids: Iterable[str]) -> str:
        """Several titles."""
        return self.separated(self.scenario(id_) for id_ in ids)

    def separated(self, words: Iterable[str]) -> str:
        """Titles have commas of their own."""
        return self.speech.gettext("; ").join(words)

    def below(self, words: str, what: str) -> None:
        """A line below a step, if there is anything to say."""
        if what:
            self.line(words.replace("{what}", what), indent=INDENT, hang=2)

    def lines(self, several: Iterable[str]) -> None:
        """Paragraphs of their own."""
        for words in several:
            self.line(words, hang=2)

    def line(self, words: str = "", *, style: str = "", indent: int = 0, hang: int = 0) -> None:
        """A paragraph, its further lines set in by `hang`."""
        import textwrap

        first, further = " " * indent, " " * (indent + hang)
        # Unlike the console's own, this wraps at no space that belongs to a punctuation mark.
        wrapped = textwrap.wrap(
            words, max(self.console.width, 20), initial_indent=first, subsequent_indent=further, break_on_hyphens=False
        )
        for part in wrapped or [""]:
            self.console.print(part, style=style, soft_wrap=True)
