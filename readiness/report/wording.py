"""Verdicts, levels and certainty in plain words."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.language.speech import Speech
from readiness.report.figures import membership_text
from readiness.scoring.result import Level, ScenarioResult, Suppressed

PRESENT = 0.5 + 1e-9


@dataclass(frozen=True)
class Status:
    """How a scenario stands: a key for symbols and colours, and the words beside it."""

    key: str  # clear | watch | elevated | critical | open | unasked | hidden
    word: str
    favourable: bool = False
    reversible: bool = False
    present: bool = False


def level_word(speech: Speech, level: Level, favourable: bool) -> str:
    """A level in one or two words; good news is worded as such."""
    risk = {
        "clear": speech.gettext("Clear"),
        "watch": speech.gettext("To watch"),
        "elevated": speech.gettext("Elevated"),
        "critical": speech.gettext("Critical"),
    }
    strength = {
        "clear": speech.gettext("Not there"),
        "watch": speech.gettext("In part"),
        "elevated": speech.gettext("There"),
        "critical": speech.gettext("Fully there"),
    }
    return (strength if favourable else risk)[level]


def status(speech: Speech, scenario: ScenarioResult | Suppressed | None) -> Status:
    """The status of a scenario in one group."""
    if isinstance(scenario, Suppressed):
        return Status("hidden", speech.gettext("Hidden"))
    if scenario is None:
        return Status("untold", speech.gettext("Told for the whole only"))
    favourable = scenario.kind == "favourable"
    if scenario.verdict == "undetermined":
        return Status("open", speech.gettext("Cannot tell yet"), favourable)
    if scenario.verdict == "not asked":
        return Status("unasked", speech.gettext("Not asked"), favourable)
    reversible, present = scenario.reversible, scenario.verdict == "present"
    level = scenario.level
    if level is None:  # without a value, and its bounds share a verdict but no level
        level = "elevated" if present else "clear"
        word = speech.gettext("Present") if present else speech.gettext("Ruled out")
        return Status(level, word, favourable, reversible, present)
    return Status(level, level_word(speech, level, favourable), favourable, reversible, present)


def legend(speech: Speech) -> tuple[Status, ...]:
    """Every symbol with its word."""
    levels: tuple[Level, ...] = ("clear", "watch", "elevated", "critical")
    return (
        *(Status(level, level_word(speech, level, False)) for level in levels),
        *(Status(level, level_word(speech, level, True), favourable=True) for level in levels),
        Status("open", speech.gettext("Cannot tell yet")),
        Status("unasked", speech.gettext("Not asked")),
        Status("hidden", speech.gettext("Hidden")),
    )


def verdict_word(speech: Speech, scenario: ScenarioResult) -> str:
    """The verdict: "ruled out" only where nothing unanswered could bring it back."""
    match scenario.verdict:
        case "present":
            return speech.gettext("present")
        case "ruled out":
            return speech.gettext("not present") if scenario.reversible else speech.gettext("ruled out")
        case "undetermined":
            return speech.gettext("undetermined")
        case "not asked":
            return speech.gettext("not asked")


def certainty(speech: Speech, scenario: ScenarioResult) -> str:
    """How sure the verdict is, in one sentence."""
    if scenario.verdict == "not asked":
        return speech.gettext("No question that could settle it was put, so nothing can be said.")
    if scenario.verdict == "undetermined":
        return _undetermined(speech, scenario)
    if scenario.reversible:
        return speech.gettext("Missing answers could reverse it.")
    if scenario.verdict == "present":
        return speech.gettext("No answer left blank by those who took part could undo it.")
    return speech.gettext("No answer left blank by those who took part could make it present.")


def turned_by_sampling(scenario: ScenarioResult) -> bool:
    """Whether its interval reaches over the line, so that others answering might have made another verdict."""
    return scenario.interval is not None and scenario.interval[0] <= PRESENT < scenario.interval[1]


def _undetermined(speech: Speech, scenario: ScenarioResult) -> str:
    if turned_by_sampling(scenario):
        return _sampled(speech, scenario)
    if scenario.membership is None or scenario.bounds[0] <= PRESENT < scenario.bounds[1]:
        return speech.gettext("Too much is unanswered: the missing answers could put it on either side.")
    return speech.gettext("The figure lies too close to the line to tell on which side it is.")


def _sampled(speech: Speech, scenario: ScenarioResult) -> str:
    low, high = (membership_text(speech, end) for end in scenario.interval or ())
    said = speech.gettext("Sampling alone could turn this: it lies between %(low)s and %(high)s.")
    said = said % {"low": low, "high": high}
    more = (
        speech.gettext("Missing answers could reverse it, too.")
        if scenario.reversible
        else speech.gettext("More respondents would settle it.")
    )
    return f"{said} {more}"


def part_word(speech: Speech, part: str) -> str:
    """What a condition is in its scenario."""
    return {
        "cause": speech.gettext("cause"),
        "symptom": speech.gettext("symptom"),
        "setting": speech.gettext("setting"),
    }.get(part, part)


def direction_word(speech: Speech, direction: str) -> str:
    """Which side of an indicator a condition looks at."""
    return {"high": speech.gettext("high"), "low": speech.gettext("low")}.get(direction, direction)
