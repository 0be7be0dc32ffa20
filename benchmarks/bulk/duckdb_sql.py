"""The grouped figures of a survey in SQL, as somebody would write it by hand for DuckDB, generated to spare the typing.

Run: python duckdb_sql.py framework.json survey.csv integers|labels > figures.json; with `sql` for a fourth word, it
prints its SQL instead. What is worked out of respondents, and what of groups, goes through the same expressions.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DK, MISSING, NA, UNPUT = -1, -2, -3, -4  # in place of an answer from 1 to 5, so that an item applies above NA
STEP = "25e0"  # a DOUBLE, as any literal with an exponent; of an answer from 1 to 5, in percent
PRESENT = 0.5 + 1e-9
Framework = dict[str, Any]


def statements(framework: Framework, survey: str, labels: bool) -> Iterator[str]:
    """Every statement in its order; the last two give a row a group."""
    scales = _scales(framework) if labels else {}
    yield from (f"CREATE TYPE {name} AS ENUM ({', '.join(map(_quoted, words))})" for words, name in scales.items())
    types = {id_: scales[_words(framework, id_)] if labels else "TINYINT" for id_ in framework["items"]}
    columns = {"respondent": "VARCHAR", "unit": "VARCHAR", "role": "VARCHAR", **types}
    declared = ", ".join(f"'{name}': '{type_}'" for name, type_ in columns.items())
    read = f"read_csv('{survey}', header = true, auto_detect = false, columns = {{{declared}}})"
    cells = ", ".join(f"{_cell(framework, id_, labels)} AS {id_}" for id_ in framework["items"])
    answered = " OR ".join(f"{id_} > 0" for id_ in framework["items"])
    yield "SET preserve_insertion_order = false"
    yield f"CREATE TEMP TABLE answers AS SELECT * FROM (SELECT unit, role, {cells} FROM {read}) WHERE {answered}"
    for id_, indicator in framework["indicators"].items():
        if indicator["fact"]:
            added, answered, applies = _sums(framework, id_)
            value = _score(framework, f"{STEP} * ({added})", f"({answered})", f"({applies})")
            yield f"SET VARIABLE {id_} = (SELECT avg({value}) FROM answers)"
    yield from _grouped(framework)
    yield _evaluated(framework, "SELECT * FROM groups", "SELECT * FROM")


def _words(framework: Framework, item: str) -> tuple[str, ...]:
    """What may stand in an item's cells, at places that are the codes from NA on."""
    missing = framework["missing"]
    return (missing["na"], "(missing)", missing["dk"], "(zero)", *framework["items"][item]["labels"])


def _scales(framework: Framework) -> dict[tuple[str, ...], str]:
    """A type for each scale: labels are looked up while the file is read, and a strange one is an error."""
    words = dict.fromkeys(_words(framework, id_) for id_ in framework["items"])
    return {some: f"scale_{place}" for place, some in enumerate(words)}


def _cell(framework: Framework, item: str, labels: bool) -> str:
    """A cell as a small integer, never null."""
    value = f"enum_code({item})::TINYINT + ({NA})" if labels else item
    roles = ", ".join(map(_quoted, framework["items"][item]["roles"] or ()))
    empty = f"CASE WHEN role IS NULL OR role IN ({roles}) THEN {MISSING} ELSE {UNPUT} END" if roles else MISSING
    return f"coalesce({value}, {empty})::TINYINT"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double(number: float) -> str:
    """A literal that is no DECIMAL: the one with an exponent."""
    return f"{number!r}e0"


def _items(framework: Framework, indicator: str) -> list[str]:
    return [id_ for id_, item in framework["items"].items() if item["indicator"] == indicator]


def _sums(framework: Framework, indicator: str) -> tuple[str, str, str]:
    """Added steps, answered weight and applicable weight of one respondent."""
    added, answered, applies = [], [], []
    for id_ in _items(framework, indicator):
        item = framework["items"][id_]
        weight = "" if item["weight"] == 1 else f"{_double(item['weight'])} * "
        steps = f"(5 - {id_})" if item["reversed"] else f"({id_} - 1)"
        added.append(f"{weight}({id_} > 0)::TINYINT * {steps}")
        answered.append(f"{weight}({id_} > 0)::TINYINT")
        applies.append(f"{weight}({id_} > {NA})::TINYINT")
    return " + ".join(added), " + ".join(answered), " + ".join(applies)


def _score(framework: Framework, added: str, answered: str, applies: str) -> str:
    """A mean, missing where too little was answered."""
    enough = f"{answered} > 0 AND {answered} + 1e-9 >= {_double(framework['min_answered'])} * {applies}"
    return f"CASE WHEN {enough} THEN {added} / {answered} END"


def _grouped(framework: Framework) -> Iterator[str]:
    """Respondents summed by unit, units summed to the whole, and indicators' means."""
    own = [id_ for id_, indicator in framework["indicators"].items() if not indicator["fact"]]
    summed, scored = [], []
    for id_ in own:
        added, answered, applies = _sums(framework, id_)
        summed += [f"{added} AS {id_}_added", f"{answered} AS {id_}_answered", f"{applies} AS {id_}_applies"]
        value = _score(framework, f"{STEP} * {id_}_added", f"{id_}_answered", f"{id_}_applies")
        scored.append(f"{value} AS {id_}")
    rows = f"SELECT *, {', '.join(scored)} FROM (SELECT *, {', '.join(summed)} FROM answers)"
    wanted = {"n": "count(*)", **_counts(framework)}
    for id_ in own:
        wanted |= _moments(id_) | {f"{id_}_applies": f"count_if({id_}_applies > 0)"}
        least, most = f"{id_}_added", f"({id_}_added + 4 * ({id_}_applies - {id_}_answered))"
        wanted[f"{id_}_least"] = f"{STEP} * sum({least} / nullif({id_}_applies, 0))"
        wanted[f"{id_}_most"] = f"{STEP} * sum({most} / nullif({id_}_applies, 0))"
    for level in ("overall", *framework["weight"]):
        wanted |= _moments(level)
    for id_ in framework["scenarios"]:
        wanted |= {f"{id_}_n": f"count({id_})", f"{id_}_present": f"count_if({id_} > {PRESENT})"}
    columns = ", ".join(f"{sum_} AS {name}" for name, sum_ in wanted.items())
    yield f"CREATE TEMP TABLE units AS {_evaluated(framework, rows, f'SELECT unit, {columns} FROM')} GROUP BY unit"
    added_up = ", ".join(f"sum({name}) AS {name}" for name in wanted)
    means = [f"{id_}_sum / {id_}_n AS {id_}" for id_ in own]
    means += [f"{id_}_{end} / {id_}_applies AS {id_}_{end}_mean" for id_ in own for end in ("least", "most")]
    yield (
        f"CREATE TEMP TABLE groups AS SELECT *, {', '.join(means)} FROM "
        f"(SELECT unit, grouping(unit) AS whole, {added_up} FROM units GROUP BY GROUPING SETS ((), (unit)))"
    )


def _moments(column: str) -> dict[str, str]:
    """How many have a score, its sum and that of its squares."""
    return {
        f"{column}_n": f"count({column})",
        f"{column}_sum": f"sum({column})",
        f"{column}_squares": f"sum({column} * {column})",
    }


def _counts(framework: Framework) -> dict[str, str]:
    """How often each answer to each item was given, and what stands in place of one."""
    codes = (*range(1, 6), DK, MISSING, NA, UNPUT)
    return {_count(id_, code): f"count_if({id_} = {code})" for id_ in framework["items"] for code in codes}


def _count(item: str, value: int) -> str:
    return f"{item}_{'m' if value < 0 else ''}{abs(value)}"


def _evaluated(framework: Framework, rows: str, select: str) -> str:
    """Rows with indicators in; readiness of every dimension and the whole, and memberships of every scenario out."""
    dimensions = []
    for dimension in framework["weight"]:
        parts = {
            id_: indicator
            for id_, indicator in framework["indicators"].items()
            if indicator["dimension"] == dimension and indicator["desired"] != "none"
        }
        values = {f"{id_}": f"(100 - {id_})" if part["desired"] == "low" else id_ for id_, part in parts.items()}
        weights = {id_: part["weight"] for id_, part in parts.items()}
        applies = " OR ".join(f"{id_}_applies > 0" for id_ in parts)
        dimensions += [f"{_level(framework, values, weights)} AS {dimension}"]
        dimensions += [f"CASE WHEN {applies} THEN 1 ELSE 0 END AS {dimension}_applies"]
    rows = f"SELECT *, {', '.join(dimensions)} FROM ({rows})"
    whole = _level(framework, {id_: id_ for id_ in framework["weight"]}, framework["weight"])
    memberships = {_name(condition): _membership(framework, condition) for condition in _conditions(framework)}
    told = [f"{whole} AS overall", *(f"{membership} AS {name}" for name, membership in memberships.items())]
    scenarios = []
    for id_, scenario in framework["scenarios"].items():
        names = dict.fromkeys(_name(condition) for condition in _leaves(scenario["when"]))
        known = " AND ".join(f"{name} IS NOT NULL" for name in names)
        scenarios.append(f"CASE WHEN {known} THEN {_joined(scenario['when'])} END AS {id_}")
    return f"{select} (SELECT *, {', '.join(scenarios)} FROM (SELECT *, {', '.join(told)} FROM ({rows})))"


def _level(framework: Framework, values: dict[str, str], weights: dict[str, float]) -> str:
    """A weighted mean, missing where too little of what applies has a value."""
    weight = {id_: "" if weights[id_] == 1 else f"{_double(weights[id_])} * " for id_ in values}
    added = " + ".join(f"{weight[id_]}coalesce({value}, 0)" for id_, value in values.items())
    answered = " + ".join(f"{weight[id_]}({id_} IS NOT NULL)::TINYINT" for id_ in values)
    applies = " + ".join(f"{weight[id_]}({id_}_applies > 0)::TINYINT" for id_ in values)
    return _score(framework, f"({added})", f"({answered})", f"({applies})")


def _leaves(when: list[Any]) -> Iterator[list[Any]]:
    if when[0] in ("high", "low"):
        yield when
    else:
        for part in when[1:]:
            yield from _leaves(part)


def _conditions(framework: Framework) -> Iterator[list[Any]]:
    for scenario in framework["scenarios"].values():
        yield from _leaves(scenario["when"])


def _name(condition: list[Any]) -> str:
    direction, indicator, *anchors, _ = condition
    return "_".join([direction, indicator, *(f"{anchor:g}" for anchor in anchors)])


def _membership(framework: Framework, condition: list[Any]) -> str:
    """Direct calibration: the log-odds run straight from the crossover to either outer anchor."""
    _, indicator, out, crossover, full, log_odds = condition
    x = f"getvariable('{indicator}')" if framework["indicators"][indicator]["fact"] else indicator
    beyond, before = log_odds / (full - crossover), log_odds / (crossover - out)
    slope = _double(-beyond)
    if beyond != before:
        towards = ">" if full > out else "<"
        slope = f"CASE WHEN {x} {towards} {crossover} THEN {_double(-beyond)} ELSE {_double(-before)} END"
    return f"1 / (1 + exp(({x} - {_double(crossover)}) * ({slope})))"


def _joined(when: list[Any]) -> str:
    if when[0] in ("high", "low"):
        return _name(when)
    return f"{'least' if when[0] == 'all' else 'greatest'}({', '.join(map(_joined, when[1:]))})"


def figures(framework: Framework, row: dict[str, Any], facts: dict[str, float | None]) -> dict[str, Any]:
    """A group's row in the form that the result has."""

    def moments(id_: str) -> dict[str, Any]:
        n, total, squares = (row[f"{id_}_{moment}"] for moment in ("n", "sum", "squares"))
        return {"n": int(n), "sd": math.sqrt((squares - total * total / n) / (n - 1)) if n > 1 else None}

    def indicator(id_: str) -> dict[str, Any]:
        if id_ in facts:
            return {"value": facts[id_]}
        bounds = [row[f"{id_}_least_mean"], row[f"{id_}_most_mean"]]
        return {"value": row[id_], **moments(id_), "bounds": bounds}

    def level(id_: str) -> dict[str, Any]:
        return {"value": row[id_], **moments(id_)}

    def item(id_: str) -> dict[str, Any]:
        counts = {str(value): row[_count(id_, value)] for value in range(1, 6)}
        states = {"dk": DK, "na": NA, "not_asked": UNPUT, "missing": MISSING}
        n = {"n": sum(counts.values()), **{state: row[_count(id_, code)] for state, code in states.items()}}
        return {**n, "counts": counts}

    def scenario(id_: str) -> dict[str, Any]:
        n, present = row[f"{id_}_n"], row[f"{id_}_present"]
        return {"membership": row[id_], "prevalence": {"value": present / n, "n": n} if n else None}

    return {
        "n": row["n"],
        "readiness": level("overall"),
        "dimensions": {id_: level(id_) for id_ in framework["weight"]},
        "indicators": {id_: indicator(id_) for id_ in framework["indicators"]},
        "items": {id_: item(id_) for id_ in framework["items"]},
        "scenarios": {
            id_: scenario(id_) for id_, told in framework["scenarios"].items() if row["whole"] or told["level"] == "any"
        },
    }


def main() -> None:
    described, survey, kind, *rest = sys.argv[1:]
    framework = json.loads(Path(described).read_text(encoding="utf-8"))
    wanted = list(statements(framework, survey, kind == "labels"))
    if rest == ["sql"]:
        print(";\n".join(wanted) + ";")
        return

    import duckdb

    connection = duckdb.connect()
    for statement in wanted:
        connection.execute(statement)
    names = [column[0] for column in connection.description]
    rows = [dict(zip(names, row, strict=True)) for row in connection.fetchall()]
    known = [id_ for id_, indicator in framework["indicators"].items() if indicator["fact"]]
    variables = ", ".join(f"getvariable('{id_}')" for id_ in known)
    asked = connection.execute(f"SELECT {variables}").fetchone() or ()
    facts = dict(zip(known, asked, strict=True))
    groups = {row["unit"]: figures(framework, row, facts) for row in rows if not row["whole"]}
    overall = next(figures(framework, row, facts) for row in rows if row["whole"])
    print(json.dumps({"overall": overall, "groups": groups}))


if __name__ == "__main__":
    main()
