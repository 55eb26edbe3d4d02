"""Figures for machines have no digits that mean nothing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from scoping import examples
from scoping.reports import render
from scoping.reports.digits import settled
from tests.scoping.reports.samples import summarised


@pytest.mark.parametrize(
    ("worked_out", "told"),
    [
        (0.8800000000000001, 0.88),
        (0.1 + 0.2, 0.3),
        (57.49999999999999 / 100, 0.575),
        (1_234_567.5, 1_234_567.5),
        (0.0, 0.0),
    ],
)
def test_what_a_sum_left_behind_is_not_told(worked_out: float, told: float) -> None:
    assert settled(worked_out) == told
    assert settled({"a": [worked_out, "text", None, 3, True]}) == {"a": [told, "text", None, 3, True]}


def test_a_figure_of_numpy_is_settled_too() -> None:
    assert repr(settled(np.float64(0.8800000000000001))) == "0.88"


@pytest.mark.long
def test_the_handoff_has_no_noise() -> None:
    for name in examples.NAMES:
        for target in json.loads(render(summarised(examples.load(name)), "handoff"))["target_metrics"]:
            for value in (target["target"], target["break_even"], target["ceiling"], target["headroom"]):
                assert (
                    value is None
                    or len(repr(value).replace("0.", "").replace(".", "").lstrip("-0").split("e")[0]) <= 12
                )
