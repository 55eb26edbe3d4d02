"""Samples to measure: scikit-learn's bundled data, and such with planted faults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sklearn import datasets

from scoping.document.evidence import TaskMeasured
from scoping.probe.asked import Roles
from scoping.probe.sample import Sample

BUNDLED = ("iris", "wine", "breast_cancer", "digits", "diabetes")


def sample_of(columns: Mapping[str, Any], task: TaskMeasured, target: str = "target", **roles: Any) -> Sample:
    """Columns as a whole source."""
    table = pa.table(dict(columns))
    return Sample(table, np.arange(1, table.num_rows + 1), Roles(target=target, **roles), task, table.num_rows)


def bundled(name: str) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """The inputs and the target of a bundled data set."""
    data = getattr(datasets, f"load_{name}")()
    return np.asarray(data.data, dtype=np.float64), np.asarray(data.target)


def named(inputs: NDArray[np.float64]) -> dict[str, Any]:
    """Columns called input_0, input_1, ..."""
    return {f"input_{place}": inputs[:, place] for place in range(inputs.shape[1])}


def bundled_sample(name: str, target: NDArray[Any] | None = None, **columns: Any) -> Sample:
    """A bundled data set, with another target and more columns where they are given; classes are words."""
    inputs, own = bundled(name)
    target = own if target is None else target
    if name == "diabetes":
        return sample_of({**named(inputs), **columns, "target": target.astype(np.float64)}, "regression")
    words = np.array([f"kind {each}" for each in target])
    return sample_of({**named(inputs), **columns, "target": words}, "classification")


def days(count: int) -> NDArray[np.datetime64]:
    """So many days, one after the other."""
    return np.datetime64("2021-01-01") + np.arange(count)


def quiet(_done: float, _doing: str) -> None:
    """Nobody waits."""
