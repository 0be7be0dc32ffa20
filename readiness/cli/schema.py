"""`readiness schema`: JSON Schemas of the result and of a framework's files, and a catalogue to be translated."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from readiness.faults import Fault, UsageError

EXAMPLES = """Examples:

readiness schema > result.schema.json

readiness schema questionnaire > questionnaire.schema.json

readiness schema catalogue --lang it > it.po"""


class Kind(StrEnum):
    """What a schema is for."""

    result = "result"
    framework = "framework"
    questionnaire = "questionnaire"
    scenarios = "scenarios"
    catalogue = "catalogue"


def schema(
    kind: Annotated[Kind, typer.Argument(help="What the schema is for.")] = Kind.result,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="L", help="The language of a catalogue, such as it.", show_default=False),
    ] = None,
) -> None:
    """Print the JSON Schema of a result or of one of a framework's YAML files, or a catalogue to be translated."""
    from readiness.cli.talk import give

    give(_catalogue(lang) if kind is Kind.catalogue else _schema(kind, lang))


def _catalogue(lang: str | None) -> str:
    """Every message of the interface and the report, as a `.po` file.

    Raises:
        UsageError: no language was named.
    """
    from readiness.language.translating import to_translate

    if not lang:
        raise UsageError([Fault("schema catalogue", None, "the language is not said", "add --lang it, for instance")])
    return to_translate(lang.strip().replace("_", "-"))


def _schema(kind: Kind, lang: str | None) -> str:
    import json

    if lang:
        raise UsageError([Fault(f"--lang {lang}", None, "a schema is the same in every language", "leave it out")])
    if kind is Kind.result:
        from readiness.scoring.result import Result

        printed = Result.model_json_schema()
    else:
        from readiness.framework.schema import schemas

        printed = schemas()[kind.value]
    return json.dumps(printed, ensure_ascii=False, indent=2) + "\n"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(schema)
