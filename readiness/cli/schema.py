"""`readiness schema`: JSON Schemas of the result and of a framework's files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

EXAMPLES = """Examples:

readiness schema > result.schema.json

readiness schema questionnaire > questionnaire.schema.json"""


class Kind(StrEnum):
    """What a schema is for."""

    result = "result"
    framework = "framework"
    questionnaire = "questionnaire"
    scenarios = "scenarios"


def schema(kind: Annotated[Kind, typer.Argument(help="What the schema is for.")] = Kind.result) -> None:
    """Print the JSON Schema of a result, or of one of a framework's YAML files."""
    import json

    from readiness.cli.talk import give

    if kind is Kind.result:
        from readiness.scoring.result import Result

        printed = Result.model_json_schema()
    else:
        from readiness.framework.schema import schemas

        printed = schemas()[kind.value]
    give(json.dumps(printed, ensure_ascii=False, indent=2) + "\n")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(schema)
