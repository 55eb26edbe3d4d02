"""Candidates as a choice takes them: pilots or none, starts by quarter, and scenarios that all share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .candidates import Candidate, Option
from .piloting import without_pilots
from .settings import Settings
from .together import in_shared_scenarios

MONTHS_A_QUARTER = 3


def prepared(candidates: Sequence[Candidate], settings: Settings) -> list[Candidate]:
    """The options that are offered, each in the scenarios that all share."""
    offered = [each if settings.pilots else without_pilots(each) for each in candidates]
    together = in_shared_scenarios(offered, settings)
    return [with_starts(each, settings.latest_start) for each in together]


def with_starts(candidate: Candidate, latest: int) -> Candidate:
    """The candidate with every option again at each later quarter, up to month `latest`.

    All of it comes that much later, its horizon with it, and counts by so much less: docs/decisions/0077.
    """
    quarters = min(latest // MONTHS_A_QUARTER, len(candidate.discounts))
    later = [
        later_by(option, quarter, candidate.discounts[quarter - 1])
        for option in candidate.options
        for quarter in range(1, quarters + 1)
    ]
    return replace(candidate, options=(*candidate.options, *later))


def later_by(option: Option, quarters: int, discount: float) -> Option:
    """An option so many quarters later, when its NPV counts `discount` times."""
    months = quarters * MONTHS_A_QUARTER
    return replace(
        option,
        value=discount * option.value,
        money=[*[0.0] * quarters, *option.money],
        people=_later(option.people, months),
        start=option.start + months,
        end=option.end + months,
        draws=None if option.draws is None else discount * option.draws,
        rests_on={name: discount * by for name, by in option.rests_on.items()},
    )


def _later(people: Mapping[str, Sequence[float]], months: int) -> dict[str, Sequence[float]]:
    return {role: [*[0.0] * months, *amounts] for role, amounts in people.items()}
