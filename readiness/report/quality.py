"""Data quality: how the items of each indicator hold together, how alike units answer, who answered carelessly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readiness.language.speech import Speech
from readiness.report.diagnosis import are_many, remarks
from readiness.report.figures import MISSING, Figure, count, share
from readiness.report.words import Reader, Said
from readiness.scoring.findings import Careless, Instrument
from readiness.scoring.result import Group, Reliability, Result, Suppressed


@dataclass(frozen=True)
class Held:
    """How one indicator held. hidden: it may not be told."""

    id: str
    title: Said
    hidden: bool = False
    items: Figure = MISSING
    n: Figure = MISSING
    alpha: Figure = MISSING
    omega: Figure = MISSING
    floor: Figure = MISSING
    ceiling: Figure = MISSING
    units: Figure | None = None  # None where none are compared
    icc1: Figure = MISSING
    icc2: Figure = MISSING
    r_wg: Figure = MISSING


@dataclass(frozen=True)
class Turned:
    """An item that looks keyed the wrong way round. rest: its correlation with the mean of the others."""

    id: str
    text: Said
    indicator: Said
    rest: Figure


@dataclass(frozen=True)
class Flagged:
    """How many answered carelessly. Figures are None where too few answered, or no time was recorded."""

    n: Figure
    either: Figure | None
    straight: Figure | None
    speeding: Figure | None
    excluded: bool
    n_either: int
    many: bool  # more than surveys usually have


@dataclass(frozen=True)
class Quality:
    """How the instrument held in this survey."""

    rows: tuple[Held, ...]
    turned: tuple[Turned, ...]
    remarks: tuple[str, ...]
    careless: Flagged | None

    @property
    def compared(self) -> tuple[Held, ...]:
        """The indicators in which units are compared."""
        return tuple(row for row in self.rows if row.units is not None)


def quality(reader: Reader, result: Result, at: str) -> Quality | None:
    """How the instrument held; None where nothing is known of it."""
    group = result.overall
    if not isinstance(group, Group) or group.analysis is None:
        return None
    told, careless = group.analysis.instrument or {}, group.analysis.careless
    if not told and careless is None:
        return None
    found = group.reliability or {}
    titles = {id_: str(reader.title("indicators", id_)) for id_ in told}
    return Quality(
        rows=tuple(_row(reader, id_, one, found.get(id_), at) for id_, one in told.items()),
        turned=tuple(_turned(reader, told, at)),
        remarks=tuple(remarks(result, titles, reader.speech)),
        careless=None if careless is None else _flagged(reader.speech, careless, f"{at}/analysis/careless"),
    )


def _row(
    reader: Reader, id_: str, told: Instrument | Suppressed, found: Reliability | Suppressed | None, at: str
) -> Held:
    title, speech = reader.title("indicators", id_), reader.speech
    if isinstance(told, Suppressed) or isinstance(found, Suppressed):
        return Held(id_, title, hidden=True)
    place, alpha = f"{at}/analysis/instrument/{id_}", f"{at}/reliability/{id_}"

    def decimals(figure: float | None, name: str) -> Figure:
        return MISSING if figure is None else Figure(speech.number(figure, 2), name)

    return Held(
        id=id_,
        title=title,
        items=count(speech, found.items, f"{alpha}/items") if found else MISSING,
        n=count(speech, told.n, f"{place}/n"),
        alpha=decimals(found.alpha, f"{alpha}/alpha") if found else MISSING,
        omega=decimals(told.omega, f"{place}/omega"),
        floor=share(speech, told.floor, f"{place}/floor"),
        ceiling=share(speech, told.ceiling, f"{place}/ceiling"),
        units=count(speech, told.units, f"{place}/units") if told.units else None,
        icc1=decimals(told.icc1, f"{place}/icc1"),
        icc2=decimals(told.icc2, f"{place}/icc2"),
        r_wg=decimals(told.r_wg, f"{place}/r_wg"),
    )


def _turned(reader: Reader, told: Mapping[str, Instrument | Suppressed], at: str) -> Iterator[Turned]:
    for id_, one in told.items():
        for item in one.looks_reversed if isinstance(one, Instrument) else ():
            rest = one.item_rest.get(item) if isinstance(one, Instrument) else None
            place = f"{at}/analysis/instrument/{id_}/item_rest/{item}"
            yield Turned(
                id=item,
                text=reader.said(reader.entry("items", item), "text") or Said(item),
                indicator=reader.title("indicators", id_),
                rest=MISSING if rest is None else Figure(reader.speech.number(rest, 2), place),
            )


def _flagged(speech: Speech, careless: Careless, at: str) -> Flagged:
    def counted(n: int | None, name: str) -> Figure | None:
        return None if n is None else count(speech, n, f"{at}/{name}")

    return Flagged(
        n=count(speech, careless.n, f"{at}/n"),
        either=counted(careless.either, "either"),
        straight=counted(careless.straight_lining, "straight_lining"),
        speeding=counted(careless.speeding, "speeding"),
        excluded=careless.excluded,
        n_either=careless.either or 0,
        many=are_many(careless),
    )
