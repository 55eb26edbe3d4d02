"""Why a figure does not exist, as codes with their numbers. `scoping.text.reasons` says them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..vocabulary import BreakEvenStatus


class Why(StrEnum):
    """The kinds of reasons. `values` of a Reason are what each one needs to be said."""

    REFERENCE = "reference"
    INCOMPLETE = "incomplete"  # how many inputs are missing
    NOT_VALUED = "not_valued"
    NO_MODEL_TO_MEASURE = "no_model_to_measure"
    NO_LABELLED_CASES = "no_labelled_cases"
    NO_PILOT_COST = "no_pilot_cost"
    NOTHING_TO_READ = "nothing_to_read"
    NO_CEILING = "no_ceiling"
    PAYS_ALWAYS = "pays_always"
    PAYS_NEVER = "pays_never"
    PAYS_IN_PARTS = "pays_in_parts"
    NOT_PAID_BACK = "not_paid_back"  # share of the futures that do not pay back
    NOTHING_SPENT = "nothing_spent"
    # Shares of the futures: nothing earned back, nothing spent, no month that costs more than it brings in, a rate
    # above the largest that is told, money before it is spent, several rates or none that fits.
    NO_RATE = "no_rate"


@dataclass(frozen=True)
class Reason:
    """One reason, with its numbers: counts, or shares 0..1."""

    why: Why
    values: tuple[float, ...] = ()


_OF_STATUS = {
    BreakEvenStatus.ALWAYS: Reason(Why.PAYS_ALWAYS),
    BreakEvenStatus.NEVER: Reason(Why.PAYS_NEVER),
    BreakEvenStatus.SEVERAL: Reason(Why.PAYS_IN_PARTS),
}


def no_break_even(status: BreakEvenStatus) -> Reason | None:
    """Why there is no break-even; None where there is one."""
    return _OF_STATUS.get(status)
