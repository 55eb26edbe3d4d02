"""What matters most, as a chart."""

from __future__ import annotations

from ...assessment import Assessment
from ...text.languages import message
from ...text.wording import compact_money
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
    sentence = message(
        "{input} matters most: between its P10 and its P90 the value of {name} moves from {low} to {high}.",
        input=first.label,
        name=result.name,
        low=compact_money(ends[0], assessment.currency),
        high=compact_money(ends[1], assessment.currency),
    )
    start = [min(each.npv_at_p10, each.npv_at_p90) for each in swings]
    end = [max(each.npv_at_p10, each.npv_at_p90) for each in swings]
    labels = [from_to(a, b, assessment.currency) for a, b in zip(start, end, strict=True)]
    return Figure(
        id="tornado",
        title=message("What matters most"),
        sentence=sentence,
        alt=described(message("Bars of net present value between each input's P10 and P90, longest first."), sentence),
        x=Axis(message("NPV, all other inputs at P50"), Unit.MONEY),
        y=Axis(message("Input"), Unit.CATEGORY),
        marks=(
            Spans([each.label for each in swings], start, end, [Tone.MAIN] * len(swings), labels),
            Rule(
                base, message("All at P50: {value}", value=compact_money(base, assessment.currency)), tone=Tone.ACCENT
            ),
            *([Rule(0.0, "", tone=Tone.MUTED)] if min(start) < 0 < max(end) else []),
        ),
        currency=assessment.currency,
    )
