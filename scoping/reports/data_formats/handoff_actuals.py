"""What came of the decision, for machines to read: a part of the handoff, there only where something was measured."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from ...record.comparing import Fact
from ...record.reestimating import Movement
from ...record.watching import Signal
from ...text.languages import Language, say
from ...value.figures import Figure
from ..digits import settled
from ..measured.note import ActualsNote, opens_again


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class RangeOf(_Part):
    """A range as it was signed."""

    p10: float | None
    p50: float | None
    p90: float | None


class Worth(RangeOf):
    """NPV on the day of the signature."""

    mean: float | None


class MovedBy(_Part):
    """By how much one input moved the expected NPV since it was signed."""

    about: str = Field(description="The place in the signed version.")
    title: str
    amount: float


class Measurement(_Part):
    """One thing that was signed, and what became of it."""

    about: str = Field(description="The place in the signed version.")
    title: str
    kind: str
    unit: str
    signed: RangeOf | None
    actual: float | None = Field(description="In the terms in which it was signed.")
    at_least: bool = Field(description="It is not over yet: it will be the actual or more.")
    position: str = Field(description="Where the actual lies in the signed range.")
    months: int = Field(description="Months that are known.")
    of_months: int
    is_settled: bool = Field(description="Whether that is enough to score the range.")


class Attention(_Part):
    """One thing that speaks against the decision, or that asks for a look."""

    watch: str = Field(description="break_even, guardrail, condition or overrun.")
    about: str
    month: int
    value: float
    limit: float | None
    reason: str
    opens_again: bool = Field(description="Whether the decision is open again for it.")


class ActualsSoFar(_Part):
    """What was measured under the decision that stands, in one version."""

    version: int = Field(description="The version of the actuals.")
    decided_on: date = Field(description="The day of the decision to which they belong.")
    against_version: int = Field(description="The version of the proposal that was decided on.")
    through_month: int = Field(description="Up to which month of the work something is recorded.")
    entered_by: str
    entered_on: date
    npv_signed: Worth | None
    npv_now: Worth | None
    moved: list[MovedBy]
    measured: list[Measurement]
    attention: list[Attention]


def actuals_so_far(note: ActualsNote, language: Language) -> ActualsSoFar:
    """The actuals of a summary; titles and reasons are in `language`."""
    estimate = note.comparison.estimate
    return ActualsSoFar(
        version=note.version,
        decided_on=note.decided_on,
        against_version=note.revision,
        through_month=note.month,
        entered_by=note.saved_by,
        entered_on=note.saved_on,
        npv_signed=_worth(estimate.signed) if estimate else None,
        npv_now=_worth(estimate.now) if estimate else None,
        moved=_moved(estimate.moved if estimate else (), language),
        measured=[_measurement(each, language) for each in note.comparison.facts],
        attention=[_attention(each, language) for each in note.signals],
    )


def _worth(figure: Figure) -> Worth:
    return Worth(p10=settled(figure.p10), p50=settled(figure.p50), p90=settled(figure.p90), mean=settled(figure.mean))


def _moved(moved: Sequence[Movement], language: Language) -> list[MovedBy]:
    return [
        MovedBy(about=each.path, title=say(each.title, language), amount=settled(each.amount))
        for each in moved
        if each.amount
    ]


def _measurement(fact: Fact, language: Language) -> Measurement:
    signed = fact.signed
    return Measurement(
        about=fact.path,
        title=say(fact.title, language),
        kind=fact.kind,
        unit=fact.unit,
        signed=None if signed is None else RangeOf(p10=signed.p10, p50=signed.p50, p90=signed.p90),
        actual=settled(fact.actual),
        at_least=fact.at_least,
        position=fact.position,
        months=fact.months,
        of_months=fact.of_months,
        is_settled=fact.is_settled,
    )


def _attention(signal: Signal, language: Language) -> Attention:
    return Attention(
        watch=signal.watch,
        about=signal.path,
        month=signal.month,
        value=settled(signal.value),
        limit=settled(signal.limit),
        reason=say(signal.reason, language),
        opens_again=opens_again(signal),
    )
