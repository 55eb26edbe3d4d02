"""Every kind of task in words, and its value on random inputs: it never turns along a metric."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping import examples
from scoping.bridges import KINDS, Bridge
from scoping.document.fields import quantity_of
from tests.scoping.bridges.test_every_kind import inputs_of

EXAMPLES = {name: examples.load(name) for name in examples.NAMES}


def example_of(kind: str) -> Bridge:
    """The bridge of the first worked example of a kind."""
    found = (each.bridge for each in EXAMPLES.values() if each.bridge is not None and each.bridge.kind == kind)
    bridge = next(found, None)
    assert bridge is not None, f"{kind}: no worked example in scoping/examples"
    return bridge


def between(lower: float, upper: float) -> st.SearchStrategy[float]:
    """Numbers of a size that somebody might type."""
    return st.floats(max(lower, -1e6) + 1e-3, min(upper, 1e6) - 1e-3, allow_nan=False)


@st.composite
def worlds(draw: st.DrawFn, kind: str) -> tuple[Bridge, dict[str, float], dict[str, float]]:
    """A kind's inputs and one set of its metrics, at random but such that they can go together."""
    bridge = example_of(kind)
    inputs = {}
    for name in inputs_of(type(bridge)):
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
    if "prevalence" in inputs and {"recall", "precision"} <= set(metrics):
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
    assert set(bridge.told) & set(inputs) <= before, f"{kind}: what it says that a sample tells is not counted"


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
