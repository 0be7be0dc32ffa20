"""A folder of YAML becomes a framework, or a list of everything that is wrong with it.

`framework.yaml` comes first, then the questionnaires and the scenarios that it names; references between them are
judged at the end. A fault in one file never hides those in another.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from readiness.faults import Fault, FrameworkError
from readiness.framework.catalogue import FRAMEWORK_FILE
from readiness.framework.checks import check_framework
from readiness.framework.digest import digests
from readiness.framework.frozen import Frozen
from readiness.framework.header import Header, read_header
from readiness.framework.ledger import Ledger, Place, nearest, quoted
from readiness.framework.models import Framework, Scenario
from readiness.framework.nodes import Node
from readiness.framework.questionnaire import Questionnaires, read_questionnaire
from readiness.framework.scenario import Measured, read_scenarios
from readiness.framework.source import read
from readiness.framework.style import check_style
from readiness.framework.wording import Page

MOST_NODES = 150_000  # values in all files together
_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Checked:
    """What became of a folder: the framework, if it can be used, and all there is to say about it."""

    framework: Framework | None
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    hints: tuple[Fault, ...] = ()


def load(folder: Path) -> Framework:
    """Load the framework in a folder.

    Raises:
        FrameworkError: the files have faults; the error holds all of them, with file, line and how to mend each.
    """
    checked = _judged(folder)
    if checked.framework is None:
        raise FrameworkError(checked.faults)
    return checked.framework


def check(folder: Path) -> Checked:
    """Load the framework in a folder and say everything there is to say about it. Never raises for what files hold."""
    return _judged(folder, style=True)


def _judged(folder: Path, *, style: bool = False) -> Checked:
    """style: also how its items are worded, which only whoever writes them wants to hear."""
    ledger = Ledger()
    framework = _Folder(Path(folder), ledger).read()
    if framework is not None:
        check_framework(framework, ledger)
        if style:
            check_style(framework, ledger)
    ledger.judge_references()
    faults = ledger.faults
    if framework is None or faults:
        return Checked(None, faults, ledger.warnings, ledger.hints)
    whole = framework.model_copy(update={"digest": Frozen(digests(framework))})
    return Checked(whole, (), ledger.warnings, ledger.hints)


class _Folder:
    """The files of one framework, read within what all of them together may hold."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder = folder
        self._ledger = ledger
        self._nodes = 0
        self._files: set[Path] = set()

    def read(self) -> Framework | None:
        """Read all files. None where not even `framework.yaml` can be read."""
        root = self._read(FRAMEWORK_FILE)
        if root is None:
            return None
        header, page = read_header(self._page(FRAMEWORK_FILE), root)
        questionnaires = Questionnaires(header)
        for name, line in header.questionnaires:
            self._read_questionnaire(name, page.at(line), page, questionnaires)
        scenarios: dict[str, Scenario] = {}
        if header.scenarios is not None:
            name, line = header.scenarios
            root = self._named(name, page.at(line))
            if root is not None:
                measured = Measured(header, questionnaires.indicators)
                scenarios = read_scenarios(self._page(name, page), root, measured)
        self._judge_strays()
        return _assembled(header, questionnaires, scenarios)

    def _read_questionnaire(self, name: str, place: Place, page: Page, into: Questionnaires) -> None:
        root = self._named(name, place)
        if root is None:
            self._ledger.incomplete("indicator", "item")
        else:
            read_questionnaire(self._page(name, page), root, into)

    def _page(self, name: str, like: Page | None = None) -> Page:
        return Page(self._ledger, self._call(name), None if like is None else like.languages)

    def _call(self, name: str) -> str:
        return (self._folder / name).as_posix()

    def _named(self, name: str, place: Place) -> Node | None:
        """Read a file that `framework.yaml` names, if it lies in the folder."""
        inside = "name a file in the framework's folder"
        try:
            path = (self._folder / name).resolve()
            lies_inside = "\\" not in name and path.is_relative_to(self._folder.resolve())
        except (OSError, ValueError):  # a name that no file system takes
            lies_inside = False
        if not lies_inside or path.suffix not in _YAML:
            what = "leads out of the framework's folder" if not lies_inside else "is not called .yaml"
            self._ledger.fault(place, f"file {quoted(name)} {what}", inside)
            return None
        if not path.is_file():
            self._ledger.fault(place, f"file {quoted(name)} does not exist", self._similar(name))
            return None
        return self._read(name)

    def _read(self, name: str) -> Node | None:
        self._ledger.open(self._call(name))
        path = self._folder / name
        if name == FRAMEWORK_FILE and not path.is_file():
            what = "there is no such file" if self._folder.is_dir() else "there is no such folder"
            self._ledger.fault(Place(self._call(name), None), what, f"name a folder that holds a {FRAMEWORK_FILE}")
            return None
        self._files.add(path.resolve())
        if self._nodes > MOST_NODES:
            return None
        document = read(path, self._call(name))
        self._nodes += document.nodes
        if self._nodes > MOST_NODES:
            what = f"the files up to here hold more than {MOST_NODES} values"
            self._ledger.fault(Place(self._call(name), None), what, "shorten them")
            return None
        self._ledger.add(document.faults)
        return document.root

    def _similar(self, name: str) -> str:
        try:
            there = [path.name for path in self._folder.iterdir() if path.suffix in _YAML]
        except OSError:
            there = []
        return nearest(name, there) or "create it, or correct the name"

    def _judge_strays(self) -> None:
        try:
            there = sorted(path for path in self._folder.iterdir() if path.suffix in _YAML)
        except OSError:
            return
        for path in there:
            if path.resolve() not in self._files:
                place = Place(self._call(FRAMEWORK_FILE), None)
                self._ledger.warn(
                    place, f"file {quoted(path.name)} is in the folder but not named", "name or remove it"
                )


def _assembled(header: Header, questionnaires: Questionnaires, scenarios: dict[str, Scenario]) -> Framework:
    return Framework(
        format=1,
        id=header.id,
        version=header.version,
        languages=header.languages,
        title=header.title,
        about=header.about,
        **header.level.fields(),
        sources=header.sources,
        context=header.context,
        scales=header.scales,
        missing=header.missing,
        defaults=header.defaults,
        families=header.families,
        notes=header.notes,
        guards=header.guards,
        dimensions=questionnaires.dimensions,
        scenarios=scenarios,
    )
