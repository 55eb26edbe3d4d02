"""How large the pilot should be: in sentences, and as a chart."""

from __future__ import annotations

from ...assessment import Assessment
from ...document.proposal import Proposal
from ...text.languages import ENGLISH, Language, joined, message
from ...text.wording import money, number
from ...value.pilot_size import PilotSizes
from ..figures.pilot_size import net_benefit_by_size
from ..memo.parts import PilotSizePart
from ..spoken import spoken
from .said import simulation_error


def pilot_size_part(proposal: Proposal, assessment: Assessment) -> PilotSizePart | None:
    """None where sizes were not tried."""
    # No labelled cases are no sample, and so no size.
    found, planned = assessment.pilot_sizes, proposal.pilot.labelled_cases or None
    if found is None:
        return None
    best, plan = _best(found, assessment.currency), _plan(found, planned, assessment.currency)
    both = joined(" ", filter(None, (best, plan)))
    return PilotSizePart(best, plan, net_benefit_by_size(found, planned, both, assessment.currency))


def pilot_size_told(proposal: Proposal, assessment: Assessment, language: Language = ENGLISH) -> PilotSizePart | None:
    """How large the pilot should be, alone and in one language; None where sizes were not tried."""
    return spoken(pilot_size_part(proposal, assessment), language)


def _best(found: PilotSizes, currency: str) -> str:
    if found.best is None or found.near is None:
        return message(
            "No number of labelled cases from {low} to {high} is worth what the pilot costs; at best the net benefit is {net}.",
            low=_cases(found.sizes[0]),
            high=_cases(found.sizes[-1]),
            net=_net(found, int(found.sizes[found.net.argmax()]), currency),
        )
    low, high = found.near
    if found.is_open_ended:
        return message(
            "From {low} labelled cases on, up to the {high} looked at, the net benefit is within 5% of the best, {net}. More cases seem to be worth ever more, as if a label cost next to nothing.",
            low=_cases(low),
            high=_cases(high),
            net=_net(found, found.best, currency),
        )
    if low == high:
        return message(
            "With {best} labelled cases the pilot brings the largest net benefit, {net}: the worth of what it tells, less its cost. The next sizes looked at bring less by more than 5%.",
            best=_cases(found.best),
            net=_net(found, found.best, currency),
        )
    return message(
        "With {best} labelled cases the pilot brings the largest net benefit, {net}: the worth of what it tells, less its cost. From {low} to {high} cases it is within 5% of that.",
        best=_cases(found.best),
        net=_net(found, found.best, currency),
        low=_cases(low),
        high=_cases(high),
    )


def _plan(found: PilotSizes, planned: int | None, currency: str) -> str:
    if planned is None or planned == found.best:
        return ""
    net = _net(found, planned, currency)
    return message("With the {cases} planned it is {net}.", cases=_cases(planned), net=net)


def _net(found: PilotSizes, size: int, currency: str) -> str:
    return message(
        "{net} ({error})",
        net=money(found.net_at(size), currency),
        error=simulation_error(found.error_at(size), currency),
    )


def _cases(size: float) -> str:
    return number(float(size), 0)
