"""How long hostile YAML keeps the loader busy, and how much memory it takes, beside a framework that is good.

Run: python benchmarks/hostile_yaml.py. Each row is a fresh process that checks a folder whose questionnaire is hostile.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "questionnaires/enterprise-2.0"
HEADER = b"""format: 1
id: hostile
version: "1"
languages: [en]
title: Hostile
questionnaires: [culture.yaml]
scales: {yes_no: {options: [{value: 0, label: "No"}, {value: 1, label: "Yes"}]}}
"""
GOOD = b"""dimension: culture
title: Culture
about: What people do.
indicators:
  lived: {desired: high, title: Lived, about: It happens., items: {A: {text: We help., scale: yes_no}}}
"""
LAUGHS = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
MERGES = "x0: &x0 {k: 1}\n" + "".join(f"x{n}: &x{n}\n  <<: [*x{n - 1}, *x{n - 1}]\n" for n in range(1, 18))
ITEMS = "".join(f"      A{n}: {{text: a, scale: yes_no, ask_if: {{A{n + 1}: {{is: 1}}}}}}\n" for n in range(4_000))
HOSTILE: dict[str, str | bytes] = {
    "billion laughs": LAUGHS,
    "merge bomb": MERGES,
    "200,000 brackets": "[" * 200_000,
    "200,000 braces": "{a: " * 200_000,
    "200,000 dashes": "- " * 200_000,
    "deep indentation": "".join(" " * depth + "a:\n" for depth in range(2_800)),
    "tags": "a: !!python/object/apply:os.system [true]\n" * 1_000,
    "10 MB": "a: " + "x" * 10_000_000,
    "4 MB, one text": "dimension: " + "x" * 3_990_000,
    "4 MB of values": "- a\n" * 999_000,
    "4 MB of keys": "".join(f"key{number}: 1\n" for number in range(290_000)),
    "24,000 unknown keys": "dimension: a\n" + "".join(f"key{number}: 1\n" for number in range(24_000)),
    "4 MB of quotes": "'" * 3_990_000,
    "binary": bytes(range(256)) * 15_000,
    "UTF-16": ("a: 1\n" * 300_000).encode("utf-16"),
    "4,000 items in a chain": f"dimension: a\nindicators:\n  b:\n    desired: high\n    items:\n{ITEMS}",
}
MEASURE = """
import resource, sys, time
from pathlib import Path
from readiness.framework.loading import check
start = time.perf_counter()
checked = check(Path(sys.argv[1]))
spent = time.perf_counter() - start
said = checked.faults[0].what if checked.faults else "loaded"
print(f"{spent}|{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}|{len(checked.faults)}|{said[:60]}")
"""


def measure(folder: Path) -> tuple[float, float, str, str]:
    """Seconds, peak memory in MB, number of faults and the first of them."""
    run = subprocess.run([sys.executable, "-c", MEASURE, str(folder)], capture_output=True, text=True, check=True)
    spent, memory, faults, said = run.stdout.strip().split("|", 3)
    return float(spent), float(memory), faults, said


def main() -> None:
    """Print one row a case."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "framework.yaml").write_bytes(HEADER)
        (folder / "culture.yaml").write_bytes(GOOD)
        measure(folder)  # warms the caches of the file system
        good, memory, _, _ = measure(folder)
        print(f"{'case':26}{'seconds':>9}{'more':>8}{'MB':>6}{'faults':>8}  first fault")
        print(f"{'a good framework':26}{good:9.3f}{'':8}{memory:6.0f}")
        spent, memory, _, _ = measure(SHIPPED)
        print(f"{'enterprise-2.0':26}{spent:9.3f}{'':8}{memory:6.0f}")
        for case, text in HOSTILE.items():
            (folder / "culture.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
            spent, memory, faults, said = measure(folder)
            print(f"{case:26}{spent:9.3f}{spent - good:8.3f}{memory:6.0f}{faults:>8}  {said}")


if __name__ == "__main__":
    main()
