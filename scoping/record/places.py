"""What can be measured of a decided proposal: the places of its signed ranges, and a few that no range stands at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..document.alternatives import Alternative, Cost, name_of
from ..document.estimate import Estimate
from ..document.fields import MONEY, Quantity
from ..document.paths import Path
from ..document.proposal import Proposal
from ..errors import DocumentRefused, Problem, quote
from ..text.labels import label_of
from ..text.languages import message
from ..value.inputs import Input, collect
from ..value.places import CASES, place_of
from ..vocabulary import ActualKind, Unit

GAIN = Path.of("gain")
CONDITIONS = Path.of("conditions")
BUSINESS = Path.of("problem", "business_metric")
GUARDRAILS = BUSINESS / "guardrails"
# What people choose, and nobody can measure; what a cost is made of beside its amount is measured with it.
_CHOSEN = frozenset({"discount_rate", "chance", "growth"})
_YES_OR_NO = Quantity(Unit.NUMBER, 0, 1, bounded=True)


@dataclass(frozen=True)
class Place:
    """Something that can be measured: where it stands in the signed proposal, its title and kind, and what it measures.

    `signed` is the range that was signed, None where there is none. `quantity` bounds a value; money of a month may be
    negative (a credit, a loss). `help` says what the value of a month is.
    """

    path: Path
    title: str
    kind: ActualKind
    quantity: Quantity | None
    signed: Estimate | None
    help: str

    @property
    def unit(self) -> Unit:
        """What a value is counted in."""
        return self.quantity.unit if self.quantity else Unit.NUMBER


HELP = {
    ActualKind.COST: message("What was paid for it in that month, all pieces and cases together."),
    ActualKind.TIME: message("How many months after the start the first case was handled in production."),
    ActualKind.REACHED: message("1 once it is in production, 0 once it is sure that it will not be."),
    ActualKind.METRIC: message("The metric in production, or on a test that stands for it, in that month."),
    ActualKind.VOLUME: message("How many cases came up in that month."),
    ActualKind.ADOPTION: message("Share of that month's cases in which people used the output."),
    ActualKind.INPUT: message("What it was in that month."),
    ActualKind.GAIN: message("The money gained in that month over today's way, before the costs of the new one."),
    ActualKind.BUSINESS: message("The business metric in that month, in its own unit."),
    ActualKind.GUARDRAIL: message("1 where it was kept in that month, 0 where it was broken."),
    ActualKind.CONDITION: message("1 where the condition is met, 0 where it is broken."),
}
"""What the value of a month is, by what is measured."""


def index_of(proposal: Proposal, alternative: str) -> int:
    """The place of an alternative among those of a proposal, by its name.

    Without a name it is the only one that is not the status quo. Raises DocumentRefused where there is none, or
    several.
    """
    names = {
        name_of(each, number): number for number, each in enumerate(proposal.alternatives) if not each.is_status_quo
    }
    if alternative in names:
        return names[alternative]
    if not alternative and len(names) == 1:
        return next(iter(names.values()))
    allowed = message("must be an alternative of the signed proposal: {names}", names=", ".join(map(str, names)))
    raise DocumentRefused([Problem("alternative", quote(alternative), allowed)])


def places_of(proposal: Proposal, index: int, conditions: Sequence[str] = ()) -> list[Place]:
    """Everything that can be measured of an alternative, in the order in which people think of it.

    `conditions` are those of the decision: their texts are the titles of their places.
    """
    alternative = proposal.alternatives[index]
    found = [*_of_costs(proposal, index, alternative), *_of_inputs(proposal, index), *_of_business(proposal)]
    order = list(ActualKind)
    reached = Place(
        place_of(index, "success_probability"),
        message("In production"),
        ActualKind.REACHED,
        _YES_OR_NO,
        alternative.success_probability,
        HELP[ActualKind.REACHED],
    )
    kept = [
        Place(CONDITIONS / n, each, ActualKind.CONDITION, None, None, HELP[ActualKind.CONDITION])
        for n, each in enumerate(conditions)
    ]
    return sorted([*found, reached, *kept], key=lambda each: order.index(each.kind))


def _of_costs(proposal: Proposal, index: int, alternative: Alternative) -> Iterator[Place]:
    """Each cost, and what no cost had foreseen."""
    for number, cost in enumerate(alternative.costs):
        yield _cost(proposal, place_of(index, "costs", number), cost)
    title = message("Costs that nobody had foreseen")
    yield Place(place_of(index, "costs"), title, ActualKind.COST, MONEY, None, HELP[ActualKind.COST])


def _cost(proposal: Proposal, path: Path, cost: Cost) -> Place:
    title = label_of(proposal, path / "amount")
    return Place(path / "amount", title, ActualKind.COST, MONEY, cost.amount, HELP[ActualKind.COST])


def _of_inputs(proposal: Proposal, index: int) -> Iterator[Place]:
    """The model's inputs that this alternative has or shares; where it has its own, the shared one says nothing."""
    alternative = proposal.alternatives[index]
    if proposal.bridge is None:
        return
    inputs = collect(proposal, {index: alternative})
    own = {each.path.last for each in inputs if len(each.path.keys) == len(place_of(index, "x").keys)}
    for each in inputs:
        kind = kind_of(each)
        is_replaced = each.path.keys[0] == "returns" and each.path.last in own
        if kind is not None and not is_replaced:
            title = label_of(proposal, each.path)
            yield Place(each.path, title, kind, each.quantity, each.estimate, HELP[kind])


def kind_of(each: Input) -> ActualKind | None:
    """What sort of measurement an input asks for; None where it is chosen, or measured elsewhere."""
    return _measured_as(each.path)


def kind_at(proposal: Proposal, path: Path) -> ActualKind | None:
    """As what the range at a place will be measured once it is decided on; None where nobody measures it.

    What is so today is known today, so it is none.
    """
    match path.keys:
        case ("alternatives", index, *_) if proposal.alternatives[int(index)].is_status_quo:
            return None
        case ("alternatives", _, "costs", _, "amount"):
            return ActualKind.COST
        case ("alternatives" | "returns" | "bridge", *_):
            return _measured_as(path)
    return None


def _measured_as(path: Path) -> ActualKind | None:
    keys = path.keys
    if "metrics" in keys:
        return ActualKind.METRIC
    if keys[-1] in _CHOSEN or keys[-1] in ("amount", "success_probability"):
        return None
    if keys[-1] == CASES:
        return ActualKind.VOLUME
    return {"build_months": ActualKind.TIME, "adoption": ActualKind.ADOPTION}.get(keys[-1], ActualKind.INPUT)


def _of_business(proposal: Proposal) -> Iterator[Place]:
    metric = proposal.problem.business_metric
    yield Place(GAIN, message("Realised gain"), ActualKind.GAIN, MONEY, None, HELP[ActualKind.GAIN])
    if metric.name:
        yield Place(BUSINESS, metric.name, ActualKind.BUSINESS, None, None, HELP[ActualKind.BUSINESS])
    for number, each in enumerate(metric.guardrails):
        yield Place(GUARDRAILS / number, each, ActualKind.GUARDRAIL, None, None, HELP[ActualKind.GUARDRAIL])
