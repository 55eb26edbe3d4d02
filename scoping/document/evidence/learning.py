"""How the score rises with the number of labelled rows, as it was measured. What follows is worked out elsewhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..fields import Section
from .base import FewScores, Measured, RowCount
from .operating import Automated, Flagged


class CurvePoint(Section):
    """One size of the training set: the score of each repetition, and what it would catch."""

    rows: RowCount = Field(description="Labelled rows that the model was trained on.")
    scores: FewScores = Field(description="The score of each repetition, out of sample.")
    flagged: list[Flagged] = Field(
        default_factory=list, max_length=101, description="Two classes: what is caught when so many are flagged."
    )
    automated: list[Automated] = Field(
        default_factory=list, max_length=101, description="Classes: how accurate the surest answers are."
    )
    rmse: float | None = Field(default=None, description="Root mean squared error, where a number is predicted.")
    mape: float | None = Field(default=None, description="Mean absolute percentage error, where a number is predicted.")


class LearningCurve(Section):
    """Scores at six sizes or more. `asymptote` and `at_four_times` are those of the power law fitted to them."""

    metric: str = Field(max_length=40, description="What the scores are, by their usual name.")
    higher_is_better: bool = Field(default=True, description="False for an error.")
    model: str = Field(max_length=40, description="Which model was trained: linear, gradient_boosting.")
    points: Annotated[
        list[CurvePoint], Field(min_length=1, max_length=20, description="The sizes, and what was scored at each.")
    ]
    test_rows: RowCount = Field(description="Rows on which each repetition was scored.")
    asymptote: Measured | None = None
    at_four_times: Measured | None = Field(default=None, description="The score at four times the largest size.")
