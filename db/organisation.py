"""What the organisation laid down: every version of its settings, by whom, when and why. None is ever changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, DateTime, Integer, Select, String, Text, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping.errors import DocumentRefused
from scoping.organisation import (
    Organisation,
    OrganisationFile,
    check_finished,
    read_file,
    read_organisation,
    to_settings,
)
from scoping.organisation.file import Currencies
from scoping.text.languages import message

from . import mapping
from .access import Action, Person
from .differences import changed_paths
from .errors import NotFound, RowRefused, StaleSettings
from .gate import Deed, Gate
from .lists import paged
from .models import Base, SettingRow
from .part import Part
from .queries import PAGE_SIZE
from .rates import Worth, current_in, display_currency, keep_display, keep_rate
from .records import AuditAction, Page
from .review_records import Function
from .review_settings import functions_in, keep_functions, keep_needs_review, needs_review
from .watching import watched

LONGEST_WHY = 500
_SAID_AT_MOST = 1_500
_COPY, _MARK = "organisation_copy:", 16
_BASE, _SETTINGS = "base", "settings"


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


@dataclass(frozen=True)
class WorkingCopy:
    """Settings that somebody works on, and the version that they began from: what they change is told against it."""

    base: LaidDown
    organisation: Organisation


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

    def keep_working_copy(self, organisation: Organisation | None, version: int = 0) -> None:
        """Keep what the person works on and has not laid down, so that a reload loses nothing; None forgets it.

        `version` is the one that they began from: whoever comes back later must not take another one for theirs.
        Nobody else sees it, and it is no setting yet, so it is in no trail. Raises NotAllowed.
        """
        self._gate.ask(Action.MANAGE)
        with self._writing() as session:
            if organisation is None:
                session.execute(delete(SettingRow).where(SettingRow.name == self._copy_name()))
                return
            kept = {_BASE: version, _SETTINGS: to_settings(organisation)}
            text, name = json.dumps(kept, ensure_ascii=False), self._gate.name("")
            session.merge(SettingRow(name=self._copy_name(), value=text, set_by=name, set_at=self._now()))

    def working_copy(self) -> WorkingCopy | None:
        """What the person works on and has not laid down. Raises NotAllowed."""
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            row = session.get(SettingRow, self._copy_name())
            kept = {} if row is None else json.loads(row.value)
            try:
                # Without the version that they began from, it is compared with whatever is laid down.
                return WorkingCopy(_at(session, kept.get(_BASE, 0)), read_organisation(kept.get(_SETTINGS, kept)))
            except DocumentRefused:
                # Of another form than today's: what counts are the versions.
                return None

    def _copy_name(self) -> str:
        return f"{_COPY}{sha256((self._gate.person_id or '').encode()).hexdigest()[:_MARK]}"

    def exported(self) -> OrganisationFile:
        """Everything that is laid down, with the functions of review and the rates, for one file. Raises NotAllowed."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return file_of(session, self._gate.person)

    @watched
    def bring_in(self, file: OrganisationFile, version: int, why: str = "", actor: str = "") -> LaidDown:
        """Lay down all that a file says, or nothing of it. Raises as `save` does, ReviewRefused, RateRefused."""
        self._gate.ask(Action.MANAGE)
        check_finished(file.settings)
        try:
            with self._writing() as session:
                laid_down = self._save(session, file.settings, version, why, actor)
                bring_in_others(session, self._gate, file, actor)
                return laid_down
        except RowRefused:
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


def file_of(session: Session, person: Person) -> OrganisationFile:
    """What is laid down now, as one file."""
    functions = [{"name": each.name, "is_always": each.is_always} for each in functions_in(session)]
    rates = current_in(session, person).values()
    worth = [{"currency": each.currency, "rate": each.rate, "as_of": each.as_of.isoformat()} for each in rates]
    return read_file(
        {
            **to_settings(newest_in(session).organisation),
            "review": {"functions": functions, "needs_submission": needs_review(session)},
            "currencies": {"display": display_currency(session, person), "rates": worth},
        }
    )


def bring_in_others(session: Session, gate: Gate, file: OrganisationFile, actor: str) -> None:
    """Write down what a file says of reviews and currencies, where it says something else than what is so."""
    now = file_of(session, gate.person)
    if file.review is not None and file.review != now.review:
        people = {each.name.casefold(): each.people for each in functions_in(session)}
        asked = [
            Function(each.name, people.get(each.name.casefold(), ()), each.is_always) for each in file.review.functions
        ]
        keep_functions(session, gate, asked, actor)
        keep_needs_review(session, gate, file.review.needs_submission, actor)
    if file.currencies is not None and file.currencies != now.currencies:
        _bring_in_rates(session, gate, file.currencies, actor)


def _bring_in_rates(session: Session, gate: Gate, currencies: Currencies, actor: str) -> None:
    keep_display(session, gate, currencies.display, actor)
    here = current_in(session, gate.person)
    named = {each.currency for each in currencies.rates}
    for gone in here.keys() - named:
        keep_rate(session, gate, Worth(gone, None, gate.now().date()), actor)
    for each in currencies.rates:
        known = here.get(each.currency)
        if known is None or (known.rate, known.as_of) != (each.rate, each.as_of):
            keep_rate(session, gate, Worth(each.currency, each.rate, each.as_of), actor)


def _at(session: Session, version: int) -> LaidDown:
    """A version; what counts without settings, where it is none."""
    row = session.scalars(_rows().where(OrganisationRow.version == version)).one_or_none()
    return LaidDown(0, Organisation()) if row is None else _laid_down(row)


def newest_in(session: Session) -> LaidDown:
    """The newest version; what counts without settings, where there is none."""
    row = session.scalars(_rows().limit(1)).one_or_none()
    return LaidDown(0, Organisation()) if row is None else _laid_down(row)


def newest_version_in(session: Session) -> int:
    """The number of the newest version, without reading it; 0 where there is none."""
    return session.scalar(select(func.max(OrganisationRow.version))) or 0


def _rows() -> Select[OrganisationRow]:
    return select(OrganisationRow).order_by(OrganisationRow.version.desc())


def _laid_down(row: OrganisationRow) -> LaidDown:
    organisation = read_organisation(row.document)
    return LaidDown(row.version, organisation, row.why, row.saved_by, mapping.in_utc(row.saved_at))
