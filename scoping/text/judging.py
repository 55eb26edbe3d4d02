"""What a judgement implies, said back to who made it; and how far several people's judgements are apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..document.alternatives import name_of
from ..document.estimate import Estimate, mean_of, quantile_function
from ..document.fields import Quantity
from ..document.paths import Path
from ..document.proposal import Proposal
from ..document.specs import Spec
from ..errors import EntryRefused
from ..value.pool import apart, pooled
from .entry import Note, is_percent, show, unit_label
from .grammar import Grammar, visible
from .languages import counted, joined, message
from .ranges import QUANTILES, read_box, read_estimate
from .wording import number

_LOW, _LIKELY, _HIGH = range(3)
_MOST_PAIRS = 3
# Chances of the values that follow from a judgement and that nobody typed: one in a hundred at either end.
_FAR = (0.01, 0.99)


def in_unit(value: float, spec: Spec, grammar: Grammar) -> str:
    """A number of the field as people write it, with its unit behind it."""
    written = show(value, spec.quantity, grammar)
    unit = "" if is_percent(spec.quantity) else unit_label(spec.quantity, grammar.currency, "", spec.unit)
    return joined(" ", (written, unit)) if unit else written


def range_in_unit(low: float, high: float, spec: Spec, grammar: Grammar) -> str:
    """From one number of the field to another, neither of which need have been typed."""
    return message("{low} to {high}", low=_about(low, spec, grammar), high=_about(high, spec, grammar))


def said_back(estimate: Estimate, spec: Spec, grammar: Grammar) -> tuple[str, ...]:
    """What the three numbers say, and what follows from them, in sentences."""
    return tuple(_said_back(estimate, spec, grammar))


def _said_back(estimate: Estimate, spec: Spec, grammar: Grammar) -> Iterator[str]:
    low, likely, high = (in_unit(each, spec, grammar) for each in (estimate.p10, estimate.p50, estimate.p90))
    if estimate.is_certain:
        yield message("You say that it is {number}, without any doubt.", number=likely)
        return
    yield message(
        "You say: one chance in ten that it is below {low}, and one chance in ten that it is above {high}.",
        low=low,
        high=high,
    )
    yield message("It is as likely above {likely} as below it.", likely=likely)
    yield message("Of ten numbers that you judge like this, eight should turn out to lie within their ranges.")
    if spec.quantity is not None:
        yield _implied(estimate, spec, spec.quantity, grammar)


def _implied(estimate: Estimate, spec: Spec, quantity: Quantity, grammar: Grammar) -> str:
    """What the distribution through the three numbers says where nobody typed anything."""
    least, most = (float(each) for each in quantile_function(estimate, *quantity.support)(_FAR))
    mean = mean_of(estimate, *quantity.support)
    least_said, most_said, mean_said = (_about(each, spec, grammar) for each in (least, most, mean))
    return message(
        "From this follows: one chance in a hundred below about {least}, one in a hundred above about {most}; "
        "the figures count with an average of about {mean}.",
        least=least_said,
        most=most_said,
        mean=mean_said,
    )


def follows_from_ends(estimate: Estimate, spec: Spec, grammar: Grammar) -> str:
    """What two ends and the likely value between them imply, in one phrase."""
    low, high = (_about(each, spec, grammar) for each in (estimate.p10, estimate.p90))
    return message("One chance in ten to be below {low}, one in ten to be above {high}", low=low, high=high)


def _about(value: float, spec: Spec, grammar: Grammar) -> str:
    return in_unit(float(f"{value:.3g}"), spec, grammar)


def disagreement(estimate: Estimate, spec: Spec, grammar: Grammar) -> tuple[str, ...]:
    """How far the judgements behind an estimate are apart, in sentences."""
    if len(estimate.judgements) < 2:
        return (message("One person has judged: there is nothing to compare."),)
    return tuple(_disagreement(estimate, spec, grammar))


def _disagreement(estimate: Estimate, spec: Spec, grammar: Grammar) -> Iterator[str]:
    pairs = apart(estimate)
    for lower, higher in pairs[:_MOST_PAIRS]:
        yield message(
            "The ranges of {lower} and {higher} do not overlap: {lower} goes up to {high}, {higher} begins at {low}.",
            lower=lower.by,
            higher=higher.by,
            high=in_unit(lower.p90, spec, grammar),
            low=in_unit(higher.p10, spec, grammar),
        )
    if rest := len(pairs[_MOST_PAIRS:]):
        yield counted("So it is with {count} more pair.", "So it is with {count} more pairs.", rest)
    if not pairs:
        yield message("All ranges overlap.")
    pool = pooled(estimate, spec.quantity) if spec.quantity is not None else None
    if pool is None or not pool.widening < float("inf"):
        return
    yield _widening(pool.widening, is_much=pool.disagree_a_lot)


def _widening(widening: float, *, is_much: bool) -> str:
    if is_much:
        return message(
            "Taken together (linear pool) the judgements leave {times} times the range of the average judge: "
            "averaging them hides what people disagree about. Ask each what the others may know.",
            times=number(widening, 2),
        )
    return message(
        "Taken together (linear pool) the judgements leave {times} times the range of the average judge: "
        "averaging them hides little.",
        times=number(widening, 2),
    )


def known_about(proposal: Proposal, path: str) -> tuple[str, ...]:
    """What the team wrote down that somebody who judges the number should know. No figure of the proposal is in it."""
    keys = Path(path).keys
    found = [proposal.problem.statement, proposal.problem.status_quo]
    if keys[0] == "alternatives" and int(keys[1]) < len(proposal.alternatives):
        alternative = proposal.alternatives[int(keys[1])]
        found += [joined(": ", (name_of(alternative, int(keys[1])), each)) for each in alternative.evidence]
    return tuple(each for each in found if each)


@dataclass(frozen=True)
class TypedJudgement:
    """Low, likely and high as they were typed: the numbers once all three are there, and what there is to say."""

    numbers: tuple[float, float, float] | None
    notes: tuple[Note, ...]


def read_judgement(texts: Sequence[str], spec: Spec, grammar: Grammar) -> TypedJudgement:
    """A judgement in the boxes low, likely and high. Nothing is assumed: likely is asked for. Raises EntryRefused."""
    read = {
        box: read_box(text, box, spec.quantity, grammar, spec.unit) for box, text in enumerate(texts) if visible(text)
    }
    values = {box: each.value for box, each in read.items()}
    _check_order(values, {box: show(value, spec.quantity, grammar) for box, value in values.items()})
    if len(read) == len(QUANTILES):
        found = read_estimate(texts, spec.quantity, grammar, unit=spec.unit)
        return TypedJudgement((values[_LOW], values[_LIKELY], values[_HIGH]), found.notes)
    notes = tuple(note for each in read.values() for note in each.notes)
    return TypedJudgement(None, (*notes, Note(_still_open(set(read)))) if read else notes)


def _check_order(values: Mapping[int, float], shown: Mapping[int, str]) -> None:
    """Whether the ends are ends. In words of their own: here the boxes stand in another order than elsewhere."""
    low, likely, high = (values.get(box) for box in range(3))
    if low is not None and high is not None and low > high:
        said = message("the lowest, {low}, is above the highest, {high}", low=shown[_LOW], high=shown[_HIGH])
        raise EntryRefused(said, box=_HIGH)
    if likely is not None and low is not None and likely < low:
        said = message("likely, {likely}, is below the lowest, {low}", likely=shown[_LIKELY], low=shown[_LOW])
        raise EntryRefused(said, box=_LIKELY)
    if likely is not None and high is not None and likely > high:
        said = message("likely, {likely}, is above the highest, {high}", likely=shown[_LIKELY], high=shown[_HIGH])
        raise EntryRefused(said, box=_LIKELY)


def _still_open(filled: set[int]) -> str:
    if _LOW not in filled:
        return message("Still open: the lowest plausible value")
    if _HIGH not in filled:
        return message("Still open: the highest plausible value")
    return message("Still open: the value that it will as likely exceed as not")
