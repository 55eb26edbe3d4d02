"""A range that past ones suggest: the document keeps the one that was given, and nothing is widened twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from scoping import DocumentRefused, Estimate, read, to_dict
from scoping.document.paths import Path
from scoping.document.recalibrated import is_recalibrated, recalibrated
from scoping.record.judged import Judged, as_given, judged
from scoping.record.recalibrating import recalibration
from scoping.reports.changes import changes_between
from scoping.text.grounds import ground_said
from tests.documents import UNCERTAIN
from tests.scoping.record.samples import INDEX, SIGNED, actuals
from tests.scoping.record.test_scores import judge

CATCH = Path("bridge.value_of_catch")
NEW = Estimate.of(60, 130, 260)
SAID = {"on": "2026-03-01", "by": "Ana", "note": "Of 40 past ranges 50% held."}


def test_the_range_the_reason_and_what_was_given_are_one_change() -> None:
    before = read(UNCERTAIN)
    after = recalibrated(to_dict(before), CATCH, NEW, SAID)
    assert after.bridge is not None
    assert after.bridge.value_of_catch == NEW  # type: ignore[attr-defined]
    (ground,) = after.grounds
    assert (ground.given, ground.by, ground.note) == ([80, 120, 200], "Ana", SAID["note"])
    assert is_recalibrated(to_dict(after), CATCH)
    assert not is_recalibrated(to_dict(before), CATCH)
    assert "as past ranges suggested" in str(ground_said(ground))
    assert changes_between(before, after)


def test_what_it_rested_on_before_it_goes_on_resting_on() -> None:
    ground = {"path": str(CATCH), "kind": "expert", "note": "Rosa has seen ten of these."}
    after = recalibrated(to_dict(read({**UNCERTAIN, "grounds": [ground]})), CATCH, NEW, SAID)
    assert (after.grounds[0].kind, after.grounds[0].note) == (
        "expert",
        "Rosa has seen ten of these.\nOf 40 past ranges 50% held.",
    )


@pytest.mark.parametrize("given", [[1, 2], [3, 2, 1], [1, 2, 3, 4]])
def test_what_is_no_range_is_refused_with_its_place(given: list[float]) -> None:
    with pytest.raises(DocumentRefused, match=r"grounds\.0\.given"):
        read({**UNCERTAIN, "grounds": [{"path": str(CATCH), "kind": "guess", "given": given}]})


def scored(document: dict[str, Any]) -> Judged:
    path = f"alternatives.{INDEX}.build_months"
    known = actuals((path, 14, 14.0))
    return next(each for each in judged("id", read(document), known) if each.path == path)


def test_future_suggestions_are_learned_from_what_was_given() -> None:
    path, plain = Path(f"alternatives.{INDEX}.build_months"), to_dict(SIGNED)
    taken = recalibrated(plain, path, Estimate.of(6, 12, 20), SAID)
    as_signed, before = scored(to_dict(taken)), scored(plain)
    assert as_signed.signed == Estimate.of(6, 12, 20)
    (given,) = as_given([as_signed])
    assert (given.signed.quantiles, given.percentile) == (before.signed.quantiles, pytest.approx(before.percentile))
    assert as_given([before]) == [before]


def test_who_follows_every_suggestion_is_not_told_that_their_own_ranges_hold() -> None:
    """The ranges that were signed hold; what is learned is still that those that were given were half as wide."""
    narrow, calibrated = judge(2, 200, 0.5), judge(2, 200)
    followed = [
        replace(signed, given=given.signed, actual=given.actual)
        for signed, given in zip(calibrated, narrow, strict=True)
    ]
    found, plain = recalibration(as_given(followed)), recalibration(narrow)
    assert found is not None
    assert plain is not None
    assert found.widening == pytest.approx(plain.widening, rel=1e-6)


def test_an_older_document_has_no_such_range() -> None:
    ground = {"path": str(CATCH), "kind": "guess"}
    assert to_dict(read({**UNCERTAIN, "grounds": [ground]}))["grounds"] == [ground]
