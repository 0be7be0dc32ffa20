"""What a drawing may refer to: parts of itself, and small pictures that are written into it."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from readiness.framework.ledger import quoted
from readiness.report.theme.raster import NoRasterError, raster_size

_EMBEDDED = re.compile(r"data:(image/(?:png|jpeg|webp))((?:;[^;,]*)*),(.*)", re.DOTALL | re.IGNORECASE)
_KINDS = "PNG, JPEG or WebP"


class NoReferenceError(Exception):
    """A reference that no drawing needs: what was found, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(what)


def judge_reference(href: str) -> None:
    """Whether a reference stays inside the drawing.

    Raises:
        NoReferenceError: it leads out of it, or to a picture that cannot be shown or is too large.
    """
    address = href.strip()
    if not address or address.startswith("#"):
        return
    if not address.lower().startswith("data:"):
        what = f"refers to {quoted(address)}, which is not in it"
        raise NoReferenceError(what, "embed what it shows, or remove the reference: nothing is fetched")
    found = _EMBEDDED.fullmatch(address)
    if found is None:
        raise NoReferenceError(f"holds a picture that is not {_KINDS}", "embed one of these, or draw it")
    media, parameters, content = found[1].lower(), found[2].lower(), found[3]
    try:
        raster_size(media, _unpacked(content, is_base64=parameters.endswith(";base64")))
    except (NoRasterError, binascii.Error, ValueError) as error:
        what = f"holds a picture that {error if isinstance(error, NoRasterError) else 'cannot be read'}"
        raise NoReferenceError(what, "embed a whole picture with fewer pixels") from None


def _unpacked(content: str, *, is_base64: bool) -> bytes:
    plain = unquote_to_bytes(content)
    return base64.b64decode(b"".join(plain.split()), validate=True) if is_base64 else plain
