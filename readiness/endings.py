"""Endings: the signals by which a terminal or a system ends a process."""

from __future__ import annotations

import signal

# SIGHUP: the terminal was closed. Windows has none.
ENDING = tuple(getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGTERM") if hasattr(signal, name))
