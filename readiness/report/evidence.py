"""What was said, and what was seen: the interviewer's own ratings beside the interviews, and beside a survey.

Differences are of figures that the result holds; no answer is scored here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from readiness.report.figures import HIDDEN, NONE, Figure, Reading, count
from readiness.report.groups import EVIDENCE, INTERVIEW, MODE
from readiness.report.profile import Line, indicator_line
from readiness.report.stories import Family, families
from readiness.report.wording import Status, status
from readiness.report.words import UNSAID, Entry, Reader, Said
from readiness.scoring.result import Estimate, Evidence, Group, ItemCounts, Result, ScenarioResult, SubGroup, Suppressed

SETTLED = ("present", "ruled out")


@dataclass(frozen=True)
class Heard:
    """What one mode says to a question: an option by value and label, a mean over several people, or no answer."""

    value: str = ""
    label: Said = UNSAID
    n: Figure | None = None  # people who answered
    hidden: bool = False


@dataclass(frozen=True)
class Question:
    """A rated item. ends: the least and the most of its scale, value and label."""

    id: str
    text: Said
    reversed: bool
    ends: tuple[tuple[str, Said], ...]
    said: Heard
    seen: Heard
    rests_on: tuple[str, ...]
    confidence: str


@dataclass(frozen=True)
class Compared:
    """An indicator with ratings. `difference` is what was seen less what was said, in the indicator's own direction."""

    seen: Line
    said: Reading
    survey: Reading | None  # None without a survey
    difference: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Differing:
    """A scenario that the ratings settle otherwise than what was said."""

    id: str
    title: Said
    said: Status
    seen: Status


@dataclass(frozen=True)
class Seen:
    """Everything that ratings from evidence tell. use: what they did to what interviewees said."""

    n: Figure  # interviews with ratings
    interviews: int  # the same as a number, for the words that go with it
    use: str
    survey: bool  # whether there is a survey to stand beside both
    indicators: tuple[Compared, ...]
    scenarios: tuple[Differing, ...]
    families: tuple[Family, ...]
    raw: bool  # some figures are in an instrument's own units

    @property
    def mixed(self) -> bool:
        """Whether what the interviews say holds ratings too."""
        return self.use != "beside"


@dataclass(frozen=True)
class _Mode:
    """One mode's figures, and their place in the result; a hidden one has no group."""

    group: Group | None
    at: str

    def reading(self, reader: Reader, indicator: str) -> Reading:
        """An indicator's score."""
        if self.group is None or indicator not in self.group.indicators:
            return HIDDEN if self.group is None else Reading("missing")
        return indicator_line(reader, self.group, indicator, self.at).reading

    def score(self, indicator: str) -> float | None:
        """An indicator's score as a number."""
        estimate = self.group.indicators.get(indicator) if self.group else None
        return estimate.value if isinstance(estimate, Estimate) else None


def seen(reader: Reader, result: Result) -> Seen | None:
    """What was seen beside what was said; None where nothing was rated."""
    places = {group.by.get(MODE): place for place, group in enumerate(result.groups) if len(group.by) == 1}
    if EVIDENCE not in places:
        return None
    rated = result.groups[places[EVIDENCE]]
    if not isinstance(rated, SubGroup):
        return None
    # Without a survey the interviews are the whole.
    talks = places.get(INTERVIEW)
    whole = _mode(result.overall, "overall")
    said = whole if talks is None else _mode(result.groups[talks], f"groups/{talks}")
    evidence = result.evidence or Evidence()
    told = _Told(reader, rated, f"groups/{places[EVIDENCE]}", said, whole if talks is not None else None, evidence)
    indicators = tuple(told.indicators())
    return Seen(
        n=count(reader.speech, rated.n, f"{told.at}/n"),
        interviews=rated.n,
        use=evidence.use,
        survey=told.survey is not None,
        indicators=indicators,
        scenarios=tuple(told.scenarios()),
        families=tuple(_undescribed(family) for family in families(reader, rated, told.at)),
        raw=any(compared.seen.scale for compared in indicators),
    )


def _undescribed(family: Family) -> Family:
    """Scenarios without the share of people who describe them: what was seen was described by nobody."""
    return replace(family, stories=tuple(replace(story, prevalence=None) for story in family.stories))


def _mode(group: object, at: str) -> _Mode:
    return _Mode(group if isinstance(group, Group) else None, at)


@dataclass(frozen=True)
class _Told:
    """Puts the modes beside each other."""

    reader: Reader
    rated: SubGroup
    at: str
    said: _Mode
    survey: _Mode | None
    evidence: Evidence

    def indicators(self) -> Iterator[Compared]:
        """Every indicator of which an item was rated, in the framework's order."""
        for id_ in self.rated.indicators:
            items = self.reader.entry("indicators", id_).get("items") or ()
            questions = tuple(self.question(item) for item in items if _is_rated(self.rated.items.get(item)))
            if questions:
                yield self.compared(id_, questions)

    def compared(self, id_: str, questions: tuple[Question, ...]) -> Compared:
        line = indicator_line(self.reader, self.rated, id_, self.at)
        found, said = _mode(self.rated, self.at).score(id_), self.said.score(id_)
        apart = NONE
        if found is not None and said is not None:
            apart = self.reader.speech.signed(found - said, line.axis.digits)
        return Compared(
            seen=line,
            said=self.said.reading(self.reader, id_),
            survey=self.survey.reading(self.reader, id_) if self.survey else None,
            difference=apart,
            questions=questions,
        )

    def question(self, id_: str) -> Question:
        entry = self.reader.entry("items", id_)
        spoken = self.said.group.items.get(id_) if self.said.group else Suppressed()
        options = sorted(entry.get("options") or (), key=lambda option: float(option["value"]))
        ends = (options[0], options[-1]) if len(options) > 1 else ()
        return Question(
            id=id_,
            text=self.reader.said(entry, "text") or Said(id_),
            reversed=bool(entry.get("reversed")),
            ends=tuple((self.number(option["value"]), self.reader.said(option, "label")) for option in ends),
            said=self.heard(entry, spoken, f"{self.said.at}/items/{id_}"),
            seen=self.heard(entry, self.rated.items[id_], f"{self.at}/items/{id_}"),
            rests_on=self.evidence.texts.get(id_, ()),
            confidence=self.confidence(id_),
        )

    def heard(self, entry: Entry, item: ItemCounts | Suppressed | None, at: str) -> Heard:
        if not isinstance(item, ItemCounts):
            return Heard(hidden=isinstance(item, Suppressed))
        n = count(self.reader.speech, item.n, f"{at}/n")
        if not item.n:
            return Heard(label=self.silence(item), n=n)
        given = {float(value): times for value, times in item.counts.items() if times}
        if not given:  # a number, whose distribution is not kept
            return Heard(NONE, n=n)
        if len(given) == 1:
            (value,) = given
            labels = {float(option["value"]): option for option in entry.get("options") or ()}
            return Heard(self.number(value), self.reader.said(labels.get(value, {}), "label"), n)
        mean = sum(value * times for value, times in given.items()) / sum(given.values())
        return Heard(self.reader.speech.number(mean, 1), n=n)

    def silence(self, item: ItemCounts) -> Said:
        """In which way there is no answer, the most telling first."""
        speech, missing = self.reader.speech, self.reader.part("missing")
        if item.dk:
            return self.reader.said(missing, "dk") or Said(speech.gettext("Don’t know"))
        if item.na:
            return self.reader.said(missing, "na") or Said(speech.gettext("Not applicable"))
        return Said(speech.gettext("no answer") if item.missing else speech.gettext("not asked"))

    def number(self, value: float) -> str:
        return self.reader.speech.number(value, 0 if float(value).is_integer() else 1)

    def confidence(self, id_: str) -> str:
        """How sure the interviewer was, with how often where there are several ratings."""
        speech = self.reader.speech
        words = {
            "low": speech.gettext("low confidence"),
            "medium": speech.gettext("medium confidence"),
            "high": speech.gettext("high confidence"),
        }
        found = self.evidence.confidence.get(id_, {})
        alone = sum(found.values()) == 1
        return speech.listed(words[key] if alone else f"{n} × {words[key]}" for key, n in found.items() if n)

    def scenarios(self) -> Iterator[Differing]:
        """Where the ratings settle a scenario, and otherwise than the interviews: too few ratings contradict nobody."""
        for id_, found in self.rated.scenarios.items():
            said = self.said.group.scenarios.get(id_) if self.said.group else None
            if not isinstance(found, ScenarioResult) or not isinstance(said, ScenarioResult):
                continue
            if found.verdict in SETTLED and found.verdict != said.verdict:
                speech = self.reader.speech
                title = self.reader.title("scenarios", id_)
                yield Differing(id_, title, status(speech, said), status(speech, found))


def _is_rated(item: ItemCounts | Suppressed | None) -> bool:
    return isinstance(item, ItemCounts) and item.n + item.dk + item.na > 0
