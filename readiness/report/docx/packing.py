"""A document as one file: the same content gives the same bytes."""

from __future__ import annotations

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP archive can tell


def repacked(content: bytes) -> bytes:
    """An archive whose members say nothing of when and where they were written."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for member in before.infolist():
            plain = zipfile.ZipInfo(member.filename, EPOCH)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.create_system = 0
            after.writestr(plain, before.read(member))
    return packed.getvalue()


def packed(parts: dict[str, str]) -> bytes:
    """Texts as the members of an archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, text in parts.items():
            whole.writestr(zipfile.ZipInfo(name, EPOCH), text)
    return archive.getvalue()
