"""What a model does at each threshold, from out-of-sample predictions: counts, so that money can be put on it later."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field, model_validator

from ...text.languages import message
from ..fields import Section
from .base import RowCount, in_order
from .possible import counted_alike
from .refusing import refuse


def _no_more(name: str, part: int, *wholes: int) -> None:
    if part > min(wholes):
        most = str(min(wholes))
        refuse("measured_part", message("{name} cannot be more than {most}", name=name, most=most))


class Flagged(Section):
    """Two classes: when the `flagged` surest rows of `rows` are flagged, `caught` of the `positives` are among them."""

    rows: RowCount = Field(description="Rows that were scored.")
    positives: RowCount = Field(description="Rows of the class that counts.")
    flagged: RowCount = Field(description="Rows that are flagged, the surest first.")
    caught: RowCount = Field(description="Positive rows among those flagged.")

    @model_validator(mode="after")
    def _goes_together(self) -> Flagged:
        _no_more("caught", self.caught, self.flagged, self.positives)
        _no_more("flagged", self.flagged, self.rows)
        _no_more("positives", self.positives, self.rows)
        return self


def check_flagged(rows: Sequence[Flagged]) -> None:
    """Raises a validation error where counts at several thresholds do not go together."""
    counted_alike(
        ("rows", [each.rows for each in rows]),
        ("positives", [each.positives for each in rows]),
        ("flagged", [each.flagged for each in rows]),
        ("caught", [each.caught for each in rows]),
    )


class Automated(Section):
    """Classes: the `handled` surest of `rows` answers are given by the model, and `right` of those are right."""

    rows: RowCount = Field(description="Rows that were scored.")
    handled: RowCount = Field(description="Rows that the model answers, the surest first.")
    right: RowCount = Field(description="Right answers among those.")

    @model_validator(mode="after")
    def _goes_together(self) -> Automated:
        _no_more("right", self.right, self.handled)
        _no_more("handled", self.handled, self.rows)
        return self


def check_automated(rows: Sequence[Automated]) -> None:
    """Raises a validation error where counts at several thresholds do not go together."""
    counted_alike(
        ("rows", [each.rows for each in rows]),
        ("handled", [each.handled for each in rows]),
        ("right", [each.right for each in rows]),
    )


class Errors(Section):
    """A number that is predicted: how far off, out of sample, and what would be known without a model."""

    rows: RowCount = Field(description="Rows that were scored.")
    mean: float = Field(description="Mean of what is predicted.")
    rmse: float = Field(ge=0, description="Root mean squared error, out of sample.")
    rmse_low: float = Field(ge=0, description="95 % interval.")
    rmse_high: float = Field(ge=0, description="Upper end of that interval.")
    mape: float | None = Field(
        default=None,
        ge=0,
        description="Mean absolute percentage error; None where a value of zero makes it meaningless.",
    )
    mape_low: float | None = Field(default=None, description="Lower end of the 95 % interval of the percentage error.")
    mape_high: float | None = Field(default=None, description="Upper end of that interval.")
    baseline_rmse: float = Field(ge=0, description="Of the best baseline that knows nothing of the inputs.")

    @model_validator(mode="after")
    def _in_order(self) -> Errors:
        in_order(self.rmse_low, self.rmse, self.rmse_high)
        in_order(self.mape_low, self.mape, self.mape_high)
        return self
