"""Figures that no probe can have found are refused, whoever sealed the document."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scoping import (
    DocumentRefused,
    Evidence,
    content_hash,
    examples,
    is_hash_of,
    read,
    read_evidence,
    read_saved,
    to_dict,
)
from scoping.document.evidence import digest_of, plain
from scoping.document.paths import with_value

EXAMPLES = ("customer_retention", "demand_forecast", "payment_fraud", "pump_maintenance", "stock_price")


def of_example(name: str) -> dict[str, Any]:
    return plain(examples.load(name).evidence[0])


def sealed_again(document: dict[str, Any]) -> str:
    """The document with the id of what it says now, as somebody writes it who knows how."""
    changed = {key: value for key, value in document.items() if key != "id"}
    try:
        return json.dumps({**changed, "id": digest_of(Evidence.model_validate(changed))})
    except ValueError:
        return json.dumps(document)


def test_what_was_saved_before_a_rule_was_made_is_read_as_it_is() -> None:
    impossible = with_value(to_dict(examples.load("payment_fraud")), "evidence.0.flagged.5.rows", 10**9)
    saved = read_saved(impossible)
    assert to_dict(saved) == impossible
    assert is_hash_of(content_hash(saved), impossible)
    with pytest.raises(DocumentRefused, match="rows must be the same"):
        read(impossible)


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_probes_wrote_is_possible(name: str) -> None:
    for each in examples.load(name).evidence:
        assert read_evidence(json.dumps(plain(each))) == each


@pytest.mark.parametrize(
    ("name", "place", "value", "said"),
    [
        ("payment_fraud", "metrics.roc_auc.high", 1.2, "roc_auc must lie between 0 and 1"),
        ("demand_forecast", "metrics.r2.high", 1.5, "r2 cannot be more than 1"),
        ("demand_forecast", "metrics.mae.low", -1.0, "mae cannot be less than 0"),
        ("payment_fraud", "signal.baseline", 3.0, "roc_auc must lie between 0 and 1"),
        ("payment_fraud", "signal.permuted_scores.0", -0.5, "roc_auc must lie between 0 and 1"),
        ("payment_fraud", "signal.baselines.most_frequent", 2.0, "roc_auc must lie between 0 and 1"),
        ("payment_fraud", "signal.test_rows", 10**9, "a part must not have more rows"),
        ("payment_fraud", "learning_curve.points.0.scores.0", 3.0, "roc_auc must lie between 0 and 1"),
        ("payment_fraud", "learning_curve.points.2.rows", 0, "rows cannot be less than 1"),
        ("payment_fraud", "learning_curve.points.2.rows", 10**9, "a part must not have more rows"),
        ("payment_fraud", "learning_curve.test_rows", 10**9, "a part must not have more rows"),
        ("payment_fraud", "learning_curve.points.2.flagged.3.rows", 10**9, "rows must be the same throughout"),
        ("payment_fraud", "learning_curve.asymptote.high", 2.0, "roc_auc must lie between 0 and 1"),
        ("payment_fraud", "flagged.5.rows", 10**9, "rows must be the same throughout"),
        ("payment_fraud", "flagged.5.caught", 0, "caught must not fall"),
        ("payment_fraud", "automated.5.right", 0, "right must not fall"),
        ("payment_fraud", "labels.agreement.high", 3.0, "must lie between 0 and 1"),
        ("payment_fraud", "labels.kappa.low", -2.0, "kappa must lie between -1 and 1"),
        ("payment_fraud", "labels.agreed_counts.1.0", 10**9, "a part must not have more rows"),
        ("payment_fraud", "labels.labelled_twice", 10**9, "a part must not have more rows"),
        ("payment_fraud", "leakage", [{"kind": "rows_on_both_sides", "columns": [], "rows": 10**9}], "more rows"),
        ("payment_fraud", "profile.classes.counts", [10, 20], "counts must not fall"),
        ("payment_fraud", "profile.told.0.distinct", 10**9, "a part must not have more rows"),
        ("payment_fraud", "profile.rows", 10**9, "a part must not have more rows"),
        ("payment_fraud", "vanishing.0.score.high", 7.0, "roc_auc must lie between 0 and 1"),
        ("demand_forecast", "errors.rows", 10**9, "a part must not have more rows"),
        ("payment_fraud", "latency_ms.p95", 0.0, "must not fall"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(name: str, place: str, value: object, said: str) -> None:
    changed = with_value(of_example(name), place, value)
    with pytest.raises(DocumentRefused) as refused:
        read_evidence(sealed_again(changed))
    assert said in str(refused.value)


def test_a_signal_that_is_no_better_than_the_baseline_is_none() -> None:
    changed = of_example("payment_fraud")
    changed["signal"]["baseline"] = changed["signal"]["score"]
    with pytest.raises(DocumentRefused, match="scores better than the baseline"):
        read_evidence(sealed_again(changed))


@pytest.mark.parametrize(
    ("figure", "value"), [("missing", 3), ("distinct", 7), ("mean", 48.2), ("quantiles", [0.0] * 7), ("mixed", 1)]
)
def test_a_personal_column_with_a_figure_is_refused(figure: str, value: object) -> None:
    changed = of_example("payment_fraud")
    changed["profile"]["told"][0] = {"name": "born", "is_personal": True, figure: value}
    with pytest.raises(DocumentRefused, match="told by its name alone"):
        read_evidence(sealed_again(changed))


def test_one_bit_of_rounding_is_no_fault() -> None:
    changed = of_example("payment_fraud")
    changed["metrics"]["roc_auc"] = {"value": 1.0, "low": 0.99, "high": 1.0000000000000002}
    assert read_evidence(sealed_again(changed)).metrics["roc_auc"].value == 1
