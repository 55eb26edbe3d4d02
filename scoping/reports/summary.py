"""The Summary: a memo together with what it tells of, for the formats of data that need more than words."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..assessment import Assessment
from ..document.proposal import Proposal
from ..feasibility.evidence.chances import with_assumed
from ..text.languages import Language
from .edition import NO_EDITION, DecisionNote, Edition
from .measured.note import ActualsNote
from .memo import Memo


@dataclass(frozen=True)
class Summary:
    """One proposal, its assessment, and the memo that tells both."""

    memo: Memo
    proposal: Proposal = field(repr=False)
    assessment: Assessment = field(repr=False)
    decisions: tuple[DecisionNote, ...] = ()
    edition: Edition = NO_EDITION
    actuals: ActualsNote | None = field(default=None, repr=False)
    """What came of the decision that stands, where something was measured."""

    @property
    def completed(self) -> Proposal:
        """The proposal with what holds by default where the team has left a place empty: what was assessed."""
        return with_assumed(self.proposal, self.assessment.assumed)

    @property
    def title(self) -> str:
        """The proposal's title."""
        return self.memo.title

    @property
    def language(self) -> Language:
        """The language in which it is told."""
        return self.memo.language
