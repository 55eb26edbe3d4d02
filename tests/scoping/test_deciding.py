"""Conditions belong to what is decided, not to the verdict that it overrules."""

from __future__ import annotations

import pytest

from scoping import appraise, examples
from scoping.deciding import alternative_recommended, conditions_for
from scoping.vocabulary import Recommendation

RETENTION = examples.load("customer_retention")
FOUND = appraise(RETENTION)


def test_what_is_recommended_has_the_verdict_s_own_conditions() -> None:
    for name in examples.NAMES:
        proposal = examples.load(name)
        appraisal = appraise(proposal)
        outcome = appraisal.verdict.recommendation
        meant = alternative_recommended(outcome, appraisal)
        assert conditions_for(outcome, meant, proposal, appraisal) == appraisal.verdict.conditions


def test_overruling_to_build_does_not_keep_come_back_when() -> None:
    assert FOUND.verdict.recommendation is Recommendation.SIMPLER
    assert any(each.startswith("Come back to") for each in FOUND.verdict.conditions)
    model = alternative_recommended(Recommendation.BUILD, FOUND)
    own = conditions_for(Recommendation.BUILD, model, RETENTION, FOUND)
    assert not any(each.startswith("Come back to") for each in own)
    assert any("or the project loses money" in each for each in own)


@pytest.mark.parametrize("outcome", [Recommendation.STOP, Recommendation.REWORK])
def test_stopping_has_no_conditions_of_a_build(outcome: Recommendation) -> None:
    found = conditions_for(outcome, "", RETENTION, FOUND)
    assert not any("In production" in each or "Come back" in each for each in found)


def test_whoever_builds_against_a_gate_has_to_settle_it() -> None:
    proposal = examples.load("stock_price")
    appraisal = appraise(proposal)
    assert appraisal.verdict.recommendation is Recommendation.STOP
    model = alternative_recommended(Recommendation.BUILD, appraisal)
    found = conditions_for(Recommendation.BUILD, model, proposal, appraisal)
    assert found[0].startswith("Settle first: ")


def test_conditions_are_about_the_alternative_that_is_meant() -> None:
    proposal = examples.load("visual_inspection")
    appraisal = appraise(proposal)
    model = alternative_recommended(Recommendation.BUILD, appraisal)
    other = alternative_recommended(Recommendation.SIMPLER, appraisal)
    assert model != other
    rules = conditions_for(Recommendation.BUILD, other, proposal, appraisal)
    assert rules != conditions_for(Recommendation.BUILD, model, proposal, appraisal)
    assert not any(model in each for each in rules)
