"""The same model sampled by us and with squigglepy and NumPy: statistical efficiency, and what assess() adds.

20 uncertain inputs, 60 months, a status quo and three other alternatives. The efficiency is
1 / (time x variance of the mean NPV of the leading alternative); medians of several runs, the variance over
independent seeds. squigglepy draws each input from a lognormal (amounts) or a normal cut to 0..1
(shares) of the same P10 and P90; NumPy runs the months as one array, the way one writes it in a notebook.

It runs in a process of its own: after other work the memory for large arrays is at hand already, which made NumPy's
months three times as fast in one order of the parts as in another.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from itertools import count
from multiprocessing import get_context
from typing import Any

import numpy as np
import squigglepy as sq

from scoping import assess, read
from scoping.value.model import value_model
from scoping.value.simulate import DEFAULT_DRAWS, npv_alone
from tests.bench.assessment import median_seconds

_SEEDS = 24
_MONTHS = 60
_AMOUNTS = {
    "cases": (18_000, 20_000, 22_000),
    "value": (90, 120, 160),
    "action": (3, 4, 5.5),
    "alarm": (0.7, 1, 1.4),
}
_SHARES = {"prevalence": (0.03, 0.04, 0.055), "adoption": (0.7, 0.8, 0.9), "drift": (0.05, 0.1, 0.18)}
_RATES = {"growth": (-0.02, 0.02, 0.06)}
_EACH = {
    "recall": (0.62, 0.7, 0.77),
    "precision": (0.4, 0.5, 0.6),
    "build": (150_000, 220_000, 330_000),
    "run": (6_000, 9_000, 14_000),
}
_SURE = 1.0


def measure() -> dict[str, float]:
    """The efficiencies and their ratio, and assess() beside the NPV simulation alone."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as apart:
        return apart.submit(_measured).result()


def _measured() -> dict[str, float]:
    document = read(_document())
    model = value_model(document)
    assert model is not None
    ours = np.array([npv_alone(model, seed=seed)[1].mean or 0.0 for seed in range(1, _SEEDS + 1)])
    plain = np.array([_notebook(seed) for seed in range(1, _SEEDS + 1)])
    # Another seed every time: nothing may be found again that was drawn before.
    seeds = count(1_000)
    time_ours = median_seconds(lambda: npv_alone(model, seed=next(seeds)))
    time_plain = median_seconds(lambda: _notebook(1))
    time_whole = median_seconds(lambda: assess(document, seed=next(seeds)))
    gain = (time_plain * plain.var(ddof=1)) / (time_ours * ours.var(ddof=1))
    uncertain = sum(each.is_uncertain for each in model.inputs)
    print(f"{uncertain} uncertain inputs, {_MONTHS} months, 4 alternatives, {DEFAULT_DRAWS:,} draws")
    print(f"{'':22} {'ms':>7} {'error of mean NPV':>18}")
    print(f"{'Groundwork, NPV alone':22} {1000 * time_ours:7.0f} {ours.std(ddof=1):18,.0f}")
    print(f"{'squigglepy and NumPy':22} {1000 * time_plain:7.0f} {plain.std(ddof=1):18,.0f}")
    print(f"efficiency, ratio: {gain:,.0f}; whole assess() / NPV alone: {time_whole / time_ours:.1f}")
    return {"efficiency / squigglepy's": gain, "assess() / NPV alone": time_whole / time_ours}


def _estimate(quantiles: tuple[float, float, float]) -> dict[str, float]:
    return dict(zip(("p10", "p50", "p90"), quantiles, strict=True))


def _document() -> dict[str, Any]:
    def alternative(name: str, kind: str) -> dict[str, Any]:
        return {
            "name": name,
            "kind": kind,
            "metrics": {"recall": _estimate(_EACH["recall"]), "precision": _estimate(_EACH["precision"])},
            "build_months": 6,
            "success_probability": _SURE,
            "costs": [
                {"name": "Build", "timing": "one_off", "amount": _estimate(_EACH["build"])},
                {"name": "Run", "timing": "monthly", "amount": _estimate(_EACH["run"])},
            ],
        }

    return {
        "title": "Bench",
        "bridge": {
            "kind": "detection",
            "cases_per_month": _estimate(_AMOUNTS["cases"]),
            "prevalence": _estimate(_SHARES["prevalence"]),
            "value_of_catch": _estimate(_AMOUNTS["value"]),
            "action_cost": _estimate(_AMOUNTS["action"]),
            "false_alarm_cost": _estimate(_AMOUNTS["alarm"]),
        },
        "alternatives": [
            {"name": "Today", "kind": "status_quo"},
            alternative("Rule", "rules"),
            alternative("Model", "classical_ml"),
            alternative("Network", "deep_learning"),
        ],
        "returns": {
            "horizon_months": _MONTHS,
            "discount_rate": 0.09,
            "adoption": _estimate(_SHARES["adoption"]),
            "ramp_months": 4,
            "volume_growth": _estimate(_RATES["growth"]),
            "drift": _estimate(_SHARES["drift"]),
            "retrain_every_months": 6,
        },
    }


def _notebook(seed: int) -> float:
    """Mean NPV of the rule, with the other alternatives computed beside it."""
    sq.set_seed(seed)
    drawn = {name: _sample(sq.lognorm(low, high, credibility=80)) for name, (low, _, high) in _AMOUNTS.items()}
    drawn |= {
        name: _sample(sq.norm(low, high, credibility=80, lclip=0, rclip=1)) for name, (low, _, high) in _SHARES.items()
    }
    drawn |= {name: _sample(sq.norm(low, high, credibility=80)) for name, (low, _, high) in _RATES.items()}
    npv = [_one(drawn) for _ in range(3)]
    return float(npv[0].mean())


def _sample(distribution: Any) -> Any:
    return np.asarray(sq.sample(distribution, n=DEFAULT_DRAWS))


def _one(drawn: dict[str, Any]) -> Any:
    recall, precision = (
        _sample(sq.norm(_EACH[name][0], _EACH[name][2], credibility=80, lclip=0, rclip=1))
        for name in ("recall", "precision")
    )
    build, run = (_sample(sq.lognorm(_EACH[name][0], _EACH[name][2], credibility=80)) for name in ("build", "run"))
    caught = drawn["prevalence"] * recall
    worth = caught * (drawn["value"] - drawn["action"])
    worth -= caught * (1 - precision) / precision * (drawn["action"] + drawn["alarm"])
    month = np.arange(1, _MONTHS + 1)[:, None]
    live = np.maximum(month - 6, 0)
    handled = drawn["cases"] * (1 + drawn["growth"]) ** ((month - 1) / 12) * drawn["adoption"] * np.minimum(1, live / 4)
    gain = handled * worth * (1 - drawn["drift"]) ** ((live % 6) / 12)
    cost = np.where(month <= 6, build / 6, 0.0) + run * np.minimum(1, live)
    return ((gain - cost) * 1.09 ** (-month / 12)).sum(axis=0)
