"""What is believed of an estimate: how far it may be off, how much it counts, and what becomes of the choice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from scoping import examples, read
from scoping.portfolio import Candidate, Option, Prior, Settings, candidate_of, choose
from scoping.portfolio.believing import believed
from scoping.portfolio.candidates import Estimated
from scoping.portfolio.estimating import TOO_NARROW
from tests.documents import CERTAIN, UNCERTAIN


def _candidate(name: str, value: float, error: float, size: float = 100.0, other: float | None = None) -> Candidate:
    """A proposal with an alternative "main", and another one where its value is given."""
    named = {"main": value} | ({} if other is None else {"other": other})
    found = [Estimated(each, worth, error, size) for each, worth in named.items()]
    options = [Option(each.alternative, each.value, rests_on={each.alternative: 1.0}) for each in found]
    return Candidate(name, tuple(options), tuple(found))


def _values(candidates: Sequence[Candidate]) -> dict[str, float]:
    return {each.name: each.options[0].value for each in candidates}


# How far an estimate may be off --------------------------------------------------------------------


def test_what_is_certain_has_no_error() -> None:
    assert [each.error for each in candidate_of(read(CERTAIN)).estimates] == [0.0, 0.0]


def test_whether_production_is_reached_is_luck_and_no_error() -> None:
    in_doubt = {**CERTAIN["alternatives"][2], "success_probability": 0.5}
    candidate = candidate_of(read({**CERTAIN, "alternatives": [*CERTAIN["alternatives"][:2], in_doubt]}))
    model = next(each for each in candidate.options if each.name == "Model")
    assert model.draws is not None
    assert np.std(model.draws) > 10_000
    assert next(each for each in candidate.estimates if each.alternative == "Model").error < 0.01 * np.std(model.draws)


def test_what_is_measured_counts_as_more_reliable_than_what_somebody_guesses() -> None:
    measured = [
        {"path": path, "kind": "measured", "link": "https://example.org"}
        for path in ("bridge.prevalence", "bridge.value_of_catch")
    ]
    guessed = candidate_of(read(UNCERTAIN)).estimates
    known = candidate_of(read({**UNCERTAIN, "grounds": measured})).estimates
    for guess, fact in zip(guessed, known, strict=True):
        assert guess.on_data == 0.0
        assert fact.on_data == pytest.approx(1.0)
        assert guess.error / fact.error == pytest.approx(TOO_NARROW, rel=1e-3)
        assert guess.value == fact.value


def test_the_size_of_a_proposal_is_all_the_money_that_it_moves() -> None:
    model = next(each for each in candidate_of(read(CERTAIN)).estimates if each.alternative == "Model")
    takes = 2 * (model.size - model.value) / 2 / 2
    assert model.size == pytest.approx(model.value + 2 * takes)
    # 20,000 to build, 800 a month for 20 months and 0.1 for each of the 800 cases, discounted by at most a fifth.
    assert 0.8 * 37_600 < takes < 37_600


# How much it counts --------------------------------------------------------------------------------


def test_an_estimate_is_weighed_by_its_error_and_none_is_raised() -> None:
    candidates = [_candidate("sure", 50, 10), _candidate("wide", 80, 40), _candidate("poor", 5, 40)]
    found = believed(candidates, Settings(prior=Prior(0.3, 0.2)))
    values = _values(found.candidates)
    # weight = t^2 / (t^2 + s^2) in shares of the size, which is 100 for all.
    assert values["sure"] == pytest.approx(0.8 * 50 + 0.2 * 30)
    assert values["wide"] == pytest.approx(0.2 * 80 + 0.8 * 30)
    assert values["poor"] == 5
    wide = found.belief("wide", found.candidates[1].options[0])
    assert (wide.raw, wide.value, wide.error, wide.weight) == pytest.approx((80, 40, 40, 0.2))


def test_large_and_small_proposals_are_compared_by_the_money_that_they_move() -> None:
    small, large = _candidate("small", 8, 4, 10), _candidate("large", 8_000, 4_000, 10_000)
    found = _values(believed([small, large], Settings(prior=Prior(0.3, 0.2))).candidates)
    assert found["large"] == pytest.approx(1_000 * found["small"])


def test_the_order_within_a_proposal_stays_and_a_loss_too() -> None:
    candidates = [_candidate(str(number), 80, 60, other=70) for number in range(3)] + [_candidate("loss", -20, 60)]
    found = believed(candidates, Settings())
    main, other = found.candidates[0].options
    assert main.value < 80
    assert other.value == pytest.approx(main.value * 70 / 80)
    assert _values(found.candidates)["loss"] == -20


def test_fewer_than_three_proposals_stay_as_they_are_and_it_is_said() -> None:
    candidates = [_candidate("A", 80, 60), _candidate("B", 20, 60)]
    found = believed(candidates, Settings())
    assert found.prior is None
    assert _values(found.candidates) == {"A": 80, "B": 20}
    assert "fewer than three" in found.source
    assert "turned off" in believed([*candidates, _candidate("C", 5, 9)], Settings(shrunk=False)).source


def test_a_pilot_and_a_later_start_move_with_what_they_rest_on() -> None:
    estimates = (Estimated("main", 80, 60, 100),)
    pilot = Option("pilot", 85.0, draws=np.array([80.0, 90.0]), is_pilot=True, rests_on={"main": 0.5})
    later = Option("main", 72.0, start=3, end=3, rests_on={"main": 0.9})
    found = believed([Candidate("A", (pilot, later), estimates)], Settings(prior=Prior(0.2, 0.2)))
    taken = 80 - (0.1 * 80 + 0.9 * 20)
    piloted, put_off = found.candidates[0].options
    assert piloted.value == pytest.approx(85 - 0.5 * taken)
    assert piloted.draws is not None
    assert piloted.draws.mean() == pytest.approx(piloted.value)
    assert put_off.value == pytest.approx(72 - 0.9 * taken)


def test_examples_keep_their_raw_values_beside_what_is_believed() -> None:
    candidates = [
        candidate_of(examples.load(name)) for name in ("demand_forecast", "invoice_routing", "customer_retention")
    ]
    found = believed(candidates, Settings())
    for raw, one in zip(candidates, found.candidates, strict=True):
        for before, after in zip(raw.options, one.options, strict=True):
            belief = found.belief(one.name, after)
            assert belief.raw == pytest.approx(before.value)
            assert after.value <= before.value + 1e-6
            assert 0 <= belief.weight <= 1
            assert belief.source


# What becomes of the choice ------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize(("many", "gained"), [(9, 1.02), (20, 0.95), (50, 0.75)])
def test_a_choice_by_what_is_believed_regrets_no_more_and_promises_less(many: int, gained: float) -> None:
    """300 portfolios whose true values are known; five are taken, by raw values and by what is believed.

    The regret of nine is level, that of fifty a third less; raw values promise several hundred too much, what is
    believed a fifth of that at most.
    """
    chance = np.random.default_rng(3)
    regret: dict[bool, list[float]] = {True: [], False: []}
    promise: dict[bool, list[float]] = {True: [], False: []}
    for _ in range(300):
        true, errors = chance.normal(100, 60, size=many), chance.uniform(10, 200, size=many)
        raw = true + chance.normal(size=many) * errors
        candidates = [_candidate(str(each), raw[each], errors[each], 500.0) for each in range(many)]
        for shrunk in (True, False):
            values = np.array(list(_values(believed(candidates, Settings(shrunk=shrunk)).candidates).values()))
            taken = np.argsort(values)[-5:]
            regret[shrunk].append(np.sort(true)[-5:].sum() - true[taken].sum())
            promise[shrunk].append(values[taken].sum() - true[taken].sum())
    assert np.mean(regret[True]) < gained * np.mean(regret[False])
    assert abs(float(np.mean(promise[True]))) < 0.2 * float(np.mean(promise[False]))


def test_the_choice_is_by_what_is_believed() -> None:
    # The widest promises most; under a limit of one at a time the sure one is taken.
    wide = Candidate("wide", (Option("main", 90.0, end=1, rests_on={"main": 1.0}),), (Estimated("main", 90, 80, 100),))
    sure = Candidate("sure", (Option("main", 80.0, end=1, rests_on={"main": 1.0}),), (Estimated("main", 80, 5, 100),))
    found = believed([wide, sure], Settings(prior=Prior(0.3, 0.3)))
    assert choose([wide, sure]).value == 170
    assert _values(found.candidates)["sure"] > _values(found.candidates)["wide"]
