"""How the score rises with the number of labelled rows, as it was measured. What follows is worked out elsewhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ..fields import Section
from .base import FewScores, Measured, RowCount
from .operating import Automated, Flagged


class CurvePoint(Section):
    """One size of the training set: the score of each repetition, and what it would catch."""

    rows: RowCount
    scores: FewScores
    flagged: list[Flagged] = Field(default_factory=list, max_length=101)
    automated: list[Automated] = Field(default_factory=list, max_length=101)
    rmse: float | None = None
    mape: float | None = None


class LearningCurve(Section):
    """Scores at six sizes or more. `asymptote` and `at_four_times` are those of the power law fitted to them."""

    metric: str = Field(max_length=40)
    higher_is_better: bool = True
    model: str = Field(max_length=40)
    points: Annotated[list[CurvePoint], Field(min_length=1, max_length=20)]
    test_rows: RowCount
    asymptote: Measured | None = None
    at_four_times: Measured | None = Field(default=None, description="The score at four times the largest size.")
