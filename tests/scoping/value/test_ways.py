"""The ways that are open today: the highest expected value wins, and what is level is called a tie."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoping.value.ways import Way, WayKind


def way(kind: WayKind, replicates: list[float], index: int | None = 1) -> Way:
    return Way(kind, index, float(np.mean(replicates)), np.array(replicates))


def test_two_ways_are_level_within_the_error_of_their_difference() -> None:
    # Paired differences 1, -1, 2, 0: mean 0.5, standard error 0.6455 (by hand).
    first, second = way(WayKind.MODEL, [11, 9, 12, 10]), way(WayKind.PILOT, [10, 10, 10, 10])
    assert first.is_level_with(second)
    # The same spread in both: the difference is certain, however wide each one is.
    third = way(WayKind.PILOT, [10, 8, 11, 9])
    assert not first.is_level_with(third)


def test_amounts_below_half_a_cent_are_nothing() -> None:
    nothing = way(WayKind.NOTHING, [0.0], None)
    assert way(WayKind.MODEL, [1e-12]).is_level_with(nothing)
    assert way(WayKind.MODEL, [0.004]).is_level_with(nothing)
    assert not way(WayKind.MODEL, [0.01]).is_level_with(nothing)


@given(st.lists(st.floats(-1e6, 1e6), min_size=8, max_size=8), st.floats(-1e3, 1e3))
def test_being_level_is_mutual(replicates: list[float], shift: float) -> None:
    first = way(WayKind.MODEL, replicates)
    second = way(WayKind.PILOT, [each + shift for each in replicates])
    assert first.is_level_with(second) == second.is_level_with(first)
    assert first.is_level_with(first)


def test_what_binds_least_comes_first() -> None:
    assert tuple(WayKind) == (WayKind.NOTHING, WayKind.WITHOUT_MODEL, WayKind.PILOT, WayKind.MODEL)


@pytest.mark.parametrize("kind", list(WayKind))
def test_a_way_with_one_run_has_no_error(kind: WayKind) -> None:
    assert not way(kind, [1.0]).is_level_with(way(kind, [1.1]))
