"""Two digests: what can change a figure, and what is only read."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.loading import load

Write = Callable[..., Path]
Files = dict[str, str]


def digests(folder: Path) -> tuple[str, str]:
    digest = load(folder).digest
    return digest["scoring"], digest["text"]


def changed(write: Write, good: Files, file: str, old: str, new: str) -> tuple[bool, bool]:
    """Whether the scoring and the text digest change when one thing does."""
    before = digests(write(good))
    assert old in good[file]
    after = digests(write({**good, file: good[file].replace(old, new, 1)}))
    return before[0] != after[0], before[1] != after[1]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("culture.yaml", "We help.", "We helped."),
        ("culture.yaml", "On aide.", "On s’aide."),
        ("framework.yaml", "Disagree", "No"),
        ("framework.yaml", "A work", "Another work"),
        ("framework.yaml", "Salarié", "Salariée"),
        ("scenarios.yaml", "A story.", "The story."),
        ("scenarios.yaml", "relieves: lived", "relieves: pushed"),
        ("culture.yaml", "desired: high", "desired: high\n    source: [S1]"),
        ("framework.yaml", "{value: 1,", "{value: 1, aliases: [x],"),
        ("culture.yaml", "roles: [employee]", "roles: [employee], rung: {order: 1, title: {en: Peers, fr: Pairs}}"),
    ],
)
def test_what_is_only_read_changes_text_alone(write: Write, good: Files, file: str, old: str, new: str) -> None:
    assert changed(write, good, file, old, new) == (False, True)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("culture.yaml", "desired: high", "desired: high\n    weight: 2"),
        ("culture.yaml", "desired: high", "desired: low"),
        ("culture.yaml", "at_least: 2", "at_least: 3"),
        ("culture.yaml", "roles: [employee]", "roles: [manager]"),
        ("culture.yaml", "roles: [employee]", "reversed: true"),
        ("culture.yaml", "roles: [employee]", "core: true, referent: team"),
        ("framework.yaml", "value: 3", "value: 4"),
        ("framework.yaml", "value: 3", "value: 3, score: 5"),
        ("scenarios.yaml", "high: pushed", "low: pushed"),
        ("scenarios.yaml", "all: [", "any: ["),
        ("framework.yaml", "id: small", "id: large"),
        ("framework.yaml", "id: small", "id: small\ndefaults: {min_answered: 0.5}"),
    ],
)
def test_what_can_change_a_figure_changes_scoring(write: Write, good: Files, file: str, old: str, new: str) -> None:
    assert changed(write, good, file, old, new)[0]


def test_the_order_of_items_counts(write: Write, good: Files) -> None:
    lines = good["culture.yaml"].splitlines()
    first = next(number for number, line in enumerate(lines) if "CUL01:" in line)
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    before = digests(write(good))
    assert digests(write(culture="\n".join(lines)))[0] != before[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("desired: high", "desired: 'high' # a comment"),
        (
            "{text: {en: We help., fr: On aide.}, scale: agreement}",
            "\n        scale: agreement\n        text: {fr: On aide., en: We help.}",
        ),
        ("at_least: 2", "at_least: 2.0"),
    ],
)
def test_the_layout_of_the_yaml_does_not_count(write: Write, good: Files, old: str, new: str) -> None:
    assert changed(write, good, "culture.yaml", old, new) == (False, False)


def test_the_place_does_not_count(write: Write, tmp_path: Path) -> None:
    folder = write()
    shutil.copytree(folder, tmp_path / "elsewhere")
    assert digests(folder) == digests(tmp_path / "elsewhere")


def test_a_digest_is_a_sha_256(write: Write) -> None:
    assert all(len(digest) == 64 and int(digest, 16) for digest in digests(write()))
