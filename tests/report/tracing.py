"""Pages without places in them, read back all the same: made twice, once with every figure replaced by its place.

Where the second says a place, the first has to say the result's number there.
"""

from __future__ import annotations

import bisect
import inspect
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from babel.messages.pofile import read_po

from readiness.language.speech import LOCALES
from readiness.report import methods
from readiness.report.figures import Figure
from readiness.scoring.result import Result
from tests.report.reading import read

OPEN, CLOSE = "⟦", "⟧"
PLACE = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")


class Placed(str):
    """The place of a figure, which is equal to another's where both are printed alike: pages are made by that."""

    __slots__ = ("printed",)

    def __new__(cls, at: str, printed: str) -> Placed:
        placed = super().__new__(cls, f"{OPEN}{at}{CLOSE}")
        placed.printed = printed
        return placed

    def __eq__(self, other: object) -> bool:
        return self.printed == other.printed if isinstance(other, Placed) else str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.printed)


@contextmanager
def traced() -> Iterator[None]:
    """Figures say where they come from, as long as this lasts; those from nowhere say what they always say."""

    def placed(self: Figure, text: str, at: str = "") -> None:
        object.__setattr__(self, "text", Placed(at, text) if at else text)
        object.__setattr__(self, "at", at)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "__init__", placed)
        yield


def values_of(result: Result) -> dict[str, Any]:
    """Everything in a result, by its place."""
    found: dict[str, Any] = {}

    def walk(here: Any, path: str) -> None:
        if isinstance(here, dict | list):
            for key, below in here.items() if isinstance(here, dict) else enumerate(here):
                walk(below, f"{path}/{key}" if path else str(key))
        else:
            found[path] = here

    walk(json.loads(result.model_dump_json(exclude={"framework"})), "")
    return found


def aligned(real: Sequence[str], places: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Figures as (place, text), and what is said around them, from a page's texts in both ways of making it."""
    assert len(real) == len(places)
    figures: list[tuple[str, str]] = []
    around: list[str] = []
    for said, placed in zip(real, places, strict=True):
        parts = PLACE.split(placed)
        pattern = "(.+?)".join(map(re.escape, parts[::2]))
        found = re.fullmatch(pattern, said, re.DOTALL)
        assert found, (said, placed)
        figures += zip(parts[1::2], found.groups(), strict=True)
        around += parts[::2]
    return figures, around


def assert_equal_to(result: Result, figures: Sequence[tuple[str, str]], language: str) -> None:
    """Every figure is the result's, as far as its decimals go."""
    values = values_of(result)
    for path, text in figures:
        printed, digits = read(text, language)
        off = 1.0 if path.endswith("/target") else 0.5  # a target is rounded to the side that is far enough
        assert abs(printed - values[path]) <= off * 10**-digits + 1e-9, (path, text, values[path])


NUMBER = re.compile(r"[+−]?\d+(?:[.,\u202f\u00a0]\d+)*(?:[\u202f\u00a0]?%)?")


def strangers(result: Result, around: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Numbers outside of figures that are nowhere to be found: neither in the result and its framework's texts, nor in
    our own words, nor as a count or a share of what the result holds. As (number, where it is said).
    """
    words, numbers = _known(result)
    named = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    found = []
    for said in around:
        for number in NUMBER.findall(named.sub(" ", said)):
            try:
                printed, digits = read(number, language)
            except ValueError:
                found.append((number, said))
                continue
            if not _near(numbers, abs(printed), 0.5 * 10**-digits + 1e-9):
                found.append((number, said))
    return found


def _near(numbers: Sequence[float], wanted: float, off: float) -> bool:
    place = bisect.bisect_left(numbers, wanted - off)
    return place < len(numbers) and numbers[place] <= wanted + off


def _known(result: Result) -> tuple[set[str], list[float]]:
    """Words with digits in them, and all numbers, the smallest first."""
    whole = json.loads(result.model_dump_json())
    said = {*_strings(whole), *_our_words()}
    known = {float(number) for text in said for number in re.findall(r"\d+(?:\.\d+)?", text)}
    known |= {abs(float(one)) for one in _numbers(whole)} | set(_counts(whole)) | set(_differences(whole))
    words = {one for text in said if (one := re.sub(r"[ \t\r\n]+", " ", text).strip()) and re.search(r"\d", one)}
    return words - set("0123456789"), sorted(known)


def _our_words() -> Iterator[str]:
    """The interface's own words in every language, and the works that the methods are taken from."""
    for catalogue in LOCALES.glob("*.po"):
        with catalogue.open("rb") as file:
            for message in read_po(file):
                for forms in (message.id, message.string):
                    for form in (forms,) if isinstance(forms, str) else forms:
                        yield from re.split(r"%\(\w+\)s|\{\w+\}", form.replace("%%", "%"))
    yield from re.findall(r"\b\d{4}\b", inspect.getsource(methods))


def _counts(whole: dict[str, Any]) -> Iterator[float]:
    """How many there are of whatever is counted, and the shares of all questions put."""
    group = whole["overall"]
    yield from range(25)  # sections, steps, scenarios that are so and so: there are never more of these
    yield from (len(group.get(part, ())) for part in ("items", "scenarios", "indicators"))
    yield sum(_hidden(one) for one in (group, *whole["groups"]))
    shown = [item for item in group.get("items", {}).values() if not item.get("suppressed")]
    parts = {part: sum(item[part] for item in shown) for part in ("n", "dk", "na", "missing")}
    for one in (group, *whole["groups"]):
        there = [item for item in one.get("items", {}).values() if not item.get("suppressed")]
        put = sum(item[part] for item in there for part in parts)
        yield from (sum(item[part] for item in there) / put for part in parts if put)


def _differences(whole: dict[str, Any]) -> Iterator[float]:
    """How far two groups are apart in the same thing."""
    groups = [whole["overall"], *whole["groups"]]
    for kind in ("dimensions", "indicators"):
        for id_ in whole["framework"]["texts"].get(kind, {}):
            parts = [group.get(kind, {}).get(id_) or {} for group in groups]
            values = [part["value"] for part in parts if part.get("value") is not None]
            yield from (abs(one - other) for one, other in itertools.combinations(values, 2))


def _hidden(group: dict[str, Any]) -> int:
    parts = [group.get("readiness", {})]
    parts += [
        one for kind in ("dimensions", "indicators", "items", "scenarios") for one in group.get(kind, {}).values()
    ]
    return sum(bool(part.get("suppressed")) for part in parts)


def _strings(here: Any) -> Iterator[str]:
    if isinstance(here, str):
        yield here
    elif isinstance(here, dict):
        yield from here
        for below in here.values():
            yield from _strings(below)
    elif isinstance(here, list):
        for below in here:
            yield from _strings(below)


def _numbers(here: Any) -> Iterator[float]:
    if isinstance(here, int | float) and not isinstance(here, bool):
        yield here
    elif isinstance(here, dict | list):
        for below in here.values() if isinstance(here, dict) else here:
            yield from _numbers(below)
