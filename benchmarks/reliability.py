"""Alpha and omega of a table of answers, to compare with what was published of it.

Run: python benchmarks/reliability.py FILE.csv [COLUMN …]. One row a respondent, one column an item; by default all
columns. With --long the columns named are three: who answered, which item, and the answer, one row an answer. Empty
cells and NA are missing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import polars as pl

from readiness.analysis.moments import Answers, covariances
from readiness.analysis.one_factor import fitted
from readiness.analysis.reliability import alpha_of


def answers_in(path: Path, columns: list[str], long: bool) -> Answers:
    """The answers as they stand in the file."""
    frame = pl.read_csv(path, null_values=["", "NA"], infer_schema_length=None)
    frame = frame.select(columns or pl.all())
    if long:
        who, item, answer = frame.columns
        frame = frame.pivot(on=item, index=who, values=answer, sort_columns=True).drop(who)
    points = frame.cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return Answers(tuple(frame.columns), points, np.ones(len(points)))


def main() -> None:
    parser = argparse.ArgumentParser(description="Alpha and omega of a table of answers.")
    parser.add_argument("file", type=Path)
    parser.add_argument("columns", nargs="*")
    parser.add_argument("--long", action="store_true")
    asked = parser.parse_args()
    answers = answers_in(asked.file, asked.columns, asked.long)
    matrix = covariances(answers)
    factor = fitted(matrix)
    print(f"{answers.n} respondents, {len(answers.items)} items: {', '.join(answers.items)}")
    print(f"alpha  {alpha_of(matrix)}")
    print(f"omega  {factor.omega if factor else None}  (minimum residuals, one factor)")
    if factor and factor.held:
        print(f"       no variance of its own is left to {', '.join(answers.items[place] for place in factor.held)}")


if __name__ == "__main__":
    main()
