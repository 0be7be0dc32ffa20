"""The consultant's hand: what a person adds to a report, which every new rendering keeps.

`reading` finds the files (`yaml_page`, `written_page`), `merging` puts them together, `judging` holds them against a
result, `telling` makes them ready to print in one language, and `draft` writes the first one.
"""

from readiness.report.commentary.records import Commentary

__all__ = ["Commentary"]
