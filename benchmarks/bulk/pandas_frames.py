"""The grouped figures of a survey with pandas, as somebody would write it by hand who knows its quick ways.

Run: python pandas_frames.py framework.json survey.csv integers|labels > figures.json. PyArrow reads the file on all
cores into small integers; counts are one `bincount` an item; what is worked out of respondents, and what of groups,
goes through the same functions.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

DK, MISSING, NA, UNPUT = -1, -2, -3, -4  # in place of an answer from 1 to 5, so that an item applies above NA
CODES = range(UNPUT, 6)
STEP = 25.0  # of an answer from 1 to 5, in percent
PRESENT = 0.5 + 1e-9
MOMENTS = ("count", "mean", "std")
Framework = dict[str, Any]
Columns = dict[str, np.ndarray]


def read(framework: Framework, survey: str, labels: bool) -> pd.DataFrame:
    """Units, roles and one column of codes an item, of all who gave an answer."""
    word = pa.dictionary(pa.int32(), pa.string())
    types = {"unit": word, "role": word, **dict.fromkeys(framework["items"], word if labels else pa.int8())}
    options = pa.csv.ConvertOptions(column_types=types, include_columns=list(types), strings_can_be_null=True)
    table = pa.csv.read_csv(survey, convert_options=options)
    frame = table.select(["unit", "role"]).to_pandas()
    puts = {}
    cells = {}
    for id_, item in framework["items"].items():
        cell = _coded(framework, item, table[id_]) if labels else pc.fill_null(table[id_], MISSING).to_numpy()
        roles = tuple(item["roles"] or ())
        if roles:
            if roles not in puts:
                puts[roles] = (frame["role"].isna() | frame["role"].isin(roles)).to_numpy()
            cell = np.where((cell == MISSING) & ~puts[roles], np.int8(UNPUT), cell)
        cells[id_] = cell
    frame = pd.concat([frame, pd.DataFrame(cells, copy=False)], axis=1)
    return frame[(frame[list(cells)] > 0).any(axis=1)]


def _coded(framework: Framework, item: Mapping[str, Any], column: pa.ChunkedArray) -> np.ndarray:
    """A column of labels as codes, each different label looked up once."""
    said = {label: place for place, label in enumerate(item["labels"], start=1)}
    said |= {framework["missing"]["dk"]: DK, framework["missing"]["na"]: NA}
    together = column.unify_dictionaries().combine_chunks()
    known = [said[label] for label in together.dictionary.to_pylist()]
    codes = np.array([*known, MISSING], dtype=np.int8)
    return codes[pc.fill_null(together.indices, len(known)).to_numpy(zero_copy_only=False)]


def indicator(framework: Framework, frame: pd.DataFrame, id_: str) -> Columns:
    """An indicator's value and bounds of every respondent, missing where there are none, and whether it applies."""
    added = answered = applies = 0
    for name, item in framework["items"].items():
        if item["indicator"] == id_:
            cell = frame[name].to_numpy()
            there = cell > 0
            steps = 5 - cell if item["reversed"] else cell - 1
            added = added + item["weight"] * np.where(there, steps, np.int8(0))
            answered = answered + item["weight"] * there
            applies = applies + item["weight"] * (cell > NA)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _where_enough(framework, STEP * added, answered, applies)
        low = STEP * added / applies  # 0 / 0 is missing
        high = STEP * (added + 4 * (applies - answered)) / applies
    return {"value": value, "low": low, "high": high, "applies": applies > 0}


def _where_enough(framework: Framework, added: Any, answered: Any, applies: Any) -> np.ndarray:
    enough = (answered > 0) & (answered + 1e-9 >= framework["min_answered"] * applies)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(enough, added / answered, np.nan)


def readiness(framework: Framework, values: Columns, applies: Columns) -> Columns:
    """Readiness of every dimension and of the whole."""
    out: Columns = {}
    level_applies: Columns = {}
    for dimension in framework["weight"]:
        parts = [
            (id_, described)
            for id_, described in framework["indicators"].items()
            if described["dimension"] == dimension and described["desired"] != "none"
        ]
        turned = {id_: 100 - values[id_] if part["desired"] == "low" else values[id_] for id_, part in parts}
        out[dimension] = _mean(framework, turned, applies, {id_: part["weight"] for id_, part in parts})
        level_applies[dimension] = np.any([applies[id_] for id_ in turned], axis=0)
    return {"overall": _mean(framework, out, level_applies, framework["weight"]), **out}


def _mean(framework: Framework, values: Columns, applies: Columns, weights: Mapping[str, float]) -> np.ndarray:
    added = answered = applicable = 0
    for id_, value in values.items():
        there = ~np.isnan(value)
        added = added + weights[id_] * np.where(there, value, 0.0)
        answered = answered + weights[id_] * there
        applicable = applicable + weights[id_] * applies[id_]
    return _where_enough(framework, added, answered, applicable)


def scenarios(framework: Framework, values: Columns) -> Iterator[tuple[str, np.ndarray]]:
    """Membership of every scenario, missing where that of any condition is."""
    known: dict[tuple[Any, ...], np.ndarray] = {}

    def worth(when: list[Any]) -> np.ndarray:
        if when[0] in ("all", "any"):
            join = np.minimum if when[0] == "all" else np.maximum
            first, *others = map(worth, when[1:])
            for other in others:
                first = join(first, other)  # a missing part makes the whole missing
            return first
        if tuple(when) not in known:
            known[tuple(when)] = _membership(values[when[1]], *when[2:])
        return known[tuple(when)]

    for id_, scenario in framework["scenarios"].items():
        yield id_, worth(scenario["when"])


def _membership(x: np.ndarray, out: float, crossover: float, full: float, log_odds: float) -> np.ndarray:
    """Direct calibration: the log-odds run straight from the crossover to either outer anchor."""
    beyond, before = log_odds / (full - crossover), log_odds / (crossover - out)
    distance = x - crossover
    slope = beyond if beyond == before else np.where((distance > 0) == (full > out), beyond, before)
    return 1 / (1 + np.exp(-slope * distance))


def _grouped(units: pd.Categorical, columns: Columns, *figures: str) -> pd.DataFrame:
    """Figures such as the mean of each column by unit, and over all in the last row."""
    frame = pd.DataFrame(columns, copy=False)
    by_unit = frame.groupby(units.codes).agg(list(figures))
    over_all = frame.agg(list(figures)).unstack()
    return pd.concat([by_unit, over_all.to_frame().T], ignore_index=True)


def main() -> None:
    described, survey, kind = sys.argv[1:]
    framework = json.loads(Path(described).read_text(encoding="utf-8"))
    frame = read(framework, survey, kind == "labels")
    units = pd.Categorical(frame["unit"]).remove_unused_categories()
    names = list(units.categories)
    places = range(len(names) + 1)  # of groups, the whole last

    values: Columns = {}
    applies: Columns = {}
    estimates: dict[str, pd.DataFrame] = {}
    bounds: dict[str, pd.DataFrame] = {}
    group_applies: Columns = {}
    for id_, about in framework["indicators"].items():
        own = indicator(framework, frame, id_)
        if about["fact"]:
            values[id_] = np.array([np.nanmean(own["value"])])
        else:
            values[id_], applies[id_] = own["value"], own.pop("applies")
            estimates[id_] = _grouped(units, {"value": own.pop("value")}, *MOMENTS)
            bounds[id_] = _grouped(units, own, "mean")
            group_applies[id_] = bounds[id_]["low", "mean"].notna().to_numpy()
    facts = {id_: float(values[id_][0]) for id_, about in framework["indicators"].items() if about["fact"]}
    levels = _grouped(units, readiness(framework, values, applies), *MOMENTS)

    prevalence = {}
    for id_, membership in scenarios(framework, values):
        there = ~np.isnan(membership)
        n, present = (np.bincount(units.codes[of], minlength=len(names)) for of in (there, membership > PRESENT))
        prevalence[id_] = [(int(a), int(b)) for a, b in zip((*n, n.sum()), (*present, present.sum()), strict=True)]
    counts = {}
    for id_ in framework["items"]:
        cell = units.codes.astype(np.int32) * len(CODES) + (frame[id_].to_numpy() - UNPUT)
        by_unit = np.bincount(cell, minlength=len(names) * len(CODES)).reshape(-1, len(CODES))
        counts[id_] = np.vstack([by_unit, by_unit.sum(axis=0)])

    means = {id_: grouped["value", "mean"].to_numpy() for id_, grouped in estimates.items()}
    group_values = {id_: np.full(len(places), facts[id_]) if id_ in facts else means[id_] for id_ in values}
    group_levels = readiness(framework, group_values, group_applies)
    memberships = dict(scenarios(framework, group_values))

    def estimate(grouped: pd.DataFrame, column: str, value: np.ndarray, place: int) -> dict[str, Any]:
        n, sd = int(grouped[column, "count"][place]), _known(grouped[column, "std"][place])
        return {"value": _known(value[place]), "n": n, "sd": sd}

    def item(id_: str, place: int) -> dict[str, Any]:
        by_code = dict(zip(CODES, map(int, counts[id_][place]), strict=True))
        answers = {str(value): by_code[value] for value in range(1, 6)}
        states = {"dk": DK, "na": NA, "not_asked": UNPUT, "missing": MISSING}
        return {"n": sum(answers.values()), **{s: by_code[code] for s, code in states.items()}, "counts": answers}

    def scenario(id_: str, place: int) -> dict[str, Any]:
        n, present = prevalence[id_][place]
        own = {"value": present / n, "n": n} if n else None
        return {"membership": _known(memberships[id_][place]), "prevalence": own}

    def figures(place: int) -> dict[str, Any]:
        whole = place == places[-1]
        indicators = {id_: {"value": value} for id_, value in facts.items()}
        for id_, grouped in estimates.items():
            ends = [_known(bounds[id_][end, "mean"][place]) for end in ("low", "high")]
            indicators[id_] = {**estimate(grouped, "value", means[id_], place), "bounds": ends}
        return {
            "n": len(frame) if whole else int((units.codes == place).sum()),
            "readiness": estimate(levels, "overall", group_levels["overall"], place),
            "dimensions": {id_: estimate(levels, id_, group_levels[id_], place) for id_ in framework["weight"]},
            "indicators": indicators,
            "items": {id_: item(id_, place) for id_ in framework["items"]},
            "scenarios": {
                id_: scenario(id_, place)
                for id_, told in framework["scenarios"].items()
                if whole or told["level"] == "any"
            },
        }

    groups = {name: figures(place) for place, name in enumerate(names)}
    print(json.dumps({"overall": figures(places[-1]), "groups": groups}))


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


if __name__ == "__main__":
    main()
