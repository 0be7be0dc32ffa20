"""The page that defines the format: its examples load, and it leaves out no key."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.framework.loading import check
from readiness.framework.nodes import plain
from readiness.framework.source import parse
from readiness.framework.vocabulary import KEYS

PAGE = (Path(__file__).parents[2] / "docs/framework.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n# (in )?(\S+\.yaml)\n(.*?)```", PAGE, re.DOTALL)


def joined(whole: Any, part: Any) -> Any:
    if isinstance(whole, dict) and isinstance(part, dict):
        return {**whole, **{key: joined(whole.get(key), value) for key, value in part.items()}}
    return part


def write(files: dict[str, Any], folder: Path) -> Path:
    for name, tree in files.items():
        (folder / name).write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


def test_every_block_says_which_file_it_belongs_to() -> None:
    assert len(BLOCKS) == PAGE.count("```yaml")


def test_every_block_is_plain_yaml() -> None:
    for _, name, text in BLOCKS:
        assert parse(text, name).faults == ()


def test_the_smallest_framework_loads(tmp_path: Path) -> None:
    whole = {name: plain(parse(text, name).root) for part, name, text in BLOCKS[:2] if not part}
    assert check(write(whole, tmp_path)).faults == ()


def test_all_blocks_together_make_a_framework(tmp_path: Path) -> None:
    files: dict[str, Any] = {}
    for _, name, text in BLOCKS:
        files[name] = joined(files.get(name), plain(parse(text, name).root))
    checked = check(write(files, tmp_path))
    assert checked.faults == ()
    assert checked.framework is not None
    assert list(checked.framework.scenarios) == ["theatre"]


@pytest.mark.parametrize("part", KEYS)
def test_every_key_is_defined(part: Any) -> None:
    in_code = re.findall(r"`([a-z_]+)[:`]", PAGE)
    in_examples = re.findall(r"\b([a-z_]+):", "".join(text for _, _, text in BLOCKS))
    for key in KEYS[part].known:
        assert key in {*in_code, *in_examples}
