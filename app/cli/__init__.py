"""The command line: `groundwork`."""

from app.cli.run import main

__all__ = ["main"]
