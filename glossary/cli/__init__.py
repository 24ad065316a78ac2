"""The command line: one module per command. `main` is the entry."""

from glossary.cli.main import main

__all__ = ["main"]
