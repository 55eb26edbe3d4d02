"""A scenario as people write it down: a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..document.refusal import refusal_of
from ..text.languages import message
from .limits import Limits, PortfolioRefused
from .scenario import Scenario


def read_scenario(text: bytes) -> Scenario:
    """The scenario in a TOML file. Raises PortfolioRefused where it is none, DocumentRefused for each wrong place."""
    try:
        found = tomllib.loads(text.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise PortfolioRefused(message("The limits are no TOML: {why}", why=str(why))) from None
    return scenario_of(found)


def scenario_of(raw: Mapping[str, Any]) -> Scenario:
    """The scenario in plain values, as it was saved. Raises DocumentRefused naming each wrong place."""
    try:
        return Scenario.model_validate(raw)
    except ValidationError as error:
        raise refusal_of(error, Scenario) from None


def read_limits(text: bytes) -> Limits:
    """The limits of a scenario in a TOML file. Raises PortfolioRefused, DocumentRefused."""
    return read_scenario(text).limits()


def with_ids(scenario: Scenario, titles: Mapping[str, str]) -> Scenario:
    """The scenario with ids in place of titles (`titles`, by id). Raises PortfolioRefused for one that several have."""

    def known(name: str) -> str:
        alike = [identity for identity, title in titles.items() if title == name]
        if name not in titles and len(alike) > 1:
            raise PortfolioRefused(message("{name} is the title of several proposals: write an id.", name=name))
        return name if name in titles or not alike else alike[0]

    plain, nested = ("proposals", "must", "must_not"), ("needs", "either_or", "groups")
    changed = {name: [known(each) for each in getattr(scenario, name)] for name in plain}
    sets = {name: [[known(each) for each in names] for names in getattr(scenario, name)] for name in nested}
    return scenario.model_copy(update={**changed, **sets})
