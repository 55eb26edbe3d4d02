"""What asks for a second look: beyond its threshold, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from scoping.document.evidence import ClassBalance, ColumnProfile, Coverage, Drift, Evidence, LabelQuality, Vanished
from scoping.feasibility.evidence import warnings
from scoping.feasibility.evidence.warnings import Code, inputs_of, warnings_of
from tests.measured import ROWS, between, measured


def clean(**changes: Any) -> Evidence:
    """Evidence of which nothing asks for a second look."""
    plain = measured()
    said = {
        "target_missing": 0,
        "duplicates": 0,
        "near_duplicates_across_labels": 0,
        "classes": ClassBalance(counts=[ROWS - 3_000, 3_000], classes=2),
        "coverage": Coverage(first="2024-01-01", last="2026-01-01", longest_gap_days=2, usual_gap_days=1),
        "told": [ColumnProfile(name="amount", type="number", missing=0, distinct=900)],
        **changes.pop("profile", {}),
    }
    rest: dict[str, Any] = {"profile": plain.profile.model_copy(update=said), "leakage": [], "labels": None, **changes}
    rest.setdefault("vanishing", [])
    return plain.model_copy(update=rest).sealed()


def codes(evidence: Evidence, budget: float | None = None) -> list[Code]:
    return [each.code for each in warnings_of(evidence, budget)]


def column(**said: Any) -> dict[str, Any]:
    return {"profile": {"told": [ColumnProfile(**{"name": "amount", "type": "number", **said})]}}


def drift(index: float = 0.0, before: float = 0.0, after: float = 0.0) -> dict[str, Any]:
    return column(drift=Drift(population_stability_index=index, missing_before=before, missing_after=after))


def test_clean_data_needs_no_second_look() -> None:
    assert codes(clean(), budget=100.0) == []


@pytest.mark.parametrize(
    ("code", "beyond", "at"),
    [
        (Code.FEW_ROWS, {"profile": {"rows": warnings.FEW_ROWS - 1}}, {"profile": {"rows": warnings.FEW_ROWS}}),
        (Code.TARGET_MISSING, {"profile": {"target_missing": 1}}, {"profile": {"target_missing": 0}}),
        (Code.DUPLICATES, {"profile": {"duplicates": 121}}, {"profile": {"duplicates": 120}}),
        (
            Code.TWINS_ACROSS_LABELS,
            {"profile": {"near_duplicates_across_labels": 101}},
            {"profile": {"near_duplicates_across_labels": 100}},
        ),
        (
            Code.RARE_CLASS,
            {"profile": {"classes": ClassBalance(counts=[951, 49 + 1], classes=2)}},
            {"profile": {"classes": ClassBalance(counts=[950, 50], classes=2)}},
        ),
        (
            Code.FEW_OF_A_CLASS,
            {"profile": {"classes": ClassBalance(counts=[100, 49], classes=2)}},
            {"profile": {"classes": ClassBalance(counts=[100, 50], classes=2)}},
        ),
        (Code.MUCH_MISSING, column(missing=ROWS // 5 + 1), column(missing=ROWS // 5)),
        (Code.CONSTANT, column(is_constant=True), column()),
        (Code.IDENTIFIER_LIKE, column(is_identifier_like=True), column()),
        (Code.MIXED, column(mixed=13), column(mixed=12)),
        (Code.MIXED_TIMES, column(mixed=13, type="time"), column(mixed=12, type="time")),
        (Code.SHIFTED, drift(0.26), drift(0.25)),
        (Code.MISSING_MORE, drift(after=0.11), drift(before=0.02, after=0.12)),
        (
            Code.GAP,
            {"profile": {"coverage": Coverage(first="a", last="b", longest_gap_days=10.5, usual_gap_days=0.1)}},
            {"profile": {"coverage": Coverage(first="a", last="b", longest_gap_days=10, usual_gap_days=1)}},
        ),
        (
            Code.UNREADABLE_TIMES,
            {"profile": {"coverage": Coverage(first="", last="", longest_gap_days=0, usual_gap_days=0, unreadable=1)}},
            {},
        ),
        (
            Code.WRONG_LABELS,
            {"labels": LabelQuality(contradicted=between(0.03, 0.01))},
            {"labels": LabelQuality(contradicted=between(0.029, 0.01))},
        ),
        (
            Code.MODEST_AGREEMENT,
            {"labels": LabelQuality(labelled_twice=100, kappa=between(0.6, 0.1))},
            {"labels": LabelQuality(labelled_twice=100, kappa=between(0.61, 0.1))},
        ),
        (
            Code.STRONGEST_INPUT,
            {"vanishing": [Vanished(strongest=1, columns=["amount"], score=between(0.68, 0.01))]},
            {"vanishing": [Vanished(strongest=1, columns=["amount"], score=between(0.69, 0.01))]},
        ),
    ],
)
def test_a_warning_begins_beyond_its_threshold(code: Code, beyond: dict[str, Any], at: dict[str, Any]) -> None:
    assert codes(clean(**beyond)) == [code]
    assert codes(clean(**at)) == []


def test_an_answer_that_comes_too_late_is_one_beyond_the_budget() -> None:
    slow = measured().latency_ms
    assert slow is not None
    assert codes(clean(), budget=slow.p95) == []
    assert codes(clean(), budget=slow.p95 - 0.1) == [Code.TOO_SLOW]


def test_a_figure_that_was_changed_is_the_first_warning() -> None:
    changed = measured().model_copy(update={"target": "something else"})
    assert codes(changed)[0] is Code.CHANGED


def test_a_personal_column_and_the_target_are_never_warned_of() -> None:
    told = [
        ColumnProfile(name="insured_name", is_personal=True),
        ColumnProfile(name="is_fraud", missing=ROWS),
    ]
    found = clean(profile={"told": told})
    assert codes(found) == []
    assert inputs_of(found) == []
