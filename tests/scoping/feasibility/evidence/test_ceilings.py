"""Ceilings from two people's labels: published tables, closed forms, and a simulation of the model."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import cohen_kappa_score

from scoping import DocumentRefused, assess
from scoping.document.ceilings import CeilingGround
from scoping.feasibility.evidence.ceilings import accuracy_of_one, agreement_of, cohens_kappa
from scoping.feasibility.evidence.chances import assumptions
from scoping.feasibility.evidence.counts import wilson
from tests.documents import proposal


def test_kappa_of_a_published_table() -> None:
    """Fleiss, Levin and Paik 2003, Statistical Methods for Rates and Proportions, table 18.1: kappa 0.68."""
    found = cohens_kappa([[75, 1, 4], [5, 4, 1], [0, 0, 10]])
    assert found.value == pytest.approx(0.676, abs=0.001)
    # Their standard error for an interval, 0.087, leaves out nothing: section 18.1.
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(0.087, abs=0.002)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.integers(1, 60), min_size=3, max_size=3), min_size=3, max_size=3))
def test_kappa_is_that_of_an_independent_library(table: list[list[int]]) -> None:
    pairs = [(row, column) for row, line in enumerate(table) for column, count in enumerate(line) for _ in range(count)]
    expected = cohen_kappa_score([row for row, _ in pairs], [column for _, column in pairs])
    assert cohens_kappa(table).value == pytest.approx(expected)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 2_000), st.floats(0, 1))
def test_the_interval_of_a_share_is_wilsons(cases: int, share: float) -> None:
    hits = round(share * cases)
    expected = binomtest(hits, cases).proportion_ci(method="wilson")
    found = wilson(hits, cases)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize("classes", [2, 3, 10])
@pytest.mark.parametrize("error", [0.02, 0.1, 0.3])
def test_the_accuracy_of_one_is_that_of_the_model(classes: int, error: float) -> None:
    """Two labellers drawn from the model agree so often that their accuracy comes back."""
    generator = np.random.default_rng(3)
    count = 400_000
    shifts = [np.where(generator.random(count) < error, generator.integers(1, classes, count), 0) for _ in range(2)]
    agreed = float((shifts[0] == shifts[1]).mean())
    assert float(accuracy_of_one(agreed, classes)) == pytest.approx(1 - error, abs=0.005)
    exact = (1 - error) ** 2 + error**2 / (classes - 1)
    assert float(accuracy_of_one(exact, classes)) == pytest.approx(1 - error)


def test_people_who_guess_agree_by_chance() -> None:
    assert float(accuracy_of_one(0.3, 2)) == 0.5
    assert float(accuracy_of_one(1.0, 4)) == 1.0


def test_a_table_says_more_than_two_counts_and_the_same_of_agreement() -> None:
    table = agreement_of(CeilingGround(table=[[40, 5], [3, 52]]))
    counts = agreement_of(CeilingGround(labelled=100, agreed=92))
    assert table is not None
    assert counts is not None
    assert table.agreement == counts.agreement
    assert table.accuracy == counts.accuracy
    assert table.by_table
    assert not counts.by_table
    assert table.kappa.value == pytest.approx(0.8381, abs=0.001)
    assert counts.kappa.value == pytest.approx(0.84)


def grounded(**ground: Any) -> dict[str, Any]:
    recall = {"kind": "labelled_twice", **ground}
    return {"feasibility__ceilings": {}, "feasibility__ceiling_grounds": {"recall": recall}}


def test_labels_imply_the_ceiling_while_none_is_given() -> None:
    (implied,) = assumptions(proposal(**grounded(labelled=200, agreed=164)))
    assert implied.path == "feasibility.ceilings.recall"
    assert implied.estimate.p50 == pytest.approx(0.9, abs=0.005)
    assert implied.estimate.p10 < 0.89 < 0.91 < implied.estimate.p90
    given_too = proposal(**{**grounded(labelled=200, agreed=164), "feasibility__ceilings": {"recall": 0.95}})
    assert assumptions(given_too) == ()


def test_more_labels_make_the_ceiling_surer_and_more_agreement_higher() -> None:
    few, many, better = (
        assumptions(proposal(**grounded(labelled=labelled, agreed=agreed)))[0].estimate
        for labelled, agreed in ((50, 41), (500, 410), (50, 46))
    )
    assert many.p90 - many.p10 < few.p90 - few.p10
    assert better.p50 > few.p50


def test_an_implied_ceiling_counts_like_one_that_is_given() -> None:
    found = assess(proposal(**grounded(labelled=200, agreed=164)), 512).to_dict()
    (recall,) = [each for each in found["break_even"] if each["metric"] == "recall" and each["alternative"] == "Model"]
    assert recall["ceiling"] == pytest.approx(0.9, abs=0.01)
    assert recall["chance_of_reaching"] == 1.0
    assert found["evidence"]["agreement"]["recall"]["labelled"] == 200
    assert found["evidence"]["defaults"][0]["path"] == "feasibility.ceilings.recall"


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        ({"labelled": 10, "agreed": 11}, "must be at most the 10 cases that were labelled twice"),
        ({"table": [[1, 2, 3], [4, 5, 6]]}, "must have as many columns as rows"),
        ({"table": [[0, 0], [0, 0]]}, "must count at least one case"),
        ({"labelled": -1}, "ceiling_grounds.recall.labelled"),
        ({"labelled": 10, "agreed": 9, "classes": 1}, "ceiling_grounds.recall.classes"),
        ({"kind": "heard"}, "allowed: "),
    ],
)
def test_what_cannot_be_is_refused(ground: dict[str, Any], said: str) -> None:
    with pytest.raises(DocumentRefused, match=said):
        proposal(**grounded(**ground))
