"""A large choice, searched by the options that count, is the one that searching everything finds."""

from __future__ import annotations

import pytest

from scoping.portfolio import choose, optimum, searching
from scoping.portfolio.choosing import tried
from tests.scoping.portfolio.instances import random_portfolio


@pytest.mark.parametrize("seed", range(60))
def test_the_core_finds_the_same_and_proves_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    candidates, limits, risk = random_portfolio(1_000 + seed)
    everything = tried(candidates, limits, risk)
    monkeypatch.setattr(optimum, "_MANY", 0)
    monkeypatch.setattr(searching, "_FIRST_CORE", 1)
    by_core = tried(candidates, limits, risk)
    if everything is None or by_core is None:
        assert everything is by_core
        return
    assert by_core.objective == pytest.approx(everything.objective, rel=1e-7, abs=1e-5)
    assert by_core.gap == pytest.approx(0, abs=1e-7)


def test_without_time_the_gap_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    candidates, limits, _ = random_portfolio(3)
    exact = choose(candidates, limits)
    monkeypatch.setattr(optimum, "_MANY", 0)
    monkeypatch.setattr(searching, "_FIRST_CORE", 1)
    monkeypatch.setattr(searching, "_GROWTH", 1)
    hasty = choose(candidates, limits, seconds=0.0)
    assert hasty.objective <= exact.objective + 1e-6
    assert hasty.objective * (1 + hasty.gap) >= exact.objective - 1e-6
