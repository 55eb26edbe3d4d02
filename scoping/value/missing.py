"""What must still be filled in before there are figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..bridges import BETWEEN
from ..document.alternatives import Alternative
from ..document.fields import missing_fields
from ..document.paths import Path
from ..document.proposal import Proposal
from .places import BRIDGE, RETURNS, place_of


def missing_inputs(proposal: Proposal) -> list[Path]:
    """Paths of what must still be filled in before every alternative has its figures."""
    shared = shared_missing(proposal)
    return shared + [
        path for index, each in enumerate(proposal.alternatives) for path in alternative_missing(proposal, index, each)
    ]


def shared_missing(proposal: Proposal) -> list[Path]:
    """What no alternative can be valued without."""
    missing = bridge_missing(proposal)
    if proposal.status_quo is None:
        missing.append(Path.of("alternatives", "status_quo"))
    if all(each.is_status_quo for each in proposal.alternatives):
        missing.append(Path.of("alternatives"))
    return missing + missing_fields(proposal.returns, RETURNS)


def bridge_missing(proposal: Proposal) -> list[Path]:
    """What the kind of task lacks; an input that every alternative with metrics gives itself need not be shared."""
    if proposal.bridge is None:
        return [BRIDGE]
    given = [set(metrics) for each in proposal.alternatives if (metrics := proposal.bridge.given(each.metrics))]
    names = {Path.of("bridge", *each.keys): each.name for each in proposal.bridge.inputs()}
    return [path for path in proposal.bridge.missing() if not _given_by_all(names.get(path, ""), given)]


def _given_by_all(name: str, given: Sequence[Collection[str]]) -> bool:
    """Whether every alternative that has metrics in a part of the work gives a metric of that name there."""
    part, between, _ = name.rpartition(BETWEEN)
    own = [each for each in given if not between or any(metric.startswith(part + between) for metric in each)]
    return bool(name and own) and all(name in each for each in own)


def alternative_missing(proposal: Proposal, index: int, alternative: Alternative) -> list[Path]:
    """What one alternative cannot be valued without."""
    path = place_of(index)
    costs = [hole for n, cost in enumerate(alternative.costs) for hole in missing_fields(cost, path / "costs" / n)]
    if proposal.bridge is None:
        return costs
    given = proposal.bridge.given(alternative.metrics)
    if alternative.is_status_quo:
        return costs + proposal.bridge.missing_today(given, path / "metrics")
    metrics = proposal.bridge.missing_metrics(given, path / "metrics", alternative.left_as_today)
    return metrics + costs + missing_fields(alternative, path)
