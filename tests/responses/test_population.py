"""How many people there are: read strictly, in the framework's own names, and added up to any group it covers."""

from __future__ import annotations

import random
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.framework.models import Framework
from readiness.responses.engagement import Engagement, read_engagement, sizes_of, unknown_keys
from readiness.responses.population import Population
from tests.scoring.profiles import tries

ROWS = """\
    client: x
    population:
      - {unit: Sales, role: manager, people: 12}
      - {unit: Sales, role: employee, people: 228}
      - {unit: IT, role: employee, people: 41}
"""


def engagement(folder: Path, settings: str) -> Engagement:
    (folder / "engagement.yaml").write_text(dedent(settings), encoding="utf-8")
    return read_engagement(folder)


def population(folder: Path, settings: str, framework: Framework) -> Population:
    found = sizes_of(engagement(folder, settings), framework)
    assert found is not None
    return found


def malformed(folder: Path, said: str) -> list[tuple[int | None, str, str]]:
    """What is wrong with the form of a population, which stands from line 3 on."""
    with pytest.raises(ResponseError) as raised:
        engagement(folder, f"client: x\npopulation:\n{said}")
    return [(fault.line, fault.what, fault.mend) for fault in raised.value.faults]


def unknown(folder: Path, said: str, framework: Framework) -> list[tuple[int | None, str, str]]:
    """What the framework does not know in a population, which stands from line 3 on."""
    found = engagement(folder, f"client: x\npopulation:\n{said}")
    return [(fault.line, fault.what, fault.mend) for fault in unknown_keys(found, framework)]


def test_without_one_nobody_is_counted(framework: Framework, tmp_path: Path) -> None:
    assert sizes_of(engagement(tmp_path, "client: x"), framework) is None


def test_rows_are_the_crossing_in_the_frameworks_order_of_keys(framework: Framework, tmp_path: Path) -> None:
    found = population(tmp_path, ROWS, framework)
    assert found.keys == ("role", "unit")
    assert dict(found.people) == {("employee", "IT"): 41, ("employee", "Sales"): 228, ("manager", "Sales"): 12}
    assert list(found.people) == sorted(found.people)
    assert found.total == 281
    assert found.tables == (("role",), ("unit",), ("role", "unit"))


def test_a_group_has_the_people_of_all_its_rows(framework: Framework, tmp_path: Path) -> None:
    found = population(tmp_path, ROWS, framework)
    assert found.of({}) == 281
    assert found.of({"unit": "Sales"}) == 240
    assert found.of({"unit": "Sales", "role": "manager"}) == found.of({"role": "manager", "unit": "Sales"}) == 12


@pytest.mark.parametrize(
    "by", [{"unit": "IT", "role": "manager"}, {"unit": "Nowhere"}, {"unit": None}, {"source": "interview"}]
)
def test_of_groups_that_it_does_not_name_nothing_is_known(
    by: dict[str, str | None], framework: Framework, tmp_path: Path
) -> None:
    assert population(tmp_path, ROWS, framework).of(by) is None


def test_sizes_by_single_keys_tell_nothing_of_their_crossing(framework: Framework, tmp_path: Path) -> None:
    said = "client: x\npopulation: {unit: {Sales: 240, IT: 41}, role: {manager: 12, employee: 269}}\n"
    found = population(tmp_path, said, framework)
    assert not found.is_crossed
    assert found.total == 281
    assert (found.of({"unit": "IT"}), found.of({"unit": "IT", "role": "manager"})) == (41, None)
    assert found.tables == (("role",), ("unit",))


def test_sizes_by_one_key_are_the_same_in_either_form(framework: Framework, tmp_path: Path) -> None:
    rows = "client: x\npopulation: [{unit: Sales, people: 240}, {unit: IT, people: 41}]\n"
    assert population(tmp_path, rows, framework) == population(
        tmp_path, "client: x\npopulation: {unit: {IT: 41, Sales: 240}}\n", framework
    )


def test_values_may_be_labels_of_any_language(framework: Framework, tmp_path: Path) -> None:
    said = "client: x\npopulation: {role: {Encadrement: 12, Employee: 269}}\n"
    assert dict(population(tmp_path, said, framework).people) == {("employee",): 269, ("manager",): 12}


def test_a_unit_that_looks_like_a_number_or_a_truth_is_its_name(framework: Framework, tmp_path: Path) -> None:
    said = "client: x\npopulation: [{unit: 12, people: 3}, {unit: No, people: 4}]\n"
    assert dict(population(tmp_path, said, framework).people) == {("12",): 3, ("No",): 4}


@pytest.mark.parametrize(
    ("said", "line", "what", "mend"),
    [
        ("  - {people: 12}", 3, "a row of the population has no key", "say of whom, such as 'unit: Sales'"),
        (
            "  - {unit: Sales, people: 0}",
            3,
            "a row of the population: 'people' should be a whole number of at least 1, found '0'",
            "write a whole number of at least 1",
        ),
        ("  - {unit: , people: 3}", 3, "'unit' should be one value, found nothing", "write a value or a label"),
        (
            "  - Sales: 12\n  - 240\n",
            4,
            "'population': a row of keys is expected, found '240'",
            "write '- {unit: Sales, people: 240}'",
        ),
        (
            "  unit: 240",
            3,
            "'population': sizes by 'unit' are expected, found '240'",
            "write 'unit: {Sales: 240, IT: 55}', or a list of rows",
        ),
        (
            "  unit: {Sales: many}",
            3,
            "the population by 'unit': 'Sales' should be a whole number of at least 1, found 'many'",
            "write a whole number of at least 1",
        ),
        ("  []", 3, "'population' has no rows", "add some, or remove the key"),
        ("  {}", 3, "'population' names no key", "add some, or remove it"),
        (
            "  281",
            3,
            "the engagement: 'population' should be rows or sizes by key, found '281'",
            "write '- {unit: Sales, people: 240}', one a line",
        ),
    ],
)
def test_what_is_malformed_is_told_by_line(said: str, line: int, what: str, mend: str, tmp_path: Path) -> None:
    assert malformed(tmp_path, said)[0] == (line, what, mend)


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("{unit: Sales, role: manager}", ("a row of the population has no 'people'", "add 'people: …'")),
        ("{unit: Sales, role: manager, peple: 12}", ("'peple' is no context key of small", "did you mean 'people'?")),
        ("{unt: Sales, role: manager, people: 12}", ("'unt' is no context key of small", "did you mean 'unit'?")),
        (
            "{department: Sales, role: manager, people: 12}",
            ("'department' is no context key of small", "use one of role, unit, or leave it out"),
        ),
        (
            "{unit: Sales, role: manager, people: 12, comment: many}",
            ("'comment' is no context key of small", "use one of role, unit, or leave it out"),
        ),
        (
            "{unit: Sales, people: 12}",
            ("this row names unit, the one on line 4 unit, role", "name the same keys in every row"),
        ),
    ],
)
def test_a_slip_in_the_first_of_many_rows_is_told_once_and_of_that_row(
    row: str, found: tuple[str, str], framework: Framework, tmp_path: Path
) -> None:
    right = "".join(f"  - {{unit: U{n}, role: employee, people: 3}}\n" for n in range(20))
    assert unknown(tmp_path, f"  - {row}\n{right}", framework) == [(3, *found)]


def test_every_row_names_the_same_keys(framework: Framework, tmp_path: Path) -> None:
    said = "  - {unit: Sales, people: 3}\n  - {unit: IT, role: manager, people: 2}\n  - {unit: HR, people: 2}\n"
    assert unknown(tmp_path, said, framework) == [
        (4, "this row names unit, role, the one on line 3 unit", "name the same keys in every row")
    ]


def test_of_two_rows_that_differ_the_second_is_told(framework: Framework, tmp_path: Path) -> None:
    said = "  - {unit: Sales, people: 3}\n  - {unit: IT, role: manager, people: 2}\n"
    assert [line for line, _what, _mend in unknown(tmp_path, said, framework)] == [4]


def test_whatever_the_framework_does_not_know_is_told_with_the_nearest(framework: Framework, tmp_path: Path) -> None:
    said = """\
      - {unit: Sales, rolle: manager, people: 12}
      - {unit: Sales, rolle: employee, people: 12}
    """
    assert unknown(tmp_path, said, framework) == [
        (3, "'rolle' is no context key of small", "did you mean 'role'?"),
    ]
    assert unknown(tmp_path, "  role:\n    manager: 3\n    employe: 4\n    boss: 5\n", framework) == [
        (5, "role is 'employe' in the population", "did you mean 'employee'?"),
        (6, "role is 'boss' in the population", "write one of manager, employee, or their labels"),
    ]
    assert unknown(tmp_path, "  - {unit: NA, people: 2}\n", framework) == [
        (3, "unit is left blank in the population", "name a value: whoever has none cannot be counted"),
    ]


def test_a_group_is_there_once_under_whatever_label(framework: Framework, tmp_path: Path) -> None:
    said = "  - {role: manager, unit: A, people: 1}\n  - {unit: A, role: Encadrement, people: 2}\n"
    assert unknown(tmp_path, said, framework) == [
        (4, "unit=A, role=manager is in the population twice, first on line 3", "keep one of them")
    ]
    assert len(unknown(tmp_path, "  {role: {manager: 1, Manager: 2}}\n", framework)) == 1


def test_every_key_makes_up_everybody(framework: Framework, tmp_path: Path) -> None:
    said = "  unit: {Sales: 240, IT: 41}\n  role: {manager: 12, employee: 270}\n"
    assert unknown(tmp_path, said, framework) == [
        (4, "the sizes by role make 282 people, those by unit 281", "each key has to make up everybody")
    ]


def test_nothing_is_balanced_by_a_population_that_is_not_there_or_not_crossed(
    framework: Framework, tmp_path: Path
) -> None:
    found = engagement(tmp_path, "client: x\nbalance: population\n")
    assert [(fault.line, fault.what) for fault in unknown_keys(found, framework)] == [
        (2, "there is no population to balance by")
    ]
    margins = "client: x\nbalance: population\npopulation: {unit: {A: 2}, role: {manager: 2}}\n"
    assert [fault.line for fault in unknown_keys(engagement(tmp_path, margins), framework)] == [2]
    assert not unknown_keys(engagement(tmp_path, dedent(ROWS) + "balance: population\n"), framework)


sizes = st.dictionaries(
    st.tuples(st.sampled_from(["manager", "employee"]), st.sampled_from("ABCDé")), st.integers(1, 10**6), min_size=1
)


@tries(30)
@given(sizes, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_keys_says_nothing(
    framework: Framework,
    tmp_path_factory: pytest.TempPathFactory,
    cells: dict[tuple[str, str], int],
    rng: random.Random,
) -> None:
    folder = tmp_path_factory.mktemp("engagement")
    lines = []
    for (role, unit), people in rng.sample(sorted(cells.items()), len(cells)):
        pairs = rng.sample([f"role: {role}", f"unit: {unit}", f"people: {people}"], 3)
        lines.append(f"  - {{{', '.join(pairs)}}}\n")
    found = population(folder, f"client: x\npopulation:\n{''.join(lines)}", framework)
    assert list(found.people.items()) == sorted(cells.items())
    assert found.total == sum(cells.values())
    for unit in {unit for _, unit in cells}:
        assert found.of({"unit": unit}) == sum(people for (_, of), people in cells.items() if of == unit)
