"""How large the pilot should be, as a chart: net benefit of sampling against the number of labelled cases."""

from __future__ import annotations

from ...text.languages import message
from ...text.wording import number
from ...value.pilot_size import PilotSizes
from ...vocabulary import Tone, Unit
from ..blocks import Axis, Band, Figure, Line, Mark, Rule, Stretch
from .wording import described

# What lies beyond this many times the sizes of interest would press them against the left edge.
_BEYOND = 3


def net_benefit_by_size(found: PilotSizes, planned: int | None, sentence: str, currency: str) -> Figure:
    """The curve with its standard error, the sizes that are as good as best, the best and the planned one."""
    shown = found.sizes <= _BEYOND * max(found.near[1] if found.near else 0, planned or 0, int(found.sizes[0]))
    sizes, net, error = (each[shown].tolist() for each in (found.sizes, found.net, found.standard_error))
    low, high = ([value + side * wide for value, wide in zip(net, error, strict=True)] for side in (-1, 1))
    title = message("Net benefit of the pilot by its size")
    return Figure(
        id="pilot_size",
        title=title,
        sentence=sentence,
        alt=described(message("Net benefit of sampling against the number of labelled cases."), sentence),
        x=Axis(message("Labelled cases"), Unit.NUMBER, float(sizes[0]), float(sizes[-1])),
        y=Axis(message("Net benefit"), Unit.MONEY),
        marks=(
            *_near(found),
            Band(message("Simulation error"), sizes, low, high),
            Line(message("Net benefit"), sizes, net),
            Rule(0.0, "", "y"),
            *_rules(found, planned),
        ),
        currency=currency,
    )


def _near(found: PilotSizes) -> list[Mark]:
    """The sizes that are as good as best."""
    return [Stretch(*found.near, message("Within 5%"), Tone.ACCENT)] if found.near else []


def _rules(found: PilotSizes, planned: int | None) -> list[Mark]:
    best = message("Best {cases}", cases=number(found.best, 0))
    plan = message("Planned {cases}", cases=number(planned, 0))
    rules: list[Mark] = []
    if found.best is not None and not found.is_open_ended:
        rules.append(Rule(found.best, best, tone=Tone.GOOD))
    if planned is not None and planned != found.best:
        rules.append(Rule(planned, plan))
    return rules
