"""Commands: words translated into calls, and nothing else."""
