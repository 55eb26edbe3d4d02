"""What an organisation lays down: read, refused in words, taken by proposals, and never lost in them."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scoping import DocumentRefused, Proposal, assess, content_hash, examples, read, to_dict
from scoping.document.estimate import Estimate
from scoping.document.own import MOST_OWN
from scoping.document.paths import Path
from scoping.organisation import (
    Organisation,
    begun,
    check_finished,
    offered_costs,
    organisation_schema,
    read_file,
    read_organisation,
    standards,
    taken_over,
    to_settings,
    would_be,
    write_file,
    write_organisation,
)
from scoping.organisation.editing import changed, without_row
from scoping.reports.settings import settings_changes
from tests.scoping.organisation.samples import house, settings

FEW = 512
FILE = {
    "review": {"functions": [{"name": "works council", "is_always": True}], "needs_submission": True},
    "currencies": {"display": "EUR", "rates": [{"currency": "USD", "rate": 0.92, "as_of": "2026-11-01"}]},
}


def refused(document: Any) -> dict[str, str]:
    with pytest.raises(DocumentRefused) as found:
        read_organisation(document)
    return {problem.path: str(problem.allowed) for problem in found.value.problems}


def test_what_is_written_is_read_back_unchanged() -> None:
    assert read_organisation(write_organisation(house())) == house()
    file = read_file(settings(**FILE))
    assert read_file(write_file(file)) == file
    assert file.settings == house()


def test_the_schema_takes_what_the_reader_takes() -> None:
    validator = Draft202012Validator(organisation_schema())
    assert list(validator.iter_errors(settings(**FILE))) == []
    assert list(validator.iter_errors({"organisation_version": 1, "returns": {"horizon_months": 0}}))


@pytest.mark.parametrize(
    ("others", "place", "allowed"),
    [
        ({"returns": {"discount_rate": 11}}, "returns.discount_rate", "from 0 to 10"),
        ({"returns": {"horizon_months": 2.5}}, "returns.horizon_months", "whole number"),
        ({"organisation_version": 2}, "organisation_version", "must be 1"),
        ({"thresholds": {"near_even": 0.7}}, "thresholds.near_even", "from 0 to 0.5"),
        ({"switched_off": ["nobody_asks"]}, "switched_off.0", "is not a question of the catalogue"),
        ({"colour": "red"}, "colour", "is not a field here"),
        ({"fields": [{"title": "A", "id": "No Such"}]}, "fields.0.id", "small letters, digits and underscores"),
        ({"fields": [{"id": "a"}, {"id": "a"}]}, "fields.1.id", "another field"),
        ({"fields": [{"id": "a", "lowest": 2, "highest": 1}]}, "fields.0.lowest", "must not be above"),
        ({"questions": [{"id": "acted_on"}]}, "questions.0.id", "another question"),
        ({"costs": [{"name": "A", "amount": 1, "by_year": [1]}]}, "costs.0.by_year", "must be empty"),
        ({"currency": "XYZ"}, "currency", "ISO 4217"),
    ],
)
def test_bad_settings_are_refused_with_place_and_what_is_allowed(
    others: dict[str, Any], place: str, allowed: str
) -> None:
    assert allowed in refused({"organisation_version": 1, **others})[place]


@pytest.mark.parametrize("document", ["[", "[1]", '{"title": "a proposal"}', '{"a": 1, "a": 2}', "{}"])
def test_what_are_no_settings_is_refused(document: str) -> None:
    assert refused(document)


def test_what_is_declared_by_halves_may_be_worked_on_and_is_not_laid_down() -> None:
    half = {"questions": [{"question": "Why?"}], "fields": [{"kind": "choice", "title": "Site"}], "day_rates": [{}]}
    organisation = read_organisation({"organisation_version": 1, **half})
    with pytest.raises(DocumentRefused) as found:
        check_finished(organisation)
    assert [str(each.path) for each in found.value.problems] == [
        "day_rates.0.name", "day_rates.0.amount", "questions.0.id", "questions.0.answers",
        "fields.0.id", "fields.0.choices",
    ]  # fmt: skip
    check_finished(house())


@pytest.mark.parametrize(
    ("others", "place", "allowed"),
    [
        ({"questions": [{"answers": ["Yes", "Yes", "No"]}]}, "questions.0.answers.1", "stands there twice"),
        ({"questions": [{"answers": ["Yes", " "]}]}, "questions.0.answers.1", "must not be empty"),
        ({"questions": [{"answers": ["Yes", "dont_know"]}]}, "questions.0.answers.1", "use other words"),
        ({"fields": [{"kind": "choice", "choices": ["Ulm", "Ulm"]}]}, "fields.0.choices.1", "stands there twice"),
        ({"fields": [{"kind": "choice", "choices": ["\t"]}]}, "fields.0.choices.0", "must not be empty"),
    ],
)
def test_words_among_which_nobody_could_choose_are_not_laid_down(
    others: dict[str, Any], place: str, allowed: str
) -> None:
    with pytest.raises(DocumentRefused) as found:
        check_finished(read_organisation({"organisation_version": 1, **others}))
    assert allowed in {each.path: str(each.allowed) for each in found.value.problems}[place]


def test_a_file_with_two_rates_of_one_currency_is_refused_by_its_place() -> None:
    rates = [{"currency": "USD", "rate": rate, "as_of": "2020-01-01"} for rate in (0.9, 0.8)]
    with pytest.raises(DocumentRefused, match=r"currencies\.rates\.1\.currency.*one a currency"):
        read_file(settings(currencies={"display": "EUR", "rates": rates}))


def test_as_many_declarations_as_there_may_be_are_taken_over_beside_those_that_hold_something() -> None:
    many: dict[str, list[dict[str, Any]]] = {
        name: [{"question": "Why?", "id": f"{name}{number}", "answers": ["Yes", "No"]} for number in range(MOST_OWN)]
        for name in ("old", "new")
    }
    document = to_dict(taken_over(house(questions=many["old"]), 1, examples.load("visual_inspection")))
    document["feasibility"]["answers"] |= {each["id"]: {"choice": "Yes"} for each in many["old"]}
    later = taken_over(house(questions=many["new"]), 2, read(document))
    assert [each.id for each in later.organisation.questions] == [
        *(each["id"] for each in many["new"]), *(each["id"] for each in many["old"]),
    ]  # fmt: skip


def test_a_new_proposal_begins_with_what_is_laid_down_and_with_nothing_where_nothing_is() -> None:
    proposal = begun(house(currency="CHF"), 3, "New")
    assert (proposal.currency, proposal.returns.horizon_months) == ("CHF", 48)
    assert proposal.returns.discount_rate == Estimate(p10=0.07, p50=0.09, p90=0.12)
    assert (proposal.finance.tax_rate, proposal.finance.fiscal_year_starts) == (0.3, 7)
    assert proposal.organisation.version == 3
    assert proposal.organisation.thresholds.risky_loss == 0.15
    assert begun(Organisation(), 0, "New") == read({"title": "New"})


@pytest.mark.parametrize("name", examples.NAMES)
def test_examples_say_the_same_without_settings(name: str) -> None:
    example = examples.load(name)
    assert read(to_dict(example)) == example
    assert "organisation" not in {key for key, value in example.model_dump(exclude_defaults=True).items() if value}


def test_thresholds_decide_conditions_and_no_figure() -> None:
    example = examples.load("visual_inspection")
    before = assess(example, FEW)
    loss = before.leader().outcome.probability_of_loss  # type: ignore[union-attr]
    low, high = (_with_thresholds(example, risky_loss=share) for share in (loss / 2, loss * 1.5))
    told = [" ".join(assess(each, FEW).verdict.conditions) for each in (low, high)]
    assert ["agree beforehand when to stop" in each for each in told] == [True, False]
    assert assess(low, FEW).leader().outcome.npv == before.leader().outcome.npv  # type: ignore[union-attr]
    assert assess(low, FEW).verdict.recommendation is before.verdict.recommendation
    assert content_hash(low) != content_hash(example)


def _with_thresholds(proposal: Proposal, **values: float) -> Proposal:
    return read({**to_dict(proposal), "organisation": {"thresholds": values}})


def test_what_differs_is_told_and_taken_over_where_asked() -> None:
    example = examples.load("visual_inspection")
    found = {str(each.path): each for each in standards(house(), example)}
    assert found["returns.horizon_months"].standard == 48
    assert found["returns.horizon_months"].here == example.returns.horizon_months
    assert not found["organisation.thresholds.risky_loss"].is_taken
    some = taken_over(house(), 2, example, ["returns.horizon_months"])
    assert some.returns.horizon_months == 48
    assert some.organisation.thresholds == example.organisation.thresholds
    whole = taken_over(house(), 2, example)
    assert all(each.is_taken for each in standards(house(), whole))
    assert whole.alternatives == example.alternatives
    assert whole.currency == example.currency


def test_an_own_question_is_asked_scored_and_can_stop_a_project() -> None:
    example = taken_over(house(), 1, examples.load("visual_inspection"))
    assert any("works council" in str(path) or "works_council" in str(path) for path in assess(example, FEW).missing)
    stopped = read(_answered(example, "No"))
    assert assess(stopped, FEW).verdict.recommendation == "stop"
    assert "Has the works council agreed? No" in assess(stopped, FEW).verdict.reasons
    agreed = assess(read(_answered(example, "Yes")), FEW)
    assert agreed.verdict.recommendation == assess(examples.load("visual_inspection"), FEW).verdict.recommendation
    with pytest.raises(DocumentRefused, match="allowed: Yes, In talks, No, dont_know"):
        read(_answered(example, "Perhaps"))


def _answered(proposal: Proposal, choice: str) -> dict[str, Any]:
    document = to_dict(proposal)
    document["feasibility"]["answers"]["works_council"] = {"choice": choice}
    return document


def test_a_question_that_is_switched_off_is_neither_asked_nor_missed() -> None:
    example = examples.load("visual_inspection")
    document = to_dict(example)
    del document["feasibility"]["answers"]["acted_on"]
    assert assess(read(document), FEW).missing
    document["organisation"] = {"switched_off": ["acted_on"]}
    found = assess(read(document), FEW)
    assert not found.missing
    assert "acted_on" not in {gate.id for gate in found.feasibility.gates}


def test_what_was_answered_keeps_the_question_under_which_it_was() -> None:
    example = read(_answered(taken_over(house(), 1, examples.load("visual_inspection")), "In talks"))
    other = {**settings()["questions"][0], "answers": ["Agreed", "Refused"]}
    assert taken_over(house(questions=[other]), 2, example).organisation.questions == example.organisation.questions
    assert taken_over(house(questions=[]), 2, example).organisation.questions == example.organisation.questions
    longer = {**other, "answers": ["Yes", "In talks", "Asked", "No"]}
    assert len(taken_over(house(questions=[longer]), 2, example).organisation.questions[0].answers) == 4


def test_own_values_are_checked_where_they_are_declared_and_kept_where_they_are_not() -> None:
    example = taken_over(house(), 1, examples.load("visual_inspection"))
    own = {"cost_centre": "4711", "co2": 12.5, "site": "Graz", "elsewhere": "kept"}
    filled = read({**to_dict(example), "own": own})
    assert to_dict(filled)["own"] == own
    assert to_dict(read(to_dict(filled)))["own"] == own
    for name, value, allowed in (
        ("co2", 101, "from 0 to 100"),
        ("co2", "x", "from 0"),
        ("site", "Wien", "Ulm, Graz"),
        ("cost_centre", 1, "text"),
    ):
        with pytest.raises(DocumentRefused, match=allowed):
            read({**to_dict(example), "own": {name: value}})
    for value in (True, None, [1], float("nan"), "x" * 20_001):
        with pytest.raises(DocumentRefused, match="own"):
            read({**to_dict(example), "own": {"any": value}})
    # The organisation changed its mind: what stands there stays, under the declaration that it has.
    narrower = [{"title": "Emissions", "id": "co2", "kind": "number", "highest": 1}]
    later = taken_over(house(fields=narrower), 2, filled)
    assert dict(later.own) == own
    assert {each.id for each in later.organisation.fields} == {"co2", "cost_centre", "site"}
    stranger = read({"title": "t", "own": {"co2": "much"}})
    assert dict(taken_over(house(), 1, stranger).own) == {"co2": "much"}


def test_what_was_emptied_again_moves_no_hash() -> None:
    assert content_hash(read({"title": "t", "own": {"a": ""}})) == content_hash(read({"title": "t"}))


def test_costs_are_offered_to_whom_they_fit_in_one_currency() -> None:
    example = examples.load("visual_inspection")
    today = next(index for index, each in enumerate(example.alternatives) if each.is_status_quo)
    other = 0 if today else 1
    names = [[cost.name for cost in offered_costs(house(), example, index)] for index in (other, today)]
    assert names == [["GPU server", "Licence", "Data scientist"], ["GPU server", "Data scientist"]]
    assert offered_costs(house(currency="CHF"), example, other) == ()
    day = offered_costs(house(), example, other)[-1]
    assert (day.amount, day.pieces) == (Estimate.of(950), Estimate.of(1))


def test_a_form_changes_a_value_adds_a_row_and_takes_one_out() -> None:
    once = changed(Organisation(), "day_rates.0.name", "Engineer")
    assert [each.name for each in once.day_rates] == ["Engineer"]
    assert without_row(once, Path.of("day_rates", 0)) == Organisation()
    with pytest.raises(DocumentRefused, match="from 0 to 1"):
        changed(Organisation(), "thresholds.risky_loss", 3)
    assert to_settings(changed(house(), "returns.discount_rate", None))["returns"].keys() == {
        "horizon_months", "cash_convention", "growth_steps",
    }  # fmt: skip


def test_what_a_file_would_change_is_said_field_by_field() -> None:
    now = read_file({"organisation_version": 1, **FILE})
    after = would_be(now, read_file(settings()))
    assert (after.review, after.currencies) == (now.review, now.currencies)
    told = {str(each.label): (str(each.old), str(each.new)) for each in settings_changes(now, after)}
    assert told["Thresholds of the verdict: Risky chance of loss"] == ("25%", "15%")
    assert told["Returns: Horizon"] == ("", "48 months")
    assert "Amount: 1,200 EUR" in told["Standard costs: GPU server"][1]
    assert told["Questions that are not asked"][1].startswith("Has a comparable organisation")
    assert settings_changes(after, after) == ()
