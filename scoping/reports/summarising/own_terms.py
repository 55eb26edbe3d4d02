"""Where an alternative differs from the others, and the causes of failure that several share, for the memo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ...document.alternatives import Alternative, name_of
from ...document.estimate import Estimate
from ...document.fields import quantity_of
from ...document.own_terms import own_terms
from ...document.proposal import Proposal
from ...document.returns import SharedCause
from ...text.ends import ends_said
from ...text.languages import listed, message
from ...text.wording import money, months, percent
from ...vocabulary import Unit
from ..blocks import Table
from .said import shares_by_year_said

# What holds for an alternative that says nothing, where Returns does not say it.
_ELSE = {
    "benefits_by_year": message("100% in all years"),
    "retrain_every_months": message("never"),
    "retraining_cost": message("not given"),
    "months_of_use": message("to the horizon"),
    "residual_value": message("none"),
}


def differences_table(proposal: Proposal) -> Table | None:
    """Each figure that an alternative has otherwise, beside what holds for the others."""
    rows = tuple(row for index, each in enumerate(proposal.alternatives) for row in _rows(proposal, index, each))
    columns = (message("Alternative"), message("Differs in"), message("Its own"), message("The others"))
    return Table(message("Where an alternative differs"), columns, rows) if rows else None


def _rows(proposal: Proposal, index: int, alternative: Alternative) -> Iterator[tuple[str, ...]]:
    for name, value in own_terms(alternative).items():
        info = Alternative.model_fields[name]
        quantity = quantity_of(info)
        if quantity is not None:
            others = getattr(proposal.returns, name, None)
            given = (each for each in (value, others) if each not in (None, []))
            said = (_said(each, quantity.unit, proposal.currency) for each in given)
            own, *held = said
            yield (name_of(alternative, index), message(str(info.title)), own, *(held or (_ELSE[name],)))


def _said(value: Estimate | float | list[float], unit: Unit, currency: str) -> str:
    """A number with its unit, the likely one and from where to where it goes, or one for each year."""
    if isinstance(value, list):
        return shares_by_year_said(value)
    tell = _teller(unit, currency)
    if not isinstance(value, Estimate):
        return tell(value)
    if value.ends is not None:
        return ends_said(value.ends, tell)
    low, likely, high = (tell(each) for each in (value.p10, value.p50, value.p90))
    return likely if value.is_certain else message("{likely} ({low} to {high})", likely=likely, low=low, high=high)


def _teller(unit: Unit, currency: str) -> Callable[[float], str]:
    if unit is Unit.MONEY:
        return partial(money, currency=currency)
    return months if unit is Unit.MONTHS else partial(percent, digits=1)


def causes_table(proposal: Proposal) -> Table | None:
    """Each shared cause with its chance, and the alternatives that rest on it."""
    rows = tuple(
        (cause.name, _likely(cause), _resting_on(proposal, cause.name))
        for cause in proposal.returns.shared_causes
        if cause.name
    )
    columns = (message("Shared cause"), message("How likely it comes true"), message("Rest on it"))
    return Table(message("Shared causes of failure"), columns, rows, frozenset({1})) if rows else None


def _likely(cause: SharedCause) -> str:
    return message("not given") if cause.probability is None else percent(cause.probability, 1)


def _resting_on(proposal: Proposal, cause: str) -> str:
    names = [name_of(each, index) for index, each in enumerate(proposal.alternatives) if cause in each.rests_on]
    return listed(names) if names else message("none")
