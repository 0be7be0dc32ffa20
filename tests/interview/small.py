"""A small framework for the interview's tests: two dimensions, roles, an `ask_if`, a number, open questions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.framework.models import Framework

FILES = {
    "framework.yaml": """
format: 1
id: small
version: "1.0"
languages: [en, fr]
title: {en: Small check, fr: Petit bilan}
questionnaires: [work.yaml, mail.yaml]
context:
  role:
    title: {en: "What is your role?", fr: "Quelle est votre fonction ?"}
    options:
      employee: {en: Employee, fr: Membre du personnel}
      manager: {en: Manager, fr: Responsable}
  unit: {}
scales:
  frequency:
    options:
      - {value: 1, label: {en: Never, fr: Jamais}}
      - {value: 2, label: {en: Rarely, fr: Rarement}}
      - {value: 3, label: {en: Sometimes, fr: Parfois}}
      - {value: 4, label: {en: Often, fr: Souvent}}
      - {value: 5, label: {en: Always, fr: Toujours}}
missing:
  dk: {en: "Don't know", fr: Ne sait pas}
  na: {en: Not applicable, fr: Sans objet}
""",
    "work.yaml": """
dimension: work
title: {en: Work, fr: Travail}
indicators:
  help_given:
    desired: high
    items:
      W1: {text: {en: I helped another unit., fr: "J'ai aidé un autre service."}, scale: frequency}
      W2: {text: {en: "Help came in > 1 day.", fr: "L'aide est venue."}, scale: frequency, ask_if: {W1: {at_least: 3}}}
  help_found:
    desired: high
    items:
      W3: {text: {en: I found help., fr: "J'ai trouvé de l'aide."}, scale: frequency, core: false}
      W4: {text: {en: My team was helped., fr: Mon équipe a été aidée.}, scale: frequency, roles: [manager]}
unscored:
  OPEN1:
    type: text
    core: false
    text: {en: "What must a newcomer never do?", fr: "Que ne faut-il jamais faire ici ?"}
""",
    "mail.yaml": """
dimension: mail
title: {en: Mail, fr: Courriel}
indicators:
  mail_load:
    desired: low
    items:
      M1: {text: {en: Mails a day, fr: Courriels par jour}, type: number, min: 0, max: 500}
      M2: {text: {en: Mail is too much., fr: Trop de courriels.}, scale: frequency, ask_if: {M1: {at_least: 10}}}
unscored:
  CHOICE1:
    type: choice
    text: {en: "Why do you take part?", fr: "Pourquoi participez-vous ?"}
    options:
      - {value: 1, label: {en: Because I gain by it, fr: "J'y gagne"}}
      - {value: 2, label: {en: Because others do, fr: Les autres le font}}
""",
}


def write(folder: Path) -> Path:
    """The framework as files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@lru_cache
def build() -> Framework:
    """The framework, loaded."""
    from readiness.framework.loading import load

    with TemporaryDirectory() as folder:
        return load(write(Path(folder)))
