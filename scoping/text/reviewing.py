"""The words of a review: stages, stances, and the functions that are usually asked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ..vocabulary import DecisionState, IdeaState, Stage, Stance
from .languages import message

STAGES: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.IDEA: message("Idea"),
        Stage.DRAFT: message("Draft"),
        Stage.SUBMITTED: message("Submitted"),
        Stage.CHANGES_REQUESTED: message("Changes requested"),
        Stage.DECIDED: message("Decided"),
        Stage.IN_BUILD: message("In build"),
        Stage.LIVE: message("Live"),
        Stage.RETIRED: message("Retired"),
    }
)
"""What people call each stage."""
IDEA_STATES: Mapping[IdeaState, str] = MappingProxyType(
    {
        IdeaState.WAITING: message("Waiting"),
        IdeaState.ACCEPTED: message("Taken up"),
        IdeaState.DECLINED: message("Declined"),
        IdeaState.SAME: message("Same as another"),
    }
)
"""What became of an idea."""
STANCES: Mapping[Stance, str] = MappingProxyType(
    {
        Stance.AGREE: message("Agrees"),
        Stance.AGREE_IF: message("Agrees if"),
        Stance.DISAGREE: message("Disagrees"),
    }
)
"""What a function says."""
DECISION_STATES: Mapping[DecisionState, str] = MappingProxyType(
    {
        DecisionState.STANDING: message("Stands"),
        DecisionState.SUPERSEDED: message("Superseded"),
        DecisionState.WITHDRAWN: message("Withdrawn"),
    }
)
"""How a recorded decision stands."""
OWN_STANCES: Mapping[Stance, str] = MappingProxyType(
    {
        Stance.AGREE: message("I agree"),
        Stance.AGREE_IF: message("I agree if"),
        Stance.DISAGREE: message("I disagree"),
    }
)
"""The same, for who says it."""
NOT_SPOKEN = message("Has not spoken")
"""What stands in the place of a stance as long as there is none."""
USUAL_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "data": message("Data"),
        "finance": message("Finance"),
        "legal": message("Legal"),
        "security": message("Security"),
        "operations": message("Operations"),
    }
)
"""The functions that are asked where nobody chose others: by the name that is stored, what people call them."""


def function_title(name: str) -> str:
    """What people call a function: one of the usual ones, or as it was typed."""
    return USUAL_FUNCTIONS.get(name, name)


def stance_title(stance: str | None) -> str:
    """What a function says, or that it has not spoken."""
    return STANCES[Stance(stance)] if stance else NOT_SPOKEN
