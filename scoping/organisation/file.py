"""The one file in which everything that an organisation lays down goes from one house to another.

Beside the settings it holds what the house keeps elsewhere: the functions that a review asks, and rates of currencies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from ..document.allowed import not_allowed
from ..document.fields import Quantity, Section, optional, rows
from ..document.proposal import Currency
from ..text.languages import message
from ..vocabulary import Unit
from .model import Organisation
from .reading import content_of, to_settings, validated

MOST_FUNCTIONS, LONGEST_FUNCTION, MOST_CURRENCIES = 20, 60, 200
RateWorth = Annotated[float, Quantity(Unit.NUMBER, 1e-9, 1e9)]
FunctionName = Annotated[str, Field(min_length=1, max_length=LONGEST_FUNCTION, pattern=r"\S")]


class AskedFunction(Section):
    """A function that gives advice. Who speaks for it is a matter of the house, and in no file."""

    name: FunctionName = Field(title="Function", description="Who is asked for advice.")
    is_always: bool = Field(default=False, title="Always asked", description="Whether nothing is submitted without it.")


class Review(Section):
    """What a review asks for."""

    functions: list[AskedFunction] = Field(
        title="Functions", description="Who is asked for advice.", min_length=1, max_length=MOST_FUNCTIONS
    )
    needs_submission: bool = Field(
        default=False,
        title="Decisions need a submission",
        description="Whether nothing is decided that is not under review.",
    )


class DatedRate(Section):
    """What one unit of a currency is worth in the display currency, as of a day."""

    currency: Currency = Field(title="Currency", description="ISO 4217 code.")
    rate: RateWorth = Field(title="Rate", description="What one unit is worth in the display currency.")
    as_of: Annotated[date, Field(strict=False)] = Field(title="As of", description="The day of the rate.")


class Currencies(Section):
    """The currency in which lists compare, and what the others are worth in it."""

    display: Currency = Field(title="Display currency", description="The currency in which lists compare.")
    rates: list[DatedRate] = rows("Rates", "What the others are worth.", most=MOST_CURRENCIES)


class OrganisationFile(Organisation):
    """The settings with what the house keeps elsewhere. What is absent stays as it is where the file is brought in."""

    review: Review | None = optional("Review", "Which functions are asked for advice.")
    currencies: Currencies | None = optional("Currencies", "What currencies are worth.")

    @model_validator(mode="after")
    def _one_rate_a_currency(self) -> OrganisationFile:
        """Of two rates of one currency nobody could tell which one holds."""
        named = [each.currency for each in self.currencies.rates] if self.currencies else []
        allowed = not_allowed("consistency", message("has a rate in this file already: write one a currency"))
        errors = [
            InitErrorDetails(type=allowed, loc=("currencies", "rates", number, "currency"), input=code)
            for number, code in enumerate(named)
            if code in named[:number]
        ]
        if errors:
            raise ValidationError.from_exception_data("OrganisationFile", errors)
        return self

    @property
    def settings(self) -> Organisation:
        """The settings alone."""
        return Organisation.model_validate({name: getattr(self, name) for name in Organisation.model_fields})


def read_file(document: str | bytes | Mapping[str, Any]) -> OrganisationFile:
    """The file's content. Raises DocumentRefused, with every problem's path, value and what is allowed."""
    return validated(OrganisationFile, content_of(document))


def write_file(content: OrganisationFile) -> str:
    """The file as JSON text that `read_file` takes back unchanged."""
    return json.dumps(to_settings(content), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def would_be(now: OrganisationFile, brought: OrganisationFile) -> OrganisationFile:
    """What holds once a file is brought in: what it does not speak of stays as it is."""
    kept = {name: getattr(brought, name) or getattr(now, name) for name in ("review", "currencies")}
    return brought.model_copy(update=kept)


def organisation_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **OrganisationFile.model_json_schema()}
