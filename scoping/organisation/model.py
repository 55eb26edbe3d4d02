"""The document Organisation. What a proposal begins with bears the proposal's own names, titles and bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from ..document.allowed import not_allowed
from ..document.alternatives import MOST_COSTS, Cost
from ..document.answers import QUESTION_IDS
from ..document.fields import (
    Money,
    PlainShare,
    Section,
    WholeNumber,
    group,
    needed,
    optional,
    rows,
    text,
    word,
)
from ..document.finance import DepreciationMonths, Finance, MonthOfYear, PlainYearlyRate
from ..document.own import MOST_OWN, OwnField, OwnQuestion, conflicts_of_own, unfinished_own
from ..document.paths import Path
from ..document.problem import Text
from ..document.proposal import Currency, Proposal
from ..document.returns import DiscountRate, Horizon, Returns
from ..document.rules import conflicts_of_cost
from ..document.standards import Standards, Thresholds
from ..document.walk import choices_in
from ..errors import DocumentRefused, Problem, quote
from ..feasibility.catalogue import DONT_KNOW
from ..text.languages import message
from ..vocabulary import CashConvention, GrowthSteps, RateKind

NEWEST = 1
"""The version of the form that is written and read."""
MOST_RATES = 50


def _known(version: int) -> int:
    if version != NEWEST:
        newest = str(NEWEST)
        allowed = message("must be {newest}; another version is written and read by another Groundwork", newest=newest)
        raise not_allowed("version", allowed)
    return version


FormVersion = Annotated[WholeNumber, AfterValidator(_known)]
Place = tuple[str | int, ...]


def _as_in(section: type[Section], name: str) -> Any:
    """A field with the title and help of another section's; empty at first, which lays nothing down."""
    info = section.model_fields[name]
    return (word if choices_in(info.annotation) else optional)(str(info.title), str(info.description))


class DayRate(Section):
    """What a day of somebody's work costs."""

    name: str = text("Role", "Who does the work: data scientist, domain expert, plant engineer.")
    amount: Money | None = needed("A day costs", "All in: wages and what comes on top of them, or the agency's rate.")


class StandardReturns(Section):
    """With which time and discounting a proposal begins."""

    horizon_months: Horizon | None = _as_in(Returns, "horizon_months")
    discount_rate: DiscountRate | None = _as_in(Returns, "discount_rate")
    cash_convention: CashConvention | None = _as_in(Returns, "cash_convention")
    growth_steps: GrowthSteps | None = _as_in(Returns, "growth_steps")


class StandardFinance(Section):
    """With which view of finance a proposal begins."""

    tax_rate: PlainShare | None = _as_in(Finance, "tax_rate")
    depreciation_months: DepreciationMonths | None = _as_in(Finance, "depreciation_months")
    inflation: PlainYearlyRate | None = _as_in(Finance, "inflation")
    rate_is: RateKind | None = _as_in(Finance, "rate_is")
    soft_counts: PlainShare | None = _as_in(Finance, "soft_counts")
    fiscal_year_starts: MonthOfYear | None = _as_in(Finance, "fiscal_year_starts")


class Organisation(Section):
    """What all proposals of an organisation begin with, are offered, and are asked."""

    organisation_version: FormVersion = Field(
        default=NEWEST, title="Form", description="The version of this document's form."
    )
    name: str = text("Organisation", "What the organisation is called.")
    currency: Currency = Field(
        default="EUR", title="Currency", description="ISO 4217 code. Rates and standard costs are in it."
    )
    returns: StandardReturns = group("Returns", "Time, adoption and discounting.", StandardReturns)
    finance: StandardFinance = group(
        "Finance", "Tax, capital cost, prices, soft benefits, fiscal years.", StandardFinance
    )
    thresholds: Thresholds = group("Thresholds of the verdict", "From where on the verdict warns.", Thresholds)
    day_rates: list[DayRate] = rows("Day rates", "What a day of work costs, by role.", most=MOST_RATES)
    costs: list[Cost] = rows("Standard costs", "What a project usually pays for, by component.", most=MOST_COSTS)
    switched_off: list[Text] = rows("Questions that are not asked", "Questions of the catalogue, by their ids.")
    questions: list[OwnQuestion] = rows("Own questions", "What is asked beside the catalogue.", most=MOST_OWN)
    fields: list[OwnField] = rows("Own fields", "What the organisation wants to know beside the form.", most=MOST_OWN)

    @model_validator(mode="after")
    def _consistent(self) -> Organisation:
        errors = [
            InitErrorDetails(type=not_allowed("consistency", allowed), loc=place, input=value)
            for place, value, allowed in _conflicts(self)
        ]
        if errors:
            raise ValidationError.from_exception_data("Organisation", errors)
        return self

    @property
    def standards(self) -> Standards:
        """What of it travels in a proposal, whichever version of it that is."""
        return Standards(
            thresholds=self.thresholds,
            switched_off=self.switched_off,
            questions=self.questions,
            fields=self.fields,
        )

    @property
    def bridge(self) -> None:
        """No task belongs to it: what tells of a proposal's fields asks."""


def as_form(organisation: Organisation) -> Proposal:
    """The settings as what draws and tells a document's fields takes them.

    It asks for declarations, the currency and the kind of task alone, and these settings have too.
    """
    found: Any = organisation
    return found  # type: ignore[no-any-return]


def check_finished(organisation: Organisation) -> None:
    """Raises DocumentRefused where something is declared by halves: it must not be laid down, but may be worked on."""
    problems = [
        Problem(Path.of(*place), quote(value) if value else "", allowed)
        for place, value, allowed in _unfinished(organisation)
    ]
    if problems:
        raise DocumentRefused(problems)


def _conflicts(organisation: Organisation) -> Iterator[tuple[Place, Any, str]]:
    for index, cost in enumerate(organisation.costs):
        for field, value, allowed in conflicts_of_cost(cost, is_status_quo=False):
            yield ("costs", index, field), value, allowed
    for number, identity in enumerate(organisation.switched_off):
        if identity not in QUESTION_IDS:
            yield ("switched_off", number), identity, message("is not a question of the catalogue")
    yield from conflicts_of_own(organisation.questions, organisation.fields, QUESTION_IDS)


def _unfinished(organisation: Organisation) -> Iterator[tuple[Place, str, str]]:
    for name in ("day_rates", "costs"):
        for index, each in enumerate(getattr(organisation, name)):
            if not each.name.strip():
                yield (name, index, "name"), "", message("must not be empty")
    for index, rate in enumerate(organisation.day_rates):
        if rate.amount is None:
            yield ("day_rates", index, "amount"), rate.name, message("say what a day costs")
    for place, allowed in unfinished_own(organisation.questions, organisation.fields):
        yield place, "", allowed
    for index, question in enumerate(organisation.questions):
        if DONT_KNOW in question.answers:
            allowed = message("is what every question offers beside its answers; use other words")
            yield ("questions", index, "answers", question.answers.index(DONT_KNOW)), DONT_KNOW, allowed
