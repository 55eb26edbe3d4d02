"""What the organisation's own projects came to, over what was signed of them: the copy that a proposal keeps.

It is a copy for the reason for which a proposal keeps one of what the organisation lays down: figures follow from the
document alone, and what is recorded later changes nothing in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field
from scipy.special import ndtri

from ..text.languages import message
from ..vocabulary import OutsideViewClass, Overrun, Unit
from .fields import PlainShare, Quantity, Section, WholeNumber, word

MOST_OWN_CLASSES = len(Overrun)
_Z90 = float(ndtri(0.9))
_MOST_PROJECTS = 1_000_000
_COUNT, _UNFINISHED = Quantity(Unit.NUMBER, 1, _MOST_PROJECTS), Quantity(Unit.NUMBER, 0, _MOST_PROJECTS)
# Logarithms of factors: from a hundredth to a hundred times what was signed, and up to thirteen times that at the P90.
MEAN_LOG, DEVIATION = Quantity(Unit.NUMBER, -4.6, 4.6), Quantity(Unit.NUMBER, 0, 2)


class OwnFactor(Section):
    """A lognormal factor on what is signed of one thing, and on how many own projects it rests."""

    what: Overrun = Field(strict=False, title="What", description="What it multiplies: build cost, build time or gain.")
    count: Annotated[WholeNumber, _COUNT] = Field(title="Own projects", description="On how many of them it rests.")
    unfinished: Annotated[WholeNumber, _UNFINISHED] = Field(
        default=0,
        title="Given up or going on",
        description="Of how many more only the least is known that they came to.",
    )
    weight: PlainShare = Field(
        title="Weight of the own projects", description="How much they count; the published class counts for the rest."
    )
    mean_log: Annotated[float, MEAN_LOG] = Field(
        title="Mean logarithm", description="The natural logarithm of the factor in the middle."
    )
    deviation: Annotated[float, DEVIATION] = Field(
        title="Deviation", description="The standard deviation of the factor's natural logarithm, for the next project."
    )
    blended_with: OutsideViewClass | None = word(
        "Blended with", "The published class that counts for the rest. Empty: none was published."
    )
    as_of: date = Field(strict=False, title="As of", description="The day on which it was taken from the record.")

    @property
    def factors(self) -> tuple[float, float, float]:
        """P10, P50 and P90 of the factor."""
        return lognormal(self.mean_log, self.deviation)

    def is_like(self, other: OwnFactor) -> bool:
        """Whether it says the same, whenever it was taken."""
        return self.model_copy(update={"as_of": other.as_of}) == other


def lognormal(mean_log: float, deviation: float) -> tuple[float, float, float]:
    """P10, P50 and P90 of a lognormal factor."""
    low, middle, high = (math.exp(mean_log + z * deviation) for z in (-_Z90, 0.0, _Z90))
    return low, middle, high


def conflicts_of_own_classes(factors: Sequence[OwnFactor]) -> Iterator[tuple[tuple[int | str, ...], object, str]]:
    """Two factors on one thing: the place in the list, what stands there, and what is allowed."""
    seen: set[Overrun] = set()
    for index, each in enumerate(factors):
        if each.what in seen:
            yield (index, "what"), str(each.what), message("stands in the list already: one factor on each thing")
        seen.add(each.what)
