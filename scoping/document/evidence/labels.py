"""How far the labels can be trusted."""

from __future__ import annotations

from pydantic import Field

from ..fields import Section
from .base import Measured, RowCount


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
