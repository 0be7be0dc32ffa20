"""Write a page for every questionnaire and every scenario we ship, from their YAML.

python docs/make_pages.py           writes docs/questionnaires/ and docs/scenarios/
python docs/make_pages.py --check   changes nothing; says which pages are stale, and exits with 1 if any is
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from readiness.framework.burden import burdens
from readiness.framework.catalogue import find
from readiness.framework.configurations import All, Any_, Calibration, Condition, Configuration
from readiness.framework.frozen import Text
from readiness.framework.loading import load
from readiness.framework.models import Dimension, Framework, Indicator, Item, Scenario

DOCS = Path(__file__).parent
SHIPPED = "enterprise-2.0"
FOLDERS = ("questionnaires", "scenarios")
WRITTEN = f"<!-- Written by docs/make_pages.py from questionnaires/{SHIPPED}; change it there. -->"
DESIRED = {
    "high": "a high score counts for readiness",
    "low": "a low score counts for readiness",
    "none": "does not count for readiness; feeds scenarios",
}
Pages = dict[str, str]  # path under docs/, its text


def pages_of(framework: Framework, reasons: dict[str, dict[str, str]]) -> Pages:
    """Every page. reasons: for each scenario's condition the comment that stands over it."""
    pages = {
        "questionnaires/index.md": questionnaires_index(framework),
        "scenarios/index.md": scenarios_index(framework),
    }
    for dimension in framework.dimensions.values():
        pages[f"questionnaires/{dimension.id}.md"] = questionnaire_page(framework, dimension)
    for scenario in framework.scenarios.values():
        pages[f"scenarios/{scenario.id}.md"] = scenario_page(framework, scenario, reasons.get(scenario.id, {}))
    return {path: f"{WRITTEN}\n\n{text.rstrip()}\n" for path, text in pages.items()}


# Questionnaires


def questionnaires_index(framework: Framework) -> str:
    rows = [
        (
            f"[{dimension.title['en']}]({dimension.id}.md)",
            dimension.title["fr"],
            len(dimension.indicators),
            sum(len(indicator.items) for indicator in dimension.indicators.values()),
        )
        for dimension in framework.dimensions.values()
    ]
    asked = [
        (f"`{role}`", told.core_items, told.core, f"{told.core_minutes:.0f}", told.full_items, told.full)
        for role, told in burdens(framework).items()
    ]
    return joined(
        "# Questionnaires",
        both(framework.about),
        table(("Questionnaire", "Français", "Indicators", "Items"), rows),
        f"Together {len(framework.indicators)} indicators and {len(framework.items)} items. How they were written: "
        "[items.md](../items.md). What they feed: [scenarios](../scenarios/index.md).",
        "## What is asked of whom",
        "A survey asks core items and six questions of context; an interview asks all items put to the role, and the "
        "questions that score nothing. Minutes at ten seconds a question.",
        table(
            ("Role", "Core items", "Survey, questions", "Survey, minutes", "All items", "Interview, questions"), asked
        ),
        "## Scales",
        *(
            joined(
                f"**{scale.title['en']}** · {scale.title['fr']} (`{scale.id}`)",
                table(
                    ("Value", "English", "Français"), [(o.value, o.label["en"], o.label["fr"]) for o in scale.options]
                ),
            )
            for scale in framework.scales.values()
        ),
        f"Two answers are none: *{framework.missing.dk['en']}* · *{framework.missing.dk['fr']}*, and "
        f"*{framework.missing.na['en']}* · *{framework.missing.na['fr']}*.",
        "## Sources",
        bullets(
            f'<a id="{id_}"></a>**{id_}** '
            + ", ".join(str(part) for part in (told.author, f"*{told.title}*", told.year) if part)
            + (f". {told.note['en']}" if told.note else "")
            for id_, told in framework.sources.items()
        ),
    )


def questionnaire_page(framework: Framework, dimension: Dimension) -> str:
    return joined(
        f"# {dimension.title['en']} · {dimension.title['fr']}",
        both(dimension.about),
        f"Sources: {sources(dimension.source)}.",
        bullets(f"[{told.title['en']}](#{id_})" for id_, told in dimension.indicators.items()),
        *(indicator_section(framework, indicator) for indicator in dimension.indicators.values()),
        *(["## Asked, and never scored", unscored(dimension)] if dimension.unscored else []),
    )


def indicator_section(framework: Framework, indicator: Indicator) -> str:
    moved = "no" if indicator.movable == "no" else f"{indicator.movable}, effort {indicator.effort:g}"
    scales = dict.fromkeys(item.scale for item in indicator.items.values())
    used = [scenario for scenario in framework.scenarios.values() if uses(scenario, indicator.id)]
    fact = ", a fact about the organisation, answered once" if indicator.scope == "organisation" else ""
    return joined(
        f'<a id="{indicator.id}"></a>\n## {indicator.title["en"]} · {indicator.title["fr"]}',
        both(indicator.about),
        bullets(
            (
                f"`{indicator.id}`{fact}; {DESIRED[indicator.desired]}; weight {indicator.weight:g}",
                f"Scale: {', '.join(f'`{scale}`' for scale in scales)}. Movable: {moved}.",
                f"Sources: {sources(indicator.source)}.",
                "In the scenarios " + ", ".join(f"[{s.title['en']}](../scenarios/{s.id}.md)" for s in used) + "."
                if used
                else "In no scenario; it counts for readiness.",
            )
        ),
        table(
            ("Item", "English", "Français", "Form", "About", "Asked of"),
            [
                (
                    f"{item.id}{' (reversed)' if item.reversed else ''}",
                    item.text["en"],
                    item.text["fr"],
                    "core" if item.core else "extension",
                    item.referent,
                    asked_of(item),
                )
                for item in indicator.items.values()
            ],
        ),
        table(
            ("From", "English", "Français"),
            [
                (
                    f"{band.from_:g}",
                    f"*{band.label['en']}.* {band.about['en']}",
                    f"*{band.label['fr']}.* {band.about['fr']}",
                )
                for band in indicator.bands
            ],
        ),
    )


def shown(value: float | str | bool) -> str:
    """What an `ask_if` asks for, as it stands in the YAML: 6 rather than 6.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def asked_of(item: Item) -> str:
    roles = "everyone" if item.roles is None else ", ".join(item.roles)
    for key, asking in item.ask_if.items():
        tests = asking.model_dump(exclude_none=True, by_alias=True)
        roles += (
            "; if `"
            + key
            + "` "
            + ", ".join(f"{word.replace('_', ' ')} {shown(value)}" for word, value in tests.items())
        )
    return roles


def unscored(dimension: Dimension) -> str:
    parts = []
    for question in dimension.unscored.values():
        parts.append(f"**{question.id}** ({question.type}). {question.text['en']} · {question.text['fr']}")
        if question.options:
            parts.append(
                table(
                    ("Value", "English", "Français"),
                    [(o.value, o.label["en"], o.label["fr"]) for o in question.options],
                )
            )
    return joined(*parts)


# Scenarios


def scenarios_index(framework: Framework) -> str:
    parts = [
        "# Scenarios",
        "A scenario is a configuration of conditions, and no low score. The anchors were set by reasoning and have not "
        "yet been validated on data; how often each scenario fires in drawn companies is told in "
        "[the pre-test](../pretest.md).",
    ]
    families = [
        (None, "Favourable", None),
        *((f.id, f"{f.title['en']} · {f.title['fr']}", f) for f in framework.families.values()),
    ]
    for id_, title, family in [*families[1:], families[0]]:
        told = [s for s in framework.scenarios.values() if s.family == id_]
        rows = [(f"[{s.title['en']}]({s.id}.md)", s.title["fr"], in_words(framework, s.when)) for s in told]
        parts += [f"## {title}", both(family.about) if family else "", table(("Scenario", "Français", "When"), rows)]
    rows = [
        (
            f"{framework.indicators[guard.moving].title['en']}, {guard.direction}",
            ", ".join(framework.indicators[need].title["en"] for need in guard.needs),
            f"{guard.why['en']} ({sources(guard.source, '../questionnaires/index.md')})",
        )
        for guard in framework.guards
    ]
    parts += [
        "## Ways out that lead in",
        "Before the first moves, the others have to be on their safe side.",
        table(("Moving", "Needs", "Why"), rows),
    ]
    return joined(*parts)


def scenario_page(framework: Framework, scenario: Scenario, reasons: dict[str, str]) -> str:
    title = framework.families[scenario.family].title["en"] if scenario.family else "Favourable finding"
    level = " Told of the whole organisation only." if scenario.level == "organisation" else ""
    worse = [framework.indicators[id_].title["en"] for id_ in scenario.aggravated_by]
    aggravated = f" Aggravated by: {', '.join(worse)} (noted, not computed)." if worse else ""
    return joined(
        f"# {scenario.title['en']} · {scenario.title['fr']}",
        f"`{scenario.id}` · {title}.{level}{aggravated} [All scenarios](index.md)",
        "## When",
        f"{in_words(framework, scenario.when)}.",
        table(
            ("Condition", "Part", "Out / crossover / in", "Why"), list(conditions(framework, scenario.when, reasons))
        ),
        "## Story",
        both(scenario.story),
        "## Early signs",
        table(("English", "Français"), [(text["en"], text["fr"]) for text in scenario.early_signs]),
        "## Consequences",
        table(("English", "Français"), [(text["en"], text["fr"]) for text in scenario.consequences]),
        "## What helps",
        *(
            joined(
                f"### {framework.indicators[told.relieves].title['en']}",
                table(
                    ("", "English", "Français"),
                    [
                        ("**What**", told.do["en"], told.do["fr"]),
                        ("**Why**", told.why["en"], told.why["fr"]),
                        ("**Who**", told.for_["en"], told.for_["fr"]),
                    ],
                ),
            )
            for told in scenario.responses
        ),
        "## What it is not",
        both(scenario.contrast),
        f"Sources: {sources(scenario.source, '../questionnaires/index.md')}.",
    )


def in_words(framework: Framework, when: Configuration, top: bool = True) -> str:
    match when:
        case Condition(indicator=indicator, direction=direction):
            return f"{direction} *{framework.indicators[indicator].title['en'].lower()}*"
        case All(parts=parts):
            told = " and ".join(in_words(framework, part, False) for part in parts)
        case Any_(parts=parts):
            told = " or ".join(in_words(framework, part, False) for part in parts)
        case _:
            told = f"not {in_words(framework, when.part, False)}"
    return told if top else f"({told})"


def conditions(
    framework: Framework, when: Configuration, reasons: dict[str, str], any_: str = ""
) -> Iterator[Sequence[str]]:
    match when:
        case Condition():
            indicator = framework.indicators[when.indicator]
            home = next(d.id for d in framework.dimensions.values() if when.indicator in d.indicators)
            told = f"{any_}{when.direction} [{indicator.title['en']}](../questionnaires/{home}.md#{indicator.id})"
            usual = default(framework, when)
            why = reasons.get(when.name, "") or ("the default" if when.calibration == usual else "")
            yield told, when.part, anchors(when.calibration), why
        case Any_(parts=parts):
            for part in parts:
                yield from conditions(framework, part, reasons, "any of: ")
        case All(parts=parts):
            for part in parts:
                yield from conditions(framework, part, reasons, any_)


def default(framework: Framework, condition: Condition) -> Calibration:
    usual = framework.defaults.calibration
    if condition.direction == "high":
        return usual
    mirrored = {"out": 100 - usual.out, "crossover": 100 - usual.crossover, "in": 100 - usual.in_}
    return Calibration(**mirrored, log_odds=usual.log_odds)


def anchors(calibration: Calibration) -> str:
    return f"{calibration.out:g} / {calibration.crossover:g} / {calibration.in_:g}"


def uses(scenario: Scenario, indicator: str) -> bool:
    return any(condition.indicator == indicator for condition in scenario.conditions)


def reasons_in(text: str) -> dict[str, dict[str, str]]:
    """The comments over conditions, by scenario and condition.

    A comment holds for the condition below it; for all of an `any` below it; and for those that follow directly and
    depart from the default anchors as well.
    """
    found: dict[str, dict[str, str]] = {}
    scenario, comment, depth = "", "", 0
    fresh = False
    for line in text.splitlines():
        indent = len(line) - len(line.lstrip())
        named = re.match(r"(\w+):$", line)
        condition = re.search(r"\b(high|low): (?:\{indicator: )?(\w+)", line)
        if named:
            scenario, comment = named[1], ""
        elif line.strip().startswith("#") and indent:
            said = line.strip("# ")
            comment = f"{comment} {said}" if fresh else said
            depth, fresh = indent, True
            continue
        elif line.strip() == "- any:":
            comment = comment if fresh else ""
        elif condition:
            if not (fresh or indent > depth or "calibration:" in line):
                comment = ""
            if comment:
                found.setdefault(scenario, {})[f"{condition[1]} {condition[2]}"] = comment
        elif re.match(r"  \w", line):
            comment = ""
        fresh = fresh and line.strip() == "- any:"
    return found


# Markdown


def joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def both(text: Text) -> str:
    """A text in both languages, side by side."""
    return table(("English", "Français"), [(text["en"], text["fr"])])


def bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines)


def sources(ids: Iterable[str], index: str = "index.md") -> str:
    return ", ".join(f"[{id_}]({index}#{id_})" for id_ in ids)


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` compare them with what is there. Returns the exit code."""
    folder = find(SHIPPED)
    pages = pages_of(load(folder), reasons_in((folder / "scenarios.yaml").read_text(encoding="utf-8")))
    there = {path.relative_to(DOCS).as_posix(): path for name in FOLDERS for path in (DOCS / name).glob("*.md")}
    gone = [path for name, path in there.items() if name not in pages]
    stale = [n for n, text in pages.items() if n not in there or there[n].read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for name in [*stale, *(path.relative_to(DOCS).as_posix() for path in gone)]:
            sys.stderr.write(f"docs/{name} is stale: run `make docs`\n")
        return 1 if stale or gone else 0
    for path in gone:
        path.unlink()
    for name in stale:
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(pages[name], encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
