"""The evidence of an example is what its script makes, whichever machine, day and version of a library measured it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scoping import assess, examples, to_dict
from scoping.document.evidence import Evidence, plain
from scoping.document.reading import read
from tests.examples_evidence import ALL, measured_anew
from tests.examples_samples import SAMPLES

pytestmark = pytest.mark.long

QUICK = "pump_maintenance"
# Models of other versions of a library differ by less than this, in a score between 0 and 1.
_SCORES_DIFFER = 0.03


def facts(evidence: Evidence) -> dict[str, Any]:
    """What follows from the rows alone: no model, clock or version has a part in it."""
    document = plain(evidence)
    kept = ("source", "profile", "task", "target", "time", "group", "second_label", "personal")
    return {name: document[name] for name in kept}


def alike(one: Any, other: Any) -> bool:
    """The same, but for the last digits of a number."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[name], other[name]) for name in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    return bool(one == pytest.approx(other, rel=1e-6, abs=1e-9)) if isinstance(one, float) else bool(one == other)


@pytest.mark.parametrize(
    "name", [QUICK, *(pytest.param(name, marks=pytest.mark.long) for name in ALL if name != QUICK)]
)
def test_the_evidence_of_an_example_is_what_its_script_makes(name: str, tmp_path: Path) -> None:
    (kept,) = examples.load(name).evidence
    anew = measured_anew(ALL[name], tmp_path)
    assert alike(facts(anew), facts(kept))
    assert kept.signal is not None
    assert anew.signal is not None
    assert anew.signal.found == kept.signal.found
    assert anew.signal.score == pytest.approx(kept.signal.score, abs=_SCORES_DIFFER)
    assert [each.rows for each in curve(anew)] == [each.rows for each in curve(kept)]


def curve(evidence: Evidence) -> Any:
    assert evidence.learning_curve is not None
    return evidence.learning_curve.points


@pytest.mark.parametrize("name", [each.example for each in SAMPLES])
def test_what_nobody_takes_over_leaves_every_figure_as_it_was(name: str) -> None:
    document = to_dict(examples.load(name))
    without = assess(read({key: value for key, value in document.items() if key != "evidence"}))
    whole = assess(read(document))
    assert [each.expected for each in whole.alternatives] == [each.expected for each in without.alternatives]
    assert whole.verdict.recommendation == without.verdict.recommendation


def test_the_letters_are_weakly_told_the_invoices_have_many_classes_and_the_meters_are_read_afterwards() -> None:
    (letters,) = examples.load("donor_mailing").evidence
    assert letters.signal is not None
    assert letters.signal.found
    assert letters.signal.score < 0.7
    assert letters.signal.split == "by_group"
    (invoices,) = examples.load("invoice_routing").evidence
    assert invoices.profile.classes is not None
    assert invoices.profile.classes.classes == 8
    assert invoices.automated
    (days,) = examples.load("heat_pump_scheduling").evidence
    assert ["read_at"] in [each.columns for each in days.leakage]


def test_the_stock_shows_no_signal_and_the_contracts_a_column_that_gives_the_answer_away() -> None:
    (prices,) = examples.load("stock_price").evidence
    assert prices.signal is not None
    assert not prices.signal.found
    (contracts,) = examples.load("customer_retention").evidence
    assert ["closing_code"] in [each.columns for each in contracts.leakage]
