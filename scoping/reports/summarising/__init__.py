"""Tells a proposal and its assessment as a memo, part by part; a file of this package for each subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...assessment import Assessment
from ...document.proposal import Proposal
from ...text.languages import ENGLISH, Language, message
from ...text.wording import number
from ...verdict import called
from ...vocabulary import Recommendation
from ..discussion import CommentNote, ThreadNote
from ..edition import NO_EDITION, DecisionNote, Edition
from ..measured.note import ActualsNote
from ..memo import Memo
from ..memo.parts import VerdictPart
from ..memo.team import StandingPart
from ..spoken import spoken
from ..summary import Summary
from .actuals import actuals_part
from .advice import advice_part
from .alternatives import alternatives_part
from .break_even import break_even_part
from .charts import charts_part
from .commented import comments_part
from .decisions import decisions_part
from .evidence import evidence_part, missing_part
from .feasibility import feasibility_part
from .finance import finance_part
from .firmness import firmness_part, firmness_told, hardly_firm
from .glossary import glossary_part
from .key_figures import QUANTILES, key_figures_part
from .measured import measured_part, measured_told, reach_told
from .organisation import organisation_part
from .pilot_size import pilot_size_part, pilot_size_told
from .project import facts, plan_part, problem_part, risks_part
from .standing import standing_part
from .team import costs_part, data_part, notes_part, operations_part
from .uncertainty import learn_first_part, outside_view_part, stages_part
from .value_by_part import by_part


def summarise(
    proposal: Proposal,
    assessment: Assessment,
    decisions: Sequence[DecisionNote] = (),
    language: Language = ENGLISH,
    edition: Edition = NO_EDITION,
    threads: Sequence[ThreadNote] = (),
    actuals: ActualsNote | None = None,
) -> Summary:
    """A proposal, its assessment and the decisions taken on it, newest first, told in one language.

    `edition` is what only the caller knows: the day, and the version that was saved. `threads` are comments, where
    somebody asked for them; `actuals` what was measured under the decision that stands, where something was.
    """
    told = replace(
        _memo(proposal, assessment, decisions, edition),
        comments=comments_part(threads),
        actuals=actuals_part(actuals, edition),
    )
    memo = spoken(told, language)
    return Summary(memo, proposal, assessment, tuple(decisions), edition, actuals)


def _memo(proposal: Proposal, assessment: Assessment, decisions: Sequence[DecisionNote], edition: Edition) -> Memo:
    standing = standing_part(proposal, decisions, edition)
    return Memo(
        title=proposal.title,
        owner=proposal.owner,
        lead=proposal.summary,
        facts=facts(proposal),
        standing=standing,
        tags=tuple(proposal.tags),
        footnote=_footnote(assessment, standing),
        verdict=_verdict(assessment),
        firmness=firmness_part(assessment),
        key_figures=key_figures_part(assessment),
        charts=charts_part(proposal, assessment),
        alternatives=alternatives_part(proposal, assessment),
        by_part=by_part(assessment),
        finance=finance_part(proposal, assessment),
        break_even=break_even_part(proposal, assessment),
        learn_first=learn_first_part(assessment),
        pilot_size=pilot_size_part(proposal, assessment),
        stages=stages_part(assessment),
        outside_view=outside_view_part(assessment),
        feasibility=feasibility_part(proposal, assessment),
        problem=problem_part(proposal),
        risks=risks_part(proposal),
        plan=plan_part(proposal),
        organisation=organisation_part(proposal),
        decisions=decisions_part(decisions),
        evidence=evidence_part(proposal),
        measured=measured_part(proposal, assessment),
        advice=advice_part(edition.review),
        costs=costs_part(proposal),
        data=data_part(proposal),
        operations=operations_part(proposal),
        notes=notes_part(proposal),
        missing=missing_part(proposal, assessment),
        glossary=glossary_part(),
    )


def _verdict(assessment: Assessment) -> VerdictPart:
    verdict = assessment.verdict
    recommendation = Recommendation(verdict.recommendation)
    said = called(verdict.recommendation, has_figures=assessment.has_figures)
    caution = "" if verdict.is_tie else hardly_firm(assessment)
    return VerdictPart(recommendation, said, verdict.reasons, verdict.conditions, caution)


def _footnote(assessment: Assessment, standing: StandingPart) -> str:
    return message(
        "{edition}. All money in {currency}. {draws} simulated futures, seed {seed}. {quantiles}",
        edition=standing.line,
        currency=assessment.currency,
        draws=number(assessment.draws, 0),
        seed=str(assessment.seed),
        quantiles=QUANTILES,
    )


__all__ = [
    "ActualsNote",
    "CommentNote",
    "DecisionNote",
    "Edition",
    "ThreadNote",
    "firmness_told",
    "measured_told",
    "pilot_size_told",
    "reach_told",
    "summarise",
]
