"""Platforms: a grid recognised as what some survey tool writes, and its columns described.

Another platform is a module with `TITLE`, `recognise` and `read`, and one line in `PLATFORMS`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from readiness.faults import Fault, ResponseError, UsageError
from readiness.framework.ledger import nearest, one_of
from readiness.responses.platforms import (
    google_forms,
    kobo,
    limesurvey,
    long,
    microsoft_forms,
    plain,
    qualtrics,
    redcap,
    refusals,
    spss,
    surveymonkey,
    typeform,
)

if TYPE_CHECKING:
    from readiness.responses.export import Export
    from readiness.responses.grid import Grid


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


# In the order in which they are asked: first a format that brings its own labels; then who signs columns with names
# that nobody else has, the rarest first; then who is known by the first columns only; what remains is plain.
PLATFORMS: dict[str, Platform] = {
    name: cast("Platform", module)
    for name, module in {
        "spss": spss,
        "qualtrics": qualtrics,
        "typeform": typeform,
        "surveymonkey": surveymonkey,
        "microsoft_forms": microsoft_forms,
        "kobo": kobo,
        "redcap": redcap,
        "limesurvey": limesurvey,
        "google_forms": google_forms,
        "long": long,
        "plain": plain,
    }.items()
}


def understood(grid: Grid, platform: str | None = None) -> Export:
    """A grid as what its platform wrote: the one named, else the first that recognises it.

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
    refusals.refuse(grid, forced=platform is not None)
    if platform is not None:
        return PLATFORMS[platform].read(grid)
    return next(module for module in PLATFORMS.values() if module.recognise(grid)).read(grid)
