"""Small frameworks written inline: the test shows the YAML that matters, the frame around it stands here."""

from __future__ import annotations

from textwrap import dedent, indent

from readiness.framework.models import Framework
from tests.scoring.running import loaded_text

HEAD = """\
format: 1
id: small
version: "1"
languages: [en, fr]
context:
  role: {options: {employee: {en: Employee, fr: Salarié}, manager: {en: Manager, fr: Responsable}}}
  unit: {}
  months: {}
scales:
  five:
    options:
      - {value: 1, label: {en: Never, fr: Jamais}}
      - {value: 2, label: {en: Rarely, fr: Rarement}}
      - {value: 3, label: {en: Sometimes, fr: Parfois}}
      - {value: 4, label: {en: Often, fr: Souvent}}
      - {value: 5, label: {en: Always, fr: Toujours}}
  yes_no: {options: [{value: 0, label: {en: No, fr: Non}}, {value: 1, label: {en: Yes, fr: Oui}}]}
  odd:
    options:
      - {value: -2, label: {en: Minus two, fr: Moins deux}}
      - {value: 0, label: {en: Zero, fr: Zéro}}
      - {value: 8, label: {en: Eight, fr: Huit}}
  scored:
    options:
      - {value: 1, score: 0, label: {en: Yellow, fr: Jaune}}
      - {value: 2, score: 10, label: {en: Green, fr: Vert}}
      - {value: 3, score: 4, label: {en: Blue, fr: Bleu}}
missing: {dk: {en: Don't know, fr: Ne sait pas}, na: {en: Not applicable, fr: Sans objet}}
"""


def items(**said: str) -> str:
    """Items as one YAML flow mapping: `items(A="scale: five", B="scale: five, weight: 2")`."""
    return "{" + ", ".join(f"{name}: {{text: {{en: {name}, fr: {name}}}, {rest}}}" for name, rest in said.items()) + "}"


def percent(*names: str) -> dict[str, str]:
    """Dimensions part: indicators of desired high, each with one number item 0-100 (`x` has item `X`)."""
    return {name: f"{{desired: high, items: {items(**{name.upper(): HUNDRED})}}}" for name in names}


HUNDRED = "type: number, min: 0, max: 100"


def framework(scenarios: str = "", head: str = "", extra: str = "", **indicators: str) -> Framework:
    """One dimension `culture` with these indicators (YAML flow mappings); `extra` are lines of the questionnaire."""
    lines = "".join(f"  {name}: {said}\n" for name, said in indicators.items())
    return files(scenarios, head, culture=f"{dedent(extra)}indicators:\n{lines}")


def files(scenarios: str = "", head: str = "", /, **questionnaires: str) -> Framework:
    """Several dimensions: the body of each questionnaire without its `dimension:` line."""
    top = HEAD + f"questionnaires: [{', '.join(f'{name}.yaml' for name in questionnaires)}]\n" + dedent(head)
    texts = [(f"{name}.yaml", f"dimension: {name}\n{dedent(body)}") for name, body in questionnaires.items()]
    if scenarios:
        top += "scenarios: scenarios.yaml\n"
        texts.append(("scenarios.yaml", dedent(scenarios)))
    return loaded_text(("framework.yaml", top), *texts)


def scenario(when: str, name: str = "story", extra: str = "") -> str:
    """One scenario: `when` is a YAML flow mapping."""
    return f"{name}:\n  title: {{en: {name}, fr: {name}}}\n  when: {when}\n{indent(dedent(extra), '  ')}\n"
