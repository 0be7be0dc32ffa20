"""Writing the demo engagement into a folder, and never over anything else."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from readiness.faults import Fault, InputError

COMPANY = Path(__file__).with_name("company")
SETTINGS = "engagement.yaml"
README = "README.md"
COMMENTARY = "commentary.yaml"


def write_demo(folder: Path) -> Path:
    """Writes an engagement of an invented company into `folder`: settings, surveys and interviews, always the same.

    An earlier demo is written anew; journals, results and reports that were added to it stay. Returns the folder.

    Raises:
        InputError: the folder holds something else, or cannot be written.
    """
    from readiness.demo import interviews, survey
    from readiness.demo.profile import read_profile
    from readiness.framework.catalogue import find
    from readiness.framework.loading import load
    from readiness.responses.engagement import read_engagement

    profile = read_profile()
    _refuse_others(folder, profile.exports)
    framework = load(find(str(read_engagement(COMPANY).framework)))
    # The settings come first: by them an interrupted demo is known for one.
    files = {name: (COMPANY / name).read_bytes() for name in (SETTINGS, README, COMMENTARY)}
    files |= {f"surveys/{name}": content for name, content in survey.written(framework, profile).items()}
    files |= {f"interviews/{name}": content for name, content in interviews.written(framework, profile).items()}
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        what = f"the demo cannot be written ({error.strerror or error})"
        raise InputError([Fault(str(error.filename or folder), None, what, "name another folder")]) from error
    return folder


def _refuse_others(folder: Path, surveys: Collection[str]) -> None:
    """Raises InputError where writing would cover or mix with what is not the demo's."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise InputError([Fault(str(folder), None, "this is a file, not a folder", "name a folder for the demo")])
    try:
        if not any(folder.iterdir()):
            return
        ours = _is_demo(folder)
        # A survey that somebody added would be scored together with the invented answers.
        inside = folder / "surveys"
        added = sorted(path for path in inside.glob("*") if path.name not in surveys) if inside.is_dir() else []
    except OSError as error:
        what = f"the folder cannot be read ({error.strerror or error})"
        raise InputError([Fault(str(folder), None, what, "name another folder")]) from error
    if not ours:
        what = "the folder holds something else than the demo, and the demo would be mixed with it"
        raise InputError([Fault(str(folder), None, what, "name a folder that is new or empty")])
    if added:
        mend = "move it elsewhere, or name another folder"
        raise InputError([Fault(str(path), None, "this file is none of the demo's", mend) for path in added])


def _is_demo(folder: Path) -> bool:
    """Whether the folder is a demo written earlier, told by the first line of its settings."""
    settings = folder / SETTINGS
    if not settings.is_file():
        return False
    mark = (COMPANY / SETTINGS).read_bytes().splitlines()[0]
    with settings.open("rb") as file:
        return file.readline(4096).rstrip(b"\r\n") == mark
