"""The command line: `groundwork`."""

from app.cli.commands import main

__all__ = ["main"]
