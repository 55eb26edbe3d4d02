"""What was measured of a decided proposal, as sections that a page draws and a file prints."""

from __future__ import annotations

from typing import Any

from ...record.comparing import Fact
from ...record.reestimating import Reestimate
from ...text.languages import Language, counted, joined, message
from ...text.wording import amounts, money
from ...value.figures import Figure as ValueFigure
from ...vocabulary import ActualKind, Timing, Unit
from ..blocks import Figure, KeyFigure, KeyFigures, Section, Table, bullets, paragraph, section
from ..figures.wording import from_to
from .beside import YES_OR_NO, Comparison
from .figures import by_month, what_moved, where_they_lie
from .words import in_words, position_said

MOST_OPEN = 12
HOW_MADE = message(
    "Both are worth on the day of the signature. What is recorded stands in the place of its estimate; what is open stays the range that was signed."
)


def told(found: Comparison, language: Language) -> tuple[Section, ...]:
    """NPV now beside the signed one, each actual beside its range, and what is open."""
    return (_value(found), _ranges(found, language), _open(found))


def _value(found: Comparison) -> Section:
    estimate = found.estimate
    title = message("NPV now, and as it was signed")
    if estimate is None:
        said = message("The signed revision has no NPV, so there is none to compare with.")
        return section("npv_now", title, paragraph(said))
    building = paragraph(still_building(found))
    return section("npv_now", title, npv_figures(found, estimate), building, paragraph(HOW_MADE, muted=True))


def still_building(found: Comparison) -> str:
    """A build of which nobody said that it is over goes on, whatever else was measured: so that is said."""
    time = next((each for each in found.facts if each.kind is ActualKind.TIME), None)
    if time is None or not time.at_least:
        return ""
    month = str(found.actuals.months)
    return message("No build time is recorded, so in month {month} the work counts as still being built.", month=month)


def npv_figures(found: Comparison, estimate: Reestimate) -> KeyFigures:
    """NPV now and as it was signed, each with its range; the difference, and how many months are known."""
    currency = found.proposal.currency
    cards = [
        KeyFigure(message("Expected NPV now"), money(estimate.now.mean, currency), _range(estimate.now, currency)),
        KeyFigure(
            message("As it was signed"), money(estimate.signed.mean, currency), _range(estimate.signed, currency)
        ),
        KeyFigure(message("Difference"), money(estimate.difference, currency), _most(estimate)),
        KeyFigure(
            message("Months recorded"),
            message(
                "{months} of {all}", months=str(min(estimate.month, estimate.of_months)), all=str(estimate.of_months)
            ),
            message("what comes after stays a range"),
        ),
    ]
    return KeyFigures(tuple(cards))


def _range(figure: ValueFigure, currency: str) -> str:
    low, high = amounts((figure.p10, figure.p90), currency)
    if figure.p10 is not None and figure.p10 == figure.p90:
        return message("nothing of it is open any more")
    return joined(": ", (message("P10 to P90"), from_to(low, high)))


def _most(estimate: Reestimate) -> str:
    most = next((each for each in estimate.moved if each.amount), None)
    return message("most by {what}", what=most.title) if most else message("nothing moved it yet")


def _ranges(found: Comparison, language: Language) -> Section:
    title = message("Each actual beside the range that was signed")
    if not found.facts:
        return section("against_ranges", title, paragraph(message("Nothing is recorded yet.")))
    currency = found.proposal.currency
    figure = where_they_lie(found.facts, currency, language)
    moved = what_moved(found.estimate.moved, currency, language) if found.estimate else None
    return section("against_ranges", title, figure, moved, ranges_table(found, title))


def ranges_table(found: Comparison, title: str) -> Table:
    """Each actual beside its range: what was signed, what it is so far, where that lies, how much is known."""
    heads = (message("What"), message("Signed: P10, P50, P90"), message("So far"), message("Where"), message("Known"))
    rows = tuple(_row(each, found.proposal.currency) for each in found.facts)
    return Table(title, heads, rows, frozenset({1, 2}))


def _row(fact: Fact, currency: str) -> tuple[str, ...]:
    return (fact.title, _signed(fact, currency), _so_far(fact, currency), where_said(fact), _known(fact))


def _signed(fact: Fact, currency: str) -> str:
    if fact.range is None:
        return message("none")
    if fact.unit is Unit.MONEY:
        return joined(" · ", amounts(fact.range, currency))
    return joined(" · ", [in_words(each, fact.unit, currency) for each in fact.range])


def _so_far(fact: Fact, currency: str) -> str:
    if fact.kind in YES_OR_NO:
        return message("Yes") if fact.actual else message("No")
    said = in_words(fact.actual, fact.unit, currency)
    return message("{value} or more", value=said) if fact.at_least else said


def entry_said(fact: Fact, value: float, currency: str) -> str:
    """One measurement in words."""
    if fact.kind in YES_OR_NO:
        return message("Yes") if value else message("No")
    return in_words(value, fact.unit, currency)


def where_said(fact: Fact) -> str:
    """Where it lies in its range; of what is yes or no, whether it was kept."""
    if fact.kind in YES_OR_NO:
        return message("kept") if fact.actual else message("broken or not reached")
    return position_said(fact.position)


def _known(fact: Fact) -> str:
    if fact.kind in YES_OR_NO or not fact.of_months:
        return ""
    return message("{months} of {all} months", months=str(fact.months), all=str(fact.of_months))


def _open(found: Comparison) -> Section:
    missing = found.open
    title = message("What is still open")
    if not missing:
        return section("still_open", title, paragraph(message("Of everything that was signed, something is recorded.")))
    said = counted(
        "Of {count} thing that was signed nothing is recorded yet:",
        "Of {count} things that were signed nothing is recorded yet:",
        len(missing),
    )
    rest = len(missing) - MOST_OPEN
    names = [each.title for each in missing[:MOST_OPEN]]
    more = [counted("and {count} more", "and {count} more", rest)] if rest > 0 else []
    return section("still_open", title, paragraph(said), bullets([*names, *more]))


def timing_of(found: Comparison, fact: Fact) -> Timing | None:
    """When a cost is paid, by its place."""
    keys = fact.path.keys
    if fact.kind is not ActualKind.COST or len(keys) < 5:
        return None
    return found.proposal.alternatives[int(keys[1])].costs[int(keys[3])].timing


def month_by_month(found: Comparison, language: Language) -> dict[str, Figure]:
    """The charts of those things that can be seen month by month, by place."""
    horizon = found.proposal.returns.horizon_months or found.actuals.months
    charts = {
        str(each.path): by_month(each, horizon, found.proposal.currency, language, timing_of(found, each))
        for each in found.facts
    }
    return {path: figure for path, figure in charts.items() if figure is not None}


HEAD = (
    "about", "what", "kind", "unit", "signed_p10", "signed_p50", "signed_p90", "actual", "position", "percentile",
    "months", "of_months",
)  # fmt: skip
WIDTHS = (36, 34, 12, 12, 14, 14, 14, 14, 12, 12, 10, 12)


def lines(found: Comparison) -> list[tuple[Any, ...]]:
    """A line for each thing of which something was measured, for a file."""
    return [
        (
            str(each.path),
            str(each.title),
            each.kind.value,
            each.unit.value,
            *(each.range or (None, None, None)),
            each.actual,
            each.position.value,
            each.percentile,
            each.months,
            each.of_months,
        )
        for each in found.facts
    ]
