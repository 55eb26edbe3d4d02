"""Any finance section, costs booked either way, under any convention: an independent notebook agrees."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoping import read, to_dict
from scoping.value.model import value_model
from scoping.value.simulate import simulate
from scoping.value.statement import FinanceView, Line, finance_view
from scoping.vocabulary import CashConvention


def notebook(document: dict[str, Any]) -> tuple[float, float]:
    """NPV before and after tax of a certain document worth 1 a case, written down the way a notebook would."""
    returns, model, finance = document["returns"], document["alternatives"][1], document["finance"]
    horizon, build, chance = returns["horizon_months"], model["build_months"], model["success_probability"]
    prices, rate = 1 + finance["inflation"], 1 + returns["discount_rate"]
    rate *= prices if finance["rate_is"] == "real" else 1
    part = 1 - finance["soft_share"] * (1 - finance["soft_counts"])
    cash, spent = np.zeros(horizon + 1), np.zeros(horizon + 1)
    when = np.array([0.0, *(moment(month, returns["cash_convention"], horizon) for month in range(1, horizon + 1))])
    for month in range(1, horizon + 1):
        live = min(max(month - build, 0), 1)
        cash[month] = chance * live * (120 * part - sum(_due(model, "monthly")))
        shares = max(min(build, month) - (month - 1), 0) / build if build else float(month == 1)
        shares += max(build - horizon, 0) / build if build and month == horizon else 0
        for cost in model["costs"]:
            if cost["timing"] == "one_off":
                _book(cost, cash, spent, month, shares)
            if cost["timing"] == "each_build_month":
                _book(cost, cash, spent, month, min(max(build - (month - 1), 0), 1))
    for cost in model["costs"]:
        if cost["timing"] == "at_start":
            _book(cost, cash, spent, 0, 1)
    cash, spent = cash * prices ** (when / 12), spent * prices ** (when / 12)
    off = _written_off(spent.sum(), build, finance["depreciation_months"], chance, horizon)
    discount = rate ** (-when / 12)
    tax = finance["tax_rate"] * (cash + spent - off)
    return float((discount * cash).sum()), float((discount * (cash - tax)).sum())


def moment(month: int, convention: str, horizon: int) -> float:
    return {"month_end": month, "mid_month": month - 0.5, "year_end": min(12 * math.ceil(month / 12), horizon)}[
        convention
    ]


def _due(model: dict[str, Any], timing: str) -> list[float]:
    return [cost["amount"] for cost in model["costs"] if cost["timing"] == timing]


def _book(cost: dict[str, Any], cash: np.ndarray, spent: np.ndarray, month: int, share: float) -> None:
    cash[month] -= cost["amount"] * share
    if cost.get("treatment") == "capital":
        spent[month] += cost["amount"] * share


def _written_off(capital: float, build: float, life: float, chance: float, horizon: int) -> np.ndarray:
    off = np.zeros(horizon + 1)
    for month in range(1, horizon + 1):
        in_use = max(min(month, build + life) - max(month - 1, build), 0) / life
        fails = max(min(month, build + 1) - max(month - 1, build), 0)
        off[month] = capital * (chance * in_use + (1 - chance) * fails)
    off[horizon] += capital - off.sum()
    return off


BOOKED = st.sampled_from(["capital", "operating"])
FOR_BUILD = st.sampled_from(["one_off", "at_start", "each_build_month"])
OF_BUILD = st.fixed_dictionaries({"timing": FOR_BUILD, "amount": st.integers(0, 900), "treatment": BOOKED})
RUNNING = st.fixed_dictionaries({"timing": st.just("monthly"), "amount": st.integers(0, 90)})
FINANCE = st.fixed_dictionaries(
    {
        "tax_rate": st.sampled_from([0, 0.25, 1]),
        "depreciation_months": st.sampled_from([1, 7.5, 36, 600]),
        "inflation": st.sampled_from([-0.02, 0, 0.03, 0.4]),
        "rate_is": st.sampled_from(["real", "nominal"]),
        "soft_share": st.sampled_from([0, 0.3, 1]),
        "soft_counts": st.sampled_from([0, 0.5, 1]),
        "fiscal_year_starts": st.integers(1, 12),
    }
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.one_of(OF_BUILD, RUNNING), max_size=5),
    FINANCE,
    st.sampled_from(list(CashConvention)),
    st.sampled_from([0, 1, 2.5, 7, 30]),
    st.sampled_from([0, 0.4, 1]),
    st.sampled_from([1, 12, 25]),
    st.sampled_from([0, 0.08]),
)
def test_any_finance_under_any_convention_agrees_with_a_notebook(
    costs: list[dict[str, Any]],
    finance: dict[str, Any],
    convention: CashConvention,
    build: float,
    chance: float,
    horizon: int,
    rate: float,
) -> None:
    document = {
        "title": "Any",
        "bridge": {"kind": "ranking", "cases_per_month": 120, "baseline_conversion": 0.5, "margin": 2},
        "alternatives": [
            {"name": "Today", "kind": "status_quo"},
            {
                "name": "Model",
                "kind": "rules",
                "metrics": {"lift": 1.0},
                "build_months": build,
                "success_probability": chance,
                "costs": costs,
            },
        ],
        "returns": {"horizon_months": horizon, "discount_rate": rate, "cash_convention": str(convention)},
        "finance": finance,
    }
    found = viewed(document)
    statement, worth = found.statement, found.worth[0]
    before, after = notebook(document)
    assert worth.after_tax is not None
    close = {"rel": 1e-9, "abs": 1e-6}
    assert worth.before_tax.mean == pytest.approx(before, **close)
    assert worth.after_tax.mean == pytest.approx(after, **close)
    assert statement.lines[Line.PRESENT_BEFORE].sum() == pytest.approx(before, **close)
    assert statement.lines[Line.PRESENT_AFTER].sum() == pytest.approx(after, **close)
    assert to_dict(read(to_dict(read(document)))) == to_dict(read(document))


def viewed(document: dict[str, Any]) -> FinanceView:
    model = value_model(read(document))
    assert model is not None
    return finance_view(model, simulate(model, 256, in_detail=False), 1)
