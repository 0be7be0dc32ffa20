"""What is supposed, in words, on the terminal: what changes, every scenario and readiness before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.cli.talk import visible
from readiness.language.speech import Speech, speak
from readiness.report.apart import digits_of_change
from readiness.scoring.plan import OVERALL
from readiness.scoring.result import Suppressed, by_label
from readiness.scoring.supposing import Compared

if TYPE_CHECKING:
    from rich.table import Table

    from readiness.cli.grouped import Chosen
    from readiness.framework.models import Framework
    from readiness.scoring.supposing import Change, Objection, Outcome, Supposed

STYLES = {"present": "red", "ruled out": "green"}


def print_supposed(found: Supposed, asked: Chosen, language: str) -> None:
    """Everything before and after."""
    from rich.console import Console

    console = Console(highlight=False)
    words = _Words(asked.framework, language, speak(language))
    gettext = words.speech.gettext
    console.print(words.plain(by_label(asked.by)) if asked.by else gettext("Everybody"), style="bold")
    for change in found.changes:
        console.print(words.change(change))
    for objection in found.objections:
        console.print(f"! {words.objection(objection)}", style="yellow")
    console.print(words.scenarios(found))
    for note in words.notes(found):
        console.print(note, style="dim")
    console.print(words.readiness(found))


class _Words:
    """Titles and tables in one language."""

    def __init__(self, framework: Framework, language: str, speech: Speech) -> None:
        self.framework = framework
        self.language = language
        self.speech = speech

    def plain(self, text: str) -> str:
        """Words from a file, which are neither markup nor commands to the terminal."""
        from rich.markup import escape

        return escape(visible(text))

    def indicator(self, id_: str) -> str:
        """An indicator's title."""
        return self.plain(self.framework.indicators[id_].title.in_(self.language) or id_)

    def change(self, change: Change) -> str:
        """A score as it is and as it is supposed to be, and by how much they differ."""
        title = self.indicator(change.indicator)
        if change.before is None:
            words = self.speech.gettext("{indicator}: {before} → {after}")
            return words.format(indicator=title, before="–", after=self.speech.number(change.after, 0))
        digits = digits_of_change(change.before, change.after)
        before, after = (self.speech.number(score, digits) for score in (change.before, change.after))
        by = self.speech.signed(change.after - change.before, digits)
        words = self.speech.gettext("{indicator}: {before} → {after} ({by})")
        return words.format(indicator=title, before=before, after=after, by=by)

    def notes(self, found: Supposed) -> Iterator[str]:
        """What a reader has to know of the scenarios."""
        gettext = self.speech.gettext
        if any(isinstance(one, Compared) and _moves(one) for one in found.scenarios.values()):
            yield gettext(
                "Where a membership changes, its verdict goes by the value: sampling uncertainty is unknown there."
            )
        spared = [one for id_, one in self.framework.scenarios.items() if id_ not in found.scenarios]
        if spared:
            titles = (self.plain(one.title.in_(self.language) or one.id) for one in spared)
            words = gettext("Assessed only for the whole organisation, so left out here: {scenarios}")
            yield words.format(scenarios=gettext("; ").join(titles))

    def scenarios(self, found: Supposed) -> Table:
        """Every scenario: verdict and membership, before and after; those that turn stand out."""
        gettext = self.speech.gettext
        table = _table(gettext("Scenario"), gettext("Before"), gettext("After"))
        for id_, compared in found.scenarios.items():
            title = self.plain(self.framework.scenarios[id_].title.in_(self.language) or id_)
            if isinstance(compared, Suppressed):
                table.add_row(title, gettext("suppressed"), "")
                continue
            turned = f"[bold]{title}[/]" if compared.turned else title
            after = self.outcome(compared.after, compared)
            table.add_row(turned + self.limits(compared), self.outcome(compared.before, compared), after)
        return table

    def outcome(self, outcome: Outcome, compared: Compared) -> str:
        """A verdict with its level and membership."""
        gettext = self.speech.gettext
        style = STYLES.get(outcome.verdict, "yellow") if compared.turned else "default"
        membership = "–" if outcome.membership is None else self.speech.number(outcome.membership, 2)
        level = f", {gettext(outcome.level)}" if outcome.level else ""
        return f"[{style}]{gettext(outcome.verdict)}[/]{level} ({membership})"

    def limits(self, compared: Compared) -> str:
        """The conditions that set the membership afterwards, of a scenario that has another one than before."""
        after = compared.after
        if not after.limiting or after.membership == compared.before.membership:
            return ""
        named = []
        for condition in after.limiting:
            direction, indicator = condition.split(" ", 1)
            words = {"direction": self.speech.gettext(direction), "indicator": self.indicator(indicator)}
            named.append(self.speech.gettext("{direction}: {indicator}").format(**words))
        weakest = self.speech.gettext("Weakest condition") + self.speech.gettext(": ")
        return f"\n[dim]{weakest}{', '.join(named)}[/]"

    def readiness(self, found: Supposed) -> Table:
        """Every dimension's readiness, before and after."""
        gettext = self.speech.gettext
        table = _table(gettext("Dimension"), gettext("Before"), gettext("After"), numbers=True)
        for id_, pair in found.readiness.items():
            whole = id_ == OVERALL
            title = gettext("Overall") if whole else self.framework.all_dimensions[id_].title.in_(self.language) or id_
            figures = (gettext("suppressed"), "") if isinstance(pair, Suppressed) else tuple(map(self.figure, pair))
            table.add_row(self.plain(title), *figures, style="dim" if whole else "")
        return table

    def figure(self, value: float | None) -> str:
        """A score, or a dash."""
        return "–" if value is None else self.speech.number(value, 1)

    def objection(self, objection: Objection) -> str:
        """What speaks against a change."""
        gettext = self.speech.gettext
        words = {
            "guard": gettext("{indicator} may not move before {needs} is on its safe side"),
            "immovable": gettext("{indicator} does not move, or not to this side"),
            "limit": gettext("a limit holds {indicator} as it is"),
            "limit to": gettext("a limit lets {indicator} go no further than {to}"),
        }["limit to" if objection.to is not None else objection.kind]
        filled = words.format(
            indicator=self.indicator(objection.indicator),
            needs=self.indicator(objection.needs) if objection.needs else "",
            to="" if objection.to is None else self.speech.number(objection.to, 0),
        )
        until = [gettext("until {date}").format(date=self.plain(objection.until))] if objection.until else []
        told = [*until, *([self.plain(objection.why)] if objection.why else [])]
        return f"{filled} ({', '.join(told)})" if told else filled


def _moves(compared: Compared) -> bool:
    return compared.after.membership != compared.before.membership


def _table(*columns: str, numbers: bool = False) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if numbers and place else "left", min_width=18 if not place else None)
    return table
