"""The options of a scale or a choice: every value and every label stands for one of them only."""

from __future__ import annotations

from readiness.framework.folding import folded
from readiness.framework.ledger import quoted
from readiness.framework.models import Missing, Option
from readiness.framework.nodes import Scalar, Sequence
from readiness.framework.table import Table, number_of
from readiness.framework.vocabulary import KEYS
from readiness.framework.wording import found, in_quotes

MOST_OPTIONS = 200
_NO_ANSWERS = {"dk": "don't know", "na": "not applicable", "nan": "a missing answer"}


def read_options(table: Table, missing: Missing | None = None) -> tuple[Option, ...]:
    """Read `options`. A cell of a response file may hold any value, label or alias: each has to be unmistakable.

    missing: labels of the answers that are not answers, which no option may carry.
    """
    read: dict[int | float, Option] = {}
    taken = dict(_NO_ANSWERS)
    for name, label in (("don't know", missing.dk), ("not applicable", missing.na)) if missing else ():
        taken.update(dict.fromkeys(map(folded, label.values()), name))
    for node in table.listed("options"):
        part = Table(table.page, node, f"{table.who}, an option", KEYS["option"])
        written = part.node("value")
        value = None if written is None else number_of(written)
        if written is not None and value is None:
            part.wrong("value", written, "a number", "write a number, without quotes")
        if value is not None:
            part.who = f"{table.who}, option {value}"
        label = part.text("label", absent="add it, or only the value is shown")
        aliases = _aliases(part)
        score = part.number("score", None)
        if value is None:
            continue
        if value in read:
            part.fault(
                part.place("value").line, f"{table.who}: value {value} is there twice", "give each option its own"
            )
            continue
        _judge_words(part, taken, (str(value), *label.values(), *aliases), f"option {value}")
        read[value] = Option(value=value, label=label, aliases=aliases, score=score)
    listed = table.node("options")
    if isinstance(listed, Sequence) and len(listed.parts) > MOST_OPTIONS:
        table.fault(listed.line, f"{table.who} has more than {MOST_OPTIONS} options", "use 'type: number'")
        return ()
    if isinstance(listed, Sequence) and not listed.parts:
        table.fault(table.place("options").line, f"{table.who} has no options", "add at least two")
    return tuple(read.values())


def _aliases(table: Table) -> tuple[str, ...]:
    read = []
    for node in table.listed("aliases"):
        if isinstance(node, Scalar) and node.text.strip():
            read.append(node.text.strip())
        else:
            table.fault(node.line, f"{table.who}: an alias should be a text, found {found(node)}", in_quotes(node))
    return tuple(read)


def _judge_words(table: Table, taken: dict[str, str], words: tuple[str, ...], owner: str) -> None:
    for word in dict.fromkeys(words):
        if taken.setdefault(folded(word), owner) != owner:
            key = "label" if "label" in table else None
            what = f"{table.who} is called {quoted(word)}, and so is {taken[folded(word)]}"
            table.fault(table.place(key).line, what, "give each its own words")
