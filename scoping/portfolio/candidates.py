"""What may be chosen: proposals, and the ways in which each can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..value.reasons import Reason

Draws = NDArray[np.float64]
"""NPV in each scenario, shape (scenarios,), in the portfolio's currency; the same scenarios for all options."""


def plain_name(text: str) -> str:
    """A name as names are matched: in small letters, with single spaces."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Cause:
    """One uncertain input that an option rests on, as its own simulation drew it, from low to high.

    `name` is what people call it, in small letters, and `title` as it is written; `identity` is the same for inputs
    that are word for word and number for number the same, empty where that says nothing. `places` are the draws' places
    in their order, lowest first from 0, shape (draws,): thousands of them are kept, so they are small.
    """

    name: str
    identity: str
    places: NDArray[np.uint16]
    title: str = ""

    @property
    def ranks(self) -> Draws:
        """The places as ranks from 0 to 1."""
        return np.asarray((self.places + 0.5) / len(self.places))


@dataclass(frozen=True)
class Simulated:
    """NPV of an option as its own simulation drew it, shape (draws,), and the inputs of the same draws."""

    npv: Draws
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True)
class Option:
    """One way to do a proposal: an alternative, a pilot, either at another time.

    `value` is its expected NPV, `draws` the NPV in each scenario where risk is looked at, `money` what it takes in each
    quarter and `people` how many full-time people of each role in each month, from the portfolio's first month on.
    It is worked on from month `start` to before month `end`.

    A pilot does not do the proposal: what must be done, or is needed by another, is not done by a pilot. `rests_on`
    says by how much the value moves with the expected NPV of each alternative, by name; empty: with none.
    """

    name: str
    value: float
    money: Sequence[float] = ()
    people: Mapping[str, Sequence[float]] = field(default_factory=dict)
    start: int = 0
    end: int = 0
    draws: Draws | None = None
    is_pilot: bool = False
    rests_on: Mapping[str, float] = field(default_factory=dict)
    simulated: Simulated | None = None


@dataclass(frozen=True)
class Estimated:
    """An alternative's expected NPV, the standard error of that, and the share of it that rests on data (0..1).

    `size` is all the money that it moves: the present value of what it brings and of what it takes, added up. By it
    large and small proposals are compared.
    """

    alternative: str
    value: float
    error: float
    size: float
    on_data: float = 0.0


@dataclass(frozen=True)
class PilotOffer:
    """The pilot of a proposal, in the portfolio's currency; `why_not` says why it cannot be chosen, empty where it can.

    `evsi` is what its readings are worth, `net` what the proposal is worth more with it than decided today, cost and
    delay taken off. `people` are those of the pilot's months. `reason` is what `why_not` says, as a code.
    """

    evsi: float | None = None
    cost: float | None = None
    net: float | None = None
    months: float = 0.0
    people: Mapping[str, Sequence[float]] = field(default_factory=dict)
    why_not: str = ""
    reason: Reason | None = None


@dataclass(frozen=True)
class Candidate:
    """A proposal, of which one option is chosen or none.

    `discounts` are the parts of a value that are left when all comes one quarter later, two, three and so on. `roles`
    are the people of its plan as it writes them, by the names that options match them by.
    """

    name: str
    options: tuple[Option, ...]
    estimates: tuple[Estimated, ...] = ()
    pilot: PilotOffer | None = None
    discounts: Sequence[float] = ()
    roles: Mapping[str, str] = field(default_factory=dict)


def in_money(candidate: Candidate, rate: float) -> Candidate:
    """The same with every amount counted `rate` times, so that all candidates are in one currency."""
    if rate == 1:
        return candidate
    return replace(
        candidate,
        options=tuple(_option_in(each, rate) for each in candidate.options),
        estimates=tuple(
            replace(each, value=rate * each.value, error=rate * each.error, size=rate * each.size)
            for each in candidate.estimates
        ),
        pilot=candidate.pilot and _offer_in(candidate.pilot, rate),
    )


def _option_in(option: Option, rate: float) -> Option:
    return replace(
        option,
        value=rate * option.value,
        money=[rate * each for each in option.money],
        draws=None if option.draws is None else rate * option.draws,
        simulated=option.simulated and replace(option.simulated, npv=rate * option.simulated.npv),
    )


def _offer_in(offer: PilotOffer, rate: float) -> PilotOffer:
    evsi, cost, net = (None if each is None else rate * each for each in (offer.evsi, offer.cost, offer.net))
    return replace(offer, evsi=evsi, cost=cost, net=net)
