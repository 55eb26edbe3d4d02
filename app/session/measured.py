"""What a page shows of actuals, worked out once for each content; and what somebody entered of them, saved."""

from __future__ import annotations

from functools import lru_cache
from typing import Generic, TypeVar

from app.session.language import chosen_language
from app.session.person import person
from app.session.shared import appraise_cached, store
from db import Measured
from scoping.record.actuals import Actuals
from scoping.record.reestimating import reestimated
from scoping.record.replaying import Decided, Replay, replayed
from scoping.record.watching import Signal, watched
from scoping.reports.measured.beside import Comparison, comparison_of
from scoping.vocabulary import Recommendation

_KEPT = 64
What = TypeVar("What")
Key = tuple[str, str, tuple[str, ...]]
"""What figures of actuals depend on: what was signed, what was measured, the conditions."""


class Carried(Generic[What]):
    """Carries something past a cache: the key alone says what is the same."""

    def __init__(self, what: What) -> None:
        self.what = what

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Carried)

    def __hash__(self) -> int:
        return 0


def compared_cached(measured: Measured) -> Comparison:
    """The actuals beside what was signed. Raises DocumentRefused where no alternative was named."""
    return _compared(key_of(measured), Carried(measured))


def watched_cached(measured: Measured) -> list[Signal]:
    """What of the actuals asks for somebody's attention. Raises DocumentRefused."""
    return _watched(key_of(measured), Carried(measured))


def replayed_cached(measured: Measured) -> Replay:
    """The decision by what was known then, and by what is known now. Raises DocumentRefused."""
    return _replayed((*key_of(measured), str(measured.decision.outcome)), Carried(measured))


def decided_of(measured: Measured) -> Decided:
    """What was decided, as the record takes it."""
    decision = measured.decision
    outcome = Recommendation(decision.outcome)
    return Decided(outcome, decision.alternative or "", decision.decided_at.date(), decision.conditions)


def save_actuals(measured: Measured, actuals: Actuals, remark: str = "") -> Measured:
    """Save the next version of what was read. Raises as `db.actuals` does."""
    part, decision = store().actuals, measured.decision.id
    return part.save(
        measured.proposal_id, actuals, decision, measured.version, remark, person(), chosen_language()
    )  # fmt: skip


def key_of(measured: Measured) -> Key:
    """By what figures of these actuals are kept."""
    return measured.content


@lru_cache(maxsize=_KEPT)
def _compared(_: Key, carried: Carried[Measured]) -> Comparison:
    found = carried.what
    estimate = reestimated(found.signed, found.actuals)
    return comparison_of(found.signed, found.actuals, found.decision.conditions, estimate)


@lru_cache(maxsize=_KEPT)
def _watched(_: Key, carried: Carried[Measured]) -> list[Signal]:
    found = carried.what
    return watched(found.signed, found.actuals, None, found.decision.conditions, appraise_cached(found.signed))


@lru_cache(maxsize=_KEPT)
def _replayed(_: tuple[object, ...], carried: Carried[Measured]) -> Replay:
    found = carried.what
    return replayed(found.signed, decided_of(found), found.actuals, None, appraise_cached(found.signed))
