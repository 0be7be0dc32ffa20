"""Rule 9: the same answers give the same bytes, in whatever order and language they come."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import loaded, only, scored
from tests.scoring.strategies import items_of, studies

BY = [("unit",), ("role",), ("unit", "role")]
SCENARIO = scenario("{all: [{high: x}, {low: y}]}")
FRAMEWORK = framework(
    SCENARIO,
    x=f"{{desired: high, items: {items(A='scale: five', B='scale: yes_no', C='scale: odd, reversed: true')}}}",
    y=f"{{desired: low, items: {items(D='scale: five, weight: 0.3', E=HUNDRED)}}}",
)
ANSWERS: dict[str, list[tuple[Any, str, str]]] = {
    "A": [(1, "Never", "Jamais"), (2, "Rarely", "Rarement"), (5, "Always", "Toujours")],
    "B": [(0, "No", "Non"), (1, "Yes", "Oui")],
    "C": [(-2, "Minus two", "Moins deux"), (0, "Zero", "Zéro"), (8, "Eight", "Huit")],
    "D": [(3, "Sometimes", "Parfois"), (4, "Often", "Souvent")],
}
NO_ANSWERS = [("dk", "Don't know", "Ne sait pas"), ("na", "Not applicable", "Sans objet"), (None, "NA", "")]
ROLES = [("employee", "Employee", "Salarié"), ("manager", "Manager", "Responsable"), (None, "", "")]


def people(n: int, seed: int = 1) -> list[list[dict[str, Any]]]:
    """The same respondents three times: as values, with English labels, with French labels."""
    draw = random.Random(seed)
    versions: list[list[dict[str, Any]]] = [[], [], []]
    for number in range(n):
        cells: dict[str, tuple[Any, Any, Any]] = {
            name: draw.choice(said + NO_ANSWERS) for name, said in ANSWERS.items()
        }
        percent = draw.choice([0, 12.5, 33.3, 99])
        cells |= {"E": (percent, percent, percent), "role": draw.choice(ROLES)}
        unit = draw.choice(["Ventes", "Büro", None])
        for place, version in enumerate(versions):
            version.append(
                {"respondent": f"r{number}", "unit": unit} | {name: said[place] for name, said in cells.items()}
            )
    return versions


def test_values_and_labels_in_any_language_give_the_same_bytes() -> None:
    values, english, french = (scored(FRAMEWORK, version, by=BY).to_json() for version in people(40))
    assert values == english
    assert values == french


def test_a_file_may_mix_languages() -> None:
    values, english, french = people(40)
    mixed = [(values, english, french)[i % 3][i] for i in range(40)]
    assert scored(FRAMEWORK, mixed, by=BY).to_json() == scored(FRAMEWORK, values, by=BY).to_json()


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    rows = people(60)[0]
    expected = scored(FRAMEWORK, rows, by=BY, protect=True).to_json()
    for seed in range(5):
        draw = random.Random(seed)
        shuffled = [dict(draw.sample(list(row.items()), len(row))) for row in rows]
        columns = draw.sample(list("ABCDE"), 5)
        draw.shuffle(shuffled)
        assert scored(FRAMEWORK, shuffled, columns, by=BY, protect=True).to_json() == expected


def test_two_runs_over_many_rows_give_the_same_bytes() -> None:
    rows = people(3000)[0]
    first = scored(FRAMEWORK, rows, by=BY).to_json()
    draw = random.Random(7)
    for _ in range(2):
        draw.shuffle(rows)
        assert scored(FRAMEWORK, rows, by=BY).to_json() == first


@tries(12, shrink=False)
@given(studies(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_does_not_matter_for_any_framework(study: Any, draw: random.Random) -> None:
    raw, rows, columns = study
    rows = only(rows, items_of(raw), columns)
    fw = loaded(raw)
    expected = scored(fw, rows, columns, by=BY).to_json()
    shuffled = [dict(draw.sample(list(row.items()), len(row))) for row in draw.sample(rows, len(rows))]
    assert scored(fw, shuffled, draw.sample(columns, len(columns)), by=BY).to_json() == expected
