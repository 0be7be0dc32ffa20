"""Refusals: tables that hold no responses, and what to export instead.

Named by their own words, so that a file of responses is not taken for one of these: a header that only a form's
structure has, the titles of a summary's blocks, the banner and base of a crosstab.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses.platforms.headings import bare, is_value, key, keys
from readiness.responses.platforms.vocabulary import RESPONDENT

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

ROWS, COLUMNS = 60, 40  # that are looked at, and all of the first row
Rows = list[list[str]]
Refusal = tuple[int, str, str]  # row, what it is, what to export instead


def refuse(grid: Grid, *, forced: bool) -> None:
    """Stop at a table that holds no responses. forced: the platform was named, so that only certain signs count.

    Raises:
        ResponseError: it is a summary, a crosstab, a list of participants or a form's structure.
    """
    if grid.header_rows is not None and grid.header_rows > 1:
        return  # a statistics file: its header rows are known
    rows = [[key(cell) for cell in grid.row(place)[:COLUMNS]] for place in range(min(ROWS, grid.cells.height))]
    rows[0] = [key(cell) for cell in grid.row(0)]
    certain: tuple[Callable[[Rows], Refusal | None], ...] = (_structure, _participants, _summary, _statistics)
    likely: tuple[Callable[[Rows], Refusal | None], ...] = (_pivot, _frequencies, _counted, _means, _crosstab)
    for judge in certain if forced else certain + likely:
        found = judge(rows)
        if found is not None:
            place, what, mend = found
            if any("--sheet" in remark for remark in grid.remarks):
                mend = f"{mend}; if another sheet holds it, name that with --sheet"
            raise ResponseError([Fault(grid.file, int(grid.rows[place]), what, mend)])


def _known(names: str) -> frozenset[str]:
    return frozenset(keys(names))


RESPONSES = "export the responses, one row a respondent"
STRUCTURES: tuple[tuple[frozenset[str], str, str], ...] = (
    (
        _known("Variable / Field Name|Form Name|Field Type"),
        "a REDCap data dictionary",
        "export the records (Data Exports)",
    ),
    (
        _known("field_name|form_name|field_type|field_label"),
        "a REDCap data dictionary",
        "export the records (Data Exports)",
    ),
    (
        _known("class|type/scale|name|relevance"),
        "the structure of a LimeSurvey form",
        "export the responses of the survey",
    ),
    (_known("list_name|name|label"), "the choices of an XLSForm", "export the data of the form"),
    (_known("form_title|form_id"), "the settings of an XLSForm", "export the data of the form"),
    (_known("variable|position|label|measurement level"), "a list of variables", RESPONSES),
    (_known("variable name|variable label"), "a list of variables", RESPONSES),
    (_known("variable|label|values"), "a list of variables", RESPONSES),
)
XLSFORM_TYPES = bare(
    "select_one|select_multiple|begin_group|end_group|begin_repeat|end_repeat|calculate|note|text|integer|decimal|date|time|"
    "start|end|today|deviceid|geopoint|range|rank|acknowledge|hidden|image|audio"
)


def _structure(rows: Rows) -> Refusal | None:
    """A form's questions instead of its answers."""
    header = rows[0]
    names = set(header)
    for signs, what, mend in STRUCTURES:
        if signs <= names:
            return 0, f"this is {what}, not responses", mend
    has_label = any(name == "label" or name.startswith("label::") for name in names)
    if {"type", "name"} <= names and has_label:
        types = [row[header.index("type")] for row in rows[1:] if row[header.index("type")]]
        known = [one for one in types if one.replace(" ", "_").startswith(XLSFORM_TYPES)]
        if types and 2 * len(known) > len(types):
            return 0, "this is the structure of a form (XLSForm), not responses", "export the data of the form"
    return None


def _participants(rows: Rows) -> Refusal | None:
    if _known("tid|emailstatus|token") <= set(rows[0]):
        return (
            0,
            "this is a list of invited participants (LimeSurvey), not responses",
            "export the responses of the survey",
        )
    return None


CHOICES = _known(
    "Answer Choices|Choix de réponses|Choix de réponse|Antwortoptionen|Antwortauswahl|Opciones de respuesta"
)
CHOICES |= _known("Opções de resposta|Opzioni di risposta|Antwoordkeuzen")
ANSWERED = _known(
    "Answered|Ont répondu|Réponses obtenues|Répondues|Beantwortet|Respondidas|Contestadas|Respondida|Risposte"
)
SKIPPED = _known("Skipped|Ont ignoré|Question ignorée|Ignorées|Übersprungen|Omitidas|Ignoradas|Ignorada|Saltate")


def _summary(rows: Rows) -> Refusal | None:
    """A summary by question: blocks of answer choices with their shares."""
    for place, row in enumerate(rows):
        if row[0] in CHOICES and sum(bool(cell) for cell in row) > 1:
            return place, *SUMMARY
    answered = [place for place, row in enumerate(rows) if ANSWERED & set(row)]
    skipped = [place for place, row in enumerate(rows) if SKIPPED & set(row)]
    if any(place + 1 in skipped for place in answered):
        return answered[0], *SUMMARY
    return None


SUMMARY = (
    "this is a summary by question (answer choices and their shares), not one row a respondent",
    "export all individual responses instead (SurveyMonkey: Export all, All responses data, CSV or XLS)",
)
FIELD_SUMMARIES = keys(
    "Field summary for|Summary for|Résumé pour|Résumé du champ pour|Zusammenfassung für|Feldzusammenfassung für|"
    "Resumen del campo|Resumen para|Resumo para|Sumário para"
)
COUNTS = (
    _known("Count|Counts|Frequency|N|Décompte|Effectif|Nombre|Anzahl|Häufigkeit|Cuenta|Contagem"),
    _known("Percentage|Percent|%|Share|Pourcentage|Part|Prozent|Anteil|Porcentaje|Percentagem"),
)


def _statistics(rows: Rows) -> Refusal | None:
    """Frequencies by question, as LimeSurvey's statistics write them."""
    titles = [place for place, row in enumerate(rows) if any(cell.startswith(FIELD_SUMMARIES) for cell in row[:3])]
    counted = any(all(names & set(row) for names in COUNTS) for row in rows)
    if titles and counted:
        return (
            titles[0],
            "these are statistics by question, not one row a respondent",
            "export the responses (Responses, Export)",
        )
    return None


ROW_LABELS = _known(
    "Row Labels|Étiquettes de lignes|Zeilenbeschriftungen|Etiquetas de fila|Rótulos de Linha|Etichette di riga"
)


def _pivot(rows: Rows) -> Refusal | None:
    """A pivot table of a spreadsheet."""
    for place, row in enumerate(rows[:8]):
        if ROW_LABELS & set(row[:3]):
            return place, "this is a pivot table, not one row a respondent", "use the table that it was made from"
    return None


ANSWERS = _known(
    "Answer|Answers|Option|Options|Choice|Question|Réponse|Réponses|Modalité|Antwort|Respuesta|Resposta|Label"
)


def _frequencies(rows: Rows) -> Refusal | None:
    """How often each answer was given."""
    header = set(rows[0])
    if len(rows[0]) <= MOST_FREQUENCY_COLUMNS and ANSWERS & header and all(names & header for names in COUNTS):
        return 0, "these are frequencies of answers, not one row a respondent", RESPONSES
    return None


MOST_FREQUENCY_COLUMNS = 8
OPTIONS = ANSWERS - _known("Question|Label")
MOST_OPTIONS = 15
SIZES = COUNTS[0] | _known("Effectifs|NB|Base|n=|Respondents|Répondants|Responses|Réponses|Befragte|Fallzahl|Headcount")


def _counted(rows: Rows) -> Refusal | None:
    """How often each option was chosen, a line an option and a column a question."""
    body = [row for row in rows[1:] if any(row)]
    if rows[0][0] not in OPTIONS or len(rows[0]) < 3 or not 1 < len(body) <= MOST_OPTIONS:
        return None
    what = "this says how often each option was chosen (a line an option), not one row a respondent"
    return (0, what, RESPONSES) if _are_named_numbers(body) else None


def _means(rows: Rows) -> Refusal | None:
    """Figures of groups, a line a group, beside how many people each has."""
    body = [row for row in rows[1:] if any(row)]
    sizes = [place for place in (1, len(rows[0]) - 1) if place < len(rows[0]) and rows[0][place] in SIZES]
    if not sizes or len(rows[0]) < 3 or len(body) < 2 or rows[0][0] in RESPONDENT:
        return None
    what = "these are figures of groups (a line a group, with their number), not one row a respondent"
    return (0, what, RESPONSES) if _are_named_numbers(body) else None


def _are_named_numbers(body: Rows) -> bool:
    """Whether each line is a name of its own and then numbers alone."""
    names = [row[0] for row in body]
    if not all(names) or any(map(is_value, names)) or len(set(names)) < len(names):
        return False
    return all(is_value(cell) for row in body for cell in row[1:] if cell)


TOTAL = _known("Total|Totals|Gesamt|Total général|Insgesamt|Totale|All|Ensemble|All respondents|Base")
BASES = keys(
    "unweighted n|weighted n|unweighted base|weighted base|base|sample size|effectif|fallzahl|total n|"
    "number of respondents|nombre de répondants|base size|unweighted|column n|column %"
)
SHARE_NUMBERS = 0.8


def _crosstab(rows: Rows) -> Refusal | None:
    """Shares by question and group: a banner with a total, a base, numbers and little else."""
    banner = next((place for place, row in enumerate(rows[:6]) if TOTAL & set(row[1:6])), None)
    if banner is None:
        return None
    base = any(
        any(cell == base or cell.startswith((f"{base}:", f"{base} ", f"{base}=")) for base in BASES)
        for row in rows[banner + 1 :]
        for cell in row[:2]
    )
    body = [cell for row in rows[banner + 1 :] for cell in row[2:] if cell]
    numbers = sum(is_value(cell) for cell in body)
    if base and body and numbers >= SHARE_NUMBERS * len(body):
        what = "this is a crosstab (shares by question and group), not one row a respondent"
        return banner, what, RESPONSES
    return None
