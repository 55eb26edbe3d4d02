"""What models are scored on: a random sample of the rows, in memory."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ..document.evidence import TaskMeasured
from .asked import Roles


@dataclass(frozen=True)
class Sample:
    """Rows drawn at random where the data is, with every column; in the order of the source.

    `row_numbers` says which rows of the source they are, from 1. Rows without a target are not among them. The
    target's task is settled: two classes or more, or a number.
    """

    table: pa.Table
    row_numbers: NDArray[np.int64]
    roles: Roles
    task: TaskMeasured
    rows_in_source: int
