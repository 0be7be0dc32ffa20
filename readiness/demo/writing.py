"""Writing the demo engagement into a folder, and never over anything else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from readiness.demo.record import Record, judge_own
from readiness.faults import Fault, InputError

COMPANY = Path(__file__).with_name("company")
SETTINGS = "engagement.yaml"
README = "README.md"
COMMENTARY = "commentary.yaml"
READ_FROM = ("surveys", "interviews")  # whatever lies in them is scored


def write_demo(folder: Path, later: Sequence[str] = ()) -> Path:
    """Writes an engagement of an invented company into `folder`: settings, surveys and interviews, always the same.

    An earlier demo is written anew; journals, results and reports that were added to it stay. Returns the folder.
    later: files that are to be written once these are read, which may not be somebody's own either.

    Raises:
        UsageError: somebody changed what would be written over.
        InputError: the folder holds something else, or cannot be written.
    """
    from readiness.demo import interviews, survey
    from readiness.demo.profile import read_profile
    from readiness.framework.catalogue import find
    from readiness.framework.loading import load
    from readiness.responses.engagement import read_engagement

    profile = read_profile()
    record = _record(folder, profile.exports)
    framework = load(find(str(read_engagement(COMPANY).framework)))
    # The settings come first: by them an interrupted demo is known for one.
    files = {name: (COMPANY / name).read_bytes() for name in (SETTINGS, README, COMMENTARY)}
    files |= {f"surveys/{name}": content for name, content in survey.written(framework, profile).items()}
    files |= {f"interviews/{name}": content for name, content in interviews.written(framework, profile).items()}
    judge_own(record, folder, {**files, **dict.fromkeys((README, *later))})  # these change from version to version
    try:
        record.write(files)
        record.remove(record.former(READ_FROM, files))
    except OSError as error:
        what = f"the demo cannot be written ({error.strerror or error})"
        raise InputError([Fault(str(error.filename or folder), None, what, "name another folder")]) from error
    return folder


def _record(folder: Path, surveys: Collection[str]) -> Record:
    """What was written into a folder before. Raises InputError where the demo would be mixed with something else."""
    if not folder.exists() and not folder.is_symlink():
        return Record(folder)
    if not folder.is_dir():
        raise InputError([Fault(str(folder), None, "this is a file, not a folder", "name a folder for the demo")])
    try:
        record = Record(folder)
        if not any(folder.iterdir()):
            return record
        ours = record.exists or _is_demo(folder)
        former = {Path(name).name for name in record.former(["surveys"], ())}
        # A survey that somebody added would be scored together with the invented answers.
        inside = folder / "surveys"
        added = (
            sorted(path for path in inside.glob("*") if path.name not in {*surveys, *former}) if inside.is_dir() else []
        )
    except OSError as error:
        what = f"the folder cannot be read ({error.strerror or error})"
        raise InputError([Fault(str(folder), None, what, "name another folder")]) from error
    if not ours:
        what = "the folder holds something else than the demo, and the demo would be mixed with it"
        raise InputError([Fault(str(folder), None, what, "name a folder that is new or empty")])
    if added:
        mend = "move it elsewhere, or name another folder"
        raise InputError([Fault(str(path), None, "this file is none of the demo's", mend) for path in added])
    return record


def _is_demo(folder: Path) -> bool:
    """Whether the folder is a demo written earlier, told by the first line of its settings."""
    settings = folder / SETTINGS
    if not settings.is_file():
        return False
    mark = (COMPANY / SETTINGS).read_bytes().splitlines()[0]
    with settings.open("rb") as file:
        return file.readline(4096).rstrip(b"\r\n") == mark
