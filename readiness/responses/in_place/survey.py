"""The survey: answers that stay where they lie, as one lazy frame of coded responses, each respondent once.

What has to be told (cells that cannot be read, respondents who occur twice) is the same as of a survey that is read,
but for the single rows and respondents, which are only counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.faults import Fault, ResponseError, UsageError
from readiness.responses.alike import proposals
from readiness.responses.coding import DURATION, RESPONDENT, WEIGHT
from readiness.responses.files import mapping_of
from readiness.responses.in_place.cells import Coder, Unreadable, Wanted
from readiness.responses.in_place.columns import Columns, columns_of
from readiness.responses.in_place.settling import Settled, settled
from readiness.responses.in_place.vocabulary import readable
from readiness.responses.settling import no_weights

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.engines.engine import Engine
    from readiness.responses.files import Reading


@dataclass
class InPlace:
    """A survey where it lies: the same that `Responses` is of one that is held.

    items, context: those with a column in any table. given: context that holds for whoever's row says nothing else.
    sieve: lets some respondents through only; `read` and all that is told of cells is of everybody.
    """

    framework: Framework
    engine: Engine
    tables: Sequence[Columns]
    given: Mapping[str, str | None] = field(default_factory=dict)
    out: str | None = None  # where the figures of each respondent go, as the engine knows it
    sieve: Callable[[nw.LazyFrame[Any]], nw.LazyFrame[Any]] | None = None
    unread: tuple[()] = ()  # single cells are not looked at
    set_aside: tuple[()] = ()  # nor are single respondents
    _kept: ExitStack = field(default_factory=ExitStack, repr=False)

    @property
    def items(self) -> frozenset[str]:
        """The items with a column."""
        return frozenset(name for table in self.tables for name in table.answers)

    @property
    def context(self) -> frozenset[str]:
        """The context keys with a column, or a value for everybody."""
        return frozenset([*self.given, *(name for table in self.tables for name in table.values)])

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are nothing to the framework."""
        return tuple(dict.fromkeys(name for table in self.tables for name in table.ignored))

    @property
    def weighted(self) -> bool:
        """Whether there are case weights."""
        return any(WEIGHT in table.names for table in self.tables)

    @property
    def timed(self) -> bool:
        """Whether it is known how long respondents took."""
        return any(DURATION in table.names for table in self.tables)

    @property
    def sources(self) -> list[str]:
        """What messages call the tables."""
        return [table.located.name for table in self.tables]

    @cached_property
    def _wanted(self) -> Wanted:
        there = self.items
        names = [*(key for key in self.framework.context if key in self.context)]
        names += [item for item in self.framework.items if item in there]
        return Wanted(names, self.given, self.weighted, self.timed, {}, {})

    @cached_property
    def _coders(self) -> list[tuple[Coder, nw.LazyFrame[Any]]]:
        coders = [Coder(self.framework, self.engine, table, self._wanted) for table in self.tables]
        return [(coder, coder.coded()) for coder in coders]

    @cached_property
    def _coded(self) -> nw.LazyFrame[Any]:
        """Every row coded. Where texts had to be looked up, once and for all: what follows asks for it many times."""
        frames = [frame for _, frame in self._coders]
        every = frames[0] if len(frames) == 1 else nw.concat(frames, how="vertical")
        if not any(coder.looks_up for coder, _ in self._coders):
            return every
        return self._kept.enter_context(self.engine.kept(every))

    @cached_property
    def _settled(self) -> Settled:
        """Everybody once."""
        named = any(RESPONDENT in table.names for table in self.tables)
        return settled(self.engine, self._coded, self.sources, named=named, weighted=self.weighted, timed=self.timed)

    def let_go(self) -> None:
        """Let the engine forget what it keeps of this survey."""
        self._kept.close()

    @property
    def frame(self) -> nw.LazyFrame[Any]:
        """Every respondent once, coded as `coding` says, with a case weight where there are any.

        Raises:
            ResponseError: nobody has a case weight.
        """
        return self._everybody if self.sieve is None else self._sieved

    @cached_property
    def _sieved(self) -> nw.LazyFrame[Any]:
        assert self.sieve is not None
        return self.sieve(self._everybody)

    @cached_property
    def _everybody(self) -> nw.LazyFrame[Any]:
        done = self._settled
        if self.weighted and done.unweighted == done.read - done.rejected and done.read:
            table = next(table for table in self.tables if WEIGHT in table.names)
            raise ResponseError([no_weights(table.located.name, table.headers.get(WEIGHT, ""))])
        return done.frame

    @property
    def read(self) -> int:
        """How many respondents there are, rows that agree counted once."""
        return self._settled.read

    @property
    def rejected(self) -> int:
        """How many respondents are set aside since their rows differ."""
        return self._settled.rejected

    def look(self) -> None:
        """Find out all there is to tell before anything is scored.

        Raises:
            ResponseError: the tables cannot be read, or nobody has a case weight.
        """
        assert self._everybody is not None
        assert self.remarks is not None

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The cells that could not be read, those of a column that say the same as one."""
        return tuple(cell for coder, _ in self._coders for cell in coder.unreadable)

    @property
    def unread_count(self) -> int:
        """How many cells could not be read."""
        return sum(cell.count for cell in self.unreadable)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to tell of the tables."""
        told = dict.fromkeys(remark for table in self.tables for remark in table.remarks)
        coders = self._coders  # which find what there is to tell
        told.update(self._wanted.remarks)
        for key in self.framework.context:
            told.update(dict.fromkeys(proposals(key, self._wanted.said.get(key, ()))))
        told.update(dict.fromkeys(self._settled.remarks))
        told.update(dict.fromkeys(str(cell) for coder, _ in coders for cell in coder.unreadable))
        return tuple(told)


def open_in_place(framework: Framework, engine: Engine, sources: Sequence[str], reading: Reading) -> InPlace:
    """Sources as one survey that stays where it lies.

    Raises:
        ResponseError: a source cannot be read, all faults of all sources; or a mapping does not fit them.
        UsageError: the framework has ids that the engine cannot take for names of columns.
    """
    _judge_names(framework, engine)
    mapping = mapping_of(framework, reading)
    tables: list[Columns] = []
    faults: list[Fault] = []
    for source in sources:
        try:
            located = readable(engine.located(source))
            tables.append(columns_of(framework, engine, located, reading, mapping))
        except ResponseError as error:
            faults.extend(error.faults)
    if faults:
        raise ResponseError(faults)
    return InPlace(framework, engine, tables)


def _judge_names(framework: Framework, engine: Engine) -> None:
    """Ids become columns of the engine, which takes a dot for a path and may not tell upper from lower case."""
    ids = [*framework.items, *framework.context]
    dotted = [id_ for id_ in ids if "." in id_]
    folded: dict[str, list[str]] = {}
    for id_ in ids:
        folded.setdefault(id_.casefold(), []).append(id_)
    alike = [" and ".join(some) for some in folded.values() if len(some) > 1]
    where, mend = f"--engine {engine.name}", "score an export of the answers as a file, without --engine"
    faults = [
        Fault(where, None, f"{framework.id} has the id {id_!r}, which may have no dot there", mend) for id_ in dotted
    ]
    faults += [Fault(where, None, f"ids of {framework.id} differ in case alone: {some}", mend) for some in alike]
    if faults:
        raise UsageError(faults)
