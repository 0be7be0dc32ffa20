"""The engine as a whole: two ways of counting, two modes in one pass."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
import pytest

from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.table import Responses, from_rows
from readiness.scoring import engine, pieces

UNITS = ("Sales", "Stores", "Works", None)


@pytest.fixture(scope="module")
def framework() -> Framework:
    return load(catalogue.find(catalogue.DEFAULT))


def drawn(framework: Framework, people: int, seed: int) -> Responses:
    rng = random.Random(seed)
    cells = ["1", "2", "3", "4", "5", "dk", "na", ""]
    rows: list[dict[str, str | None]] = [
        {item: rng.choice(cells) for item in framework.items}
        | {"unit": rng.choice(UNITS), "role": rng.choice(["employee", "manager", "executive", ""])}
        for _ in range(people)
    ]
    return from_rows(framework, rows)


def test_many_and_few_cells_are_counted_to_the_same_bytes(
    framework: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    responses = drawn(framework, 120, seed=1)
    few = engine.score(framework, responses, [("unit",), ("role", "unit")]).to_json()
    monkeypatch.setattr(pieces, "FEW_CELLS", 0)
    assert engine.score(framework, responses, [("unit",), ("role", "unit")]).to_json() == few


def test_a_survey_scores_the_same_with_interviews_beside_it(framework: Framework) -> None:
    survey, interviews = drawn(framework, 60, seed=2), drawn(framework, 3, seed=3)
    facts = dict.fromkeys((i.id for i in framework.indicators.values() if i.scope == "organisation"), 50.0)
    alone = engine.score(framework, survey, [("unit",)], facts=facts)
    both = engine.score_both(framework, survey, interviews, [("unit",)], facts=facts)
    assert both.overall == alone.overall
    assert both.groups[:-1] == alone.groups


def test_interviews_score_the_same_beside_a_survey_and_are_not_hidden(framework: Framework) -> None:
    survey, interviews = drawn(framework, 60, seed=4), drawn(framework, 3, seed=5)
    facts = dict.fromkeys((i.id for i in framework.indicators.values() if i.scope == "organisation"), 50.0)
    beside = engine.score_both(framework, survey, interviews, facts=facts).groups[-1]
    alone = engine.score(framework, interviews, protect=False, facts=facts).overall
    assert beside.by == {"source": "interview"}
    of_groups = {id_: told for id_, told in alone.scenarios.items() if framework.scenarios[id_].level == "any"}
    assert beside.model_dump(exclude={"by"}) == alone.model_copy(update={"scenarios": of_groups}).model_dump()


def test_the_plan_reads_no_file(framework: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    responses = drawn(framework, 30, seed=6)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("scoring opened a file"))
    assert engine.score(framework, responses).respondents.read == 30


def test_no_digit_hangs_on_how_the_engine_goes_about_it(framework: Framework) -> None:
    survey = drawn(framework, 400, seed=6)
    results = []
    for affinity in ("in-memory", "streaming"):
        with pl.Config() as config:
            config.set_engine_affinity(affinity)  # type: ignore[arg-type]
            results.append(engine.score(framework, survey, [("unit",)]).to_json())
    assert results[0] == results[1]
