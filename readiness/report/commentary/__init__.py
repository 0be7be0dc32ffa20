"""The consultant's hand: what a person adds to a report, which every new rendering keeps."""

from readiness.report.commentary.records import Commentary

__all__ = ["Commentary"]
