"""The command line: every command, and the one place where anything is caught.

Exit codes: 0 done; 1 the input has faults; 2 wrong usage; 129, 130, 143 hung up, interrupted, terminated. What takes
long to import is imported inside the commands, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

import typer

from readiness import __version__
from readiness.cli import check, demo, diagnose, frameworks, interview, levers, map, report, schema, score, whatif
from readiness.cli.talk import speak_plainly, tell, without_passwords
from readiness.endings import ENDING
from readiness.faults import InputError, UsageError

FAULTY, WRONG_USAGE = 1, 2
UNEXPECTED = 70  # EX_SOFTWARE: the program is at fault, not the input

app = typer.Typer(
    name="readiness",
    help="Are we ready to work as a network, and which of the known ways to fail are we on?",
    epilog="Begin with: readiness demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (demo, interview, map, score, report, diagnose, levers, whatif, check, frameworks, schema):
    command.register(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"readiness {__version__}")
        raise typer.Exit


@app.callback()
def readiness(
    version: bool = typer.Option(
        False, "--version", callback=_show_version, is_eager=True, help="Show the version and leave."
    ),
) -> None:
    """Are we ready to work as a network, and which of the known ways to fail are we on?"""


class Stopped(BaseException):
    """A signal that ends the program. No KeyboardInterrupt, which the command-line library would take for its own."""

    def __init__(self, number: int) -> None:
        self.code = 128 + number


def _stop(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 the system's signature
    raise Stopped(number)


def _on_signals(do: Callable[[int, FrameType | None], NoReturn] | signal.Handlers) -> None:
    """What a signal that ends the program does, unless it was ignored before we came, as under `nohup`."""
    for number in ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, do)


def run() -> NoReturn:
    """Run the command line, and leave with its exit code."""
    # A command makes many small objects, nearly all of which live to its end: looking for garbage costs a tenth.
    gc.set_threshold(500_000, 20, 50)
    # Looking for plugins of other packages costs pydantic 30 ms at every start; none of them is for us.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Matrices are small here: a second thread would wait for the first, and take a core from whoever reads the file.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _on_signals(_stop)
    speak_plainly()
    try:
        app()
        code = 0
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else int(bool(leaving.code))
        if isinstance(leaving.__context__, BrokenPipeError):  # as the command-line library leaves a closed pipe
            code = _reader_left()
    except UsageError as error:
        code = _list_faults(error, WRONG_USAGE)
    except InputError as error:
        code = _list_faults(error, FAULTY)
    except Stopped as stopped:
        _on_signals(signal.SIG_IGN)  # once is enough
        tell("stopped")
        code = stopped.code
    except BrokenPipeError:
        code = _reader_left()
    except OSError as error:
        tell(f"{error.filename or 'the system'}: {error.strerror or error}")
        code = FAULTY
    except Exception as error:
        code = _unexpected(error)
    _leave(code)


def _leave(code: int) -> NoReturn:
    """Say everything there is left to say, and go.

    At once, and not by way of the interpreter's clean-up: taking apart the objects of a framework and of the libraries
    one by one takes a fifth of a short command's time, and the system does it for nothing. Every file is closed by now.
    """
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None and not stream.closed:
                stream.flush()
    except BrokenPipeError:
        pass  # whoever read our output has had enough
    except OSError as error:
        tell(f"the output could not be written: {error.strerror or error}")
        code = code or FAULTY
    os._exit(code)


def _list_faults(error: InputError, code: int) -> int:
    for fault in error.faults:
        tell(str(fault))
    if len(error.faults) > 1:
        tell(f"{len(error.faults)} faults")
    return code


def _reader_left() -> int:
    """Whoever read our output has had enough (`| head`): nothing more is to be written, and nothing is wrong."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _unexpected(error: Exception) -> int:
    """One line for the user, the traceback into a log beside the other temporary files."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="readiness-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(f"readiness {__version__}\n{without_passwords(' '.join(sys.argv))}\n")
        traceback.print_exception(error, file=log)
    tell(f"unexpected {type(error).__name__}: {error}; details are in {log.name}")
    return UNEXPECTED
