"""One person's answers, as an interview holds them, coded as a row of the frame of responses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from readiness.responses.cells import AnswerReader, ContextReader, number, text_of
from readiness.responses.coding import MISSING, number_column

if TYPE_CHECKING:
    from readiness.framework.models import Framework

Row = dict[str, int | float | str | None]


class RowCoder:
    """Codes answers a person at a time, to the same cells as a table of them would be."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._answers: dict[str, AnswerReader] = {}
        self._context = {key: ContextReader(told) for key, told in framework.context.items()}

    def row(self, said: Mapping[str, Any]) -> Row:
        """Every column of the frame. said: answers by item and values by context key; what is absent is missing."""
        row: Row = {}
        for key, reader in self._context.items():
            value = self._value(reader, said.get(key))
            row[key] = value
            row[number_column(key)] = None if value is None else number(value)
        for id_ in self._framework.items:
            row.update(self.cells(id_, said.get(id_)))
        return row

    def cells(self, id_: str, answer: Any) -> Row:
        """An item's code, and the number beside it where the item is one."""
        text = text_of(answer)
        code = MISSING if text is None else self._reader(id_).code(text)
        cells: Row = {id_: MISSING if code is None else code}
        if self._framework.items[id_].type == "number":
            cells[number_column(id_)] = self._reader(id_).number(text) if text is not None and code == 0 else None
        return cells

    def _reader(self, id_: str) -> AnswerReader:
        if id_ not in self._answers:
            self._answers[id_] = AnswerReader(self._framework.items[id_], self._framework)
        return self._answers[id_]

    @staticmethod
    def _value(reader: ContextReader, said: Any) -> str | None:
        text = text_of(said)
        try:
            return None if text is None else reader.value(text)
        except KeyError:  # none of the key's options: counts as not recorded, as in any table
            return None
