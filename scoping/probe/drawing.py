"""Draws the random sample that models are scored on, where the data is."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pyarrow as pa

from ..document.evidence import TaskMeasured
from .asked import Asked
from .profile import Counts, Tidy
from .sample import Sample
from .sources import ROW, Opened
from .tasking import positive_of, written_as

_MARGIN = 6.0
"""Standard errors by which more rows are asked for than are wanted: too few come once in a thousand million times."""


def drawn(opened: Opened, tidied: Tidy, counts: Counts, asked: Asked, task: TaskMeasured) -> Sample:
    """The sample: so many rows as `asked.limits` says, or all, in the order of the source; the same for a seed."""
    rows = _rows(opened, tidied, counts, asked)
    numbers = rows[ROW].to_numpy().astype(np.int64)
    if not opened.is_ordered:
        numbers = np.arange(1, len(numbers) + 1, dtype=np.int64)
    names = [each.name for each in tidied.columns]
    table = rows.select([each.place for each in tidied.columns]).rename_columns(names)
    roles = asked.roles
    if task == "classification":
        table = _with_classes(table, [each for each in (roles.target, roles.second_label) if each])
        classes = table[roles.target].unique().to_pylist() if roles.positive else []
        roles = replace(roles, positive=positive_of(roles.positive, sorted(classes)))
    return Sample(table, numbers, roles, task, counts.rows)


def _rows(opened: Opened, tidied: Tidy, counts: Counts, asked: Asked) -> pa.Table:
    target = tidied.column(asked.roles.target)
    found = counts.of(asked.roles.target)
    assert target is not None
    assert found is not None
    wanted = min(asked.limits.rows_for_models, found.present)
    share = min(1.0, (wanted + _MARGIN * sqrt(wanted) + _MARGIN**2) / found.present)
    table = tidied.table if share == 1.0 else opened.thinned(tidied.table, share, asked.seed)
    rows = table.filter(table[target.place].notnull()).to_pyarrow().combine_chunks()
    if opened.is_ordered:
        rows = rows.sort_by(ROW)
    if len(rows) <= wanted:
        return rows
    kept = np.random.default_rng(asked.seed).choice(len(rows), wanted, replace=False)
    return rows.take(pa.array(np.sort(kept)))


def _with_classes(table: pa.Table, names: list[str]) -> pa.Table:
    """Classes as text, so that labels of two people are the same whatever type each column was stored in."""
    for name in names:
        at = table.column_names.index(name)
        texts = [None if value is None else written_as(value) for value in table[name].to_pylist()]
        table = table.set_column(at, name, pa.array(texts, pa.string()))
    return table
