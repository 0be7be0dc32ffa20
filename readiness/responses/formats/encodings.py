"""Encodings: the bytes of a text file into UTF-8 with plain line ends, whatever wrote them.

UTF-8 and UTF-16 are known by their marks, UTF-16 without one by its NUL bytes; else it is UTF-8 if it can be, a damaged
UTF-8 if most of its other characters are, and otherwise Windows' Western European code page, or the old Mac's where
the signs within words say so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError

if TYPE_CHECKING:
    from pathlib import Path

PROBE = 4096  # bytes looked at for the pattern of UTF-16
UTF_8, UTF_8_MARKED, CP1252 = "utf-8", "utf-8-sig", "cp1252"
MAC = "mac_roman"
FEWEST_MAC = 3  # letters in words that tell a Mac: fewer may be a mistyped sign
# Inside words: é, è, ü and so on in Mac OS Roman, where Windows-1252 has „, ‰, ™ and the like; and the other way round.
# 0xD5 is an apostrophe on a Mac; š, ž, œ and the apostrophe of Windows tell nothing.
MAC_LETTER = re.compile(rb"(?<=[A-Za-z])[\x81-\x84\x86-\x8b\x8d-\x90\x98\x99\x9b\x9d\x9f](?=[A-Za-z])")
WINDOWS_LETTER = re.compile(rb"(?<=[A-Za-z])[\xc0-\xd4\xd6\xd8-\xf6\xf8-\xff](?=[A-Za-z])")
LOST = "\ufffd"  # stands for what could not be decoded
SEP = re.compile(rb'\A"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)', re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Text:
    """What a text file holds.

    data: UTF-8 without a mark, lines ended by a newline, the last one too. encoding: what it was written in. sep: the
    delimiter that a first line `sep=;` names, which only Excel writes and hides; that line is taken away. damaged: some
    characters could not be decoded.
    """

    data: bytes
    encoding: str = UTF_8
    sep: str | None = None
    damaged: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def skipped(self) -> int:
        """How many lines of the file stand before the data."""
        return 0 if self.sep is None else 1


def encoding_of(data: bytes) -> str | None:
    """The encoding that a mark, the pattern of NUL bytes, or valid UTF-8 tells; None if none does."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if data.startswith(codecs.BOM_UTF8):
        return UTF_8_MARKED
    unmarked = _unmarked_utf_16(data[:PROBE])
    if unmarked:
        return unmarked
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError:
            return None
    return UTF_8


def _unmarked_utf_16(probe: bytes) -> str | None:
    """UTF-16 of mostly Western text has a NUL as every second byte."""
    pairs = len(probe) // 2
    if pairs < 2 or b"\0" not in probe:
        return None
    even, odd = (probe[start : 2 * pairs : 2].count(0) for start in (0, 1))
    if odd > 0.4 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.02 * pairs:
        return "utf-16-be"
    return None


def decoded(path: Path, data: bytes | None = None) -> Text:
    """The text of a file, or of these first bytes of it.

    Raises:
        ResponseError: the file is empty, or no text.
    """
    data = path.read_bytes() if data is None else data
    encoding = encoding_of(data)
    remarks: list[str] = []
    if encoding == UTF_8_MARKED:
        data = data[len(codecs.BOM_UTF8) :]
        if encoding_of(data) is None:
            encoding = None
    if encoding is None:
        encoding, data, told = _guessed(path, data)
        remarks.append(told)
    elif encoding.startswith("utf-16"):
        data = data.decode(encoding, errors="replace").encode(errors="replace")
    if b"\0" in data:
        found = "the file has NUL bytes, so it is no text"
        raise ResponseError([Fault(str(path), None, found, "export the responses as CSV in UTF-8")])
    sep = SEP.match(data)
    if sep:
        data = data[sep.end() :]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = data.removesuffix(b"\x1a")  # how DOS ends a file
    if not data.strip():
        raise ResponseError([Fault(str(path), None, "the file is empty", "export the responses again")])
    if not data.endswith(b"\n"):
        data += b"\n"
    return Text(data, encoding, sep[1].decode() if sep else None, LOST.encode() in data, tuple(remarks))


def _is_mac(data: bytes) -> bool:
    """Whether the signs inside words are letters in Mac OS Roman, and hardly ever letters in Windows-1252."""
    found = len(MAC_LETTER.findall(data))
    return found >= FEWEST_MAC and found > 2 * len(WINDOWS_LETTER.findall(data))


def _guessed(path: Path, data: bytes) -> tuple[str, bytes, str]:
    """What cannot be UTF-8 as it stands: damaged UTF-8, or an older code page. The last part says which."""
    text = data.decode(errors="replace")
    lost = text.count(LOST)
    right = len(text) - len(text.encode("ascii", errors="ignore")) - lost
    if right > 2 * lost:
        line = text.count("\n", 0, text.index(LOST)) + 1
        told = f"{path}, line {line}: the text is damaged; {lost} characters here and below are lost, shown as {LOST}"
        return UTF_8, text.encode(), told
    if _is_mac(data):
        told = (
            f"{path}: the text is not UTF-8 but looks like Mac OS Roman (saved by Excel on a Mac), and is read as that"
        )
        return MAC, data.decode(MAC).encode(), told
    text = data.decode(CP1252, errors="replace")
    return CP1252, text.encode(), f"{path}: the text is not UTF-8, so it is read as Windows-1252 (Western European)"
