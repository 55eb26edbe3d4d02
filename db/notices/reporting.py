"""Reports of the portfolio that a person asked for by mail: each week or month, of what they may see then.

A report is asked for once; what it says is found when it is made, by the rights and the proposals of that moment.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Select, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from scoping.text.languages import message
from scoping.vocabulary import Recommendation, Stage

from ..access import Action, Person
from ..errors import NotAllowed, NotFound, ReportRefused
from ..mapping import plain, role_of
from ..models import Base, PersonRow
from ..part import Part
from ..records import Filters
from ..watching import watched
from .announcing import enqueue, mail_is_set_up
from .records import Channel

MOST_REPORTS = 10
_LONGEST_TAG = 20
_MOST_AT_ONCE = 500


class Rhythm(StrEnum):
    """How often a report comes."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"

    def begins(self, day: date) -> date:
        """The first day of the week (its Monday) or month that the day is in: which period it is."""
        return day - timedelta(days=day.weekday()) if self is Rhythm.WEEKLY else day.replace(day=1)

    def next_after(self, day: date) -> date:
        """The first day of the period after the one that the day is in."""
        return self.begins(self.begins(day) + timedelta(days=7 if self is Rhythm.WEEKLY else 31))


class ReportFile(StrEnum):
    """The file that comes with it, by the name of the portfolio's format."""

    PDF = "pdf"
    EXCEL = "xlsx"


class ReportRow(Base):
    """A report that a person wants. `sent_for` is the first day of the last period that needs none any more."""

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    rhythm: Mapped[str] = mapped_column(String(10))
    file: Mapped[str] = mapped_column(String(10))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    sent_for: Mapped[date] = mapped_column(Date)


@dataclass(frozen=True)
class ReportRequest:
    """A report that somebody asks for, of the list with these filters, in the language of that tag.

    `due_within` says within how many days of the day on which it is made a review is due, instead of a fixed day.
    """

    rhythm: Rhythm
    file: ReportFile
    filters: Filters
    language: str = ""
    due_within: int | None = None


@dataclass(frozen=True)
class Report:
    """A report that comes; `next_on` is the day on which it comes next."""

    id: str
    request: ReportRequest
    next_on: date

    def filters_on(self, day: date) -> Filters:
        """What to list on that day: of real work, whatever the page showed when it was asked for."""
        asked = self.request
        due_by = asked.filters.due_by if asked.due_within is None else day + timedelta(days=asked.due_within)
        return replace(asked.filters, due_by=due_by, demo=False)


@dataclass(frozen=True)
class ReportToMake:
    """A report whose turn it is, and who gets it, with the rights that they have now."""

    report: Report
    person: Person


class Reporting(Part):
    """Each person's own reports; where nobody signs in, there is nobody to write to."""

    def own(self) -> tuple[Report, ...]:
        """The person's reports, in the order in which they were asked for."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return tuple(map(_report, session.scalars(_of(self._gate.person.id))))

    @watched
    def ask(self, request: ReportRequest) -> Report:
        """Send the list from the next week or month on; the same one is not sent twice.

        Raises ReportRefused, NotAllowed where nobody signs in.
        """
        self._gate.ask(Action.LIST)
        identity = self._gate.person_id
        if identity is None:
            raise NotAllowed(message("Nobody signs in here: there is nobody to be told."))
        _check(self._gate.person)
        with self._writing() as session:
            found = session.scalars(_of(identity).with_for_update()).all()
            for row in found:
                if _request(row) == _kept(request):
                    return _report(row)
            if len(found) >= MOST_REPORTS:
                raise ReportRefused(
                    message("You get {most} reports: stop one before you ask for another.", most=str(MOST_REPORTS))
                )
            made = self._row(identity, request)
            session.add(made)
            session.flush()
            return _report(made)

    def _row(self, identity: str, request: ReportRequest) -> ReportRow:
        return ReportRow(
            id=str(uuid.uuid4()),
            person_id=identity,
            rhythm=request.rhythm,
            file=request.file,
            filters=_written(request),
            language=plain(request.language)[:_LONGEST_TAG],
            asked_at=self._now(),
            sent_for=request.rhythm.begins(self._now().date()),
        )

    @watched
    def stop(self, report: str) -> None:
        """Send it no more; one that waits to be sent is given up. Raises NotFound."""
        self._gate.ask(Action.LIST)
        with self._writing() as session:
            row = session.get(ReportRow, plain(report))
            if row is None or row.person_id != self._gate.person_id:
                raise NotFound(message("There is no such report: it was stopped already."))
            session.delete(row)

    def to_make(self, report: str) -> ReportToMake | None:
        """The report and its person, for a sender; None where it was stopped or the person has no right any more.

        Raises NotAllowed.
        """
        self._gate.ask(Action.MANAGE)
        with self._reading() as session:
            row = session.get(ReportRow, plain(report))
            person = None if row is None else session.get(PersonRow, row.person_id)
            if row is None or person is None or person.removed_at is not None:
                return None
            role = role_of(person.role, person.granted)
            return ReportToMake(_report(row), Person(person.id, person.name, person.email, role)) if role else None


def write_reports(session: Session, day: date, now: datetime) -> int:
    """Write down the reports whose week or month has begun, each once for the period; within a transaction.

    What is missed while nothing runs is not made up for: the next one says how things are.
    """
    if not mail_is_set_up():
        return 0
    return sum(_claimed(session, row, day, now) for row in session.scalars(_due(day)).all())


def _due(day: date) -> Select[ReportRow]:
    last = {rhythm: (ReportRow.rhythm == rhythm) & (ReportRow.sent_for < rhythm.begins(day)) for rhythm in Rhythm}
    has_come = last[Rhythm.WEEKLY] | last[Rhythm.MONTHLY]
    wanted = select(ReportRow).join(PersonRow, PersonRow.id == ReportRow.person_id)
    wanted = wanted.where(PersonRow.removed_at.is_(None), PersonRow.email != "", has_come)
    return wanted.order_by(ReportRow.sent_for, ReportRow.id).limit(_MOST_AT_ONCE)


def _claimed(session: Session, row: ReportRow, day: date, now: datetime) -> bool:
    """Whether nobody was faster: of several who look at once, one writes it down."""
    period = Rhythm(row.rhythm).begins(day)
    seen = (ReportRow.id == row.id, ReportRow.sent_for == row.sent_for)
    change = update(ReportRow).where(*seen).values(sent_for=period).execution_options(synchronize_session=False)
    if session.execute(change).rowcount != 1:  # type: ignore[attr-defined]
        return False
    payload = {"kind": "report", "report": row.id, "period": period.isoformat(), "at": now.isoformat("T", "seconds")}
    enqueue(session, Channel.MAIL, row.person_id, None, payload, now)
    return True


def _check(person: Person) -> None:
    """Raises ReportRefused."""
    if not mail_is_set_up():
        raise ReportRefused(message("Mails are not set up here: no report can be sent."))
    if not person.email:
        raise ReportRefused(message("Your sign-in proves no e-mail address: no report can be sent."))


def _of(person_id: str) -> Select[ReportRow]:
    return select(ReportRow).where(ReportRow.person_id == person_id).order_by(ReportRow.asked_at, ReportRow.id)


def _report(row: ReportRow) -> Report:
    return Report(row.id, _request(row), Rhythm(row.rhythm).next_after(row.sent_for))


def _kept(request: ReportRequest) -> ReportRequest:
    """The request as it comes back from the database, to compare it with others."""
    filters, due_within = _read(_written(request))
    language = plain(request.language)[:_LONGEST_TAG]
    return ReportRequest(request.rhythm, request.file, filters, language, due_within)


def _request(row: ReportRow) -> ReportRequest:
    filters, due_within = _read(row.filters)
    return ReportRequest(Rhythm(row.rhythm), ReportFile(row.file), filters, row.language, due_within)


def _written(request: ReportRequest) -> dict[str, Any]:
    """The filters as JSON. In which currency the list compares is what the team has agreed on when it is made."""
    said: dict[str, Any] = {
        name: [*map(plain, value)]
        if isinstance(value, (tuple, list))
        else plain(value)
        if isinstance(value, str)
        else value
        for name, value in asdict(request.filters).items()
        if name not in ("display", "due_by", "demo")
    }
    due_by = request.filters.due_by if request.due_within is None else None
    return {**said, "due_by": due_by.isoformat() if due_by else None, "due_within": request.due_within}


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    return [plain(each) for each in value] if isinstance(value, (tuple, list)) else value


def _read(said: Mapping[str, Any]) -> tuple[Filters, int | None]:
    known = {each.name for each in fields(Filters)}
    kept = {name: tuple(each) if isinstance(each, list) else each for name, each in said.items() if name in known}
    typed: dict[str, Any] = {
        **kept,
        "recommendations": tuple(map(Recommendation, kept["recommendations"])),
        "stages": tuple(map(Stage, kept["stages"])),
        "due_by": date.fromisoformat(said["due_by"]) if said["due_by"] else None,
    }
    return Filters(**typed), said["due_within"]
