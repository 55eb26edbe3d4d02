"""Real work and the demo portfolio never mix: the one rule by which lists, files and searches keep them apart.

What somebody names is shown: the demo portfolio alone, or real work alone. Where nobody names either, it is real work,
and the demo portfolio only where there is no real work to list.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from scoping.vocabulary import Stage

from . import queries
from .access import Person
from .models import DecisionRow, ProposalRow


def side(session: Session, person: Person, wanted: bool | None = None) -> bool | None:
    """True for the demo portfolio alone, False for real work alone; None where there is nothing to keep apart.

    `wanted` is what somebody names. Almost everywhere there is no demo, and a list costs one look at an index more.
    """
    if wanted is not None or session.scalar(_demo()) is None:
        return wanted
    return session.scalar(_real(person)) is None


def on_side(which: bool | None) -> list[ColumnElement[bool]]:
    """That a proposal is on that side."""
    if which is None:
        return []
    return [ProposalRow.demo.is_not(None) if which else ProposalRow.demo.is_(None)]


def decided_on_side(which: bool | None) -> list[ColumnElement[bool]]:
    """That a decision is on a proposal of that side."""
    if which is None:
        return []
    made_up = DecisionRow.proposal_id.in_(select(ProposalRow.id).where(ProposalRow.demo.is_not(None)))
    return [made_up if which else ~made_up]


def kept_apart(session: Session, person: Person, wanted: bool | None = None) -> list[ColumnElement[bool]]:
    """That a proposal is on the side that is listed."""
    return on_side(side(session, person, wanted))


def _demo() -> Select[str]:
    return select(ProposalRow.id).where(ProposalRow.demo == queries.HERE).limit(1)


def _real(person: Person) -> Select[str]:
    """One proposal of real work that a list would show: no idea, and not in the archive."""
    listed = (ProposalRow.demo.is_(None), ProposalRow.stage != Stage.IDEA, queries.in_use_by(person))
    return select(ProposalRow.id).where(*listed).limit(1)
