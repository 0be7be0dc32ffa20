"""Workers of a cluster: whether any is at work. Spark itself would wait for one for ever, without a word."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from readiness.responses.engines.spark_faults import OURS

if TYPE_CHECKING:
    from pyspark import SparkContext

EVERY = 2  # seconds from look to look
PATIENCE = 300  # seconds without a worker: a busy cluster may let us wait


class Workers:
    """The workers of a session on a standalone cluster."""

    def __init__(self, context: SparkContext) -> None:
        self._tracker = context.statusTracker()
        self._looked = time.monotonic()
        self._idle_since: float | None = None

    def look(self) -> None:
        """See whether what there is to do is being done.

        Raises:
            RuntimeError: nobody has been doing it for minutes.
        """
        now = time.monotonic()
        if now - self._looked < EVERY:
            return
        self._looked = now
        stages = [self._tracker.getStageInfo(stage) for stage in self._tracker.getActiveStageIds()]
        waiting = [stage for stage in stages if stage is not None]
        if not waiting or any(stage.numActiveTasks for stage in waiting):
            self._idle_since = None
            return
        self._idle_since = self._idle_since or now
        if now - self._idle_since > PATIENCE:
            what = f"the cluster has had no worker for this for {PATIENCE:g} seconds, or lost all it had"
            mend = "look at the cluster, whether it has workers with a free core and enough memory, and run it again"
            raise RuntimeError(f"{OURS}{what}; {mend}\n")
