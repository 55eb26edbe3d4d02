"""What somebody sets when they choose among proposals: limits, risk, and what is offered. A file, or what was saved."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from ..document.allowed import not_allowed
from ..document.fields import PlainMoney, PlainShare, Quantity, Section, WholeNumber, group, optional
from ..text.languages import message
from ..vocabulary import Unit
from .candidates import plain_name
from .limits import Limits
from .risk import Risk
from .settings import Settings
from .shrinkage import Prior

MOST_PERIODS, MOST_NAMED = 600, 10_000
LATEST_START = 60
"""Months: nobody plans a start later than in five years."""


def _unlimited(value: Any) -> Any:
    """TOML has a word for no limit, inf; JSON has null."""
    return None if isinstance(value, float) and isinf(value) and value > 0 else value


Name = Annotated[str, Field(min_length=1, max_length=300)]
Names = Annotated[list[Name], Field(max_length=MOST_NAMED)]
MoneyLimit = Annotated[PlainMoney | None, BeforeValidator(_unlimited)]
PeopleLimit = Annotated[Annotated[float, Quantity(Unit.COUNT, upper=1e6)] | None, BeforeValidator(_unlimited)]
Left = Annotated[float, Quantity(Unit.SHARE, -1, 1, bounded=True)]
Spread = Annotated[float, Quantity(Unit.SHARE, 0, 2)]


def _listed(title: str, help: str, most: int = MOST_NAMED) -> Any:
    return Field(default_factory=list, title=title, description=help, max_length=most)


class GivenPrior(Section):
    """What such proposals turn out to be worth, where somebody knows it from elsewhere."""

    mean: Left | None = optional(
        "Mean", "Expected NPV as a share of all the money that such a proposal brings and takes, on average."
    )
    deviation: Spread | None = optional("Deviation", "By how much they differ: a standard deviation.")

    @property
    def prior(self) -> Prior | None:
        """The prior where both figures are given."""
        return None if self.mean is None or self.deviation is None else Prior(self.mean, self.deviation)


class Scenario(Section):
    """Under which limits is chosen, how much risk counts, and what is offered.

    Proposals go by their id, or by their exact title where only one has it. Every field may be left out.
    """

    proposals: Names = _listed(
        "Choose among", "The proposals to choose among. Empty: all that are still open to choice."
    )
    budget: list[MoneyLimit] = _listed(
        "Budget", "Money that may be spent in each quarter, from the first one on. Empty is no limit.", MOST_PERIODS
    )
    people: dict[Name, Annotated[list[PeopleLimit], Field(max_length=MOST_PERIODS)]] = Field(
        default_factory=dict,
        title="People",
        description="Full-time people of each role in each month, by the names of the plans' resources.",
        max_length=MOST_NAMED,
    )
    at_once: Annotated[WholeNumber, Quantity(Unit.COUNT, 0, 10_000)] | None = optional(
        "At once", "How many proposals may be worked on in the same month. Empty is no limit."
    )
    must: Names = _listed("Must be done", "Proposals that are done in any case. A pilot alone is not done.")
    must_not: Names = _listed("Must not be done", "Proposals that are not done.")
    needs: Annotated[list[Annotated[list[Name], Field(min_length=2, max_length=2)]], Field(max_length=MOST_NAMED)] = (
        _listed("Needs first", "Pairs: the first is done only after the second has ended.")
    )
    either_or: list[Names] = _listed("Either or", "Of each set at most one is done.")
    risk_weight: PlainShare = optional(
        "Weight of risk",
        "How much the worst outcomes count: 0 is expected NPV alone, 100% the worst outcomes alone.",
        0.0,
    )
    worst_share: Annotated[float, Quantity(Unit.SHARE, 0.001, 1, bounded=True)] = optional(
        "Worst share", "Which share of the scenarios are the worst: their mean is the shortfall.", 0.1
    )
    groups: list[Names] = _listed(
        "Move together", "Sets of proposals that do well and badly together. A proposal stands in one set at most."
    )
    correlation: PlainShare = optional(
        "Correlation", "How strongly the proposals of one set move together, beside the inputs that they share.", 0.0
    )
    same_costs: bool = optional(
        "Same cost lines are one",
        "Cost lines that say the same in two proposals, word for word and number for number, are high or low in both.",
        True,
    )
    shared_inputs: Names = _listed(
        "Shared inputs",
        "Inputs by their names: of the proposals that have one of that name, all are high or low together.",
    )
    pilots: bool = optional("Offer pilots", "To run the planned pilot first and then choose is one way more.", True)
    latest_start: Annotated[WholeNumber, Quantity(Unit.MONTHS, 0, LATEST_START)] = optional(
        "Latest start", "By how many months a start may be put off, in steps of a quarter. 0: all start at once.", 0
    )
    shrunk: bool = optional(
        "Shrink values",
        "Estimates count as much as they are reliable, and the rest is what such proposals are worth at all.",
        True,
    )
    prior: GivenPrior = group(
        "What such proposals are worth", "Known from elsewhere. Empty: found in these proposals themselves.", GivenPrior
    )
    price_step: PlainMoney | None = optional(
        "Price a budget by", "How much more money in a quarter is priced. Empty: a tenth of the largest quarter."
    )

    @model_validator(mode="after")
    def _consistent(self) -> Scenario:
        errors = [
            InitErrorDetails(type=not_allowed("consistency", allowed), loc=place, input=value)
            for place, value, allowed in _conflicts(self)
        ]
        if errors:
            raise ValidationError.from_exception_data("Scenario", errors)
        return self

    def limits(self) -> Limits:
        """The limits, with people under the names that the plans' resources are matched by."""
        return Limits(
            budget=_endless(self.budget),
            people={plain_name(role): _endless(by_month) for role, by_month in self.people.items()},
            at_once=self.at_once,
            must=frozenset(self.must),
            must_not=frozenset(self.must_not),
            needs=tuple((one, other) for one, other in self.needs),
            either_or=tuple(map(frozenset, self.either_or)),
        )

    def risk(self) -> Risk:
        """How much risk counts."""
        return Risk(self.risk_weight, self.worst_share)

    def settings(self) -> Settings:
        """What is offered, what moves together, and how values are shrunk."""
        return Settings(
            pilots=self.pilots,
            latest_start=self.latest_start,
            shrunk=self.shrunk,
            prior=self.prior.prior,
            groups=tuple(map(frozenset, self.groups)),
            correlation=self.correlation,
            same_costs=self.same_costs,
            shared_inputs=frozenset(map(plain_name, self.shared_inputs)),
            price_step=self.price_step,
        )


def _endless(amounts: Iterable[float | None]) -> list[float]:
    return [float("inf") if each is None else each for each in amounts]


def _conflicts(scenario: Scenario) -> Iterable[tuple[tuple[str | int, ...], object, str]]:
    """What cannot be meant: the place, what stands there, and what is allowed."""
    seen: set[str] = set()
    for number, names in enumerate(scenario.groups):
        if twice := sorted(seen & set(names)):
            yield ("groups", number), twice[0], message("must stand in one set only")
        seen |= set(names)
    for number, (one, other) in enumerate(scenario.needs):
        if one == other:
            yield ("needs", number), one, message("must need another proposal than itself")
    given = scenario.prior
    if (given.mean is None) != (given.deviation is None):
        yield ("prior",), None, message("must have both a mean and a deviation, or neither")
