"""How firm the verdict is, what would change it, and what the figures do not say of themselves."""

from __future__ import annotations

from dataclasses import replace

from ...assessment import Assessment
from ...firmness import Firmness, Flip
from ...text.languages import ENGLISH, Language, joined, listed, message
from ...text.remarks import remark_said
from ...text.wording import amounts, metric_value, number
from ...verdict import RECOMMENDATIONS
from ...vocabulary import Unit
from ..blocks import Table
from ..memo.parts import FirmnessPart
from ..spoken import spoken

# A verdict that holds in fewer of the trials than this hangs on what nobody knows.
_FIRM = 0.75
# Of numbers as large as this nobody reads the decimals.
_WHOLE_FROM = 1_000


def firmness_part(assessment: Assessment) -> FirmnessPart | None:
    """None where there is neither a trial nor a remark."""
    remarks = tuple(remark_said(each, assessment.currency) for each in assessment.remarks)
    found = assessment.firmness
    if found is None:
        return FirmnessPart("", None, remarks) if remarks else None
    return FirmnessPart(_sentence(found), _flips(found, assessment.currency), remarks)


def firmness_told(assessment: Assessment, language: Language = ENGLISH) -> FirmnessPart | None:
    """How firm the verdict is, alone and in one language, without the remarks; None where it was not tried."""
    return spoken(firmness_part(replace(assessment, remarks=())), language)


def hardly_firm(assessment: Assessment) -> str:
    """What is said first of a verdict that many of the trials do not share."""
    found = assessment.firmness
    if found is None or found.holds >= _FIRM * found.trials:
        return ""
    return message(
        "Hardly firm: the verdict is the same in only {holds} of {trials} trials.",
        holds=str(found.holds),
        trials=str(found.trials),
    )


def _sentence(found: Firmness) -> str:
    same = message(
        "The verdict is the same in {holds} of {trials} trials: with other seeds, and with each uncertain input at its P10 and at its P90.",
        holds=str(found.holds),
        trials=str(found.trials),
    )
    if not found.others:
        return same
    others = listed(joined(" ", (RECOMMENDATIONS[each], f"({count})")) for each, count in found.others)
    return joined(" ", (same, message("Otherwise: {others}.", others=others)))


def _flips(found: Firmness, currency: str) -> Table | None:
    columns = (message("Input"), message("Today"), message("Changes from"), message("Then"))
    rows = tuple((each.label, *_today_and_then(each, currency), RECOMMENDATIONS[each.becomes]) for each in found.flips)
    title = message("What would change it, nearest first, all else as it is")
    return Table(title, columns, rows, frozenset({1, 2})) if rows else None


def _today_and_then(flip: Flip, currency: str) -> tuple[str, ...]:
    """The value that the input has and the one at which the verdict changes, in one precision."""
    pair = (flip.today, flip.value)
    if flip.unit is Unit.MONEY:
        return amounts(pair, currency)
    if flip.unit.is_share:
        return tuple(metric_value(value, Unit.SHARE) for value in pair)
    return tuple(number(value, 0 if max(map(abs, pair)) >= _WHOLE_FROM else 2) for value in pair)
