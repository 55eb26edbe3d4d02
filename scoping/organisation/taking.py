"""What a proposal takes of the organisation's settings: all of it when it is begun, and later what is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..document.alternatives import Cost
from ..document.estimate import Estimate
from ..document.own import OwnField, OwnQuestion
from ..document.paths import Path, value_at, with_value
from ..document.proposal import Proposal
from ..document.reading import read, to_dict, without_empty
from ..document.rules import conflicts_of_cost
from ..document.standards import Standards
from ..feasibility.catalogue import DONT_KNOW
from ..vocabulary import Timing
from .model import DayRate, Organisation
from .reading import to_settings

_SECTIONS = ("returns", "finance")
_LAID_DOWN = Path.of("organisation")
_THRESHOLDS = _LAID_DOWN / "thresholds"
_DECLARED = ("switched_off", "questions", "fields")


@dataclass(frozen=True)
class Standard:
    """One thing that the organisation lays down, by its place in a proposal, and what stands there."""

    path: Path
    standard: Any
    here: Any

    @property
    def is_taken(self) -> bool:
        """True where the proposal has it as the organisation lays it down."""
        return bool(self.standard == self.here)


def begun(organisation: Organisation, version: int, title: str) -> Proposal:
    """A new proposal with what the organisation laid down in that version; with nothing, where it never did (0)."""
    if not version:
        return read({"title": title})
    return taken_over(organisation, version, read({"title": title, "currency": organisation.currency}))


def standards(organisation: Organisation, proposal: Proposal) -> tuple[Standard, ...]:
    """Everything that the organisation lays down, beside what the proposal has."""
    document = to_dict(proposal)
    values = [Standard(path, value, value_at(document, path)) for path, value in _values(organisation)]
    own: dict[str, Any] = without_empty(_standards(organisation, proposal).model_dump(mode="json"))
    declared = [Standard(_LAID_DOWN / name, own.get(name), value_at(document, _LAID_DOWN / name)) for name in _DECLARED]
    return (*values, *(each for each in declared if each.standard or each.here))


def taken_over(
    organisation: Organisation, version: int, proposal: Proposal, paths: Iterable[str] | None = None
) -> Proposal:
    """The proposal with what the organisation lays down: at these paths, or everywhere.

    What was answered or filled in keeps the declaration under which it was, where it does not fit the new one: nothing
    that a team said is lost. Raises DocumentRefused.
    """
    document = to_dict(proposal)
    wanted = None if paths is None else {*paths}
    for each in standards(organisation, proposal):
        if wanted is None or str(each.path) in wanted:
            document = with_value(document, each.path, each.standard)
    return read(with_value(document, _LAID_DOWN / "version", version))


def offered_costs(organisation: Organisation, proposal: Proposal, index: int) -> tuple[Cost, ...]:
    """Standard costs, and a day of each role, that the alternative may have; none in another currency."""
    if organisation.currency != proposal.currency:
        return ()
    is_today = proposal.alternatives[index].is_status_quo
    costs = (*organisation.costs, *map(day_of, organisation.day_rates))
    return tuple(each for each in costs if not [*conflicts_of_cost(each, is_status_quo=is_today)])


def day_of(rate: DayRate) -> Cost:
    """One day of work as a cost: how many days it takes is then said beside it."""
    return Cost(name=rate.name, timing=Timing.ONE_OFF, amount=rate.amount, pieces=Estimate.of(1.0))


def _values(organisation: Organisation) -> Iterator[tuple[Path, Any]]:
    settings = to_settings(organisation)
    for section in _SECTIONS:
        for name, value in settings.get(section, {}).items():
            yield Path.of(section, name), value
    for name, value in settings["thresholds"].items():
        yield _THRESHOLDS / name, value


def _standards(organisation: Organisation, proposal: Proposal) -> Standards:
    """What of the settings travels in the proposal, with the declarations that its own answers and values keep."""
    laid_down = proposal.organisation
    answered = {name: each.choice for name, each in proposal.feasibility.answers.items()}
    return organisation.standards.model_copy(
        update={
            "questions": [*_questions(organisation.questions, laid_down.questions, answered)],
            "fields": [*_fields(organisation.fields, laid_down.fields, proposal.own)],
        }
    )


def _questions(new: list[OwnQuestion], old: list[OwnQuestion], answered: dict[str, str]) -> Iterator[OwnQuestion]:
    before = {each.id: each for each in old}
    for each in new:
        given = answered.get(each.id, DONT_KNOW)
        yield each if given in (*each.answers, DONT_KNOW) or each.id not in before else before[each.id]
    names = {each.id for each in new}
    yield from (each for each in old if each.id not in names and each.id in answered)


def _fields(new: list[OwnField], old: list[OwnField], values: dict[str, str | float]) -> Iterator[OwnField]:
    before = {each.id: each for each in old}
    for each in new:
        is_misfit = each.id in values and bool(each.refused(values[each.id]))
        # A value that came without a declaration, and that this one would refuse, stays without one.
        found = before.get(each.id) if is_misfit else each
        if found is not None:
            yield found
    names = {each.id for each in new}
    yield from (each for each in old if each.id not in names and each.id in values)
