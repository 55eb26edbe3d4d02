"""Worked proposals, realistic and complete. They are also test data."""

from __future__ import annotations

from importlib.resources import files

from ..document.proposal import Proposal
from ..document.reading import read

NAMES = (
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


def text(name: str) -> str:
    """An example's JSON, as it is shipped."""
    return files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")


def load(name: str) -> Proposal:
    """An example as a Proposal."""
    return read(text(name))
