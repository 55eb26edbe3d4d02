"""What a model does at each threshold, from out-of-sample predictions: counts, so that money can be put on it later."""

from __future__ import annotations

from pydantic import Field

from ..fields import Section
from .base import RowCount


class Flagged(Section):
    """Two classes: when the `flagged` surest rows of `rows` are flagged, `caught` of the `positives` are among them."""

    rows: RowCount
    positives: RowCount
    flagged: RowCount
    caught: RowCount


class Automated(Section):
    """Classes: the `handled` surest of `rows` answers are given by the model, and `right` of those are right."""

    rows: RowCount
    handled: RowCount
    right: RowCount


class Errors(Section):
    """A number that is predicted: how far off, out of sample, and what would be known without a model."""

    rows: RowCount
    mean: float = Field(description="Mean of what is predicted.")
    rmse: float = Field(ge=0)
    rmse_low: float = Field(ge=0, description="95 % interval.")
    rmse_high: float = Field(ge=0)
    mape: float | None = Field(default=None, ge=0, description="None where a value of zero makes it meaningless.")
    mape_low: float | None = None
    mape_high: float | None = None
    baseline_rmse: float = Field(ge=0, description="Of the best baseline that knows nothing of the inputs.")
