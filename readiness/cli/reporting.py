"""From sources to a report: what `report` and `demo` share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.options import tables
from readiness.cli.scoring import score_sources
from readiness.faults import Fault, InputError, ResultError, UsageError
from readiness.scoring.result import Result

if TYPE_CHECKING:
    from readiness.responses.files import Reading


def written_result(sources: Sequence[Path], mend: str) -> Path | None:
    """The result that was named in place of responses, if one was. mend: what to do where it is not alone.

    Raises:
        UsageError: it is not by itself.
    """
    results = [source for source in sources if source.suffix == ".json"]
    if results and len(sources) > 1:
        raise UsageError([Fault(str(results[0]), None, "a result among other sources", mend)])
    return results[0] if results else None


def result_of(
    sources: Sequence[Path],
    framework: str | None,
    by: list[str] | None,
    reading: Reading | None = None,
    balance: str | None = None,
    exclude_careless: bool = False,
) -> tuple[Result, bool]:
    """A result as it was written, or one scored now; and whether some cell could not be read."""
    written = written_result(sources, "report on one result, or on response files")
    if written is not None:
        if by or framework or balance or exclude_careless:
            what = "a result is reported on as it was scored"
            mend = "leave --by, --framework, --balance and --exclude-careless out"
            raise UsageError([Fault(str(written), None, what, mend)])
        if reading and any(vars(reading).values()):
            what = "a result is no survey file any more"
            mend = "leave --mapping, --platform, --sheet and --weight out"
            raise UsageError([Fault(str(written), None, what, mend)])
        return read_result(written), False
    done = score_sources(sources, framework, tables(by), reading, balance=balance, exclude_careless=exclude_careless)
    return done.result, bool(done.unread)


@contextmanager
def refusing_edited(sources: Sequence[Path]) -> Iterator[None]:
    """A result that was changed by hand may be of the right form and still tell of texts that are not there.

    Raises:
        ResultError: in place of whatever such a result makes a report stumble over.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, InputError) or sources[0].suffix != ".json":
            raise  # of what was scored just now, the fault is ours
        what = f"no report can be made of it ({type(error).__name__}: {error})"
        mend = "write it again with `readiness score --result`"
        raise ResultError([Fault(str(sources[0]), None, what, mend)]) from error


def read_result(path: Path) -> Result:
    """A result that `score --result` wrote.

    Raises:
        ResultError: the file is missing, or no result of this format.
    """
    from pydantic import ValidationError

    if path.is_char_device() or path.is_block_device():  # which may never end
        raise ResultError([Fault(str(path), None, "this is a device", "name a file that `score --result` wrote")])
    try:
        return Result.model_validate_json(path.read_bytes())
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise ResultError([Fault(str(path), None, what, "check the path")]) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        what = f"this is no result of format 1: {place}: {first['msg']}"
        raise ResultError([Fault(str(path), None, what, "write it again with `readiness score --result`")]) from error
