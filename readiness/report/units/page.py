"""A unit's report as one HTML file: shorter than the report of the whole, and made by the thousand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from readiness.report.brief import standing
from readiness.report.carried import numbers_of, packed, with_numbers
from readiness.report.edition import PLAIN, Edition
from readiness.report.foreign import sayer
from readiness.report.imprint import imprint
from readiness.report.templates import html_environment, words
from readiness.report.units.extract import Extract
from readiness.report.units.hand import hand_of
from readiness.report.units.view import UnitReport, unit_report
from readiness.report.view import MIN_GROUP
from readiness.report.words import Reader

if TYPE_CHECKING:
    from readiness.scoring.result import Result

PAGE, INDEX = "unit/unit.html.j2", "unit/index.html.j2"
MARKS, HAND = "unit/marks.html.j2", "html/commentary.html.j2"
MOST_NAMED = 3  # indicators that are named of those that stand out


class Pages:
    """What the pages of one run share: the template, the reader, what is called for words."""

    def __init__(self, result: Result, language: str, edition: Edition = PLAIN) -> None:
        """The pages of one result.

        Raises:
            jinja2.TemplateError: an own template has a fault.
        """
        from markupsafe import Markup

        self.reader = Reader(result.framework.texts, language)
        self._result, self._commentary = result, edition.commentary
        self._min_group = int(self.reader.default("min_group", MIN_GROUP))
        environment = html_environment(edition.templates)
        self._template, self._index = environment.get_template(PAGE), environment.get_template(INDEX)
        speech = self.reader.speech
        self._aparts = {
            "better": speech.gettext("better"),
            "worse": speech.gettext("worse"),
            "higher": speech.gettext("higher"),
            "lower": speech.gettext("lower"),
        }
        shared = {
            "said": sayer(speech),
            "aparts": self._aparts,
            "imprint": imprint(self.reader, edition.theme),
            "language": speech.language,
            "leftward": speech.leftward,
            **words(speech, Markup),
        }
        # Imported in a page, its small parts would be made anew for each, and hold the page until it is tidied away.
        parts = {"marks": MARKS, "commentary": HAND}
        self._shared = {
            **shared,
            **{name: environment.get_template(template).make_module(shared) for name, template in parts.items()},
        }

    def page(self, extract: Extract, written: bytes, stem: str) -> str:
        """The page of one group. written: its extract as JSON. stem: of the file's name."""
        hand = hand_of(self.reader, self._result, self._commentary, extract.group)
        unit = unit_report(self.reader, extract, self._min_group, hand)
        text = self._template.render(
            unit=unit,
            stem=stem,
            headline=headline(self.reader, unit),
            standing_out=list(standing_out(self.reader, unit)),
            carried=packed(written),
            **self._shared,
        )
        figures = {key: part for key, part in json.loads(written).items() if key != "framework"}
        return with_numbers(text, numbers_of(figures))

    def index(self, facts: Mapping[str, Any]) -> Iterator[str]:
        """The index, piece by piece. facts: what it tells."""
        yield from self._index.generate(**facts, **self._shared)


def headline(reader: Reader, unit: UnitReport) -> str:
    """Where the group stands, in a sentence; and a second where the whole is assessed on more than it."""
    if not unit.risks:
        return reader.speech.gettext("What the answers say, dimension by dimension.")
    said = standing(reader.speech, len(unit.risks), len(unit.present), len(unit.open))
    return " ".join([said, *_spared(reader, unit)])


def _spared(reader: Reader, unit: UnitReport) -> Iterator[str]:
    speech, spared = reader.speech, unit.n_spared
    if spared:
        said = speech.ngettext(
            "Of %(all)s in all, %(n)s is assessed only for the whole organisation.",
            "Of %(all)s in all, %(n)s are assessed only for the whole organisation.",
            spared,
        )
        yield said % {"n": speech.number(spared), "all": speech.number(unit.n_known)}


def standing_out(reader: Reader, unit: UnitReport) -> Iterator[str]:
    """In how many indicators the group stands out from the others, and in which most, one sentence a side."""
    speech = reader.speech
    sides = {
        ("better", "rest"): speech.gettext("Better than the rest: %(indicators)s."),
        ("better", "everybody"): speech.gettext("Better than everybody: %(indicators)s."),
        ("worse", "rest"): speech.gettext("Worse than the rest: %(indicators)s."),
        ("worse", "everybody"): speech.gettext("Worse than everybody: %(indicators)s."),
    }
    for side, found in unit.standing_out.items():
        if not found:
            continue
        named = [str(one.line.title) for one in found[:MOST_NAMED]]
        more = len(found) - len(named)
        if more:
            said = speech.ngettext("%(n)s more indicator", "%(n)s more indicators", more)
            named.append(said % {"n": speech.number(more)})
        yield sides[side, unit.whom] % {"indicators": speech.listed(named)}
