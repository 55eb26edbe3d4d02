"""Section Organisation: what the organisation laid down when the proposal was begun, or last took it over.

It is a copy. So a document is complete in itself: its verdict follows from it alone, wherever it is read, and what the
organisation lays down later changes nothing in it.
"""

from __future__ import annotations

from typing import Annotated

from ..vocabulary import Unit
from .fields import PlainShare, Quantity, Section, WholeNumber, group, optional, rows
from .own import MOST_KEPT, OwnField, OwnQuestion
from .problem import Text

NearHalf = Annotated[float, Quantity(Unit.SHARE, 0, 0.5)]
SettingsVersion = Annotated[WholeNumber, Quantity(Unit.NUMBER, 1, 1e9)]


class Thresholds(Section):
    """From where on a verdict warns. What is recommended follows from expected values alone."""

    risky_loss: PlainShare = optional(
        "Risky chance of loss",
        "A chance of loss above this becomes a condition of the verdict: agree beforehand when to stop.",
        0.25,
    )
    thin_headroom: PlainShare = optional(
        "Thin headroom",
        "Headroom below this becomes a condition of the verdict: check the ceiling before committing. In the unit of the "
        "metric: 5% are 5 points of recall.",
        0.05,
    )
    near_even: NearHalf = optional(
        "Near a coin-flip",
        "A chance of loss this near to one half, or another alternative that is best this nearly as often, is said first "
        "among the reasons.",
        0.1,
    )


class Standards(Section):
    """What the organisation laid down for this proposal."""

    version: SettingsVersion | None = optional(
        "Version of the organisation's settings", "Which version of them was taken over. Empty: none."
    )
    thresholds: Thresholds = group("Thresholds of the verdict", "From where on the verdict warns.", Thresholds)
    switched_off: list[Text] = rows("Questions that are not asked", "Questions of the catalogue, by their ids.")
    questions: list[OwnQuestion] = rows(
        "Own questions", "What the organisation asks beside the catalogue.", most=MOST_KEPT
    )
    fields: list[OwnField] = rows("Own fields", "What the organisation wants to know beside the form.", most=MOST_KEPT)
