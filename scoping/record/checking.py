"""A measured model held against what was decided: does it still earn its money, and keep its bounds?

Without a number of cases a value is taken as it is. With one, what passes must pass by more than chance: the lower end of
a one-sided 95 % interval (Wilson) has to reach the break-even. Otherwise every second model that is exactly at its
break-even would pass, and each would look better the fewer cases it was tested on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Any

from scipy.special import ndtri

from ..errors import Refused, quote
from ..text.languages import joined, message
from ..text.wording import metric_value, money, number
from ..vocabulary import Better, BreakEvenStatus, Unit
from .intervals import wilson
from .requirements import LATENCY, Bound, Required, Requirements, Together
from .watching import fails

_SURE = 0.95
_Z = float(ndtri(_SURE))
# A two-sided interval of 90 % has on either side what a one-sided one of 95 % has.
_TWO_SIDED = 2 * _SURE - 1
_MOST_CASES = 10**12


class CheckRefused(Refused):
    """Values that cannot be checked against this decision; the message says what can."""


class Outcome(StrEnum):
    """What a check of one value says. Only `passed` lets a model through."""

    PASSED = "passed"
    FAILED = "failed"
    UNSURE = "unsure"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Finding:
    """What is said of one value, or of two together: the value, its limit, the interval where there is one, and why."""

    name: str
    value: float
    limit: float | None
    outcome: Outcome
    reason: str
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Checked:
    """All findings, what was not given, and the guardrails that no number says anything of."""

    alternative: str
    findings: tuple[Finding, ...]
    not_given: tuple[str, ...]
    not_checked: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """True where every value passed."""
        return all(each.outcome is Outcome.PASSED for each in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {
            "passed": self.passed,
            "alternative": self.alternative,
            "findings": [
                {
                    "name": each.name,
                    "value": each.value,
                    "limit": each.limit,
                    "outcome": str(each.outcome),
                    "interval": list(each.interval) if each.interval else None,
                    "reason": str(each.reason),
                }
                for each in self.findings
            ],
            "not_given": list(self.not_given),
            "not_checked": list(self.not_checked),
        }


def check(
    requirements: Requirements, values: Mapping[str, float], cases: int | None = None, percents: Collection[str] = ()
) -> Checked:
    """Measured values, by name, against what was decided; `cases` is the size of the test set.

    `percents` are the names of the values that were written as per cent. Raises CheckRefused where a value has a name that nothing is known of, or cannot be.
    """
    metrics = {each.name: each for each in requirements.metrics}
    bounds = [each for each in requirements.bounds if each.name not in metrics]
    own_bounds = [each for each in requirements.bounds if each.name in metrics]
    _refuse(requirements, {*metrics, *(each.name for each in bounds)}, values, cases)
    _refuse_shares(requirements, values, percents)
    found = [_of_metric(metrics[name], value, cases) for name, value in values.items() if name in metrics]
    found += [_of_bound(each, values[each.name]) for each in (*bounds, *own_bounds) if each.name in values]
    found += _of_both(requirements, values, cases)
    missing = [name for name in metrics if name not in values]
    unseen = [each.text for each in bounds if each.name not in values]
    return Checked(requirements.alternative, tuple(found), tuple(missing), (*unseen, *requirements.guardrails))


def cases_needed(value: float, limit: float) -> int | None:
    """On how many cases a share has to be measured to pass by more than chance; None where no number is enough.

    Wilson's interval is the score test turned round, so it ends at the limit where the test is just passed.
    """
    if value == limit:
        return None
    needed = max(ceil(_Z * _Z * limit * (1 - limit) / (value - limit) ** 2), 1)
    return needed if needed <= _MOST_CASES else None


def _refuse(requirements: Requirements, known: set[str], values: Mapping[str, float], cases: int | None) -> None:
    if not values:
        raise CheckRefused(message("No value to check. Give one or more of: {names}.", names=", ".join(sorted(known))))
    for name in values:
        if name not in known:
            words = {"name": quote(name), "names": ", ".join(sorted(known))}
            raise CheckRefused(message("Metric {name} is not part of this decision. Allowed: {names}.", **words))
    for each in requirements.metrics:
        if each.name in values and not each.lower <= values[each.name] <= each.upper:
            words = {
                "name": each.name,
                "value": number(values[each.name], 4),
                "low": number(each.lower, 4),
                "high": number(each.upper, 4),
            }
            raise CheckRefused(message("{name}: {value}: must be a number from {low} to {high}.", **words))
    if cases is not None and not 1 <= cases <= _MOST_CASES:
        raise CheckRefused(message("cases: must be a whole number from 1 to 1,000,000,000,000."))


def _refuse_shares(requirements: Requirements, values: Mapping[str, float], percents: Collection[str]) -> None:
    """A percentage of what is no share, or a share given as 98 for 98 % or as -1, would be on the wrong side unseen."""
    known: list[Required | Bound] = [*requirements.metrics, *requirements.bounds]
    for each in known:
        if each.name in percents and not each.as_percent:
            raise CheckRefused(message("{name} is no share: leave out the % sign.", name=each.name))
    for bound in requirements.bounds:
        value = values.get(bound.name, 0.0)
        if value < 0 and (bound.as_percent or bound.name == LATENCY):
            # A pipeline writes -1 for what was not measured: that would keep any upper bound.
            words = {"name": bound.name, "value": number(value, 4)}
            raise CheckRefused(message("{name}: {value}: must be at least 0.", **words))
        if bound.as_percent and value > 1 and bound.name not in percents:
            words = {"name": bound.name, "value": number(value, 4)}
            raise CheckRefused(message("{name}: {value}: write a share such as 0.02, or 2%.", **words))


def _of_metric(each: Required, value: float, cases: int | None) -> Finding:
    if each.status == BreakEvenStatus.ALWAYS:
        reason = message("{metric} pays at any value", metric=each.name)
        return Finding(each.name, value, None, Outcome.PASSED, reason)
    if each.status == BreakEvenStatus.NEVER:
        reason = message("{metric}: no value of it pays at the signed figures", metric=each.name)
        return Finding(each.name, value, None, Outcome.FAILED, reason)
    if each.break_even is None:
        reason = message("{metric} has several break-evens, so one value cannot be held against one", metric=each.name)
        return Finding(each.name, value, None, Outcome.UNKNOWN, reason)
    return _against(each, each.break_even, value, cases)


def _against(each: Required, limit: float, value: float, cases: int | None) -> Finding:
    better = Better(each.better)
    interval = wilson(value * cases, cases, _TWO_SIDED) if cases and each.is_share else None
    low, high = interval or (value, value)
    worst = low if better is Better.UP else high
    if fails(value, limit, better):
        return Finding(each.name, value, limit, Outcome.FAILED, _failed(each, value, limit), interval)
    if fails(worst, limit, better):
        return Finding(each.name, value, limit, Outcome.UNSURE, _unsure(each, value, limit, cases or 0), interval)
    return Finding(each.name, value, limit, Outcome.PASSED, _passed(each, value, limit), interval)


def _told(each: Required, value: float, limit: float) -> dict[str, str]:
    unit = Unit.SHARE if each.is_share else Unit.NUMBER
    return {"metric": each.name, "value": metric_value(value, unit), "limit": metric_value(limit, unit)}


def _failed(each: Required, value: float, limit: float) -> str:
    words = _told(each, value, limit)
    if each.better == "up":
        return message("{metric} {value} is below its break-even of {limit}: the project would lose money", **words)
    return message("{metric} {value} is above its break-even of {limit}: the project would lose money", **words)


def _passed(each: Required, value: float, limit: float) -> str:
    words = _told(each, value, limit)
    if each.better == "up":
        return message("{metric} {value} is at or above its break-even of {limit}", **words)
    return message("{metric} {value} is at or below its break-even of {limit}", **words)


def _unsure(each: Required, value: float, limit: float, cases: int) -> str:
    needed = cases_needed(value, limit)
    words = {**_told(each, value, limit), "cases": number(cases, 0)}
    if needed is None:
        return message("{metric} {value} on {cases} cases cannot be told from its break-even of {limit}", **words)
    return message(
        "{metric} {value} on {cases} cases may be on the wrong side of its break-even of {limit} by chance: it takes some {needed} cases",
        **words,
        needed=number(needed, 0),
    )


def _of_bound(each: Bound, value: float) -> Finding:
    is_broken = fails(value, each.limit, Better(each.better))
    words = {"name": each.name, "value": number(value, 4), "guardrail": each.text}
    if is_broken:
        said = message("{name} {value} breaks the guardrail “{guardrail}”", **words)
    else:
        said = message("{name} {value} keeps the guardrail “{guardrail}”", **words)
    return Finding(each.name, value, each.limit, Outcome.FAILED if is_broken else Outcome.PASSED, said)


def _of_both(requirements: Requirements, values: Mapping[str, float], cases: int | None) -> Iterator[Finding]:
    """Two metrics that are each beyond their break-even may lose money together, each being less than was expected."""
    found = requirements.together
    if found is None or found.x_name not in values or found.y_name not in values:
        return
    metrics = {each.name: each for each in requirements.metrics}
    worst = {name: _worst(metrics[name], values[name], cases) for name in (found.x_name, found.y_name)}
    npv = npv_at(found, values[found.x_name], values[found.y_name])
    at_worst = npv_at(found, worst[found.x_name], worst[found.y_name])
    name = joined(", ", (found.y_name, found.x_name))
    words = {"names": name, "npv": money(npv, requirements.currency)}
    if npv < 0:
        said, outcome = message("{names} together: expected NPV is {npv}, below zero", **words), Outcome.FAILED
    elif at_worst < 0:
        said = message("{names} together: expected NPV is {npv}, and may be below zero by chance", **words)
        outcome = Outcome.UNSURE
    else:
        said, outcome = message("{names} together: expected NPV is {npv}", **words), Outcome.PASSED
    yield Finding(name, npv, 0.0, outcome, said)


def _worst(each: Required, value: float, cases: int | None) -> float:
    if not cases or not each.is_share:
        return value
    low, high = wilson(value * cases, cases, _TWO_SIDED)
    return low if each.better == "up" else high


def npv_at(found: Together, x: float, y: float) -> float:
    """Expected NPV at two values, between the points of the grid by bilinear interpolation."""
    from scipy.interpolate import RegularGridInterpolator  # slow to import: most who import scoping check nothing

    between = RegularGridInterpolator((found.y, found.x), found.npv, bounds_error=False, fill_value=None)
    return float(between([[y, x]])[0])
