"""A logo from its file: a picture that a browser shows inside the page, small, and what its name says it is."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from pathlib import Path, PurePath

MOST_BYTES = 100_000  # a report is mailed
MEDIA: Mapping[str, str] = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_BEGINS: Mapping[str, re.Pattern[bytes]] = {
    "image/svg+xml": re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg[\s>]", re.DOTALL),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
_TYPED = re.compile(rb"<!(?:DOCTYPE|ENTITY)[^>]*>", re.IGNORECASE)


class NoLogoError(Exception):
    """A file that cannot be a logo: what was found, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(what)


def picture(folder: Path, name: str) -> tuple[str, bytes]:
    """The MIME type and the bytes of a logo beside an engagement.

    Raises:
        NoLogoError: it is not there, too large, or no picture of the kind that its name says.
    """
    media = MEDIA.get(PurePath(name).suffix.lower())
    if media is None:
        raise NoLogoError(f"the logo {name!r} is of no kind that pages show", f"save it as {', '.join(MEDIA)}")
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
        raise NoLogoError(f"the logo {name!r} lies outside the engagement", "put it beside engagement.yaml")
    data = _bytes(folder / name, name)
    if len(data) > MOST_BYTES:
        what = f"the logo {name!r} has more than {MOST_BYTES // 1000} kB"
        raise NoLogoError(what, "save it as SVG, or with fewer pixels: 600 across are enough")
    if b"<!ENTITY" in data:
        raise NoLogoError(f"the logo {name!r} defines entities, which could expand without end", "save it as plain SVG")
    if not _BEGINS[media].match(_TYPED.sub(b"", data)):
        raise NoLogoError(f"the logo {name!r} is no {media.removeprefix('image/')} picture", "save it again as one")
    return media, data


def _bytes(path: Path, name: str) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever
            raise NoLogoError(f"the logo {name!r} is not a file", "name a picture beside engagement.yaml")
        with path.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        what = f"there is no logo {name!r} beside engagement.yaml"
        raise NoLogoError(what, "put it there, or correct its name") from None
    except (OSError, ValueError) as error:
        what = f"the logo {name!r} cannot be read ({getattr(error, 'strerror', None) or error})"
        raise NoLogoError(what, "check the file and its permissions") from None
