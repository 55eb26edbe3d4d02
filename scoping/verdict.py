"""The verdict: stop, rework, simpler, pilot, build or stop. The first rule that holds, with its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .alternatives import MACHINE_LEARNING
from .assessment import AlternativeResult, Verdict
from .feasibility.catalogue import QUESTIONS
from .feasibility.checklist import Checklist
from .feasibility.headroom import out_of_reach, tightest, without_ceiling
from .proposal import Proposal
from .value.breakeven import BreakEven
from .value.pilot import PilotValue
from .value.stages import Staged
from .wording import label_of, metric_value, money, percent

RECOMMENDATIONS: dict[str, str] = {
    "build": "Build",
    "pilot": "Pilot first",
    "simpler": "Choose the simpler way",
    "rework": "Rework",
    "stop": "Stop",
}
RISKY_LOSS = 0.25
THIN_HEADROOM = 0.05


@dataclass(frozen=True)
class Evidence:
    """What the rules look at."""

    proposal: Proposal
    results: Sequence[AlternativeResult]
    break_even: Sequence[BreakEven]
    checklist: Checklist
    pilot: PilotValue
    staged: Staged | None
    missing: Sequence[str]

    @property
    def best_model(self) -> AlternativeResult | None:
        """The machine-learning alternative with the highest expected NPV."""
        return _best(each for each in self.results if each.kind in MACHINE_LEARNING)

    @property
    def best_other(self) -> AlternativeResult | None:
        """The best alternative for which no model has to be built."""
        return _best(each for each in self.results if each.kind not in MACHINE_LEARNING)

    def money(self, amount: float) -> str:
        """An amount in the proposal's currency."""
        return money(amount, self.proposal.currency)


def _best(results: object) -> AlternativeResult | None:
    valued = [each for each in results if each.expected is not None]  # type: ignore[attr-defined]
    return max(valued, key=lambda each: each.expected or 0.0, default=None)


Rule = Callable[[Evidence], tuple[str, list[str]] | None]


def decide(evidence: Evidence) -> Verdict:
    """The verdict on the evidence. The last rule always holds."""
    for rule in _RULES:
        found = rule(evidence)
        if found is not None:
            recommendation, reasons = found
            return Verdict(recommendation, tuple(reasons), tuple(_conditions(recommendation, evidence)))
    raise AssertionError("the last rule always holds")


def _stop_at_gate(evidence: Evidence) -> tuple[str, list[str]] | None:
    failed = evidence.checklist.gates_with("failed")
    return ("stop", [gate.reason for gate in failed]) if failed else None


def _rework_unfinished(evidence: Evidence) -> tuple[str, list[str]] | None:
    reasons: list[str] = []
    holes = [path for path in evidence.missing if not path.startswith("feasibility.answers.")]
    if holes:
        named = ", ".join(label_of(evidence.proposal, path) for path in holes[:4])
        more = f" and {len(holes) - 4} more" if len(holes) > 4 else ""
        reasons.append(f"Figures are missing: {named}{more}.")
    unanswered = len(evidence.missing) - len(holes)
    if unanswered:
        questions = (
            "question that can stop the project is" if unanswered == 1 else "questions that can stop the project are"
        )
        reasons.append(f"{unanswered} {questions} not answered yet.")
    return ("rework", reasons) if reasons else None


def _rework_out_of_reach(evidence: Evidence) -> tuple[str, list[str]] | None:
    model = evidence.best_model
    if model is None:
        return None
    unreachable = [each for each in out_of_reach(evidence.break_even, model.name) if each.headroom is not None]
    other = evidence.best_other
    if not unreachable or (other is not None and (other.expected or 0.0) > 0):
        return None
    return "rework", [_beyond(evidence, each) for each in unreachable]


def _beyond(evidence: Evidence, each: BreakEven) -> str:
    metric = _metric(evidence, each)
    assert each.value is not None
    assert each.ceiling is not None
    return (
        f"{each.alternative} must reach {each.phrase} {metric_value(each.value, metric)} to break even, "
        f"and the best that can be hoped for is {metric_value(each.ceiling, metric)}: change the scope or the costs."
    )


def _simpler(evidence: Evidence) -> tuple[str, list[str]] | None:
    model, other = evidence.best_model, evidence.best_other
    if other is None or other.outcome is None or (other.expected or 0.0) <= 0:
        return None
    gain = evidence.money(other.expected or 0.0)
    if model is None:
        return "simpler", [f"{other.name} is worth {gain} (expected NPV), and no model has been valued beside it."]
    if (other.expected or 0.0) < (model.expected or 0.0):
        return None
    return "simpler", [
        f"{other.name} is worth {gain} (expected NPV), at least as much as {model.name} with "
        f"{evidence.money(model.expected or 0.0)}, and needs no model."
    ]


def _pilot_pays(evidence: Evidence) -> tuple[str, list[str]] | None:
    pilot = evidence.pilot
    if pilot.evsi is None or pilot.cost is None or pilot.evsi <= pilot.cost:
        return None
    metrics = " and ".join(f"the {metric.phrase}" for metric in pilot.readings.metrics) if pilot.readings else "nothing"
    reasons = [
        f"Learning {metrics} on {evidence.proposal.pilot.labelled_cases:,} labelled cases before committing is worth up to "
        f"{evidence.money(pilot.evsi)}; the pilot costs {evidence.money(pilot.cost)}."
    ]
    return "pilot", reasons + _value_reasons(evidence)


def _build(evidence: Evidence) -> tuple[str, list[str]] | None:
    model = evidence.best_model
    if model is None or (model.expected or 0.0) <= 0:
        return None
    return "build", _value_reasons(evidence)


def _stop_without_value(evidence: Evidence) -> tuple[str, list[str]] | None:
    model = evidence.best_model
    if model is None:
        return "stop", ["No alternative has been valued that is worth more than the status quo."]
    reasons = [
        f"Even the best model, {model.name}, is expected to lose {evidence.money(-(model.expected or 0.0))} (NPV)."
    ]
    never = [each for each in out_of_reach(evidence.break_even, model.name) if each.status == "never"]
    return "stop", reasons + [f"No value of {each.phrase} would make {each.alternative} pay." for each in never]


_RULES: tuple[Rule, ...] = (
    _stop_at_gate,
    _rework_unfinished,
    _rework_out_of_reach,
    _simpler,
    _pilot_pays,
    _build,
    _stop_without_value,
)


def _value_reasons(evidence: Evidence) -> list[str]:
    model, other = evidence.best_model, evidence.best_other
    if model is None or model.outcome is None:
        return []
    npv = model.outcome.npv
    reasons = [
        f"{model.name} is worth {evidence.money(model.expected or 0.0)} (expected NPV; P10 {evidence.money(npv.p10 or 0.0)}, "
        f"P90 {evidence.money(npv.p90 or 0.0)}), with a {percent(model.outcome.probability_of_loss)} chance of loss."
    ]
    if other is not None and other.kind != "status_quo":
        difference = (model.expected or 0.0) - max(other.expected or 0.0, 0.0)
        reasons.append(f"That is {evidence.money(difference)} more than the best way without a model ({other.name}).")
    return reasons + _headroom_reasons(evidence, model)


def _headroom_reasons(evidence: Evidence, model: AlternativeResult) -> list[str]:
    tight = tightest(evidence.break_even, model.name)
    if tight is None or tight.value is None or tight.ceiling is None:
        return []
    metric = _metric(evidence, tight)
    return [
        f"It breaks even at {tight.phrase} {metric_value(tight.value, metric)}; {metric_value(tight.expected, metric)} is "
        f"expected, and the best that can be hoped for is {metric_value(tight.ceiling, metric)}."
    ]


def _metric(evidence: Evidence, each: BreakEven) -> str:
    assert evidence.proposal.bridge is not None
    return evidence.proposal.bridge.metric_named(each.metric).quantity.unit


def _conditions(recommendation: str, evidence: Evidence) -> list[str]:
    """What must hold or be done if the recommendation is followed."""
    conditions = [f"Settle first: {gate.reason}" for gate in evidence.checklist.gates_with("open")]
    if recommendation == "rework":
        conditions += [f"Answer: {gate.title}" for gate in evidence.checklist.gates_with("unanswered")]
    if recommendation == "pilot":
        conditions += _delay_conditions(evidence)
    if recommendation in ("build", "pilot"):
        conditions += _model_conditions(evidence)
    if recommendation == "simpler":
        conditions += _simpler_conditions(evidence)
    if recommendation != "stop":
        weak = [identity for identity in evidence.checklist.weakest if not QUESTIONS[identity].is_gate]
        conditions += [f"Improve a weak answer: {QUESTIONS[identity].text}" for identity in weak[:3]]
    return conditions


def _delay_conditions(evidence: Evidence) -> list[str]:
    """A pilot that costs more by its delay than it tells is better run beside the build."""
    staged = evidence.staged
    if staged is None or staged.npv >= staged.committed:
        return []
    loss = evidence.money(staged.committed - staged.npv)
    return [f"The pilot's cost and delay together exceed what it tells by {loss}: shorten it, or build beside it."]


def _simpler_conditions(evidence: Evidence) -> list[str]:
    model, other = evidence.best_model, evidence.best_other
    conditions = []
    if other is not None and other.outcome is not None and other.outcome.probability_of_loss > RISKY_LOSS:
        loss = percent(other.outcome.probability_of_loss)
        conditions.append(f"The chance of loss is {loss}: agree beforehand when to stop.")
    if model is not None and other is not None:
        difference = evidence.money((other.expected or 0.0) - (model.expected or 0.0))
        conditions.append(f"Come back to {model.name} when its expected NPV has risen by {difference}.")
    return conditions


def _model_conditions(evidence: Evidence) -> list[str]:
    model = evidence.best_model
    if model is None or model.outcome is None:
        return []
    conditions = []
    for each in evidence.break_even:
        if each.alternative == model.name and each.value is not None:
            word = "at least" if each.better == "up" else "at most"
            value = metric_value(each.value, _metric(evidence, each))
            conditions.append(f"In production, {each.phrase} must be {word} {value}, or the project loses money.")
    conditions += [
        f"Find out the best {each.phrase} that can be hoped for: no ceiling is given."
        for each in without_ceiling(evidence.break_even, model.name)
    ]
    if model.outcome.probability_of_loss > RISKY_LOSS:
        conditions.append(
            f"The chance of loss is {percent(model.outcome.probability_of_loss)}: agree beforehand when to stop."
        )
    tight = tightest(evidence.break_even, model.name)
    if tight is not None and tight.headroom is not None and tight.headroom < THIN_HEADROOM:
        conditions.append(f"Headroom in {tight.phrase} is thin: check the ceiling before committing.")
    return conditions
