"""A small framework, and what a test changes in it."""

from __future__ import annotations

from pathlib import Path

from readiness.framework.loading import load
from readiness.framework.models import Framework

FRAMEWORK = """\
format: 1
id: small
version: "1"
languages: [en, fr]
questionnaires: [questions.yaml]
context:
  role: {options: {manager: {en: Manager, fr: Encadrement}, employee: {en: Employee, fr: Personnel}}}
  unit: {}
scales:
  often:
    options:
      - {value: 1, label: {en: Never, fr: Jamais}}
      - {value: 2, label: {en: Half the time, fr: "La moitié du temps"}, aliases: ["2 - Half"]}
      - {value: 3.5, label: {en: "Always, or nearly so", fr: "D’habitude"}}
missing: {dk: {en: "Don't know", fr: Ne sait pas}, na: {en: Not applicable, fr: Sans objet}}
"""
QUESTIONS = """\
dimension: questions
indicators:
  first:
    desired: high
    items:
      A1: {text: {en: a, fr: a}, scale: often}
      A2: {text: {en: b, fr: b}, scale: often, reversed: true}
  size:
    desired: high
    scope: organisation
    items:
      N1: {text: {en: n, fr: n}, type: number, min: -10, max: 5000}
unscored:
  WHY: {type: text, text: {en: why, fr: pourquoi}}
"""


def small(folder: Path) -> Framework:
    """The framework, written into a folder and loaded."""
    (folder / "framework.yaml").write_text(FRAMEWORK, encoding="utf-8")
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return load(folder)
