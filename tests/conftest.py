"""What holds for every test."""

from __future__ import annotations

import signal

from hypothesis import settings


def pytest_configure() -> None:
    """Signals end a process, as they do for a user; examples have no deadline.

    A test run started in the background may have signals ignored.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)
    # No test measures time, and on a busy machine an example takes as long as it takes.
    settings.register_profile("untimed", settings.default, deadline=None)
    settings.load_profile("untimed")
