"""What came of a decision, as the memo tells it."""

from __future__ import annotations

from collections.abc import Sequence

from ...record.reestimating import Movement
from ...record.watching import Signal
from ...text.languages import ENGLISH, counted, joined, listed, message
from ...text.wording import day, money
from ..blocks import KeyFigures, Table
from ..edition import Edition
from ..measured.beside import Comparison
from ..measured.figures import MOST_MOVED, where_they_lie
from ..measured.note import ActualsNote
from ..measured.telling import HOW_MADE, MOST_OPEN, npv_figures, ranges_table, still_building
from ..memo.actuals import ActualsPart


def actuals_part(note: ActualsNote | None, edition: Edition) -> ActualsPart | None:
    """None where nothing was measured."""
    if note is None:
        return None
    found = note.comparison
    return ActualsPart(
        about=joined(" ", filter(None, (_version(note), _belongs(note, edition), _settled(found)))),
        npv=_npv(found),
        remarks=tuple(filter(None, (still_building(found), _stopped(found)))),
        against=_reasons(note.against),
        looks=tuple(map(_look, note.looks)),
        moved=_moved(found),
        ranges=ranges_table(found, message("Each actual beside the range that was signed")),
        still_open=_open(found),
        how_made=HOW_MADE if found.estimate else "",
        chart=where_they_lie(found.facts, found.proposal.currency, ENGLISH),
    )


def _version(note: ActualsNote) -> str:
    return message(
        "Version {version} of the actuals, recorded up to month {month}; last entered by {name} on {date}.",
        version=str(note.version),
        month=str(note.month),
        name=note.writer,
        date=day(note.saved_on),
    )


def _belongs(note: ActualsNote, edition: Edition) -> str:
    """To which decision, and that this paper is about another version, where it is."""
    said = message(
        "They belong to the decision of {date} and are measured against version {version}, on which it was taken.",
        date=day(note.decided_on),
        version=str(note.revision),
    )
    if edition.version == note.revision:
        return said
    other = message("All other parts of this paper tell of the proposal as it is here, not as it was signed.")
    return joined(" ", (said, other))


def _settled(found: Comparison) -> str:
    ranges = [each for each in found.facts if each.range is not None]
    if not ranges:
        return ""
    settled = str(sum(each.is_settled for each in ranges))
    return counted(
        "Of {count} signed figure that was measured, {settled} is settled.",
        "Of {count} signed figures that were measured, {settled} are settled.",
        len(ranges),
        settled=settled,
    )


def _npv(found: Comparison) -> KeyFigures | None:
    return None if found.estimate is None else npv_figures(found, found.estimate)


def _stopped(found: Comparison) -> str:
    month = found.actuals.stopped_month
    return "" if month is None else message("It was ended in month {month}.", month=str(month))


def _reasons(signals: Sequence[Signal]) -> tuple[str, ...]:
    return tuple(each.reason for each in signals)


def _look(signal: Signal) -> str:
    if signal.is_sure:
        return signal.reason
    return joined(". ", (signal.reason, message("On so few cases this may be chance.")))


def _moved(found: Comparison) -> Table | None:
    moved = [each for each in found.estimate.moved if each.amount] if found.estimate else []
    if not moved:
        return None
    heads = (message("What was measured"), message("Expected NPV"))
    rows = tuple(_movement(each, found.proposal.currency) for each in moved[:MOST_MOVED])
    if rest := moved[MOST_MOVED:]:
        others = money(sum(each.amount for each in rest), found.proposal.currency)
        rows = (*rows, (message("All others"), others))
    return Table(message("What moved the NPV since it was signed"), heads, rows, frozenset({1}))


def _movement(each: Movement, currency: str) -> tuple[str, str]:
    return each.title, money(each.amount, currency)


def _open(found: Comparison) -> str:
    """What was signed and is not measured yet, in a sentence."""
    names = [each.title for each in found.open]
    if not names:
        return ""
    rest = len(names) - MOST_OPEN
    more = [counted("{count} more", "{count} more", rest)] if rest > 0 else []
    return message("Nothing is recorded yet of: {names}.", names=listed([*names[:MOST_OPEN], *more]))
