"""Files, folders and tables as Spark finds them; what cannot be read is told in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from readiness.faults import ResponseError
from readiness.responses.engines.engine import Located
from readiness.responses.engines.spark import Spark


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    engine = Spark()
    yield engine
    engine.close()


def _rows(spark: Spark, located: Located) -> list[tuple[Any, ...]]:
    return sorted(spark.collected(located.frame, [located.name]).rows(), key=repr)


def _fault(spark: Spark, source: object) -> str:
    with pytest.raises(ResponseError) as error:
        spark.collected(spark.located(str(source)).frame, [str(source)])
    (fault,) = error.value.faults
    assert "\n" not in str(fault)
    assert "SQLSTATE" not in str(fault)
    return str(fault)


def test_a_name_of_a_column_may_hold_anything(spark: Spark, tmp_path: Path) -> None:
    pl.DataFrame({"a.b": [1], "A.B": [2], "": [3], "`x`": [4], "0": [5]}).write_parquet(tmp_path / "a.parquet")
    located = spark.located(str(tmp_path / "a.parquet"))
    assert located.headers == ("a.b", "A.B", "", "`x`", "0")
    assert located.frame.collect_schema().names() == ["0", "1", "2", "3", "4"]
    assert _rows(spark, located) == [(1, 2, 3, 4, 5)]


def test_a_path_means_itself_and_an_address_the_same(spark: Spark, tmp_path: Path) -> None:
    path = tmp_path / "wave [1] {a} 100% é.parquet"
    pl.DataFrame({"a": [1]}).write_parquet(path)
    pl.DataFrame({"a": [2]}).write_parquet(tmp_path / "wave 1 a 100% é.parquet")
    assert _rows(spark, spark.located(str(path))) == [(1,)]
    (tmp_path / "plain.parquet").write_bytes(path.read_bytes())
    assert _rows(spark, spark.located(f"file://{tmp_path}/plain.parquet")) == [(1,)]


def test_folders_that_are_keys_are_columns_of_text(spark: Spark, tmp_path: Path) -> None:
    for year, country in (("01", "FR"), ("2", "DE")):
        folder = tmp_path / "lake" / f"year={year}" / f"country={country}"
        folder.mkdir(parents=True)
        pl.DataFrame({"a": [country]}).write_parquet(folder / "part-0")
    (tmp_path / "lake" / "_SUCCESS").touch()
    located = spark.located(str(tmp_path / "lake"))
    assert located.headers == ("a", "year", "country")
    assert _rows(spark, located) == [("DE", "2", "DE"), ("FR", "01", "FR")]


def test_folders_that_are_no_keys_are_read_all_the_same(spark: Spark, tmp_path: Path) -> None:
    for month in ("01", "02"):
        (tmp_path / "lake" / month).mkdir(parents=True)
        pl.DataFrame({"a": [month]}).write_parquet(tmp_path / "lake" / month / "a.parquet")
    pl.DataFrame({"a": ["top"]}).write_parquet(tmp_path / "lake" / "a.parquet")
    assert _rows(spark, spark.located(str(tmp_path / "lake"))) == [("01",), ("02",), ("top",)]


def test_folders_of_both_kinds_are_told(spark: Spark, tmp_path: Path) -> None:
    for name in ("year=1", "old"):
        (tmp_path / name).mkdir()
        pl.DataFrame({"a": [1]}).write_parquet(tmp_path / name / "a.parquet")
    assert "some of its folders are parted by a key (year=1) and some are not (old)" in _fault(spark, tmp_path)


def test_no_column_of_any_file_is_lost(spark: Spark, tmp_path: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"b": ["x"], "a": [2]}).write_parquet(tmp_path / "2.parquet")
    located = spark.located(str(tmp_path))
    rows = [dict(zip(located.headers, row, strict=True)) for row in _rows(spark, located)]
    assert {row["a"]: row["b"] for row in rows} == {1: None, 2: "x"}


def test_a_column_of_two_types_is_told(spark: Spark, tmp_path: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "1.parquet")
    pl.DataFrame({"a": ["x"]}).write_parquet(tmp_path / "2.parquet")
    assert _fault(spark, tmp_path) == (
        f"{tmp_path}: the files of the folder hold the same column in different types; "
        "name the files of each kind by themselves"
    )


def test_a_table_without_rows_has_its_columns(spark: Spark, tmp_path: Path) -> None:
    pl.DataFrame(schema={"a": pl.String}).write_parquet(tmp_path / "a.parquet")
    located = spark.located(str(tmp_path / "a.parquet"))
    assert (located.headers, _rows(spark, located)) == (("a",), [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_cells_of_a_csv_file_are_text_as_it_was(spark: Spark, tmp_path: Path, delimiter: str, mark: str) -> None:
    lines = ["id|where do you\nwork?|n", '1|"a\nb"|01', '2||"he said ""no"""', '3|""| é ', "4", f'5|"{delimiter}"|']
    text = "\n".join(lines).replace("where do you\nwork?", '"where do you\nwork?"').replace("|", delimiter)
    (tmp_path / "a.csv").write_text(f"{mark}{text}\n", encoding="utf-8", newline="")
    located = spark.located(str(tmp_path / "a.csv"))
    assert located.headers == ("id", "where do you\nwork?", "n")
    assert _rows(spark, located) == [
        ("1", "a\nb", "01"),
        ("2", None, 'he said "no"'),
        ("3", None, " é "),
        ("4", None, None),
        ("5", delimiter, None),
    ]


def test_lines_may_end_as_windows_ends_them_and_do_not_differ_for_it(spark: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b'id;a\r\n1;x\r\n\r\n2;"y\r\nz"\r\n')
    found = spark.located(str(tmp_path / "a.csv"))
    assert found.headers == ("id", "a")
    assert _rows(spark, found) == [("1", "x"), ("2", "y\nz")]


def test_names_of_columns_may_be_the_same_or_empty(spark: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,a.b,a.b,A,\n1,2,3,4,5\n")
    located = spark.located(str(tmp_path / "a.csv"))
    assert located.headers == ("id", "a.b", "a.b", "A", "")
    assert _rows(spark, located) == [("1", "2", "3", "4", "5")]


def test_a_row_longer_than_the_header_is_told_unless_it_is_empty_there(spark: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,a\n1,2,\n")
    assert _rows(spark, spark.located(str(tmp_path / "a.csv"))) == [("1", "2")]
    (tmp_path / "b.csv").write_text("id,a\n1,secret,3\n")
    assert _fault(spark, tmp_path / "b.csv") == (
        f"{tmp_path / 'b.csv'}: a row of {tmp_path / 'b.csv'} has more cells than the 2 of the header; "
        "check quotes and delimiters there"
    )


def test_a_large_file_is_read_in_several_parts_with_one_header(spark: Spark, tmp_path: Path) -> None:
    rows = 200_000
    lines = "".join(f"{row},{'x' * 90}\n" for row in range(rows))
    (tmp_path / "a.csv").write_text(f"id,a\n{lines}")
    import narwhals as nw

    frame = spark.located(str(tmp_path / "a.csv")).frame
    assert frame.to_native().rdd.getNumPartitions() > 1
    told = spark.collected(frame.select(nw.len().alias("n"), nw.col("0").cast(nw.Int64).sum().alias("sum")))
    assert told.rows() == [(rows, rows * (rows - 1) // 2)]


def test_csv_files_of_a_folder_have_to_begin_alike(spark: Spark, tmp_path: Path) -> None:
    for name, mark in (("a", ""), ("b", "\ufeff")):
        (tmp_path / f"{name}.csv").write_text(f"{mark}id,a\n{name},1\n", encoding="utf-8")
    assert _rows(spark, spark.located(str(tmp_path))) == [("a", "1"), ("b", "1")]
    (tmp_path / "c.csv").write_text("a,id\n1,c\n")
    assert "c.csv has other columns than" in _fault(spark, tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty; export the responses again"),
        ("id,é\n1,2\n".encode("latin-1"), "the file is no text in UTF-8; export the responses as CSV in UTF-8"),
        ("id,é\n1,2\n".encode("utf-16"), "the file is no text in UTF-8; export the responses as CSV in UTF-8"),
        (b"sep=;\nid;a\n", "the first line is 'sep=;' and names no columns; take it out"),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_told(spark: Spark, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert _fault(spark, tmp_path / "a.csv").removeprefix(str(tmp_path / "a.csv")).endswith(told)


def test_a_folder_without_files_is_told(spark: Spark, tmp_path: Path) -> None:
    assert _fault(spark, tmp_path) == f"{tmp_path}: the folder holds no files; name a folder of Parquet or CSV files"


def test_a_folder_of_two_kinds_of_files_is_told(spark: Spark, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id\n1\n")
    pl.DataFrame({"id": [1]}).write_parquet(tmp_path / "a.parquet")
    assert "the folder holds both CSV and Parquet files" in _fault(spark, tmp_path)


@pytest.mark.parametrize("content", [b"no Parquet", b"PAR1 cut short"])
def test_what_is_no_parquet_is_told(spark: Spark, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    assert _fault(spark, path) == (
        f"{path}: {path} is no Parquet file, or was cut short; write it again, or name a CSV file *.csv"
    )


def test_a_parquet_file_that_is_damaged_inside_is_told(spark: Spark, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"a": range(100_000)}).write_parquet(path)
    content = bytearray(path.read_bytes())
    content[100:50_000] = bytes(49_900)
    path.write_bytes(content)
    assert _fault(spark, path) == (f"{path}: {path} could not be read, and is damaged; write it again, or leave it out")


def test_a_file_that_goes_away_is_told(spark: Spark, tmp_path: Path) -> None:
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "a.parquet")
    located = spark.located(str(tmp_path))
    (tmp_path / "a.parquet").unlink()
    with pytest.raises(ResponseError, match="a file of it went away while it was read"):
        spark.collected(located.frame, [located.name])


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("no/such/folder", "there is no such file or folder; check the path, as the cluster sees it"),
        ("nosuch.csv", "there is no such file or folder; check the path, as the cluster sees it"),
        ("nosuch", "there is no such table, and no such file"),
        ("some.where.nosuch", "there is no such table, and no such file"),
        ("`a b`.`c`", "there is no such table, and no such file"),
        ("a b", "this is neither a path nor the name of a table"),
        ("s3a://bucket/survey", "this Spark has no library for storage of that kind"),
    ],
)
def test_what_is_not_there_is_told(spark: Spark, source: str, told: str) -> None:
    assert _fault(spark, source).startswith(f"{source}: {told}")


def test_a_table_of_the_catalogue_is_found_by_its_name(spark: Spark, tmp_path: Path) -> None:
    session = spark._session
    session.sql("CREATE DATABASE survey")
    session.createDataFrame([(1, "x")], "id INT, `a.b` STRING").write.saveAsTable("survey.wave")
    located = spark.located("survey.wave")
    assert (located.headers, _rows(spark, located)) == (("id", "a.b"), [(1, "x")])
    assert _rows(spark, spark.located("spark_catalog.survey.wave")) == [(1, "x")]


def test_no_password_of_an_address_is_told(spark: Spark) -> None:
    fault = _fault_of(spark, "s3a://key:pa/ss@bucket/survey")
    assert fault.startswith("s3a://key@bucket/survey: ")
    assert "pa/ss" not in fault


def _fault_of(spark: Spark, source: str) -> str:
    with pytest.raises(ResponseError) as error:
        spark.located(source)
    return str(error.value)
