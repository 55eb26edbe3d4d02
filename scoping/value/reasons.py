"""Why a figure does not exist, in plain sentences: the same in JSON, on the page and in the summary."""

from __future__ import annotations

from ..text.languages import as_sentence, counted, joined, message
from ..text.wording import percent

REFERENCE = message("The status quo is what the others are valued against.")
NO_MODEL_TO_MEASURE = message("No alternative with a model has been valued.")
NO_LABELLED_CASES = message("The number of labelled cases of the pilot is not given.")
NO_PILOT_COST = message("The cost of the pilot is not given.")
NOTHING_TO_READ = message("The technical metrics are certain: a pilot has nothing to find out.")
NOT_VALUED = message("No alternative can be valued yet.")
NO_CEILING = message("Nobody has given a ceiling.")

_BREAK_EVEN = {
    "always": message("It pays at any value of the metric."),
    "never": message("It pays at no value of the metric."),
    "several": message("It changes between gain and loss more than once."),
}


def no_payback(paying: float) -> str:
    """Why a payback time, or its mean, is missing; `paying` is the share of the futures that pay back."""
    return message("Not paid back within the horizon in {share} of the futures.", share=percent(1 - paying))


def no_return() -> str:
    """Why there is no return on cost."""
    return message("Nothing is spent in some of the futures, so there is no cost to return on.")


def no_rate(never: float, free: float, several: float) -> str:
    """Why an internal rate of return is missing; the shares of the futures without one."""
    parts = (
        (never, message("in {share} of the futures nothing is ever earned back", share=percent(never, 1))),
        (free, message("in {share} of the futures nothing is ever spent", share=percent(free, 1))),
        (several, message("in {share} of the futures no rate, or more than one, fits", share=percent(several, 1))),
    )
    said = [text for share, text in parts if share > 0]
    return as_sentence(joined(", ", said or [message("no future has a rate")]))


def no_break_even(status: str) -> str | None:
    """Why there is no break-even; None where there is one."""
    return _BREAK_EVEN.get(status)


def incomplete(count: int) -> str:
    """Why an alternative has no figures."""
    return counted("{count} input is missing.", "{count} inputs are missing.", count)
