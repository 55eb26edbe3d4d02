"""Tells a proposal and its assessment as a memo, part by part; a file of this package for each subject."""

from __future__ import annotations

from collections.abc import Sequence

from ...assessment import Assessment
from ...document.hashing import content_hash, short_hash
from ...document.proposal import Proposal
from ...text.languages import ENGLISH, Language, message
from ...text.wording import number
from ...verdict import called
from ...vocabulary import Recommendation
from ..memo import Memo
from ..memo.parts import VerdictPart
from ..spoken import spoken
from ..summary import Summary
from .alternatives import alternatives_part
from .break_even import break_even_part
from .charts import charts_part
from .decisions import DecisionNote, decisions_part
from .evidence import evidence_part, missing_part
from .feasibility import feasibility_part
from .firmness import firmness_part, firmness_told
from .key_figures import QUANTILES, key_figures_part
from .pilot_size import pilot_size_part, pilot_size_told
from .project import facts, plan_part, problem_part, risks_part
from .uncertainty import learn_first_part, outside_view_part, stages_part


def summarise(
    proposal: Proposal,
    assessment: Assessment,
    decisions: Sequence[DecisionNote] = (),
    language: Language = ENGLISH,
) -> Summary:
    """A proposal, its assessment and the decisions taken on it, newest first, told in one language."""
    return Summary(spoken(_memo(proposal, assessment, decisions), language), proposal, assessment)


def _memo(proposal: Proposal, assessment: Assessment, decisions: Sequence[DecisionNote]) -> Memo:
    return Memo(
        title=proposal.title,
        owner=proposal.owner,
        lead=proposal.summary,
        facts=facts(proposal),
        tags=tuple(proposal.tags),
        footnote=_footnote(proposal, assessment),
        verdict=_verdict(assessment),
        firmness=firmness_part(assessment),
        key_figures=key_figures_part(assessment),
        charts=charts_part(proposal, assessment),
        alternatives=alternatives_part(proposal, assessment),
        break_even=break_even_part(proposal, assessment),
        learn_first=learn_first_part(assessment),
        pilot_size=pilot_size_part(proposal, assessment),
        stages=stages_part(assessment),
        outside_view=outside_view_part(assessment),
        feasibility=feasibility_part(assessment),
        problem=problem_part(proposal),
        risks=risks_part(proposal),
        plan=plan_part(proposal),
        decisions=decisions_part(decisions),
        evidence=evidence_part(proposal),
        missing=missing_part(proposal, assessment),
    )


def _verdict(assessment: Assessment) -> VerdictPart:
    verdict = assessment.verdict
    said = called(verdict.recommendation, has_figures=assessment.has_figures)
    return VerdictPart(Recommendation(verdict.recommendation), said, verdict.reasons, verdict.conditions)


def _footnote(proposal: Proposal, assessment: Assessment) -> str:
    return message(
        "All money in {currency}. {draws} simulated futures, seed {seed}. {quantiles} Content {hash}.",
        currency=assessment.currency,
        draws=number(assessment.draws, 0),
        seed=str(assessment.seed),
        quantiles=QUANTILES,
        hash=short_hash(content_hash(proposal)),
    )


__all__ = ["DecisionNote", "firmness_told", "pilot_size_told", "summarise"]
