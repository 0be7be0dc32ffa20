"""A simulation, before any pre-test with people: respondents of stated company profiles, scored by the engine itself.

    python benchmarks/pretest.py        writes docs/pretest.md (about a minute)

Every company is a group in the engine's result: what it is told is the group's verdict, and the share of its
respondents who describe each scenario is the group's prevalence.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework, Indicator, Item
from readiness.responses.table import Sheet, assemble
from readiness.scoring.engine import score

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "pretest.md"
TOWARDS = {"high": 1, "low": -1, "none": 0}
STEPS = (0.0, 25.0, 50.0, 75.0, 100.0)
FACTS = ("rollout_scale", "community_role")


@dataclass(frozen=True)
class Profile:
    """A kind of company: every indicator's mean and spread between such companies."""

    title: str
    means: Mapping[str, float]
    spreads: Mapping[str, float]
    months: int


@dataclass(frozen=True)
class Style:
    """A way of answering laid over what people think."""

    lean: float = 0.0
    middle: float = 0.0
    last: float = 0.0


@dataclass(frozen=True)
class Told:
    """What one drawn company was told: the scenarios present, and the share of respondents who describe each."""

    present: frozenset[str]
    shares: Mapping[str, float]


class Drawing:
    """Companies and respondents, drawn from stated figures."""

    def __init__(self, framework: Framework, stated: Mapping[str, Any]) -> None:
        """framework: with every company a group, see `with_companies_as_groups`. stated: `pretest.yaml`."""
        self.framework = framework
        self.stated = stated
        parts = framework.indicators.values()
        self.asked: list[tuple[Indicator, Item]] = [(p, item) for p in parts for item in p.items.values() if item.core]

    def profile(self, name: str) -> Profile:
        """The stated profile of this name."""
        other = self.stated["others"].get(name, {})
        figures = {**self.stated["ordinary"], **other.get("differs", {})}
        return Profile(
            other.get("title", self.stated["ordinary_title"]),
            {id_: told["mean"] for id_, told in figures.items()},
            {id_: told["spread"] for id_, told in figures.items()},
            other.get("months_since_launch", self.stated["months_since_launch"]),
        )

    def told(self, name: str, companies: int, style: Style | None = None) -> list[Told]:
        """Draw companies of one profile and have the engine score them."""
        profile = self.profile(name)
        rng = random.Random(f"{self.stated['seed']} {name}")
        drawn = [self._company(profile, rng) for _ in range(companies)]
        return list(self._scored(drawn, profile, style or Style(), rng))

    def _company(self, profile: Profile, rng: random.Random) -> dict[str, float]:
        """One company's means: what all have in common, and what each indicator has for itself."""
        common = rng.gauss(0, 1)
        shared = self.stated["climate"]
        means = {}
        for id_, indicator in self.framework.indicators.items():
            towards = TOWARDS[indicator.desired]
            own = rng.gauss(0, 1)
            deviation = sqrt(shared) * towards * common + sqrt(1 - shared) * own if towards else own
            means[id_] = min(100.0, max(0.0, profile.means[id_] + profile.spreads[id_] * deviation))
            if id_ in FACTS:
                means[id_] = min(STEPS, key=lambda step, mean=means[id_]: abs(step - mean))  # type: ignore[misc]
        return means

    def _scored(
        self, companies: Sequence[Mapping[str, float]], profile: Profile, style: Style, rng: random.Random
    ) -> Iterator[Told]:
        columns: dict[str, list[str]] = defaultdict(list)
        for place, means in enumerate(companies):
            for role, count in self.stated["respondents"].items():
                for _ in range(count):
                    columns["respondent"].append(str(len(columns["respondent"])))
                    columns["organisation"].append(f"{place:05}")
                    columns["role"].append(role)
                    columns["months_since_launch"].append(str(profile.months))
                    self._answer(columns, role, means, style, rng)
        responses = assemble(self.framework, [Sheet(pl.DataFrame(columns), "drawn")])
        result = score(self.framework, responses, by=[("organisation",)], protect=False)
        for group in result.groups:
            told: Any = group.scenarios  # type: ignore[union-attr]
            present = frozenset(id_ for id_, scenario in told.items() if scenario.verdict == "present")
            yield Told(present, {id_: s.prevalence.value for id_, s in told.items() if s.prevalence is not None})

    def _answer(
        self, columns: dict[str, list[str]], role: str, means: Mapping[str, float], style: Style, rng: random.Random
    ) -> None:
        """One respondent's answers, appended to the columns; empty where the item is not put to the role."""
        spread = self.stated["within"]
        mood = rng.gauss(0, spread["person"])
        lot = rng.random()
        fixed = "3" if lot < style.middle else "5" if lot > 1 - style.last else None
        views: dict[str, float] = {}
        for indicator, item in self.asked:
            if item.roles is not None and role not in item.roles:
                columns[item.id].append("")
                continue
            if indicator.id in FACTS:
                columns[item.id].append(str(round(1 + means[indicator.id] / 25)))
                continue
            if indicator.id not in views:
                views[indicator.id] = rng.gauss(0, spread["view"])
            seen = means[indicator.id] + TOWARDS[indicator.desired] * mood + views[indicator.id]
            share = (seen + rng.gauss(0, spread["item"])) / 100
            step = 1 + 4 * (1 - share if item.reversed else share) + style.lean
            columns[item.id].append(fixed or str(min(5, max(1, round(step)))))


def with_companies_as_groups(folder: Path) -> Framework:
    """The framework as shipped, but that facts and scenarios of one organisation belong to a group of respondents.

    So thousands of companies are scored in one run; of a company's facts all its respondents give the same answer.
    """
    with tempfile.TemporaryDirectory() as name:
        for path in folder.glob("*.yaml"):
            text = path.read_text(encoding="utf-8")
            for said in ("    scope: organisation\n", "        roles: [executive, it]\n", "  level: organisation\n"):
                text = text.replace(said, "")
            (Path(name) / path.name).write_text(text, encoding="utf-8")
        framework = load(Path(name))
    assert all(framework.indicators[fact].scope == "respondent" for fact in FACTS)
    assert all(scenario.level == "any" for scenario in framework.scenarios.values())
    return framework


# The page


def page(drawing: Drawing) -> str:
    """Draw everything and put it in words."""
    stated, scenarios = drawing.stated, drawing.framework.scenarios
    told = {name: drawing.told(name, count) for name, count in companies(stated).items()}
    few = stated["style_companies"]
    styles = {name: drawing.told("ordinary", few, Style(**style)) for name, style in stated["styles"].items()}
    parts = [
        "<!-- Written by benchmarks/pretest.py from benchmarks/pretest.yaml. -->",
        "# A simulation, before any pre-test with people",
        stated["texts"]["what"],
        how_drawn(stated),
        "## How often each scenario is present",
        "Share of companies of a kind in which the scenario is present (group level).",
        frequencies(stated, told, scenarios),
        f"Scenarios present in a company, on average: {spread_of(told)}.",
        above_half(drawing, told["ordinary"]),
        "**What to make of it.**",
        "\n".join(f"- {remark}" for remark in stated["texts"]["remarks"]),
        "## Group and respondents",
        stated["texts"]["respondents"],
        table(
            ("Scenario", "Companies", "Respondents, mean share", "… where present", "… where not"),
            [(title(scenarios[id_]), *described(told["ordinary"], id_)) for id_ in scenarios],
        ),
        "## Which fire together",
        stated["texts"]["overlaps"],
        table(
            ("First", "Second", "Share", "Times as often"),
            overlaps([company for drawn in told.values() for company in drawn], scenarios),
        ),
        f"Among ordinary companies alone, the near twins: {'; '.join(twins(told['ordinary'], scenarios))}.",
        "## What ways of answering do",
        f"{few} ordinary companies whose people answer in a certain style. {stated['texts']['styles']}",
        table(
            ("Scenario", *styles),
            [(title(scenarios[id_]), *(percent(share(t, id_)) for t in styles.values())) for id_ in scenarios],
        ),
        "## The profiles",
        *profiles(drawing),
    ]
    return "\n\n".join(parts) + "\n"


def companies(stated: Mapping[str, Any]) -> dict[str, int]:
    """How many companies are drawn of each kind."""
    counts = stated["companies"]
    return {"ordinary": counts["ordinary"], **dict.fromkeys(stated["others"], counts["others"])}


def how_drawn(stated: Mapping[str, Any]) -> str:
    counts, within = stated["companies"], stated["within"]
    asked = ", ".join(f"{count} {role}" for role, count in stated["respondents"].items())
    return (
        f"**How it was drawn.** {counts['ordinary']} ordinary companies and {counts['others']} of each other kind; of "
        f"each, {sum(stated['respondents'].values())} respondents ({asked}) answer the core items put to their role. A "
        "company's mean of an indicator is drawn around the stated mean with the stated spread, "
        f"{stated['climate']:.0%} of the variance common to all indicators that have a desired direction. Within a "
        f"company a person's mood spreads by {within['person']} points, a person's view of one indicator by "
        f"{within['view']}, one item by {within['item']}. Of facts all respondents of a company give the same answer."
    )


def frequencies(stated: Mapping[str, Any], told: Mapping[str, Sequence[Told]], scenarios: Mapping[str, Any]) -> str:
    titles = [stated["ordinary_title"], *(other["title"] for other in stated["others"].values())]
    rows = [(title(scenarios[id_]), *(percent(share(drawn, id_)) for drawn in told.values())) for id_ in scenarios]
    return table(("Scenario", *titles), rows)


def profiles(drawing: Drawing) -> Iterator[str]:
    """Every figure that was drawn from, with its reason."""
    stated = drawing.stated
    yield f"**{stated['ordinary_title']}.**"
    yield profile_table(drawing.framework, stated["ordinary"])
    for other in stated["others"].values():
        yield f"**{other['title']}**, where it differs:"
        yield profile_table(drawing.framework, other["differs"])


def share(told: Sequence[Told], id_: str) -> float:
    return sum(id_ in company.present for company in told) / len(told)


def described(told: Sequence[Told], id_: str) -> tuple[str, str, str, str]:
    def mean(companies: Sequence[Told]) -> str:
        shares = [company.shares[id_] for company in companies if id_ in company.shares]
        return percent(sum(shares) / len(shares)) if shares else "–"

    on, off = [c for c in told if id_ in c.present], [c for c in told if id_ not in c.present]
    return percent(share(told, id_)), mean(told), mean(on), mean(off)


def spread_of(told: Mapping[str, Sequence[Told]]) -> str:
    parts = []
    for name, companies in told.items():
        none = sum(not company.present for company in companies) / len(companies)
        mean = sum(len(company.present) for company in companies) / len(companies)
        parts.append(f"{name.replace('_', ' ')} {mean:.1f} ({percent(none)} have none)")
    return "; ".join(parts)


def above_half(drawing: Drawing, told: Sequence[Told]) -> str:
    """What is present in more than half of the ordinary companies, and why: an error where no reason is stated."""
    scenarios, reasons = drawing.framework.scenarios, drawing.stated["above_half"]
    frequency = {id_: share(told, id_) for id_ in scenarios}
    above = {id_: value for id_, value in frequency.items() if value > 0.5}
    if above:
        lines = [f"- {title(scenarios[id_])}, {percent(value)}: {reasons[id_]}" for id_, value in above.items()]
        return "**Present in more than half of the ordinary companies:**\n\n" + "\n".join(lines)
    highest = max(frequency, key=lambda id_: frequency[id_])
    return (
        "**In the ordinary company no scenario is present in more than half of the draws**; the most frequent is "
        f"{title(scenarios[highest])}, {percent(frequency[highest])}."
    )


def overlaps(told: Sequence[Told], scenarios: Mapping[str, Any]) -> list[tuple[str, str, str, str]]:
    found = []
    for first in scenarios:
        having = [company for company in told if first in company.present]
        for second in scenarios:
            if first != second and len(having) >= 50:
                both, usual = share(having, second), share(told, second)
                if both > 0.5:
                    found.append((both, title(scenarios[first]), title(scenarios[second]), f"{both / usual:.1f}"))
    return [(first, second, percent(both), times) for both, first, second, times in sorted(found, reverse=True)]


def twins(told: Sequence[Told], scenarios: Mapping[str, Any]) -> Iterator[str]:
    for one, other in (
        ("facade_culture", "consensus_comfort"),
        ("off_process_freedom", "novelty_burnout"),
        ("email_gridlock", "lethal_paralysis"),
    ):
        both = sum({one, other} <= company.present for company in told) / len(told)
        names = [f"{title(scenarios[id_])} ({percent(share(told, id_))})" for id_ in (one, other)]
        yield f"{' and '.join(names)} are both present in {percent(both)}"


def profile_table(framework: Framework, figures: Mapping[str, Any]) -> str:
    rows = [(framework.indicators[id_].title["en"], f["mean"], f["spread"], f["why"]) for id_, f in figures.items()]
    return table(("Indicator", "Mean", "Spread", "Because"), rows)


def title(scenario: Any) -> str:
    return str(scenario.title["en"])


def percent(value: float) -> str:
    return "<1 %" if 0 < value < 0.005 else f"{value * 100:.0f} %"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def main() -> None:
    stated = yaml.safe_load((HERE / "pretest.yaml").read_text(encoding="utf-8"))
    drawing = Drawing(with_companies_as_groups(find("enterprise-2.0")), stated)
    PAGE.write_text(page(drawing), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
