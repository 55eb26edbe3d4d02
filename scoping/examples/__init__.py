"""Worked proposals, realistic and complete: one JSON file each. They are also test data."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from ..document.proposal import Proposal
from ..document.reading import read

# Those to begin with; any other file of this folder follows, by its name.
_FIRST = (
    "visual_inspection",
    "customer_retention",
    "invoice_routing",
    "stock_price",
    "payment_fraud",
    "demand_forecast",
    "search_ranking",
    "donor_mailing",
    "support_assistant",
    "heat_pump_scheduling",
)
_FILES = files(__package__)
_FOUND = {Path(each.name).stem for each in _FILES.iterdir() if each.name.endswith(".json")}
NAMES = (*_FIRST, *sorted(_FOUND - {*_FIRST}))


def text(name: str) -> str:
    """An example's JSON, as it is shipped."""
    return _FILES.joinpath(f"{name}.json").read_text(encoding="utf-8")


def load(name: str) -> Proposal:
    """An example as a Proposal."""
    return read(text(name))
