"""Files that mean harm, or came to some: each has to get a clear error or be read right, fast and in little memory.

`python benchmarks/hostile_files.py` prints seconds, peak memory, the exit code and the first line of stderr for each.
The bar: under 2 s and 300 MB, an exit code of 0, 1 or 2, and no traceback.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

READINESS = str(Path(sys.executable).parent / "readiness")
SECONDS, MEGABYTES = 2.0, 300
MB = 1 << 20
MOST_ADDRESSES = 8 << 30
WIDE, TALL = 5_000, 200
HEAD = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"


def workbook(path: Path, sheet: bytes, *, strings: bytes | None = None) -> None:
    """A workbook of which xlsxwriter made everything but the sheet."""
    frame = path.with_suffix(".frame")
    with xlsxwriter.Workbook(frame) as book:
        book.add_worksheet().write(0, 0, "CUL11")
    with zipfile.ZipFile(frame) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = sheet
            if name == "xl/sharedStrings.xml" and strings is not None:
                data = strings
            target.writestr(name, data)
    frame.unlink()


def bomb(path: Path, size: int) -> None:
    row = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    workbook(path, HEAD + row * (size // len(row)) + TAIL)


def honest_rows(path: Path, size: int) -> None:
    """Rows that differ: a large workbook, but packed no tighter than any survey, and so read."""
    rows, length, number = [HEAD], 0, 0
    while length < size:
        number += 1
        cells = "".join(
            f'<c r="{chr(65 + at)}{number}"><v>{(number * 7 + at * 13) % 5 + 1}</v></c>' for at in range(26)
        )
        rows.append(f'<row r="{number}">{cells}</row>'.encode())
        length += len(rows[-1])
    workbook(path, b"".join(rows) + TAIL)


def far_cell(path: Path) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    workbook(path, HEAD + cells + TAIL)


def long_string(path: Path) -> None:
    """One long text, named by many cells."""
    text = os.urandom(500_000).hex()
    strings = f'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{text}</t></si></sst>'
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_000))
    workbook(path, HEAD + cells.encode() + TAIL, strings=strings.encode())


def wide_csv(path: Path) -> None:
    names = ",".join(f"Q{n}" for n in range(WIDE))
    path.write_text(names + "\n" + (",".join(["4"] * WIDE) + "\n") * TALL)


def wide_workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"Q{n}" for n in range(WIDE)])
        for row in range(1, TALL + 1):
            sheet.write_row(row, 0, [row % 5 + 1] * WIDE)


def lying_sizes(path: Path) -> None:
    """A bomb whose directory says that it is small."""
    bomb(path, 200 * MB)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    path.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))


FILES: dict[str, Callable[[Path], object]] = {
    "bomb of 50 MB.xlsx": lambda path: bomb(path, 50 * MB),
    "bomb of 200 MB.xlsx": lambda path: bomb(path, 200 * MB),
    "bomb with a lying directory.xlsx": lying_sizes,
    "30 MB of honest rows.xlsx": lambda path: honest_rows(path, 30 * MB),
    "a cell far away.xlsx": far_cell,
    "one long text 50,000 times.xlsx": long_string,
    "NUL bytes.csv": lambda path: path.write_bytes(b"CUL11,CUL12\n" + b"\0\0,4\n" * 100_000),
    "ragged rows.csv": lambda path: path.write_text("CUL11,CUL12\n" + "4\n4,4,4\n" * 200_000),
    "5,000 columns.csv": wide_csv,
    "5,000 columns.xlsx": wide_workbook,
    "duplicate headers.csv": lambda path: path.write_text("CUL11,CUL11,CUL12\n4,5,4\n"),
    "a folder.csv": lambda path: path.mkdir(),
    "a program.csv": lambda path: shutil.copy("/bin/ls", path),
    "a program.xlsx": lambda path: shutil.copy("/bin/ls", path),
    "a quote never closed.csv": lambda path: path.write_bytes(b'CUL11,CUL12\n4,"4\n' + b"4,4\n" * (5 * MB)),
    "one line of 50 MB.csv": lambda path: path.write_bytes(b"x" * (50 * MB)),
    "one line of 25 million cells.csv": lambda path: path.write_bytes(b"4," * (25 * MB)),
    "nested 100,000 deep.json": lambda path: path.write_bytes(b"[" * 100_000 + b"]" * 100_000),
    "UTF-16 without a mark.csv": lambda path: path.write_bytes("respondent,CUL11\nr1,4\nr2,é\n".encode("utf-16-le")),
    "an empty file.csv": lambda path: path.write_bytes(b""),
    "an empty file.xlsx": lambda path: path.write_bytes(b""),
    "an archive cut in half.xlsx": lambda path: path.write_bytes(b"PK\x03\x04" + os.urandom(100_000)),
}


def make(name: str, path: Path) -> None:
    """One file, made by a process of its own: a process that is started begins with the peak memory of its parent."""
    maker = multiprocessing.Process(target=FILES[name], args=(path,))
    maker.start()
    maker.join()


def measured(path: Path) -> tuple[float, float, int, str]:
    """Seconds, peak megabytes, exit code and first line of stderr of scoring one file."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        command = sys.argv[1:] or [READINESS, "score"]
        process = subprocess.Popen([*command, str(path)], stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    first = text.replace(f"{path.parent}/", "").split("\n", 1)[0]
    return seconds, usage.ru_maxrss / 1024, process.returncode, "TRACEBACK" if "Traceback" in text else first


def main() -> None:
    """Every file made, scored, measured and taken away."""
    # what does get through takes its process down and not the machine
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in FILES:
            path = Path(folder) / name
            make(name, path)
            seconds, memory, code, said = measured(path)
            right = seconds < SECONDS and memory < MEGABYTES and code in (0, 1, 2) and said != "TRACEBACK"
            failed += not right
            mark = " " if right else "!"
            print(f"{mark} {name:36}{seconds:6.2f} s {memory:6.0f} MB  exit {code}  {said[:150]}", flush=True)
            path.rmdir() if path.is_dir() else path.unlink()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
