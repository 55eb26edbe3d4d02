"""Values of what was measured, and where they lie, in words."""

from __future__ import annotations

from functools import partial

from ...document.alternatives import name_of
from ...document.paths import Path
from ...document.proposal import Proposal
from ...record.comparing import Position
from ...text.languages import Language, Phrase, message, say
from ...text.wording import cases, metric_value, money, months, nothing, number, percent
from ...vocabulary import Unit

_LARGE = 1_000
POSITIONS: dict[Position, str] = {
    Position.BELOW: message("below the range"),
    Position.INSIDE: message("inside the range"),
    Position.ABOVE: message("above the range"),
    Position.NO_RANGE: message("no range was signed"),
    Position.OPEN: message("not over yet"),
    Position.GIVEN_UP: message("given up before it was finished"),
}


def position_said(position: Position) -> str:
    """Where a value lies in the range that was signed."""
    return POSITIONS[position]


def in_words(value: float | None, unit: Unit, currency: str) -> str:
    """A value in its unit."""
    if value is None:
        return nothing()
    if unit is Unit.MONEY:
        return money(value, currency)
    if unit.is_share:
        return percent(value, 1)
    if unit is Unit.MONTHS:
        return months(value)
    if unit is Unit.CASES:
        return cases(value)
    if unit is Unit.METRIC:
        return metric_value(value, unit)
    # A mean of large counts has decimals that say nothing.
    return number(value, 0 if abs(value) >= _LARGE else 2)


def short_title(proposal: Proposal, path: Path, title: str) -> str:
    """What people call a place where the alternative is known: without its name; a cost by its own name alone."""
    keys = path.keys
    if keys[:1] != ("alternatives",):
        return title
    alternative = proposal.alternatives[int(keys[1])]
    if keys[2:3] == ("costs",) and keys[-1] == "amount":
        return alternative.costs[int(keys[3])].name or title
    return Phrase(partial(_without, title, name_of(alternative, int(keys[1]))))


def _without(title: str, name: str, language: Language) -> str:
    """The title in that language, from where the alternative's name ends."""
    said, beginning = say(title, language), f"{say(name, language)}: "
    rest = said.removeprefix(beginning)
    return rest[:1].upper() + rest[1:] if rest != said else said
