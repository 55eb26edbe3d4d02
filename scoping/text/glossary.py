"""What the words mean that a reader may not know, each in a sentence or two.

`meaning("headroom")` is what stands behind the word, as a help text or in the glossary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .languages import message


@dataclass(frozen=True)
class Term:
    """A word and what it means."""

    title: str
    meaning: str


GLOSSARY: Mapping[str, Term] = {
    "p10_p90": Term(
        message("P10, P50, P90"),
        message(
            "The value below which the figure lies in one case of ten, in five, in nine. Between P10 and P90 lie four cases out of five."
        ),
    ),
    "expected_value": Term(
        message("Expected value"),
        message(
            "The average over all futures. Where a range is wider on one side it differs from the P50, which half of the futures exceed."
        ),
    ),
    "npv": Term(
        message("NPV, net present value"),
        message("All that comes in less all that is spent, each amount counted less the later it falls due."),
    ),
    "simulation_error": Term(
        message("Simulation error"),
        message(
            "By about how much a figure would differ if the simulation were run again. It says how exactly the computer counted, not how sure the team is: that is the range from P10 to P90."
        ),
    ),
    "chance_of_loss": Term(
        message("Chance of loss"),
        message("The share of the simulated futures in which the project is worth less than doing nothing new."),
    ),
    "payback": Term(
        message("Payback"),
        message("The first month from which more has come in than was spent, and never less again."),
    ),
    "break_even": Term(
        message("Break-even"),
        message("The quality at which the project is expected to be worth exactly nothing; anything better pays."),
    ),
    "ceiling": Term(
        message("Ceiling"),
        message("The best quality that anybody can hope for: what experts reach, or the best published result."),
    ),
    "headroom": Term(
        message("Headroom"),
        message("The room between break-even and ceiling: how much the model may miss the best and still pay."),
    ),
    "prevalence": Term(
        message("Prevalence"),
        message(
            "The share of all cases that are of the kind that is sought: three frauds in a thousand claims are 0.3%."
        ),
    ),
    "recall": Term(
        message("Recall"),
        message("The share of the sought cases that the model finds: 80 of 100 frauds are a recall of 80%."),
    ),
    "precision": Term(
        message("Precision"),
        message("The share of the flagged cases that are of the sought kind: the rest are false alarms."),
    ),
    "false_positive_rate": Term(
        message("False-positive rate"),
        message("The share of the other cases, which nobody seeks, that the model flags all the same."),
    ),
    "adoption": Term(
        message("Adoption"), message("The share of the cases in which people really act on what the model says.")
    ),
    "drift": Term(
        message("Drift"),
        message("How much of its gain a model loses in a year because the world changes and it is not trained again."),
    ),
    "evpi": Term(
        message("EVPI, the worth of knowing everything"),
        message(
            "What it would be worth to know every uncertain number before deciding. No study can be worth more than that."
        ),
    ),
    "evppi": Term(
        message("EVPPI, the worth of knowing one number"),
        message("What it would be worth to know this one number exactly before deciding."),
    ),
    "evsi": Term(
        message("EVSI, the worth of a pilot"),
        message(
            "What the reading of a pilot of that size is worth: how much better one decides with it, on average. It is worth doing where this is more than it costs."
        ),
    ),
    "enbs": Term(
        message("ENBS, the net benefit of a pilot"),
        message("What a pilot of a size is worth, less what it costs."),
    ),
}
"""The words by which other places name them, in the order in which a reader meets them."""


def meaning(word: str) -> str:
    """What a word means. Raises KeyError."""
    return GLOSSARY[word].meaning
