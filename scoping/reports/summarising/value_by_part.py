"""Where the value comes from, in the memo: which stream or segment carries it, and which does not pay."""

from __future__ import annotations

from collections.abc import Iterator

from ...assessment import Assessment
from ...text.languages import listed, message
from ...text.wording import chance, money, number, percent
from ...value.parts import PartWorth
from ..blocks import Table
from ..memo.parts import ByPartPart

# A part pays where that is likelier than not; below this chance it hardly ever does.
_EVEN = 0.5


def by_part(assessment: Assessment) -> ByPartPart | None:
    """What each stream or segment adds; None where there is but one kind of case."""
    if not assessment.by_part:
        return None
    return ByPartPart(tuple(_sentences(assessment)), _table(assessment))


def _sentences(assessment: Assessment) -> Iterator[str]:
    own = [each for each in assessment.by_part if each.index == assessment.leading]
    if not own:
        return
    name = assessment.alternatives[own[0].index].name
    most = max(own, key=lambda each: each.share or 0.0)
    if most.share is not None:
        yield _carried(most, name)
    losing = [each.title for each in own if each.pays < _EVEN]
    if losing:
        yield message(
            "It does not pay in {parts}: a case there is more likely than not to cost more than it brings.",
            parts=listed(losing),
        )
    else:
        yield message("A case brings more than it costs to run in {parts}.", parts=listed([each.title for each in own]))


def _carried(most: PartWorth, name: str) -> str:
    """Which part carries the gain; where others lose, its share is more than the whole."""
    if (most.share or 0.0) > 1:
        return message(
            "With {alternative}, {part} carries all of the gain, and what other parts lose.",
            alternative=name,
            part=most.title,
        )
    return message(
        "With {alternative}, {part} carries {share} of the gain.",
        alternative=name,
        part=most.title,
        share=percent(most.share),
    )


def _table(assessment: Assessment) -> Table:
    columns = (
        message("Alternative"),
        message("Part"),
        message("Cases a month"),
        message("Margin of a case"),
        "P10",
        "P90",
        message("Chance that it pays"),
        message("Present gain"),
        message("Share of the gain"),
    )
    rows = tuple(
        _row(each, assessment)
        for alternative in assessment.best_first()
        for each in assessment.by_part
        if each.index == alternative.index
    )
    title = message("Gain by stream or segment, before what is paid once and by the month")
    return Table(title, columns, rows, frozenset(range(2, len(columns))))


def _row(each: PartWorth, assessment: Assessment) -> tuple[str, ...]:
    currency, margin = assessment.currency, each.margin_per_case
    return (
        assessment.alternatives[each.index].name,
        each.title,
        number(each.cases_per_month, 0),
        money(margin.mean, currency),
        money(margin.p10, currency),
        money(margin.p90, currency),
        chance(each.pays),
        money(each.present_gain.mean, currency),
        percent(each.share),
    )
