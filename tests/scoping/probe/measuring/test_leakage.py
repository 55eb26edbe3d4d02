"""Planted leaks are found, and bundled data raises no alarm."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from scoping.document.evidence import Leak
from scoping.probe.measuring.leakage import find_leaks
from scoping.probe.measuring.measuring import quietly
from scoping.probe.measuring.preparing import prepare
from scoping.probe.measuring.splitting import folds_of
from scoping.probe.measuring.twins import near_duplicates
from scoping.probe.sample import Sample
from tests.scoping.probe.measuring.samples import BUNDLED, bundled, bundled_sample, days, named, sample_of

ROWS = 600


def leaks_of(sample: Sample) -> list[Leak]:
    with quietly():
        prepared = prepare(sample, 0)
        return find_leaks(prepared, folds_of(prepared.problem, 0), 0)


def kinds(sample: Sample) -> set[tuple[str, ...]]:
    return {(each.kind, *each.columns) for each in leaks_of(sample)}


def rows_with(plant: str, random: np.random.Generator) -> dict[str, Any]:
    """Two inputs that tell something of a class, and a planted column."""
    inputs = random.normal(size=(ROWS, 2))
    yes = inputs[:, 0] + random.normal(size=ROWS) > 0.8
    planted: dict[str, Any] = {
        "copy": yes + random.normal(0, 0.1, ROWS),
        "filled_afterwards": np.where(yes, random.gamma(2, 50, ROWS), np.nan),
        "amount_afterwards": np.where(yes, random.gamma(2, 50, ROWS), 0.0),
        "number": np.argsort(np.argsort(yes + 0.2 * random.random(ROWS))),
        "name": np.array([f"{'B' if each else 'A'}-{place:05d}" for place, each in enumerate(yes)]),
        "twice": np.where(yes, "closed", "open"),
    }
    return {**named(inputs), plant: planted[plant], "target": np.where(yes, "yes", "no")}


@pytest.mark.parametrize(
    ("plant", "kind"),
    [
        ("copy", "predicts_alone"),
        ("twice", "predicts_alone"),
        ("filled_afterwards", "known_afterwards"),
        ("amount_afterwards", "known_afterwards"),
        ("number", "identifier_predicts"),
        ("name", "identifier_predicts"),
    ],
)
def test_a_planted_column_is_found(plant: str, kind: str) -> None:
    found = kinds(sample_of(rows_with(plant, np.random.default_rng(4)), "classification"))
    assert (kind, plant) in found
    assert {columns for _, *columns in found for columns in columns} == {plant}


def test_an_amount_made_of_the_target_is_found() -> None:
    random = np.random.default_rng(0)
    inputs = random.normal(size=(ROWS, 3))
    target = inputs @ [3.0, 2, 1] + random.normal(0, 4, ROWS)
    columns = {**named(inputs), "paid": 1.1 * target + random.normal(0, 0.3, ROWS), "target": target}
    assert kinds(sample_of(columns, "regression")) == {("predicts_alone", "paid")}


def test_tomorrow_s_value_is_found() -> None:
    random = np.random.default_rng(0)
    walk = 100 + np.cumsum(random.normal(size=ROWS + 1))
    columns = {"day": days(ROWS), "later": walk[1:], "noise": random.normal(size=ROWS), "target": walk[:-1]}
    assert kinds(sample_of(columns, "regression", time="day")) == {("known_afterwards", "later")}


def test_a_date_after_the_row_s_own_is_found() -> None:
    random = np.random.default_rng(0)
    late = days(ROWS) + random.integers(2, 30, ROWS)
    columns = {"day": days(ROWS), "closed": late, "opened": days(ROWS) - 3, "target": random.normal(size=ROWS)}
    assert kinds(sample_of(columns, "regression", time="day")) == {("known_afterwards", "closed")}


def test_rows_on_both_sides_are_counted() -> None:
    random = np.random.default_rng(0)
    inputs = random.normal(size=(ROWS, 4)).round(6)
    inputs[-60:] = inputs[:60]
    label = np.where(random.random(ROWS) > 0.5, "a", "b")
    label[-60:] = label[:60]
    (leak,) = leaks_of(sample_of({**named(inputs), "target": label}, "classification"))
    assert leak.kind == "rows_on_both_sides"
    assert leak.rows is not None
    assert 70 <= leak.rows <= 120  # of 60 pairs, those on one side by chance are not counted


def test_coarse_rows_repeat_by_themselves() -> None:
    random = np.random.default_rng(0)
    columns = {**named(random.integers(0, 2, (ROWS, 4)).astype(float)), "target": random.choice(["a", "b"], ROWS)}
    assert leaks_of(sample_of(columns, "classification")) == []


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_data_raises_no_alarm(name: str) -> None:
    assert leaks_of(bundled_sample(name)) == []


@pytest.mark.parametrize("name", ["wine", "breast_cancer", "digits"])
def test_planted_near_twins_across_the_label_are_counted(name: str) -> None:
    inputs, target = bundled(name)
    random = np.random.default_rng(1)
    rows = random.choice(len(target), 12, replace=False)
    twins = inputs[rows] + random.normal(0, 0.01, (12, inputs.shape[1])) * inputs.std(axis=0)
    columns = named(np.vstack([inputs, twins]))
    labels = np.append(target, (target[rows] + 1) % (target.max() + 1))
    words = np.array([f"kind {each}" for each in labels])
    planted = prepare(sample_of({**columns, "target": words}, "classification"), 0).problem
    assert near_duplicates(planted, 0) == 24
    assert near_duplicates(prepare(bundled_sample(name), 0).problem, 0) == 0
