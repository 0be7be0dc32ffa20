"""A logo from its file: a picture that a browser shows inside the page, small, and what its name says it is."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path, PurePath

from readiness.report.theme.raster import NoRasterError, raster_size
from readiness.report.theme.vector import NoVectorError, vector_size

MOST_BYTES = 100_000  # a report is mailed
TRIED = 64  # pixels, across and down
DPI = 96.0  # pixels of an inch, as in CSS
VECTOR = "image/svg+xml"
MEDIA: Mapping[str, str] = {
    ".svg": VECTOR,
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}


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
    data = _bytes(_beside(folder, name), name)
    if len(data) > MOST_BYTES:
        what = f"the logo {name!r} has more than {MOST_BYTES // 1000} kB"
        raise NoLogoError(what, "save it as SVG, or with fewer pixels: 600 across are enough")
    try:
        logo_size(media, data)
    except NoVectorError as error:
        raise NoLogoError(f"the logo {name!r} {error.what}", error.mend) from None
    except NoRasterError as error:
        raise NoLogoError(f"the logo {name!r} {error}", "save it again, 600 pixels across are enough") from None
    if media == VECTOR:
        _draw(name, data)
    return media, data


def logo_size(media: str, data: bytes) -> tuple[float, float]:
    """A logo's width and height in pixels.

    Raises:
        NoVectorError: it is no SVG that can be shown.
        NoRasterError: it is no picture of pixels that can be shown.
    """
    return vector_size(data) if media == VECTOR else raster_size(media, data)


def _draw(name: str, data: bytes) -> None:
    """Draw it small, where something is installed that draws: the last to say whether it can be."""
    try:
        import resvg_py
    except ImportError:
        return
    try:
        drawn = data.decode("utf-8")
        resvg_py.svg_to_bytes(svg_string=drawn, width=TRIED, height=TRIED, dpi=DPI, skip_system_fonts=True)
    except ValueError as error:
        said = " ".join(str(error).split())
        raise NoLogoError(f"the logo {name!r} cannot be drawn ({said})", "save it as plain SVG") from None


def _beside(folder: Path, name: str) -> Path:
    """The file itself, wherever a link leads: only what lies in the engagement is put into a report."""
    try:
        inside = folder.resolve()
        path = (inside / name).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # links that lead round in a circle
        raise _unreadable(name, error) from None
    if PurePath(name).is_absolute() or not path.is_relative_to(inside):
        raise NoLogoError(f"the logo {name!r} lies outside the engagement", "put it beside engagement.yaml")
    return path


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
        raise _unreadable(name, error) from None


def _unreadable(name: str, error: Exception) -> NoLogoError:
    what = f"the logo {name!r} cannot be read ({getattr(error, 'strerror', None) or error})"
    return NoLogoError(what, "check the file and its permissions")
