"""The frameworks that come with readiness, and where its templates are.

In a checkout they stand at its top level, for everyone to read and copy; a wheel carries them as package data.
"""

from __future__ import annotations

from pathlib import Path

from readiness.faults import Fault, FrameworkError

_PACKAGE = Path(__file__).resolve().parent.parent
_IN_CHECKOUT = _PACKAGE.parent
_IN_WHEEL = _PACKAGE / "data"
FRAMEWORK_FILE = "framework.yaml"
DEFAULT = "enterprise-2.0"  # the framework taken where none is named


def shipped() -> dict[str, Path]:
    """The frameworks that come with readiness: id (the name of its folder) and folder, by id."""
    folder = _data("questionnaires")
    if not folder.is_dir():
        return {}
    return {path.name: path for path in sorted(folder.iterdir()) if (path / FRAMEWORK_FILE).is_file()}


def find(name: str | Path) -> Path:
    """The folder of a framework: a shipped id, or else a folder (or the framework.yaml in it).

    Raises:
        FrameworkError: there is neither.
    """
    known = shipped()
    if str(name) in known:
        return known[str(name)]
    folder = Path(name)
    if folder.name == FRAMEWORK_FILE and folder.is_file():
        return folder.parent
    if (folder / FRAMEWORK_FILE).is_file():
        return folder
    if folder.is_dir():
        raise FrameworkError([Fault(str(name), None, f"the folder has no {FRAMEWORK_FILE}", "name another folder")])
    from readiness.framework.ledger import nearest, one_of

    mend = nearest(str(name), known) or f"name a folder, or {one_of(known)}" if known else "name a folder"
    raise FrameworkError([Fault(str(name), None, "no framework has this id, and there is no such folder", mend)])


def mistakable(id_: str, folder: Path) -> Fault | None:
    """A remark on a framework that goes by a shipped one's id: its interviews would be taken for the other's."""
    known = shipped().get(id_)
    if known is None or known.resolve() == folder.resolve():
        return None
    what = f"{id_!r} is a framework that comes with readiness, and this is another folder"
    return Fault(str(folder / FRAMEWORK_FILE), None, what, "give yours an id of its own, before the first answer")


def templates_folder() -> Path:
    """The folder of the report's templates."""
    return _data("report_templates")


def _data(name: str) -> Path:
    # The package's own copy first: an installed package may have anything at all beside it.
    in_wheel = _IN_WHEEL / name
    return in_wheel if in_wheel.is_dir() else _IN_CHECKOUT / name
