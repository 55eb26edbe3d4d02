"""A range by its two ends and what is most likely between them: a minimum, a mode and a maximum, honoured exactly.

The distribution is the PERT: a beta between the two ends with its mode at the likely value, and the mean of the
Program Evaluation and Review Technique, (minimum + 4 likely + maximum) / 6.

Sources: Malcolm, Roseboom, Clark and Fazar 1959, Application of a Technique for Research and Development Program
Evaluation, Operations Research 7(5); Vose 2008, Risk Analysis: A Quantitative Guide, 3rd edition, on the PERT.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from scipy.special import betaincinv

from ..text.languages import joined, message
from .allowed import no_field_here, not_allowed, show
from .johnson import Array, QuantileFunction, Quantiles

ENDS = ("minimum", "likely", "maximum")
END_TITLES = (message("Minimum"), message("Likely"), message("Maximum"))
"""What the three numbers are called."""
_CHANCES = (0.1, 0.5, 0.9)
# How much more than an end the likely value counts in the mean (Malcolm et al. 1959).
_WEIGHT = 4.0
_WHY = {"missing": message("is missing"), "float_type": message("must be a number")}
# The distance of two numbers beyond it may be no number any more.
_FAR_OUT = 1e300


class Ends(BaseModel):
    """A minimum, what is most likely, and a maximum. Raises a validation error where they fall."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    minimum: float = Field(title="Minimum", description="It is never below.")
    likely: float = Field(title="Likely", description="The value that is most likely (the mode).")
    maximum: float = Field(title="Maximum", description="It is never above.")

    @property
    def numbers(self) -> Quantiles:
        """The three numbers in their order."""
        return self.minimum, self.likely, self.maximum

    @property
    def scale(self) -> float:
        """What the numbers are divided by before they are subtracted or added up: 1, unless that would overflow."""
        return _FAR_OUT if max(map(abs, self.numbers)) > _FAR_OUT else 1.0

    @property
    def mean(self) -> float:
        """The expected value, in the unit of the ends (Malcolm et al. 1959)."""
        low, mode, high = (number / self.scale for number in self.numbers)
        mean = self.scale * ((low + _WEIGHT * mode + high) / (2 + _WEIGHT))
        return min(max(mean, self.minimum), self.maximum)

    @property
    def quantiles(self) -> Quantiles:
        """P10, P50 and P90, in the unit of the ends."""
        return _quantiles(*self.numbers)


def ends_of(raw: dict[str, Any]) -> Ends:
    """The ends in a plain dictionary. Raises a validation error that names the number."""
    if unknown := [key for key in raw if key not in ENDS]:
        raise not_allowed("ends", joined(" ", [str(unknown[0])[:40], _only_these()]))
    try:
        found = TypeAdapter(Ends).validate_python(raw)
    except ValidationError as error:
        raise not_allowed("ends", _complaint(error)) from None
    _check_order(found.numbers)
    return found


def ends_not_rising(numbers: tuple[str, str, str], at: int) -> str:
    """What is wrong with a minimum, likely and maximum that fall; `at` is the place of the wrong one."""
    return message(
        "{box} is {number} and {before} is {other}: none of minimum, likely and maximum may be below the one before "
        "it. Write three numbers that rise, or one number if there is no doubt",
        box=END_TITLES[at],
        number=numbers[at],
        before=END_TITLES[at - 1],
        other=numbers[at - 1],
    )


def pert(ends: Ends) -> QuantileFunction:
    """The quantile function of the PERT: chances in [0, 1], of any shape, to values of the same shape.

    Source: Vose 2008, the PERT distribution. Needs a minimum below the maximum; the mode may be either of them.
    """
    scale = ends.scale
    low, mode, high = (number / scale for number in ends.numbers)
    width = high - low
    rise = _WEIGHT * ((mode - low) / width)
    first, second = 1 + rise, 1 + _WEIGHT - rise

    def quantile(probability: ArrayLike) -> Array:
        share: Array = betaincinv(first, second, np.asarray(probability, float))
        found = np.clip(scale * (low + width * share), ends.minimum, ends.maximum)
        # Rounding would end beside the maximum.
        return np.asarray(np.where(share < 1, found, ends.maximum))

    return quantile


@lru_cache(maxsize=4_096)
def _quantiles(minimum: float, likely: float, maximum: float) -> Quantiles:
    # Sorted: of a range that is hardly wider than rounding, two may change places.
    low, middle, high = sorted(pert(Ends(minimum=minimum, likely=likely, maximum=maximum))(_CHANCES).tolist())
    return low, middle, high


def _only_these() -> str:
    said = no_field_here(ENDS)
    other = message("a range is either minimum, likely and maximum, or p10, p50 and p90")
    return joined("; ", [said, other])


def _check_order(numbers: Quantiles) -> None:
    low, middle, high = numbers
    if not low <= middle <= high:
        at = 1 if middle < low else 2
        raise not_allowed("estimate_order", ends_not_rising((show(low), show(middle), show(high)), at))


def _complaint(error: ValidationError) -> str:
    """Which number is missing or none, and why."""
    first = error.errors()[0]
    field = Ends.model_fields[str(first["loc"][0])]
    return joined(": ", [message(str(field.title)), _WHY.get(first["type"], message("must be a finite number"))])
