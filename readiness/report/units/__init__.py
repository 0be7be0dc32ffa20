"""Unit reports: one short page for each group of a table, set against the rest, and an index of them all."""
