"""What a decided model must keep, as plain figures: break-evens, bounds that guardrails name, and NPV over two metrics.

It travels in the handoff, so that a pipeline checks a model without the database, and with the same answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..document.fields import Quantity
from ..document.proposal import Proposal
from ..feasibility.evidence.chances import assumptions, with_assumed
from ..value.breakeven import BreakEven, break_evens
from ..value.curves import MetricMap, metric_map
from ..value.model import value_model
from ..value.simulate import simulate
from ..vocabulary import Better, BreakEvenStatus, Unit
from .intervals import is_share_of_cases

LATENCY = "latency_ms"
_DRAWS, _SEED = 8_192, 1
# Of what is counted in units, minutes or money a percentage says nothing.
_AS_PERCENT = (Unit.SHARE, Unit.SHARE_A_YEAR, Unit.RATIO, Unit.FACTOR, Unit.METRIC)
# "False rejects below 3 % of good discs": a guardrail that a number can be held against. One that names two numbers, or
# says more after a colon, is left to people.
_MOST = ("<=", "<", "≤", "at most", "no more than", "not above", "below", "under")
_LEAST = (">=", ">", "≥", "at least", "no less than", "not below", "above", "over")
# A word stands alone: the end of "Turnover" is no bound.
_SIGN = "|".join(
    rf"\b{each}\b" if each[0].isalpha() else each for each in sorted((*_MOST, *_LEAST), key=len, reverse=True)
)
# "Nobody waits over 5 minutes" bounds the other way round: what denies something is left to people too.
_DENIES = re.compile(r"\b(?:no|not|nobody|none|nothing|never|neither|nor|without|cannot|\w+n['’]t)\b", re.IGNORECASE)
_BOUND = re.compile(
    rf"^\s*(?P<name>[^\d<>=≤≥%:]{{1,80}}?)\s*(?P<sign>{_SIGN})\s*(?P<limit>\d+(?:\.\d+)?)\s*(?P<share>%)?(?:[^\d.,:%][^\d:%]*)?$",
    re.IGNORECASE,
)


class _Part(BaseModel):
    # A limit that is no number would be kept by every value.
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Required(_Part):
    """One metric that earns the money: at its break-even expected NPV is zero, all else as signed."""

    name: str
    better: Literal["up", "down"]
    lower: float = Field(description="The least value that the metric can have.")
    upper: float = Field(description="The largest value that the metric can have.")
    is_share: bool = Field(
        description="True where it is a share of cases, which a sample of n cases tells with chance."
    )
    break_even: float | None = Field(description="The value at which expected NPV is zero; null where there is none.")
    status: str = Field(description="crosses, always (it pays at any value), never, or several break-evens.")
    as_percent: bool = Field(default=True, description="Whether a value may be written as per cent.")

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.break_even is None and self.status == BreakEvenStatus.CROSSES:
            raise ValueError("a metric that crosses zero has a break-even")
        return self


class Bound(_Part):
    """A guardrail that names a number, or the latency budget."""

    name: str = Field(description="The name under which its value is given.")
    text: str
    better: Literal["up", "down"]
    limit: float
    as_percent: bool = Field(default=False, description="Whether the limit is a share that was written as per cent.")


class Together(_Part):
    """Expected NPV over two metrics: npv[row][column] at y[row] and x[column]."""

    x_name: str
    y_name: str
    x: list[float]
    y: list[float]
    npv: list[list[float]]

    @model_validator(mode="after")
    def _is_a_grid(self) -> Self:
        """Values that rise, at least two of each, and an NPV for each pair: nothing else can be read between."""
        for each in (self.x, self.y):
            if len(each) < 2 or any(low >= high for low, high in pairwise(each)):
                raise ValueError("the values of a grid rise")
        if [len(row) for row in self.npv] != [len(self.x)] * len(self.y):
            raise ValueError("a grid has an NPV for each pair of values")
        return self


class Requirements(_Part):
    """What a check of a model needs to know of the signed revision."""

    check_version: Literal[1] = 1
    alternative: str
    currency: str
    metrics: list[Required]
    bounds: list[Bound] = Field(default_factory=list)
    together: Together | None = Field(default=None, description="Where exactly two metrics tell how good a model is.")
    guardrails: list[str] = Field(
        default_factory=list, description="Guardrails that name no number: people watch them."
    )

    @model_validator(mode="after")
    def _is_of_its_metrics(self) -> Self:
        names = [each.name for each in self.metrics]
        if len({*names}) < len(names):
            raise ValueError("a metric stands once")
        if self.together is not None and not {self.together.x_name, self.together.y_name} <= {*names}:
            raise ValueError("the grid is of two of the metrics")
        return self


def requirements_of(proposal: Proposal, index: int) -> Requirements | None:
    """What an alternative of a proposal must keep; None where it cannot be valued."""
    filled = with_assumed(proposal, assumptions(proposal))
    model = value_model(filled)
    if model is None or index not in model.valued:
        return None
    simulation = simulate(model, _DRAWS, _SEED, in_detail=False)
    own = [each for each in break_evens(model, simulation) if each.index == index]
    return requirements(filled, own, metric_map(model, simulation, index))


def requirements(proposal: Proposal, own: Sequence[BreakEven], over_two: MetricMap | None) -> Requirements | None:
    """The same of break-evens of one alternative that are there already; None where there are none."""
    if not own or proposal.bridge is None:
        return None
    bounds = list(_bounds(proposal))
    read = {each.text for each in bounds}
    return Requirements(
        alternative=str(own[0].alternative),
        currency=proposal.currency,
        metrics=[_required(each, proposal.bridge.metric_named(each.metric).quantity) for each in own],
        bounds=bounds,
        together=None if over_two is None else _together(over_two),
        guardrails=[each for each in proposal.problem.business_metric.guardrails if each not in read],
    )


def called(text: str) -> str:
    """A name as it is written on a command line: "Time to answer" is time_to_answer."""
    return "_".join(re.findall(r"[^\W_]+", text.lower()))


def _required(each: BreakEven, quantity: Quantity) -> Required:
    return Required(
        name=each.metric,
        better="up" if each.better is Better.UP else "down",
        lower=quantity.lower,
        upper=quantity.upper,
        is_share=is_share_of_cases(quantity),
        break_even=_settled(each.value),
        status=str(BreakEvenStatus(each.status)),
        as_percent=quantity.unit in _AS_PERCENT,
    )


def _bounds(proposal: Proposal) -> Iterator[Bound]:
    for each in proposal.problem.business_metric.guardrails:
        found = _BOUND.match(each)
        if found and called(found["name"]) and not _denies(found):
            limit = float(f"{float(found['limit']) / (100 if found['share'] else 1):.12g}")
            yield Bound(
                name=called(found["name"]),
                text=each,
                better="down" if found["sign"].lower() in _MOST else "up",
                limit=limit,
                as_percent=bool(found["share"]),
            )
    budget = proposal.operations.latency_ms.budget
    if budget is not None:
        yield Bound(name=LATENCY, text="Latency budget", better="down", limit=budget)


def _denies(found: re.Match[str]) -> bool:
    """Whether words beside the bound's own deny something."""
    text = found.string
    return bool(_DENIES.search(text[: found.start("sign")]) or _DENIES.search(text[found.end("limit") :]))


def _together(found: MetricMap) -> Together:
    return Together(
        x_name=found.x.name,
        y_name=found.y.name,
        x=[_whole(each) for each in found.x_values],
        y=[_whole(each) for each in found.y_values],
        npv=[[_whole(each) for each in row] for row in found.npv],
    )


def _settled(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.12g}")


def _whole(value: float) -> float:
    """Seven digits are more than a thousand draws can tell."""
    return float(f"{value:.7g}")
