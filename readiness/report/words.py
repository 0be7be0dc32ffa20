"""What the framework says, in the reader's language. The texts travel inside the result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from readiness.language.speech import speak

Entry = Mapping[str, Any]
NOTHING: Entry = {}


class Said(str):
    """A text of the framework, which knows in which language it stands ("": the same in all)."""

    __slots__ = ("lang",)
    lang: str

    def __new__(cls, text: str, lang: str = "") -> Said:
        """The text, marked with its language."""
        said = super().__new__(cls, text)
        said.lang = lang
        return said


UNSAID = Said("")


class Reader:
    """What one reader understands: the framework's texts by id, and the interface's speech.

    An id nobody wrote a title for is its own title.
    """

    def __init__(self, texts: Entry, language: str) -> None:
        self.speech = speak(language)
        self._texts = texts
        self.languages: tuple[str, ...] = tuple(texts.get("languages") or ())
        self.language = language

    def say(self, words: object) -> Said:
        """Words in several languages as one text: the reader's language, else the framework's first."""
        if isinstance(words, str):
            return Said(words)
        if not isinstance(words, Mapping):
            return Said("")
        for language in (self.language, "", *self.languages, *words):
            text = words.get(language)
            if text:
                return Said(str(text), language)
        return Said("")

    def said(self, entry: Entry, key: str) -> Said:
        """One text of an entry, "" where there is none."""
        return self.say(entry.get(key))

    def all_said(self, entry: Entry, key: str) -> tuple[Said, ...]:
        """A list of texts of an entry, without empty ones."""
        return tuple(said for words in entry.get(key) or () if (said := self.say(words)))

    def part(self, kind: str) -> Mapping[str, Entry]:
        """All entries of a kind, such as `indicators`, by id."""
        found = self._texts.get(kind)
        return found if isinstance(found, Mapping) else NOTHING

    def entry(self, kind: str, id_: str) -> Entry:
        """One entry, empty where the framework has none."""
        found = self.part(kind).get(id_)
        return found if isinstance(found, Mapping) else NOTHING

    def title(self, kind: str, id_: str) -> Said:
        """The title of an entry, its id where it has none."""
        return self.said(self.entry(kind, id_), "title") or Said(id_.replace("_", " "))

    @property
    def framework(self) -> Entry:
        """The framework's own title, about, bands and range."""
        return self._texts

    def default(self, key: str, otherwise: float) -> float:
        """One of the framework's thresholds."""
        value = self.part("defaults").get(key, otherwise)
        return value if isinstance(value, int | float) else otherwise

    def extremes(self, entry: Entry) -> tuple[float, float]:
        """Lowest and highest score an indicator or dimension could have: 0 and 100 unless it keeps raw units."""
        ends = entry.get("range")
        if isinstance(ends, Sequence) and not isinstance(ends, str) and len(ends) == 2:
            return float(ends[0]), float(ends[1])
        return 0.0, 100.0

    def dimensions(self) -> Iterator[tuple[str, int]]:
        """Ids of all dimensions with their depth (0: top), each before those nested in it."""
        entries = self.part("dimensions")

        def below(parent: str | None, depth: int) -> Iterator[tuple[str, int]]:
            for id_, entry in entries.items():
                if (entry.get("parent") or None) == parent:
                    yield id_, depth
                    yield from below(id_, depth + 1)

        yield from below(None, 0)
