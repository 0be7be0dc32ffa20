"""How large a picture of pixels is, by its own header; and whether the file is whole.

Formats: PNG (W3C PNG 3, 5 and 11.2), JPEG (ITU-T T.81, B.1 and B.2), WebP (RFC 9649, 2 and 3).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping

MOST_ACROSS = 10_000  # pixels
MOST_PIXELS = 16_000_000  # unpacked, four bytes each

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # T.81, table B.1: the others of them define tables
_ALONE = frozenset(range(0xD0, 0xD9)) | {0x01}  # markers that nothing follows
_SCAN, _END = 0xDA, 0xD9
_14_BITS = 0x3FFF
_WEBP_PICTURES = frozenset((b"VP8 ", b"VP8L", b"ANMF"))

Size = tuple[int, int]  # width and height in pixels


class NoRasterError(Exception):
    """Bytes that are no whole picture, or too large a one: what was found."""


def raster_size(media: str, data: bytes) -> Size:
    """A picture's width and height in pixels.

    Raises:
        NoRasterError: it is none of its kind, not whole, or too large to be unpacked without harm.
    """
    try:
        width, height = _READERS[media](data)
    except (struct.error, IndexError):
        raise NoRasterError("ends in the middle") from None
    if width < 1 or height < 1:
        raise NoRasterError("has no width or no height")
    if max(width, height) > MOST_ACROSS or width * height > MOST_PIXELS:
        raise NoRasterError(f"is {width} by {height} pixels large")
    return width, height


def _png(data: bytes) -> Size:
    kinds: set[bytes] = set()
    size = 0, 0
    for kind, content in _png_chunks(data):
        if not kinds and kind != b"IHDR":
            break
        if kind == b"IHDR":
            size = struct.unpack(">II", content[:8])
        kinds.add(kind)
    if not {b"IHDR", b"IDAT", b"IEND"} <= kinds:
        raise NoRasterError("is no whole PNG picture")
    return size


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks up to the last one, each whole."""
    if not data.startswith(_SIGNATURE):
        raise NoRasterError("is no PNG picture")
    place, kind = len(_SIGNATURE), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        content = data[place + 8 : place + 8 + length]
        (check,) = struct.unpack_from(">I", data, place + 8 + length)
        if zlib.crc32(kind + content) != check:
            raise NoRasterError("is damaged")
        yield kind, content
        place += 12 + length


def _jpeg(data: bytes) -> Size:
    if not data.startswith(b"\xff\xd8\xff"):
        raise NoRasterError("is no JPEG picture")
    size: Size | None = None
    for marker, place in _jpeg_segments(data):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, place + 3)
            size = width, height
        elif marker == _SCAN and size and data.find(bytes((0xFF, _END)), place) > 0:
            return size
    raise NoRasterError("is no whole JPEG picture")


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Markers up to the first scan, each with where its length stands."""
    place, marker = 2, 0
    while marker not in (_SCAN, _END):
        if data[place] != 0xFF:
            raise NoRasterError("is damaged")
        while data[place] == 0xFF:  # of which any number may stand before a marker
            place += 1
        marker, place = data[place], place + 1
        yield marker, place
        if marker not in _ALONE:
            place += max(2, struct.unpack_from(">H", data, place)[0])


def _webp(data: bytes) -> Size:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise NoRasterError("is no WebP picture")
    (length,) = struct.unpack_from("<I", data, 4)
    if length + 8 > len(data):
        raise NoRasterError("ends in the middle")
    chunks = list(_webp_chunks(data[: length + 8]))
    sizes = [size for kind, content in chunks for size in _webp_size(kind, content)]
    if not sizes or _WEBP_PICTURES.isdisjoint(kind for kind, _ in chunks):
        raise NoRasterError("is no whole WebP picture")
    return max(size[0] for size in sizes), max(size[1] for size in sizes)


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 12
    while place < len(data):
        kind, length = struct.unpack_from("<4sI", data, place)
        content = data[place + 8 : place + 8 + length]
        if len(content) < length:
            raise NoRasterError("ends in the middle")
        yield kind, content
        place += 8 + length + length % 2


def _webp_size(kind: bytes, content: bytes) -> Iterator[Size]:
    """What a chunk says of the size; the canvas alone (VP8X) is no picture yet, but must not be too large either."""
    if kind == b"VP8 ":
        if content[3:6] != b"\x9d\x01\x2a":
            raise NoRasterError("is damaged")
        width, height = struct.unpack_from("<HH", content, 6)
        yield width & _14_BITS, height & _14_BITS
    elif kind == b"VP8L":
        signature, bits = struct.unpack_from("<BI", content)
        if signature != 0x2F:
            raise NoRasterError("is damaged")
        yield (bits & _14_BITS) + 1, ((bits >> 14) & _14_BITS) + 1
    elif kind == b"VP8X":
        yield int.from_bytes(content[4:7], "little") + 1, int.from_bytes(content[7:10], "little") + 1


_READERS: Mapping[str, Callable[[bytes], Size]] = {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}
