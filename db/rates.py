"""Rates between currencies, typed by people, each with its day; and the currency in which a list compares."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from babel.core import get_global
from sqlalchemy import Select
from sqlalchemy.orm import Session

from scoping.text.languages import message
from scoping.text.wording import day, number

from . import queries
from .access import Action, Person
from .apart import kept_apart
from .errors import RateRefused
from .gate import Deed, Gate
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
        with self._writing() as session:
            keep_display(session, self._gate, currency, actor)

    @watched
    def set(self, currency: str, rate: float, as_of: date, actor: str = "") -> None:
        """Say what one unit of a currency is worth in the display currency. Raises RateRefused, NotAllowed."""
        self._gate.ask(Action.SET_RATES)
        with self._writing() as session:
            keep_rate(session, self._gate, Worth(currency, rate, as_of), actor)

    @watched
    def forget(self, currency: str, actor: str = "") -> None:
        """Take a currency's rate away: its proposals stand apart again."""
        self._gate.ask(Action.SET_RATES)
        with self._writing() as session:
            keep_rate(session, self._gate, Worth(currency, None, self._now().date()), actor)

    def current(self) -> dict[str, Rate]:
        """The newest rate of each currency into the display currency, by currency."""
        self._gate.ask(Action.LIST)
        with self._reading() as session:
            return current_in(session, self._gate.person)

    def without_rate(self) -> dict[str, int]:
        """The currencies of proposals that nobody gave a rate for, and how many proposals each has."""
        self._gate.ask(Action.LIST)
        person = self._gate.person
        with self._reading() as session:
            known = worth_in(session, display_currency(session, person))
            return {
                code: many for code, many in session.execute(_currencies(session, person)).all() if code not in known
            }


@dataclass(frozen=True)
class Worth:
    """What one unit of a currency is worth on a day; None where nobody is to say so any more."""

    currency: str
    rate: float | None
    as_of: date


def keep_display(session: Session, gate: Gate, currency: str, actor: str) -> None:
    """Write down in which currency lists compare, as a part of a transaction. Raises RateRefused."""
    code = _known(currency)
    session.merge(SettingRow(name=_DISPLAY, value=code, set_by=gate.name(actor), set_at=gate.now()))
    session.flush()
    gate.write_down(session, Deed(AuditAction.SETTING, f"{_DISPLAY}: {code}", typed=actor))


def keep_rate(session: Session, gate: Gate, worth: Worth, actor: str) -> None:
    """Write down a rate, as a part of a transaction. Raises RateRefused."""
    code, rate, as_of = _known(worth.currency), worth.rate, worth.as_of
    if rate is not None:
        _check_worth(rate, as_of, gate.now().date())
    base = display_currency(session, gate.person)
    if code == base:
        raise RateRefused(message("{currency} is the display currency itself.", currency=code))
    name = gate.name(actor)
    session.add(RateRow(base=base, currency=code, rate=rate, as_of=as_of, set_by=name, set_at=gate.now()))
    session.flush()
    said = "none" if rate is None else f"{rate!r} ({as_of.isoformat()})"
    gate.write_down(session, Deed(AuditAction.SETTING, f"rate {code}/{base}: {said}", typed=actor))


def _check_worth(rate: float, as_of: date, today: date) -> None:
    if not math.isfinite(rate) or not 1 / _LARGEST <= rate <= _LARGEST:
        raise RateRefused(message("Rate: must be a number above 0, and at most {most}.", most=number(_LARGEST, 0)))
    if as_of > today:
        raise RateRefused(message("As of: {day} is still to come.", day=day(as_of)))


def display_currency(session: Session, person: Person) -> str:
    """The currency that was chosen, or that of most proposals; EUR while there is none."""
    chosen = session.get(SettingRow, _DISPLAY)
    if chosen is not None:
        return chosen.value
    found = session.execute(_currencies(session, person)).first()
    return found[0] if found else "EUR"


def _currencies(session: Session, person: Person) -> Select[str, int]:
    """Those of real work, or of the demo portfolio where there is nothing else: it is no reason for a rate."""
    return queries.currencies(person, *kept_apart(session, person))


def current_in(session: Session, person: Person) -> dict[str, Rate]:
    """The newest rate of each currency into the display currency, by currency."""
    rows = session.scalars(queries.rates(display_currency(session, person)))
    return {row.currency: Rate(row.currency, row.rate or 0.0, row.as_of, row.set_by) for row in rows}


def worth_in(session: Session, currency: str) -> dict[str, float]:
    """What one unit of each currency is worth in that one, as far as someone said so."""
    rates = session.scalars(queries.rates(currency))
    return {**{row.currency: row.rate for row in rates if row.rate}, currency: 1.0}


def _known(currency: str) -> str:
    code = currency.strip().upper()
    if code not in get_global("all_currencies"):
        raise RateRefused(message("Currency: {code} is no ISO 4217 code such as EUR, USD or GBP.", code=code[:20]))
    return code
