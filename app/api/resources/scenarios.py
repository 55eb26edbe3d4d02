"""/api/scenarios: choices among proposals that were saved. They are read here, and made and approved on the pages."""

from __future__ import annotations

from typing import Any

from app.api.lines import page_of, scenario_of
from app.api.models.deciding import Scenario, Scenarios
from app.api.operation import Operation, Reading, Resource
from app.api.parameters import PageNumber


def list_scenarios(asked: Reading, page: PageNumber = 1, archived: bool = False) -> dict[str, Any]:
    """The scenarios about something that the person may see, those saved last first."""
    found = asked.store().scenarios.list(page, archived=archived)
    return {**page_of(found), "scenarios": [scenario_of(each) for each in found.rows]}


def read_scenario(asked: Reading, scenario: str) -> dict[str, Any]:
    """The newest version of a scenario: what was set, on which versions of proposals, what came out, what was decided.

    Of proposals that the person may not see it tells how many there are, and no figure that counts them.
    """
    return scenario_of(asked.store().scenarios.get(scenario))


RESOURCE = Resource(
    "Scenarios",
    55,
    (
        Operation("GET", "/api/scenarios", list_scenarios, Scenarios),
        Operation("GET", "/api/scenarios/{scenario}", read_scenario, Scenario),
    ),
)
