"""The document of actuals is read against the proposal that was signed, and compared with its ranges."""

from __future__ import annotations

from typing import Any

import pytest

from scoping import DocumentRefused, Estimate, examples
from scoping.document.fields import MONEY, SHARE
from scoping.document.paths import value_at
from scoping.record import Actuals, Position, compared, percentile_of, places_of, read_actuals, write_actuals
from scoping.vocabulary import ActualKind

SIGNED = examples.load("visual_inspection")
INDEX = next(n for n, each in enumerate(SIGNED.alternatives) if each.is_machine_learning)
NAME = SIGNED.alternatives[INDEX].name
OWN = f"alternatives.{INDEX}"


def actuals(*entries: tuple[str, int, float], **more: Any) -> Actuals:
    rows = [{"about": about, "month": month, "value": value} for about, month, value in entries]
    return read_actuals({"actuals_version": 1, "alternative": NAME, "entries": rows, **more}, SIGNED)


def fact(path: str, found: Actuals, month: int | None = None) -> Any:
    return next(each for each in compared(SIGNED, found, month) if each.path == path)


@pytest.mark.parametrize("name", examples.NAMES)
def test_every_example_has_places_with_titles_and_the_ranges_that_were_signed(name: str) -> None:
    proposal = examples.load(name)
    for index, each in enumerate(proposal.alternatives):
        if each.is_status_quo:
            continue
        places = places_of(proposal, index, ["Two weeks of shadow running"])
        assert len({place.path for place in places}) == len(places)
        assert all(place.title and place.help for place in places)
        for place in places:
            written = value_at(proposal.model_dump(), place.path)
            assert place.signed is None or Estimate.model_validate(written) == place.signed or written is None


def test_what_is_written_is_read_back_unchanged() -> None:
    found = actuals((f"{OWN}.metrics.recall", 8, 0.7), through_month=9, started_on="2025-01-01")
    assert read_actuals(write_actuals(found), SIGNED) == found


@pytest.mark.parametrize(
    ("entries", "path", "said"),
    [
        ([{"about": "x", "month": 1, "value": 1}], "entries.0.about", "nothing that can be measured"),
        ([{"about": f"{OWN}.metrics.recall", "month": 1, "value": 71}], "entries.0.value", "0% to 100%"),
        ([{"about": f"{OWN}.success_probability", "month": 1, "value": 0.5}], "entries.0.value", "1 (yes) or 0 (no)"),
        ([{"about": f"{OWN}.metrics.recall", "month": 0, "value": 0.7}], "entries.0.month", "from 1 to 240"),
        ([{"about": f"{OWN}.metrics.recall", "month": 2, "value": 0.7}] * 2, "entries.1.month", "keep one"),
    ],
)
def test_a_refusal_names_the_entry_and_what_is_allowed(entries: list[dict[str, Any]], path: str, said: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_actuals({"actuals_version": 1, "alternative": NAME, "entries": entries}, SIGNED)
    (problem,) = refused.value.problems
    assert problem.path == path
    assert said in problem.allowed


@pytest.mark.parametrize("document", ["{", "[]", "{}", '{"actuals_version": 2}', '{"actuals_version": 1, "a": 1}'])
def test_what_is_no_document_of_actuals_is_refused_in_words(document: str) -> None:
    with pytest.raises(DocumentRefused):
        read_actuals(document, SIGNED)


def test_an_alternative_that_was_not_signed_is_refused_with_those_that_were() -> None:
    with pytest.raises(DocumentRefused, match=NAME):
        read_actuals({"actuals_version": 1, "alternative": "Magic"}, SIGNED)


def test_recording_ends_no_earlier_than_its_last_entry() -> None:
    with pytest.raises(DocumentRefused, match="before month 8"):
        actuals((f"{OWN}.metrics.recall", 8, 0.7), through_month=3)


@pytest.mark.parametrize(("value", "share"), [(10.0, 0.1), (20.0, 0.5), (70.0, 0.9)])
def test_the_percentile_of_a_quantile_is_its_chance(value: float, share: float) -> None:
    assert percentile_of(Estimate.of(10, 20, 70), MONEY, value) == pytest.approx(share, abs=1e-9)


def test_an_actual_in_a_mass_lies_in_its_middle_and_one_number_has_no_percentile() -> None:
    assert percentile_of(Estimate.of(0.6, 0.8, 1.0), SHARE, 1.0) == pytest.approx(0.95, abs=1e-6)
    assert percentile_of(Estimate.of(0.8), SHARE, 0.8) is None


def test_a_build_that_goes_on_takes_at_least_as_long_as_it_has_taken() -> None:
    going_on = fact(f"{OWN}.build_months", actuals(through_month=2))
    assert (going_on.actual, going_on.at_least, going_on.is_settled) == (2, True, False)
    done = fact(f"{OWN}.build_months", actuals((f"{OWN}.build_months", 7, 6.5)))
    assert (done.actual, done.at_least, done.is_settled) == (6.5, False, True)


def test_a_cost_that_is_paid_once_is_open_until_the_build_is_over() -> None:
    cost = next(place for place in places_of(SIGNED, INDEX) if place.kind is ActualKind.COST)
    assert cost.signed is not None
    spent = [(cost.path, 1, cost.signed.p10 / 4), (cost.path, 1, cost.signed.p10 / 4)]
    before = fact(cost.path, actuals(*spent))
    assert before.actual == pytest.approx(cost.signed.p10 / 2)
    assert before.position is Position.OPEN
    after = fact(cost.path, actuals(*spent, (f"{OWN}.build_months", 7, 6.0)))
    assert after.position is Position.BELOW
    assert after.is_settled


def test_a_level_is_the_mean_of_its_months_and_is_settled_by_the_third() -> None:
    recall = f"{OWN}.metrics.recall"
    entries = [(f"{OWN}.build_months", 6, 6.0), (recall, 7, 0.7), (recall, 8, 0.8), (recall, 9, 0.9)]
    assert not fact(recall, actuals(*entries), month=8).is_settled
    found = fact(recall, actuals(*entries))
    assert (found.actual, found.months, found.is_settled) == (pytest.approx(0.8), 3, True)


def test_a_level_counts_by_the_cases_it_was_measured_on() -> None:
    about = f"{OWN}.metrics.recall"
    rows = [
        {"about": about, "month": 7, "value": 0.9, "cases": 300},
        {"about": about, "month": 8, "value": 0.5, "cases": 100},
    ]
    found = fact(about, read_actuals({"actuals_version": 1, "alternative": NAME, "entries": rows}, SIGNED))
    assert (found.actual, found.cases) == (pytest.approx(0.8), 400)


def test_adoption_that_is_ramping_up_is_a_beginning_and_not_what_was_signed() -> None:
    adoption = "returns.adoption"
    entries = [(f"{OWN}.build_months", 11, 11.0), (adoption, 12, 0.2), (adoption, 13, 0.4)]
    found = fact(adoption, actuals(*entries))
    assert (found.actual, found.at_least, found.is_settled) == (0.4, True, False)
    assert found.position is Position.OPEN
    later = [(adoption, month, 0.7) for month in (17, 18, 19)]
    settled = fact(adoption, actuals(*entries, *later))
    assert (settled.actual, settled.at_least, settled.is_settled) == (pytest.approx(0.7), False, True)
    assert settled.position is Position.BELOW
