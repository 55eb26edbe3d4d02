"""From a study of a choice to the figures that are kept and told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from ...portfolio.candidates import Option
from ...portfolio.limits import Limit
from ...portfolio.piloting import PilotWorth
from ...portfolio.study import FrontierPoint, Line, Study
from ...portfolio.timeline import Timeline, Used
from ...portfolio.words import prior_told
from .result import (
    NO_RATE,
    NOT_VALUED,
    BudgetPoint,
    LimitNamed,
    PilotOf,
    PriceOf,
    ProposalLine,
    Result,
    RiskPoint,
    Use,
    Whole,
    kept_text,
)

_LOW, _HIGH = 0.1, 0.9


def result_of(study: Study, titles: Mapping[str, str], without_rate: Collection[str] = ()) -> Result:
    """What a study found, proposals by their ids; `without_rate` are those whose currency nobody gave a rate for."""
    lines = {each.name: _line(each, titles[each.name]) for each in study.lines}
    lines |= {name: ProposalLine(title=titles[name], not_counted=NO_RATE) for name in without_rate}
    return Result(proposals=lines, whole=_whole(study))


def _line(line: Line, title: str) -> ProposalLine:
    shown = line.option or line.best
    if shown is None:
        return ProposalLine(title=title, not_counted=NOT_VALUED)
    low, high = _ends(shown)
    belief, other = line.belief, line.other_way
    return ProposalLine(
        title=title,
        way=line.option.name if line.option else "",
        is_pilot=shown.is_pilot and line.is_chosen,
        start=shown.start,
        end=shown.end,
        value=shown.value,
        estimate=belief.raw if belief else None,
        weight=belief.weight if belief else None,
        source=kept_text(belief.source) if belief else {},
        low=low,
        high=high,
        money=tuple(map(float, shown.money)),
        right=line.right_in,
        force=other.cost if other else None,
        force_least=other.least if other else None,
        is_forced=other is not None and other.cost is None,
    )


def _ends(option: Option) -> tuple[float | None, float | None]:
    """P10 and P90 over the scenarios, where there are any."""
    return (None, None) if option.draws is None else _quantiles(option.draws)


def _quantiles(draws: np.ndarray) -> tuple[float, float]:
    return float(np.quantile(draws, _LOW)), float(np.quantile(draws, _HIGH))


def _whole(study: Study) -> Whole:
    choice, risk = study.choice, study.asked.risk
    source = kept_text(prior_told(study.believed))
    if choice is None:
        return Whole(conflict=tuple(map(_limit, study.conflict)), worst=risk.share, source=source)
    low, high = _together(list(choice.options.values()))
    return Whole(
        value=choice.value,
        low=low,
        high=high,
        shortfall=choice.shortfall,
        worst=risk.share,
        risk_weight=risk.weight,
        gap=choice.gap,
        source=source,
        **_plan(study.timeline),
        **_parts(study),
    )


def _together(options: Sequence[Option]) -> tuple[float | None, float | None]:
    """P10 and P90 of all that is done, in the scenarios that all share."""
    draws = [each.draws for each in options if each.draws is not None]
    return _quantiles(np.sum(draws, axis=0)) if draws and len(draws) == len(options) else (None, None)


def _plan(timeline: Timeline | None) -> dict[str, object]:
    if timeline is None:
        return {}
    people = {role: tuple(map(_use, uses)) for role, uses in timeline.people.items()}
    return {"money": tuple(map(_use, timeline.money)), "people": people}


def _use(used: Used) -> Use:
    return Use(taken=used.amount, limit=used.limit)


def _parts(study: Study) -> dict[str, object]:
    """What somebody asked for beside the choice."""
    budget, risk, prices = study.by_budget, study.by_risk, study.prices
    return {
        "by_budget": None if budget is None else tuple(map(_budget_point, budget)),
        "by_risk": None if risk is None else tuple(_risk_point(each) for each in risk if each.value is not None),
        "prices": None
        if prices is None
        else tuple(PriceOf(limit=_limit(each.limit), by=each.by, worth=each.worth) for each in prices),
        "pilots": None if study.pilots is None else tuple(map(_pilot, study.pilots)),
    }


def _pilot(pilot: PilotWorth) -> PilotOf:
    return PilotOf(
        proposal=pilot.name,
        net=pilot.net,
        per_money=pilot.per_money,
        per_month=pilot.per_person_month,
        gain=pilot.in_choice,
        gain_most=pilot.in_choice_at_most,
        why_not=kept_text(pilot.why_not),
    )


def _budget_point(point: FrontierPoint) -> BudgetPoint:
    return BudgetPoint(share=point.at, money=point.money or 0.0, value=point.value, gap=point.gap)


def _risk_point(point: FrontierPoint) -> RiskPoint:
    return RiskPoint(weight=point.at, value=point.value or 0.0, shortfall=point.shortfall, gap=point.gap)


def _limit(limit: Limit) -> LimitNamed:
    return LimitNamed(kind=str(limit.kind), about=limit.about, when=limit.when)
