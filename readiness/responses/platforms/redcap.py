"""REDCap: the record's id first, `<form>_complete` after each form, `field___code` for an option; names or labels."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses
from readiness.responses.platforms.headings import code_and_text, key, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.responses.grid import Grid

TITLE = "REDCap"
OWN = {
    "redcap_event_name": "the event",
    "redcap_repeat_instrument": "the form that is repeated",
    "redcap_repeat_instance": "the number of the repetition",
    "redcap_data_access_group": "the group that may see the record",
    "redcap_survey_identifier": "an e-mail address or id",
    "event name": "the event",
    "repeat instrument": "the form that is repeated",
    "repeat instance": "the number of the repetition",
    "data access group": "the group that may see the record",
    "survey identifier": "an e-mail address or id",
    "survey timestamp": "time stamp",
}
PARTS = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance")
PART_LABELS = ("event name", "repeat instrument", "repeat instance")
COMPLETE = re.compile(r"\w+_complete\Z|Complete\?(?:\.\d+)?\Z")
STATES = frozenset({"", "0", "1", "2", "incomplete", "unverified", "complete"})
TICK = re.compile(r"(\w+?)___(\w+)\Z")
TICK_LABEL = re.compile(r"(.+?)\s*\(choice=(.*)\)\Z", re.DOTALL)
STAMP = re.compile(r"\w+_timestamp\Z|Survey Timestamp(?:\.\d+)?\Z")
FIELD = re.compile(r"[a-z][a-z0-9_]*\Z")


def recognise(grid: Grid) -> bool:
    """Whether REDCap's own fields are there, options by `___` or `(choice=…)`, or forms' states among fields' names."""
    headers = [header.strip() for header in grid.row(0)]
    states = [place for place, header in enumerate(headers) if COMPLETE.match(header) and _is_state(grid, place)]
    own = sum(header in OWN or key(header) in PART_LABELS for header in headers)
    ticks = sum(TICK.match(header) is not None or TICK_LABEL.match(header) is not None for header in headers)
    if own and (states or ticks or own > 1):
        return True
    if ticks > 1 or (states and ticks):
        return True
    named = headers[0].casefold().replace(" ", "_") in ("record_id", "study_id", "participant_id", "subject_id")
    return bool(states) and (named or all(FIELD.match(header) for header in headers if header))


def _is_state(grid: Grid, place: int) -> bool:
    found = responses.values(responses.sample(grid, 1), place)
    return {text.casefold() for text in found} <= STATES


def read(grid: Grid) -> Export:
    """An export of records, raw or with labels. Rows of one record that say different things are put together.

    Raises:
        ResponseError: there are no responses.
    """
    headers = grid.row(0)
    columns = [_column(grid, place, header) for place, header in enumerate(headers)]
    columns[0] = replace(columns[0], kind="respondent", about="")
    parts = [place for place, header in enumerate(headers) if header.strip() in PARTS or key(header) in PART_LABELS]
    remarks: list[str] = []
    if parts:
        grid, remarks = _joined(grid, columns, parts)
    return responses.understood_as("redcap", grid, columns, 1, respondents=[0], remarks=remarks, regular=not parts)


def _column(grid: Grid, place: int, header: str) -> Column:
    name = words(header)
    about = OWN.get(name) or OWN.get(key(name))
    if about is None and STAMP.match(name):
        about = "time stamp"
    if about is None and COMPLETE.match(name) and _is_state(grid, place):
        about = "the state of a form"
    if about:
        return Column(place, header, name, kind="about", about=about)
    if tick := TICK.match(name):
        return Column(place, header, name, choice=tick[2])
    if tick := TICK_LABEL.match(name):
        return Column(place, header, text=tick[1], choice=tick[2])
    code, text = code_and_text(name)
    return Column(place, header, code, text)


def _joined(grid: Grid, columns: Sequence[Column], parts: Sequence[int]) -> tuple[Grid, list[str]]:
    """A record's rows as one where no two of them fill the same field, else each as a response of its own, told.

    REDCap writes a row for each event and for each repetition of a form.
    """
    body = responses.below(grid, 1).with_columns(grid.rows.slice(1).alias("row"))
    if body["0"].n_unique() == body.height:
        return grid, []
    asked = [str(column.place) for column in columns if column.kind == "question"]
    filled = body.group_by("0", maintain_order=True).agg(pl.col(asked).drop_nulls().n_unique())
    if asked and filled.select(pl.max_horizontal(pl.col(asked).max())).item() <= 1:
        first = body.group_by("0", maintain_order=True).agg(pl.all().exclude("0").drop_nulls().first())
        remark = f"{body.height} rows are those of {first.height} records, and were put together"
        return _with_body(grid, first), [remark]
    said = [pl.col(str(place)).fill_null("") for place in parts]
    named = pl.concat_str([pl.col("0"), *said], separator=" · ").str.strip_chars(" ·")
    remark = (
        f"{body['0'].n_unique()} records have answers of several events or repetitions; each of {body.height} rows "
        "counts as a response of its own: export one event to score it alone"
    )
    return _with_body(grid, body.with_columns(named.alias("0"))), [remark]


def _with_body(grid: Grid, body: pl.DataFrame) -> Grid:
    names = grid.cells.columns
    cells = pl.concat([grid.cells.head(1), body.select(names)])
    return replace(grid, cells=cells, rows=pl.concat([grid.rows.head(1), body["row"].cast(grid.rows.dtype)]))
