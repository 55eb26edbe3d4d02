"""What somebody enters of a month: read in the person's own way to write, and put among what was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ...document.fields import LARGEST_AMOUNT, Quantity
from ...document.proposal import Proposal
from ...errors import EntryRefused
from ...record.actuals import Actual, Actuals
from ...record.places import Place, index_of, places_of
from ...text import entry
from ...text.grammar import Grammar
from ...text.languages import message
from ...vocabulary import ActualKind, Unit
from .words import short_title

_CREDIT_TOO = Quantity(Unit.MONEY, -LARGEST_AMOUNT, LARGEST_AMOUNT)
_ANY = Quantity(Unit.NUMBER, -LARGEST_AMOUNT, LARGEST_AMOUNT)
YES, NO = message("Yes"), message("No")
_YES = frozenset({"1", "yes", "y", "true", "ja", "j", "wahr"})
_NO = frozenset({"0", "no", "n", "false", "nein", "falsch"})
FEWEST_MONTHS_SHOWN = 24


@dataclass(frozen=True, order=True)
class Cell:
    """One thing in one month."""

    about: str
    month: int


@dataclass(frozen=True)
class Said:
    """What is known of several values at once: where they come from, when and by whom they were measured."""

    source: str = ""
    note: str = ""
    measured_on: date | None = None
    measured_by: str = ""


def places(proposal: Proposal, actuals: Actuals, conditions: tuple[str, ...]) -> list[Place]:
    """Everything that can be measured under a decision. Raises DocumentRefused where its alternative is not known."""
    found = places_of(proposal, index_of(proposal, actuals.alternative), conditions)
    return [replace(each, title=short_title(proposal, each.path, each.title)) for each in found]


def alternatives(proposal: Proposal) -> tuple[str, ...]:
    """Those of which something can be measured, by the names by which actuals call them."""
    return tuple(str(each.name) for each in proposal.alternatives if not each.is_status_quo)


def last_month(proposal: Proposal, actuals: Actuals) -> int:
    """Up to which month something may be entered: the horizon, and at least two years."""
    return max(proposal.returns.horizon_months or 0, actuals.months, FEWEST_MONTHS_SHOWN)


def quantity_of(place: Place) -> Quantity:
    """The bounds of a value of one month: money may be a credit."""
    if place.kind.is_summed:
        return _CREDIT_TOO
    return place.quantity or _ANY


def at(actuals: Actuals, cell: Cell) -> tuple[Actual, ...]:
    """What was measured of that in that month."""
    return tuple(each for each in actuals.entries if (each.about, each.month) == (cell.about, cell.month))


def shown(actuals: Actuals, cell: Cell, place: Place, grammar: Grammar) -> str:
    """What stands in the field of a month; the sum, where it was paid in several amounts."""
    found = at(actuals, cell)
    if not found:
        return ""
    return entry.show(sum(each.value for each in found), quantity_of(place), grammar)


def read_value(text: str, place: Place, grammar: Grammar) -> float | None:
    """What somebody typed into the field of a month; None where it is empty. Raises EntryRefused."""
    if not text.strip():
        return None
    if place.kind.is_yes_or_no:
        return read_yes_or_no(text)
    return entry.parse(text, quantity_of(place), grammar)


def read_yes_or_no(text: str) -> float:
    """1 for yes, 0 for no. Raises EntryRefused."""
    word = text.strip().casefold()
    if word in _YES:
        return 1.0
    if word in _NO:
        return 0.0
    raise EntryRefused(message("“{text}” is neither yes nor no: write 1 or 0", text=text.strip()[:40]))


def entered(actuals: Actuals, values: Mapping[Cell, float | None], said: Said) -> Actuals:
    """The actuals with these values in the place of what those months said before; None takes out what is there."""
    kept = [each for each in actuals.entries if Cell(each.about, each.month) not in values]
    new = [
        Actual(about=cell.about, month=cell.month, value=value, **vars(said))
        for cell, value in values.items()
        if value is not None
    ]
    return with_entries(actuals, [*kept, *new])


def with_entries(actuals: Actuals, entries: list[Actual]) -> Actuals:
    """The actuals with these entries, month by month. Raises DocumentRefused where they are too many."""
    ordered = sorted(entries, key=lambda each: (each.month, each.about))
    last = max((each.month for each in ordered), default=None)
    through = actuals.through_month
    is_before = through is not None and last is not None and through < last
    return actuals.model_copy(update={"entries": ordered, "through_month": last if is_before else through})


def unit_told(place: Place, currency: str) -> str:
    """What a value is counted in, in a word; empty for a plain number."""
    if place.kind.is_yes_or_no:
        return ""
    return "%" if place.unit.is_share else entry.unit_label(quantity_of(place), currency)


def is_by_month(place: Place) -> bool:
    """Whether every month has a value of its own; what is reached, or takes so long, is said once."""
    return place.kind not in (ActualKind.TIME, ActualKind.REACHED)
