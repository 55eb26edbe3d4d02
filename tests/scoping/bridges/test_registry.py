"""What every kind of task must bring, by name: a new file in scoping/bridges is held by these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import examples
from scoping.bridges import KINDS, Bridge
from scoping.document.fields import estimate_names, quantity_of
from scoping.vocabulary import Better
from tests.spreadsheet import calculated

EXAMPLES = {name: examples.load(name) for name in examples.NAMES}


def example_of(kind: str) -> Bridge:
    """The bridge of the first worked example of a kind."""
    found = (each.bridge for each in EXAMPLES.values() if each.bridge is not None and each.bridge.kind == kind)
    bridge = next(found, None)
    assert bridge is not None, f"{kind}: no worked example in scoping/examples"
    return bridge


def inputs_of(bridge: Bridge) -> dict[str, float]:
    """The P50 of every input of a kind of task."""
    names = estimate_names(type(bridge))
    return {name: getattr(bridge, name).p50 for name in names if getattr(bridge, name) is not None}


def between(lower: float, upper: float) -> st.SearchStrategy[float]:
    """Numbers of a size that somebody might type."""
    return st.floats(max(lower, -1e6) + 1e-3, min(upper, 1e6) - 1e-3, allow_nan=False)


@st.composite
def worlds(draw: st.DrawFn, kind: str) -> tuple[Bridge, dict[str, float], dict[str, float]]:
    """A kind's inputs and one set of its metrics, at random but such that they can go together."""
    bridge = example_of(kind)
    inputs = {}
    for name in estimate_names(type(bridge)):
        quantity = quantity_of(type(bridge).model_fields[name])
        assert quantity is not None
        inputs[name] = draw(between(quantity.lower, min(quantity.upper, 1e4)), label=name)
    chosen = draw(st.sampled_from(bridge.sets()), label="metrics")
    defaults = [metric.name for metric in bridge.metrics if metric.default is not None]
    metrics = {name: draw(between(*_bounds(bridge, name)), label=name) for name in dict.fromkeys([*chosen, *defaults])}
    return bridge, inputs, metrics


def _bounds(bridge: Bridge, name: str) -> tuple[float, float]:
    quantity = bridge.metric_named(name).quantity
    return quantity.lower, min(quantity.upper, 1e3)


def go_together(inputs: Mapping[str, float], metrics: Mapping[str, float]) -> bool:
    """Not more false alarms than negatives, not more responses than responders (what the document refuses)."""
    if {"recall", "precision"} <= set(metrics):
        q, r, p = inputs["prevalence"], metrics["recall"], metrics["precision"]
        return q * r * (1 - p) / p < 1 - q
    if "lift_at_depth" in metrics:
        return metrics["lift_at_depth"] * max(inputs["depth"], inputs["response_rate"]) < 1
    return True


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_it_says_what_it_is(kind: str) -> None:
    bridge = KINDS[kind]
    assert bridge.title
    assert bridge.about.endswith(".")
    assert bridge.formula.startswith("v =")
    assert len(bridge.source) > 20
    assert bridge.__doc__
    for metric in example_of(kind).metrics:
        assert metric.title, f"{kind}: {metric.name} has no title"
        assert metric.help.endswith("."), f"{kind}: {metric.name} has no help"
    for method in ("value_per_case", "formula_per_case", "metrics"):
        assert getattr(bridge, method).__doc__, f"{kind}: {method} has no docstring"


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(data=st.data())
def test_its_value_is_that_of_its_spreadsheet_formula(kind: str, data: st.DataObject) -> None:
    bridge, inputs, metrics = data.draw(worlds(kind))
    names = {**{name: name for name in inputs}, **{name: _cell(name) for name in metrics}}
    cells: dict[str, Any] = {**inputs, **{_cell(name): value for name, value in metrics.items()}}
    formula = bridge.formula_per_case({name: names[name] for name in inputs}, {name: names[name] for name in metrics})
    scale = 1 + sum(abs(value) for value in inputs.values())
    assert calculated(formula, cells) == pytest.approx(
        float(bridge.value_per_case(inputs, metrics)), rel=1e-7, abs=1e-7 * scale
    )
    without = bridge.value_without_model(inputs)
    if without is not None:
        idle = calculated(bridge.formula_without_model({name: name for name in inputs}), inputs)
        assert idle == pytest.approx(float(without), rel=1e-7, abs=1e-7 * scale)


def _cell(name: str) -> str:
    return "metric_" + "".join(letter if letter.isalnum() else "_" for letter in name)


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(data=st.data())
def test_what_a_sample_counts_are_shares_of_what_was_counted_before(kind: str, data: st.DataObject) -> None:
    bridge, inputs, metrics = data.draw(worlds(kind))
    if not go_together(inputs, metrics):
        return
    before = {""}
    for each in bridge.counted(inputs, metrics):
        assert each.among in before, f"{kind}: {each.name}"
        assert each.name in metrics or each.name in bridge.told, f"{kind}: {each.name}"
        assert -1e-9 <= float(each.share) <= 1 + 1e-9, f"{kind}: {each.name}"
        assert 0 < each.portion <= 1
        before.add(each.name)
    assert set(bridge.told) <= before, f"{kind}: what it says that a sample tells is not counted"


@pytest.mark.parametrize("kind", sorted(KINDS))
@given(data=st.data())
def test_its_value_is_monotone_in_each_metric(kind: str, data: st.DataObject) -> None:
    bridge, inputs, metrics = data.draw(worlds(kind))
    for name in metrics:
        lower, upper = _bounds(bridge, name)
        steps = np.linspace(lower + 1e-3, upper - 1e-3, 15)
        moved = [{**metrics, name: float(step)} for step in steps]
        values = np.array([float(bridge.value_per_case(inputs, each)) for each in moved if go_together(inputs, each)])
        differences = np.diff(values)
        slack = 1e-9 * (1 + np.abs(values).max(initial=0.0))
        assert (differences >= -slack).all() or (differences <= slack).all(), f"{kind}: {name}"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_better_metric_is_worth_more_in_its_worked_example(kind: str) -> None:
    """Among models that are good already: nothing is gained by automating with one that is mostly wrong."""
    bridge = example_of(kind)
    inputs = inputs_of(bridge)
    for group in bridge.sets():
        good = {metric.name: metric.default for metric in bridge.metrics if metric.default is not None}
        good |= {name: _towards_better(bridge, name, 0.85) for name in group}
        for name in group:
            values = [
                float(bridge.value_per_case(inputs, {**good, name: _towards_better(bridge, name, share)}))
                for share in (0.8, 0.9, 0.95)
            ]
            assert values == sorted(values), f"{kind}: {name}"
            assert values[0] < values[-1] or name == "lift_at_depth", f"{kind}: {name}"


def _towards_better(bridge: Bridge, name: str, share: float) -> float:
    lower, upper = _bounds(bridge, name)
    way = share if bridge.metric_named(name).better is Better.UP else 1 - share
    return lower + way * (upper - lower)


def test_no_two_kinds_share_a_title() -> None:
    titles = [kind.title for kind in KINDS.values()]
    assert len(set(titles)) == len(titles)
