"""Evidence: what one column of an export says it is, and how sure that is.

An id in its header or code is surest, then an id that its code holds or its header begins with, then its text in any
language of the framework, then that text with a counter behind it, and at last a text nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from readiness.responses.coding import RESPONDENT
from readiness.responses.headers import Texts, bracketed, forms, uncounted

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.framework.records import Words
    from readiness.responses.export import Column

Target = Literal["item", "context", "question", "respondent", "weight", "ignored"]
ID, CODE, TEXT, COUNTED, NEAR = range(5)  # the surest first
HOW = ("id", "code", "text", "text", "near")
# What may stand behind an id in a code: `CUL11[SQ001]`, `CUL11_1`; a word, such as `CUL11_reason`, asks something else.
REST = re.compile(r"\W*|\W*\[[^\[\]]*\]|[\W_]?(?:sq)?\d{1,3}")
CODE_AND_TEXT = re.compile(r"[\[(]?([\w-]+(?:\.[\w-]+)*)[\])]?(?:\s*[.:)|]|\s+[-–—=]|(?<=[\])]))?\s+\S")
SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Evidence:
    """One thing that a column may be.

    name: an item, context key or question. near: the framework's text that the column's is near. choice: the option
    that it then stands for.
    """

    column: Column
    to: Target
    name: str
    level: int
    how: str
    near: str = ""
    choice: str = ""


@dataclass(frozen=True)
class Names:
    """Everything in a framework that a column can be."""

    framework: Framework
    ids: dict[str, tuple[Target, str]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.ids[RESPONDENT] = ("respondent", RESPONDENT)
        for key in self.framework.context:
            self.ids[key.casefold()] = ("context", key)
        for id_ in self._asked:
            self.ids[id_.casefold()] = (self.target(id_), id_)

    # Worked out when first needed: a table whose columns are called by ids needs none of them.

    @cached_property
    def _asked(self) -> dict[str, Words]:
        framework = self.framework
        asked = {id_: question.text for id_, question in framework.unscored.items()}
        return asked | {id_: item.text for id_, item in framework.items.items()}

    @cached_property
    def texts(self) -> Texts:
        """The texts of items and questions."""
        return Texts({id_: tuple(words.values()) for id_, words in self._asked.items()})

    @cached_property
    def titles(self) -> Texts:
        """The titles of context keys."""
        return Texts({key: tuple(told.title.values()) for key, told in self.framework.context.items()})

    @cached_property
    def _word(self) -> re.Pattern[str]:
        # The longest first, so that an id within another is not taken for it; digits alone are no word.
        words = sorted((id_.casefold() for id_ in self._asked if not id_.isdigit()), key=lambda id_: (-len(id_), id_))
        any_of = "|".join(map(re.escape, words)) or r"(?!)"
        return re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])")

    def target(self, name: str) -> Target:
        """What kind of thing an id of an item or question names."""
        return "item" if name in self.framework.items else "question"

    def within(self, code: str) -> dict[str, str]:
        """The items and questions whose id is a whole word of a code, each with what stands behind it."""
        lower = code.casefold()
        return {self.ids[found[0]][1]: lower[found.end() :] for found in self._word.finditer(lower)}


def by_id(names: Names, column: Column) -> Evidence | None:
    """A column whose header or code is an id; or, of a question, whose code holds one or whose header begins with one.

    What a platform records by itself is something of ours only by its very id, such as `language`.
    """
    for text in (column.header, column.code):
        known = names.ids.get(text.strip().strip("\ufeff").strip().casefold())
        if known is not None:
            to, name = known
            return Evidence(column, to, name, ID, HOW[ID], choice=column.choice)
    return next(_within(names, column), None) if column.kind == "question" else None


def _within(names: Names, column: Column) -> Iterator[Evidence]:
    for code in codes(column):
        to, name = names.ids.get(re.split(r"[/.:]", code)[-1].casefold(), ("ignored", ""))
        if to == "context":
            yield Evidence(column, to, name, CODE, HOW[CODE])
    for code in codes(column):
        within = names.within(code)
        for name, rest in within.items() if len(within) == 1 else ():
            if column.choice or REST.fullmatch(rest):
                yield Evidence(column, names.target(name), name, CODE, HOW[CODE], choice=column.choice)


def codes(column: Column) -> list[str]:
    """What in a column may be a code: its own, a header of one word, and the word before a header's text."""
    found = [column.code.strip()]
    header = column.header.strip()
    if not SPACE.search(header):
        found.append(header)
    for text in (header, column.text.strip()):
        if begin := CODE_AND_TEXT.match(text):
            found.append(begin[1])
    found += [part for part in bracketed(header) or () if not SPACE.search(part)]
    return [code for code in dict.fromkeys(found) if code]


def by_text(names: Names, column: Column) -> list[Evidence]:
    """What has the text of a column, or else nearly so: several where that is not clear."""
    candidates = _texts(column)
    for text, choice in candidates:
        for level, found in ((TEXT, forms(text)), (COUNTED, uncounted(text))):
            same: list[tuple[Target, str]] = [(names.target(name), name) for name in sorted(names.texts.same(found))]
            same += [("context", key) for key in sorted(names.titles.same(found)) if not same]
            if same:
                return [Evidence(column, to, name, level, HOW[level], choice=choice) for to, name in same]
    for text, choice in candidates:
        near = names.texts.near(text) or names.texts.cut(text)
        if near:
            return [
                Evidence(column, names.target(one.name), one.name, NEAR, f"near {one.ratio:.2f}", one.text, choice)
                for one in near
            ]
    return []


def _texts(column: Column) -> list[tuple[str, str]]:
    """The texts a column may be known by, the most telling first, each with the option that is then its choice."""
    texts = [(column.row, ""), (f"{column.text} {column.row}", "")] if column.row else []
    if column.choice:
        texts.append((column.text, column.choice))
    elif not column.row:
        for text in (column.text, column.header):
            texts.append((text, ""))
            if brackets := bracketed(text):
                texts += [(brackets[1], ""), (" ".join(brackets), "")]
    return [text for text in dict.fromkeys(texts) if text[0].strip()]
