"""Limits as people write them down: a TOML file."""

from __future__ import annotations

import tomllib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..document.refusal import refusal_of
from ..text.languages import message
from .limits import Limits, PortfolioRefused

_MOST_PERIODS, _MOST_NAMED = 600, 10_000

Amount = Annotated[float, Field(ge=0, allow_inf_nan=True)]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Amounts = Annotated[list[Amount], Field(max_length=_MOST_PERIODS)]
Names = Annotated[list[Name], Field(max_length=_MOST_NAMED)]


class LimitsFile(BaseModel):
    """What the file may hold: see `Limits`. Proposals go by their id or their exact title."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    budget: Amounts = []
    people: dict[Name, Amounts] = {}
    at_once: Annotated[int, Field(ge=0)] | None = None
    must: Names = []
    must_not: Names = []
    needs: Annotated[list[Annotated[list[Name], Field(min_length=2, max_length=2)]], Field(max_length=_MOST_NAMED)] = []
    either_or: Annotated[list[Names], Field(max_length=_MOST_NAMED)] = []


def read_limits(text: bytes) -> Limits:
    """The limits in a TOML file. Raises PortfolioRefused where it is none, DocumentRefused naming each wrong place."""
    try:
        found = LimitsFile.model_validate(tomllib.loads(text.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as why:
        raise PortfolioRefused(message("The limits are no TOML: {why}", why=str(why))) from None
    except ValidationError as error:
        raise refusal_of(error, LimitsFile) from None
    return Limits(
        budget=found.budget,
        people={" ".join(name.split()).casefold(): amounts for name, amounts in found.people.items()},
        at_once=found.at_once,
        must=frozenset(found.must),
        must_not=frozenset(found.must_not),
        needs=tuple((one, other) for one, other in found.needs),
        either_or=tuple(map(frozenset, found.either_or)),
    )
