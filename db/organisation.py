"""What the organisation laid down: every version of its settings, by whom, when and why. None is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Integer, Select, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping.organisation import Organisation, check_finished, read_organisation, to_settings
from scoping.text.languages import message

from . import mapping
from .access import Action
from .differences import changed_paths
from .errors import NotFound, RowRefused, StaleSettings
from .gate import Deed
from .lists import paged
from .models import Base
from .part import Part
from .queries import PAGE_SIZE
from .records import AuditAction, Page
from .watching import watched

LONGEST_WHY = 500
_SAID_AT_MOST = 1_500


class OrganisationRow(Base):
    """One version of the settings. Of two that are laid down at once the database takes one. Never changed."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer, unique=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[str] = mapped_column(Text)
    saved_by_id: Mapped[str | None] = mapped_column(String(36))
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


@dataclass(frozen=True)
class LaidDown:
    """The settings as they were laid down in a version; version 0 where nobody has yet."""

    version: int
    organisation: Organisation
    why: str = ""
    saved_by: str = ""
    saved_at: datetime | None = None


class OrganisationSettings(Part):
    """The organisation's settings. To read them takes what listing takes; to change them, an administrator."""

    def current(self) -> LaidDown:
        """The newest version. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return newest_in(session)

    def version(self, number: int) -> LaidDown:
        """One version. Raises NotFound, NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            row = session.scalars(_rows().where(OrganisationRow.version == number)).one_or_none()
            if row is None:
                raise NotFound(message("There is no version {version} of the settings.", version=str(number)))
            return _laid_down(row)

    def versions(self, page: int = 1, size: int = PAGE_SIZE) -> Page[LaidDown]:
        """The versions, the newest first. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        number = max(page, 1)
        with self._reading() as session:
            here = paged(session, _rows(), number, size)
            return Page(tuple(map(_laid_down, here.rows)), here.total, number, size)

    @watched
    def save(self, organisation: Organisation, version: int, why: str = "", actor: str = "") -> LaidDown:
        """Lay down the next version of settings that were read at `version`. What is laid down already changes nothing.

        Raises StaleSettings, writing nothing, where somebody laid down others meanwhile; DocumentRefused where
        something is declared by halves; NotAllowed.
        """
        self._gate.ask(Action.MANAGE)
        check_finished(organisation)
        try:
            with self._writing() as session:
                return self._save(session, organisation, version, why, actor)
        except RowRefused:
            # Of two at once the database took the other one.
            raise StaleSettings(self.current().saved_by) from None

    def _save(self, session: Session, organisation: Organisation, version: int, why: str, actor: str) -> LaidDown:
        now = newest_in(session)
        if now.version != version:
            raise StaleSettings(now.saved_by)
        before, document = to_settings(now.organisation), to_settings(organisation)
        if before == document and version:
            return now
        row = self._row(version + 1, document, why, actor)
        session.add(row)
        session.flush()
        said = f"organisation version {row.version}: {', '.join(changed_paths(before, document))}"[:_SAID_AT_MOST]
        detail = f"{said}; {row.why}" if row.why else said
        self._gate.write_down(session, Deed(AuditAction.SETTING, detail, typed=actor, at=row.saved_at))
        return LaidDown(row.version, organisation, row.why, row.saved_by, row.saved_at)

    def _row(self, version: int, document: dict[str, Any], why: str, actor: str) -> OrganisationRow:
        return OrganisationRow(
            version=version,
            document=document,
            why=" ".join(mapping.plain(why).split())[:LONGEST_WHY],
            saved_by=self._gate.name(actor),
            saved_by_id=self._gate.person_id,
            saved_at=self._now(),
        )


def newest_in(session: Session) -> LaidDown:
    """The newest version; what counts without settings, where there is none."""
    row = session.scalars(_rows().limit(1)).one_or_none()
    return LaidDown(0, Organisation()) if row is None else _laid_down(row)


def _rows() -> Select[OrganisationRow]:
    return select(OrganisationRow).order_by(OrganisationRow.version.desc())


def _laid_down(row: OrganisationRow) -> LaidDown:
    organisation = read_organisation(row.document)
    return LaidDown(row.version, organisation, row.why, row.saved_by, mapping.in_utc(row.saved_at))
