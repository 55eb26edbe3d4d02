"""The organisation's own reference classes: how its builds overran, and what its gains came to, against the signed P50.

Reference class forecasting asks for one's own class where there is one (Kahneman and Tversky 1979; Flyvbjerg 2006). A few
own projects say little, so their mean log ratio is blended with the published one by Buehlmann's credibility weight
(Buehlmann 1967, Experience Rating and Credibility, ASTIN Bulletin 4(3)): weight = n / (n + k), k the variance of single
projects over the variance of class means. The latter is that of the three published classes (an empirical Bayes
estimate, and a coarse one). From ENOUGH own projects on, the own class stands alone. Projects that were given up or still
go on count with the least that they came to: see `overruns.py` and `censored.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ..document.own_classes import DEVIATION, MEAN_LOG, OwnFactor, lognormal
from ..text.languages import counted, joined, message
from ..value.outside_view import REFERENCE_CLASSES, ReferenceClass
from ..vocabulary import OutsideViewClass, Overrun
from .censored import spread_of
from .overruns import Ratio, one_each

ENOUGH = 20
"""So many own projects stand alone; with fewer, the published class counts too."""
FEWEST = 3
"""With fewer, nothing is said of the own class."""
# Of the variance of single projects, the published one counts as so many of them.
_PRIOR_COUNTS = 3
# A copy of a class is read by people too: more digits than that say nothing.
_DIGITS = 6


@dataclass(frozen=True)
class OwnClass:
    """A class of factors on the signed P50: P10, P50, P90 of the next project, and what they rest on.

    `weight` is how much the own projects count, 0..1; the rest is the published class. `count` of them are finished; of
    `unfinished` only the least is known that they came to. Factors are lognormal: `mean_log` and `deviation` are of their
    logarithms, with the doubt about the mean in the deviation.
    """

    what: Overrun
    count: int
    own: float
    published: float | None
    weight: float
    mean_log: float
    deviation: float
    source: str
    unfinished: int = 0

    @property
    def factors(self) -> tuple[float, float, float]:
        """P10, P50 and P90 of the factor."""
        return lognormal(self.mean_log, self.deviation)

    @property
    def is_alone(self) -> bool:
        """True where there are enough own projects to do without the published class."""
        return self.count >= ENOUGH


@dataclass(frozen=True)
class _Prior:
    """A published class on the scale of logarithms: mean, variance of single projects, variance of class means."""

    mean: float
    single: float
    between: float


def own_class(
    what: Overrun, found: Sequence[Ratio], published: OutsideViewClass = OutsideViewClass.IT_PROJECTS
) -> OwnClass | None:
    """The class of these projects, blended with the published one; None where too few finished to speak of it."""
    projects = one_each(found, what)
    known = np.log([each.value for each in projects if not each.at_least])
    bounds = np.log([each.value for each in projects if each.at_least])
    count = len(known)
    if count < FEWEST:
        return None
    prior = _prior_of(what, published)
    own = spread_of(known, bounds, prior.single, _PRIOR_COUNTS)
    if own.counted_as > 2 * count:
        # More would be told by what did not finish than by what did: by the shape of a tail that nobody has seen.
        return None
    weight = 1.0 if count >= ENOUGH else own.counted_as / (own.counted_as + own.variance / prior.between)
    doubt = own.variance / own.counted_as if count >= ENOUGH else (1 - weight) * prior.between
    is_published = what is not Overrun.BENEFIT
    return OwnClass(
        what=what,
        count=count,
        own=float(np.exp(own.mean)),
        published=float(np.exp(prior.mean)) if is_published else None,
        weight=weight,
        mean_log=weight * own.mean + (1 - weight) * prior.mean,
        deviation=float(np.sqrt(own.variance + doubt)),
        source=REFERENCE_CLASSES[published].source if is_published and count < ENOUGH else "",
        unfinished=len(bounds),
    )


def to_take_over(
    found: Sequence[Ratio], published: OutsideViewClass = OutsideViewClass.IT_PROJECTS, *, as_of: date
) -> list[OwnFactor]:
    """What a proposal keeps of the classes of these projects: a copy, so that its figures follow from it alone.

    Where they scatter by more than a field takes (a factor of thirteen from the middle to the P90), there is none.
    """
    own = (own_class(what, found, published) for what in Overrun)
    return [_copied(each, published, as_of) for each in own if each is not None and _fits(each)]


def _fits(found: OwnClass) -> bool:
    pairs = ((found.mean_log, MEAN_LOG), (found.deviation, DEVIATION))
    return all(bounds.lower <= value <= bounds.upper for value, bounds in pairs)


def _copied(found: OwnClass, published: OutsideViewClass, as_of: date) -> OwnFactor:
    is_blended = not found.is_alone and found.published is not None
    return OwnFactor(
        what=found.what,
        count=found.count,
        unfinished=found.unfinished,
        weight=round(found.weight, _DIGITS),
        mean_log=round(found.mean_log, _DIGITS),
        deviation=round(found.deviation, _DIGITS),
        blended_with=published if is_blended else None,
        as_of=as_of,
    )


def class_said(found: OwnClass) -> str:
    """What a class rests on, in a sentence or two."""
    return joined(" ", [_rests_on(found), *([_unfinished(found)] if found.unfinished else [])])


def _rests_on(found: OwnClass) -> str:
    words = {"count": str(found.count), "enough": str(ENOUGH)}
    if found.is_alone:
        return message("Rests on {count} own projects alone.", **words)
    if found.published is None:
        return message(
            "Rests on {count} own projects; nobody published a class of this sort, so few count with caution.", **words
        )
    return message(
        "Rests on {count} own projects, and on the published class for the rest; from {enough} on, the own ones stand alone.",
        **words,
    )


def _unfinished(found: OwnClass) -> str:
    return counted(
        "{count} more was given up or goes on: it counts with the least that it came to.",
        "{count} more were given up or go on: they count with the least that they came to.",
        found.unfinished,
    )


def _prior_of(what: Overrun, published: OutsideViewClass) -> _Prior:
    """The published class; of benefits none is, so that of costs without its lean: only the own ones say which way."""
    if what is Overrun.BENEFIT:
        return replace(_prior_of(Overrun.COST, published), mean=0.0)
    means = [_moments(each, what)[0] for each in REFERENCE_CLASSES.values()]
    mean, _ = _moments(REFERENCE_CLASSES[published], what)
    _, single = _moments(REFERENCE_CLASSES[OutsideViewClass.IT_PROJECTS], what)
    return _Prior(mean, single, float(np.var(means, ddof=1)))


def _moments(found: ReferenceClass, what: Overrun) -> tuple[float, float]:
    """Mean and variance of the logarithm of a published class's factor, which has two values."""
    usual, tail = (found.cost, found.tail_cost) if what is Overrun.COST else (found.months, found.tail_months)
    first, second = float(np.log(usual)), float(np.log(tail))
    mean = (1 - found.tail) * first + found.tail * second
    return mean, found.tail * (1 - found.tail) * (second - first) ** 2
