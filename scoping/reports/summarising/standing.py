"""As of when a report is, of which version of the proposal, and what was decided."""

from __future__ import annotations

from collections.abc import Sequence

from ...document.hashing import content_hash, short_hash
from ...document.proposal import Proposal
from ...text.languages import joined, message
from ...text.wording import day
from ..edition import DecisionNote, Edition, standing_among
from ..memo.team import StandingPart
from .decisions import agreement, outcome_said


def standing_part(proposal: Proposal, decisions: Sequence[DecisionNote], edition: Edition) -> StandingPart:
    """Where the proposal is on that day; the decision counts that stands."""
    standing = standing_among(decisions)
    return StandingPart(
        as_of=message("As of {date}", date=day(edition.as_of)) if edition.as_of else "",
        version=_version(proposal, edition),
        decision=_decided(standing, edition) if standing else _undecided(decisions),
        conditions=standing.conditions if standing else (),
        is_decided=standing is not None,
    )


def _undecided(decisions: Sequence[DecisionNote]) -> str:
    if not decisions:
        return message("Not decided yet.")
    return message("Not decided: the decision of {date} was withdrawn.", date=day(decisions[0].decided_on))


def _version(proposal: Proposal, edition: Edition) -> str:
    content = short_hash(content_hash(proposal))
    if edition.version is None:
        return message("Not a saved version, content {hash}", hash=content)
    return message("Version {version}, content {hash}", version=str(edition.version), hash=content)


def _decided(note: DecisionNote, edition: Edition) -> str:
    said = message(
        "Decided: {outcome}, by {person} on {date} ({agreement}).",
        outcome=outcome_said(note),
        person=note.signer,
        date=day(note.decided_on),
        agreement=agreement(note),
    )
    if not note.revision or note.revision == edition.version or edition.version is None:
        return said
    changed = message(
        "It was version {version} that was decided on; the proposal has changed since.", version=str(note.revision)
    )
    return joined(" ", (said, changed))
