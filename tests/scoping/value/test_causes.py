"""Causes of failure that alternatives share: joint chances in closed form, and what they make of information."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from scoping import assess, read
from scoping.document.paths import Path
from scoping.text.remarks import remark_said
from scoping.value.causes import Cause, chance_after_failure, failing_together, shared_causes
from scoping.value.model import value_model
from scoping.value.pilot import worth_of_reading
from scoping.value.remarks import Code
from scoping.value.simulate import Blocks, simulate
from tests.documents import Document, case

CHANCES = {"A": 0.6, "B": 0.5, "C": 0.3, "D": 0.4}
DATA, COUNCIL = ("Data arrive", 0.8), ("The works council agrees", 0.75)


def document(rests_on: dict[str, list[str]], dependence: float | None = None, **chances: float) -> Document:
    """Alternatives of those names, with their chances of reaching production and the causes that they rest on."""
    found = case("pilot_blind_to_success")
    model = found["alternatives"][1]
    for name in rests_on:
        chance = chances.get(name, CHANCES[name])
        found["alternatives"].append({**model, "name": name, "success_probability": chance, "rests_on": rests_on[name]})
    del found["alternatives"][1]
    found["returns"]["shared_causes"] = [{"name": name, "probability": share} for name, share in (DATA, COUNCIL)]
    found["returns"]["fate_correlation"] = dependence
    return found


def successes(found: Document, draws: int = 2**17) -> dict[str, Any]:
    """Whether each alternative reaches production, draw by draw."""
    model = value_model(read(found))
    assert model is not None
    values, count = next(iter(Blocks(model, draws, 1)))
    return {
        each.name: np.broadcast_to(model.terms(index, values).success, count) for index, each in model.valued.items()
    }


def test_two_alternatives_with_one_cause_succeed_together_as_its_chance_says() -> None:
    """p q1 q2: the cause comes true, and each does on its own."""
    found = successes(document({"A": ["Data arrive"], "B": ["Data arrive"], "C": []}))
    p, q1, q2 = 0.8, 0.6 / 0.8, 0.5 / 0.8
    assert (found["A"] * found["B"]).mean() == pytest.approx(p * q1 * q2, abs=0.002)
    # Where the first fails, the second is less likely: from 0.5 to 0.3125.
    assert found["B"][found["A"] == 0].mean() == pytest.approx((0.5 - p * q1 * q2) / 0.4, abs=0.004)
    # What rests on nothing is as it was.
    assert (found["A"] * found["C"]).mean() == pytest.approx(0.6 * 0.3, abs=0.002)


def test_several_causes_join_those_that_share_them() -> None:
    both = ["Data arrive", "The works council agrees"]
    found = successes(document({"A": ["Data arrive"], "B": both, "C": ["The works council agrees"], "D": both}))
    shared = {"AB": 0.8, "AC": 1.0, "AD": 0.8, "BC": 0.75, "BD": 0.6, "CD": 0.75}
    for first, second in combinations(CHANCES, 2):
        expected = CHANCES[first] * CHANCES[second] / shared[first + second]
        assert (found[first] * found[second]).mean() == pytest.approx(expected, abs=0.003)


@pytest.mark.parametrize("dependence", [None, 0.5])
def test_each_keeps_its_own_chance_in_all(dependence: float | None) -> None:
    found = successes(document({name: ["Data arrive"] for name in CHANCES}, dependence))
    for name, chance in CHANCES.items():
        assert found[name].mean() == pytest.approx(chance, abs=0.003)


def test_an_uncertain_chance_stays_the_chance_in_all_even_beyond_that_of_the_cause() -> None:
    """A range whose upper tail goes beyond the cause's chance: no part of it is lost."""
    cause = Cause("Data arrive", 0.5, frozenset({"a", "b"}))
    draws = np.random.default_rng(1).random((2, 400_000))
    chance = np.random.default_rng(2).uniform(0.3, 0.7, 400_000)
    came_true = np.random.default_rng(3).random(400_000)
    joined = failing_together({"a": draws[0], "b": draws[1], cause.draw: came_true}, [cause])
    assert (joined["a"] < chance).mean() == pytest.approx(0.5, abs=0.003)
    assert np.quantile(joined["a"], [0.1, 0.5, 0.9]) == pytest.approx([0.1, 0.5, 0.9], abs=0.004)


def test_a_cause_leaves_expected_figures_as_they_are() -> None:
    """To the last bit: expected NPV counts reaching production by its probability."""
    with_, without = (assess(read(document({"A": names, "B": names}))) for names in (["Data arrive"], list[str]()))
    for ours, theirs in zip(with_.alternatives, without.alternatives, strict=True):
        assert ours.expected == theirs.expected


@pytest.mark.parametrize(("probability", "some"), [(1, 0.75), (0.8, 0.6875), (0.5, 0.5)])
def test_a_second_model_on_the_same_cause_is_less_of_a_way_out(probability: float, some: float) -> None:
    """EVPI of two equal models with a half chance each: some succeeds with p (1 - (1 - 0.5 / p)^2)."""
    found = document({"A": ["Data arrive"], "B": ["Data arrive"]}, A=0.5, B=0.5)
    found["returns"]["shared_causes"][0]["probability"] = probability
    evpi = assess(read(found)).evpi
    assert evpi is not None
    # 1,900 where production is reached, 100 expected; knowing, one is begun that succeeds.
    assert evpi.value == pytest.approx(some * 1_900 - 100, abs=25)


@pytest.mark.parametrize(("names", "left"), [([], 0.5), (["Data arrive"], 0.0)])
def test_a_failure_that_a_pilot_shows_is_one_of_the_others_too(names: list[str], left: float) -> None:
    """Both rest on the cause alone. Where the first is shown to fail, is the second still worth its 3,600 at a half?"""
    found = document({"A": names, "B": names}, A=0.5, B=0.5)
    found["returns"]["shared_causes"][0]["probability"] = 0.5
    model = value_model(read(found))
    assert model is not None
    simulation = simulate(model)
    expected = 0.5 * 1_900 + 0.5 * max(left * 3_600 - 1_700, 0) - 100
    assert worth_of_reading(simulation, 1, [], reveals=1.0).value == pytest.approx(expected, abs=1)


def test_the_chance_after_a_failure_is_that_of_the_draws() -> None:
    causes = [Cause("x", 0.8, frozenset({"a", "b"})), Cause("y", 0.9, frozenset({"b", "c"}))]
    assert chance_after_failure(causes, ("a", 0.6), ("b", 0.5)) == pytest.approx((0.5 - 0.6 * 0.5 / 0.8) / 0.4)
    assert chance_after_failure(causes, ("a", 0.6), ("c", 0.5)) is None
    assert chance_after_failure(causes, ("a", 0.6), ("a", 0.6)) is None


def test_what_is_sure_or_named_by_one_alone_joins_nothing() -> None:
    found = document({"A": ["Data arrive", "The works council agrees"], "B": ["Data arrive"], "C": ["Data arrive"]})
    found["alternatives"][3].update(success_probability=0.8)
    model = value_model(read(found))
    assert model is not None
    assert [cause.name for cause in model.causes] == ["Data arrive"]
    fates = {1: model.fate(1), 2: model.fate(2), 3: model.fate(3)}
    assert shared_causes(model.proposal, {1: fates[1]}) == []
    assert model.causes[0].fates == frozenset(fates.values())
    assert model.causes[0].draw == Path.of("returns", "shared_causes", "Data arrive")


def test_a_cause_that_joins_nobody_is_said() -> None:
    found = document({"A": ["Data arrive"], "B": []})
    alone = [each for each in assess(read(found)).remarks if each.code is Code.CAUSE_NOT_SHARED]
    assert [each.subjects for each in alone] == [("Data arrive", "A"), ("The works council agrees",)]
    assert "A alone rests on the shared cause “Data arrive”" in remark_said(alone[0], "EUR")
    assert "No alternative rests on the shared cause" in remark_said(alone[1], "EUR")
    found = document({"A": ["Data arrive"], "B": ["Data arrive"]})
    del found["returns"]["shared_causes"][0]["probability"]
    remarks = {each.code: each for each in assess(read(found)).remarks}
    assert remarks[Code.CAUSE_WITHOUT_CHANCE].subjects == ("Data arrive", "A", "B")
    assert "count as if it were sure" in remark_said(remarks[Code.CAUSE_WITHOUT_CHANCE], "EUR")
