"""How the score rises with the number of labelled rows, as it was measured. What follows is worked out elsewhere."""

from __future__ import annotations

from math import inf
from typing import Annotated

from pydantic import Field, model_validator

from ..fields import Section
from .base import FewScores, Measured, RowCount
from .operating import Automated, Flagged, check_automated, check_flagged
from .possible import within, within_bounds


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

    @model_validator(mode="after")
    def _goes_together(self) -> CurvePoint:
        within("rows", (1, inf), self.rows)
        within_bounds("rmse", self.rmse)
        within_bounds("mape", self.mape)
        check_flagged(self.flagged)
        check_automated(self.automated)
        return self


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

    @model_validator(mode="after")
    def _goes_together(self) -> LearningCurve:
        for point in self.points:
            within_bounds(self.metric, *point.scores)
        for told in filter(None, (self.asymptote, self.at_four_times)):
            within_bounds(self.metric, told.low, told.value, told.high)
        return self
