"""Whatever is wrong with an archive is told as one fault, and a trap is known by its directory."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import Fault, InputError
from readiness.zips import HARMLESS, MOST_RATIO, is_tight, opened

DAMAGED = InputError([Fault("a.zip", None, "it is damaged", "save it again")])


def archive(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("part", content)
    return packed.getvalue()


GOOD = archive(bytes(range(256)) * 4)


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_byte_that_is_wrong_is_told_or_does_no_harm(place: int, by: int) -> None:
    bent = bytearray(GOOD)
    bent[place] ^= by
    try:
        with opened(io.BytesIO(bent), DAMAGED) as whole:
            contents = [whole.read(name) for name in whole.namelist()]
    except InputError as error:
        assert error is DAMAGED
    else:
        assert contents in ([], [bytes(range(256)) * 4])


@given(st.integers(0, len(GOOD) - 1))
def test_an_archive_that_is_cut_is_damaged(length: int) -> None:
    with pytest.raises(InputError, match="it is damaged"), opened(io.BytesIO(GOOD[:length]), DAMAGED) as whole:
        whole.read("part")


def test_a_fault_found_inside_is_told_as_itself() -> None:
    other = InputError([Fault("a.zip", None, "it has macros", "save it without")])
    with pytest.raises(InputError, match="it has macros"), opened(io.BytesIO(GOOD), DAMAGED):
        raise other


@pytest.mark.parametrize(
    ("unpacked", "packed", "tight"),
    [
        (HARMLESS, 1, False),
        (HARMLESS + 1, 1, True),
        (HARMLESS * 100, HARMLESS * 100 // MOST_RATIO + 1, False),
        (HARMLESS * 100, HARMLESS * 100 // MOST_RATIO - 1, True),
        (HARMLESS + 1, 0, True),
    ],
)
def test_only_what_is_large_and_packed_as_nothing_real_is_a_trap(unpacked: int, packed: int, tight: bool) -> None:
    part = zipfile.ZipInfo("part")
    part.file_size, part.compress_size = unpacked, packed
    assert is_tight(part) is tight
