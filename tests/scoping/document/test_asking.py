"""Numbers that people are asked about are found again, wherever their row stands now."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from scoping import Proposal, content_hash, examples, read, to_dict
from scoping.document.asking import askable, judgement, place_now, recorded
from scoping.document.editing import change, without_rows
from scoping.document.estimate import Estimate
from scoping.document.merging import merge
from scoping.document.specs import spec_at
from scoping.errors import DocumentRefused, EntryRefused
from tests.documents import CERTAIN, proposal
from tests.schemas import published

ASKED = examples.load("visual_inspection")
COST = "alternatives.3.costs.2.amount"
ANA = {"by": "Ana", "p10": 0.03, "p50": 0.05, "p90": 0.09}
BO = {"by": "Bo", "p10": 0.05, "p50": 0.07, "p90": 0.11}
AGREED = {"p10": 0.04, "p50": 0.05, "p90": 0.12}


def without_row(document: Proposal, place: str, index: int) -> Proposal:
    here: Any = to_dict(document)
    for key in place.split("."):
        here = here[int(key)] if isinstance(here, list) else here[key]
    kept = [row for number, row in enumerate(here) if number != index]
    return read(without_rows(to_dict(document), place, kept, {index}))


def test_every_number_stands_where_it_stood_as_long_as_nothing_changes() -> None:
    assert all(place_now(ASKED, ASKED, path) == path for path in askable(ASKED))


def test_a_number_whose_row_moved_is_found_again() -> None:
    moved = without_row(ASKED, "alternatives.3.costs", 0)
    assert place_now(ASKED, moved, COST) == "alternatives.3.costs.1.amount"
    assert place_now(ASKED, without_row(moved, "alternatives", 1), COST) == "alternatives.2.costs.1.amount"


def test_a_number_whose_row_is_gone_is_not_taken_for_its_neighbour() -> None:
    assert place_now(ASKED, without_row(ASKED, "alternatives.3.costs", 2), COST) is None
    assert place_now(ASKED, without_row(ASKED, "alternatives", 3), COST) is None


def test_amounts_of_another_currency_are_other_numbers() -> None:
    now = change(ASKED, "currency", "CHF")
    assert place_now(ASKED, now, COST) is None
    assert place_now(ASKED, now, "bridge.prevalence") == "bridge.prevalence"


def test_inputs_of_another_kind_of_task_are_other_numbers() -> None:
    now = read({"title": "x", "bridge": {"kind": "ranking", "cases_per_month": 10}})
    assert place_now(ASKED, now, "bridge.prevalence") is None
    assert place_now(ASKED, read({"title": "x"}), "bridge.prevalence") is None


def test_what_was_agreed_counts_and_every_judgement_is_kept() -> None:
    written = {"judgements": [ANA, BO], "consensus": AGREED}
    found = change(proposal(CERTAIN), "bridge.prevalence", written)
    estimate = Estimate.model_validate(to_dict(found)["bridge"]["prevalence"])
    assert estimate.quantiles == AGREED
    assert estimate.average.quantiles == {"p10": 0.04, "p50": 0.06, "p90": 0.10}
    assert to_dict(found)["bridge"]["prevalence"] == written
    plain = change(proposal(CERTAIN), "bridge.prevalence", AGREED)
    assert content_hash(found) != content_hash(plain)


def test_a_document_without_consensus_is_as_it_was() -> None:
    written = {"judgements": [ANA, BO]}
    found = change(proposal(CERTAIN), "bridge.prevalence", written)
    assert to_dict(found)["bridge"]["prevalence"] == written


@pytest.mark.parametrize(
    ("agreed", "said"),
    [
        ({"p10": 0.2, "p50": 0.1, "p90": 0.3}, "may be below the one before it"),
        ({"p10": 0.1, "p50": 0.2}, "High (P90): is missing"),
        ({"p10": 0.1, "p50": 0.2, "p90": 1.2}, "from 0 to 1"),
        (0.5, "must be an object with p10, p50 and p90"),
        (None, "must be an object with p10, p50 and p90"),
    ],
)
def test_a_consensus_that_cannot_be_is_refused(agreed: Any, said: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        change(proposal(CERTAIN), "bridge.prevalence", {"judgements": [ANA], "consensus": agreed})
    assert said in str(refused.value)


@pytest.mark.parametrize("beside", [{}, {"p10": 0.1, "p50": 0.2, "p90": 0.3}, {"judgements": [ANA], "p10": 0.1}])
def test_a_consensus_stands_beside_judgements_alone(beside: dict[str, Any]) -> None:
    with pytest.raises(DocumentRefused, match="beside the judgements"):
        change(proposal(CERTAIN), "bridge.prevalence", {**beside, "consensus": AGREED})


def test_the_schema_knows_a_consensus() -> None:
    document = to_dict(change(proposal(CERTAIN), "bridge.prevalence", {"judgements": [ANA], "consensus": AGREED}))
    published().validate(document)
    document["bridge"]["prevalence"]["consensus"] = {"p10": 2}
    with pytest.raises(jsonschema.ValidationError):
        published().validate(document)


def test_a_consensus_and_another_judgement_are_put_together() -> None:
    base = change(proposal(CERTAIN), "bridge.prevalence", {"judgements": [ANA]})
    agreed = change(base, "bridge.prevalence", {"judgements": [ANA], "consensus": AGREED})
    joined = change(base, "bridge.prevalence", {"judgements": [ANA, BO]})
    found = merge(to_dict(base), to_dict(agreed), to_dict(joined))
    assert found.clashes == ()
    assert found.document["bridge"]["prevalence"] == {"judgements": [ANA, BO], "consensus": AGREED}


def test_people_of_one_name_are_told_apart() -> None:
    spec = spec_at(ASKED, "bridge.prevalence")
    names = ["Ana", "Ana (2)", "Ana", "Ana", "n" * 200, "n" * 200]
    written = recorded([judgement(spec, name, 0.1, 0.2, 0.3) for name in names])
    found = [each["by"] for each in written["judgements"]]
    assert len(set(found)) == len(names)
    assert found[:2] == ["Ana", "Ana (2)"]
    assert all(len(each) <= 200 for each in found)
    Estimate.model_validate(written)


@pytest.mark.parametrize("numbers", [(0.3, 0.2, 0.4), (0.1, 0.2, 1.1), (0.1, float("nan"), 0.3)])
def test_judgements_out_of_bounds_are_refused(numbers: tuple[float, float, float]) -> None:
    with pytest.raises(EntryRefused):
        judgement(spec_at(ASKED, "bridge.prevalence"), "Ana", *numbers)
