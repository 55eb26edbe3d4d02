"""How firm a verdict is: trials by seed and quantile, and the smallest change that flips it."""

from __future__ import annotations

import pytest

from scoping import Proposal, assess, examples, read
from scoping.assess import appraise, firmness_of
from scoping.firmness import Firmness
from scoping.vocabulary import Recommendation
from tests.documents import best_answers

pytestmark = pytest.mark.long


def rule_against_nothing(**changes: object) -> Proposal:
    """One rule with certain inputs: worth 12 x 100 x 0.1 x lift x 10 less its cost, so everything is known by hand."""
    document = {
        "title": "t",
        "bridge": {"kind": "ranking", "cases_per_month": 100, "baseline_conversion": 0.1, "margin": 10},
        "alternatives": [
            {"name": "Today", "kind": "status_quo"},
            {
                "name": "Rule",
                "kind": "rules",
                "metrics": {"lift": 0.5},
                "build_months": 0,
                "success_probability": 1,
                "costs": [{"name": "Write it", "amount": 300}],
            },
        ],
        "returns": {"horizon_months": 12, "discount_rate": 0},
        "feasibility": {"answers": best_answers(), "ceilings": {"lift": 1.0}},
    }
    return read({**document, **changes})


def found(proposal: Proposal) -> Firmness:
    firmness = firmness_of(proposal, appraise(proposal))
    assert firmness is not None
    return firmness


def test_the_smallest_change_is_where_the_value_is_zero() -> None:
    # Worth: 12 x 100 x 0.1 x 10 x lift - 300 = 1,200 lift - 300: zero at a lift of 0.25, or a cost of 600.
    firmness = found(rule_against_nothing())
    flips = {flip.input.last: flip for flip in firmness.flips}
    assert flips["lift"].value == pytest.approx(0.25, abs=0.003)
    assert flips["amount"].value == pytest.approx(600, abs=3)
    assert flips["lift"].becomes is Recommendation.STOP
    assert [flip.distance for flip in firmness.flips] == sorted(flip.distance for flip in firmness.flips)


def test_with_nothing_uncertain_only_the_seeds_are_tried() -> None:
    firmness = found(rule_against_nothing())
    assert (firmness.holds, firmness.trials, firmness.others) == (4, 4, ())


def test_every_uncertain_input_is_tried_at_both_its_ends() -> None:
    document = rule_against_nothing()
    uncertain = read(
        {
            **document.model_dump(mode="json", exclude_none=True),
            "bridge": {
                "kind": "ranking",
                "cases_per_month": {"p10": 40, "p50": 100, "p90": 150},
                "baseline_conversion": 0.1,
                "margin": 10,
            },
        }
    )
    firmness = found(uncertain)
    # At 40 cases: 480 x 0.5 - 300 is a loss.
    assert (firmness.holds, firmness.trials) == (5, 6)
    assert firmness.others == ((Recommendation.STOP, 1),)


def test_a_verdict_that_rests_on_no_figures_has_no_firmness() -> None:
    for document in (examples.load("stock_price"), read({"title": "t"})):
        assert firmness_of(document, appraise(document)) is None


def test_an_appraisal_says_what_the_assessment_says() -> None:
    document = examples.load("customer_retention")
    quick, whole = appraise(document), assess(document)
    assert quick.verdict == whole.verdict
    assert [each.expected for each in quick.alternatives] == [each.expected for each in whole.alternatives]
    assert [each.value for each in quick.break_even] == [each.value for each in whole.break_even]
