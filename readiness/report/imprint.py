"""Whose a report is, in its reader's language: client, firm, authors, day, a line on confidentiality, the logo."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from readiness.report.theme.records import Theme
from readiness.report.theme.style import foot, variables
from readiness.report.words import Reader, Said


@dataclass(frozen=True)
class Imprint:
    """Everything that says whose a report is; what nobody gave is ""."""

    client: str
    firm: str
    authors: str  # as an enumeration
    date: Said
    confidentiality: Said
    logo: str  # as the address of an `<img>`
    logo_alt: Said
    style: str  # CSS: the theme's colours and fonts, and the foot of a printed page

    @property
    def signature(self) -> tuple[str, ...]:
        """Who made it, and when."""
        return tuple(part for part in (self.firm, self.authors, self.date) if part)

    @property
    def signed(self) -> bool:
        """Whether anybody put a name or a day to it."""
        return bool(self.signature)

    @property
    def given(self) -> bool:
        """Whether there is any of it."""
        return bool(self.client or self.signed or self.confidentiality or self.logo or self.style)


def imprint(reader: Reader, theme: Theme) -> Imprint:
    """A theme as one reader sees it."""
    confidentiality = reader.say(theme.confidentiality)
    date = theme.date
    return Imprint(
        client=theme.client,
        firm=theme.firm,
        authors=reader.speech.listed(theme.authors),
        date=Said(reader.speech.date(date)) if isinstance(date, datetime.date) else reader.say(date),
        confidentiality=confidentiality,
        logo=theme.logo.uri if theme.logo else "",
        logo_alt=reader.say(theme.logo.alt) if theme.logo else Said(""),
        style="\n".join(part for part in (variables(theme), foot(confidentiality, theme.firm)) if part),
    )
