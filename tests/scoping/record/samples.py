"""A signed proposal and actuals of it, shared by the tests of the record."""

from __future__ import annotations

from typing import Any

from scoping import examples
from scoping.record import Actuals, read_actuals

SIGNED = examples.load("visual_inspection")
INDEX = next(n for n, each in enumerate(SIGNED.alternatives) if each.is_machine_learning)
NAME = SIGNED.alternatives[INDEX].name
OWN = f"alternatives.{INDEX}"
RECALL = f"{OWN}.metrics.recall"
BUILD = f"{OWN}.build_months"


def actuals(*entries: tuple[str, int, float], conditions: tuple[str, ...] = (), **more: Any) -> Actuals:
    """Actuals of the signed proposal: a place, a month and a value each."""
    rows = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    return read_actuals({"actuals_version": 1, "alternative": NAME, "entries": rows, **more}, SIGNED, conditions)
