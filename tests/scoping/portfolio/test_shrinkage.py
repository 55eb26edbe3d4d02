"""The optimiser's curse, and what shrinking does against it."""

from __future__ import annotations

import numpy as np
import pytest

from scoping.portfolio import shrink
from scoping.portfolio.candidates import Estimated
from scoping.portfolio.shrinkage import Prior, prior_of, prior_of_estimates

_TRIALS = 4_000


@pytest.mark.parametrize(("many", "expected"), [(3, 0.85), (10, 1.54)])
def test_the_published_disappointment_is_reproduced_and_taken_away(many: int, expected: float) -> None:
    """Smith and Winkler (2006), section 2.2: alternatives worth 0, estimated with a deviation of 1.

    With three the best looks 0.85 better than it is, with ten 1.54. Shrunk with the true prior it looks like nothing.
    """
    chance = np.random.default_rng(7)
    estimates = chance.normal(size=(_TRIALS, many))
    assert estimates.max(axis=1).mean() == pytest.approx(expected, abs=0.03)
    best = [max(each.value for each in shrink(row, [1.0] * many, Prior(0.0, 0.0))) for row in estimates[:200]]
    assert best == pytest.approx([0.0] * 200)


def test_one_estimate_is_weighed_as_in_the_closed_form() -> None:
    """weight = t^2 / (t^2 + s^2) (Smith and Winkler 2006, section 3.1)."""
    (found,) = shrink([10.0], [3.0], Prior(2.0, 4.0))
    assert found.weight == pytest.approx(16 / 25)
    assert found.value == pytest.approx(2 + (10 - 2) * 16 / 25)
    assert found.error == pytest.approx((16 * 9 / 25) ** 0.5)


def test_what_is_known_for_certain_stays_and_two_tell_nothing_of_their_kind() -> None:
    certain, other, _ = shrink([10.0, 0.0, 5.0], [0.0, 2.0, 2.0])
    assert (certain.value, certain.weight) == (10.0, 1.0)
    assert 0.0 < other.value < 6.0
    assert [each.value for each in shrink([10.0, 0.0], [1.0, 1.0])] == [10.0, 0.0]


def test_estimates_that_differ_by_no_more_than_their_errors_are_all_alike() -> None:
    found = shrink([1.0, 2.0, 3.0], [50.0, 50.0, 50.0])
    assert [each.value for each in found] == pytest.approx([2.0] * 3)


def test_the_prior_is_paule_and_mandels() -> None:
    """With equal errors: the sample variance less the error's (DerSimonian and Laird agree there in closed form)."""
    values = np.array([3.0, 9.0, 4.0, 12.0, 7.0])
    found = prior_of(values, np.full(5, 1.5))
    assert found.mean == pytest.approx(values.mean())
    assert found.deviation**2 == pytest.approx(values.var(ddof=1) - 1.5**2, rel=1e-6)


def test_the_prior_of_proposals_is_that_of_the_eight_schools() -> None:
    """Sturtz, Ligges and Gelman (2005), Journal of Statistical Software 12(3), section 4: mean 8.1, deviation 6.6.

    The deviation is uniform there too, and Paule and Mandel's is 0.
    """
    effects, errors = (28, 8, -3, 7, -1, 1, 18, 12), (15, 10, 16, 11, 9, 11, 10, 18)
    schools = [Estimated("all", *pair, size=100.0) for pair in zip(effects, errors, strict=True)]
    found = prior_of_estimates(schools)
    assert 100 * found.mean == pytest.approx(8.1, abs=0.3)
    assert 100 * found.deviation == pytest.approx(6.6, abs=0.3)
    assert prior_of(np.array(effects, float), np.array(errors, float)).deviation == 0


@pytest.mark.long
def test_shrunk_values_rank_better_and_promise_no_more_than_they_hold() -> None:
    """400 portfolios of 20 whose errors differ widely; the best five are taken by raw and by shrunk values.

    The regret is 183 by raw values and 169 by shrunk ones; they look 627 better than they are, and 24.
    """
    chance = np.random.default_rng(3)
    regrets: dict[str, list[float]] = {"raw": [], "shrunk": []}
    biases: dict[str, list[float]] = {"raw": [], "shrunk": []}
    for _ in range(400):
        true = chance.normal(100, 60, size=20)
        errors = chance.uniform(10, 200, size=20)
        raw = true + chance.normal(size=20) * errors
        promised = {"raw": raw, "shrunk": np.array([each.value for each in shrink(raw.tolist(), errors.tolist())])}
        for name, values in promised.items():
            taken = np.argsort(values)[-5:]
            regrets[name].append(np.sort(true)[-5:].sum() - true[taken].sum())
            biases[name].append(values[taken].sum() - true[taken].sum())
    regret = {name: float(np.mean(each)) for name, each in regrets.items()}
    bias = {name: float(np.mean(each)) for name, each in biases.items()}
    assert regret["shrunk"] < 0.95 * regret["raw"]
    assert abs(bias["shrunk"]) < 0.1 * bias["raw"]
