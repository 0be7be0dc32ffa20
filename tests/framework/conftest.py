"""Frameworks written for one test: a good one, and what a test changes in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

FRAMEWORK = """\
format: 1
id: small
version: "1"
languages: [en, fr]
title: {en: Small, fr: Petit}
questionnaires: [culture.yaml]
scenarios: scenarios.yaml
sources: {S1: {title: A work}}
context:
  role: {options: {employee: {en: Employee, fr: Salarié}, manager: {en: Manager, fr: Encadrement}}}
  unit: {}
scales:
  agreement:
    options:
      - {value: 1, label: {en: Disagree, fr: Pas d'accord}}
      - {value: 2, label: {en: Neither, fr: Ni l'un ni l'autre}}
      - {value: 3, label: {en: Agree, fr: D'accord}}
"""
CULTURE = """\
dimension: culture
title: {en: Culture, fr: Culture}
about: {en: What people do., fr: Ce que font les gens.}
indicators:
  lived:
    desired: high
    title: {en: Lived, fr: Vécue}
    about: {en: What happens., fr: Ce qui se passe.}
    items:
      CUL01: {text: {en: We help., fr: On aide.}, scale: agreement}
      CUL02: {text: {en: We ask., fr: On demande.}, scale: agreement, ask_if: {CUL01: {at_least: 2}}}
  pushed:
    desired: low
    title: {en: Pushed, fr: Poussée}
    about: {en: What is urged., fr: Ce qui est réclamé.}
    items:
      CUL03: {text: {en: We are told., fr: On nous dit.}, scale: agreement, roles: [employee]}
"""
SCENARIOS = """\
push:
  title: {en: Push, fr: Poussée}
  when: {all: [{high: pushed}, {low: lived}]}
  story: {en: A story., fr: Une histoire.}
  early_signs: [{en: A sign., fr: Un signe.}]
  consequences: [{en: An end., fr: Une fin.}]
  responses: [{relieves: lived, do: {en: Help., fr: Aider.}}]
  contrast: {en: Another., fr: Un autre.}
"""
GOOD = {"framework.yaml": FRAMEWORK, "culture.yaml": CULTURE, "scenarios.yaml": SCENARIOS}

Write = Callable[..., Path]


@pytest.fixture
def good() -> dict[str, str]:
    """The files of a framework without a fault or a warning."""
    return dict(GOOD)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the good framework, with some files replaced; gives back its folder."""

    def writer(files: dict[str, str | bytes] | None = None, **stems: str | bytes) -> Path:
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        changed = {f"{stem}.yaml": text for stem, text in stems.items()}
        for name, text in {**GOOD, **(files or {}), **changed}.items():
            (folder / name).write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return folder

    return writer


@pytest.fixture
def questionnaire(write: Write) -> Callable[[str], Path]:
    """Write a framework with one questionnaire of one's own and no scenarios."""
    header = FRAMEWORK.replace("scenarios: scenarios.yaml\n", "")

    def writer(text: str, header: str = header) -> Path:
        folder = write(framework=header, culture=text)
        (folder / "scenarios.yaml").unlink()
        return folder

    return writer
