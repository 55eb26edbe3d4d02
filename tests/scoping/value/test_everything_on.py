"""Every addition to the value model switched on at once: streams, a limit, own terms, causes, finance, conventions.

Each is held by tests of its own; here they have to hold together.
"""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import appraise, assess, examples, read, to_dict
from scoping.document.fields import MONEY, estimate_fields
from scoping.value.remarks import Code
from scoping.value.statement import Line

pytestmark = pytest.mark.long

Document = dict[str, Any]
OWN = {
    "adoption": {"p10": 0.4, "p50": 0.6, "p90": 0.75},
    "ramp_months": {"minimum": 2, "likely": 5, "maximum": 9},
    "drift": 0.2,
    "months_of_use": 20,
    "retrain_every_months": 4,
    "retraining_cost": {"p10": 2_000, "p50": 4_000, "p90": 7_000},
    "residual_value": {"p10": 10_000, "p50": 20_000, "p90": 35_000},
    "rests_on": ["Letters may be read"],
    "first_use_months": 4,
    "benefits_by_year": [0.6, 1.1, 0.9],
}
FINANCE = {
    "tax_rate": 0.28,
    "inflation": 0.025,
    "depreciation_months": 24,
    "soft_share": 0.4,
    "soft_counts": 0.6,
    "starts": "2027-03",
    "fiscal_year_starts": 7,
}
COSTS = [
    {"name": "Licence", "timing": "at_start", "amount": 9_000, "pieces": 3, "treatment": "capital"},
    {"name": "Team", "timing": "each_build_month", "amount": 6_500, "growth": 0.04, "treatment": "capital"},
    {"name": "Seats", "timing": "monthly", "amount": 15, "pieces": 60, "growth": 0.1},
    {"name": "Fine", "timing": "one_off", "amount": 40_000, "chance": 0.2},
    {"name": "Support", "timing": "monthly", "by_year": [30_000, 24_000, 18_000]},
    {
        "name": "Roll-out",
        "timing": "one_off",
        "by_year": [20_000, 12_000],
        "pieces": {"p10": 0.9, "p50": 1, "p90": 1.3},
    },
]


def everything() -> Document:
    """The worked example of three streams, with all that a proposal may say of them."""
    found = to_dict(examples.load("claims_assistant"))
    model = found["alternatives"][2]
    returns = {
        **found["returns"],
        "cash_convention": "mid_month",
        "growth_steps": "yearly",
        "shared_causes": [{"name": "Letters may be read", "probability": 0.99}],
    }
    model = {**model, **OWN, "costs": [*model["costs"], *COSTS]}
    rules = {**found["alternatives"][1], "rests_on": ["Letters may be read"]}
    # Investigators do not grow with the claims.
    found["bridge"]["streams"][2]["task"]["most_actions_per_month"] = {"p10": 150, "p50": 210, "p90": 260}
    return {**found, "alternatives": [found["alternatives"][0], rules, model], "returns": returns, "finance": FINANCE}


def npv(document: Document, index: int = 2, draws: int = 1_024) -> float:
    expected = appraise(read(document), draws=draws).alternatives[index].expected
    assert expected is not None
    return expected


def test_nothing_is_missing_and_the_limit_is_said_to_bind() -> None:
    found = assess(read(everything()), draws=1_024)
    assert not found.missing
    limits = [each for each in found.remarks if each.code is Code.LIMIT_REACHED]
    assert [each.subjects[0] for each in limits if "One language model" in each.subjects[0]]


def test_the_statement_adds_up_to_npv_and_its_lines_to_each_other() -> None:
    found = assess(read(everything()), draws=1_024)
    assert found.finance is not None
    statement = found.finance.statement
    lines, outcome = statement.lines, found.alternatives[statement.index].outcome
    assert outcome is not None
    assert lines[Line.PRESENT_BEFORE].sum() == pytest.approx(outcome.npv.mean, rel=1e-9)
    parts = (Line.HARD, Line.SOFT, Line.SAVED, Line.RUNNING, Line.PROJECT, Line.RESIDUAL)
    assert lines[Line.EBITDA] == pytest.approx(sum(lines[each] for each in parts), rel=1e-9, abs=1e-4)


def test_the_parts_of_the_gain_are_the_gain_of_the_statement() -> None:
    """Present gains by stream, in the prices of the first day, against the lines of benefits without inflation."""
    document = everything()
    document["finance"] = {key: value for key, value in FINANCE.items() if key != "inflation"}
    document["returns"] = {**document["returns"], "discount_rate": 0}
    found = assess(read(document), draws=1_024)
    assert found.finance is not None
    statement = found.finance.statement
    own = [each.present_gain.mean or 0.0 for each in found.by_part if each.index == statement.index]
    benefits = statement.lines[Line.HARD].sum() + statement.lines[Line.SOFT].sum()
    assert sum(own) == pytest.approx(benefits, rel=1e-9)


@settings(max_examples=8, deadline=None)
@given(scale=st.floats(0.01, 100))
def test_so_many_times_the_money_is_so_many_times_the_worth(scale: float) -> None:
    document = everything()
    assert npv(times(document, scale)) == pytest.approx(scale * npv(document), rel=1e-6)


def times(document: Document, scale: float) -> Document:
    """The document with every amount of money so many times as large."""
    proposal, found = read(document), copy.deepcopy(document)
    for number, stream in enumerate(proposal.bridge.streams):  # type: ignore[union-attr]
        _scale(found["bridge"]["streams"][number]["task"], type(stream.task), scale)
    for number, alternative in enumerate(proposal.alternatives):
        row = found["alternatives"][number]
        _scale(row, type(alternative), scale)
        for place, cost in enumerate(alternative.costs):
            _scale(row["costs"][place], type(cost), scale)
            row["costs"][place]["by_year"] = [scale * amount for amount in cost.by_year]
    _scale(found["returns"], type(proposal.returns), scale)
    return found


def _scale(row: Document, model: Any, scale: float) -> None:
    for name, quantity in estimate_fields(model).items():
        if quantity.unit == MONEY.unit and row.get(name) is not None:
            value = row[name]
            row[name] = {key: scale * each for key, each in value.items()} if isinstance(value, dict) else scale * value


def test_the_order_of_streams_and_alternatives_changes_no_figure() -> None:
    document, turned = everything(), everything()
    turned["bridge"]["streams"].reverse()
    turned["alternatives"].reverse()
    assert npv(turned, 0) == pytest.approx(npv(document), rel=1e-9)


@pytest.mark.parametrize(
    ("metric", "better"), [("mail/accuracy", 0.995), ("answers/acceptance_rate", 0.8), ("invented/recall", 0.9)]
)
def test_a_better_metric_is_worth_no_less(metric: str, better: float) -> None:
    document = everything()
    document["alternatives"][2]["metrics"][metric] = better
    assert npv(document) >= npv(everything())


def test_the_break_even_of_a_stream_is_where_npv_is_nothing() -> None:
    document = everything()
    # Used to the end, by more people, it pays at some quality.
    document["alternatives"][2] = {**document["alternatives"][2], "months_of_use": None, "adoption": 0.95}
    document["finance"] = {**FINANCE, "soft_counts": 1}
    given = document["alternatives"][2]["metrics"]
    all_found = appraise(read(document), draws=65_536).break_even
    found = {each.metric: each.value for each in all_found if each.index == 2 and each.value is not None}
    assert found
    spread = abs(npv(document, draws=65_536))
    for metric, value in found.items():
        document["alternatives"][2]["metrics"] = {**given, metric: value}
        assert npv(document, draws=65_536) == pytest.approx(0, abs=0.02 * spread)
