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


@pytest.mark.parametrize("size", [1e-4, 1e-2])
def test_rows_on_both_sides_that_hardly_differ_are_counted_too(size: float) -> None:
    random = np.random.default_rng(0)
    inputs = random.normal(size=(ROWS, 4))
    inputs[-60:] = inputs[:60] + random.normal(0, size, (60, 4))
    label = np.where(random.random(ROWS) > 0.5, "a", "b")
    label[-60:] = label[:60]
    (leak,) = leaks_of(sample_of({**named(inputs), "target": label}, "classification"))
    assert leak.kind == "rows_on_both_sides"
    assert leak.rows is not None
    assert 70 <= leak.rows <= 125


@pytest.mark.parametrize("wrong", [0.02, 0.04])
def test_a_copy_of_the_class_with_errors_in_it_is_found(wrong: float) -> None:
    random = np.random.default_rng(1)
    inputs = random.normal(size=(ROWS, 3))
    yes = inputs[:, 0] + random.normal(size=ROWS) > 0
    copy = np.where(random.random(ROWS) < wrong, ~yes, yes)
    columns = {**named(inputs), "code": np.where(copy, "K2", "K1"), "target": np.where(yes, "yes", "no")}
    assert kinds(sample_of(columns, "classification")) == {("predicts_alone", "code")}


def test_a_copy_of_the_number_with_noise_of_a_fifth_is_found() -> None:
    random = np.random.default_rng(2)
    inputs = random.normal(size=(ROWS, 3))
    target = inputs @ [2.0, 1, 1] + random.normal(0, 2, ROWS)
    copy = target + random.normal(0, 0.2 * target.std(), ROWS)
    assert kinds(sample_of({**named(inputs), "paid": copy, "target": target}, "regression")) == {
        ("predicts_alone", "paid")
    }


def test_an_amount_that_half_of_the_cases_get_afterwards_is_found() -> None:
    random = np.random.default_rng(3)
    inputs = random.normal(size=(ROWS, 2))
    yes = inputs[:, 0] + random.normal(size=ROWS) > 0
    refund = np.where(yes & (random.random(ROWS) < 0.5), random.gamma(2, 50, ROWS), 0.0)
    columns = {**named(inputs), "refund": refund, "target": np.where(yes, "yes", "no")}
    assert kinds(sample_of(columns, "classification")) == {("known_afterwards", "refund")}


def test_a_long_number_of_the_row_that_tells_the_class_is_found() -> None:
    """Nineteen digits are more than a floating-point number keeps."""
    random = np.random.default_rng(4)
    inputs = random.normal(size=(ROWS, 2))
    yes = np.sort(random.random(ROWS) < 0.4)
    identity = 1_700_000_000_000_000_000 + np.arange(ROWS) * 3
    columns = {**named(inputs), "event_id": identity, "target": np.where(yes, "yes", "no")}
    assert kinds(sample_of(columns, "classification")) == {("identifier_predicts", "event_id")}


@pytest.mark.parametrize("seed", range(3))
def test_skewed_and_coarse_rows_raise_no_alarm(seed: int) -> None:
    random = np.random.default_rng(seed)
    rows = 2_000
    area = random.lognormal(4.4, 0.4, rows)
    homes = {
        "area": area,
        "rooms": np.round(area / 25 + random.normal(0, 0.5, rows)),
        "year": random.integers(1900, 2020, rows),
    }
    price = area * 3_000 * np.exp(random.normal(0, 0.2, rows))
    assert leaks_of(sample_of({**homes, "target": price}, "regression")) == []
    debt = np.where(random.random(rows) < 0.6, 0, random.lognormal(8, 1, rows))
    people = {"income": random.lognormal(10, 0.5, rows).round(-2), "age": random.integers(18, 75, rows), "debt": debt}
    label = np.where(random.random(rows) < 0.3, "yes", "no")
    sample = sample_of({**people, "target": label}, "classification")
    assert leaks_of(sample) == []
    assert (near_duplicates(prepare(sample, 0).problem, 0) or 0) <= 0.01 * rows


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
