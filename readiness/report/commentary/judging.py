"""A commentary held against a result: what is no longer there, said twice, withheld, or no different any more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from readiness.faults import Fault
from readiness.framework.frozen import Text
from readiness.framework.ledger import Place, quoted
from readiness.report.commentary.records import Action, Comment, Commentary, Override, Quote
from readiness.report.commentary.releasing import is_released

if TYPE_CHECKING:
    from readiness.framework.ledger import Ledger
    from readiness.report.commentary.ground import Ground

INTERVIEWED = ("source", "interview")
Remark = TypeVar("Remark", Comment, Override, Quote, Action)


@dataclass(frozen=True)
class Judged:
    """A commentary by the ids of a result, and what its writer should be told of it."""

    commentary: Commentary
    notes: tuple[Fault, ...]


def judged(commentary: Commentary, ground: Ground, ledger: Ledger) -> Judged:
    """The commentary by a result's ids, each thing said once; what does not fit the result goes to the ledger."""
    found = Commentary(
        _merged_comments(_settled(commentary.comments, ground), ledger),
        _merged_overrides(_told_overrides(_settled(commentary.overrides, ground), ground, ledger), ledger),
        tuple(map(_of_interview, _settled(commentary.quotes, ground))),
        tuple(_settled(commentary.actions, ground)),
    )
    return Judged(found, (*_agreeing(found.overrides, ground), *_withheld(found.quotes, ground)))


def _settled(remarks: Iterable[Remark], ground: Ground) -> Iterator[Remark]:
    for remark in remarks:
        subject = ground.settled(remark.subject, remark.at)
        if subject is not None:
            yield replace(remark, subject=subject)


def _of_interview(quote: Quote) -> Quote:
    """A quote with what its group says of it: whoever is quoted among those interviewed was interviewed."""
    return replace(quote, interview=quote.interview or INTERVIEWED in quote.subject.group)


def _merged_comments(comments: Iterable[Comment], ledger: Ledger) -> tuple[Comment, ...]:
    """Texts on one subject as one, each language once."""
    found: dict[object, Comment] = {}
    for comment in comments:
        first = found.setdefault(comment.subject, comment)
        if first is not comment:
            text = _joined(first.text, comment.text, str(comment.subject), first.at, comment.at, ledger)
            found[comment.subject] = replace(first, text=text)
    return tuple(found.values())


def _merged_overrides(overrides: Iterable[Override], ledger: Ledger) -> tuple[Override, ...]:
    """Verdicts on one subject as one: the same in all languages."""
    found: dict[object, Override] = {}
    for override in overrides:
        first = found.setdefault(override.subject, override)
        if first is override:
            continue
        what = f"the verdict on {override.subject}"
        if first.verdict != override.verdict:
            there = f"{quoted(first.verdict)} in {_placed(first.at)}"
            ledger.fault(override.at, f"{what} is {quoted(override.verdict)} here, and {there}", "keep one of them")
            continue
        reason = _joined(first.reason, override.reason, what, first.at, override.at, ledger)
        found[override.subject] = replace(first, reason=reason)
    return tuple(found.values())


def _joined(first: Text, second: Text, what: str, there: Place, here: Place, ledger: Ledger) -> Text:
    twice = [language for language in second if language in first]
    if twice:
        in_ = f" in {', '.join(language for language in twice if language)}" if any(twice) else ""
        ledger.fault(here, f"{what} is written twice{in_}, first in {_placed(there)}", "keep one of them")
    return Text({**second, **first})


def _placed(at: Place) -> str:
    return at.file if at.line is None else f"{at.file}, line {at.line}"


def _told_overrides(overrides: Iterable[Override], ground: Ground, ledger: Ledger) -> Iterator[Override]:
    """Those of scenarios that are shown: of a hidden one there is no verdict to stand beside."""
    for override in overrides:
        if ground.scenario(override.subject) is None:
            ledger.fault(override.at, f"{override.subject} is hidden in this result", "remove the override")
        else:
            yield override


def _agreeing(overrides: Iterable[Override], ground: Ground) -> Iterator[Fault]:
    for override in overrides:
        scenario = ground.scenario(override.subject)
        if scenario is not None and scenario.verdict == override.verdict:
            what = f"the override of {override.subject} no longer differs: {quoted(scenario.verdict)} was computed, too"
            yield Fault(override.at.file, override.at.line, what, "remove it, or let it stand as a comment")


def _withheld(quotes: Iterable[Quote], ground: Ground) -> Iterator[Fault]:
    for quote in quotes:
        if not is_released(quote, ground.group(quote.subject.group), ground.least):
            what = f"a quote is withheld: fewer than {ground.least} people stand behind {quote.subject}"
            mend = "leave it out, or quote a larger group; of an interview, say so ('source: interview')"
            yield Fault(quote.at.file, quote.at.line, what, mend)
