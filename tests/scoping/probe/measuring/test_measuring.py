"""The whole of it: whatever the columns are, it ends, says what is missing, and tells no value."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from scoping.document.evidence import TaskMeasured
from scoping.probe import measuring
from scoping.probe.measuring import measure
from scoping.probe.sample import Sample
from scoping.text.evidence import not_done_said
from tests.scoping.probe.measuring.samples import quiet, sample_of

ROWS = 120


def odd_columns() -> dict[str, Any]:
    """Columns of every sort, some of which no model can take."""
    random = np.random.default_rng(0)
    number = random.normal(size=ROWS)
    return {
        "number": number,
        "whole": random.integers(0, 5, ROWS),
        "endless": np.where(number > 1, np.inf, number * 1e300),
        "empty": pa.nulls(ROWS),
        "once": [None] * (ROWS - 1) + [1.0],
        "constant": ["same"] * ROWS,
        "yes_no": number > 0,
        "decimal": [Decimal("1.50")] * 60 + [None] * 60,
        "date": [date(2024, 1 + place % 12, 1 + place % 28) for place in range(ROWS)],
        "moment": pa.array(np.datetime64("2024-01-01") + np.arange(ROWS), pa.timestamp("ns", "Europe/Berlin")),
        "clock": [time(place % 24) for place in range(ROWS)],
        "length": pa.array(np.arange(ROWS) % 7, pa.duration("s")),
        "list": [[1, 2]] * ROWS,
        "record": [{"a": 1}] * ROWS,
        "bytes": [b"\x00\xff"] * ROWS,
        "written": [f"{each:.3f}" for each in number],
        "secret city": random.choice(["Xanadu", "Atlantis", "Lyonesse"], ROWS),
        "code": pa.array([f"zip{place % 50}" for place in range(ROWS)]).dictionary_encode(),
        "prose": [f"the quick fox number {place} jumps over {place % 7} dogs" for place in range(ROWS)],
        "'; DROP TABLE x; --": random.normal(size=ROWS),
    }


def odd_sample(task: TaskMeasured, **roles: Any) -> Sample:
    columns = odd_columns()
    target = columns["number"] * 2 + np.random.default_rng(1).normal(size=ROWS) * 0.5
    outcome = target if task == "regression" else np.where(target > 0, "Sesame", "Mustard")
    return sample_of({**columns, "target": outcome}, task, **roles)


@pytest.mark.long
@pytest.mark.parametrize(
    ("task", "roles"),
    [
        ("classification", {"group": "code", "personal": ("whole",)}),
        ("regression", {"time": "moment"}),
    ],
)
def test_columns_of_every_sort_are_taken_or_left_out_and_said(task: TaskMeasured, roles: dict[str, Any]) -> None:
    found = measure(odd_sample(task, **roles), 0, quiet, 600)
    assert found.signal is not None
    assert found.signal.found
    assert "columns_of_other_types" in found.not_done
    told = str(asdict(found))
    for value in ("Xanadu", "Atlantis", "Sesame", "Mustard", "zip1", "fox"):
        assert value not in told
    used = {column for each in found.vanishing for column in each.columns}
    assert used
    assert not used & {"target", "empty", "constant", "list", "record", "bytes", *roles.get("personal", ())}


@pytest.mark.long
def test_the_same_seed_gives_the_same_figures_and_the_way_is_told_in_order() -> None:
    told: list[float] = []
    one, two = (measure(odd_sample("classification"), 3, lambda done, _: told.append(done), 600) for _ in range(2))
    assert replace(one, latency_ms=None) == replace(two, latency_ms=None)
    half = len(told) // 2
    assert told[:half] == sorted(told[:half]) == told[half:]
    assert told[-1] == 1


@pytest.mark.parametrize(
    ("target", "task", "code"),
    [
        (["a"] * ROWS, "classification", "one_class"),
        (["a"] * (ROWS - 2) + ["b"] * 2, "classification", "too_few_of_a_class"),
        ([5.0] * ROWS, "regression", "constant_target"),
        (["x", "y"] * (ROWS // 2), "regression", "target_is_no_number"),
        ([None] * ROWS, "classification", "one_class"),
        ([f"id{place}" for place in range(ROWS)], "classification", "too_few_of_a_class"),
    ],
)
def test_what_cannot_be_measured_is_said(target: list[Any], task: TaskMeasured, code: str) -> None:
    columns = {"input": np.arange(ROWS) % 7 / 3, "target": target}
    assert measure(sample_of(columns, task), 0, quiet, 60) == measure(sample_of(columns, task), 0, quiet, 60)
    assert measure(sample_of(columns, task), 0, quiet, 60).not_done == (code,)


def test_few_rows_and_no_inputs_are_said() -> None:
    few = sample_of({"input": np.arange(9.0), "target": ["a", "b", "a"] * 3}, "classification")
    assert measure(few, 0, quiet, 60).not_done == ("too_few_rows",)
    nothing = sample_of({"target": ["a", "b"] * 60}, "classification")
    assert measure(nothing, 0, quiet, 60).not_done == ("no_inputs",)


def test_two_labels_are_compared_even_where_no_model_is_tried() -> None:
    columns = {"first": ["a", "b", "c"] * 8, "second": ["a", "b", "b"] * 8}
    found = measure(sample_of(columns, "classification", "first", second_label="second"), 0, quiet, 60)
    assert found.labels is not None
    assert found.labels.labelled_twice == 24
    assert found.labels.agreement is not None
    assert found.labels.agreement.value == pytest.approx(2 / 3)
    assert sum(map(sum, found.labels.agreed_counts)) == 24


def test_time_that_is_over_leaves_out_what_is_least_wanted() -> None:
    found = measure(odd_sample("classification"), 0, quiet, 0.001)
    assert found.signal is not None
    assert found.learning_curve is None
    assert {"no_time_for_boosting", "no_time_for_learning_curve", "no_time_for_labels"} <= set(found.not_done)


def test_every_code_is_said_in_words() -> None:
    """Codes stand in the files of measuring as literals; one without a text would be shown as it is."""
    folder = Path(measuring.__file__).parent
    pattern = re.compile(r'(?:leave_out|NothingToMeasure|left_out\.add|codes\.append|frozenset)\(\{?\s*"(\w+)"')
    codes = {code for path in folder.glob("*.py") for code in pattern.findall(path.read_text(encoding="utf-8"))}
    codes |= {"fewer_repetitions", "no_time_for_learning_curve"}
    assert {"too_few_rows", "rare_classes", "time_not_named", "classes_overlap", "too_many_columns"} <= codes
    assert [code for code in sorted(codes - {"log_loss"}) if not_done_said(code).startswith("Not measured: ")] == []


def test_one_class_in_all_that_comes_later_is_said() -> None:
    columns = {
        "day": np.arange(ROWS),
        "input": np.arange(ROWS) % 7 / 3,
        "target": ["a", "b"] * 20 + ["a"] * (ROWS - 40),
    }
    found = measure(sample_of(columns, "classification", time="day"), 0, quiet, 60)
    assert found.signal is None
    assert found.not_done == ("too_few_of_a_class",)
