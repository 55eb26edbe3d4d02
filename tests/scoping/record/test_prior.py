"""What such proposals are worth by the track record: against closed forms, and in simulated portfolios."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from scoping.portfolio.candidates import Estimated
from scoping.portfolio.shrinkage import Prior, prior_of_estimates, shrunk_by_size
from scoping.record import (
    FEWEST_DECIDED,
    Realised,
    prior_of_record,
    realised,
    realised_of_stopped,
    reestimated,
)
from scoping.record.prior import is_known
from tests.scoping.record.samples import BUILD, SIGNED, actuals

ADOPTION = "returns.adoption"
FULL = SIGNED.returns.horizon_months or 0


def record(many: int, mean: float, deviation: float, *, error: float = 0.2, seed: int = 3) -> list[Realised]:
    """Decided proposals without any luck, all estimated equally well."""
    chance = np.random.default_rng(seed)
    true = chance.normal(mean, deviation, size=many)
    estimates = true + error * chance.normal(size=many)
    return [Realised(str(n), estimates[n], error, 0.0, true[n]) for n in range(many)]


def test_with_few_decided_proposals_nothing_is_said() -> None:
    assert prior_of_record(record(FEWEST_DECIDED - 1, 0.2, 0.1)) is None
    found = prior_of_record(record(FEWEST_DECIDED, 0.2, 0.1))
    assert found is not None
    assert found.decided == FEWEST_DECIDED


def test_it_is_the_regression_of_what_came_on_what_was_estimated() -> None:
    """Smith and Winkler 2006, equation 3: the slope is t^2 / (t^2 + s^2), the constant (1 - slope) m."""
    found = record(4_000, 0.2, 0.1)
    slope, constant = np.polyfit([each.estimated for each in found], [each.realised for each in found], 1)
    prior = prior_of_record(found)
    assert prior is not None
    assert prior.prior.mean == pytest.approx(constant / (1 - slope), abs=0.01)
    assert prior.prior.deviation == pytest.approx(0.2 * (slope / (1 - slope)) ** 0.5, abs=0.01)


def test_what_was_decided_on_because_it_looked_good_says_the_same_as_all() -> None:
    """The mean of what came is that of the good ones; the prior is that of all."""
    every = record(8_000, 0.2, 0.1)
    good = [each for each in every if each.estimated > 0.35]
    prior = prior_of_record(good)
    assert prior is not None
    assert np.mean([each.realised for each in good]) > 0.24
    assert prior.prior.mean == pytest.approx(0.2, abs=0.02)
    assert prior.fell > 0.1


def test_without_doubt_about_the_deviation_the_mean_is_that_of_normal_errors() -> None:
    """Where an estimate says nothing, what came is all there is: the mean, and its standard error from luck alone."""
    values = np.linspace(-0.1, 0.5, 25)
    found = [Realised(str(n), 0.9, 1e6, 0.2, each) for n, each in enumerate(values)]
    prior = prior_of_record(found)
    assert prior is not None
    assert prior.prior.mean == pytest.approx(values.mean(), abs=1e-3)
    assert 0.2 / 5 < prior.error < (0.2**2 + 0.2**2) ** 0.5 / 5


def test_those_to_choose_among_count_too() -> None:
    low = [Estimated("main", 5.0, 10.0, 100.0)] * 40
    alone, both = prior_of_record(record(12, 0.4, 0.1)), prior_of_record(record(12, 0.4, 0.1), low)
    assert alone is not None
    assert both is not None
    assert 0.05 < both.prior.mean < alone.prior.mean
    assert both.error < alone.error


@pytest.mark.parametrize(("error", "luck", "came"), [(0.01, 0.0, -0.15), (0.05, 0.05, -0.2), (0.3, 0.2, -8.0)])
def test_one_outcome_that_the_others_speak_against_does_not_say_what_all_are_worth(
    error: float, luck: float, came: float
) -> None:
    """A sure estimate that failed alone would say that no estimates count; a disaster, that all of them do."""
    chance = np.random.default_rng(4)
    found = _record(chance, 30)
    without, with_it = prior_of_record(found), prior_of_record([*found, Realised("odd", 0.35, error, luck, came)])
    assert without is not None
    assert with_it is not None
    assert with_it.prior.mean == pytest.approx(without.prior.mean, abs=0.02)
    assert with_it.prior.deviation == pytest.approx(without.prior.deviation, abs=0.03)
    assert with_it.decided == 31


def test_what_most_of_the_record_says_is_never_set_aside() -> None:
    """Sure estimates that all came to less: they are to count little, and the mean is what came."""
    chance = np.random.default_rng(5)
    estimates = chance.normal(0.5, 0.1, size=30)
    found = [Realised(str(n), each, 0.03, 0.02, 0.1) for n, each in enumerate(estimates)]
    prior = prior_of_record(found)
    assert prior is not None
    assert prior.prior.mean == pytest.approx(0.1, abs=0.05)
    assert prior.prior.deviation < 0.05


def test_an_outcome_counts_once_half_of_the_horizon_is_recorded_or_the_work_was_stopped() -> None:
    early = actuals((BUILD, 3, 3.0))
    assert not is_known(SIGNED, early)
    assert realised("a", SIGNED, early) is None
    assert is_known(SIGNED, actuals((BUILD, 3, 3.0), (ADOPTION, FULL // 2 + 1, 0.5)))
    assert is_known(SIGNED, actuals((BUILD, 3, 3.0), stopped_month=4))


def test_what_a_later_decision_stopped_ended_with_what_was_recorded_last() -> None:
    early = actuals((BUILD, 3, 3.0))
    found = realised_of_stopped("a", SIGNED, early)
    assert found is not None
    assert found == realised("a", SIGNED, actuals((BUILD, 3, 3.0), stopped_month=3))
    assert found.realised < 0 < found.estimated
    said = actuals((BUILD, 3, 3.0), stopped_month=5)
    assert realised_of_stopped("a", SIGNED, said) == realised("a", SIGNED, said)


def test_what_a_proposal_came_to_is_its_npv_with_what_is_known_by_the_money_that_it_was_to_move() -> None:
    known = actuals((BUILD, 3, 3.0), *((ADOPTION, month, 0.1) for month in range(10, FULL)))
    found, again = realised("a", SIGNED, known), reestimated(SIGNED, known)
    assert found is not None
    assert again is not None
    assert found.realised < found.estimated
    size = (again.signed.mean or 0.0) / found.estimated
    assert found.realised == pytest.approx((again.now.mean or 0.0) / size, rel=0.02)
    assert found.error > 0


def _portfolio(chance: np.random.Generator, many: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    true, errors = chance.normal(0.2, 0.12, size=many), chance.uniform(0.02, 0.4, size=many)
    return true, true + errors * chance.normal(size=many), errors


def _record(chance: np.random.Generator, many: int) -> list[Realised]:
    """Of twice as many the better half is decided on; what came has its luck."""
    true, estimates, errors = _portfolio(chance, 2 * many)
    luck = chance.uniform(0, 0.3, size=2 * many)
    came = true + luck * chance.normal(size=2 * many)
    return [Realised(str(n), estimates[n], errors[n], luck[n], came[n]) for n in np.argsort(estimates)[-many:]]


def _chosen(estimates: Sequence[Estimated], true: np.ndarray, prior: Prior | None) -> tuple[float, float]:
    """Regret and broken promise of the five best."""
    values = np.array([each.value if prior is None else shrunk_by_size([each], prior)[0].value for each in estimates])
    taken = np.argsort(values)[-5:]
    return float(np.sort(true)[-5:].sum() - true[taken].sum()), float(values[taken].sum() - true[taken].sum())


@pytest.mark.long
@pytest.mark.parametrize("decided", [FEWEST_DECIDED, 30])
@pytest.mark.parametrize("many", [9, 20, 50])
def test_a_record_of_the_same_kind_is_no_worse_than_the_portfolio_itself(many: int, decided: int) -> None:
    """400 portfolios whose true values are known: docs/decisions/0088 has the figures."""
    chance = np.random.default_rng(many + decided)
    regret: dict[str, list[float]] = {"raw": [], "own": [], "record": []}
    promise: dict[str, list[float]] = {"raw": [], "own": [], "record": []}
    for _ in range(400):
        known = _record(chance, decided)
        true, values, errors = _portfolio(chance, many)
        estimates = [Estimated("main", value, error, 1.0) for value, error in zip(values, errors, strict=True)]
        found = prior_of_record(known, estimates)
        assert found is not None
        for name, prior in {"raw": None, "own": prior_of_estimates(estimates), "record": found.prior}.items():
            lost, promised = _chosen(estimates, true, prior)
            regret[name].append(lost)
            promise[name].append(promised)
    means = {name: (np.mean(regret[name]), np.mean(promise[name])) for name in regret}
    assert means["record"][0] < 1.03 * means["own"][0]
    assert abs(means["record"][1]) < max(abs(means["own"][1]), 0.05 * means["raw"][1])
