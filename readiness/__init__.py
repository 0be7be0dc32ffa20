"""Enterprise 2.0 readiness assessment: questionnaires in, risk scenarios and a report out."""

# A constant rather than importlib.metadata, whose import alone costs 40 ms at every start.
__version__ = "0.1.0"
