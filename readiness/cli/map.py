"""`readiness map`: what would be done with a survey file, for a consultant to correct."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readiness.cli.options import Framework, Platform, Sheet
from readiness.cli.score import Format

if TYPE_CHECKING:
    from readiness.responses.mapping import Answer, Entry, FileMapping, SurveyMapping

EXAMPLES = """Examples:

readiness map export.xlsx

readiness map export.xlsx --out mapping.yaml

readiness map panel.sav --framework my-framework/ --format json"""
MOST_SHOWN = 8  # answers beside a column; the file holds all
LONGEST_SHOWN = 60


def map_(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="FILE…", show_default=False, help="Survey files, or an engagement's folder."),
    ],
    framework: Framework = None,
    platform: Platform = None,
    sheet: Sheet = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE.yaml", help="Write the mapping, to be corrected.")
    ] = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
) -> None:
    """Say what each column of a survey file is and how its answers are read, for `score --mapping` to follow."""
    from readiness.cli.files import judge_output, judge_suffix, write_text
    from readiness.cli.talk import give, progress, tell
    from readiness.faults import Fault, UsageError
    from readiness.pipeline import sketch
    from readiness.responses.files import Reading
    from readiness.responses.mapping_yaml import written

    if out is not None:
        judge_suffix("--out", out, ".yaml")
        judge_output("--out", out, sources)
        if out.exists():  # somebody may have corrected it
            raise UsageError([Fault(f"--out {out}", None, "the file is there already", "name another, or remove it")])
    with progress("reading"):
        drawn = sketch(sources, framework, Reading(platform=platform, sheet=sheet))
    for remark in drawn.remarks:
        tell(remark)
    for fault in drawn.faults:
        tell(str(fault))
    if out is not None:
        write_text(out, written(drawn.mapping))
        tell(f"wrote {out}")
    if format_ is Format.json:
        import json

        give(json.dumps(_record(drawn.mapping), ensure_ascii=False, indent=2) + "\n")
    else:
        _print(drawn.mapping)


def _record(mapping: SurveyMapping) -> dict[str, Any]:
    """A mapping as JSON, by the keys of the YAML; answers stand with each column."""
    files = []
    for part in mapping.files:
        columns = [_column(mapping, entry) for entry in part.columns]
        files.append({"file": part.file, "platform": part.platform, "sheet": part.sheet, "columns": columns})
    return {"format": 1, "framework": mapping.framework, "files": files}


def _column(mapping: SurveyMapping, entry: Entry) -> dict[str, Any]:
    if entry.to == "ignored":
        return {"column": entry.header, "place": entry.place, "ignore": entry.how}
    return {
        "column": entry.header,
        "place": entry.place,
        entry.to: entry.name or True,
        "choice": entry.choice or None,
        "how": entry.how,
        "answers": {answer.text: answer.meaning for answer in _answers(mapping, entry)},
        "alike": [list(group) for group in entry.apart],
    }


def _answers(mapping: SurveyMapping, entry: Entry) -> tuple[Answer, ...]:
    """The answers found in this very column, not all that columns of its scale share."""
    return entry.answers or mapping.scales.get(entry.shared, ())


def _print(mapping: SurveyMapping) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    for part in mapping.files:
        console.print(f"{_plain(part.file)}: {part.platform}", style="bold")
        console.print(_table(mapping, part))


def _table(mapping: SurveyMapping, part: FileMapping) -> Any:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in ("Column", "is", "how, or why not", "Answers"):
        table.add_column(column, overflow="fold")
    for entry in part.columns:
        header = _plain(_short(entry.header) or f"(column {entry.place} without a name)")
        if entry.to == "ignored":
            table.add_row(header, "–", _plain(_short(entry.how)), "", style="dim")
        else:
            name = entry.name or entry.to
            choice = f" = {entry.choice}" if entry.choice else ""
            table.add_row(header, _plain(f"{name}{choice}"), _plain(entry.how), _told(mapping, entry))
    return table


def _told(mapping: SurveyMapping, entry: Entry) -> str:
    """How the answers of a column are read, those that cannot be first: they need somebody's eye."""
    answers = _answers(mapping, entry)
    unread = [answer for answer in answers if answer.meaning == "unreadable"]
    lines = [f"[yellow]{_plain(_answer(answer))}[/]" for answer in unread[:MOST_SHOWN]]
    if len(unread) + entry.unlisted > MOST_SHOWN:
        lines.append(f"[yellow]… {len(unread) + entry.unlisted - MOST_SHOWN} more cannot be read[/]")
    said = [answer for answer in answers if answer.meaning not in (answer.text, "unreadable")]
    lines += [_plain(_answer(answer)) for answer in said[:MOST_SHOWN]]
    if len(said) > MOST_SHOWN:
        lines.append(f"… {len(said) - MOST_SHOWN} more")
    lines += [f"[yellow]{_plain(' / '.join(group))} look like one[/]" for group in entry.apart[:MOST_SHOWN]]
    return "\n".join(lines)


def _answer(answer: Answer) -> str:
    told = f" ({answer.told})" if answer.told else ""
    return f"{_short(answer.text)} → {answer.meaning}{told}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


def _plain(text: str) -> str:
    """Words from a file, which are neither markup nor commands to the terminal."""
    from rich.markup import escape

    from readiness.cli.talk import visible

    return escape(visible(text))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("map", epilog=EXAMPLES)(map_)
