"""Tables of Delta, on a Spark without Delta's library: only the files that are live are read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from readiness.faults import ResponseError
from readiness.responses.engines.spark import Spark

FIELDS = {"id": "long", "said": "string", "unit": "string"}


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    engine = Spark()
    yield engine
    engine.close()


class Table:
    """A table that is written as the protocol of Delta says."""

    def __init__(self, folder: Path, parted: bool = False, **settings: str) -> None:
        self.folder, self.parted, self.version = folder, parted, -1
        (folder / "_delta_log").mkdir(parents=True)
        fields = [{"name": name, "type": kind, "nullable": True, "metadata": {}} for name, kind in FIELDS.items()]
        self.about: list[dict[str, Any]] = [
            {"protocol": {"minReaderVersion": 1, "minWriterVersion": 2}},
            {
                "metaData": {
                    "id": "0",
                    "format": {"provider": "parquet", "options": {}},
                    "schemaString": json.dumps({"type": "struct", "fields": fields}),
                    "partitionColumns": ["unit"] if parted else [],
                    "configuration": settings,
                }
            },
        ]
        self.commit(*self.about)

    def commit(self, *actions: Mapping[str, Any]) -> None:
        self.version += 1
        lines = "".join(json.dumps(action) + "\n" for action in [{"commitInfo": {"operation": "WRITE"}}, *actions])
        (self.folder / "_delta_log" / f"{self.version:020}.json").write_text(lines)

    def added(self, name: str, rows: Mapping[str, Any], unit: str | None = None, **more: Any) -> dict[str, Any]:
        """A file of the table, and the line of the log that adds it."""
        place = self.folder / (f"unit={unit or '__HIVE_DEFAULT_PARTITION__'}" if self.parted else "") / name
        place.parent.mkdir(exist_ok=True)
        pl.DataFrame(rows).write_parquet(place)
        path = str(place.relative_to(self.folder)).replace("%", "%25").replace(" ", "%20").replace("é", "%C3%A9")
        size = place.stat().st_size
        values = {"unit": unit} if self.parted else {}
        about = {"path": path, "partitionValues": values, "size": size, "modificationTime": 0, "dataChange": True}
        return {"add": about | more}

    def checkpoint(self, adds: list[dict[str, Any]], parts: int = 1) -> None:
        """The state of the table as one or more files of Parquet."""
        actions = [*self.about, *adds]
        for part in range(parts):
            rows = [_filled(action) for action in actions[part::parts]]
            several = f".{part + 1:010}.{parts:010}" if parts > 1 else ""
            name = f"{self.version:020}.checkpoint{several}.parquet"
            pl.DataFrame(rows, schema=CHECKPOINT).write_parquet(self.folder / "_delta_log" / name)


def removed(added: Mapping[str, Any]) -> dict[str, Any]:
    return {"remove": {"path": added["add"]["path"], "dataChange": True, "deletionTimestamp": 0}}


MAP = pl.List(pl.Struct({"key": pl.String, "value": pl.String}))
CHECKPOINT = {
    "add": pl.Struct({"path": pl.String}),
    "metaData": pl.Struct({"schemaString": pl.String, "partitionColumns": pl.List(pl.String)}),
    "protocol": pl.Struct({"minReaderVersion": pl.Int32}),
}


def _filled(action: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {field: action[name].get(field) for field in dtype.to_schema()} if name in action else None
        for name, dtype in CHECKPOINT.items()
    }


def _read(spark: Spark, folder: Path) -> list[tuple[Any, ...]]:
    located = spark.located(str(folder))
    assert located.headers == tuple(FIELDS)
    return sorted(spark.collected(located.frame).rows())


def _fault(spark: Spark, folder: Path) -> str:
    with pytest.raises(ResponseError) as error:
        spark.located(str(folder))
    return str(error.value)


def test_rows_of_removed_files_do_not_count(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "t")
    old = table.added("old.parquet", {"id": [1, 2], "said": ["a", "b"], "unit": ["x", "y"]})
    table.commit(old)
    table.commit(removed(old), table.added("new.parquet", {"id": [1], "said": ["c"], "unit": ["x"]}))
    assert _read(spark, tmp_path / "t") == [(1, "c", "x")]


def test_a_column_that_came_later_is_missing_in_earlier_files(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "t")
    table.commit(table.added("a.parquet", {"id": [1]}), table.added("b.parquet", {"unit": ["z"], "id": [2]}))
    assert _read(spark, tmp_path / "t") == [(1, None, None), (2, None, "z")]


def test_keys_of_folders_are_columns_whatever_they_are_called(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "a table", parted=True)
    adds = [table.added(f"{n}.parquet", {"id": [n], "said": ["a"]}, unit) for n, unit in enumerate(("é b", "01", None))]
    table.commit(*adds)
    assert _read(spark, tmp_path / "a table") == [(0, "a", "é b"), (1, "a", "01"), (2, "a", None)]


@pytest.mark.parametrize("parts", [1, 2])
def test_a_checkpoint_stands_for_all_before_it(spark: Spark, tmp_path: Path, parts: int) -> None:
    table = Table(tmp_path / "t")
    kept = table.added("kept.parquet", {"id": [1], "said": ["a"], "unit": ["x"]})
    gone = table.added("gone.parquet", {"id": [2], "said": ["a"], "unit": ["x"]})
    table.commit(kept, gone)
    table.checkpoint([kept, gone], parts)
    table.commit(removed(gone))
    for old in (0, 1):
        (tmp_path / "t" / "_delta_log" / f"{old:020}.json").unlink()
    assert _read(spark, tmp_path / "t") == [(1, "a", "x")]


def test_a_checkpoint_of_which_a_part_is_missing_is_none(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "t")
    only = table.added("only.parquet", {"id": [1], "said": ["a"], "unit": ["x"]})
    table.commit(only)
    table.checkpoint([], 2)
    next((tmp_path / "t" / "_delta_log").glob("*.checkpoint.0000000002*")).unlink()
    assert _read(spark, tmp_path / "t") == [(1, "a", "x")]


def test_a_table_without_rows_has_its_columns(spark: Spark, tmp_path: Path) -> None:
    Table(tmp_path / "t")
    assert _read(spark, tmp_path / "t") == []


def test_rows_deleted_inside_a_file_are_not_counted_but_told(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "t")
    vector = {"storageType": "u", "pathOrInlineDv": "x", "sizeInBytes": 1, "cardinality": 1}
    table.commit(table.added("a.parquet", {"id": [1]}, deletionVector=vector))
    assert _fault(spark, tmp_path / "t") == (
        f"{tmp_path / 't'}: this table of Delta cannot be read here: some of its rows are deleted without being taken "
        "out of the files (deletion vectors); read it where Delta's own library is installed, or export it as Parquet"
    )


def test_columns_under_other_names_are_told(spark: Spark, tmp_path: Path) -> None:
    Table(tmp_path / "t", **{"delta.columnMapping.mode": "name"})
    assert "(column mapping)" in _fault(spark, tmp_path / "t")


def test_what_is_not_known_here_is_named(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "t")
    features = ["deletionVectors", "typeWidening"]
    table.commit({"protocol": {"minReaderVersion": 3, "minWriterVersion": 7, "readerFeatures": features}})
    assert "it asks for what cannot be done here (typeWidening)" in _fault(spark, tmp_path / "t")


def test_a_gap_in_the_log_is_told(spark: Spark, tmp_path: Path) -> None:
    table = Table(tmp_path / "t")
    for number in range(3):
        table.commit(table.added(f"{number}.parquet", {"id": [number]}))
    (tmp_path / "t" / "_delta_log" / f"{2:020}.json").unlink()
    assert "its log is not complete" in _fault(spark, tmp_path / "t")
