"""The consultant's hand: what a person adds to a report, which every new rendering keeps.

`reading` finds the files (`yaml_page`, `written_page`), `judging` holds them against a result (`ground`) and puts them
together, `telling` makes them ready to print in one language (`told`), and `draft` writes the first one.
"""

from readiness.report.commentary.records import Commentary

__all__ = ["Commentary"]
