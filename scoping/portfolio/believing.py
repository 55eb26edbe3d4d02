"""What expected values are to be believed: each proposal's estimates shrunk by how wide and how reliable they are.

What is shrunk is the expected NPV of each alternative; a pilot and a later start move with those that they rest on.
Why, and what counts as an error: docs/decisions/0078.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..text.languages import message
from ..text.wording import percent
from .candidates import Candidate, Estimated, Option
from .settings import Settings
from .shrinkage import ENOUGH, Prior, Shrunk, prior_of_estimates, shrunk_by_size

# What rounds to 1 % or more.
_LEAST = 0.005


@dataclass(frozen=True)
class Belief:
    """An option's expected NPV as it was estimated (`raw`) and as it is to be believed (`value`).

    `error` is the standard error of the estimate, `weight` (0..1) how much it counts, and `source` says in words what
    it rests on.
    """

    raw: float
    value: float
    weight: float
    error: float
    source: str


@dataclass(frozen=True)
class Believed:
    """The candidates with the values that are chosen by, and how they came about.

    `prior` is what such proposals are worth, as a share of the money that they move, None where nothing was shrunk;
    `source` says where it comes from, or why nothing was shrunk.
    """

    candidates: tuple[Candidate, ...]
    prior: Prior | None
    source: str
    shrunk: Mapping[tuple[str, str], Shrunk]

    def belief(self, name: str, option: Option) -> Belief:
        """What is believed of an option of one candidate."""
        candidate = next(each for each in self.candidates if each.name == name)
        parts = [(by, self.shrunk[name, each]) for each, by in option.rests_on.items() if (name, each) in self.shrunk]
        raw = option.value - sum(by * (each.value - each.raw) for by, each in parts)
        errors = {each.alternative: each.error for each in candidate.estimates}
        error = sum(abs(by) * errors.get(each, 0.0) for each, by in option.rests_on.items())
        counted = sum(abs(by) for by, _ in parts)
        weight = sum(abs(by) * each.weight for by, each in parts) / counted if counted else 1.0
        return Belief(raw, option.value, weight, error, _source_of(candidate, option))


def believed(candidates: Sequence[Candidate], settings: Settings) -> Believed:
    """The candidates as they are to be believed; with fewer than three valued proposals, or by setting, as they are."""
    prior, source = _prior(candidates, settings)
    shrunk = {
        (each.name, estimate.alternative): found
        for each in candidates
        for estimate, found in zip(each.estimates, _shrunk(each.estimates, prior), strict=True)
    }
    moved = tuple(_moved(each, shrunk) for each in candidates)
    return Believed(moved, prior, source, shrunk)


def _shrunk(estimates: Sequence[Estimated], prior: Prior | None) -> list[Shrunk]:
    if prior is None:
        return [Shrunk(each.value, each.value, 1.0, each.error) for each in estimates]
    return shrunk_by_size(estimates, prior)


def _prior(candidates: Sequence[Candidate], settings: Settings) -> tuple[Prior | None, str]:
    best = best_estimates(candidates)
    if not settings.shrunk:
        return None, message("Values are as they were estimated: shrinking is turned off.")
    if settings.prior is not None:
        return settings.prior, _given(settings.prior_of)
    if len(best) < ENOUGH:
        return None, message("Values are as they were estimated: fewer than three proposals say nothing of their kind.")
    return prior_of_estimates(best), message("That is found in these {many}.", many=str(len(best)))


def best_estimates(candidates: Sequence[Candidate]) -> list[Estimated]:
    """The best estimate of each proposal that can be valued: by them it is shrunk."""
    return [max(found, key=lambda one: one.value) for each in candidates if (found := _sized(each))]


def _given(decided: int | None) -> str:
    if decided is None:
        return message("That was given.")
    return message(
        "That is what came of {count} decided proposals of the track record, seen together with those to choose among.",
        count=str(decided),
    )


def _sized(candidate: Candidate) -> list[Estimated]:
    return [each for each in candidate.estimates if each.size > 0]


def _moved(candidate: Candidate, shrunk: Mapping[tuple[str, str], Shrunk]) -> Candidate:
    return replace(candidate, options=tuple(_option(candidate.name, each, shrunk) for each in candidate.options))


def _option(name: str, option: Option, shrunk: Mapping[tuple[str, str], Shrunk]) -> Option:
    known = [(by, shrunk[name, each]) for each, by in option.rests_on.items() if (name, each) in shrunk]
    by = sum(by * (each.value - each.raw) for by, each in known)
    if by == 0:
        return option
    return replace(option, value=option.value + by, draws=None if option.draws is None else option.draws + by)


def _source_of(candidate: Candidate, option: Option) -> str:
    main = max(option.rests_on, key=lambda each: option.rests_on[each], default="")
    found = next((each for each in candidate.estimates if each.alternative == main), None)
    if found is None:
        return message("nothing is known of how reliable it is")
    if found.error == 0:
        return message("nothing of it is uncertain")
    if found.on_data < _LEAST:
        return message("its doubt rests on what people say")
    data = percent(found.on_data)
    return message("{share} of its doubt rests on data, the rest on what people say", share=data)
