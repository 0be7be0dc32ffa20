"""The lines below the tables: short, and only where there is something to say."""

from __future__ import annotations

from readiness.cli.findings import finding_lines
from readiness.scoring.findings import Analysis, Careless, Gaps, Responding
from readiness.scoring.result import Group
from tests.report.building import analysed


def lines(language: str = "en", **changes: object) -> list[str]:
    result = analysed()
    assert isinstance(result.overall, Group)
    found = Analysis(**{**dict(result.overall.analysis or Analysis()), **changes})
    return list(finding_lines(found, result.framework.texts, language))


def test_everything_found_is_told_in_a_few_lines() -> None:
    assert lines() == [
        "95% intervals, from 1,000 redraws of the respondents within roles.",
        "65% of the people who could answer did.",
        "No answers from: IT · Executive.",
        "12 of 260 respondents answered carelessly: 9 with one answer throughout, "
        "4 in less than two seconds an answer. "
        "They count in all figures; --exclude-careless leaves them out.",
        "2 perception gaps in 64 comparisons",
        "• Indicator 0.0 with a name of some length: Executive 71.2, Employee 48.0 (large)"
        "; on it hangs: Scenario 0: a way to fail and Scenario 1: a way to fail",
        "• Indicator 0.1 with a name of some length: Executive 71.2, Employee 48.7 (small)",
    ]


def test_what_was_not_worked_out_is_left_out() -> None:
    nothing = dict.fromkeys(["sampling", "responding", "careless", "gaps", "instrument", "resting"])
    assert lines(**nothing) == []


def test_nothing_found_is_told_where_it_was_looked_for() -> None:
    careful = Careless(n=260, straight_lining=0, speeding=None, either=0)
    told = lines(responding=Responding(), careless=careful, gaps=Gaps(compared=139))
    assert told[1:] == ["No perception gap in 139 comparisons"]


def test_a_long_list_of_silent_groups_is_shortened() -> None:
    silent = tuple({"unit": f"Unit {place}"} for place in range(8))
    assert "No answers from: Unit 0, Unit 1, Unit 2, Unit 3, Unit 4, and 3 more." in lines(
        responding=Responding(silent=silent)
    )


def test_it_is_told_in_french() -> None:
    told = lines("fr")
    assert told[0] == "Intervalles à 95\u00a0%, par 1\u202f000 tirages répétés parmi les répondants, au sein des rôles."
    assert "2 écarts de perception sur 64 comparaisons" in told
