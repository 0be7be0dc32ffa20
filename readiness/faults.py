"""What is wrong with an input: where, what was found, and how to mend it.

Libraries raise these, all faults of an input at once; only the command line prints them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong in one place of an input."""

    file: str
    line: int | None
    what: str
    mend: str = ""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        return f"{place}: {self.what}" + (f"; {self.mend}" if self.mend else "")


class InputError(Exception):
    """An input cannot be used. `faults` holds everything that was found wrong, in the order of the input."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FrameworkError(InputError):
    """A framework's files have faults."""


class ResponseError(InputError):
    """A file of responses, a journal or an engagement cannot be read."""


class ResultError(InputError):
    """A result file cannot be read as one."""


class EditionError(InputError):
    """What stands beside a result in a report has faults: the theme, an own template, an own catalogue."""


class CommentaryError(InputError):
    """What a consultant wrote beside the figures cannot be read, or does not fit them."""


class UsageError(InputError):
    """A command was asked for something that cannot be, whatever the input."""
