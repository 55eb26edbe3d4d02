"""The audit trail over all proposals: found by who, what, where and when, and taken out as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Row, Select, func, or_, select, true
from sqlalchemy.orm import Session

from . import mapping, queries
from .access import Action, sees_all
from .lists import Found
from .models import AuditRow, ProposalRow
from .part import Part
from .records import AuditEntry, AuditFilters, Page

_COUNTED = 10_000
"""So many entries are counted; who wants to know more than that asks for fewer."""

_Row = Row[AuditRow, str | None]


class Auditing(Part):
    """What everybody did. To read it takes what listing takes; of what nobody may see, nothing is told.

    What is about no proposal, as roles and settings are, is for administrators.
    """

    def entries(
        self, filters: AuditFilters | None = None, page: int = 1, size: int = queries.PAGE_SIZE
    ) -> Page[AuditEntry]:
        """One page of the entries that match, the newest first. Raises NotAllowed, NotAMember."""
        query, number = self._query(filters), max(page, 1)
        with self._reading() as session:
            here = _page(session, query, number, size)
            return Page(tuple(map(_entry, here.rows)), here.total, number, size, here.has_more)

    def every(self, filters: AuditFilters | None = None) -> Iterator[AuditEntry]:
        """All entries that match, the newest first; a few are in memory at a time. Raises NotAllowed, NotAMember."""
        query = self._query(filters)
        with self._reading() as session:
            yield from map(_entry, session.execute(query, execution_options={"yield_per": queries.MOST_ROWS}))

    def actors(self) -> tuple[str, ...]:
        """Whom the trail names, for a filter. Raises NotAllowed, NotAMember."""
        self._gate.ask(Action.LIST)
        said = queries.said_once if sees_all(self._gate.person) else queries.said_among
        with self._reading() as session:
            return tuple(session.scalars(said(queries.beginning(AuditRow.actor), self._visible())))

    def _query(self, filters: AuditFilters | None) -> Select[AuditRow, str | None]:
        self._gate.ask(Action.LIST)
        joined = select(AuditRow, ProposalRow.title).outerjoin(ProposalRow, AuditRow.proposal_id == ProposalRow.id)
        return joined.where(self._visible(), *_wanted(filters or AuditFilters())).order_by(AuditRow.id.desc())

    def _visible(self) -> ColumnElement[bool]:
        person = self._gate.person
        if sees_all(person):
            return true()
        return AuditRow.proposal_id.in_(select(ProposalRow.id).where(queries.visible_to(person)))


def _wanted(filters: AuditFilters) -> list[ColumnElement[bool]]:
    found = queries.between(AuditRow.at, filters.first, filters.last)
    if filters.actors:
        found.append(queries.begins_like(AuditRow.actor, filters.actors))
    if filters.actions:
        found.append(AuditRow.action.in_([mapping.plain(each) for each in filters.actions]))
    for word in queries.words_of(filters.text):
        saying = select(ProposalRow.id).where(ProposalRow.search.contains(word, autoescape=True))
        found.append(or_(AuditRow.proposal_id.in_(saying), AuditRow.proposal_id == word))
    return found


def _page(session: Session, query: Select[AuditRow, str | None], number: int, size: int) -> Found[_Row]:
    counted = query.with_only_columns(AuditRow.id, maintain_column_froms=True).order_by(None).limit(_COUNTED + 1)
    total = session.scalar(select(func.count()).select_from(counted.subquery())) or 0
    rows = [*session.execute(query.limit(size).offset((number - 1) * size))]
    return Found(rows, min(total, _COUNTED), total > _COUNTED)


def _entry(row: _Row) -> AuditEntry:
    return mapping.audit_entry(row[0], row[1] or "")
