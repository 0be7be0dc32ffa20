"""Where templates come from and what they can call. Templates are code: own ones are run as they are."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.framework.catalogue import templates_folder
from readiness.language.speech import Speech
from readiness.report.escaping import Markdown
from readiness.report.mirroring import turned
from readiness.report.words import Said

if TYPE_CHECKING:
    from jinja2 import BaseLoader, Environment
    from markupsafe import Markup

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")  # not the no-break spaces of French
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*.*\*/)$", re.MULTILINE)
_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r"\s*([{};,>]|(?<=[a-z]):(?= ))\s*")
_INDENT = re.compile(r"\s*\n\s*")
REPLACEMENT = "\ufffd"


def _loader(templates: Path | None) -> BaseLoader:
    """Own templates first, then the shipped ones, which own ones can extend as `shipped/…`."""
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

    shipped = FileSystemLoader(templates_folder())
    own = [] if templates is None else [FileSystemLoader(templates)]
    return ChoiceLoader([*own, shipped, PrefixLoader({"shipped": shipped})])


def _printable(value: object) -> object:
    """Characters that no page may hold are shown as what they are: unreadable."""
    if isinstance(value, str) and not hasattr(value, "__html__") and _CONTROL.search(value):
        return _CONTROL.sub(REPLACEMENT, value)
    return value


@lru_cache(maxsize=8)
def html_environment(templates: Path | None = None) -> Environment:
    """Templates whose every expression is escaped for HTML."""
    from jinja2 import Environment, StrictUndefined

    from readiness.report.keeping import kept_templates

    environment = Environment(
        loader=_loader(templates),
        bytecode_cache=kept_templates(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters["paragraphs"] = paragraphs
    environment.filters["sha256"] = sha256
    environment.filters["turned"] = turned
    environment.filters["squeezed"] = squeezed
    environment.filters["styles"] = styles
    environment.filters["css_string"] = css_string
    return environment


def _as_typed(value: object) -> object:
    return value if hasattr(value, "__html__") else Markdown.escape(value)


@lru_cache(maxsize=8)
def markdown_environment(templates: Path | None = None) -> Environment:
    """Templates whose every expression is escaped for Markdown, unless it is Markdown already."""
    from jinja2 import Environment, StrictUndefined

    from readiness.report.keeping import kept_templates

    environment = Environment(
        loader=_loader(templates),
        bytecode_cache=kept_templates(),
        autoescape=True,  # so that macros give back what is not escaped again; `finalize` does the escaping
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_as_typed,
    )
    environment.filters["paragraphs"] = paragraphs
    return environment


def paragraphs(text: str) -> list[str]:
    """A longer text in its paragraphs, which an empty line parts; each in the language of the whole."""
    language = text.lang if isinstance(text, Said) else ""
    parts = (_BLANKS.sub(" ", part).strip(" ") for part in re.split(r"\n[ \t]*\n", text))
    return [Said(part, language) for part in parts if part]


def squeezed(code: str) -> Markup:
    """A style sheet or a script without comments that fill lines, and without indentation."""
    from markupsafe import Markup

    return Markup(_INDENT.sub("\n", _COMMENT.sub("", str(code))).strip())


def styles(sheet: str) -> Markup:
    """A style sheet without what a browser does not need to read."""
    from markupsafe import Markup

    return Markup(_AROUND.sub(r"\1", str(squeezed(_REMARK.sub("", str(sheet))))).replace(";}", "}"))


def css_string(text: str) -> Markup:
    """Words as a string of a style sheet, which a reader hears before what they belong to."""
    from markupsafe import Markup

    return Markup('"' + re.sub(r'["\\\\<>&\n]', lambda found: f"\\{ord(found[0]):x} ", str(text)) + '"')


def sha256(script: str) -> str:
    """What a content security policy calls a script by, so that this one runs and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def words(speech: Speech, mark: Callable[[str], Any]) -> dict[str, Any]:
    """What templates call for words: `_` and `ngettext`, with values put in by name and escaped as `mark` does.

    `filled` puts values into words that are translated already.
    """

    def translated(message: str, /, **values: object) -> Any:
        text = mark(speech.gettext(message))
        return text % values if values else text

    def counted(one: str, many: str, n: int, /, **values: object) -> Any:
        return mark(speech.ngettext(one, many, n)) % values

    def filled(text: str, /, **values: object) -> Any:
        return mark(text).format(**values)

    return {"_": translated, "ngettext": counted, "filled": filled, "listed": speech.listed}
