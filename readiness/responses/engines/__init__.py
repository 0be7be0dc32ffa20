"""Engines: where answers that stay where they lie are scored: a cluster, or a database."""
