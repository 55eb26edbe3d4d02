"""A limit on the actions of a month, an own share contacted, and uplift: against closed forms and published figures."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from scoping.bridges import KINDS, Bridge
from scoping.bridges.best_first import LIMIT, kept_share
from scoping.document.estimate import Estimate
from tests.scoping.bridges.spreadsheet import Array, calculated
from tests.scoping.bridges.test_every_kind import DRAWS, around, bridge_of, drawn_inputs, read_by

shares = st.floats(0.001, 0.999)
DETECTION = {
    "cases_per_month": 1_000.0, "prevalence": 0.2, "value_of_catch": 100.0, "action_success": 0.8, "action_cost": 5.0,
    "false_alarm_cost": 3.0, "miss_cost": 20.0, "correct_pass_value": 1.0,
}  # fmt: skip
TARGETING = {
    "cases_per_month": 1_000.0, "response_rate": 0.1, "value_of_response": 50.0, "contact_cost": 2.0, "depth": 0.3,
}  # fmt: skip


def value(kind: str, inputs: dict[str, Any], metrics: dict[str, Any]) -> float:
    return float(KINDS[kind].model_construct(kind=kind).value_per_case(inputs, metrics))


def odds_ratio(positives: float, chosen: float, found: float) -> float:
    """Odds of being chosen, positives against negatives."""
    return found * (1 - positives - chosen + found) / ((chosen - found) * (positives - found))


# Best first --------------------------------------------------------------------------------------


@given(shares, shares, shares, shares)
def test_the_odds_ratio_is_the_same_at_every_share(
    positives: float, recall: float, false_positive_rate: float, part: float
) -> None:
    """Plackett 1965: the table of acted on or not by positive or not keeps its cross ratio."""
    assume(recall > false_positive_rate + 1e-3)
    found = positives * recall
    chosen = found + (1 - positives) * false_positive_rate
    acted = part * chosen
    left = found * float(kept_share(positives, chosen, found, acted))
    assert max(0.0, acted + positives - 1) - 1e-12 <= left <= min(acted, positives) + 1e-12
    assert left / acted >= found / chosen - 1e-9, "the best come first"
    # One of the four counts may be as small as rounding: compare where none is.
    if min(left, acted - left, positives - left, 1 - positives - acted + left) > 1e-6:
        expected = odds_ratio(positives, chosen, found)
        assert odds_ratio(positives, acted, left) == pytest.approx(expected, rel=1e-6)


@given(shares, shares, shares)
def test_it_is_a_logistic_roc_curve(positives: float, recall: float, threshold: float) -> None:
    """Scores of positives and negatives with logistic errors, shifted: Moses, Shapiro and Littenberg 1993."""

    def logit(share: float) -> float:
        return float(np.log(share / (1 - share)))

    def share_above(logit_of: float) -> float:
        return float(1 / (1 + np.exp(-logit_of)))

    shift = 1.5
    alarms = share_above(logit(recall) - shift)
    stricter = logit(recall) + np.log(threshold)
    caught, false = share_above(stricter), share_above(stricter - shift)
    chosen, acted = (positives * r + (1 - positives) * f for r, f in ((recall, alarms), (caught, false)))
    left = recall * float(kept_share(positives, chosen, positives * recall, acted))
    assert left == pytest.approx(caught, rel=1e-6)


def test_it_is_close_to_the_binormal_curve_that_roc_auc_stands_for() -> None:
    distance, q = np.sqrt(2) * ndtri(0.8), 0.1
    recall, alarms = ndtr(distance - 1.0), ndtr(-1.0)
    chosen = q * recall + (1 - q) * alarms
    for threshold in (1.25, 1.5, 1.75):
        caught, false = ndtr(distance - threshold), ndtr(-threshold)
        acted = q * caught + (1 - q) * false
        # A logistic tail is heavier: of the very best cases it has fewer positives.
        assert recall * kept_share(q, chosen, q * recall, acted) == pytest.approx(caught, rel=0.15)


def test_a_model_known_by_its_roc_auc_ranks_also_where_everybody_is_flagged() -> None:
    """Acting costs nothing and the threshold flags all: people act on the best, as the binormal curve has it."""
    inputs = {**DETECTION, "action_cost": 0.0, "false_alarm_cost": 0.0, "correct_pass_value": 0.0, "miss_cost": 0.0}
    bridge = KINDS["detection"].model_construct(kind="detection")
    distance, threshold = np.sqrt(2) * ndtri(0.9), 1.2
    caught, false = ndtr(distance - threshold), ndtr(-threshold)
    limited = {**inputs, LIMIT: 1_000 * (0.2 * caught + 0.8 * false)}
    assert bridge.chosen_share(limited, {"roc_auc": 0.9}) == pytest.approx(1)
    assert value("detection", limited, {"roc_auc": 0.9}) == pytest.approx(0.2 * caught * 80, rel=0.02)
    assert value("detection", limited, {"roc_auc": 0.5}) == pytest.approx(0.2 * limited[LIMIT] / 1_000 * 80)


@pytest.mark.parametrize(
    ("positives", "chosen", "found", "acted", "kept"),
    [
        (0.2, 1.0, 0.2, 0.5, 0.5),  # everybody: there is no order
        (0.2, 0.5, 0.1, 0.25, 0.5),  # by chance
        (0.2, 0.5, 0.05, 0.25, 0.5),  # worse than chance
        (0.2, 0.1, 0.1, 0.05, 0.5),  # nothing but positives
        (0.2, 0.4, 0.2, 0.1, 0.5),  # all positives: those that are acted on are positive
        (0.2, 0.4, 0.2, 0.3, 1.0),  # and there are no more of them
        (0.2, 0.0, 0.0, 0.0, 1.0),  # nothing chosen
        (0.2, 0.3, 0.0, 0.1, 1 / 3),  # nothing found
        (0.0, 0.3, 0.0, 0.1, 1 / 3),  # nothing to find
        (1.0, 0.3, 0.3, 0.1, 1 / 3),  # nothing else to find
        (0.2, 0.3, 0.1, 0.0, 0.0),  # nobody to act
    ],
)
def test_the_ends_of_the_curve(positives: float, chosen: float, found: float, acted: float, kept: float) -> None:
    assert kept_share(positives, chosen, found, acted) == pytest.approx(kept, abs=1e-12)


@given(shares, shares, shares, st.floats(0, 2_000), st.floats(0, 500))
def test_more_people_are_never_worth_less_where_a_catch_pays(
    prevalence: float, recall: float, rate: float, limit: float, more: float
) -> None:
    inputs = {
        **DETECTION,
        "prevalence": prevalence,
        "action_cost": 0.0,
        "false_alarm_cost": 0.0,
        "correct_pass_value": 0.0,
    }
    metrics = {"recall": recall, "false_positive_rate": rate}
    fewer, many = (value("detection", {**inputs, LIMIT: n}, metrics) for n in (limit, limit + more))
    assert many >= fewer - 1e-9
    without = value("detection", inputs, metrics)
    assert many <= without + 1e-9
    flagged = 1_000 * (prevalence * recall + (1 - prevalence) * rate)
    if limit > flagged:
        assert fewer == without


def test_without_people_a_model_is_worth_what_none_is() -> None:
    metrics = {"recall": 0.7, "precision": 0.4}
    nothing = {"recall": 0.0, "false_positive_rate": 0.0}
    assert value("detection", {**DETECTION, LIMIT: 0.0}, metrics) == pytest.approx(
        value("detection", DETECTION, nothing)
    )
    assert value("targeting", {**TARGETING, LIMIT: 0.0}, {"lift_at_depth": 2.0}) == 0


def test_a_limit_on_everybody_is_met_by_chance() -> None:
    """8 a day are 168 visits a month to 175 patients, of whom nobody says which come first."""
    inputs = {**DETECTION, "cases_per_month": 175.0, "prevalence": 0.22}
    everybody = {"recall": 1.0, "false_positive_rate": 1.0}
    part = 168 / 175
    for metrics in (everybody, {"recall": 1.0, "precision": 0.22}):
        limited = value("detection", {**inputs, LIMIT: 168.0}, metrics)
        all_, none = (
            value("detection", inputs, each) for each in (everybody, {"recall": 0.0, "false_positive_rate": 0.0})
        )
        assert limited == pytest.approx(part * all_ + (1 - part) * none)


# Spreadsheet -------------------------------------------------------------------------------------

OPTIONAL = {"detection": (LIMIT,), "targeting": (LIMIT, "respond_anyway", "own depth")}
MIXES = [
    (kind, frozenset(name for name, on in zip(names, given, strict=True) if on))
    for kind, names in OPTIONAL.items()
    for given in product((False, True), repeat=len(names))
    if any(given)
]


@pytest.mark.parametrize(("kind", "given_"), MIXES)
def test_its_spreadsheet_formulas_give_its_value_with_whatever_may_stay_empty(
    kind: str, given_: frozenset[str]
) -> None:
    bridge, random = bridge_of(kind), np.random.default_rng(3)
    for group in bridge.sets():
        inputs, metrics = _drawn(bridge, group, random, given_)
        expected = bridge.value_per_case(inputs, metrics)
        found = _by_spreadsheet(bridge, inputs, metrics)
        assert np.ptp(expected) > 0
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())


def _drawn(bridge: Bridge, group: tuple[str, ...], random: np.random.Generator, given_: frozenset[str]) -> Any:
    inputs = drawn_inputs(bridge, random)
    metrics = {each.name: around(each.quantity, 1.0, random) for each in read_by(bridge, group)}
    if LIMIT in given_:
        inputs[LIMIT] = inputs["cases_per_month"] * random.uniform(0, 1, DRAWS)
    if "respond_anyway" in given_:
        inputs["respond_anyway"] = random.uniform(0, 1, DRAWS)
    if "own depth" in given_:
        metrics["depth"] = random.uniform(0, 1, DRAWS)
    return inputs, metrics


def _by_spreadsheet(bridge: Bridge, inputs: dict[str, Array], metrics: dict[str, Array]) -> Array:
    """Step by step, each in a cell of its own, and then the formula."""
    named = {name: f"input_{name}" for name in inputs}
    measured = {name: f"metric_{name}" for name in metrics}
    cells = {named[name]: each for name, each in inputs.items()} | {measured[name]: metrics[name] for name in metrics}
    for name, formula in bridge.formula_steps(named, measured, lambda name: f"step_{name}").items():
        cells[f"step_{name}"] = calculated(formula, cells)
        measured[name] = f"step_{name}"
    return calculated(bridge.formula_per_case(named, measured), cells)


# Reach and uplift --------------------------------------------------------------------------------


def test_the_campaign_of_hillstrom() -> None:
    """The MineThatData e-mail challenge (Hillstrom 2008), 64,000 customers in three groups.

    The men's e-mail brings 1.253 % conversions and USD 1.423 a head, no e-mail 0.573 % and 0.653: 0.77 a head more.
    """
    inputs = {
        "response_rate": 0.01253, "respond_anyway": 0.00573, "value_of_response": 1.423 / 0.01253, "contact_cost": 0.0,
    }  # fmt: skip
    worth = value("targeting", inputs, {"depth": 1.0})
    assert worth == pytest.approx(0.77, abs=0.005)
    without_control = value(
        "targeting", {name: each for name, each in inputs.items() if name != "respond_anyway"}, {"depth": 1.0}
    )
    assert without_control == pytest.approx(1.423), "all responses counted, the e-mail seems worth nearly twice as much"


def test_a_campaign_that_puts_people_off_loses_money() -> None:
    inputs = {**TARGETING, "respond_anyway": 0.12}
    assert value("targeting", inputs, {"lift_at_depth": 1.0}) == pytest.approx(0.3 * (-0.02 * 50 - 2))
    assert value("targeting", inputs, {"lift_at_depth": 2.0}) < value("targeting", inputs, {"lift_at_depth": 1.0})


@given(shares, shares, shares, st.floats(0, 900))
def test_no_choice_brings_more_responses_than_there_can_be(
    rate: float, anyway: float, depth: float, lift: float
) -> None:
    inputs = {**TARGETING, "response_rate": rate, "respond_anyway": anyway, "depth": depth}
    brought = value("targeting", {**inputs, "value_of_response": 1.0, "contact_cost": 0.0}, {"lift_at_depth": lift})
    assert -min(depth, anyway) - 1e-12 <= brought <= min(depth, rate) + 1e-12


def test_nobody_responds_anyway_is_what_empty_counts() -> None:
    for lift in (0.5, 2.0, 50.0):
        empty, none = (
            value("targeting", {**TARGETING, **more}, {"lift_at_depth": lift}) for more in ({}, {"respond_anyway": 0.0})
        )
        assert none == pytest.approx(empty, rel=1e-12)


def test_an_alternative_contacts_its_own_share() -> None:
    shared = value("targeting", {**TARGETING, "depth": 0.5}, {"lift_at_depth": 1.5})
    assert value("targeting", TARGETING, {"lift_at_depth": 1.5, "depth": 0.5}) == shared
    everybody = {name: each for name, each in TARGETING.items() if name != "depth"}
    assert value("targeting", everybody, {"depth": 1.0}) == pytest.approx(0.1 * 50 - 2)


def test_a_pilot_splits_its_sample_into_contacted_and_control() -> None:
    bridge = KINDS["targeting"].model_construct(kind="targeting", respond_anyway=Estimate.of(0.04))
    plain = bridge.reading_error("lift_at_depth", 2.0, 1_000.0, TARGETING)
    apart = bridge.reading_error("lift_at_depth", 2.0, 1_000.0, {**TARGETING, "respond_anyway": 0.04})
    assert plain == pytest.approx(np.sqrt(0.2 * 0.8 / 300) / 0.1)
    assert apart == pytest.approx(np.sqrt((0.2 * 0.8 + 0.08 * 0.92) / 150) / 0.06)
    assert [each.portion for each in bridge.counted({**TARGETING, "respond_anyway": 0.04}, {})] == [0.5, 0.5]
    assert bridge.reading_error("depth", 0.3, 1_000.0, TARGETING) is None
