"""What the alternatives are worth, as charts: the distribution, the money by month, side by side."""

from __future__ import annotations

from ...assessment import Assessment
from ...text.languages import message
from ...text.wording import amounts, chance, compact_money, months
from ...value.figures import Figure as Npv
from ...value.results import AlternativeResult
from ...value.simulate import Outcome
from ...vocabulary import Tone, Unit
from ..blocks import Axis, Band, Bars, Figure, Line, Note, Rule, Spans
from .wording import RANGE, RIGHT_HALF, described, from_to

# An outermost bar so many times as high as the next, and any bar as high beside both of its neighbours, stands out.
_STANDS_OUT, _SPIKE = 1.4, 2.0
_LEAST_SPIKE = 0.02


def npv_distribution(
    assessment: Assessment, result: AlternativeResult, outcome: Outcome, failing: float = 0.0
) -> Figure:
    """The distribution of NPV, the loss shaded; `failing` is the share of the futures that never go live."""
    shares, edges = outcome.histogram
    left, right = edges[:-1].tolist(), edges[1:].tolist()
    tones = [Tone.BAD if (low + high) / 2 < 0 else Tone.MAIN for low, high in zip(left, right, strict=True)]
    npv = outcome.npv
    low_money, high_money, mean_money = amounts((npv.p10, npv.p90, npv.mean), assessment.currency)
    sentence = message(
        "In four cases out of five, {name} is worth between {low} and {high}; the chance that it loses money is {loss}.",
        name=result.name,
        low=low_money,
        high=high_money,
        loss=chance(outcome.probability_of_loss),
    )
    expected = message("Expected {value}", value=mean_money)
    rules = [Rule(outcome.npv.mean, expected, tone=Tone.ACCENT)] if outcome.npv.mean is not None else []
    return Figure(
        id="npv",
        title=message("What {name} may be worth", name=result.name),
        sentence=sentence,
        alt=described(message("Histogram of net present value, losses in another colour."), sentence),
        x=Axis(message("Net present value"), Unit.MONEY),
        y=Axis(message("Share of the simulated futures"), Unit.SHARE),
        marks=(
            Bars(left, right, shares.tolist(), tones),
            Rule(0.0, "", tone=Tone.MUTED),
            *rules,
            *_notes(left, right, shares.tolist(), failing),
        ),
        currency=assessment.currency,
    )


def _notes(left: list[float], right: list[float], heights: list[float], failing: float) -> list[Note]:
    """What the bars are that stand out; one bar bears one note."""
    spike = _spike(left, right, heights, failing)
    taken = {note.x for note in spike}
    return [*spike, *(note for note in _ends(left, right, heights) if note.x not in taken)]


def _ends(left: list[float], right: list[float], heights: list[float]) -> list[Note]:
    """The outermost bars hold all that lies beyond them; where that shows, it is said."""
    found = []
    if heights[0] > heights[1] * _STANDS_OUT:
        found.append(Note((left[0] + right[0]) / 2, heights[0], message("all below"), upright=True))
    if heights[-1] > heights[-2] * _STANDS_OUT:
        found.append(Note((left[-1] + right[-1]) / 2, heights[-1], message("all above"), upright=True))
    return found


def _spike(left: list[float], right: list[float], heights: list[float], failing: float) -> list[Note]:
    """Futures that never go live cost what was spent and no more: together they stand out as one bar."""
    if failing < _LEAST_SPIKE:
        return []
    tops = range(1, len(heights) - 1)
    spikes = [at for at in tops if heights[at] > _SPIKE * max(heights[at - 1], heights[at + 1])]
    if heights[0] > _SPIKE * heights[1]:
        spikes.append(0)
    if not spikes:
        return []
    at = max(spikes, key=lambda number: heights[number])
    text = message("never goes live: {share}", share=chance(failing))
    middle = (left[at] + right[at]) / 2
    # Of all places only those above the highest bar have nothing around them.
    is_right = middle > left[0] + RIGHT_HALF * (right[-1] - left[0])
    return [Note(middle, heights[at], text, raised=max(heights), left=is_right)]


def cash_flow_fan(assessment: Assessment, outcome: Outcome) -> Figure:
    """The running sum of cash by month, with its range."""
    low, middle, high = (row.tolist() for row in outcome.fan)
    timeline = list(range(1, len(middle) + 1))
    back = outcome.payback_months.p50
    sentence = _paid_back(back, compact_money(min(middle), assessment.currency))
    paid = message("Paid back: {time}", time=months(back))
    rules = [Rule(0.0, "", "y"), *([Rule(back, paid, tone=Tone.ACCENT)] if back is not None else [])]
    return Figure(
        id="cash_flow",
        title=message("Money spent and earned, month by month"),
        sentence=sentence,
        alt=described(message("Running sum of cash flow by month, with the P10 to P90 range."), sentence),
        x=Axis(message("Months from the start"), Unit.MONTHS),
        y=Axis(message("Running sum, undiscounted"), Unit.MONEY),
        marks=(Band(RANGE, timeline, low, high), Line("P50", timeline, middle), *rules),
        currency=assessment.currency,
    )


def _paid_back(back: float | None, deepest: str) -> str:
    if back is None:
        return message(
            "In the middle case the money is not back within the horizon; the deepest point is {deepest}.",
            deepest=deepest,
        )
    return message(
        "In the middle case the money is back after {time}; the deepest point is {deepest}.",
        time=months(back),
        deepest=deepest,
    )


def alternatives_side_by_side(assessment: Assessment) -> Figure | None:
    """NPV of all alternatives, P10 to P90 with the mean."""
    valued = [(each, each.outcome) for each in assessment.best_first() if each.outcome is not None]
    if not valued:
        return None
    currency, best = assessment.currency, max((each for each, _ in valued), key=lambda each: each.expected or 0.0)
    figures = [outcome.npv for _, outcome in valued]
    sentence = _best(best, next(npv for (each, _), npv in zip(valued, figures, strict=True) if each is best), currency)
    about = message("Net present value of each alternative, P10 to P90, with the expected value.")
    return Figure(
        id="alternatives",
        title=message("The alternatives side by side"),
        sentence=sentence,
        alt=described(about, sentence),
        x=Axis(message("Net present value against the status quo, P10 to P90"), Unit.MONEY),
        y=Axis(message("Alternative"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.name for each, _ in valued],
                [npv.p10 or 0.0 for npv in figures],
                [npv.p90 or 0.0 for npv in figures],
                [Tone.ACCENT if each is best else Tone.MAIN for each, _ in valued],
                [_range_and_mean(npv, currency) for npv in figures],
                [npv.mean for npv in figures],
            ),
            Rule(0.0, message("Status quo"), tone=Tone.MUTED),
        ),
        currency=currency,
    )


def _best(best: AlternativeResult, npv: Npv, currency: str) -> str:
    """The best one and its worth, written as beside its range."""
    worth, *_ = amounts((best.expected, npv.p10, npv.p90), currency)
    if (best.expected or 0.0) > 0:
        return message("{name} has the highest expected value, {worth}.", name=best.name, worth=worth)
    return message(
        "Nothing beats the status quo: the best, {name}, is expected to be worth {worth}.", name=best.name, worth=worth
    )


def _range_and_mean(npv: Npv, currency: str) -> str:
    low, high, mean = amounts((npv.p10, npv.p90, npv.mean), currency)
    return message("{range}, expected {value}", range=from_to(low, high), value=mean)
