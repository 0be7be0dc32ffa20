"""Which charts there are: what each shows, row by row, and what is said above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.language.speech import Speech
from readiness.report.answers import AnswerTable
from readiness.report.drawings.lettering import lettered, width
from readiness.report.drawings.sheets import INSIDE, MARGIN, SMALL, Head, Row, Sheet, row, sheets
from readiness.report.gaps import Differences
from readiness.report.groups import GroupTable
from readiness.report.groups import Row as GroupRow
from readiness.report.ladder import Ladder, Rung
from readiness.report.moves import Move
from readiness.report.profile import Chapter, Line
from readiness.report.stories import Family
from readiness.report.way_out import Course
from readiness.report.words import Said

NAMES = 216  # room for the names of groups, left of the columns
INTERVAL = 10.5  # size of an interval in a cell
NBSP = "\u00a0"


@dataclass(frozen=True)
class Cells:
    """A group's row, its lines in the columns that are shown, and whether there is room for intervals in these."""

    group: GroupRow
    lines: tuple[Line, ...]
    intervals: bool


def explained(speech: Speech, lines: Sequence[Line]) -> str:
    """What a dot, its bar and its bracket are."""
    said = speech.gettext(
        "Good is on the right. The dot is the score, the bar around it how far unanswered questions could still move "
        "it."
    )
    if not any(line.reading.interval for line in lines):
        return said
    return f"{said} " + speech.gettext(
        "The bracket below it is the 95% interval: how far the score might have come out otherwise with another chance "
        "draw of respondents (nothing shows that they are one)."
    )


def ends(speech: Speech) -> tuple[str, str]:
    """What stands at both ends of a scale."""
    return speech.gettext("worse"), speech.gettext("better")


def profile(speech: Speech, title: str, lines: Sequence[Line]) -> tuple[Sheet, ...]:
    """Dimensions, one a row."""
    return sheets(title, explained(speech, lines), [_line(line) for line in lines], ends=ends(speech))


def chapters(speech: Speech, title: str, parts: Sequence[Chapter]) -> tuple[Sheet, ...]:
    """Indicators, one a row, below their dimensions."""
    lead = [explained(speech, [line for part in parts for line in part.indicators])]
    desired = {line.desired for part in parts for line in part.indicators}
    if "low" in desired:
        lead += [turned_round(speech)]
    if "none" in desired:
        lead += [speech.gettext("Indicators marked ◇ do not count for readiness; they only feed scenarios.")]
    return sheets(title, " ".join(lead), list(_chaptered(parts)), ends=ends(speech))


def turned_round(speech: Speech) -> str:
    """What ⇄ means."""
    return speech.gettext(
        "Indicators marked ⇄ are adverse: a low score is good, and its scale is reversed, so that good is on "
        "the right here too."
    )


def _chaptered(parts: Sequence[Chapter]) -> Iterator[Row]:
    for part in parts:
        if part.indicators:
            yield row("heading", part.line.title, part, room=INSIDE, least=30)
            yield from (_line(line) for line in part.indicators)


def marked(title: str, desired: str) -> str:
    """An indicator's name with the mark of what its scores mean."""
    return f"{title}{NBSP}{'⇄' if desired == 'low' else '◇'}" if desired in ("low", "none") else title


def _line(line: Line) -> Row:
    return row("line", _kept(line.title, marked(line.title, line.desired)), line, note=line.scale, least=42)


def _kept(said: str, text: str) -> str:
    """A text with the language of another."""
    return Said(text, said.lang) if isinstance(said, Said) else text


def bands(speech: Speech, title: str, families: Sequence[Family], levels: Sequence[str]) -> tuple[Sheet, ...]:
    """Every scenario on the four levels, by family."""
    lead = speech.gettext(
        "How far each scenario is present, from left to right in four levels: {levels}. From the dashed line on it is "
        "present. The bar shows how far unanswered questions could still move it."
    ).format(levels=", ".join(levels))
    stories = [story for family in families for story in family.stories]
    if any(story.interval for story in stories):
        lead += " " + speech.gettext("The bracket below it is the 95% interval.")
    return sheets(title, lead, list(_banded(families)))


def _banded(families: Sequence[Family]) -> Iterator[Row]:
    for family in families:
        yield row("heading", family.title, family, room=INSIDE, least=30)
        for story in family.stories:
            yield row("band", story.title, story, note=story.status.word, least=44)


def gaps(speech: Speech, title: str, found: Differences) -> tuple[Sheet, ...]:
    """Both sides of every gap on one scale."""
    lead = speech.gettext(
        "The disc is the first side, the diamond the second, good on the right. On the right stand the difference, "
        "both means, and the 95% interval of the difference."
    )
    if any(gap.desired == "low" for gap in found.found):
        lead += " " + turned_round(speech)
    rows = [
        row(
            "gap",
            _kept(gap.title, marked(gap.title, gap.desired)),
            gap,
            least=58,
            note=f"{gap.sides[0].name} – {gap.sides[1].name}",
        )
        for gap in found.found
    ]
    return sheets(title, lead, rows, ends=ends(speech))


def answers(speech: Speech, title: str, table: AnswerTable) -> tuple[Sheet, ...]:
    """The answers to an indicator's questions as bars across a line."""
    lead = speech.gettext(
        "Each bar holds all answers, the middle option across the line, good on the right. Below it how many chose "
        "each option, in this order: {options}."
    ).format(options=" · ".join(table.options))
    if any(asked.bar and asked.bar.turned for asked in table.rows):
        lead += " " + turned_answers(speech)
    rows = [
        row(
            "answers",
            _kept(asked.text, f"{asked.text}{NBSP}↺" if asked.bar and asked.bar.turned else asked.text),
            asked,
            most=4,
            note=asked.id,
            least=56,
        )
        for asked in table.rows
        if asked.put
    ]
    return sheets(title, lead, rows, ends=ends(speech)) if rows else ()


def turned_answers(speech: Speech) -> str:
    """What ↺ means."""
    return speech.gettext("Where a high answer is not good news the bar and its counts are turned round, and marked ↺.")


def ladder(speech: Speech, title: str, found: Ladder) -> tuple[Sheet, ...]:
    """The rungs of a ladder, the nearest on top."""
    lead = speech.gettext(
        "The same kind of question about people further and further away, the nearest first. A mean over "
        "the rungs would hide the one that gives way."
    )
    lead += " " + speech.gettext(
        "Each bar holds all answers, the middle option across the line, good on the right. Below it how many chose "
        "each option, in this order: {options}."
    ).format(options=" · ".join(found.options))
    if any(rung.asked.bar and rung.asked.bar.turned for rung in found.rungs):
        lead += " " + turned_answers(speech)
    return sheets(title, lead, [_rung(rung) for rung in found.rungs], ends=ends(speech))


def _rung(rung: Rung) -> Row:
    text = rung.asked.text
    turned = rung.asked.bar is not None and rung.asked.bar.turned
    return row("rung", rung.title, rung, note=_kept(text, f"{text}{NBSP}↺" if turned else text), notes=4, least=56)


def route(speech: Speech, title: str, course: Course) -> tuple[Sheet, ...]:
    """A way out: the scenarios left after each step, where there are several, and the steps below each other."""
    lead, rows = [], []
    if len(course.moves) > 1:
        lead += [
            speech.gettext(
                "From left to right the steps, each as wide as it costs; the height is how many scenarios are present."
            )
        ]
        rows += [row("descent", "", course, least=30 + 10 * max(course.begin, *(leg.left for leg in course.legs)))]
    lead += [
        speech.gettext("The disc marks the present score, the diamond the score needed; good is on the right."),
    ]
    rows += [_step(speech, place, one) for place, one in enumerate(course.moves, start=1)]
    return sheets(title, " ".join(lead), rows)


def _step(speech: Speech, place: int, one: Move) -> Row:
    title = one.indicator.title
    said = [speech.gettext("pause")] if one.pause else []
    if one.rules_out:
        what = speech.gettext("; ").join(named.title for named in one.rules_out)
        said += [speech.gettext("No longer present after it: {what}").format(what=what)]
    name = _kept(title, f"{place}. {marked(title, one.desired)}{NBSP}{one.arrow}")
    return row("step", name, one, note=speech.gettext("; ").join(said), notes=3, least=44)


def heat(speech: Speech, title: str, table: GroupTable, heads: tuple[Line, ...], place: int) -> tuple[Sheet, ...]:
    """Groups down, dimensions across, each cell tinted by how good its figure is."""
    cell = _cell(heads)
    lead = speech.gettext("From reddish, which is worst, to bluish, which is best; ▾ is the weakest of the row.")
    lead += " " + speech.gettext("Hatched cells are hidden.")
    return sheets(title, lead, list(_cells("heat", table, place, len(heads), cell)), _heads(heads, cell), cell)


def dots(speech: Speech, title: str, table: GroupTable, heads: tuple[Line, ...], place: int) -> tuple[Sheet, ...]:
    """Groups down, dimensions across, each figure a dot with bounds and interval."""
    cell = _cell(heads)
    lead = explained(speech, [line for group in table.rows for line in group.dimensions])
    lead += " " + speech.gettext("Hatched cells are hidden.")
    return sheets(title, lead, list(_cells("dots", table, place, len(heads), cell)), _heads(heads, cell), cell)


def _cell(heads: Sequence[Line]) -> int:
    return min(160, int((INSIDE - NAMES) / len(heads)))


def _heads(heads: Sequence[Line], cell: int) -> tuple[Head, ...]:
    start = MARGIN + NAMES + cell / 2
    return tuple(
        Head(lettered(head.title, cell - 8, SMALL, 5), start + place * cell) for place, head in enumerate(heads)
    )


def _cells(kind: str, table: GroupTable, place: int, many: int, cell: int) -> Iterator[Row]:
    likely = [line.reading.interval for group in table.rows for line in group.dimensions if line.reading.interval]
    fits = all(width(f"[{one.low.text}, {one.high.text}]", INTERVAL) <= cell - 4 for one in likely)
    for group in table.rows:
        lines = group.dimensions[place : place + many]
        yield row(kind, group.name, Cells(group, lines, fits), room=NAMES - 10, most=4, least=38 if likely else 34)
