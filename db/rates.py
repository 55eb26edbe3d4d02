"""Rates between currencies, typed by people, each with its day; and the currency in which a list compares."""

from __future__ import annotations

import math
from datetime import date

from babel.core import get_global
from sqlalchemy.orm import Session

from scoping.text.languages import message
from scoping.text.wording import day, number

from . import queries
from .access import Action, Person
from .errors import RateRefused
from .gate import Deed
from .models import RateRow, SettingRow
from .part import Part
from .records import AuditAction, Rate
from .watching import watched

_DISPLAY = "display_currency"
_LARGEST = 1e9


class Rates(Part):
    """What currencies are worth in the display currency. A rate that is replaced stays in the table."""

    def display_currency(self) -> str:
        """The currency in which amounts are compared: the one that was chosen, or that of most proposals."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return display_currency(session, self._gate.person)

    @watched
    def choose_display_currency(self, currency: str, actor: str = "") -> None:
        """Compare amounts in another currency from now on. Raises RateRefused, NotAllowed."""
        self._gate.ask(Action.SET_RATES)
        code = _known(currency)
        row = SettingRow(name=_DISPLAY, value=code, set_by=self._gate.name(actor), set_at=self._now())
        with self._writing() as session:
            session.merge(row)
            session.flush()
            self._gate.write_down(session, Deed(AuditAction.SETTING, f"{_DISPLAY}: {code}", typed=actor))

    @watched
    def set(self, currency: str, rate: float, as_of: date, actor: str = "") -> None:
        """Say what one unit of a currency is worth in the display currency. Raises RateRefused, NotAllowed."""
        if not math.isfinite(rate) or not 1 / _LARGEST <= rate <= _LARGEST:
            raise RateRefused(message("Rate: must be a number above 0, and at most {most}.", most=number(_LARGEST, 0)))
        if as_of > self._now().date():
            raise RateRefused(message("As of: {day} is still to come.", day=day(as_of)))
        self._add(currency, rate, as_of, actor)

    @watched
    def forget(self, currency: str, actor: str = "") -> None:
        """Take a currency's rate away: its proposals stand apart again."""
        self._add(currency, None, self._now().date(), actor)

    def _add(self, currency: str, rate: float | None, as_of: date, actor: str) -> None:
        self._gate.ask(Action.SET_RATES)
        code, name = _known(currency), self._gate.name(actor)
        with self._writing() as session:
            base = display_currency(session, self._gate.person)
            if code == base:
                raise RateRefused(message("{currency} is the display currency itself.", currency=code))
            session.add(RateRow(base=base, currency=code, rate=rate, as_of=as_of, set_by=name, set_at=self._now()))
            session.flush()
            said = "none" if rate is None else f"{rate!r} ({as_of.isoformat()})"
            self._gate.write_down(session, Deed(AuditAction.SETTING, f"rate {code}/{base}: {said}", typed=actor))

    def current(self) -> dict[str, Rate]:
        """The newest rate of each currency into the display currency, by currency."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            rows = session.scalars(queries.rates(display_currency(session, self._gate.person)))
            return {row.currency: Rate(row.currency, row.rate or 0.0, row.as_of, row.set_by) for row in rows}

    def without_rate(self) -> dict[str, int]:
        """The currencies of proposals that nobody gave a rate for, and how many proposals each has."""
        self._gate.ask(Action.LIST)
        person = self._gate.person
        with self._reading() as session:
            known = worth_in(session, display_currency(session, person))
            return {code: many for code, many in session.execute(queries.currencies(person)).all() if code not in known}


def display_currency(session: Session, person: Person) -> str:
    """The currency that was chosen, or that of most proposals; EUR while there is none."""
    chosen = session.get(SettingRow, _DISPLAY)
    if chosen is not None:
        return chosen.value
    found = session.execute(queries.currencies(person)).first()
    return found[0] if found else "EUR"


def worth_in(session: Session, currency: str) -> dict[str, float]:
    """What one unit of each currency is worth in that one, as far as someone said so."""
    rates = session.scalars(queries.rates(currency))
    return {**{row.currency: row.rate for row in rates if row.rate}, currency: 1.0}


def _known(currency: str) -> str:
    code = currency.strip().upper()
    if code not in get_global("all_currencies"):
        raise RateRefused(message("Currency: {code} is no ISO 4217 code such as EUR, USD or GBP.", code=code[:20]))
    return code
