"""What can only be judged once the whole framework has been read."""

from __future__ import annotations

from readiness.framework.ledger import Ledger
from readiness.framework.models import Framework


def check_framework(framework: Framework, ledger: Ledger) -> None:
    """Record whatever does not fit together."""
