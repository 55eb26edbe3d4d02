"""Actuals beside what was signed, as charts, as data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from ...document.estimate import Estimate
from ...record.comparing import Fact, Position
from ...record.reestimating import Movement
from ...text.languages import Language, counted, message
from ...text.wording import money
from ...vocabulary import ActualKind, Timing, Tone, Unit
from ..blocks import Axis, Band, Figure, Line, Points, Spans
from ..figures.wording import described
from .words import in_words, position_said

MOST_MOVED = 10
_P10, _P90 = 0.1, 0.9
# How near to an end of the axis a point may stand.
_EDGE = 0.03
_TONES = {Position.INSIDE: Tone.GOOD, Position.ABOVE: Tone.BAD, Position.BELOW: Tone.BAD}
_AXIS_UNITS = (Unit.MONEY, Unit.SHARE)
_WITH_A_MONTH_OF_ITS_OWN = (ActualKind.METRIC, ActualKind.ADOPTION, ActualKind.INPUT, ActualKind.VOLUME)


def can_be_placed(facts: Sequence[Fact]) -> list[Fact]:
    """Those of which it can be said where in the signed range they lie."""
    return [each for each in facts if each.percentile is not None]


def where_they_lie(facts: Sequence[Fact], currency: str, language: Language) -> Figure | None:
    """Every actual at its place in the range that was signed for it: bars from P10 to P90, a point for what came."""
    placed = can_be_placed(facts)
    if not placed:
        return None
    sentence = _how_many_inside(placed)
    return Figure(
        id="where_they_lie",
        title=message("Where what came lies in what was signed"),
        sentence=sentence,
        alt=described(
            message("A bar from P10 to P90 for each signed range, and a point for what was measured."), sentence
        ),
        x=Axis(message("Share of the signed range below what came"), Unit.SHARE, 0.0, 1.0),
        y=Axis(message("What was measured"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.title for each in placed],
                [_P10] * len(placed),
                [_P90] * len(placed),
                [_TONES.get(each.position, Tone.MUTED) for each in placed],
                [f"{in_words(each.actual, each.unit, currency)}" for each in placed],
                [_seen(each.percentile) for each in placed],
            ),
        ),
        currency=currency,
        language=language,
    )


def _seen(percentile: float | None) -> float | None:
    """The place of a point: one at the very end of the axis would be half behind it."""
    return None if percentile is None else min(max(percentile, _EDGE), 1 - _EDGE)


def _how_many_inside(placed: Sequence[Fact]) -> str:
    """Of those that are over: what may still grow, or was given up, holds nothing yet and misses nothing."""
    over = [each for each in placed if each.position not in (Position.OPEN, Position.GIVEN_UP)]
    if not over:
        return message(
            "Nothing of it is finished. A bar goes from P10 to P90; in the long run, 8 of 10 hold what comes."
        )
    inside = sum(each.position is Position.INSIDE for each in over)
    return counted(
        "{inside} of {count} measured range holds what came. A bar goes from P10 to P90; in the long run, 8 of 10 hold.",
        "{inside} of {count} measured ranges hold what came. A bar goes from P10 to P90; in the long run, 8 of 10 hold.",
        len(over),
        inside=str(inside),
    )


def by_month(fact: Fact, months: int, currency: str, language: Language, timing: Timing | None = None) -> Figure | None:
    """What was measured month by month over the band that was signed; nothing where the two cannot be compared so.

    What is paid once adds up: its line is to end within the band. `timing` is that of a cost.
    """
    if fact.signed is None or not fact.entries:
        return None
    adds_up = timing in (Timing.ONE_OFF, Timing.AT_START)
    if not (adds_up or timing is Timing.MONTHLY or fact.kind in _WITH_A_MONTH_OF_ITS_OWN):
        return None
    found = _monthly(fact)
    at, values = [float(each) for each in found], [*found.values()]
    if adds_up:
        values = [*accumulate(values)]
    last = float(max(months, *found, 2))
    sentence = _said(fact, currency, adds_up=adds_up)
    return Figure(
        id=f"month:{fact.path}",
        title=fact.title,
        sentence=sentence,
        alt=described(
            message("The signed range as a band over the months, and what was measured as points."), sentence
        ),
        x=Axis(message("Month"), Unit.NUMBER, 0.0, last),
        y=Axis(fact.title, fact.unit if fact.unit in _AXIS_UNITS else Unit.NUMBER),
        marks=_marks(fact, at, values, last, adds_up=adds_up),
        currency=currency,
        language=language,
    )


def _monthly(fact: Fact) -> dict[int, float]:
    found: dict[int, float] = {}
    for each in fact.entries:
        found[each.month] = found.get(each.month, 0.0) + each.value
    return dict(sorted(found.items()))


def _marks(
    fact: Fact, at: list[float], values: list[float], last: float, *, adds_up: bool
) -> tuple[Band | Line | Points, ...]:
    signed = fact.signed
    assert signed is not None
    ends = [0.0, last]
    band = Band(message("Signed: P10 to P90"), ends, [signed.p10] * 2, [signed.p90] * 2)
    middle = Line(message("Signed: P50"), ends, [signed.p50] * 2)
    tones = [_tone(each, signed) for each in values]
    if adds_up:
        # On the way it is below the band by its nature: only where it ends says something.
        tones = [*[Tone.MUTED] * (len(values) - 1), _TONES.get(fact.position, Tone.MUTED)]
    names = [message("Month {month}", month=str(int(each))) for each in at]
    points = Points(names, at, values, tones, [False] * len(at), [False] * len(at))
    return band, middle, points


def _tone(value: float, signed: Estimate) -> Tone:
    return Tone.GOOD if signed.p10 <= value <= signed.p90 else Tone.BAD


def _said(fact: Fact, currency: str, *, adds_up: bool) -> str:
    """What there is to see, in a sentence."""
    words = {
        "value": in_words(fact.actual, fact.unit, currency),
        "low": in_words(fact.signed.p10 if fact.signed else None, fact.unit, currency),
        "high": in_words(fact.signed.p90 if fact.signed else None, fact.unit, currency),
        "where": position_said(fact.position),
    }
    if adds_up:
        return message("{value} in all so far; signed were {low} to {high}: {where}.", **words)
    return message("{value} on average so far; signed were {low} to {high}: {where}.", **words)


def what_moved(moved: Sequence[Movement], currency: str, language: Language) -> Figure | None:
    """By how much each input moved the expected NPV, the most first."""
    shown = [each for each in moved if each.amount][:MOST_MOVED]
    if not shown:
        return None
    first = shown[0]
    sentence = message("{what} moved it most: {amount}.", what=first.title, amount=money(first.amount, currency))
    return Figure(
        id="what_moved",
        title=message("What moved the NPV since it was signed"),
        sentence=sentence,
        alt=described(message("Bars of what each input moved, to the left for a loss."), sentence),
        x=Axis(message("Expected NPV"), Unit.MONEY),
        y=Axis(message("What was measured"), Unit.CATEGORY),
        marks=(
            Spans(
                [each.title for each in shown],
                [min(each.amount, 0.0) for each in shown],
                [max(each.amount, 0.0) for each in shown],
                [Tone.GOOD if each.amount > 0 else Tone.BAD for each in shown],
                [money(each.amount, currency) for each in shown],
            ),
        ),
        currency=currency,
        language=language,
    )
