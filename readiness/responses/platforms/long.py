"""Long format: one row an answer, with a column that says who, one that says to what, and one that says what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses
from readiness.responses.platforms.headings import code_and_text, key, keys, words
from readiness.responses.platforms.vocabulary import RESPONDENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.responses.grid import Grid

TITLE = "long format"
WHO = frozenset(
    {*RESPONDENT, key("répondant"), "subj", "person", "personne", "befragter", "user", "participant", "case"}
)
TO_WHAT = keys(
    "item|items|item id|question id|question code|item code|question|questions|variable|énoncé|frage|"
    "pregunta|pergunta|q"
)
WHAT = keys(
    "answer|answers|value|values|response|responses|score|scores|rating|réponse|réponses|valeur|note|antwort|"
    "wert|respuesta|valor|resposta|result"
)
MOST_TOLD = 5
CONFLICT = "≠"  # between answers that differ: a cell that nobody can take for one of them


def recognise(grid: Grid) -> bool:
    """Whether the names of three columns say so, and the respondents and the items repeat."""
    found = _by_name(grid)
    if found is None:
        return False
    cells = responses.below(grid, 1)  # all of it: it may be in the order of items, and the first pages hold but one
    return all(1 < cells[str(place)].n_unique() < cells.height for place in found[:2]) or cells.height == 1


def _by_name(grid: Grid) -> tuple[int, int, int] | None:
    """The columns of respondent, item and answer by their names; None unless there is exactly one of each."""
    keys = [key(header) for header in grid.row(0)]

    def named(names: Sequence[str] | frozenset[str]) -> list[int]:
        return [place for place, name in enumerate(keys) if name in names]

    to_what, what = named(TO_WHAT), named(WHAT)
    who = [place for place in named(WHO) if place not in (*to_what, *what)]
    who = [place for place in who if keys[place] != "id"] or who
    by_rank = sorted(to_what, key=lambda place: TO_WHAT.index(keys[place]))
    if len(who) != 1 or not to_what or len(what) != 1:
        return None
    return who[0], by_rank[0], what[0]


def _by_shape(grid: Grid) -> tuple[int, int, int] | None:
    """The columns by their cells, for a table of three that is known to be long: who repeats, what for repeats more."""
    cells = responses.sample(grid, 1)
    if grid.width != 3 or not cells.height:
        return None
    different = [cells[str(place)].n_unique() for place in range(3)]
    if different[0] * different[1] < cells.height or min(different[:2]) < 2:
        return None
    return 0, 1, 2


def read(grid: Grid) -> Export:
    """A long table as one row a respondent. What is the same in all of a respondent's rows is kept beside the answers.

    A respondent who answers one item twice, and differently, is told; the cell then holds both answers: unreadable.

    Raises:
        ResponseError: there are no answers, or the columns cannot be told apart.
    """
    found = _by_name(grid) or _by_shape(grid)
    if found is None:
        what = "this is not the long format: no three columns are called respondent, item and answer"
        raise ResponseError([Fault(grid.file, 1, what, "name them so, or leave the platform to be recognised")])
    who, to_what, what_said = map(str, found)
    headers = grid.row(0)
    body = responses.below(grid, 1).with_columns(grid.rows.slice(1).alias("row"))
    body = body.filter(~pl.all_horizontal(pl.col(who, to_what).is_null()))
    if not body.height:
        raise ResponseError(
            [Fault(grid.file, None, "the file has a header and no responses", "export the responses again")]
        )
    if nobody := body[who].null_count() + body[to_what].null_count():
        what = f"{nobody} rows do not say whose answer they are, or to what"
        raise ResponseError([Fault(grid.file, None, what, "fill in respondent and item in every row")])
    items = [str(item) for item in body[to_what].unique(maintain_order=True)]
    kept, changing = _context(body, headers, (who, to_what, what_said))
    texts = _texts(body, headers, to_what, changing)
    wide, twice = _pivoted(body, (who, to_what, what_said), kept, items)
    columns = [Column(0, headers[int(who)], kind="respondent")]
    columns += [replace(_question(headers[int(name)]), place=n) for n, name in enumerate(kept, start=1)]
    for n, item in enumerate(items, start=1 + len(kept)):
        column = _question(item)
        columns.append(replace(column, place=n, text=texts.get(item, column.text)))
    remarks = [f"{body.height} answers in a row each are those of {wide.height} respondents"]
    remarks += [
        f"column {headers[int(name)]!r} changes within a respondent, and was left out"
        for name in changing
        if key(headers[int(name)]) not in TO_WHAT
    ]
    remarks += twice
    return Export(
        "long",
        grid.file,
        tuple(columns),
        wide.drop("row").rename(dict(zip(wide.drop("row").columns, map(str, range(wide.width - 1)), strict=True))),
        wide["row"].alias(grid.rows.name),
        regular=False,
        remarks=tuple(f"{grid.file}: {remark}" for remark in remarks),
    )


def _question(header: str) -> Column:
    code, text = code_and_text(header)
    return Column(0, header, code, text)


def _context(body: pl.DataFrame, headers: Sequence[str], used: Sequence[str]) -> tuple[list[str], list[str]]:
    """The further columns that say one thing about each respondent, and those that do not."""
    further = [str(place) for place in range(len(headers)) if str(place) not in used and headers[place].strip()]
    if not further:
        return [], []
    most = body.group_by(used[0]).agg(pl.col(further).drop_nulls().n_unique()).select(pl.col(further).max()).row(0)
    kept = [name for name, count in zip(further, most, strict=True) if count <= 1]
    return kept, [name for name in further if name not in kept]


def _texts(body: pl.DataFrame, headers: Sequence[str], to_what: str, further: Sequence[str]) -> dict[str, str]:
    """Each item in words, where a further column called as one for items says it and always the same."""
    for name in further:
        if key(headers[int(name)]) in TO_WHAT:
            said = body.select(to_what, name).drop_nulls().unique(maintain_order=True)
            if said[to_what].is_unique().all():
                return {str(item): words(str(text)) for item, text in said.iter_rows()}
    return {}


def _pivoted(
    body: pl.DataFrame, used: Sequence[str], kept: Sequence[str], items: Sequence[str]
) -> tuple[pl.DataFrame, list[str]]:
    """One row a respondent: who, what is kept, a column an item, the first row's number. And what is said twice."""
    who, to_what, what = used
    numbered = {item: f"item {n}" for n, item in enumerate(items)}  # an item may be called as a column of ours
    answers = (
        body.group_by(who, to_what, maintain_order=True)
        .agg(pl.col(what).drop_nulls().unique(maintain_order=True), pl.col("row").first())
        .with_columns(pl.col(what).list.sort().list.join(f" {CONFLICT} ").replace("", None).alias("said"))
    )
    differing = answers.filter(pl.col(what).list.len() > 1)
    wide = answers.with_columns(pl.col(to_what).replace_strict(numbered)).pivot(
        on=to_what, index=who, values="said", on_columns=list(numbered.values()), maintain_order=True
    )
    about = body.group_by(who, maintain_order=True).agg(pl.col([*kept, "row"]).drop_nulls().first())
    told = [
        f"row {row}: {person!r} answers {item!r} in several ways ({said}), which counts as unreadable"
        for person, item, said, row in differing.select(who, to_what, "said", "row").head(MOST_TOLD).iter_rows()
    ]
    if differing.height > MOST_TOLD:
        told.append(f"{differing.height - MOST_TOLD} more answers differ in the same way")
    order = [pl.col(who).alias("who"), *(pl.col(name).alias(f"kept {name}") for name in kept), pl.col("row")]
    joined = about.select(order).join(wide.rename({who: "who"}), on="who", how="left", maintain_order="left")
    return joined.select(pl.exclude("row"), "row"), told
