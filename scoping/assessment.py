"""The Assessment: what Groundwork says of a proposal. Plain values, computed once in assess.py."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from .feasibility.checklist import Checklist
from .value.breakeven import BreakEven, MetricMap
from .value.sensitivity import Swing
from .value.simulate import Figure, Outcome

NO_CHANGE = Figure(0.0, 0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True)
class AlternativeResult:
    """One alternative and its figures; `outcome` is None while something is missing.

    `incomplete` names what. `gain_per_case` is known as soon as the value of a case is.
    """

    index: int
    name: str
    kind: str
    outcome: Outcome | None
    incomplete: tuple[str, ...]
    gain_per_month: float | None
    cost_per_month: float | None
    one_off_cost: float | None

    @property
    def is_reference(self) -> bool:
        """True for the status quo: its NPV against itself is 0 by definition."""
        return self.kind == "status_quo"

    @property
    def expected(self) -> float | None:
        """Expected NPV, in the proposal's currency."""
        return self.outcome.npv.mean if self.outcome else None


@dataclass(frozen=True)
class Sensitivity:
    """One uncertain input: its swing of NPV, and what learning it alone would be worth."""

    swing: Swing
    evppi: float


@dataclass(frozen=True)
class PilotValue:
    """What the planned pilot is worth (EVSI), what it costs, and the difference, in money."""

    evsi: float | None
    cost: float | None

    @property
    def net(self) -> float | None:
        """EVSI less cost."""
        return None if self.evsi is None or self.cost is None else self.evsi - self.cost


@dataclass(frozen=True)
class Verdict:
    """build, pilot, simpler, rework or stop, with its reasons and conditions in plain sentences."""

    recommendation: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """All that `assess` says. Money is in `currency`; draws and seed make it repeatable."""

    currency: str
    draws: int
    seed: int
    alternatives: tuple[AlternativeResult, ...]
    best: str | None
    leading: int | None
    evpi: float | None
    break_even: tuple[BreakEven, ...]
    metric_map: MetricMap | None
    base_npv: float | None
    sensitivity: tuple[Sensitivity, ...]
    pilot: PilotValue
    feasibility: Checklist
    verdict: Verdict
    missing: tuple[str, ...]

    def leader(self) -> AlternativeResult | None:
        """The alternative, other than the status quo, with the highest expected NPV."""
        return next((each for each in self.alternatives if each.index == self.leading), None)

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values. A figure that does not exist is None, never NaN."""
        return {
            "currency": self.currency,
            "draws": self.draws,
            "seed": self.seed,
            "alternatives": [_alternative(each) for each in self.alternatives],
            "best": self.best,
            "evpi": self.evpi,
            "break_even": [_break_even(each) for each in self.break_even],
            "sensitivity": [_sensitivity(each) for each in self.sensitivity],
            "pilot": {"evsi": self.pilot.evsi, "cost": self.pilot.cost, "net": self.pilot.net},
            "feasibility": _feasibility(self.feasibility),
            "verdict": {
                "recommendation": self.verdict.recommendation,
                "reasons": list(self.verdict.reasons),
                "conditions": list(self.verdict.conditions),
            },
            "missing": list(self.missing),
        }


def _alternative(result: AlternativeResult) -> dict[str, Any]:
    outcome = result.outcome
    npv = outcome.npv if outcome else NO_CHANGE if result.is_reference else Figure()
    return {
        "name": result.name,
        "kind": result.kind,
        "npv": _figure(npv, with_error=True),
        "roi": _figure(outcome.roi if outcome else Figure()),
        "payback_months": {
            **_figure(outcome.payback_months if outcome else Figure()),
            "share_paying_back": outcome.paying_back if outcome else None,
        },
        "irr": {
            **_figure(outcome.irr if outcome else Figure()),
            "share_without": outcome.irr_none if outcome else None,
            "share_with_several": outcome.irr_several if outcome else None,
        },
        "probability_of_loss": outcome.probability_of_loss if outcome else None,
        "gain_per_month": result.gain_per_month,
        "cost_per_month": result.cost_per_month,
        "one_off_cost": result.one_off_cost,
        "gain_per_month_range": _figure(outcome.gain_per_month if outcome else Figure()),
        "cash_flow_by_month": _fan(outcome),
        "incomplete": list(result.incomplete),
    }


def _figure(figure: Figure, *, with_error: bool = False) -> dict[str, float | None]:
    values = asdict(figure)
    if not with_error:
        del values["standard_error"]
    return values


def _fan(outcome: Outcome | None) -> list[dict[str, float]]:
    if outcome is None:
        return []
    columns = zip(*outcome.fan.tolist(), strict=True)
    return [
        {"month": month, "p10": p10, "p50": p50, "p90": p90} for month, (p10, p50, p90) in enumerate(columns, start=1)
    ]


def _break_even(each: BreakEven) -> dict[str, Any]:
    return {
        "alternative": each.alternative,
        "metric": each.metric,
        "value": each.value,
        "expected": each.expected,
        "ceiling": each.ceiling,
        "headroom": each.headroom,
        "status": each.status,
        "better": each.better,
    }


def _sensitivity(each: Sensitivity) -> dict[str, Any]:
    return {
        "input": each.swing.input,
        "label": each.swing.label,
        "npv_at_p10": each.swing.npv_at_p10,
        "npv_at_p90": each.swing.npv_at_p90,
        "evppi": each.evppi,
    }


def _feasibility(checklist: Checklist) -> dict[str, Any]:
    return {
        "score": checklist.score,
        "areas": dict(checklist.areas),
        "gates": [{"id": gate.id, "status": gate.status, "reason": gate.reason} for gate in checklist.gates],
        "answered": checklist.answered,
        "asked": checklist.asked,
    }
