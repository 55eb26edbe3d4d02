"""Why: the reasons of a verdict in plain sentences, with their figures."""

from __future__ import annotations

from ..feasibility.headroom import out_of_reach, tightest
from ..text.languages import listed, message
from ..text.wording import chance, metric_value, number
from ..value.breakeven import BreakEven
from ..value.pilot import PilotValue
from ..value.results import AlternativeResult
from ..value.ways import Way, WayKind
from ..vocabulary import BreakEvenStatus, Recommendation
from .evidence import Evidence

# A chance of loss so near to one half tells no more than a coin does.
_EVEN = 0.5


def why_build(evidence: Evidence) -> list[str]:
    """What the model is worth, over what, and with how much room; and why not a pilot first."""
    return [*_value_reasons(evidence), *_no_pilot(evidence)]


def why_pilot(evidence: Evidence) -> list[str]:
    """What the pilot tells, what that is worth, and what deciding today would be worth."""
    pilot, staged = evidence.pilot, evidence.staged
    assert staged is not None
    learning = message(
        "Learning {metrics} on {cases} labelled cases before committing is worth up to {worth}; the pilot costs {cost}.",
        metrics=read_by(pilot),
        cases=number(evidence.proposal.pilot.labelled_cases, 0),
        worth=evidence.money(pilot.evsi or 0.0),
        cost=evidence.money(pilot.cost or 0.0),
    )
    stages = message(
        "Pilot first, then the best way by its reading: {staged}, cost and delay counted; deciding today: {committed}.",
        staged=evidence.money(staged.npv),
        committed=evidence.money(staged.committed),
    )
    return [learning, stages, *_value_reasons(evidence)]


def why_simpler(evidence: Evidence) -> list[str]:
    """What the way without a model is worth, beside the best model."""
    model, other = evidence.best_model, evidence.best_other
    assert other is not None
    gain = evidence.money(other.expected or 0.0)
    if model is None:
        return [
            message(
                "{other} is worth {gain} (expected NPV), and no model has been valued beside it.",
                other=other.name,
                gain=gain,
            )
        ]
    if (other.expected or 0.0) < (model.expected or 0.0) and not _is_reachable(evidence, model):
        return [
            message("{other} is worth {gain} (expected NPV) and needs no model.", other=other.name, gain=gain),
            *[beyond_reach(evidence, each) for each in _unreachable(evidence, model)],
        ]
    beside = message(
        "{other} is worth {gain} (expected NPV), at least as much as {model} with {worth}, and needs no model.",
        other=other.name,
        gain=gain,
        model=model.name,
        worth=evidence.money(model.expected or 0.0),
    )
    return [beside, *_no_pilot(evidence)]


def why_stop(evidence: Evidence) -> list[str]:
    """Why nothing that is open today is worth doing."""
    model = evidence.best_model
    if model is None:
        return [message("No alternative has been valued that is worth more than the status quo.")]
    worth, counted = model.expected or 0.0, _counted(evidence, model)
    if worth >= 0 > counted:
        reason = message(
            "{model} is worth {worth} (expected NPV) only by the far end of a range that nobody gave; without it, it is expected to lose {lost}. Say what the largest conceivable value is.",
            model=model.name,
            worth=evidence.money(worth),
            lost=evidence.money(-counted),
        )
    elif worth >= 0:
        reason = message(
            "Even the best model, {model}, is expected to be worth {worth} (NPV): nothing that the simulation can tell from zero.",
            model=model.name,
            worth=evidence.money(worth),
        )
    else:
        lost = evidence.money(-worth)
        reason = message("Even the best model, {model}, is expected to lose {lost} (NPV).", model=model.name, lost=lost)
    never = [each for each in out_of_reach(evidence.break_even, model.name) if each.status is BreakEvenStatus.NEVER]
    return [reason, *map(_never_pays, never), *_no_pilot(evidence)]


def _counted(evidence: Evidence, model: AlternativeResult) -> float:
    """What a model counts in the verdict: its expected NPV, without a tail that nobody gave."""
    ways = evidence.choice.ways if evidence.choice else ()
    return next((way.expected for way in ways if way.kind is WayKind.MODEL and way.index == model.index), 0.0)


def beyond_reach(evidence: Evidence, each: BreakEven) -> str:
    """A break-even beyond the ceiling."""
    unit = evidence.unit_of(each)
    return message(
        "{alternative} must reach {metric} {break_even} to break even, and the best that can be hoped for is {ceiling}: change the scope or the costs.",
        alternative=each.alternative,
        metric=each.phrase,
        break_even=metric_value(each.value, unit),
        ceiling=metric_value(each.ceiling, unit),
    )


def near_a_coin_flip(evidence: Evidence, recommendation: Recommendation) -> list[str]:
    """What is to be said first where the figures speak for the verdict hardly more than against it."""
    without_model = recommendation is Recommendation.SIMPLER
    subject = evidence.best_other if without_model else evidence.best_model or evidence.best_other
    if subject is None or subject.outcome is None:
        return []
    commits = recommendation in (Recommendation.BUILD, Recommendation.SIMPLER)
    return [*_loses_as_often(evidence, subject), *(_rivals(evidence, subject) if commits else [])]


def _loses_as_often(evidence: Evidence, subject: AlternativeResult) -> list[str]:
    """Where it pays hardly more often than it loses money."""
    assert subject.outcome is not None
    loss = subject.outcome.probability_of_loss
    if abs(loss - _EVEN) > evidence.thresholds.near_even:
        return []
    return [
        message(
            "Near a coin-flip: {name} loses money in {loss} of the simulated futures and pays in the others.",
            name=subject.name,
            loss=chance(loss),
        )
    ]


def _rivals(evidence: Evidence, subject: AlternativeResult) -> list[str]:
    """The alternatives that turn out best about as often as the one that is recommended, or more often."""
    level = {way.index for way in evidence.choice.level} if evidence.choice else set()
    own = subject.probability_best or 0.0
    return [
        message(
            "Near a coin-flip between alternatives: {other} turns out best in {often} of the simulated futures, {name} in {own}; their expected NPVs are {worth} and {recommended}.",
            other=each.name,
            often=chance(each.probability_best or 0.0),
            name=subject.name,
            own=chance(own),
            worth=evidence.money(each.expected or 0.0),
            recommended=evidence.money(subject.expected or 0.0),
        )
        for each in evidence.results
        if each.index not in (subject.index, *level)
        and not each.is_reference
        and (each.expected or 0.0) > 0.0
        and (each.probability_best or 0.0) >= own - evidence.thresholds.near_even
    ]


def level_with(evidence: Evidence, way: Way) -> str:
    """Another way that is worth as much, as far as the simulation can tell."""
    return message(
        "A tie: {way} ({worth}) differs by no more than the simulation's own error; the way that binds least is named.",
        way=_way_name(evidence, way),
        worth=evidence.money(way.expected),
    )


def _way_name(evidence: Evidence, way: Way) -> str:
    if way.index is None:
        return message("doing nothing")
    name = next(each.name for each in evidence.results if each.index == way.index)
    return message("a pilot of {name} first", name=name) if way.kind is WayKind.PILOT else name


def read_by(pilot: PilotValue) -> str:
    """What a pilot reads, as a list within a sentence."""
    return listed(each.phrase for each in pilot.told)


def _never_pays(each: BreakEven) -> str:
    return message("No value of {metric} would make {model} pay.", metric=each.phrase, model=each.alternative)


def _no_pilot(evidence: Evidence) -> list[str]:
    """A pilot that is planned and not recommended: what it tells is worth less than its cost and delay."""
    staged = evidence.staged
    if staged is None or staged.npv >= staged.committed:
        return []
    return [
        message(
            "A pilot first would be worth {staged} with its cost and delay, against {committed} decided today.",
            staged=evidence.money(staged.npv),
            committed=evidence.money(staged.committed),
        )
    ]


def _is_reachable(evidence: Evidence, model: AlternativeResult) -> bool:
    return not _unreachable(evidence, model)


def _unreachable(evidence: Evidence, model: AlternativeResult) -> list[BreakEven]:
    if model.index in evidence.likely:
        return []
    return [each for each in out_of_reach(evidence.break_even, model.name) if each.headroom is not None]


def _value_reasons(evidence: Evidence) -> list[str]:
    model, other = evidence.best_model, evidence.best_other
    if model is None or model.outcome is None:
        return []
    npv = model.outcome.npv
    worth = message(
        "{model} is worth {expected} (expected NPV; P10 {p10}, P90 {p90}), with a {loss} chance of loss.",
        model=model.name,
        expected=evidence.money(model.expected or 0.0),
        p10=evidence.money(npv.p10 or 0.0),
        p90=evidence.money(npv.p90 or 0.0),
        loss=chance(model.outcome.probability_of_loss),
    )
    return [worth, *_over_other(evidence, model, other), *_headroom_reasons(evidence, model)]


def _over_other(evidence: Evidence, model: AlternativeResult, other: AlternativeResult | None) -> list[str]:
    if other is None or other.is_reference:
        return []
    difference = (model.expected or 0.0) - max(other.expected or 0.0, 0.0)
    if difference < 0:
        return []
    more = evidence.money(difference)
    return [message("That is {more} more than the best way without a model ({other}).", more=more, other=other.name)]


def _headroom_reasons(evidence: Evidence, model: AlternativeResult) -> list[str]:
    tight = tightest(evidence.break_even, model.name)
    if tight is None or tight.value is None or tight.ceiling is None:
        return []
    unit = evidence.unit_of(tight)
    return [
        message(
            "It breaks even at {metric} {break_even}; {expected} is expected on average, and the best that can be hoped for is {ceiling}.",
            metric=tight.phrase,
            break_even=metric_value(tight.value, unit),
            expected=metric_value(tight.expected, unit),
            ceiling=metric_value(tight.ceiling, unit),
        )
    ]
