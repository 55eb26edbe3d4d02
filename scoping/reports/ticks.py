"""Where an axis has its marks, and what stands there: amounts and shares as they are written everywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from math import ceil, floor, log10

from ..text.languages import say
from ..text.wording import amount_among, number, percent
from ..vocabulary import Unit
from .blocks import Band, Bars, Figure, Heat, Line, Mark, Points, Rule, Spans

_MOST = 6
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def money_ticks(figure: Figure, axis: str, most: int = _MOST) -> tuple[list[float], list[str]]:
    """Round amounts over all that the figure draws along x, y or z (the colours of a map), and their words."""
    values = _round_values(*_reach(figure, axis), most)
    write = amount_among(values, figure.currency)
    return values, [say(write(value), figure.language) for value in values]


def share_ticks(figure: Figure, axis: str, most: int = _MOST) -> tuple[list[float], list[str]]:
    """The same along an axis of shares, which may say itself from where to where it goes."""
    about = figure.x if axis == "x" else figure.y
    low, high = _reach(figure, axis)
    values = _round_values(low if about.low is None else about.low, high if about.high is None else about.high, most)
    return values, [say(percent(value, 1), figure.language) for value in values]


def logarithmic_ticks(figure: Figure, axis: str) -> tuple[list[float], list[str]]:
    """1 and 3 times the powers of ten along a logarithmic axis, and their words."""
    about = figure.x if axis == "x" else figure.y
    low, high = about.low or 1.0, about.high or 10.0
    powers = range(floor(log10(low)), ceil(log10(high)) + 1)
    values = [step * 10.0**power for power in powers for step in (1, 3) if low <= step * 10.0**power <= high]
    return values, told_along(figure, axis, values)


def told_along(figure: Figure, axis: str, values: Sequence[float]) -> list[str]:
    """Values of the axis in words, as they are said of a point that somebody points at."""
    about = figure.x if axis == "x" else figure.y
    if about.unit == Unit.MONEY:
        write: Callable[[float], str] = amount_among(values, figure.currency)
    elif about.unit == Unit.SHARE:
        write = partial(percent, digits=1)
    else:
        write = partial(number, digits=3)
    return [say(write(value), figure.language) for value in values]


def _reach(figure: Figure, axis: str) -> tuple[float, float]:
    reach = list(chain.from_iterable(_along(mark, axis) for mark in figure.marks))
    return min(reach, default=0.0), max(reach, default=0.0)


def _round_values(low: float, high: float, most: int) -> list[float]:
    """At most so many multiples of 1, 2, 2.5 or 5 times a power of ten, from low to high."""
    if low == high:
        return [low]
    rough = (high - low) / (most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(each * power for each in _STEPS if each * power >= rough)
    # Rounded, so that no mark at zero is what floats leave of it.
    return [round(count * step, 12) for count in range(ceil(low / step), floor(high / step) + 1)]


def _along(mark: Mark, axis: str) -> Iterator[float]:
    """The values of a mark along the axis."""
    match mark, axis:
        case Bars(), "x":
            yield from (*mark.left, *mark.right)
        case Bars(), "y":
            yield from (0.0, *mark.height)
        case Spans(), "x":
            yield from (*mark.start, *mark.end, *(each for each in mark.marks if each is not None))
        case Band(), "y":
            yield from (*mark.low, *mark.high)
        case Line() | Points(), "y":
            yield from mark.y
        case Line() | Points() | Band(), "x":
            yield from mark.x
        case Heat(), "z":
            yield from chain.from_iterable(mark.values)
        case Rule(), _ if mark.axis == axis:
            yield mark.at
        case _:
            return
