"""Platforms: a grid recognised as what some survey tool writes, and its columns described.

Another platform is a module with `TITLE`, `recognise` and `read`, and one line in `PLATFORMS`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from readiness.faults import Fault, ResponseError, UsageError
from readiness.framework.ledger import nearest, one_of

if TYPE_CHECKING:
    from readiness.responses.export import Export
    from readiness.responses.grid import Grid

PLAIN = "plain"  # the platform of a table that no survey tool signs


class Platform(Protocol):
    """What a platform's module has."""

    TITLE: str

    def recognise(self, grid: Grid) -> bool:
        """Whether a grid has the shape that this platform writes. Looks at the first rows alone."""

    def read(self, grid: Grid) -> Export:
        """A grid as an export of this platform.

        Raises:
            ResponseError: it holds no responses, or none in a shape of this platform.
        """


class _Platforms(Mapping[str, Platform]):
    """Platforms by id, each module imported when it is first asked: most files need but one."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def __getitem__(self, name: str) -> Platform:
        if name not in self._names:
            raise KeyError(name)
        return cast("Platform", import_module(f"{__name__}.{name}"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


# In the order in which they are asked: first a format that brings its own labels; then who signs columns with names
# that nobody else has, the rarest first; then who is known by the first columns only; what remains is plain.
PLATFORMS: Mapping[str, Platform] = _Platforms(
    "spss",
    "qualtrics",
    "typeform",
    "surveymonkey",
    "microsoft_forms",
    "kobo",
    "redcap",
    "limesurvey",
    "google_forms",
    "long",
    PLAIN,
)


def understood(grid: Grid, platform: str | None = None, ids: Collection[str] = ()) -> Export:
    """A grid as what its platform wrote: the one named, else the first that recognises it.

    ids: of a framework, in lower case. A table of which every column is called so is the canonical one, and plain.

    The remarks of the export say what was left out of the grid; those of the grid itself are not repeated.

    Raises:
        UsageError: there is no such platform.
        ResponseError: the grid holds no responses, but a summary, a crosstab or a form's structure; or nothing.
    """
    if platform is not None and platform not in PLATFORMS:
        mend = nearest(platform, PLATFORMS) or one_of(PLATFORMS)
        raise UsageError([Fault(f"--platform {platform}", None, "there is no such platform", mend)])
    if not grid.width or not grid.cells.height:
        raise ResponseError([Fault(grid.file, None, "the file is empty", "export the responses again")])
    named = ids and (grid.header_rows or 1) == 1  # a statistics file has labels besides
    if platform is None and named and all(name.strip().casefold() in ids for name in grid.row(0)):
        return PLATFORMS[PLAIN].read(grid)
    refusals = import_module(f"{__name__}.refusals")
    refusals.refuse(grid, forced=platform is not None)
    if platform is not None:
        return PLATFORMS[platform].read(grid)
    return next(module for module in PLATFORMS.values() if module.recognise(grid)).read(grid)
