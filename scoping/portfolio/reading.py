"""A scenario as people write it down: a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from ..document.refusal import refusal_of
from ..errors import Problem
from ..text.languages import joined, message
from .limits import Limits, PortfolioRefused
from .scenario import GivenPrior, Scenario

_ROUNDS = 5
"""What is left out may leave a rule behind that cannot be meant without it; more rounds than this nobody needs."""


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


def as_far_as_it_goes(raw: Mapping[str, Any]) -> tuple[Scenario, tuple[Problem, ...]]:
    """What can be meant of a scenario, and what was left out of it, place by place.

    Of a list of amounts a bad one is no limit, so that the others stay in their quarter or month; of a list of rules
    the bad ones are left out.
    """
    kept, left_out = dict(raw), list[Problem]()
    for _ in range(_ROUNDS):
        try:
            return Scenario.model_validate(kept), tuple(left_out)
        except ValidationError as error:
            left_out += refusal_of(error, Scenario).problems
            kept = _without(kept, [each["loc"] for each in error.errors(include_url=False)])
    return Scenario(), tuple(left_out)


def _without(raw: Mapping[str, Any], places: Sequence[tuple[int | str, ...]]) -> dict[str, Any]:
    """The same without what stands at these places; the last of a list first, so that numbers stay right."""
    found = dict(raw)
    for field in dict.fromkeys(str(place[0]) for place in places if place):
        inner = [place[1:] for place in places if place[:1] == (field,)]
        kept = _left(field, found.pop(field, None), inner)
        if kept is not None:
            found[field] = kept
    return found


def _left(field: str, value: Any, places: Sequence[tuple[int | str, ...]]) -> Any:
    """What is left of one field; None where that is nothing."""
    if () in places:
        return None
    if field == "people" and isinstance(value, dict):
        roles = {name: _left("budget", each, _below(name, places)) for name, each in value.items()}
        return {name: each for name, each in roles.items() if each is not None and isinstance(name, str) and name}
    if not isinstance(value, list):
        return None
    bad = {place[0] for place in places}
    if field == "budget":
        return [None if number in bad else each for number, each in enumerate(value)]
    return [each for number, each in enumerate(value) if number not in bad]


def _below(name: object, places: Sequence[tuple[int | str, ...]]) -> list[tuple[int | str, ...]]:
    """The places within one role; one that is about its name is about all of it."""
    return [() if place[1:] == ("[key]",) else place[1:] for place in places if place[:1] == (name,)]


def place_said(path: str) -> str:
    """A place of a scenario as the page calls it: the field, and which of its entries."""
    field, *rest = path.split(".")
    info = Scenario.model_fields.get(field)
    title = info.title if info is not None and info.title else field
    return joined(", ", [message(title), *_entry(field, rest)])


def _entry(field: str, rest: Sequence[str]) -> list[str]:
    if field == "people":
        return [*rest[:1], *(message("month {number}", number=_counted(each)) for each in rest[1:2])]
    if field == "prior":
        titles = {name: info.title or name for name, info in GivenPrior.model_fields.items()}
        return [message(titles.get(each, each)) for each in rest[:1]]
    if field == "budget":
        return [message("quarter {number}", number=_counted(each)) for each in rest[:1]]
    return [message("entry {number}", number=_counted(each)) for each in rest[:1]]


def _counted(number: str) -> str:
    """As people count, from 1."""
    return str(int(number) + 1) if number.isdecimal() else number


def read_limits(text: bytes) -> Limits:
    """The limits of a scenario in a TOML file. Raises PortfolioRefused, DocumentRefused."""
    return read_scenario(text).limits()


def title_of_several(name: str) -> PortfolioRefused:
    """What is said of a title that names no proposal, since several have it."""
    return PortfolioRefused(message("{name} is the title of several proposals: write an id.", name=name))


def with_ids(scenario: Scenario, titles: Mapping[str, str]) -> Scenario:
    """The scenario with ids in place of titles (`titles`, by id). Raises PortfolioRefused for one that several have."""

    def known(name: str) -> str:
        alike = [identity for identity, title in titles.items() if title == name]
        if name not in titles and len(alike) > 1:
            raise title_of_several(name)
        return name if name in titles or not alike else alike[0]

    plain, nested = ("proposals", "must", "must_not"), ("needs", "either_or", "groups")
    changed = {name: [known(each) for each in getattr(scenario, name)] for name in plain}
    sets = {name: [[known(each) for each in names] for names in getattr(scenario, name)] for name in nested}
    return scenario.model_copy(update={**changed, **sets})
