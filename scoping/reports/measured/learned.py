"""What follows from the record: own reference classes, suggested ranges, what stops saved, a decision seen again."""

from __future__ import annotations

from collections.abc import Sequence

from ...record.judged import Judged, as_given
from ...record.ledger import Saving, Stop, Total
from ...record.overruns import Ratio, one_each
from ...record.own_classes import ENOUGH, FEWEST, OwnClass, class_said, own_class
from ...record.recalibrating import Recalibration, recalibration
from ...record.replaying import Hindsight, Replay
from ...text.languages import joined, message
from ...text.reference_classes import OVERRUNS
from ...text.wording import aligned, amounts
from ...verdict import RECOMMENDATIONS
from ...vocabulary import ActualKind, Overrun
from ..blocks import KeyFigure, KeyFigures, Paragraph, Section, Table, paragraph, section
from ..figures.wording import from_to
from .track import KINDS_SAID

STOPS: dict[Stop, str] = {
    Stop.BEFORE: message("before the work"),
    Stop.AFTER_PILOT: message("after a pilot"),
    Stop.ON_THE_WAY: message("on the way"),
}
HINDSIGHTS: dict[Hindsight, str] = {
    Hindsight.GOOD_AND_LUCKY: message("Good decision, good outcome"),
    Hindsight.GOOD_AND_UNLUCKY: message("Good decision, bad outcome: bad luck, or ranges that were too narrow"),
    Hindsight.BAD_AND_LUCKY: message("Good outcome of a decision that the figures did not speak for"),
    Hindsight.BAD_AND_UNLUCKY: message("Bad outcome of a decision that the figures did not speak for"),
    Hindsight.GOOD_AND_OPEN: message("Good decision; what comes of it is open"),
    Hindsight.BAD_AND_OPEN: message("A decision that the figures did not speak for; what comes of it is open"),
}


def classes(found: Sequence[Ratio]) -> Section:
    """How the organisation's own projects ran over, and when they take the place of the published classes."""
    title = message("Your own reference classes")
    own = [each for each in (own_class(what, found) for what in Overrun) if each is not None]
    counts = {what: sum(not each.at_least for each in one_each(found, what)) for what in Overrun}
    about = message(
        "What came over the P50 that was signed. From {fewest} projects on your own count beside the published class; from {enough} on they take its place.",
        fewest=str(FEWEST),
        enough=str(ENOUGH),
    )
    missing = [OVERRUNS[what] for what in Overrun if all(each.what is not what for each in own)]
    few = [
        message("{what}: {count} so far, too few to say.", what=name, count=str(counts[what]))
        for what, name in OVERRUNS.items()
        if name in missing
    ]
    table = _classes_table(own, title) if own else None
    return section("classes", title, paragraph(about, muted=True), table, paragraph(joined(" ", few)))


def _classes_table(own: Sequence[OwnClass], title: str) -> Table:
    heads = (
        message("What"),
        message("Own projects"),
        message("Own factor"),
        message("Published"),
        message("Next project: P10, P50, P90"),
        message("Where it comes from"),
    )
    return Table(title, heads, tuple(map(_class_line, own)), frozenset({1, 2, 3, 4}))


def _class_line(each: OwnClass) -> tuple[str, ...]:
    factors = joined(" · ", [aligned(factor) for factor in each.factors])
    published = message("none") if each.published is None else aligned(each.published)
    return (OVERRUNS[each.what], str(each.count), aligned(each.own), published, factors, class_said(each))


def suggestions(ranges: Sequence[Judged]) -> Section:
    """What past ranges suggest for the next ones of their kind; nothing is changed by itself."""
    ranges = as_given(ranges)
    title = message("What that suggests for new ranges")
    kinds = sorted({each.kind for each in ranges}, key=list(ActualKind).index)
    by_kind = ((kind, recalibration([each for each in ranges if each.kind is kind])) for kind in kinds)
    rows = tuple(_suggestion(kind, each) for kind, each in by_kind if each is not None)
    if not rows:
        said = message("Nothing so far: no kind of figure was off by more than chance, or there are too few to say.")
        return section("suggestions", title, paragraph(said))
    heads = (message("Kind of figure"), message("Past ranges"), message("Width"), message("Place"))
    note = paragraph(message("A suggestion for who gives the next range. Nothing is changed by itself."), muted=True)
    return section("suggestions", title, Table(title, heads, rows, frozenset({1})), note)


def _suggestion(kind: ActualKind, found: Recalibration) -> tuple[str, ...]:
    width = message("{factor} times as wide", factor=aligned(found.widening))
    shift = aligned(abs(found.shift))
    if found.shift >= 0:
        place = message("moved up by {shift} standard deviations", shift=shift)
    else:
        place = message("moved down by {shift} standard deviations", shift=shift)
    return (KINDS_SAID[kind], str(found.scores.count), width, place)


def ledger(entries: Sequence[Saving], sums: Sequence[Total]) -> Section:
    """What stops and pilots saved: a counterfactual, with what it rests on."""
    title = message("What stops and pilots saved")
    if not entries:
        said = message("Nothing was stopped yet, or nothing of it can be valued.")
        return section("ledger", title, paragraph(said))
    cards = KeyFigures(tuple(_sum(each) for each in sums))
    heads = (message("Proposal"), message("Ended"), message("Saved: P10, P50, P90"), message("Where it comes from"))
    table = Table(title, heads, tuple(map(_saving, entries)), frozenset({2}))
    about = message(
        "Nobody has seen the project that was not built: what it would have lost is an estimate. Where it is below zero, stopping cost money, as far as the figures tell."
    )
    return section("ledger", title, cards, paragraph(about, muted=True), table)


def _sum(each: Total) -> KeyFigure:
    low, middle, high = amounts((each.p10, each.p50, each.p90), each.currency)
    label = message("Saved in all, in {currency} ({count})", currency=each.currency, count=str(each.count))
    return KeyFigure(label, middle, joined(": ", (message("P10 to P90"), from_to(low, high))))


def _saving(each: Saving) -> tuple[str, ...]:
    figures = amounts((each.saved.p10, each.saved.p50, each.saved.p90), each.currency)
    return (each.title, STOPS[each.stop], joined(" · ", figures), each.rests_on)


def seen_again(found: Replay) -> Section:
    """A decision by what was known then, and by what is known now."""
    title = message("The decision, seen again")
    cards = KeyFigures(
        (
            KeyFigure(message("Recommended then"), RECOMMENDATIONS[found.recommended]),
            KeyFigure(message("Decided"), RECOMMENDATIONS[found.decided.outcome]),
            KeyFigure(message("With what is known now"), RECOMMENDATIONS[found.recommended_now]),
        )
    )
    said = (
        paragraph(HINDSIGHTS[found.hindsight]),
        cards,
        paragraph(found.reason),
        _foreseen(found),
        _held_against(found),
    )
    return section("seen_again", title, *said)


def _held_against(found: Replay) -> Paragraph | None:
    """What the recommendation of today rests on, since the NPV now beside it need not point the same way."""
    if found.value_now is None:
        return None
    if found.stopped_month is None:
        return paragraph(
            message(
                "“With what is known now” holds the NPV now against the other ways, which stay as they were signed."
            ),
            muted=True,
        )
    return paragraph(
        message(
            "“With what is known now” is as if nobody had stopped it in month {month}, with what was known then; the NPV now is that of the project as it ended.",
            month=str(found.stopped_month),
        ),
        muted=True,
    )


def _foreseen(found: Replay) -> Paragraph | None:
    if found.was_foreseen is None:
        return None
    if found.was_foreseen:
        return paragraph(message("What it is worth now lies within the range that was signed."), muted=True)
    return paragraph(
        message("What it is worth now lies outside the range that was signed: that was not bad luck alone."), muted=True
    )
