"""What the verdict rests on, in a sentence."""

from __future__ import annotations

from ..feasibility.evidence.view import EvidenceView
from .languages import listed, message
from .wording import number, percent

_MOST_NAMED = 3


def rests_on_guesses(view: EvidenceView) -> str:
    """How much of NPV's spread, and how many of the verdict's reasons, are guesses, and which to learn first.

    Empty where nothing is uncertain.
    """
    share = view.spread_on_guesses
    if share is None:
        return ""
    said = {
        "share": percent(share),
        "count": number(view.reasons_on_guesses, 0),
        "reasons": number(view.reasons, 0),
    }
    first = [each.label for each in view.guesses if view.worth.get(each.path, 0.0) > 0][:_MOST_NAMED]
    if not first:
        return message(
            "{share} of the spread of NPV rests on guesses, and so do {count} of the {reasons} reasons of the verdict.",
            **said,
        )
    return message(
        "{share} of the spread of NPV rests on guesses, and so do {count} of the {reasons} reasons of the verdict; of the guesses, learn first: {inputs}.",
        **said,
        inputs=listed(first),
    )
