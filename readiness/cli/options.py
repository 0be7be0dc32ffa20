"""Options that several commands share, each defined once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from readiness.faults import Fault, UsageError

Sources = Annotated[
    list[Path],
    typer.Argument(metavar="SOURCE…", show_default=False, help="Response files, journals, or an engagement's folder."),
]
Words = Annotated[  # as `Sources`, of which some are no files
    list[str],
    typer.Argument(
        metavar="SOURCE…",
        show_default=False,
        help="Response files, journals, or an engagement's folder; or a database, or tables that an engine knows.",
    ),
]
Framework = Annotated[
    str | None,
    typer.Option("--framework", metavar="F", help="A shipped framework's id, or a folder. [default: enterprise-2.0]"),
]
By = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="KEY", help="Also score groups; repeat for more tables, KEY,KEY crosses."),
]
Mapping = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="FILE.yaml", help="Follow this mapping of columns and answers: see `map`."),
]
Platform = Annotated[
    str | None,
    typer.Option("--platform", metavar="P", help="Read survey files as this tool's, such as limesurvey or plain."),
]
Sheet = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook to read.")]
Weight = Annotated[
    str | None,
    typer.Option("--weight", metavar="COLUMN", help="A column of case weights, by which respondents count."),
]
Balance = Annotated[
    str | None,
    typer.Option(
        "--balance",
        metavar="KEY",
        help="Give each value of this key, such as role, the same say; population: each group that of its people.",
    ),
]
ExcludeCareless = Annotated[
    bool,
    typer.Option("--exclude-careless", help="Leave out survey respondents who answered carelessly: see `diagnose`."),
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="L", help="The language to write in, such as en or fr.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any cell cannot be read.")]


def tables(by: list[str] | None) -> list[tuple[str, ...]] | None:
    """`--by unit --by role,country` as tables of keys, each once; None where it was not given.

    Raises:
        UsageError: a table without a key.
    """
    if not by:
        return None
    wanted = {said: tuple(dict.fromkeys(key.strip() for key in said.split(",") if key.strip())) for said in by}
    keyless = [said for said, keys in wanted.items() if not keys]
    if keyless:
        mend = "name one, or several with commas between them"
        raise UsageError([Fault(f"--by {said!r}", None, "this names no key", mend) for said in keyless])
    return list(dict.fromkeys(wanted.values()))


def known_language(wanted: str | None, framework: Iterable[str]) -> str:
    """The language to write in: as asked for, `fr-CA` being French; by default the framework's first.

    framework: the languages its texts are in. What the interface speaks will do as well: the texts then fall back.

    Raises:
        UsageError: nothing here is written in that language.
    """
    from readiness.language.speech import spoken

    known = list(dict.fromkeys([*framework, *spoken()]))
    if wanted is None:
        return _spoken_here(known[0])
    by_tag = {tag.casefold(): tag for tag in known}
    tag = wanted.strip().replace("_", "-").casefold()
    found = by_tag.get(tag) or by_tag.get(tag.split("-")[0])
    if found is None:
        mend = f"use one of {', '.join(known)}"
        raise UsageError([Fault(f"--lang {wanted}", None, "nothing is written in this language", mend)])
    return _spoken_here(found)


def _spoken_here(language: str) -> str:
    """The language itself; what is not translated into it is said to be English, what translates nothing is named."""
    from readiness.cli.talk import tell
    from readiness.language.catalogues import never_said
    from readiness.language.speech import speak

    for fault in never_said(speak(language).language):
        tell(str(fault))
    missing, name = speak(language).untranslated(language), speak("en").language_name(language)
    if missing:
        tell(f"{missing} of our texts are not translated into {name} and stay English: see docs/languages.md")
    return language
