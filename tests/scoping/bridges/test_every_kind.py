"""The contract of every kind of task that is found in scoping/bridges: a forgotten part is told by the kind's name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from scoping import Proposal, examples
from scoping.bridges import KINDS, Bridge, Metric
from scoping.document.fields import Quantity, estimate_names, is_needed, quantity_of
from tests.scoping.bridges.spreadsheet import Array, calculated

DRAWS = 500
every_kind = pytest.mark.parametrize("kind", sorted(KINDS))


@every_kind
def test_the_formula_is_said_in_words_and_its_letters_are_those_of_the_kind(kind: str) -> None:
    declared = {*KINDS[kind].model_fields, *(each.name for each in bridge_of(kind).metrics)}
    assert KINDS[kind].in_words, f"{kind} says nothing of its formula"
    assert set(KINDS[kind].letters) <= declared, f"{kind} has a letter for what it does not declare"
    wanted = {*estimate_names(KINDS[kind]), *(each.name for each in bridge_of(kind).metrics)} - {"cases_per_month"}
    assert not KINDS[kind].letters or set(KINDS[kind].letters) == wanted, f"{kind} lacks a letter"


@cache
def example_of(kind: str) -> Proposal:
    """A worked example of that kind."""
    found = [each for each in map(examples.load, examples.NAMES) if each.bridge and each.bridge.kind == kind]
    assert found, f"no worked example in scoping/examples is of kind {kind!r}"
    return found[0]


def bridge_of(kind: str) -> Bridge:
    bridge = example_of(kind).bridge
    assert bridge is not None
    return bridge


def around(quantity: Quantity, middle: float, random: np.random.Generator) -> Array:
    """Values that the field allows: over all of a bounded quantity, otherwise within a factor of seven."""
    if quantity.bounded:
        return random.uniform(quantity.lower, quantity.upper, DRAWS)
    return np.clip(middle * np.exp(random.uniform(-2, 2, DRAWS)), quantity.lower, quantity.upper)


def inputs_of(kind: type[Bridge]) -> list[str]:
    """The inputs of every task of a kind; those that may stay empty have tests of their own."""
    fields = kind.model_fields
    return [name for name in estimate_names(kind) if is_needed(fields[name]) or fields[name].default is not None]


def drawn_inputs(bridge: Bridge, random: np.random.Generator) -> dict[str, Array]:
    found = {}
    for name in inputs_of(type(bridge)):
        quantity = quantity_of(type(bridge).model_fields[name])
        assert quantity is not None
        found[name] = around(quantity, getattr(bridge, name).p50, random)
    return found


def read_by(bridge: Bridge, group: tuple[str, ...]) -> list[Metric]:
    """The metrics of a set, and those that may always stand beside it."""
    return [each for each in bridge.metrics if each.name in group or each.default is not None]


def in_cells(bridge: Bridge, group: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the cells that hold the inputs and the metrics."""
    inputs = {name: f"input_{name}" for name in inputs_of(type(bridge))}
    return inputs, {each.name: f"metric_{number}" for number, each in enumerate(read_by(bridge, group))}


@every_kind
def test_it_has_an_example_in_which_nothing_is_missing(kind: str) -> None:
    assert bridge_of(kind).missing() == []


@every_kind
def test_the_method_page_has_something_to_say_of_it(kind: str) -> None:
    said = {name: getattr(KINDS[kind], name, "") for name in ("title", "about", "formula", "source")}
    assert [f"{KINDS[kind].__name__} lacks {name}" for name, text in said.items() if not text.strip()] == []
    for name in ("title", "about"):
        assert [each for each in KINDS.values() if getattr(each, name) == said[name]] == [KINDS[kind]]


@every_kind
def test_its_spreadsheet_formula_gives_its_value(kind: str) -> None:
    bridge, random = bridge_of(kind), np.random.default_rng(1)
    for group in bridge.sets():
        inputs = drawn_inputs(bridge, random)
        metrics = {each.name: around(each.quantity, 1.0, random) for each in read_by(bridge, group)}
        named, measured = in_cells(bridge, group)
        cells = {named[name]: values for name, values in inputs.items()}
        cells |= {measured[name]: values for name, values in metrics.items()}
        found = calculated(bridge.formula_per_case(named, measured), cells)
        expected = np.broadcast_to(bridge.value_per_case(inputs, metrics), (DRAWS,))
        assert np.ptp(expected) > 0, "values that are all alike would hide a mistake"
        np.testing.assert_allclose(found, expected, rtol=1e-7, atol=1e-9 * np.abs(expected).max())


@every_kind
def test_its_formula_without_a_model_gives_its_value_without_one(kind: str) -> None:
    bridge = bridge_of(kind)
    inputs = drawn_inputs(bridge, np.random.default_rng(2))
    expected = bridge.value_without_model(inputs)
    if expected is None:
        assert not bridge.works_without_model
        return
    named = {name: f"input_{name}" for name in inputs}
    found = calculated(bridge.formula_without_model(named), {named[name]: values for name, values in inputs.items()})
    np.testing.assert_allclose(*np.broadcast_arrays(found, expected), rtol=1e-9)


@every_kind
def test_a_better_metric_is_worth_no_less_in_its_example(kind: str) -> None:
    """With the example's economics: elsewhere acting may cost more than it earns, and then less is better."""
    bridge = bridge_of(kind)
    inputs = {name: getattr(bridge, name).p50 for name in inputs_of(type(bridge))}
    for group in bridge.sets():
        middle = {each.name: _middle(kind, each) for each in read_by(bridge, group)}
        for metric in read_by(bridge, group):
            values = np.array([*_steps(metric, middle[metric.name])])
            worth = bridge.value_per_case(inputs, {**middle, metric.name: values})
            better = np.diff(np.broadcast_to(worth, values.shape)) * (1 if metric.better == "up" else -1)
            assert better.min() >= -1e-9 * np.abs(worth).max(), f"{metric.name} does not go {metric.better}"
            assert better.max() > 0, f"{metric.name} changes nothing"


def _middle(kind: str, metric: Metric) -> float:
    """What the example's models reach; of a metric that they do not give, the middle of what it can be."""
    given = [each.metrics[metric.name].p50 for each in example_of(kind).alternatives if metric.name in each.metrics]
    bounded = (metric.quantity.lower + metric.quantity.upper) / 2 if metric.quantity.bounded else 1.0
    return max(given, default=bounded)


def _steps(metric: Metric, middle: float) -> Iterator[float]:
    """Rising values, over all of a bounded quantity, otherwise around the middle."""
    low, high = (metric.quantity.lower, metric.quantity.upper) if metric.quantity.bounded else (middle / 2, 2 * middle)
    yield from np.linspace(low, high, 21)
