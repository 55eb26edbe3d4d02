"""One result holds all that is told of a choice, part by part."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from scoping import examples
from scoping.portfolio import (
    Candidate,
    Limits,
    NotCounted,
    Option,
    Part,
    Risk,
    Settings,
    candidate_of,
    choose,
    exploring,
    extended,
    forced,
    prices,
    robustness,
    study,
)
from scoping.portfolio.asking import answered
from scoping.portfolio.figures import figures_of
from scoping.portfolio.limits import LimitKind
from scoping.portfolio.optimum import Change, Programme
from scoping.portfolio.searching import Searched

_RAW = Settings(shrunk=False)


def _candidates() -> list[Candidate]:
    chance = np.random.default_rng(5)
    rows = (("A", 100.0, 60.0, 0, 3), ("B", 80.0, 50.0, 1, 3), ("C", 30.0, 30.0, 0, 1))
    return [
        Candidate(name, (Option("all", value, [money], {"engineer": [1.0] * end}, begin, end, _around(chance, value)),))
        for name, value, money, begin, end in rows
    ]


def _around(chance: np.random.Generator, value: float) -> np.ndarray:
    draws = chance.normal(value, 60, size=64)
    return np.asarray(draws + value - draws.mean())


LIMITS = Limits(budget=[110.0, np.inf], people={"engineer": [2.0, 2.0, 1.0]})


def test_the_choice_is_there_at_once_and_the_rest_when_it_is_asked_for() -> None:
    found = study(_candidates(), LIMITS, settings=_RAW)
    assert found.choice is not None
    assert found.choice.options == choose(found.believed.candidates, LIMITS).options
    assert (found.prices, found.by_budget, found.by_risk, found.pilots) == (None, None, None, None)
    assert all(each.right_in is None and each.other_way is None for each in found.lines)
    assert found.parts == frozenset()


def test_each_part_is_what_its_own_function_says() -> None:
    found = study(_candidates(), LIMITS, settings=_RAW, parts=list(Part))
    known = found.believed.candidates
    assert found.prices is not None
    assert list(found.prices) == prices(known, LIMITS, money=11.0)
    assert {each.name: each.right_in for each in found.lines} == robustness(known, LIMITS)
    assert {each.name: each.other_way and each.other_way.cost for each in found.lines} == forced(known, LIMITS)
    assert found.by_budget is not None
    assert [each.money for each in found.by_budget if each.at in (0.5, 1.0)] == [55.0, 110.0]
    assert found.by_risk is not None
    assert found.by_risk[0].value == found.choice.value if found.choice else False
    assert found.pilots == ()
    assert found.parts == frozenset(Part)


def test_a_part_is_made_once() -> None:
    once = extended(study(_candidates(), LIMITS, settings=_RAW), Part.FORCE)
    again = extended(once, Part.FORCE, Part.PRICES)
    assert again.lines is once.lines
    assert again.prices is not None
    assert again.parts == {Part.FORCE, Part.PRICES}


def test_the_plan_adds_up_and_stands_beside_its_limits() -> None:
    found = study(_candidates(), LIMITS, settings=_RAW)
    assert found.choice is not None
    assert found.timeline is not None
    assert {bar.name for bar in found.timeline.bars} == set(found.choice.options)
    assert [bar.start for bar in found.timeline.bars] == sorted(bar.start for bar in found.timeline.bars)
    first, second = found.timeline.money
    assert first.amount == sum(each.money[0] for each in found.choice.options.values())
    assert (first.limit, second.limit) == (110.0, None)
    engineers = found.timeline.people["engineer"]
    assert [each.limit for each in engineers] == [2.0, 2.0, 1.0]
    assert all(each.amount <= (each.limit or np.inf) + 1e-9 for each in engineers)
    working = [sum(each.start <= month < each.end for each in found.timeline.bars) for month in range(3)]
    assert [each.amount for each in found.timeline.at_once] == working


def test_limits_that_conflict_stand_in_place_of_the_choice() -> None:
    limits = Limits(budget=[50.0], must=frozenset("A"))
    found = study(_candidates(), limits, settings=_RAW, parts=list(Part))
    assert (found.choice, found.timeline, found.prices) == (None, None, None)
    assert {each.kind for each in found.conflict} == {LimitKind.BUDGET, LimitKind.MUST}
    assert [each.is_chosen for each in found.lines] == [False] * 3


def test_what_is_not_counted_is_named_with_its_reason() -> None:
    candidates, left_out = [*_candidates(), Candidate("E", ())], [NotCounted("F", "no rate")]
    found = study(candidates, LIMITS, settings=_RAW, left_out=left_out, parts=[Part.LUCK])
    assert [(each.name, bool(each.why)) for each in found.not_counted] == [("F", True), ("E", True)]
    assert found.line("E").best is None
    with pytest.raises(KeyError):
        found.line("F")


def test_the_same_is_asked_again_with_one_thing_changed() -> None:
    found = study(_candidates(), LIMITS, Risk(0.2), _RAW)
    asked = replace(found.asked, risk=Risk(0.0))
    other = study(asked.candidates, asked.limits, asked.risk, asked.settings)
    assert other.choice is not None
    assert other.choice.objective == other.choice.value


def test_examples_are_studied_with_pilots_later_starts_and_what_is_believed() -> None:
    names = ("visual_inspection", "invoice_routing", "demand_forecast")
    candidates = [candidate_of(examples.load(name), name) for name in names]
    found = study(candidates, Limits(budget=[150_000.0] * 8), Risk(0.1), Settings(latest_start=6), parts=[Part.PILOTS])
    assert found.choice is not None
    assert found.pilots is not None
    assert {each.name for each in found.pilots} == set(names)
    for line in found.lines:
        assert line.belief is not None
        assert line.belief.value <= line.belief.raw + 1e-6
    figures = figures_of(found)
    assert set(figures["proposals"]) == set(names)
    told = json.dumps(figures["whole"], allow_nan=False)
    assert not any(name in told for name in names)


def test_no_part_solves_again_what_the_choice_has_solved(monkeypatch: pytest.MonkeyPatch) -> None:
    found = study(_candidates(), LIMITS, Risk(0.25))
    asked: list[Change] = []

    def noted(programme: Programme, changes: Sequence[Change], **how: Any) -> list[Searched]:
        asked.extend(changes)
        return answered(programme, changes, **how)

    monkeypatch.setattr(exploring, "answered", noted)
    monkeypatch.setattr(exploring, "choose", None)
    more = extended(found, Part.FORCE, Part.BY_BUDGET, Part.BY_RISK)
    assert asked
    assert not any(each.weight == found.asked.risk.weight or each == Change() for each in asked)
    assert not any(each.wider and not any(each.wider.values()) for each in asked)
    assert more.by_risk is not None
    assert more.by_budget is not None
    assert found.choice is not None
    here = [each.value for each in more.by_risk if each.at == found.asked.risk.weight]
    assert here == [found.choice.value]
    assert [each.value for each in more.by_budget if each.at == 1] == [found.choice.value]
