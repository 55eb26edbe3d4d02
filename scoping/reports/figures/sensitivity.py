"""What matters most, as a chart."""

from __future__ import annotations

from ...assessment import Assessment
from ...text.languages import message
from ...text.wording import amounts, compact_money
from ...value.results import AlternativeResult
from ...vocabulary import Tone, Unit
from ..blocks import Axis, Figure, Rule, Spans
from .wording import described, from_to

MOST_SWINGS = 10


def tornado(assessment: Assessment, result: AlternativeResult) -> Figure | None:
    """The inputs that move NPV most."""
    swings = [each.swing for each in assessment.sensitivity if each.swing.width > 0][:MOST_SWINGS]
    if not swings or assessment.base_npv is None:
        return None
    base, first = assessment.base_npv, swings[0]
    ends = sorted((first.npv_at_p10, first.npv_at_p90))
    low, high, middle = amounts((*ends, base), assessment.currency)
    sentence = message(
        "{input} matters most: between its P10 and its P90 the value of {name} moves from {low} to {high}. Each bar bears the P10 of its input at one end and the P90 at the other.",
        input=first.label,
        name=result.name,
        low=low,
        high=high,
    )
    start = [min(each.npv_at_p10, each.npv_at_p90) for each in swings]
    end = [max(each.npv_at_p10, each.npv_at_p90) for each in swings]
    labels = [from_to(*amounts(pair, assessment.currency)) for pair in zip(start, end, strict=True)]
    return Figure(
        id="tornado",
        title=message("What matters most"),
        sentence=sentence,
        alt=described(message("Bars of net present value between each input's P10 and P90, longest first."), sentence),
        x=Axis(message("NPV, all other inputs at P50"), Unit.MONEY),
        y=Axis(message("Input"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.label for each in swings],
                start,
                end,
                [Tone.MAIN] * len(swings),
                labels,
                low_at_start=[each.npv_at_p10 <= each.npv_at_p90 for each in swings],
            ),
            Rule(base, message("All at P50: {value}", value=middle), tone=Tone.ACCENT),
            *([Rule(0.0, "", tone=Tone.MUTED)] if min(start) < 0 < max(end) else []),
        ),
        currency=assessment.currency,
    )


def learn_first(assessment: Assessment) -> Figure | None:
    """What it is worth to know each input exactly before deciding (partial EVPI), the most worth first."""
    worth = sorted(assessment.sensitivity, key=lambda each: -each.evppi.value)[:MOST_SWINGS]
    known = [each for each in worth if each.evppi.value > 0]
    if not known:
        return None
    currency = assessment.currency
    first = known[0]
    sentence = message(
        "Knowing {input} exactly before deciding is worth {worth}, more than knowing any other input.",
        input=first.swing.label,
        worth=compact_money(first.evppi.value, currency),
    )
    return Figure(
        id="learn_first",
        title=message("What to learn first"),
        sentence=sentence,
        alt=described(message("Bars of what it is worth to know each input exactly, the most worth first."), sentence),
        x=Axis(message("Worth of knowing it exactly (EVPPI)"), Unit.MONEY),
        y=Axis(message("Input"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.swing.label for each in known],
                [0.0] * len(known),
                [each.evppi.value for each in known],
                [Tone.MAIN] * len(known),
                list(amounts((each.evppi.value for each in known), currency)),
            ),
        ),
        currency=currency,
    )
