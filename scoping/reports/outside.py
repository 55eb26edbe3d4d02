"""The outside view in one sentence: what the leading alternative is worth in it, beside the team's own figures."""

from __future__ import annotations

from ..assessment import Appraisal, OutsideView
from ..text.languages import message
from ..text.wording import error_of, money


def outside_said(appraisal: Appraisal, found: OutsideView) -> str:
    """Of the alternative with the highest expected NPV by the team's own figures; empty where nothing can be valued."""
    leader = appraisal.leader()
    figure = None if leader is None else found.npv.get(leader.index)
    if leader is None or figure is None:
        return ""
    currency = appraisal.currency
    return message(
        "Outside view of {name}: expected NPV {outside} (simulation error ±{error}, P10 {low}, P90 {high}); by your own figures {own}, which stay as they are.",
        name=leader.name,
        outside=money(figure.mean, currency),
        error=error_of(figure.standard_error, currency),
        low=money(figure.p10, currency),
        high=money(figure.p90, currency),
        own=money(leader.expected, currency),
    )
