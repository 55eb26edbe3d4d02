"""Inputs that move together: the copula's rank correlations, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy.stats import spearmanr

from scoping import DocumentRefused, assess, read, to_dict
from scoping.document.correlations import normal_correlation
from scoping.document.editing import without_rows, without_unknown
from scoping.value.inputs import Sampler
from scoping.value.model import value_model
from tests.documents import UNCERTAIN

pytestmark = pytest.mark.long

PREVALENCE, WORTH = "bridge.prevalence", "bridge.value_of_catch"


def pair(rank: float, first: str = PREVALENCE, second: str = WORTH) -> dict[str, Any]:
    return {"first": first, "second": second, "rank_correlation": rank}


def drawn(correlations: list[dict[str, Any]]) -> dict[str, Any]:
    document = read({**UNCERTAIN, "correlations": correlations})
    model = value_model(document)
    assert model is not None
    return Sampler(model.inputs, [], document.correlations, replicates=8, seed=3).block(1_024)


@pytest.mark.parametrize("rank", [-1.0, -0.7, -0.2, 0.0, 0.3, 0.9, 1.0])
def test_the_ranks_are_correlated_as_asked(rank: float) -> None:
    # Pearson 1907: a Gaussian copula with r = 2 sin(pi rho / 6) has the rank correlation rho.
    values = drawn([pair(rank)])
    assert spearmanr(values[PREVALENCE], values[WORTH]).statistic == pytest.approx(rank, abs=0.01)


def test_each_input_keeps_its_own_distribution() -> None:
    values = drawn([pair(0.8)])
    assert np.quantile(values[PREVALENCE], (0.1, 0.5, 0.9)) == pytest.approx([0.03, 0.05, 0.08], rel=0.02)
    assert np.quantile(values[WORTH], (0.1, 0.5, 0.9)) == pytest.approx([80, 120, 200], rel=0.02)


@pytest.mark.parametrize(("rank", "expected"), [(0.0, 0.0), (1.0, 1.0), (-1.0, -1.0), (0.5, 0.5176)])
def test_pearsons_formula(rank: float, expected: float) -> None:
    assert normal_correlation(rank) == pytest.approx(expected, abs=5e-5)


def test_what_moves_together_spreads_the_outcome() -> None:
    spread = {}
    for rank in (-0.9, 0.0, 0.9):
        npv = assess(read({**UNCERTAIN, "correlations": [pair(rank)]})).alternatives[2].outcome.npv  # type: ignore[union-attr]
        assert npv.p10 is not None
        assert npv.p90 is not None
        spread[rank] = npv.p90 - npv.p10
    assert spread[-0.9] < spread[0.0] < spread[0.9]


def test_no_correlation_is_as_if_none_were_named() -> None:
    without, zero = (assess(read({**UNCERTAIN, "correlations": pairs})).to_dict() for pairs in ([], [pair(0.0)]))
    assert zero["alternatives"][2]["npv"]["mean"] == pytest.approx(without["alternatives"][2]["npv"]["mean"], rel=1e-9)


@pytest.mark.parametrize(
    ("pairs", "path", "said"),
    [
        ([pair(0.5, second="bridge.nothing")], "correlations.0.second", "is not an input of this proposal"),
        ([pair(0.5, second=PREVALENCE)], "correlations.0.second", "another input"),
        ([pair(0.5), pair(0.1, WORTH, PREVALENCE)], "correlations.1.second", "stands in the list already"),
        ([pair(1.5)], "correlations.0.rank_correlation", "from -1 to 1"),
        (
            [pair(0.9), pair(0.9, WORTH, "bridge.miss_cost"), pair(-0.9, PREVALENCE, "bridge.miss_cost")],
            "correlations",
            "not positive semi-definite",
        ),
    ],
)
def test_correlations_that_cannot_be_are_refused(pairs: list[dict[str, Any]], path: str, said: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read({**UNCERTAIN, "correlations": pairs})
    problem = refused.value.problems[0]
    assert problem.path == path
    assert said in problem.allowed


def test_how_much_weaker_they_must_be_is_said_and_true() -> None:
    pairs = [pair(0.9), pair(0.9, WORTH, "bridge.miss_cost"), pair(-0.9, PREVALENCE, "bridge.miss_cost")]
    with pytest.raises(DocumentRefused, match=r"about 5\d% as strong"):
        read({**UNCERTAIN, "correlations": pairs})
    assert read(
        {**UNCERTAIN, "correlations": [{**each, "rank_correlation": 0.5 * each["rank_correlation"]} for each in pairs]}
    )


def test_correlations_follow_the_rows_that_they_name() -> None:
    document = to_dict(read({**UNCERTAIN, "correlations": [pair(0.5, PREVALENCE, "alternatives.2.metrics.recall")]}))
    without_rule = without_rows(document, "alternatives", [document["alternatives"][n] for n in (0, 2)], {1})
    assert without_rule["correlations"] == [pair(0.5, PREVALENCE, "alternatives.1.metrics.recall")]
    assert read(without_rule)
    without_model = without_rows(document, "alternatives", document["alternatives"][:2], {2})
    assert without_model["correlations"] == []


def test_another_kind_of_task_drops_pairs_that_it_does_not_know() -> None:
    document = to_dict(read({**UNCERTAIN, "correlations": [pair(0.5), pair(0.2, "returns.adoption", "returns.drift")]}))
    document["bridge"] = {"kind": "automation", "cases_per_month": 5}
    assert without_unknown(document)["correlations"] == [pair(0.2, "returns.adoption", "returns.drift")]


def test_the_order_of_uncertain_alternatives_changes_no_figure() -> None:
    def uncertain(each: dict[str, Any]) -> dict[str, Any]:
        if each["kind"] == "status_quo":
            return each
        return {**each, "success_probability": 0.7, "build_months": {"p10": 1, "p50": 2, "p90": 4}}

    alternatives = [uncertain(each) for each in UNCERTAIN["alternatives"]]
    straight, turned = (
        {
            each["name"]: each["npv"]
            for each in assess(read({**UNCERTAIN, "alternatives": order})).to_dict()["alternatives"]
        }
        for order in (alternatives, alternatives[::-1])
    )
    assert straight == turned
