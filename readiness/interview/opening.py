"""Opening: a journal made ready for a sitting, a new one or one that is taken up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError, UsageError
from readiness.interview.conversation import Conversation, begin
from readiness.interview.journal import create, resume
from readiness.interview.order import IN_ORDER, Order
from readiness.interview.questions import ROLE, questions_of
from readiness.interview.sitting import Guarding, Sitting
from readiness.responses.journal import INTERVIEWEE, Contents, Event, Header, Journal, Value
from readiness.responses.journal_lines import ADAPTIVE, FIXED, FULL

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.framework.models import Framework
    from readiness.interview.journal import Clock, Writer
    from readiness.interview.questions import Form

NO_CONTEXT: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True)
class Arrangement:
    """How an interview is to be held.

    context: what is known before the first question. language: None for the journal's, or the framework's first. form:
    None for the journal's, or in full. respondent: a pseudonym for a new journal; None takes the file's name. order: of
    the questions.
    """

    framework: Framework
    path: Path
    context: Mapping[str, Value] = field(default_factory=lambda: NO_CONTEXT)
    language: str | None = None
    form: Form | None = None
    respondent: str | None = None
    order: Order = IN_ORDER

    def header(self) -> Header:
        """The first line of a new journal. Raises UsageError for a role or language that does not exist."""
        framework, language = self.framework, self.language
        if language is not None and language not in framework.languages:
            known = ", ".join(framework.languages)
            raise UsageError([Fault("--lang", None, f"{framework.id} has no language {language!r}", f"it has {known}")])
        return Header(
            framework=framework.id,
            version=framework.version,
            respondent=_storable(self.respondent or self.path.stem),
            context=_coded(framework, self.context),
            language=language or framework.languages[0],
            form=self.form or FULL,
            order=ADAPTIVE if self.order.adaptive else FIXED,
        )

    def conversation(self, header: Header, contents: Contents, *, items_only: bool = False) -> Conversation:
        """The conversation with what has been said, standing at its first question.

        Where the role was known beforehand nothing more is asked about who is speaking; items_only: nor anything else
        that scores nothing.
        """
        known = frozenset({*header.context, *self.context})
        told = ROLE in known
        form: Form = "core" if (self.form or header.form) == "core" else "full"
        questions = questions_of(self.framework, form, known, items_only=items_only and told, with_context=not told)
        return begin(questions, frozenset(self.framework.context), header.context, contents)


@dataclass(frozen=True)
class Opened:
    """A journal that is open for writing.

    header: the journal's own. remarks: what there is to tell of it. abandoned: whether the sitting before ended without
    a word, as when its process was killed.
    """

    writer: Writer
    header: Header
    contents: Contents
    remarks: tuple[str, ...] = ()
    abandoned: bool = False

    def sitting(self, arranged: Arrangement, guarding: Guarding, *, items_only: bool = False) -> Sitting:
        """The sitting at this journal, standing at its first question; see `Arrangement.conversation`."""
        conversation = arranged.conversation(self.header, self.contents, items_only=items_only)
        order = arranged.order
        if order.adaptive is None:
            order = replace(order, adaptive=self.header.order == ADAPTIVE)
        return Sitting(arranged.framework, conversation, self.writer, guarding, order, self.header.respondent)


def opened(arranged: Arrangement, clock: Clock) -> Opened:
    """The journal, opened for writing: a new one, or the one that is there.

    Raises ResponseError if it cannot be used, UsageError for a role or language that does not exist.
    """
    header, path = arranged.header(), arranged.path
    if _is_new(path):
        remarks = (f"{header.respondent!r} looks like a name; a pseudonym is enough, such as p7",) * _is_name(header)
        return Opened(create(path, header, clock), header, Contents(header.language), remarks)
    writer, journal = resume(path, clock)
    try:
        return _taken_up(writer, journal, header, arranged)
    except BaseException:
        writer.close()
        raise


def _taken_up(writer: Writer, journal: Journal, header: Header, arranged: Arrangement) -> Opened:
    framework, path = arranged.framework, arranged.path
    _check_journal(journal, header, arranged)
    contents = journal.contents
    abandoned = bool(journal.events) and journal.events[-1].event not in ("pause", "finish")
    role = header.context.get(ROLE)
    if role is not None and ROLE not in {**contents.answers, **journal.context}:
        contents = contents.after(writer.append(Event("answer", item=ROLE, source=INTERVIEWEE, value=role)))
    remarks = [str(problem) for problem in journal.problems]
    remarks += [f"{path}: {remark}" for remark in journal.left_out(framework)]
    if journal.header.version != framework.version:
        was, now = journal.header.version, framework.version
        remarks.append(f"{path}: begun with version {was} of {framework.id}, goes on with version {now}")
    return Opened(writer, journal.header, contents, tuple(remarks), abandoned)


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
    """The context with its options' ids where labels were given. Raises UsageError for a role that is none."""
    coded = dict(context)
    for name, value in context.items():
        key = framework.context.get(name)
        options = (key.options if key is not None else None) or {}
        named = [option for option, label in options.items() if value == option or value in label.values()]
        if named:
            coded[name] = named[0]
        elif options and name == ROLE:
            what, mend = f"{framework.id} has no role {value!r}", f"it has {', '.join(options)}"
            raise UsageError([Fault("--role", None, what, mend)])
    return MappingProxyType(coded)


def _check_journal(journal: Journal, wanted: Header, arranged: Arrangement) -> None:
    """That a journal is the one that is meant. wanted: the first line that a new one would have."""
    found, path, framework = journal.header, arranged.path, arranged.framework
    if found.framework != framework.id:
        what = f"this journal belongs to the framework {found.framework!r}, not to {framework.id!r}"
        raise ResponseError([Fault(str(path), 1, what, "give that one with --framework, or begin a new journal")])
    if arranged.respondent is not None and wanted.respondent != found.respondent:
        what = f"this is the interview of {found.respondent!r}, not of {wanted.respondent!r}"
        raise UsageError([Fault(str(path), None, what, "leave --interviewee out, or begin a new journal")])
    role = journal.answers.get(ROLE, found.context.get(ROLE))
    asked = wanted.context.get(ROLE)
    if asked is not None and role is not None and asked != role:
        what = f"this is the interview of role {role!r}, not {asked!r}"
        raise UsageError([Fault(str(path), None, what, "leave --role out")])


def _is_name(header: Header) -> bool:
    """Whether a pseudonym gives somebody away: an address, or words that begin as names do."""
    words = header.respondent.split()
    return "@" in header.respondent or (len(words) > 1 and all(word[:1].isupper() for word in words))


def _storable(text: str) -> str:
    """Bytes of a file's name that are no text become question marks: a journal holds text."""
    return text.encode("utf-8", "replace").decode("utf-8")
