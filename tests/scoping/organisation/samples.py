"""Settings of an organisation that use all that there is."""

from __future__ import annotations

from typing import Any

from scoping.organisation import Organisation, read_organisation


def settings(**others: Any) -> dict[str, Any]:
    """Plain settings; others may be given in place of some."""
    found: dict[str, Any] = {
        "organisation_version": 1,
        "name": "House",
        "currency": "EUR",
        "returns": {
            "horizon_months": 48,
            "discount_rate": {"p10": 0.07, "p50": 0.09, "p90": 0.12},
            "cash_convention": "mid_month",
            "growth_steps": "yearly",
        },
        "finance": {"tax_rate": 0.3, "fiscal_year_starts": 7},
        "thresholds": {"risky_loss": 0.15, "thin_headroom": 0.02, "near_even": 0.05},
        "day_rates": [{"name": "Data scientist", "amount": 950}],
        "costs": [
            {"name": "GPU server", "component": "machine_resources", "timing": "monthly", "amount": 1200},
            {"name": "Licence", "timing": "at_start", "amount": {"p10": 5000, "p50": 8000, "p90": 15000}},
        ],
        "switched_off": ["done_before"],
        "questions": [
            {
                "question": "Has the works council agreed?",
                "id": "works_council",
                "answers": ["Yes", "In talks", "No"],
                "worst": "failed",
            }
        ],
        "fields": [
            {"title": "Cost centre", "id": "cost_centre", "step": "problem"},
            {"title": "Emissions", "id": "co2", "kind": "number", "unit": "t CO2", "lowest": 0, "highest": 100},
            {"title": "Site", "id": "site", "kind": "choice", "choices": ["Ulm", "Graz"], "step": "plan"},
        ],
    }
    return {**found, **others}


def house(**others: Any) -> Organisation:
    """The settings, read."""
    return read_organisation(settings(**others))
