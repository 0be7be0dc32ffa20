"""The terminal as a killed process leaves it, put back in order."""

from __future__ import annotations

import sys
from contextlib import suppress

# Out of the alternate screen, cursor shown, lines wrapped, no mouse, focus, paste or resize reports, plain keys, plain
# text: each undoes one thing that a full screen switches on, and does nothing where it is off.
MODES = (
    "\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"
    "\x1b[?1004l\x1b[?2004l\x1b[?2048l\x1b[<u\x1b[0m"
)


def reset() -> None:
    """Puts the terminal in order, if there is one: keys are shown again and Enter ends a line."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        return
    with suppress(OSError, ValueError):
        stream.write(MODES)
        stream.flush()
    with suppress(ImportError, OSError, ValueError):
        _sane()


def _sane() -> None:
    """What `stty sane` does for what a full screen changes."""
    import termios

    handle = sys.stdin.fileno()
    settings = termios.tcgetattr(handle)
    settings[0] |= termios.ICRNL | termios.IXON | termios.BRKINT
    settings[1] |= termios.OPOST
    settings[3] |= termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN
    termios.tcsetattr(handle, termios.TCSANOW, settings)


def is_full(term: str | None) -> bool:
    """Whether a full screen can be drawn: keys come from a terminal, it goes to one, and that one can place text."""
    streams = (sys.stdin, sys.stderr)
    return term not in (None, "", "dumb", "unknown") and all(s is not None and s.isatty() for s in streams)
