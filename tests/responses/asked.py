"""A framework whose questions have texts worth matching, and exports of it made in a test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.export import Column, Export

FRAMEWORK = """\
format: 1
id: asked
version: "1"
languages: [en, fr]
questionnaires: [questions.yaml]
context:
  role: {title: {en: Role, fr: Rôle}, options: {manager: {en: Manager, fr: Encadrement}, staff: {en: Staff}}}
  unit: {title: {en: Unit, fr: Service}}
scales:
  often:
    options:
      - {value: 1, label: {en: Never, fr: Jamais}}
      - {value: 2, label: {en: Sometimes, fr: Parfois}}
      - {value: 3, label: {en: Often, fr: Souvent}}
      - {value: 4, label: {en: Very often, fr: "Très souvent, d’habitude"}, aliases: [Always]}
  ladder: {options: [{value: 0, label: {en: Not at all, fr: Pas du tout}}, {value: 1}, {value: 2}, {value: 3}]}
missing: {dk: {en: "Don't know", fr: Ne sait pas}, na: {en: Not applicable, fr: Sans objet}}
"""
QUESTIONS = """\
dimension: questions
indicators:
  first:
    desired: high
    items:
      CUL11:
        text:
          en: "In the last month, people from different units here helped one another solve a problem."
          fr: "Au cours du dernier mois, dans l’entreprise, on s’est entraidé entre services."
        scale: often
      CUL12:
        text:
          en: "In the last month, I showed colleagues a piece of my work while it was still unfinished."
          fr: "Au cours du dernier mois, j’ai montré à des collègues un travail encore inachevé."
        scale: often
      TRU1: {text: {en: "I trust my team.", fr: "J’ai confiance en mon équipe."}, scale: often}
      LAD1: {text: {en: "How far do you trust the company?", fr: "À quel point avez-vous confiance ?"}, scale: ladder}
      DAYS: {text: {en: "On how many days?", fr: "Combien de jours ?"}, type: number, min: 0, max: 31}
unscored:
  WHY: {type: text, text: {en: "What would you change first?", fr: "Que changeriez-vous d’abord ?"}}
"""


def asked(folder: Path) -> Framework:
    """The framework, written into a folder and loaded."""
    (folder / "framework.yaml").write_text(FRAMEWORK, encoding="utf-8")
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return load(folder)


def export(columns: Sequence[str | Mapping[str, Any]], *rows: Sequence[str | None], platform: str = "plain") -> Export:
    """An export: of each column its header, or whatever else there is to say of it."""
    described = [
        Column(place, **({"header": told, "text": told} if isinstance(told, str) else {"header": "", **told}))
        for place, told in enumerate(columns)
    ]
    cells = pl.DataFrame(
        {str(place): [row[place] for row in rows] for place in range(len(columns))},
        schema=dict.fromkeys(map(str, range(len(columns))), pl.String),
    )
    return Export(platform, "survey.csv", tuple(described), cells, pl.Series(range(2, len(rows) + 2), dtype=pl.UInt32))
