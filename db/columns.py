"""What a list shows of a proposal: each column declared once. Writing, reading and sorting follow from here.

To add one: a line here, the column in `models.ProposalRow` with its migration (`make migration NAME=...`), and
the field in `records.Listed`. The tests name the part that was forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from scoping import Appraisal, Proposal
from scoping.value.simulate import Outcome as Valued
from scoping.vocabulary import Recommendation

Value = str | float | None


@dataclass(frozen=True)
class ListColumn:
    """One column: its name in the table and in the record, and how it follows from a proposal and its assessment.

    `vocabulary` makes the word that is stored one of a closed vocabulary again.
    """

    name: str
    value: Callable[[Proposal, Appraisal], Value]
    sortable: bool = False
    vocabulary: type[StrEnum] | None = None

    def read(self, stored: Any) -> Any:
        """What a record holds for what the table holds."""
        return stored if stored is None or self.vocabulary is None else self.vocabulary(stored)


def _leading_name(_proposal: Proposal, assessment: Appraisal) -> str | None:
    leader = assessment.leader()
    return leader.name if leader else None


def _of_leading(figure: Callable[[Valued], float | None]) -> Callable[[Proposal, Appraisal], float | None]:
    """A figure of the leading alternative; None while nothing can be valued."""

    def value(_proposal: Proposal, assessment: Appraisal) -> float | None:
        leader = assessment.leader()
        return figure(leader.outcome) if leader and leader.outcome else None

    return value


LIST_COLUMNS = (
    ListColumn("title", lambda proposal, _: proposal.title, sortable=True),
    ListColumn("team", lambda proposal, _: proposal.team),
    ListColumn("owner", lambda proposal, _: proposal.owner),
    ListColumn("currency", lambda proposal, _: proposal.currency),
    ListColumn("recommendation", lambda _, assessment: assessment.verdict.recommendation, vocabulary=Recommendation),
    ListColumn("leading", _leading_name),
    ListColumn("npv_mean", _of_leading(lambda outcome: outcome.npv.mean), sortable=True),
    ListColumn("npv_p10", _of_leading(lambda outcome: outcome.npv.p10)),
    ListColumn("npv_p90", _of_leading(lambda outcome: outcome.npv.p90)),
    ListColumn("probability_of_loss", _of_leading(lambda outcome: outcome.probability_of_loss)),
    ListColumn("feasibility_score", lambda _, assessment: assessment.feasibility.score, sortable=True),
)

# When it was saved is no part of what was said, and the order unless another is asked for.
SORTS = ("saved_at", *(column.name for column in LIST_COLUMNS if column.sortable))
