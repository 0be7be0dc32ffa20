"""Samples: small sets of scores, drawn or written down."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from readiness.analysis.samples import Sample, sample_of

SCORES = (0.0, 12.5, 25.0, 37.5, 50.0, 62.5, 75.0, 87.5, 100.0)  # what two items of five points give


def people(least: int = 2, most: int = 12) -> st.SearchStrategy[list[float]]:
    """A side, person by person; sometimes all but a few at the end of the scale."""
    anywhere = st.lists(st.sampled_from(SCORES), min_size=least, max_size=most)
    ceiling = st.lists(st.sampled_from((100.0, 100.0, 100.0, 87.5, 0.0)), min_size=least, max_size=most)
    return anywhere | ceiling


def sample(scores: Sequence[float]) -> Sample:
    return sample_of(np.array(scores, dtype=float), np.ones(len(scores), dtype=np.int64))
