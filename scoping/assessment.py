"""The Assessment: what Groundwork says of a proposal. Plain values, computed once in assess.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf
from typing import Any, Self

from .bridges import OperatingCurve
from .document.own_classes import OwnFactor
from .document.paths import Path
from .feasibility.checklist import Checklist
from .feasibility.evidence.chances import Assumed
from .feasibility.evidence.view import EvidenceView
from .firmness import Firmness
from .text.reasons import said, said_if
from .text.remarks import remark_said
from .value.breakeven import BreakEven
from .value.choice import Difference
from .value.curves import MetricCurve, MetricMap
from .value.figures import Figure
from .value.information import Information
from .value.parts import PartWorth
from .value.pilot import PilotValue
from .value.pilot_size import PilotSizes
from .value.reasons import Reason, Why
from .value.remarks import Remark
from .value.results import AlternativeResult
from .value.sensitivity import Swing
from .value.simulate import Outcome
from .value.stages import Staged
from .value.statement import FinanceView, Line, Worth
from .verdict import Verdict
from .vocabulary import OutsideViewClass

NO_EVIDENCE = EvidenceView()
NO_CHANGE = Figure(0.0, 0.0, 0.0, 0.0, 0.0, (0.0, 0.0, 0.0))


@dataclass(frozen=True)
class Sensitivity:
    """One uncertain input: its swing of NPV, and what learning it alone would be worth."""

    swing: Swing
    evppi: Information


@dataclass(frozen=True)
class OutsideView:
    """NPV of each alternative, by index, if it goes as the organisation's own projects went, or a published class.

    `own` has what the own projects say; `reference_class` counts for what they do not, None where nothing does.
    """

    reference_class: OutsideViewClass | None
    npv: Mapping[int, Figure]
    own: tuple[OwnFactor, ...] = ()


@dataclass(frozen=True)
class Appraisal:
    """What a list and a headline need: figures, break-even, verdict. Money is in `currency`.

    draws and seed make it repeatable. The outcomes of its alternatives hold NPV and the chance of loss; return,
    payback, rate and the cash flow by month are in those of an Assessment only. `assumed` is what holds by default in
    places that the team has left empty.
    """

    currency: str
    draws: int
    seed: int
    alternatives: tuple[AlternativeResult, ...]
    best: str | None
    leading: int | None
    break_even: tuple[BreakEven, ...]
    pilot: PilotValue
    staged: Staged | None
    feasibility: Checklist
    verdict: Verdict
    missing: tuple[Path, ...]
    remarks: tuple[Remark, ...]
    assumed: tuple[Assumed, ...]

    @property
    def has_figures(self) -> bool:
        """True where at least one alternative could be valued."""
        return self.leading is not None

    def leader(self) -> AlternativeResult | None:
        """The alternative, other than the status quo, with the highest expected NPV."""
        return next((each for each in self.alternatives if each.index == self.leading), None)

    def without_draws(self) -> Self:
        """The same without the single draws, which are most of its memory and are of no use once it is made."""
        slim = [replace(each, outcome=each.outcome and each.outcome.without_draws()) for each in self.alternatives]
        pilot = replace(self.pilot, readings=self.pilot.readings and self.pilot.readings.without_draws())
        return replace(self, alternatives=tuple(slim), pilot=pilot)

    def best_first(self) -> list[AlternativeResult]:
        """The alternatives by expected NPV, highest first; those without one come last."""
        return sorted(self.alternatives, key=lambda each: -each.expected if each.expected is not None else inf)


@dataclass(frozen=True)
class Assessment(Appraisal):
    """All that `assess` says: the appraisal, and what explains it."""

    evpi: Information | None
    curves: tuple[MetricCurve, ...]
    metric_map: MetricMap | None
    operating_curve: OperatingCurve | None
    base_npv: float | None
    sensitivity: tuple[Sensitivity, ...]
    outside_view: OutsideView | None
    by_part: tuple[PartWorth, ...] = ()
    finance: FinanceView | None = None
    evidence: EvidenceView = NO_EVIDENCE
    # In full only.
    firmness: Firmness | None = None
    pilot_sizes: PilotSizes | None = None

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values. A figure that does not exist is None, never NaN."""
        return {
            "currency": self.currency,
            "draws": self.draws,
            "seed": self.seed,
            "alternatives": [_alternative(each) for each in self.alternatives],
            "best": self.best,
            "evpi": self.evpi.value if self.evpi else None,
            "evpi_standard_error": self.evpi.standard_error if self.evpi else None,
            "evpi_reason": None if self.evpi else said(Reason(Why.NOT_VALUED)),
            "break_even": [_break_even(each, self.evidence) for each in self.break_even],
            "sensitivity": [_sensitivity(each) for each in self.sensitivity],
            "by_part": [_by_part(self, each) for each in self.by_part],
            "pilot": _pilot(self.pilot),
            "pilot_size": _pilot_size(self.pilot_sizes),
            "stages": _staged(self),
            "outside_view": _outside_view(self),
            "finance": _finance(self),
            "feasibility": _feasibility(self.feasibility),
            "verdict": {
                "recommendation": self.verdict.recommendation,
                "reasons": list(self.verdict.reasons),
                "conditions": list(self.verdict.conditions),
            },
            "stability": _stability(self),
            "remarks": [remark_said(each, self.currency) for each in self.remarks],
            "evidence": {**self.evidence.to_dict(), "defaults": [_assumed(each) for each in self.assumed]},
            "missing": list(self.missing),
        }


def _stability(assessment: Assessment) -> dict[str, Any]:
    found = assessment.firmness
    return {
        "is_tie": assessment.verdict.is_tie,
        "holds": found.holds if found else None,
        "trials": found.trials if found else None,
        "flips": [
            {
                "input": flip.input,
                "label": flip.label,
                "today": flip.today,
                "value": flip.value,
                "becomes": flip.becomes,
            }
            for flip in (found.flips if found else ())
        ],
    }


def _alternative(result: AlternativeResult) -> dict[str, Any]:
    outcome, why = result.outcome, _why_without_figures(result)
    nothing = Figure(reason=why)
    npv = outcome.npv if outcome else NO_CHANGE if result.is_reference else nothing
    return {
        "name": result.name,
        "kind": result.kind,
        "npv": _figure_with_errors(npv),
        "roi": _figure(outcome.roi if outcome else nothing),
        "payback_months": {
            **_figure(outcome.payback_months if outcome else nothing),
            "share_paying_back": outcome.paying_back if outcome else None,
        },
        "irr": {
            **_figure(outcome.irr if outcome else nothing),
            "share_without": outcome.irr_none if outcome else None,
            "share_with_several": outcome.irr_several if outcome else None,
            "share_above": outcome.irr_above if outcome else None,
        },
        "probability_of_loss": outcome.probability_of_loss if outcome else None,
        "probability_best": result.probability_best,
        "over_best_without_model": _difference(result.over_best_without_model),
        "gain_per_month": result.gain_per_month,
        "cost_per_month": result.cost_per_month,
        "one_off_cost": result.one_off_cost,
        "gain_per_month_range": _figure(outcome.gain_per_month if outcome else nothing),
        "cash_flow_by_month": _fan(outcome),
        "incomplete": list(result.incomplete),
    }


def _why_without_figures(result: AlternativeResult) -> Reason:
    return Reason(Why.REFERENCE) if result.is_reference else Reason(Why.INCOMPLETE, (len(result.incomplete),))


def _difference(found: Difference | None) -> dict[str, Any] | None:
    return None if found is None else {"against": found.against, **_figure_with_errors(found.npv)}


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "p10": figure.p10,
        "p50": figure.p50,
        "p90": figure.p90,
        "mean": figure.mean,
        "reason": said_if(figure.reason),
    }


def _figure_with_errors(figure: Figure) -> dict[str, Any]:
    low, middle, high = figure.quantile_errors or (None, None, None)
    return {
        **_figure(figure),
        "standard_error": figure.standard_error,
        "p10_standard_error": low,
        "p50_standard_error": middle,
        "p90_standard_error": high,
    }


def _by_part(assessment: Assessment, each: PartWorth) -> dict[str, Any]:
    return {
        "alternative": assessment.alternatives[each.index].name,
        "part": each.part,
        "title": each.title,
        "cases_per_month": each.cases_per_month,
        "margin_per_case": _figure_with_errors(each.margin_per_case),
        "probability_that_it_pays": each.pays,
        "present_gain": _figure_with_errors(each.present_gain),
        "share_of_gain": each.share,
    }


def _pilot(pilot: PilotValue) -> dict[str, Any]:
    return {
        "evsi": pilot.evsi,
        "standard_error": pilot.standard_error,
        "evppi": pilot.perfect.value if pilot.perfect else None,
        "cost": pilot.cost,
        "net": pilot.net,
        "metrics": [each.name for each in pilot.told],
        "reason": said_if(pilot.reason or (Reason(Why.NO_PILOT_COST) if pilot.cost is None else None)),
    }


def _pilot_size(found: PilotSizes | None) -> dict[str, Any] | None:
    if found is None:
        return None
    columns = (each.tolist() for each in (found.sizes, found.evsi, found.standard_error, found.net))
    return {
        "best": found.best,
        "within_5_percent": list(found.near) if found.near else None,
        "is_open_ended": found.is_open_ended,
        "sizes": [
            {"labelled_cases": size, "evsi": evsi, "standard_error": error, "net_benefit": net}
            for size, evsi, error, net in zip(*columns, strict=True)
        ],
    }


def _staged(assessment: Assessment) -> dict[str, Any] | None:
    staged = assessment.staged
    if staged is None:
        return None
    return {
        "alternative": assessment.alternatives[staged.index].name,
        "npv": staged.npv,
        "committed": staged.committed,
        "option": staged.option,
        "stages": [{"name": each.name, "cost": each.cost, "probability": each.chance} for each in staged.stages],
    }


def _outside_view(assessment: Assessment) -> dict[str, Any] | None:
    found = assessment.outside_view
    if found is None:
        return None
    return {
        "reference_class": found.reference_class,
        "own_classes": [_own_class(each) for each in found.own],
        "alternatives": [
            {"name": assessment.alternatives[index].name, "npv": _figure_with_errors(npv)}
            for index, npv in found.npv.items()
        ],
    }


def _own_class(each: OwnFactor) -> dict[str, Any]:
    low, middle, high = each.factors
    factor = {"p10": low, "p50": middle, "p90": high}
    projects = {"own_projects": each.count, "unfinished": each.unfinished}
    rests_on = {**projects, "weight": each.weight, "blended_with": each.blended_with}
    return {"what": each.what, **rests_on, "as_of": each.as_of.isoformat(), "factor": factor}


def _finance(assessment: Assessment) -> dict[str, Any] | None:
    found = assessment.finance
    if found is None:
        return None
    names = [each.name for each in assessment.alternatives]
    years = [{"number": each.number, "begins": each.begins, "ends": each.ends} for each in found.statement.years]
    return {
        "alternatives": [{"name": names[each.index], **_worth(each)} for each in found.worth],
        "statement": {
            "alternative": names[found.statement.index],
            "years": years,
            "lines": {str(line): found.statement.lines[line].tolist() for line in Line},
        },
    }


def _worth(worth: Worth) -> dict[str, Any]:
    return {
        "npv_before_tax": worth.before_tax.mean,
        "npv_after_tax": _figure_with_errors(worth.after_tax) if worth.after_tax else None,
        "npv_without_soft_benefits": worth.without_soft,
    }


def _fan(outcome: Outcome | None) -> list[dict[str, float]]:
    if outcome is None:
        return []
    columns = zip(*outcome.fan.tolist(), strict=True)
    return [
        {"month": month, "p10": p10, "p50": p50, "p90": p90} for month, (p10, p50, p90) in enumerate(columns, start=1)
    ]


def _assumed(each: Assumed) -> dict[str, Any]:
    return {"path": each.path, "value": each.estimate.model_dump()}


def _break_even(each: BreakEven, evidence: EvidenceView) -> dict[str, Any]:
    return {
        "alternative": each.alternative,
        "metric": each.metric,
        "value": each.value,
        "expected": each.expected,
        "ceiling": each.ceiling,
        "headroom": each.headroom,
        "chance_of_reaching": evidence.chances.get((each.index, each.metric)),
        "status": each.status,
        "better": each.better,
        "reason": said_if(each.reason),
    }


def _sensitivity(each: Sensitivity) -> dict[str, Any]:
    return {
        "input": each.swing.input,
        "label": each.swing.label,
        "npv_at_p10": each.swing.npv_at_p10,
        "npv_at_p90": each.swing.npv_at_p90,
        "evppi": each.evppi.value,
        "evppi_standard_error": each.evppi.standard_error,
    }


def _feasibility(checklist: Checklist) -> dict[str, Any]:
    return {
        "score": checklist.score,
        "areas": dict(checklist.areas),
        "gates": [{"id": gate.id, "status": gate.status, "reason": gate.reason} for gate in checklist.gates],
        "answered": checklist.answered,
        "asked": checklist.asked,
    }
