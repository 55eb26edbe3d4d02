"""Everything that is told of a choice among proposals, in one result: for a page, an export and the command line.

The choice itself is there at once; what takes many choices more (prices, luck, force, frontiers, pilots) is asked for
part by part with `extended`. No function here reads more than what it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from ..text.languages import message
from .asking import Tell, quietly
from .believing import Belief, Believed, believed
from .candidates import Candidate, Option
from .choosing import Choice, choose
from .conflict import smallest_conflict
from .exploring import Forced, Point, by_budget, by_risk, forced_within, robustness
from .limits import Limit, Limits
from .optimum import Unsolvable
from .piloting import PilotWorth, pilots_first
from .preparing import prepared
from .prices import Price, prices
from .risk import Risk
from .settings import Settings
from .spelling import spelled_limit, spelled_prices, spelled_timeline, spellings
from .timeline import Timeline, timeline_of


class Part(StrEnum):
    """What is asked for apart, since it takes many choices more."""

    PRICES = "prices"
    LUCK = "luck"
    FORCE = "force"
    BY_BUDGET = "by_budget"
    BY_RISK = "by_risk"
    PILOTS = "pilots"


@dataclass(frozen=True)
class OtherWay:
    """What the other way costs, in what was looked for: to do what is left, to leave what is done; None: it cannot be.

    `least` is what it costs at least: less than `cost` where the search ended before it was proved.
    """

    cost: float | None
    least: float | None = None


@dataclass(frozen=True)
class Line:
    """One proposal: the option that is chosen, None where it is left, and what is known of it.

    `best` is the option that it is worth most with by itself, begun at once; None where it cannot be valued. `belief`
    is about the chosen option, or the best where it is left. `right_in` is the share of scenarios (0..1) in which
    somebody who knows how things turn out would have done it, `other_way` what force costs: both None until asked for.
    """

    name: str
    option: Option | None
    best: Option | None
    belief: Belief | None
    right_in: float | None = None
    other_way: OtherWay | None = None

    @property
    def is_chosen(self) -> bool:
        """True where something of it is done, if only its pilot."""
        return self.option is not None


@dataclass(frozen=True)
class NotCounted:
    """A proposal that is none of the candidates, and why in words."""

    name: str
    why: str


@dataclass(frozen=True)
class FrontierPoint:
    """One point of a frontier. `at` is the share of the budget, or the weight of risk.

    `money` is what may be spent in all quarters that have a limit, at this point. `value` is expected NPV, `shortfall`
    the mean of the worst scenarios; both None where the limits conflict there, and nothing is `chosen`. `gap` is by how
    much another choice could be better there, as a share of what was looked for.
    """

    at: float
    money: float | None
    value: float | None
    shortfall: float | None
    chosen: tuple[str, ...] = ()
    gap: float = 0.0


@dataclass(frozen=True)
class Asked:
    """What a study was made of: it makes the same again, and more of it. `candidates` are as they were given."""

    candidates: tuple[Candidate, ...]
    limits: Limits
    risk: Risk
    settings: Settings


@dataclass(frozen=True)
class Study:
    """A choice and all that is told of it.

    Where the limits conflict, `choice` and `timeline` are None, and `conflict` has the fewest limits that do. `lines`
    has every candidate, in the order given. `believed` says how values were shrunk and has the candidates that were
    chosen among. `prices`, the frontiers and `pilots` are None until asked for (`extended`).
    """

    asked: Asked
    believed: Believed
    choice: Choice | None
    conflict: tuple[Limit, ...]
    lines: tuple[Line, ...]
    timeline: Timeline | None
    not_counted: tuple[NotCounted, ...]
    prices: tuple[Price, ...] | None = None
    by_budget: tuple[FrontierPoint, ...] | None = None
    by_risk: tuple[FrontierPoint, ...] | None = None
    pilots: tuple[PilotWorth, ...] | None = None
    parts: frozenset[Part] = field(default_factory=frozenset)

    def line(self, name: str) -> Line:
        """What is told of one candidate. Raises KeyError."""
        return next((each for each in self.lines if each.name == name), None) or _unknown(name)


def _unknown(name: str) -> Line:
    raise KeyError(name)


def study(
    candidates: Sequence[Candidate],
    limits: Limits | None = None,
    risk: Risk | None = None,
    settings: Settings | None = None,
    *,
    left_out: Sequence[NotCounted] = (),
    parts: Collection[Part] = (),
) -> Study:
    """The choice among candidates as `candidate_of` makes them; `left_out` are proposals that could be none.

    Pilots and later starts are offered, scenarios brought together and values shrunk as the settings say. Raises
    PortfolioRefused for what cannot be meant, Unsolvable where nothing was found in time.
    """
    asked = Asked(tuple(candidates), limits or Limits(), risk or Risk(), settings or Settings())
    known = believed(prepared(asked.candidates, asked.settings), asked.settings)
    without = tuple(
        NotCounted(each.name, message("nothing can be valued yet")) for each in candidates if not each.options
    )
    choice, conflict = _chosen(known.candidates, asked)
    found = Study(
        asked,
        known,
        choice,
        conflict,
        tuple(_line(each, choice, known) for each in known.candidates),
        None if choice is None else spelled_timeline(timeline_of(choice, asked.limits), spellings(candidates)),
        (*left_out, *without),
    )
    return extended(found, *parts)


def _chosen(candidates: Sequence[Candidate], asked: Asked) -> tuple[Choice | None, tuple[Limit, ...]]:
    try:
        return choose(candidates, asked.limits, asked.risk, seconds=asked.settings.seconds), ()
    except Unsolvable as why:
        if not why.is_conflict:
            raise
        names = spellings(candidates)
        return None, tuple(spelled_limit(each, names) for each in smallest_conflict(candidates, asked.limits))


def _line(candidate: Candidate, choice: Choice | None, known: Believed) -> Line:
    option = choice.options.get(candidate.name) if choice else None
    first = min((each.start for each in candidate.options), default=0)
    soonest = [each for each in candidate.options if each.start == first]
    best = max(soonest, key=lambda each: each.value, default=None)
    told = option or best
    return Line(candidate.name, option, best, known.belief(candidate.name, told) if told else None)


def extended(found: Study, *parts: Part, tell: Tell = quietly) -> Study:
    """The same study with these parts too; what it has already is not made again. None are where limits conflict.

    `tell` is told, while a part is made, how many of its choices are made and how many there are.
    """
    for part in parts:
        if part not in found.parts and found.choice is not None:
            made = _MAKERS[part](found, tell)
            found = replace(made, parts=made.parts | {part})
    return found


def _with_prices(found: Study, _tell: Tell) -> Study:
    asked = found.asked
    step = asked.settings.price_step
    by = _step(found.believed.candidates, asked.limits) if step is None else step
    made = prices(found.believed.candidates, asked.limits, money=by, risk=asked.risk, best=found.choice)
    return replace(found, prices=spelled_prices(made, spellings(asked.candidates)))


def _step(candidates: Sequence[Candidate], limits: Limits) -> float:
    """A tenth of the largest budget; where there is no money at all, as much as some proposal takes in a quarter."""
    largest = max((each for each in limits.budget if each < float("inf")), default=0.0)
    if largest > 0:
        return largest / 10
    return max((amount for each in candidates for option in each.options for amount in option.money), default=0.0)


def _with_luck(found: Study, tell: Tell) -> Study:
    counted = [each for each in found.believed.candidates if each.options]
    shares = robustness(counted, found.asked.limits, tell=tell) if counted else {}
    return replace(found, lines=tuple(replace(each, right_in=shares.get(each.name)) for each in found.lines))


def _with_force(found: Study, tell: Tell) -> Study:
    asked = found.asked
    costs = forced_within(found.believed.candidates, asked.limits, asked.risk, best=found.choice, tell=tell)
    return replace(found, lines=tuple(replace(each, other_way=_other_way(costs[each.name])) for each in found.lines))


def _other_way(cost: Forced | None) -> OtherWay:
    return OtherWay(None) if cost is None else OtherWay(cost.cost, cost.least)


def _with_by_budget(found: Study, tell: Tell) -> Study:
    asked, points = found.asked, list[Point]()
    if asked.limits.budget:
        points = by_budget(found.believed.candidates, asked.limits, asked.risk, best=found.choice, tell=tell)
    return replace(found, by_budget=tuple(_point(each, asked.limits, each.at) for each in points))


def _with_by_risk(found: Study, tell: Tell) -> Study:
    risk, known = found.asked.risk, {found.asked.risk.weight: found.choice} if found.choice else {}
    points = by_risk(found.believed.candidates, found.asked.limits, risk.share, known=known, tell=tell)
    return replace(found, by_risk=tuple(_point(each, found.asked.limits, 1.0) for each in points))


def _with_pilots(found: Study, tell: Tell) -> Study:
    asked = found.asked
    return replace(found, pilots=tuple(pilots_first(found.believed.candidates, asked.limits, asked.risk, tell=tell)))


_MAKERS: Mapping[Part, Callable[[Study, Tell], Study]] = {
    Part.PRICES: _with_prices,
    Part.LUCK: _with_luck,
    Part.FORCE: _with_force,
    Part.BY_BUDGET: _with_by_budget,
    Part.BY_RISK: _with_by_risk,
    Part.PILOTS: _with_pilots,
}


def _point(point: Point, limits: Limits, share: float) -> FrontierPoint:
    limited = [share * each for each in limits.budget if each < float("inf")]
    money = sum(limited) if limited else None
    if point.choice is None:
        return FrontierPoint(point.at, money, None, None)
    return FrontierPoint(
        point.at,
        money,
        point.choice.value,
        point.choice.shortfall,
        tuple(sorted(point.choice.options)),
        point.choice.gap,
    )
