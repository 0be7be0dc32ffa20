"""Files of a data lake, read by DuckDB: what they hold, and what is wrong with them."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from readiness.faults import ResponseError
from readiness.responses.engines.duck import Duck
from tests.responses.engines.postgres import without_rights

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture
def duck() -> Iterator[Duck]:
    engine = Duck()
    yield engine
    engine.close()


def _rows(duck: Duck, source: str | Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    located = duck.located(str(source))
    assert located.frame.collect_schema().names() == [str(place) for place in range(len(located.headers))]
    return located.headers, duck.collected(located.frame).rows()


def _fault(duck: Duck, source: str | Path) -> str:
    with pytest.raises(ResponseError) as raised:
        duck.collected(duck.located(str(source)).frame)
    (fault,) = raised.value.faults
    return str(fault)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_file_is_read_as_text_whatever_separates_its_cells(
    duck: Duck, write: Write, delimiter: str, mark: str, end: str
) -> None:
    lines = ["respondent,unit,CUL11", "007,Ventes é,4.0", "r2,,NA"]
    path = write("survey.csv", mark + end.join(line.replace(",", delimiter) for line in lines) + end)
    assert _rows(duck, path) == (("respondent", "unit", "CUL11"), [("007", "Ventes é", "4.0"), ("r2", None, "NA")])


def test_cells_may_hold_quotes_delimiters_and_lines(duck: Duck, write: Write) -> None:
    path = write("survey.csv", 'respondent,"a ""long""\nheader"\nr1,"two\nlines, and ""more"""\nr2,""\n')
    assert _rows(duck, path) == (("respondent", 'a "long"\nheader'), [("r1", 'two\nlines, and "more"'), ("r2", None)])


def test_many_quoted_lines_are_read_in_full(duck: Duck, write: Write) -> None:
    cells = "".join(f'r{row},"line one\nline {row}"\n' for row in range(200_000))
    located = duck.located(str(write("survey.csv", f"respondent,comment\n{cells}")))
    table = duck.collected(located.frame)
    assert table.height == 200_000
    assert set(table["1"].str.split("\n").list.len()) == {2}


def test_lines_that_end_early_are_filled_up(duck: Duck, write: Write) -> None:
    path = write("survey.csv", "respondent,CUL11,CUL12\nr1,4\nr2,,5\nr3,1,2\n")
    assert _rows(duck, path)[1] == [("r1", "4", None), ("r2", None, "5"), ("r3", "1", "2")]


def test_columns_may_be_called_the_same_but_for_case(duck: Duck, write: Write) -> None:
    assert _rows(duck, write("survey.csv", "a,A,a,\n1,2,3,4\n")) == (("a", "A", "a", ""), [("1", "2", "3", "4")])


def test_the_line_by_which_excel_names_the_delimiter_is_none_of_the_table(duck: Duck, write: Write) -> None:
    assert _rows(duck, write("survey.csv", "sep=;\nrespondent;CUL11\nr1;4\n"))[1] == [("r1", "4")]


def test_a_compressed_csv_file_is_read(duck: Duck, write: Write) -> None:
    path = write("survey.csv.gz", gzip.compress(b'respondent,CUL11\nr1,"4"\n'))
    assert _rows(duck, path) == (("respondent", "CUL11"), [("r1", "4")])


def test_files_of_a_folder_are_one_table_in_whichever_order_their_columns_are(duck: Duck, write: Write) -> None:
    first = write("a.csv", "respondent,CUL11\nr1,4\n")
    write("b.csv", '"CUL11";respondent\n"5";r2\n')
    write("_SUCCESS", "")
    write(".b.csv.crc", "x")
    headers, rows = _rows(duck, first.parent)
    assert headers == ("respondent", "CUL11")
    assert sorted(map(str, rows)) == ["('r1', '4')", "('r2', '5')"]


def test_a_file_with_another_column_is_no_part_of_the_same_table(duck: Duck, write: Write) -> None:
    folder = write("a.csv", "respondent,CUL11\nr1,4\n").parent
    write("b.csv", "respondent,CUL11,CUL12\nr2,5,5\n")
    expected = (
        f"{folder}/a.csv: it has no column 'CUL12', which {folder}/b.csv has; name the files one by one, so that "
    )
    assert _fault(duck, folder) == f"{expected}who was not asked is told from who did not answer"


def test_parquet_keeps_its_types(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "survey.parquet"
    table = pl.DataFrame(
        {
            "respondent": ["r1", None],
            "CUL11": pl.Series([4, None], dtype=pl.Int8),
            "CUL12": [0.1, None],
            "yes": [True, None],
            "kind": pl.Series(["a", None], dtype=pl.Enum(["a", "b"])),
            "choices": [["x", "y"], None],
        }
    )
    table.write_parquet(path)
    located = duck.located(str(path))
    assert located.headers == tuple(table.columns)
    schema = located.frame.collect_schema()
    assert [str(dtype) for dtype in schema.values()] == [
        "String",
        "Int8",
        "Float64",
        "Boolean",
        "String",
        "List(String)",
    ]
    assert duck.collected(located.frame).rows() == table.cast({"kind": pl.String}).rows()


def test_folders_say_what_their_names_say(duck: Duck, tmp_path: Path) -> None:
    lake = tmp_path / "client=acme" / "lake"  # what is above the folder that is named says nothing
    for number, country in enumerate(["FR", "Côte d%27Ivoire", "__HIVE_DEFAULT_PARTITION__"]):
        folder = lake / f"wave=01/country={country}"
        folder.mkdir(parents=True)
        pl.DataFrame({"respondent": [f"r{number}"], "CUL11": [number]}).write_parquet(folder / f"part-{number}.parquet")
    (lake / "_SUCCESS").touch()
    headers, rows = _rows(duck, lake)
    assert headers == ("respondent", "CUL11", "wave", "country")
    assert sorted(rows) == [("r0", 0, "01", "FR"), ("r1", 1, "01", "Côte d'Ivoire"), ("r2", 2, "01", None)]


def test_folders_of_csv_say_what_their_names_say(duck: Duck, tmp_path: Path) -> None:
    for country in ("FR", "DE"):
        (tmp_path / f"country={country}").mkdir()
        (tmp_path / f"country={country}/part.csv").write_text(f"respondent,CUL11\n{country}1,4\n")
    headers, rows = _rows(duck, tmp_path)
    assert (headers, sorted(rows)) == (
        ("respondent", "CUL11", "country"),
        [("DE1", "4", "DE"), ("FR1", "4", "FR")],
    )


def test_files_whose_numbers_differ_in_type_lose_nothing(duck: Duck, tmp_path: Path) -> None:
    pl.DataFrame({"weight": [1]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"weight": [0.5]}).write_parquet(tmp_path / "b.parquet")
    pl.DataFrame({"weight": ["dk"]}).write_parquet(tmp_path / "c.parquet")
    assert sorted(_rows(duck, tmp_path / "[ab].parquet")[1]) == [(0.5,), (1.0,)]
    assert [cell for (cell,) in _rows(duck, tmp_path)[1] if cell == "dk"] == ["dk"]


def test_parquet_with_a_column_more_is_no_part_of_the_same_table(duck: Duck, tmp_path: Path) -> None:
    pl.DataFrame({"respondent": ["r1"], "CUL11": [1]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"respondent": ["r1"]}).write_parquet(tmp_path / "b.parquet")
    assert _fault(duck, tmp_path).startswith(f"{tmp_path}/b.parquet: it has no column 'CUL11', which {tmp_path}/a.parq")


def test_parquet_without_an_ending_is_known_by_its_first_bytes(duck: Duck, tmp_path: Path) -> None:
    pl.DataFrame({"CUL11": [4]}).write_parquet(tmp_path / "000000_0")
    assert _rows(duck, tmp_path) == (("CUL11",), [(4,)])


def test_a_pattern_names_several_files_and_a_file_called_so_itself(duck: Duck, tmp_path: Path) -> None:
    for name in ("a1.csv", "a2.csv", "b.csv", "a[12].csv"):
        (tmp_path / name).write_text(f"from\n{name}\n")
    assert _rows(duck, tmp_path / "a[12].csv")[1] == [("a[12].csv",)]
    assert sorted(_rows(duck, tmp_path / "a?.csv")[1]) == [("a1.csv",), ("a2.csv",)]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("survey.csv", "a,b\n1,2\n1,2,3\n", ", line 3: a line has 3 cells where the header names 2; check the quotes"),
        ("survey.csv", b"a,b\n1,\xe9\n", ": the text is not UTF-8; save it as UTF-8"),
        ("survey.csv", b"a,b\n" + b"1,2\n" * 100_000 + b"1,\xe9\n", ": the text is not UTF-8; save it as UTF-8"),
        ("survey.csv", 'a,b\n1,"2\n3,4\n', ", line 2: a quote is opened and not closed, or stands within a cell"),
        ("survey.csv", "", ": the file is empty; export the responses again"),
        ("survey.csv", "a,b\n", ": there are no rows in it; check which one is meant"),
        ("survey.parquet", "a,b\n1,2\n" * 100, ": this is no Parquet, or is damaged; export the responses again"),
        ("survey.parquet", "", ": this is no Parquet, or is damaged; export the responses again"),
        ("survey.csv.gz", b"a,b\n1,2\n", ": cannot be read (Not a gzipped file (b'a,')); check the file"),
        ("survey.xlsx", "x", ": this is neither Parquet nor CSV; score it without --engine"),
    ],
)
def test_what_is_wrong_with_a_file_is_one_sentence(
    duck: Duck, write: Write, name: str, content: str | bytes, told: str
) -> None:
    path = write(name, content)
    found = _fault(duck, path)
    without_line = f"{path}{found.removeprefix(str(path)).split(':', 1)[0]}"  # a line is told where DuckDB knows one
    assert found.startswith(f"{path}{told}") or (": " in told and found.startswith(f"{without_line}{told}"))
    assert "\n" not in found


def test_damaged_parquet_is_told(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "survey.parquet"
    pl.DataFrame({"CUL11": list(range(1000))}).write_parquet(path)
    data = bytearray(path.read_bytes())
    data[20:400] = bytes(380)
    path.write_bytes(data)
    assert _fault(duck, path) == f"{path}: this is no Parquet, or is damaged; export the responses again"


def test_a_file_that_is_not_there_is_told_with_the_nearest(duck: Duck, write: Write) -> None:
    path = write("survey.csv", "a\n1\n")
    wrong = path.with_name("suvrey.csv")
    assert _fault(duck, wrong) == f"{wrong}: there is no such file; did you mean {path}?"
    assert _fault(duck, path.with_name("x*.csv")) == f"{path.parent}/x*.csv: no file fits this pattern; check the path"


def test_an_empty_folder_is_told(duck: Duck, tmp_path: Path) -> None:
    assert _fault(duck, tmp_path) == f"{tmp_path}: there is no file of Parquet or CSV in this folder; check the path"


@pytest.mark.parametrize(
    ("books", "kind"),
    [
        ("_delta_log/00000000000000000000.json", "Delta"),
        ("metadata/v1.metadata.json", "Iceberg"),
        (".hoodie/x", "Hudi"),
    ],
)
def test_a_table_that_keeps_books_of_its_files_is_refused(duck: Duck, tmp_path: Path, books: str, kind: str) -> None:
    pl.DataFrame({"CUL11": [4]}).write_parquet(tmp_path / "part.parquet")
    (tmp_path / books).parent.mkdir()
    (tmp_path / books).write_text("{}")
    told = f"{tmp_path}: this is a {kind} table, of whose files not all may hold; score it by --engine spark"
    assert _fault(duck, tmp_path) == told


def test_parquet_and_csv_are_not_mixed(duck: Duck, write: Write, tmp_path: Path) -> None:
    write("a.csv", "CUL11\n4\n")
    pl.DataFrame({"CUL11": [4]}).write_parquet(tmp_path / "b.parquet")
    told = "there are files of Parquet and of CSV in it; name the files of one kind by a pattern"
    assert _fault(duck, tmp_path) == f"{tmp_path}: {told}"


def test_an_address_elsewhere_is_for_another_engine(duck: Duck) -> None:
    told = "s3a://key@lake/x: DuckDB reads files of this machine and databases; score it by --engine spark"
    assert _fault(duck, "s3a://key:secret@lake/x") == told


@pytest.mark.parametrize("closed", ["lake/wave/survey.parquet", "lake/wave", "lake"])
@pytest.mark.parametrize("named", ["lake/wave/survey.parquet", "lake/wave", "lake"])
def test_what_may_not_be_read_is_told(duck: Duck, closed: str, named: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # open to all above what is closed, as pytest's folders are not
        root = Path(name)
        root.chmod(0o755)
        (root / "lake/wave").mkdir(parents=True)
        pl.DataFrame({"CUL11": [4]}).write_parquet(root / "lake/wave/survey.parquet")
        (root / closed).chmod(0)
        with without_rights():
            told = _fault(duck, root / named)
        (root / closed).chmod(0o755)
    assert told.endswith(": may not be read; ask for the right to")


@pytest.mark.parametrize("rows", [5, 100_000])
def test_a_quote_that_is_never_closed_loses_no_rows_unseen(duck: Duck, write: Write, rows: int) -> None:
    path = write("survey.csv", 'a,b\n1,"x"\n2,"y\n' + "3,4\n" * rows)
    assert "quote" in _fault(duck, path)


def test_a_line_that_ends_early_beside_quotes_is_told(duck: Duck, write: Write) -> None:
    path = write("survey.csv", 'a,b\n1,"x"\n2\n')
    told = "a line has 1 cells where the header names 2; check the quotes and delimiters in it"
    assert _fault(duck, path) == f"{path}, line 3: {told}"
