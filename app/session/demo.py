"""The demo portfolio as the Store takes it."""

from __future__ import annotations

from db import DemoProposal

MANY = 30


def demo_proposals() -> list[DemoProposal]:
    """The made-up proposals with their decisions and actuals; the same ones each time."""
    return []
