"""One sitting of an interview from end to end: the journal opened, the questions asked, the way out told."""

from __future__ import annotations

import io
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.interview.conversation import begin
from readiness.interview.entries import lines_of
from readiness.interview.journal import Clock, NotKeptError, Writer, create, now, resume
from readiness.interview.plain import PlainInterview
from readiness.interview.questions import ROLE, Form, questions_of
from readiness.interview.signals import HANGUP, Interrupted, Signals
from readiness.interview.wording import legible
from readiness.responses.journal import INTERVIEWEE, Contents, Event, Header, Journal, Value

if TYPE_CHECKING:
    from typing import TextIO

    from readiness.framework.models import Framework

NO_CONTEXT: Mapping[str, Value] = MappingProxyType({})


class WrongUsageError(ValueError):
    """The interview was asked for in a way that makes no sense; the message says what would."""


def run_plain(
    framework: Framework,
    path: Path,
    *,
    context: Mapping[str, Value] = NO_CONTEXT,
    language: str | None = None,
    form: Form = "full",
    respondent: str | None = None,
    framework_option: str | None = None,
    stdin: TextIO | None,
    stdout: TextIO | None,
    stderr: TextIO | None,
    clock: Clock = now,
) -> int:
    """Holds an interview line by line, in the journal at `path`: a new one, or one that is taken up again.

    context: what is known before the first question; with the role among it, only items are asked. language: None for
    the journal's, or the framework's first. respondent: a pseudonym for a new journal; None takes the file's name.
    framework_option: what `--framework` has to say for this framework, for the commands told at the end. A stream is
    None where the process was started without it.

    Returns what the process has to exit with: 0, or 129, 130, 143 after a hangup, an interrupt, a termination.
    Raises ResponseError if the journal cannot be used, WrongUsageError for a role or language that does not exist.
    """
    if language is not None and language not in framework.languages:
        raise WrongUsageError(f"{framework.id} has no language {language!r}; it has {', '.join(framework.languages)}")
    context = _coded(framework, context)
    header = Header(
        framework=framework.id,
        version=framework.version,
        respondent=_storable(respondent or path.stem),
        context=context,
        language=language or framework.languages[0],
    )
    stdin, stdout, stderr = stdin or io.StringIO(), stdout or io.StringIO(), stderr or io.StringIO()
    _widen(stdout, stderr)
    try:
        with Signals() as signals:
            with signals.held():
                writer, found, contents = _open(path, header, framework, stderr, clock)
            with writer:
                known = frozenset({*found.context, *context})
                questions = questions_of(framework, form, known, items_only=ROLE in known)
                interview = PlainInterview(
                    framework=framework,
                    conversation=begin(questions, frozenset(framework.context), found.context, contents),
                    writer=writer,
                    signals=signals,
                    entries=lines_of(stdin),
                    screen=stdout,
                    typed=stdin.isatty(),
                )
                return _hold(interview, language or contents.language, found.respondent, framework_option, stderr)
    except Interrupted as interruption:  # before there was anything to keep
        return interruption.code


def _hold(
    interview: PlainInterview, language: str, respondent: str, framework_option: str | None, stderr: TextIO
) -> int:
    """The interview itself, whatever ends it; the exit code."""
    try:
        if language != interview.conversation.contents.language:
            interview.speak(language)
        interview.say(interview.wording.opening(respondent, interview.path))
        interview.run()
        interview.say(["", *interview.wording.closing(interview.path, framework_option)])
        return 0
    except Interrupted as interruption:
        return _leave(interview, interruption.code, stderr)
    except NotKeptError as error:
        what = f"an answer could not be saved ({error.strerror}); everything before it is kept"
        mend = "mend that, and take the interview up again"
        raise ResponseError([Fault(str(interview.path), None, what, mend)]) from error
    except OSError:  # whoever was listening has gone: a pipe closed, a terminal shut
        interview.hush()
        return _leave(interview, HANGUP, stderr)


def _open(
    path: Path, header: Header, framework: Framework, stderr: TextIO, clock: Clock
) -> tuple[Writer, Header, Contents]:
    """The journal, opened for writing; its header and contents if there is one already, else `header` and nothing."""
    if _is_new(path):
        return create(path, header, clock), header, Contents(header.language)
    writer, journal = resume(path, clock)
    try:
        _check_journal(journal, header, framework, path)
    except BaseException:
        writer.close()
        raise
    contents = journal.contents
    role = header.context.get(ROLE)
    if role is not None and ROLE not in {**contents.answers, **journal.context}:
        contents = contents.after(writer.append(Event("answer", item=ROLE, source=INTERVIEWEE, value=role)))
    for problem in journal.problems:
        _warn(stderr, str(problem))
    for remark in journal.left_out(framework):
        _warn(stderr, f"{path}: {remark}")
    if journal.header.version != framework.version:
        was, now_ = journal.header.version, framework.version
        _warn(stderr, f"{path}: begun with version {was} of {framework.id}, goes on with version {now_}")
    return writer, journal.header, contents


def _is_new(path: Path) -> bool:
    """Whether there is no journal yet, or only an empty file. Raises ResponseError where there can be none."""
    try:
        if path.exists() and not path.is_file():
            raise ResponseError([Fault(str(path), None, "not a file", "give a journal, or a name for a new one")])
        return not path.exists() or path.stat().st_size == 0
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise ResponseError([Fault(str(path), None, what, "check the path and its permissions")]) from error


def _coded(framework: Framework, context: Mapping[str, Value]) -> Mapping[str, Value]:
    """The context with its options' ids where labels were given. Raises WrongUsageError for a role that is none."""
    coded = dict(context)
    for name, value in context.items():
        key = framework.context.get(name)
        options = (key.options if key is not None else None) or {}
        named = [option for option, label in options.items() if value == option or value in label.values()]
        if named:
            coded[name] = named[0]
        elif options and name == ROLE:
            raise WrongUsageError(f"{framework.id} has no role {value!r}; it has {', '.join(options)}")
    return MappingProxyType(coded)


def _check_journal(journal: Journal, wanted: Header, framework: Framework, path: Path) -> None:
    found = journal.header
    if found.framework != framework.id:
        what = f"this journal belongs to the framework {found.framework!r}, not to {framework.id!r}"
        raise ResponseError([Fault(str(path), 1, what, "give that one with --framework, or begin a new journal")])
    role = journal.answers.get(ROLE, found.context.get(ROLE))
    asked = wanted.context.get(ROLE)
    if asked is not None and role is not None and asked != role:
        raise WrongUsageError(f"{path} is the interview of role {role!r}, not {asked!r}; leave --role out")


def _leave(interview: PlainInterview, code: int, stderr: TextIO) -> int:
    """After an interruption: the pause is recorded and the way back told, if there is anybody left to tell."""
    with suppress(OSError):
        interview.leave()
        stderr.write("\n")
        _warn(stderr, f"interrupted; everything answered is kept. To go on: readiness interview {interview.path}")
    return code


def _warn(stderr: TextIO, message: str) -> None:
    with suppress(OSError):
        stderr.write(f"readiness: {legible(message)}\n")
        stderr.flush()


def _widen(*streams: TextIO) -> None:
    """Characters that a terminal's code page lacks are shown as a question mark, instead of ending the interview."""
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _storable(text: str) -> str:
    """Bytes of a file's name that are no text become question marks: a journal holds text."""
    return text.encode("utf-8", "replace").decode("utf-8")
