"""The ledger of one loading: faults, warnings, and which ids were declared and referred to where.

References are judged once everything has been read, so that order never matters. A kind of which something could not
be read is *incomplete*: a reference that is not found there may be right, and is reported only where it looks like a
slip of the pen.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import category

from readiness.faults import Fault

MOST_FAULTS = 300  # reported of one framework
_MOST_CANDIDATES = 500  # ids that a nearest one is searched among
_ALIKE = 0.6  # difflib's ratio above which a known word is offered
_ALMOST_THE_SAME = 0.8
_LEAST_PART = 3  # letters of a name that are enough to look for it
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")  # Unicode's categories: controls, formats, blanks and breaks
_LONGEST_COMPARED = 80  # difflib's time is quadratic in length


@dataclass(frozen=True)
class Place:
    """A line of a file."""

    file: str
    line: int | None


class Ledger:
    """What was found wrong so far, and every id seen."""

    def __init__(self) -> None:
        self._faults: dict[Fault, None] = {}
        self._warnings: dict[Fault, None] = {}
        self._hints: dict[Fault, None] = {}
        self._dropped = 0
        self._files: dict[str, int] = {}
        self._declared: dict[str, dict[str, Place]] = {}
        self._incomplete: set[str] = set()
        self._distrusted: set[tuple[str, str]] = set()
        self._references: list[tuple[str, str, Place, str]] = []
        self._lines: dict[tuple[str, ...], Place] = {}

    def open(self, file: str) -> None:
        """Say that a file is being read: faults are listed in the order of files."""
        self._files.setdefault(file, len(self._files))

    def fault(self, place: Place, what: str, mend: str) -> None:
        """Record a fault. Past the last one that is reported, further ones are dropped."""
        if self.is_full:
            self._dropped += 1
        else:
            self._faults[Fault(place.file, place.line, what, mend)] = None

    @property
    def is_full(self) -> bool:
        """Whether there are more faults than anyone would read."""
        return len(self._faults) >= MOST_FAULTS

    @property
    def count(self) -> int:
        """How many faults there are so far."""
        return len(self._faults) + self._dropped

    def add(self, faults: Iterable[Fault]) -> None:
        """Record faults that someone else has put in words."""
        for fault in faults:
            self.fault(Place(fault.file, fault.line), fault.what, fault.mend)

    def warn(self, place: Place, what: str, mend: str) -> None:
        """Record what does not stop a framework from being used."""
        if len(self._warnings) < MOST_FAULTS:
            self._warnings[Fault(place.file, place.line, what, mend)] = None

    def hint(self, place: Place, what: str, mend: str) -> None:
        """Record what may be better said: a matter of style, that word lists can only point at."""
        if len(self._hints) < MOST_FAULTS:
            self._hints[Fault(place.file, place.line, what, mend)] = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault, in the order of files and lines."""
        listed = self._sorted(self._faults)
        if not self._dropped:
            return listed
        return (*listed, Fault(listed[-1].file, None, "there are more faults than are listed", "mend these first"))

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """Every warning, in the order of files and lines."""
        return self._sorted(self._warnings)

    @property
    def hints(self) -> tuple[Fault, ...]:
        """Every hint, in the order of files and lines."""
        return self._sorted(self._hints)

    def _sorted(self, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        return tuple(sorted(faults, key=lambda fault: (self._files.get(fault.file, len(self._files)), fault.line or 0)))

    def distrust(self, kind: str, id_: str) -> None:
        """Note that something defined here was read only in part, so that nothing may be concluded from it."""
        self._distrusted.add((kind, id_))

    def is_trusted(self, kind: str, id_: str) -> bool:
        """Whether all of it could be read."""
        return (kind, id_) not in self._distrusted

    def declare(self, kind: str, id_: str, place: Place) -> bool:
        """Note that an id is defined here. False, and a fault, when it already was."""
        known = self._declared.setdefault(kind, {})
        if id_ in known:
            first = known[id_]
            where = f"on line {first.line}" if first.file == place.file else f"in {first.file}, line {first.line}"
            self.fault(place, f"{kind} {quoted(id_)} is there twice, first {where}", "give one of them another id")
            return False
        known[id_] = place
        return True

    def incomplete(self, *kinds: str) -> None:
        """Note that some ids of these kinds may be missing, because a file or a part of it could not be read."""
        self._incomplete.update(kinds)

    def is_complete(self, kind: str) -> bool:
        """Whether all ids of this kind are known."""
        return kind not in self._incomplete

    def refer(self, kind: str, id_: str, place: Place, who: str) -> None:
        """Note that `who` names an id here; whether it exists is judged by `judge_references`."""
        self._references.append((kind, id_, place, who))

    def judge_references(self) -> None:
        """Report every reference to an id that nobody declared."""
        for kind, id_, place, who in self._references:
            if self.is_full:
                return
            kinds = kind.split(" or ")
            if any(id_ in self.declared(single) for single in kinds):
                continue
            known = [other for single in kinds for other in self.declared(single)]
            complete = self._incomplete.isdisjoint(kinds)
            mend = nearest(id_, known, _ALIKE if complete else _ALMOST_THE_SAME)
            if mend or complete:
                what = f"{who} names {kind} {quoted(id_)}, which does not exist"
                self.fault(place, what, mend or _all_known(kind, known))

    def declared(self, kind: str) -> dict[str, Place]:
        """The ids of a kind, and where each was defined."""
        return self._declared.get(kind, {})

    def place(self, *path: str) -> Place:
        """Where something was read: a kind, an id and perhaps a key, as given to `mark`."""
        while path:
            if path in self._lines:
                return self._lines[path]
            if len(path) == 2 and path[1] in self._declared.get(path[0], {}):
                return self._declared[path[0]][path[1]]
            path = path[:-1]
        return Place(next(iter(self._files), ""), None)

    def mark(self, place: Place, *path: str) -> None:
        """Remember where something was read, for checks that come later."""
        self._lines[path] = place


def quoted(text: str, longest: int = 60) -> str:
    """An id or value as messages show it. Letters that nobody sees, or not as what they are, stand by their number."""
    text = "".join(f"U+{ord(char):04X}" if category(char) in _UNSEEN and char != " " else char for char in text)
    return f"'{text if len(text) <= longest else text[: longest - 1] + '…'}'"


def nearest(word: str, known: Iterable[str], alike: float = _ALIKE) -> str:
    """The mend for a word that is not known: the nearest one that is, or ""."""
    return did_you_mean(nearest_word(word, known, alike))


def did_you_mean(word: str | None) -> str:
    """The mend that offers a word, or "" where there is none to offer."""
    return "" if word is None else f"did you mean {quoted(word)}?"


def nearest_word(word: str, known: Iterable[str], alike: float = _ALIKE) -> str | None:
    """The known word that is most like one that is not known; None where none is like it."""
    if len(word) > _LONGEST_COMPARED:
        return None
    candidates = [candidate for candidate in known if len(candidate) <= _LONGEST_COMPARED][:_MOST_CANDIDATES]
    for candidate in candidates:
        if candidate.casefold() == word.casefold():
            return candidate
    return next(iter(difflib.get_close_matches(word, candidates, n=1, cutoff=alike)), None)


def offered(word: str, known: Iterable[str], most: int = 4) -> str:
    """The mend for a name of which perhaps only a part was written: names with that part, else the nearest, else all.

    Names that begin with it come first.
    """
    names = list(known)
    part = "_".join(word.casefold().replace("-", " ").split())
    with_it = [name for name in names if len(part) >= _LEAST_PART and part in name.casefold()]
    with_it.sort(key=lambda name: not name.casefold().startswith(part))
    if 0 < len(with_it) <= most and word.casefold() not in map(str.casefold, names):
        return f"did you mean {' or '.join(map(quoted, with_it))}?"
    return nearest(word, names) or one_of(names)


def one_of(known: Iterable[str], most: int = 12) -> str:
    """The mend that lists what is possible."""
    listed = list(known)
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return f"use one of {', '.join(listed[:most])}{more}" if listed else ""


def _all_known(kind: str, known: Iterable[str]) -> str:
    return one_of(known) or f"define it, or remove it: there is no {kind} yet"
