"""The figures of the leading alternative that a sponsor asks for first, each with what it means."""

from __future__ import annotations

from math import inf

from ...assessment import Assessment
from ...document.estimate import QUANTILES as SHARES
from ...text.languages import joined, message
from ...text.reasons import said_if
from ...text.wording import amounts, chance, compact_money, number, percent, rate
from ...value.figures import Figure
from ...value.pilot import PilotValue
from ...value.results import AlternativeResult
from ...value.simulate import Outcome
from ..blocks import KeyFigure
from ..memo.parts import KeyFiguresPart
from .said import error_said, payback_range, payback_said, pilot_against_cost

QUANTILES = message("P10 and P90: one chance in ten to be below, one in ten to be above.")
# A share of the futures below this rounds to nothing in the memo.
_WORTH_SAYING = 0.0005


def key_figures_part(assessment: Assessment) -> KeyFiguresPart | None:
    """The figures and whose they are; None where nothing can be valued."""
    figures, leader = key_figures(assessment), assessment.leader()
    if not figures or leader is None:
        return None
    about = message("Of {leader}, against the status quo. {quantiles}", leader=leader.name, quantiles=QUANTILES)
    return KeyFiguresPart(about, figures)


def key_figures(assessment: Assessment) -> tuple[KeyFigure, ...]:
    """Value, loss, payback, returns, gain, and what learning more is worth; nothing without figures."""
    leader = assessment.leader()
    if leader is None or leader.outcome is None:
        return ()
    outcome, currency = leader.outcome, assessment.currency
    found = (
        _npv(outcome, currency),
        _loss(outcome, assessment.draws),
        _payback(outcome),
        _return_on_cost(outcome),
        _internal_rate(outcome),
        _gain(leader, outcome, currency),
        _everything(assessment),
        _pilot(assessment.pilot, currency),
    )
    return tuple(figure for figure in found if figure is not None)


def _npv(outcome: Outcome, currency: str) -> KeyFigure:
    mean, spread = _with_range(outcome.npv.mean, outcome.npv, currency)
    return KeyFigure(
        message("Expected NPV"),
        mean,
        spread,
        message(
            "What all costs and returns are worth today, on average over the simulated futures, against the status quo."
        ),
        error_said(outcome.npv.standard_error, currency),
    )


def _loss(outcome: Outcome, draws: int) -> KeyFigure:
    return KeyFigure(
        message("Chance of loss"),
        chance(outcome.probability_of_loss),
        message("of {draws} simulated futures", draws=number(draws, 0)),
        message("The share of the futures in which the project is worth less than nothing."),
    )


def _payback(outcome: Outcome) -> KeyFigure:
    return KeyFigure(
        message("Payback"),
        payback_said(outcome),
        payback_range(outcome),
        message("The first month from which the running sum of cash is never negative again."),
    )


def _return_on_cost(outcome: Outcome) -> KeyFigure:
    return KeyFigure(
        message("Return on cost"),
        rate(outcome.roi.p50),
        said_if(outcome.roi.reason) or _share_range(outcome.roi),
        message("NPV over the present value of all costs."),
    )


def _internal_rate(outcome: Outcome) -> KeyFigure:
    none, several = outcome.irr_none, outcome.irr_several
    found = outcome.irr.p10, outcome.irr.p50, outcome.irr.p90
    low, middle, high = (_rate(each, outcome.irr_above >= 1 - share) for each, share in zip(found, SHARES, strict=True))
    remarks = [message("P10 {p10}, P90 {p90}", p10=low, p90=high)]
    if none >= _WORTH_SAYING:
        remarks.append(message("none in {share} of the futures", share=percent(none, 1)))
    if several >= _WORTH_SAYING:
        remarks.append(message("more than one or out of range in {share}", share=percent(several, 1)))
    return KeyFigure(
        message("Internal rate of return"),
        middle,
        joined("; ", remarks),
        message("The yearly rate at which NPV is zero."),
    )


def _rate(quantile: float | None, above: bool) -> str:
    """A quantile of the rate; one that is too large to be told is said to be that."""
    return rate(inf) if quantile is None and above else rate(quantile)


def _gain(leader: AlternativeResult, outcome: Outcome, currency: str) -> KeyFigure:
    gain, spread = _with_range(leader.gain_per_month, outcome.gain_per_month, currency)
    return KeyFigure(
        message("Gain a month"),
        gain,
        message("At full adoption; {range}", range=spread),
        message("Cases a month times adoption times what a case is worth more than today."),
    )


def _everything(assessment: Assessment) -> KeyFigure | None:
    if assessment.evpi is None:
        return None
    return KeyFigure(
        message("Worth of knowing everything"),
        compact_money(assessment.evpi.value, assessment.currency),
        message("EVPI, the most that any study could be worth"),
        message("What perfect information before the decision would be worth; no study can be worth more."),
        error_said(assessment.evpi.standard_error, assessment.currency),
    )


def _pilot(pilot: PilotValue, currency: str) -> KeyFigure | None:
    if pilot.evsi is None:
        return None
    worth, _ = amounts((pilot.evsi, pilot.cost), currency)
    return KeyFigure(
        message("Worth of the pilot"),
        worth,
        message("EVSI; {cost}", cost=pilot_against_cost(pilot, currency)),
        message("What the planned pilot's reading is worth before the decision."),
        error_said(pilot.standard_error, currency),
    )


def _with_range(value: float | None, figure: Figure, currency: str) -> tuple[str, str]:
    """A value, and the range that stands below it."""
    said, low, high = amounts((value, figure.p10, figure.p90), currency)
    return said, message("P10 {p10}, P90 {p90}", p10=low, p90=high)


def _share_range(figure: Figure) -> str:
    return message("P10 {p10}, P90 {p90}", p10=rate(figure.p10), p90=rate(figure.p90))
