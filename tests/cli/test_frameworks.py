"""`frameworks`: what comes with the tool, from any folder."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.running import run


def test_the_default_is_listed_with_what_it_holds(tmp_path: Path) -> None:
    ran = run("frameworks", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "enterprise-2.0 1.0  Enterprise 2.0 readiness  (en, fr; " in ran.out


def test_titles_come_in_the_language_asked_for(tmp_path: Path) -> None:
    assert "Préparation à l’entreprise 2.0" in run("frameworks", "--lang", "fr", cwd=tmp_path).out


def test_json_says_the_same(tmp_path: Path) -> None:
    (listed,) = json.loads(run("frameworks", "--format", "json", cwd=tmp_path).out)
    assert listed["id"] == "enterprise-2.0"
    assert listed["languages"] == ["en", "fr"]
    assert listed["items"] > 40
    assert listed["scenarios"] >= 3
