"""Time of assess(), and the standard error of the mean NPV beside plain Monte Carlo with as many draws.

The first time is with one thread of one process, the median of several runs. The error of the
Sobol points is the root mean square of what assess() reports for several seeds; that of plain
Monte Carlo is the standard deviation of NPV over the root of the number of draws.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from itertools import count

import numpy as np

from scoping import Assessment, assess, examples
from scoping.assessment import AlternativeResult
from scoping.value.simulate import DEFAULT_DRAWS

_RUNS = 7
_SEEDS = 12


def measure() -> dict[str, float]:
    """One line for each example."""
    found = {}
    # Another seed every time: nothing may be found again that was drawn before.
    seeds = count(1_000)
    print(f"{'example':20} {'assess ms':>9} {'npv error':>11} {'plain error':>11} {'plain/ours':>10}")
    for name in examples.NAMES:
        proposal = examples.load(name)
        milliseconds = 1000 * median_seconds(lambda proposal=proposal: assess(proposal, seed=next(seeds)))
        results = [_leader(assess(proposal, seed=seed)) for seed in range(1, _SEEDS + 1)]
        ours = float(np.sqrt(np.mean([(each.outcome.npv.standard_error or 0) ** 2 for each in results])))  # type: ignore[union-attr]
        plain = float(np.mean([each.outcome.draws.std(ddof=1) for each in results])) / DEFAULT_DRAWS**0.5  # type: ignore[union-attr]
        print(f"{name:20} {milliseconds:9.0f} {ours:11,.0f} {plain:11,.0f} {plain / ours:10.1f}")
        found |= {f"{name}, assess() ms": milliseconds, f"{name}, plain error / ours": plain / ours}
    return found


def _leader(assessment: Assessment) -> AlternativeResult:
    leader = assessment.leader()
    assert leader is not None
    return leader


def median_seconds(run: Callable[[], object], runs: int = _RUNS) -> float:
    """The median time of several runs, after one that warms up."""
    run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
