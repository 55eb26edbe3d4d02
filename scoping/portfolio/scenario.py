"""What somebody sets when they choose among proposals: limits, risk, and what is offered. A file, or what was saved."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import InitErrorDetails

from ..document.allowed import not_allowed
from ..document.fields import PlainMoney, PlainShare, Quantity, Section, WholeNumber, group, optional, word
from ..text.languages import message
from ..vocabulary import PriorOrigin, Unit
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
    """What such proposals turn out to be worth, where somebody knows it from elsewhere, and from where."""

    mean: Left | None = optional(
        "Mean", "Expected NPV as a share of all the money that such a proposal brings and takes, on average."
    )
    deviation: Spread | None = optional("Deviation", "By how much they differ: a standard deviation.")
    origin: PriorOrigin = word(
        "Where it comes from", "Given by somebody, or what came of decided proposals.", PriorOrigin.GIVEN
    )
    error: Spread | None = optional("Error of the mean", "By how much the mean itself may be off: a standard error.")
    decided: Annotated[WholeNumber, Quantity(Unit.COUNT, 1, 1e6)] | None = optional(
        "Decided proposals", "Of how many decided proposals the track record had the outcome."
    )

    @property
    def prior(self) -> Prior | None:
        """The prior where both figures are given."""
        return None if self.mean is None or self.deviation is None else Prior(self.mean, self.deviation)


class Scenario(Section):
    """Under which limits is chosen, how much risk counts, and what is offered.

    Proposals go by their id, or by their exact title where only one has it. Every field may be left out. Titles and
    helps are those of the fields of the page.
    """

    proposals: Names = _listed("Only these", "The proposals to choose among. Empty: all that are still open to choice.")
    budget: list[MoneyLimit] = _listed(
        "Budget of each quarter",
        "From the first quarter on, with semicolons between. A dash, and quarters that you leave out, are no limit.",
        MOST_PERIODS,
    )
    people: dict[Name, Annotated[list[PeopleLimit], Field(max_length=MOST_PERIODS)]] = Field(
        default_factory=dict,
        title="People of each role",
        description="How many full-time people there are in each month, with semicolons between. One number holds for "
        "every month; months and roles that you leave out have no limit.",
        max_length=MOST_NAMED,
    )
    at_once: Annotated[WholeNumber, Quantity(Unit.COUNT, 0, 10_000)] | None = optional(
        "At most so many at once", "How many proposals may be worked on in the same month. Empty is no limit."
    )
    must: Names = _listed("Must be done", "These are done in any case. A pilot alone is not done.")
    must_not: Names = _listed("Must not be done", "These are left, whatever they are worth.")
    needs: Annotated[list[Annotated[list[Name], Field(min_length=2, max_length=2)]], Field(max_length=MOST_NAMED)] = (
        _listed("Only after another one", "This one begins only after the other has ended.")
    )
    either_or: list[Names] = _listed("At most one of these", "Of proposals that do the same job, only one is done.")
    risk_weight: PlainShare = optional(
        "How much risk counts",
        "At 0% expected value alone decides; at 100% the mean of the worst scenarios alone.",
        0.0,
    )
    worst_share: Annotated[float, Quantity(Unit.SHARE, 0.001, 1, bounded=True)] = optional(
        "Scenarios that count as the worst",
        "Which share of all scenarios is the worst. Their mean is the expected shortfall, by which risk is measured.",
        0.1,
    )
    groups: list[Names] = _listed(
        "Do well and badly together",
        "Proposals that rest on the same data, supplier or market. A proposal stands in one such set at most.",
    )
    correlation: PlainShare = optional(
        "How strongly they move together",
        "At 0% the proposals of a set move on their own, at 100% all of them do well or badly at once. "
        "Inputs that they share count beside that.",
        0.0,
    )
    same_costs: bool = optional(
        "Equal cost lines are one",
        "Cost lines that say the same in two proposals, word for word and number for number, are high or low in both.",
        True,
    )
    shared_inputs: Names = _listed(
        "Inputs that proposals share",
        "An input of this name is high or low in all proposals that have one, such as one power price for all.",
    )
    pilots: bool = optional("Offer pilots", "To run the planned pilot first and then choose is one way more.", True)
    latest_start: Annotated[WholeNumber, Quantity(Unit.MONTHS, 0, LATEST_START)] = optional(
        "Starts may be put off by so many months", "In steps of a quarter. 0: all that is done starts at once.", 0
    )
    shrunk: bool = optional(
        "Count each estimate as much as it is reliable",
        "Who picks the best of many estimates picks what was estimated too high: the less sure ones count less.",
        True,
    )
    prior: GivenPrior = group(
        "What such proposals are worth",
        "An estimate is drawn towards this, the more so the less sure it is. Empty: found in the proposals themselves.",
        GivenPrior,
    )
    price_step: PlainMoney | None = optional(
        "Price a wider budget by",
        "How much more money in a quarter is priced. Empty: a tenth of the largest quarter.",
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
            prior_of=self.prior.decided if self.prior.origin is PriorOrigin.TRACK_RECORD else None,
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
    if given.origin is PriorOrigin.TRACK_RECORD and (given.mean is None or given.decided is None):
        yield ("prior",), str(given.origin), message("must say its figures, and of how many decided proposals they are")
