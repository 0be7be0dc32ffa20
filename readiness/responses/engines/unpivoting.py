"""Unpivoting: columns below each other, on whatever engine.

Narwhals does so on DuckDB by the connection that everybody shares, which does not know the tables of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation


def unpivoted(
    frame: nw.LazyFrame[Any], on: Sequence[str], index: Sequence[str], name: str, value: str
) -> nw.LazyFrame[Any]:
    """Columns of one type below each other, a row for each that is not null (or may be, on some engines).

    on: the columns. index: what is repeated beside them. name, value: the columns for a cell's column and the cell.
    """
    if not frame.implementation.is_duckdb():
        return frame.unpivot(on=list(on), index=list(index), variable_name=name, value_name=value)
    relation: DuckDBPyRelation = frame.to_native()
    wanted = ", ".join(map(_quoted, [*index, name, value]))
    columns = ", ".join(map(_quoted, on))
    query = f"UNPIVOT wide ON {columns} INTO NAME {_quoted(name)} VALUE {_quoted(value)}"
    return nw.from_native(relation.query("wide", f"SELECT {wanted} FROM ({query})")).lazy()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
