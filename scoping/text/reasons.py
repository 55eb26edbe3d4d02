"""Why a figure does not exist, in plain sentences: the same in JSON, on the page and in the summary."""

from __future__ import annotations

from collections.abc import Callable

from ..value.rates import LARGEST_TOLD
from ..value.reasons import Reason, Why
from .languages import as_sentence, counted, joined, message
from .wording import chance, percent


def said(reason: Reason) -> str:
    """The reason in a sentence."""
    plain = _SENTENCES.get(reason.why)
    return plain if plain is not None else _WITH_NUMBERS[reason.why](*reason.values)


def said_if(reason: Reason | None) -> str | None:
    """The reason in a sentence, where there is one."""
    return None if reason is None else said(reason)


_SENTENCES: dict[Why, str] = {
    Why.REFERENCE: message("The status quo is what the others are valued against."),
    Why.NO_MODEL_TO_MEASURE: message("No alternative with a model has been valued."),
    Why.NO_LABELLED_CASES: message("The number of labelled cases of the pilot is not given."),
    Why.NO_PILOT_COST: message("The cost of the pilot is not given."),
    Why.NOTHING_TO_READ: message("The technical metrics are certain: a pilot has nothing to find out."),
    Why.NOT_VALUED: message("No alternative can be valued yet."),
    Why.NO_CEILING: message("Nobody has given a ceiling."),
    Why.PAYS_ALWAYS: message("It pays at any value of the metric."),
    Why.PAYS_NEVER: message("It pays at no value of the metric."),
    Why.PAYS_IN_PARTS: message("It changes between gain and loss more than once."),
    Why.NOTHING_SPENT: message("Nothing is spent in some of the futures, so there is no cost to return on."),
}


# What rounds to 0.1 % or more.
_LEAST_SAID = 0.0005


def _not_paid_back(share: float) -> str:
    return message("Not paid back within the horizon in {share} of the futures.", share=chance(share))


def _no_rate(never: float, free: float, short: float, above: float, first: float, several: float) -> str:
    largest = percent(LARGEST_TOLD)
    parts = (
        (never, message("in {share} of the futures nothing is ever earned back", share=percent(never, 1))),
        (free, message("in {share} of the futures nothing is ever spent", share=percent(free, 1))),
        (short, message("in {share} of the futures no month costs more than it brings in", share=percent(short, 1))),
        (above, message("in {share} of the futures it is above {rate}", share=percent(above, 1), rate=largest)),
        (first, message("in {share} of the futures money comes before it is spent", share=percent(first, 1))),
        (several, message("in {share} of the futures no rate, or more than one, fits", share=percent(several, 1))),
    )
    # A share that rounds to nothing is not worth a clause, unless there is no other.
    said = [text for share, text in parts if share >= _LEAST_SAID] or [max(parts, key=lambda part: part[0])[1]]
    return as_sentence(joined(", ", said))


def _incomplete(count: float) -> str:
    return counted("{count} input is missing.", "{count} inputs are missing.", int(count))


_WITH_NUMBERS: dict[Why, Callable[..., str]] = {
    Why.NOT_PAID_BACK: _not_paid_back,
    Why.NO_RATE: _no_rate,
    Why.INCOMPLETE: _incomplete,
}
