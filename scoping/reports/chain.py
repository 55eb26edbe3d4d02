"""How a decision stands among those on its proposal, in words."""

from __future__ import annotations

from ..text.languages import joined, message
from ..text.wording import day
from ..vocabulary import DecisionState
from .edition import ChainNote


def chain_said(chain: ChainNote | None) -> str:
    """Its number, whether it stands, and what it supersedes or what came after it.

    Empty where it is the only one and stands, which goes without saying.
    """
    if chain is None or (chain.number == 1 and chain.is_standing):
        return ""
    number, ended = str(chain.number), day(chain.ended_on) if chain.ended_on else ""
    if chain.state is DecisionState.WITHDRAWN:
        said = message(
            "Decision {number} was withdrawn on {date} by {person}: {reason}",
            number=number,
            date=ended,
            person=chain.withdrawer,
            reason=chain.reason,
        )
    elif chain.state is DecisionState.SUPERSEDED:
        later = str(chain.superseded_by)
        said = message(
            "Decision {number} was superseded by decision {later} on {date}.",
            number=number,
            later=later,
            date=ended,
        )
    else:
        said = message("Decision {number} stands.", number=number)
    return joined(" ", (said, _before(chain))) if chain.supersedes else said


def _before(chain: ChainNote) -> str:
    return message("It superseded decision {earlier}.", earlier=str(chain.supersedes))
