"""Watching: whoever wants to know more of the respondents than a total says looks on while they are summed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from readiness.scoring.counting import Counting
from readiness.scoring.pieces import are_many, scored_rows
from readiness.scoring.plan import Plan

if TYPE_CHECKING:
    import narwhals as nw

    from readiness.framework.models import Framework
    from readiness.responses.table import Responses
    from readiness.scoring.counting import Piece
    from readiness.scoring.grouped import Grouped, Rows


class Watch(Protocol):
    """What is shown every respondent once. What was shown with `sign` -1 has to be taken back."""

    def keys_in(self, plan: Plan) -> tuple[str, ...]:
        """The context keys by whose crossing respondents have to be told apart, those that are recorded."""

    def counted(self, counting: Counting, piece: Piece, sign: int) -> None:
        """Respondents who are counted by their patterns, which have all been scored."""

    def by_row(self, plan: Plan, rows: nw.LazyFrame[Any], sign: int) -> None:
        """Respondents who are scored a row each: coded responses, with the plan's columns of who is asked."""

    def grouped(self, counting: Counting, grouped: Grouped, rows: Rows) -> None:
        """Everybody at once, where only groups of them are known: once, and every pattern has been scored before.

        rows: who answers what else there is to ask, as long as this lasts.
        """


def look_on(framework: Framework, responses: Responses, watch: Watch) -> None:
    """Show responses that are held."""
    plan = Plan(framework, responses.items, responses.context)
    if not are_many(plan, responses):
        watch.by_row(plan, scored_rows(plan, responses), 1)
        return
    counting = Counting(plan, ())
    for frame in responses.pieces():
        piece = counting.keyed(frame)
        if piece is not None:
            counting.learn(piece)
            watch.counted(counting, piece, 1)
