"""Why a figure does not exist, in plain sentences: the same in JSON, on the page and in the summary."""

from __future__ import annotations

REFERENCE = "The status quo is what the others are valued against."
NO_MODEL_TO_MEASURE = "No alternative with a model has been valued."
NO_LABELLED_CASES = "The number of labelled cases of the pilot is not given."
NO_PILOT_COST = "The cost of the pilot is not given."
NOTHING_TO_READ = "The technical metrics are certain: a pilot has nothing to find out."
NOT_VALUED = "No alternative can be valued yet."
NO_CEILING = "Nobody has given a ceiling."

_BREAK_EVEN = {
    "always": "It pays at any value of the metric.",
    "never": "It pays at no value of the metric.",
    "several": "It changes between gain and loss more than once.",
}


def no_payback(paying: float) -> str:
    """Why a payback time, or its mean, is missing; `paying` is the share of the futures that pay back."""
    return f"Not paid back within the horizon in {1 - paying:.0%} of the futures."


def no_return() -> str:
    """Why there is no return on cost."""
    return "Nothing is spent in some of the futures, so there is no cost to return on."


def no_rate(never: float, free: float, several: float) -> str:
    """Why an internal rate of return is missing; the shares of the futures without one."""
    parts = (
        (never, "nothing is ever earned back"),
        (free, "nothing is ever spent"),
        (several, "no rate, or more than one, fits"),
    )
    said = [f"in {share:.1%} of the futures {what}" for share, what in parts if share > 0]
    text = ", ".join(said) or "no future has a rate"
    return f"{text[:1].upper()}{text[1:]}."


def no_break_even(status: str) -> str | None:
    """Why there is no break-even; None where there is one."""
    return _BREAK_EVEN.get(status)


def incomplete(count: int) -> str:
    """Why an alternative has no figures."""
    return f"{count} {'input is' if count == 1 else 'inputs are'} missing."
