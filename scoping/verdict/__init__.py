"""The verdict: stop at a gate, rework what is unfinished, and otherwise the way with the highest expected value."""

from .conditions import RISKY_LOSS, conditions_of
from .evidence import ANSWERS, NOT_ASSESSED, RECOMMENDATIONS, Evidence, Verdict, called, is_assessed
from .reasons import read_by
from .resting import reasons_on_guesses
from .rule import decide, name_of, unreachable_of

__all__ = [
    "ANSWERS",
    "NOT_ASSESSED",
    "RECOMMENDATIONS",
    "RISKY_LOSS",
    "Evidence",
    "Verdict",
    "called",
    "conditions_of",
    "decide",
    "is_assessed",
    "name_of",
    "read_by",
    "reasons_on_guesses",
    "unreachable_of",
]
