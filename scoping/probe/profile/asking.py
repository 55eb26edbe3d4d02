"""Many questions in one pass over the data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis.expr.types as ir

_TOGETHER = 250
"""So many figures are asked for at once: an engine plans thousands of them slowly."""


def asked_of(table: ir.Table, questions: Mapping[str, ir.Scalar], together: int = _TOGETHER) -> dict[str, Any]:
    """The answer to every question; a pass over the data for each `together` of them."""
    names = list(questions)
    answers: dict[str, Any] = {}
    for first in range(0, len(names), together):
        some = names[first : first + together]
        answers |= table.aggregate(**{name: questions[name] for name in some}).to_pyarrow().to_pylist()[0]
    return answers
