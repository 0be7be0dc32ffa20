"""A logo is judged where it is read: whole, of its kind, of a size, and nothing that would take long to draw."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.report.theme.logo import NoLogoError, picture
from readiness.report.theme.raster import MOST_ACROSS, MOST_PIXELS, NoRasterError, raster_size
from readiness.report.theme.vector import NoVectorError, vector_size

Maker = Callable[[int, int], bytes]
SIDE = st.integers(1, 4000)


def svg(inside: str = "", says: str = 'width="100" height="40"', before: str = "") -> bytes:
    return f'{before}<svg xmlns="http://www.w3.org/2000/svg" {says}>{inside}</svg>'.encode()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    head = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return head + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"\x12\x34" + b"\xff\xd9"


def webp(kind: bytes, content: bytes) -> bytes:
    inside = b"WEBP" + kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside


def lossy(width: int, height: int) -> bytes:
    return webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height))


def lossless(width: int, height: int) -> bytes:
    return webp(b"VP8L", b"\x2f" + struct.pack("<I", width - 1 | (height - 1) << 14))


RASTERS: Mapping[str, Sequence[Maker]] = {"image/png": [png], "image/jpeg": [jpeg], "image/webp": [lossy, lossless]}
ANY = [(media, make) for media, makers in RASTERS.items() for make in makers]


@pytest.mark.parametrize(("media", "make"), ANY)
@given(SIDE, SIDE)
def test_a_picture_s_size_is_what_its_header_says(media: str, make: Maker, width: int, height: int) -> None:
    assert raster_size(media, make(width, height)) == (width, height)


@pytest.mark.parametrize(("media", "make"), ANY)
@given(st.data())
def test_a_picture_that_is_cut_off_is_none(media: str, make: Maker, data: st.DataObject) -> None:
    whole = make(20, 10)
    with pytest.raises(NoRasterError):
        raster_size(media, whole[: data.draw(st.integers(0, len(whole) - 1))])


@pytest.mark.parametrize("media", RASTERS)
@given(st.binary(max_size=80))
def test_whatever_the_bytes_a_picture_has_a_size_or_is_refused(media: str, tail: bytes) -> None:
    for make in RASTERS[media]:
        try:
            width, height = raster_size(media, make(20, 10)[:14] + tail)
        except NoRasterError:
            continue
        assert 0 < width <= MOST_ACROSS
        assert 0 < height <= MOST_ACROSS
        assert width * height <= MOST_PIXELS


@pytest.mark.parametrize("size", [(0, 0), (60_000, 60_000), (MOST_ACROSS + 1, 1), (5000, 5000)])
def test_a_picture_of_no_size_or_of_too_many_pixels_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(NoRasterError):
        raster_size("image/png", png(*size))


def test_a_canvas_without_a_picture_is_no_webp() -> None:
    with pytest.raises(NoRasterError, match="no whole WebP"):
        raster_size("image/webp", webp(b"VP8X", b"\0" * 4 + b"\x09\0\0\x09\0\0"))


@pytest.mark.parametrize(
    ("says", "size"),
    [
        ('width="100" height="40"', (100, 40)),
        ('viewBox="0 0 200 60"', (200, 60)),
        ('width="100%" height="100%" viewBox="-5,-5, 200,60"', (200, 60)),
        ('width="1in" height="36pt"', (96, 48)),
    ],
)
def test_a_drawing_s_size(says: str, size: tuple[float, float]) -> None:
    assert vector_size(svg(says=says)) == size


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (svg(says=""), "does not say how large"),
        (svg(says='width="nan" height="inf"'), "no length"),
        (svg(says='width="-5" height="0"'), "not between 0 and 10,000"),
        (svg(says='width="1e30" height="1e30"'), "not between 0 and 10,000"),
        (svg(says='viewBox="0 0 0 0"'), "not between 0 and 10,000"),
        (svg(says='viewBox="0 0 9"'), "not four numbers"),
        (b'<svg width="4" height="4"/>', "no SVG"),
        (b"<html/>", "no SVG"),
        (b"", "no SVG"),
        (svg()[:-6], "is not whole"),
        (svg("<rect>"), "is not whole"),
        (svg("é").decode().encode("latin-1"), "not UTF-8"),
        (svg("<g>" * 200 + "</g>" * 200), "within one another"),
        (svg("<g/>" * 6000), "more than 5000 elements"),
        (svg("<filter/>" * 51), "more than 50 elements <filter>"),
        (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "aa">]>'), "entities"),
        (svg("&a;", before='<!DOCTYPE svg SYSTEM "file:///a.dtd">'), "entities"),
        (svg('<image href="https://example.com/x.png"/>'), "refers to 'https://example.com/x.png'"),
        (svg('<image href="file:///etc/hosts"/>'), "refers to 'file:///etc/hosts'"),
        (svg('<use href="other.svg#a"/>'), "refers to 'other.svg#a'"),
        (svg('<image href="data:image/svg+xml,x"/>'), "not PNG, JPEG or WebP"),
        (svg('<image href="data:image/png;base64,!"/>'), "cannot be read"),
        (
            svg(f'<image href="data:image/png;base64,{base64.b64encode(png(60_000, 60_000)).decode()}"/>'),
            "60000 by 60000 pixels",
        ),
    ],
)
def test_a_drawing_that_is_refused_and_why(data: bytes, words: str) -> None:
    with pytest.raises(NoVectorError) as caught:
        vector_size(data)
    assert words in caught.value.what
    assert caught.value.mend


def layers(depth: int, times: int, refer: str) -> str:
    """Groups that each refer several times to the one before. refer: what an element does that refers to {}."""
    return '<g id="a0"><rect/></g>' + "".join(
        f'<g id="a{layer}">{refer.format(f"a{layer - 1}") * times}</g>' for layer in range(1, depth + 1)
    )


@pytest.mark.parametrize("refer", ['<use href="#{}"/>', '<rect fill="url(#{})"/>', "<rect style=\"mask:url('#{}')\"/>"])
def test_what_is_drawn_by_reference_is_counted_before_it_is_drawn(refer: str) -> None:
    assert vector_size(svg(layers(2, 5, refer)))
    with pytest.raises(NoVectorError, match="draws more than 1000"):
        vector_size(svg(layers(8, 10, refer)))


def test_what_a_style_sheet_refers_to_is_counted_too() -> None:
    sheet = "".join(f".c{layer}{{fill:url(#a{layer})}}" for layer in range(8))
    patterns = "".join(
        f'<pattern id="a{layer}">' + f'<rect class="c{layer - 1}"/>' * 10 + "</pattern>" for layer in range(8)
    )
    with pytest.raises(NoVectorError, match="draws more than 1000"):
        vector_size(svg(f"<style>{sheet}</style>{patterns}"))


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<mask id="a"><rect mask="url(#a)"/></mask>',
    ],
)
def test_what_refers_to_itself_is_refused(inside: str) -> None:
    with pytest.raises(NoVectorError, match="refers to itself"):
        vector_size(svg(inside))


def test_gradients_and_reused_shapes_are_no_harm() -> None:
    stops = '<linearGradient id="g"><stop/><stop/></linearGradient><linearGradient id="h" href="#g"/>'
    sheet = "<style>.a{fill:url(#h)}</style>"
    shapes = '<path class="a"/>' * 600 + '<symbol id="s"><path/></symbol>' + '<use href="#s"/>' * 9
    assert vector_size(svg(stops + sheet + shapes)) == (100, 40)


def test_a_plain_doctype_of_older_programs_is_let_through() -> None:
    kind = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert vector_size(svg(before=f'<?xml version="1.0" encoding="UTF-8"?>{kind}')) == (100, 40)


def test_a_link_that_leads_out_of_the_engagement_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "engagement"
    inside.mkdir()
    (tmp_path / "secret.svg").write_bytes(svg())
    (inside / "own.svg").write_bytes(svg())
    (inside / "out.svg").symlink_to(tmp_path / "secret.svg")
    (inside / "in.svg").symlink_to("own.svg")
    (inside / "round.svg").symlink_to("round.svg")
    with pytest.raises(NoLogoError, match="outside the engagement"):
        picture(inside, "out.svg")
    with pytest.raises(NoLogoError, match="cannot be read"):
        picture(inside, "round.svg")
    assert picture(inside, "in.svg") == ("image/svg+xml", svg())


def test_an_engagement_that_is_itself_reached_by_a_link_has_its_logo(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "logo.svg").write_bytes(svg())
    (tmp_path / "link").symlink_to("real")
    assert picture(tmp_path / "link", "logo.svg")[1] == svg()
