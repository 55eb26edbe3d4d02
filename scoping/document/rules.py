"""Rules between fields: what no single field can tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from ..text.languages import message
from ..vocabulary import AlternativeKind, Timing
from .allowed import allowed_in, show
from .alternatives import MOST_COSTS_IN_ALL, Alternative, Cost
from .answers import QUESTION_IDS
from .correlations import conflicts
from .estimate import Estimate
from .fields import Section, estimate_names, is_folded, is_replaced
from .grounds import ANSWERS, CEILINGS, conflicts_of_grounds
from .kinds import Metric, known_metrics
from .own import conflicts_of_own, misfits
from .own_classes import conflicts_of_own_classes
from .own_terms import conflicts_of_terms
from .paths import Path

if TYPE_CHECKING:
    from .proposal import Proposal

Place = tuple[str | int, ...]
Inconsistency = tuple[Place, Any, str]
"""Where it is, what stands there, and what is allowed."""


def inconsistencies(proposal: Proposal) -> Iterator[Inconsistency]:
    """Everything in the proposal that does not go together."""
    yield from _alternatives(proposal.alternatives)
    yield from _costs(proposal.alternatives)
    yield from _first_uses(proposal.alternatives)
    for index, alternative in enumerate(proposal.alternatives):
        yield from _metrics(proposal, ("alternatives", index, "metrics"), alternative.metrics)
        for conflict in proposal.bridge.conflicts(alternative.metrics) if proposal.bridge else ():
            yield ("alternatives", index, *conflict.place), conflict.value, conflict.allowed
    yield from _metrics(proposal, ("feasibility", "ceilings"), proposal.feasibility.ceilings)
    yield from _evidence(proposal)
    for place, value, allowed in proposal.bridge.inconsistencies() if proposal.bridge else ():
        yield ("bridge", *place), value, allowed
    yield from _left_as_today(proposal)
    yield from conflicts_of_terms(proposal.alternatives, proposal.returns)
    for factor, twice, allowed in conflicts_of_own_classes(proposal.returns.own_classes):
        yield ("returns", "own_classes", *factor), twice, allowed
    laid_down = proposal.organisation
    for place, value, allowed in proposal.feasibility.conflicts(laid_down.questions):
        yield ("feasibility", *place), value, allowed
    for own_place, found_there, allowed in conflicts_of_own(laid_down.questions, laid_down.fields, QUESTION_IDS):
        yield ("organisation", *own_place), found_there, allowed
    yield from misfits(laid_down.fields, proposal.own)
    together = proposal.correlated()
    for pair, found, wanted in conflicts(together, proposal.inputs()) if together else ():
        yield ("correlations", *pair), found, wanted


def _evidence(proposal: Proposal) -> Iterator[Inconsistency]:
    """Evidence is attached once, and named by alternatives only where it is."""
    seen: set[str] = set()
    for index, each in enumerate(proposal.evidence):
        if each.id in seen:
            yield ("evidence", index, "id"), each.id, message("is attached already; keep one")
        seen.add(each.id)
    for index, alternative in enumerate(proposal.alternatives):
        if alternative.measured_by and alternative.measured_by not in seen:
            allowed = message(
                "is no evidence of this proposal; allowed: {names}", names=", ".join(seen) or message("none yet")
            )
            yield ("alternatives", index, "measured_by"), alternative.measured_by, allowed
    yield from _parts_measured(proposal)
    if proposal.grounds:
        for place, value, allowed in conflicts_of_grounds(proposal.grounds, grounded_places(proposal)):
            yield ("grounds", *place), value, allowed


def grounded_places(proposal: Proposal) -> frozenset[str]:
    """The places of which may be said what they rest on: inputs, filled in or not, ceilings, and answers."""
    metrics = {metric.name for metric in proposal.bridge.metrics} if proposal.bridge else set()
    metrics |= set(proposal.feasibility.ceilings)
    return frozenset(
        (
            *input_paths(proposal, every=True),
            *(CEILINGS / name for name in metrics),
            *(ANSWERS / identity for identity in QUESTION_IDS),
            *(ANSWERS / each.id for each in proposal.organisation.questions),
        )
    )


def _alternatives(alternatives: Sequence[Alternative]) -> Iterator[Inconsistency]:
    seen: set[str] = set()
    for index, alternative in enumerate(alternatives):
        if alternative.name and alternative.name in seen:
            yield ("alternatives", index, "name"), alternative.name, message("each alternative needs a name of its own")
        seen.add(alternative.name)
    status_quo = [index for index, alternative in enumerate(alternatives) if alternative.is_status_quo]
    for index in status_quo[1:]:
        place = ("alternatives", index, "kind")
        yield place, str(AlternativeKind.STATUS_QUO), message("exactly one alternative may be the status quo")


def _left_as_today(proposal: Proposal) -> Iterator[Inconsistency]:
    """What an alternative leaves as it is today is a part of the work, and today's way leaves nothing."""
    parts = [part.id for part in proposal.bridge.parts() if part.id] if proposal.bridge else []
    for index, alternative in enumerate(proposal.alternatives):
        for number, name in enumerate(alternative.left_as_today):
            place = ("alternatives", index, "left_as_today", number)
            if alternative.is_status_quo:
                yield place, name, message("must be empty for the status quo: it is today's way in all of them")
            elif name not in parts:
                yield place, name, message("is no stream or segment; allowed: {names}", names=", ".join(parts))


def _parts_measured(proposal: Proposal) -> Iterator[Inconsistency]:
    """What evidence speaks of is a part of the work."""
    parts = [part.id for part in proposal.bridge.parts() if part.id] if proposal.bridge else []
    for index, alternative in enumerate(proposal.alternatives):
        if alternative.measured_part and alternative.measured_part not in parts:
            allowed = message(
                "is no stream or segment; allowed: {names}", names=", ".join(parts) or message("none yet")
            )
            yield ("alternatives", index, "measured_part"), alternative.measured_part, allowed


def _first_uses(alternatives: Sequence[Alternative]) -> Iterator[Inconsistency]:
    """What is built is used before its build ends, or from then on."""
    for index, each in enumerate(alternatives):
        first, build = each.first_use_months, each.build_months
        if first is not None and build is not None and first.p50 > build.p50:
            allowed = message(
                "must not be later than the end of the build, after {months} months", months=show(build.p50)
            )
            yield ("alternatives", index, "first_use_months"), first.model_dump(), allowed


def _costs(alternatives: Sequence[Alternative]) -> Iterator[Inconsistency]:
    for index, alternative in enumerate(alternatives):
        for number, cost in enumerate(alternative.costs):
            for field, value, allowed in conflicts_of_cost(cost, is_status_quo=alternative.is_status_quo):
                yield ("alternatives", index, "costs", number, field), value, allowed
    yield from _number_of_costs(alternatives)


def conflicts_of_cost(cost: Cost, *, is_status_quo: bool) -> Iterator[tuple[str, Any, str]]:
    """Today's way is not built; and what is paid once does not grow."""
    if is_status_quo and cost.timing in (Timing.AT_START, Timing.EACH_BUILD_MONTH):
        allowed = message("is for what is built; today's way is not: choose once, every month or for every case")
        yield "timing", str(cost.timing), allowed
    yield from _by_year(cost, is_status_quo=is_status_quo)
    if cost.growth is not None and cost.timing in (Timing.ONE_OFF, Timing.AT_START):
        yield "growth", cost.growth.model_dump(), message("must be empty for what is paid once: nothing grows in a day")
    if cost.is_capital and (is_status_quo or cost.timing in (Timing.MONTHLY, Timing.PER_CASE)):
        allowed = message(
            "must be operating here: only what is paid once, or for the build of an alternative, is capital"
        )
        yield "treatment", str(cost.treatment), allowed


def _by_year(cost: Cost, *, is_status_quo: bool) -> Iterator[tuple[str, Any, str]]:
    """Amounts by year stand in place of the one amount and of its growth."""
    if not cost.by_year:
        return
    if cost.timing not in (Timing.ONE_OFF, Timing.MONTHLY):
        allowed = message("must be empty here: amounts by year are for what is paid once, or every month")
        yield "by_year", cost.by_year, allowed
    elif is_status_quo and cost.timing is Timing.ONE_OFF:
        allowed = message("must be empty for what today's way pays once: choose every month, or the one amount")
        yield "by_year", cost.by_year, allowed
    if cost.amount is not None:
        allowed = message("must be empty where there is an amount: either one amount, or amounts by year")
        yield "by_year", cost.by_year, allowed
    if cost.growth is not None and cost.timing is Timing.MONTHLY:
        allowed = message("must be empty where amounts are given by year: they say what each year costs")
        yield "growth", cost.growth.model_dump(), allowed
    if cost.is_capital and cost.timing is Timing.ONE_OFF and not is_status_quo:
        allowed = message("must be operating here: what is paid by year is not written off from the end of the build")
        yield "treatment", str(cost.treatment), allowed


def _number_of_costs(alternatives: Sequence[Alternative]) -> Iterator[Inconsistency]:
    total = sum(len(each.costs) for each in alternatives)
    if total > MOST_COSTS_IN_ALL:
        allowed = message(
            "must have at most {most} costs in all; put small ones together", most=show(MOST_COSTS_IN_ALL)
        )
        yield ("alternatives",), message("{count} costs", count=show(total)), allowed


def _metrics(proposal: Proposal, place: Place, metrics: Mapping[str, Estimate]) -> Iterator[Inconsistency]:
    own = {metric.name: metric for metric in proposal.bridge.metrics} if proposal.bridge else {}
    known: Mapping[str, Metric] = {**known_metrics(), **own}
    # A team's own curve names its metric; until it does, any name may stand.
    free = proposal.bridge is None or (proposal.bridge.kind == "curve" and not own)
    for name, estimate in metrics.items():
        metric = known.get(name)
        if metric is not None:
            yield from _bounds(metric, (*place, name), estimate)
        elif not free:
            yield (
                (*place, name),
                name,
                message("is not a metric of this kind of task; allowed: {names}", names=", ".join(own)),
            )


def _bounds(metric: Metric, place: Place, estimate: Estimate) -> Iterator[Inconsistency]:
    try:
        metric.quantity.check(estimate)
    except PydanticCustomError as refused:
        yield place, estimate.model_dump(), allowed_in(refused.context)


def input_paths(proposal: Proposal, *, every: bool = False) -> Iterator[Path]:
    """Paths of the value model's inputs, filled in or not: those that may be estimates.

    What most do without is among them once something stands in it, or where `every` one is asked for.
    """
    if proposal.bridge:
        inputs = proposal.bridge.inputs()
        asked = (each for each in inputs if every or not each.folded or each.estimate is not None)
        yield from (Path.of("bridge", *each.keys) for each in asked)
    yield from (Path.of("returns", name) for name in estimate_names(type(proposal.returns)))
    for index, alternative in enumerate(proposal.alternatives):
        place = Path.of("alternatives", index)
        yield from (place / "metrics" / metric.name for metric in (proposal.bridge.metrics if proposal.bridge else ()))
        for number, cost in enumerate(alternative.costs):
            yield from (
                place / "costs" / number / name for name in estimate_names(Cost) if every or _is_asked(cost, name)
            )
        if not alternative.is_status_quo:
            yield from (place / name for name in estimate_names(Alternative) if every or _is_asked(alternative, name))


def _is_asked(section: Section, name: str) -> bool:
    """What most do without is an input once something stands in it; what another field stands for is none."""
    info = type(section).model_fields[name]
    return getattr(section, name) is not None or not (is_folded(info) or is_replaced(section, info))
