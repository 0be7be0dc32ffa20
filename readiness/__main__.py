"""`python -m readiness` is the `readiness` command."""

from readiness.cli.app import run

run()
