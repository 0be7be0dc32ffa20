"""Kinds: what a file is, by its name and by how it begins; and why what holds no responses is not read.

A name may lie: many tools write text and call it `.xls`. What a file begins with decides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

PROBE = 4096
EXPORT = "export the responses as CSV or XLSX"
STRUCTURE = "export the responses themselves, as CSV or XLSX"

# By suffix: what the file is, and what to do.
REFUSED: dict[str, tuple[str, str]] = {
    ".xml": ("this is XML, which is not read", EXPORT),
    ".lss": ("this is the structure of a LimeSurvey survey, not its responses", STRUCTURE),
    ".lsq": ("this is a question of a LimeSurvey survey, not its responses", STRUCTURE),
    ".lsg": ("this is a group of questions of a LimeSurvey survey, not its responses", STRUCTURE),
    ".lsa": ("this is an archive of a LimeSurvey survey", STRUCTURE),
    ".qsf": ("this is the structure of a Qualtrics survey, not its responses", STRUCTURE),
    ".zip": ("this is a ZIP archive", "unpack it and name the file of responses in it"),
    ".gz": ("this is a compressed file", "unpack it first"),
    ".7z": ("this is an archive", "unpack it and name the file of responses in it"),
    ".rar": ("this is an archive", "unpack it and name the file of responses in it"),
    ".pdf": ("this is a PDF, a page and not a table", EXPORT),
    ".doc": ("this is a Word document", EXPORT),
    ".docx": ("this is a Word document", EXPORT),
    ".rtf": ("this is a text document", EXPORT),
    ".odt": ("this is a text document", EXPORT),
    ".ppt": ("this is a presentation", EXPORT),
    ".pptx": ("this is a presentation", EXPORT),
    ".odp": ("this is a presentation", EXPORT),
    ".html": ("this is a web page", EXPORT),
    ".htm": ("this is a web page", EXPORT),
    ".xlsb": ("this is a binary workbook, which is not read", "save it as XLSX"),
    ".numbers": ("this is a Numbers document, which is not read", "export it as CSV or XLSX"),
    ".sps": ("this is SPSS syntax, not data", "run it in SPSS and save the data as .sav"),
    ".spv": ("this is SPSS output, not data", "save the data as .sav"),
    ".do": ("this is Stata syntax, not data", "run it in Stata and save the data as .dta"),
    ".rds": ("this is an R object, which is not read", "write it as CSV in R"),
    ".rdata": ("this is an R workspace, which is not read", "write the data as CSV in R"),
    ".sas7bdat": ("this is a SAS data set, which is not read", "export it as CSV"),
    ".feather": ("this is an Arrow file, which is not read", "write it as Parquet or CSV"),
    ".arrow": ("this is an Arrow file, which is not read", "write it as Parquet or CSV"),
    ".db": ("this is a database", EXPORT),
    ".sqlite": ("this is a database", EXPORT),
    ".mdb": ("this is a database", EXPORT),
    ".accdb": ("this is a database", EXPORT),
}

# By first bytes: a kind, and what the file is if that kind is no table.
MARKS: tuple[tuple[bytes, str, str], ...] = (
    (b"PK\x03\x04", "zip", ""),
    (b"PK\x05\x06", "zip", ""),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole", ""),
    (b"PAR1", "parquet", ""),
    (b"$FL2", "sav", ""),
    (b"$FL3", "sav", ""),
    (b"<stata_dta>", "dta", ""),
    (b"%PDF", "", "a PDF"),
    (b"\x7fELF", "", "a program"),
    (b"MZ", "", "a program"),
    (b"\xcf\xfa\xed\xfe", "", "a program"),
    (b"\xca\xfe\xba\xbe", "", "a program"),
    (b"\x89PNG", "", "a picture"),
    (b"\xff\xd8\xff", "", "a picture"),
    (b"GIF8", "", "a picture"),
    (b"BM", "", "a picture"),
    (b"II*\x00", "", "a picture"),
    (b"MM\x00*", "", "a picture"),
    (b"\x1f\x8b", "", "a compressed file"),
    (b"BZh", "", "a compressed file"),
    (b"\xfd7zXZ\x00", "", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "", "an archive"),
    (b"Rar!", "", "an archive"),
    (b"SQLite format 3\x00", "", "a database"),
    (b"{\\rtf", "", "a text document"),
    (b"ARROW1", "", "an Arrow file"),
)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE | re.DOTALL
)
XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)


def refused(path: Path) -> Fault | None:
    """Why a file is not read, by its suffix; None if that does not speak against it."""
    found = REFUSED.get(path.suffix.lower())
    return Fault(str(path), None, *found) if found else None


def kind_of(path: Path) -> tuple[str, str]:
    """What a file is by its first bytes: "zip", "ole", "parquet", "sav", "dta", "text", or "" for what is no table.

    The second part says in words what that is.
    """
    with path.open("rb") as file:
        probe = file.read(PROBE)
    for mark, kind, words in MARKS:
        # two letters may begin a text as well
        if probe.startswith(mark) and (len(mark) > 2 or CONTROL.search(probe)):
            return kind, words
    bare = probe.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe")
    if HTML.match(bare):
        return "", "a web page"
    if XML.match(bare):
        return "", "XML"
    return "text", ""
