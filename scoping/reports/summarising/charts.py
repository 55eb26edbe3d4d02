"""The charts in the memo."""

from __future__ import annotations

from ...assessment import Assessment
from ...document.estimate import mean_of
from ...document.fields import SHARE
from ...document.proposal import Proposal
from ...feasibility.evidence.chances import with_assumed
from ..figures.quality import metric_map, profit_curve, value_against_metric
from ..figures.sensitivity import learn_first, tornado
from ..figures.worth import alternatives_side_by_side, cash_flow_fan, npv_distribution
from ..memo.parts import ChartsPart
from .break_even import metric_units


def charts_part(proposal: Proposal, assessment: Assessment) -> ChartsPart | None:
    """Every chart that the assessment has the figures for; None where nothing can be valued."""
    leader, units = assessment.leader(), metric_units(proposal)
    if leader is None or leader.outcome is None:
        return None
    return ChartsPart(
        npv=npv_distribution(
            assessment, leader, leader.outcome, _failing(with_assumed(proposal, assessment.assumed), leader.index)
        ),
        cash_flow=cash_flow_fan(assessment, leader.outcome),
        tornado=tornado(assessment, leader),
        learn_first=learn_first(assessment),
        metrics=tuple(
            value_against_metric(assessment, each, units[each.break_even.metric]) for each in assessment.curves
        ),
        metric_map=metric_map(assessment),
        profit_curve=profit_curve(assessment, leader),
        alternatives=alternatives_side_by_side(assessment),
    )


def _failing(proposal: Proposal, index: int) -> float:
    """The share of the futures in which an alternative never goes live."""
    success = proposal.alternatives[index].success_probability
    return 0.0 if success is None else 1 - mean_of(success, *SHARE.support)
