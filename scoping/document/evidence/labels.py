"""How far the labels can be trusted."""

from __future__ import annotations

from pydantic import Field, model_validator

from ..fields import Section
from .base import Measured, RowCount, at_most
from .possible import a_share, of_the_same, within_bounds


class LabelQuality(Section):
    """Labels that confident out-of-sample predictions contradict, and how far two people agree."""

    contradicted: Measured | None = Field(
        default=None, description="Share of labels estimated to be wrong (confident learning, Northcutt et al. 2021)."
    )
    rows_to_look_at: list[RowCount] = Field(
        default_factory=list,
        max_length=50,
        description="Numbers of rows in the source, from 1, the likeliest errors first.",
    )
    labelled_twice: RowCount = Field(default=0, description="Rows that two people have labelled.")
    agreement: Measured | None = Field(default=None, description="Share of rows on which both labels agree.")
    kappa: Measured | None = Field(default=None, description="Cohen's kappa of the two labels.")
    agreed_counts: list[list[RowCount]] = Field(
        default_factory=list, max_length=50, description="The table of both labels, rows the first, columns the second."
    )

    @model_validator(mode="after")
    def _goes_together(self) -> LabelQuality:
        for told in filter(None, (self.contradicted, self.agreement)):
            a_share("share", told.low, told.high)
        if self.kappa is not None:
            within_bounds("kappa", self.kappa.low, self.kappa.high)
        of_the_same("agreed_counts", [len(self.agreed_counts), *map(len, self.agreed_counts)])
        at_most(self.labelled_twice, sum(map(sum, self.agreed_counts)))
        return self
