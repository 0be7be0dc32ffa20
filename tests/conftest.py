"""What holds for every test."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Signals end a process, as they do for a user: a test run started in the background may have them ignored."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
