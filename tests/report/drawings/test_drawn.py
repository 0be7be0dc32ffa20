"""Charts say what the result says, without a page around them, and say it in the report's language."""

from __future__ import annotations

import json
import struct
import zlib
from functools import lru_cache
from typing import Any
from xml.etree import ElementTree

import pytest
import resvg_py

from readiness.language.speech import speak
from readiness.report.drawings import Drawing, drawings
from readiness.report.edition import Edition
from readiness.report.outline import outline
from readiness.report.theme import Theme
from readiness.report.view import view
from tests.report.building import HOSTILE, SHAPES, Inventor, invented_framework
from tests.report.reading import read, standing_at

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = [shape for shape in SHAPES if shape != "everything_hidden"]


@lru_cache
def drawn(shape: str, language: str = "en") -> tuple[Drawing, ...]:
    return drawings(speak(language), view(SHAPES[shape](), language))


def one(shape: str, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(next(drawing.svg for drawing in drawn(shape) if drawing.name == name))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", DRAWN)
def test_every_number_equals_the_result_s(shape: str, language: str) -> None:
    said = json.loads(SHAPES[shape]().to_json())
    found = 0
    for drawing in drawn(shape, language):
        for element in ElementTree.fromstring(drawing.svg).iter():
            at = element.get("data-at")
            if at:
                printed, digits = read("".join(element.itertext()), language)
                off = 1.0 if at.endswith("/target") else 0.5
                assert abs(printed - standing_at(said, at)) <= off * 10**-digits + 1e-9, (drawing.name, at)
                found += 1
    assert found > 3 or shape == "figures_hidden"


def test_every_figure_of_the_profile_and_of_every_answer_stands_in_a_chart() -> None:
    printed = {
        element.get("data-at")
        for drawing in drawn("ordinary")
        for element in ElementTree.fromstring(drawing.svg).iter()
    }
    texts = SHAPES["ordinary"]().framework.texts
    assert {f"overall/dimensions/{id_}/value" for id_ in texts["dimensions"]} <= printed
    assert {f"overall/items/{id_}/n" for id_ in texts["items"]} <= printed
    assert {f"overall/scenarios/{id_}/bounds/0" for id_ in texts["scenarios"]} <= printed


@pytest.mark.parametrize("shape", DRAWN)
def test_a_chart_knows_its_size_its_title_and_needs_nothing_from_elsewhere(shape: str) -> None:
    sections = [section.id for section in outline(speak("en"), view(SHAPES[shape](), "en"))]
    names = [drawing.name for drawing in drawn(shape)]
    assert len({name.lower() for name in names}) == len(names)
    assert [sections.index(drawing.section) for drawing in drawn(shape)] == sorted(
        sections.index(drawing.section) for drawing in drawn(shape)
    )
    for drawing in drawn(shape):
        root = ElementTree.fromstring(drawing.svg)
        assert root.get("viewBox") == f"0 0 {drawing.width} {drawing.height}"
        assert root.findtext(f"{SVG}title") == drawing.title
        assert root.findtext(f"{SVG}desc") == drawing.description
        assert "class=" not in drawing.svg
        assert not any(
            "script" in element.tag or ("href" in key and not value.startswith("#"))
            for element in root.iter()
            for key, value in element.items()
        )


def test_a_reader_without_style_sheets_draws_every_kind() -> None:
    kinds = {drawing.kind: drawing for drawing in drawn("analysed", "fr")}
    assert len(kinds) >= 8
    for drawing in kinds.values():
        picture = resvg_py.svg_to_bytes(svg_string=drawing.svg)
        assert size_of(picture) == (drawing.width, drawing.height)
        assert len(colours_of(picture)) > 5, drawing.name


def test_names_show_as_typed() -> None:
    said = "".join(one("hostile", "heat-unit").itertext()) + "".join(one("hostile", "heat-unit-2").itertext())
    assert [name for name in HOSTILE[:4] if name.replace(" ", "") not in said.replace("-", "").replace(" ", "")] == []


def test_hidden_groups_and_figures_are_hatched() -> None:
    make = Inventor(invented_framework())
    groups: list[tuple[dict[str, str | None], Any]] = [
        ({"unit": "Sales"}, make.group(20, hide=0.5)),
        ({"unit": "Legal"}, None),
    ]
    report = view(make.result(make.group(40, whole=True), groups), "en")
    hidden = sum(line.reading.state == "hidden" for row in report.tables[0].rows for line in row.dimensions)
    assert hidden > 0
    for drawing in drawings(speak("en"), report):
        if drawing.section == "groups":
            parts = ElementTree.fromstring(drawing.svg).iter(f"{SVG}rect")
            assert sum(part.get("y") == "2" and part.get("fill") == "url(#hatch)" for part in parts) == hidden + 1


def test_the_same_report_gives_the_same_bytes() -> None:
    assert drawings(speak("fr"), view(SHAPES["analysed"](), "fr")) == drawn("analysed", "fr")


def test_where_nothing_is_shown_nothing_is_drawn() -> None:
    assert drawn("everything_hidden") == ()


def size_of(png: bytes) -> tuple[int, int]:
    wide, high = struct.unpack(">II", png[16:24])
    return wide, high


def colours_of(png: bytes) -> set[bytes]:
    """Colours of a picture's raw rows; as rows are filtered some are none, but of a blank one there are few."""
    data, place = b"", 8
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        data += png[place + 8 : place + 8 + length] if kind == b"IDAT" else b""
        place += 12 + length
    raw = zlib.decompress(data)
    return {raw[i : i + 4] for i in range(0, len(raw) - 4, 4)}


def test_a_file_wears_the_theme_s_colours() -> None:
    edition = Edition(theme=Theme(light={"accent": "#4b2e83"}))
    themed = drawings(speak("en"), view(SHAPES["ordinary"](), "en", edition))
    assert "#4b2e83" in themed[0].svg
    assert "#0b4f6c" not in themed[0].svg
    assert "#4b2e83" not in drawn("ordinary")[0].svg
