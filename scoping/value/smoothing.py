"""Conditional expectations by regression: what is to be expected of each alternative, given what is learned.

Every fit is made on all draws and again without each of eight folds, so that the folds that choose
the form of the curve also tell its error (cross-validation and jackknife).

One input is cut into cells with equally many draws. The sums of the cells are all that a fit needs,
so several forms are tried at the price of one: polynomials of the input's rank, of the degree that
predicts the left-out folds best (Stone 1974, Journal of the Royal Statistical Society B 36(2)), and,
where jumps are seen, regression trees (Breiman, Friedman, Olshen and Stone 1984). Several inputs
are fitted together by a polynomial of their ranks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from ..document.estimate import Array
from .memory import remembered
from .trees import grow

FOLDS = 8
_CELLS = 256
_FEWEST_CELLS, _DRAWS_A_CELL = 25, 8
# The form that suffices for most inputs, and those that are tried where it does not.
_DEGREE, _HIGHER_DEGREES = 4, (6, 8, 12, 16, 24)
_SINGULAR = 1e-9
# Another form must predict better by so many standard errors, from fold to fold: nine are tried, and two pass by chance.
_PLAINLY = 3.0
_PART = 1e-3
# A cell whose variance is so many times the mean of all has a long tail in it.
_UNEVEN = 20.0
# Residuals whose running sum strays so far, or cells so far off, ask for another form; both are in standard deviations.
_STRAYING, _FAR_OFF = 0.75, 5.0
# ... if some cell, or so many neighbours together, would be better off by so many standard deviations.
_NEIGHBOURS, _REGRET = (1, 4, 16), 3.0
# ... or if what is chosen is worth other than fitted by so many standard deviations, and by more than this share.
_PROMISE, _NEGLIGIBLE = 1.5, 0.02
# No form for several inputs may have more columns than this share of the draws.
_MOST_COLUMNS = 1 / 40


@dataclass(frozen=True)
class Fits:
    """Fitted values, on all draws first and then without each fold.

    values: shape (1 + FOLDS, cells, columns); totals: what the draws that each fit has seen are worth
    by cell, of the same shape; draws: how many draws each has seen, shape (1 + FOLDS,);
    cell: which cell each draw is in, shape (draws,).
    """

    values: Array
    totals: Array
    draws: Array
    cell: NDArray[np.intp]

    @property
    def by_draw(self) -> Array:
        """The fit on all draws, at each draw: shape (draws, columns)."""
        return np.asarray(self.values[0][self.cell])


@dataclass(frozen=True)
class _Sums:
    """Of each cell and fold: the number of draws, shape (FOLDS, cells), and their sums, shape (FOLDS, cells, columns).

    middle is the mean rank of each cell (0..1), level the mean of the standardised input, within
    the variance of the columns inside each cell and precision about one over it, shape (cells, columns).
    """

    counts: Array
    sums: Array
    middle: Array
    level: Array
    within: Array
    precision: Array


def fit(columns: Array, inputs: Sequence[Array], fold: NDArray[np.intp]) -> Fits:
    """The expectation of each column given the inputs, which must all vary.

    columns: shape (draws, columns); inputs: each of shape (draws,); fold: which fold each draw is in.
    """
    return _fit_one(columns, inputs[0], fold) if len(inputs) == 1 else _fit_several(columns, inputs, fold)


def _fit_one(columns: Array, values: Array, fold: NDArray[np.intp]) -> Fits:
    rank = ranks(values)
    cells = max(min(_CELLS, len(values) // _DRAWS_A_CELL), _FEWEST_CELLS)
    cell = np.minimum((rank * cells).astype(np.intp), cells - 1)
    used, cell = _renumbered(cell, cells)
    sums = _summed(columns, values, rank, cell, used, fold)
    weight = _weight(sums)
    values, counts = _best_form(sums, weight), _with_and_without(sums.counts)
    # A curve is smoother than the draws, but one that makes light of a long tail does not tell its worth.
    even = bool((weight == 1.0).all())
    totals = values * counts[..., None] if even else _with_and_without(sums.sums)
    return Fits(values, totals, counts.sum(axis=1), cell)


def ranks(values: Array) -> Array:
    """Ranks between 0 and 1; equal values share theirs."""
    order = np.argsort(values)
    ordered = values[order]
    found: Array = np.empty(len(values))
    found[order] = np.arange(len(values)) + 0.5
    if (ordered[1:] == ordered[:-1]).any():
        found = (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2.0
    return found / len(values)


def _renumbered(cell: NDArray[np.intp], cells: int) -> tuple[int, NDArray[np.intp]]:
    """Cells without the empty ones, which equal values leave."""
    filled = np.bincount(cell, minlength=cells) > 0
    if filled.all():
        return cells, cell
    return int(filled.sum()), (np.cumsum(filled) - 1)[cell]


def _summed(
    columns: Array, values: Array, rank: Array, cell: NDArray[np.intp], cells: int, fold: NDArray[np.intp]
) -> _Sums:
    place, size = fold * cells + cell, FOLDS * cells
    counts = np.bincount(place, minlength=size).reshape(FOLDS, cells).astype(float)
    sums: Array = np.stack([np.bincount(place, each, size).reshape(FOLDS, cells) for each in columns.T], axis=-1)
    drawn, total = counts.sum(axis=0), sums.sum(axis=0)
    squares: Array = np.stack([np.bincount(cell, each * each, cells) for each in columns.T], axis=-1)
    within = np.maximum(squares - total**2 / drawn[:, None], 0.0) / np.maximum(drawn - 1, 1)[:, None]
    return _Sums(
        counts=counts,
        sums=sums,
        middle=np.bincount(cell, rank, cells) / drawn,
        level=np.bincount(cell, (values - values.mean()) / values.std(), cells) / drawn,
        within=within,
        precision=_precision(total / drawn[:, None], within, drawn),
    )


def _precision(means: Array, within: Array, drawn: Array) -> Array:
    """One over the variance inside each cell, which is not taken to be far below what the cells differ by."""
    share = drawn[:, None] / drawn.sum()
    between = (share * (means - (share * means).sum(axis=0)) ** 2).sum(axis=0)
    variance = within + np.minimum((share * within).sum(axis=0), _PART * between) + _PART**2 * between
    return np.asarray(np.divide(1.0, variance, out=np.zeros_like(variance), where=variance > 0))


def _with_and_without(parts: Array) -> Array:
    """The sum over all folds, and the sums without each."""
    whole = parts.sum(axis=0)
    return np.concatenate([whole[None], whole - parts])


def _best_form(sums: _Sums, weight: Array) -> Array:
    """The usual form where its residuals look like chance; otherwise the one that predicts left-out folds best."""
    counts, totals = _with_and_without(sums.counts * weight), _with_and_without(sums.sums * weight[:, None])
    usual = _linear(_orthogonal(sums, counts[0], _DEGREE), counts, totals)
    if not _asks_for_more(sums, usual[0]):
        return usual
    design = _orthogonal(sums, counts[0], _HIGHER_DEGREES[-1])
    best = min(_forms(design, counts, totals, usual, sums), key=lambda form: _missed(form, sums).sum())
    better = _missed(usual, sums) - _missed(best, sums)
    return best if better.mean() > _PLAINLY * better.std(ddof=1) / np.sqrt(FOLDS) else usual


def _weight(sums: _Sums) -> Array:
    """How much each cell counts in a fit: all alike, unless the draws of some scatter far more than of others."""
    typical = sums.within.mean(axis=0)
    scatter = np.divide(sums.within, typical, out=np.ones_like(sums.within), where=typical > 0).mean(axis=1)
    return 2 / (1 + scatter) if scatter.max() > _UNEVEN else np.ones_like(scatter)


def _forms(design: Array, counts: Array, totals: Array, usual: Array, sums: _Sums) -> Iterator[Array]:
    for degree in _HIGHER_DEGREES:
        if degree + 2 <= design.shape[1]:
            yield _linear(design[:, : degree + 2], counts, totals)
    # Where next to nothing is left to chance, the cells speak for themselves.
    yield totals / np.maximum(counts, _SINGULAR)[..., None]
    scale = (counts[0] @ sums.precision) / counts[0].sum()
    for start in (np.zeros_like(usual), usual):
        left_over = totals - counts[..., None] * start
        trees = grow(counts, left_over, scale, lambda tree, start=start: _missed(start + tree, sums).sum())  # type: ignore[misc]
        yield start + trees


def _orthogonal(sums: _Sums, drawn: Array, degree: int) -> Array:
    """Columns for a fit, orthogonal over the draws: ones, the input, polynomials of its rank of rising degree."""
    legendre = _legendre(2 * sums.middle - 1, min(degree, len(drawn) - 1))
    root = np.sqrt(drawn)[:, None]
    raw = root * np.column_stack([legendre[:, :1], sums.level, legendre[:, 1:]])
    directions, triangle = np.linalg.qr(raw)
    free = np.abs(np.diag(triangle)) > _SINGULAR * np.sqrt(drawn.sum())
    return np.asarray(directions[:, free] / root)


def _legendre(scaled: Array, degree: int) -> Array:
    return np.asarray(np.polynomial.legendre.legvander(scaled, degree), float)


def _linear(design: Array, counts: Array, totals: Array) -> Array:
    """Least squares on the cells' sums, for each set of draws."""
    size = design.shape[1]
    squares = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
    gram = (counts @ squares).reshape(-1, size, size)
    return np.asarray(design @ solve(gram, design.T @ totals))


def solve(gram: Array, moment: Array) -> Array:
    """Least squares from normal equations, blind to directions in which the inputs do not move."""
    size = gram.shape[-1]
    ridge = _SINGULAR * np.trace(gram, axis1=-2, axis2=-1)[..., None, None] / size
    return np.asarray(np.linalg.solve(gram + ridge * np.eye(size), moment))


def _asks_for_more(sums: _Sums, fitted: Array) -> bool:
    """Whether the residuals of a fit look like more than chance, and another form could choose otherwise."""
    drawn, total = sums.counts.sum(axis=0), sums.sums.sum(axis=0)
    residual = (total - drawn[:, None] * fitted) * np.sqrt(sums.precision / drawn[:, None])
    # A run of one sign, or a cell far off.
    strays = np.abs(np.cumsum(residual, axis=0)).max(axis=0) / np.sqrt(len(drawn))
    unlikely = bool((strays > _STRAYING).any() or (np.abs(residual) > _FAR_OFF).any())
    return unlikely and _matters(sums, drawn, total, fitted)


def _matters(sums: _Sums, drawn: Array, total: Array, fitted: Array) -> bool:
    """Whether a fit misstates the worth of its choices, or some cell or neighbours plainly prefer another choice.

    Choosing none of the columns is worth 0.
    """
    chosen = np.append(fitted, np.zeros((len(fitted), 1)), axis=1).argmax(axis=1)[:, None]
    said, worth, noise = (
        np.append(each, np.zeros((len(each), 1)), axis=1)
        for each in (drawn[:, None] * fitted, total, drawn[:, None] * sums.within)
    )
    here, scatter = (np.take_along_axis(each, chosen, axis=1) for each in (worth, noise))
    promised = float(np.take_along_axis(said, chosen, axis=1).sum())
    off = abs(promised - float(here.sum()))
    if off > max(_PROMISE * float(np.sqrt(scatter.sum())), _NEGLIGIBLE * promised):
        return True
    regret, variance = np.cumsum(worth - here, axis=0), np.cumsum(noise + scatter, axis=0)
    rounding = _SINGULAR * float(np.abs(worth).max())
    for size in _NEIGHBOURS:
        lost, spread = (np.diff(each[size - 1 :: size], axis=0, prepend=0.0) for each in (regret, variance))
        if (lost > _REGRET * np.sqrt(np.maximum(spread, 0.0)) + rounding).any():
            return True
    return False


def _missed(form: Array, sums: _Sums) -> Array:
    """Squared error of predicting each fold by the fit without it, up to what all forms share: shape (FOLDS,).

    A cell counts for less where its draws scatter more: a long tail does not choose the form.
    """
    left = form[1:]
    error = (sums.counts[..., None] * left - 2 * sums.sums) * left
    return np.asarray(np.einsum("fck,ck->f", error, sums.precision))


def _fit_several(columns: Array, inputs: Sequence[Array], fold: NDArray[np.intp]) -> Fits:
    """Regression on the draws themselves: the simple form, or the rich one where it predicts better."""
    design, simple, gram = _joint_design(inputs, fold)
    pairs = zip(_in_folds(design, fold), _in_folds(columns, fold), strict=True)
    moment = np.stack([part.T @ column for part, column in pairs])
    forms = {size: _coefficients(gram, moment, size) for size in {simple, design.shape[1]}}
    scale = 1 / np.maximum(columns.var(axis=0), np.finfo(float).tiny)
    missed = {size: _missed_jointly(form, gram, moment, scale) for size, form in forms.items()}
    chosen = forms[min(missed, key=lambda size: missed[size])]
    # One product, in which the draws of each column lie side by side.
    folds, size, count = chosen.shape
    product_ = chosen.transpose(2, 0, 1).reshape(-1, size) @ design[:, :size].T
    values = product_.reshape(count, folds, -1).transpose(1, 2, 0)
    seen = np.ones((1 + FOLDS, len(fold)))
    seen[1:][np.arange(FOLDS)[:, None] == fold] = 0.0
    return Fits(values, seen[..., None] * values, seen.sum(axis=1), np.arange(len(fold)))


def _coefficients(gram: Array, moment: Array, size: int) -> Array:
    return solve(_with_and_without(gram[:, :size, :size]), _with_and_without(moment[:, :size]))


def _missed_jointly(form: Array, gram: Array, moment: Array, scale: Array) -> float:
    size, left = form.shape[1], form[1:]
    error = ((gram[:, :size, :size] @ left - 2 * moment[:, :size]) * left).sum(axis=(0, 1))
    return float(error @ scale)


@remembered
def _joint_design(inputs: Sequence[Array], fold: NDArray[np.intp]) -> tuple[Array, int, Array]:
    """The columns of both forms, the simple one's first, how many these are, and the products of them in each fold.

    Simple: ones; each input and polynomials of its rank; products of pairs. Rich: besides, all
    products of such polynomials up to the same degree.
    """
    standard = [(each - each.mean()) / each.std() for each in inputs]
    legendre = [_legendre(2 * ranks(each) - 1, _DEGREE) for each in inputs]
    products = [first * second for first, second in combinations(standard, 2)]
    simple = [np.ones(len(inputs[0])), *standard, *products, *(each[:, n] for each in legendre for n in _SINGLE)]
    rich = [
        np.prod([each[:, power] for each, power in zip(legendre, powers, strict=True)], axis=0)
        for powers in _mixed_powers(len(inputs))
    ]
    fits = len(simple) + len(rich) <= _MOST_COLUMNS * len(inputs[0])
    design = np.column_stack([*simple, *(rich if fits else [])])
    return design, len(simple), np.stack([part.T @ part for part in _in_folds(design, fold)])


def _in_folds(values: Array, fold: NDArray[np.intp]) -> list[Array]:
    """The rows of each fold. Folds that lie one after the other are not copied."""
    is_in_order = bool((fold[1:] >= fold[:-1]).all())
    ordered = values if is_in_order else values[np.argsort(fold, kind="stable")]
    return np.split(ordered, np.cumsum(np.bincount(fold, minlength=FOLDS))[:-1])


_SINGLE = range(1, _DEGREE + 1)


@cache
def _mixed_powers(inputs: int) -> tuple[tuple[int, ...], ...]:
    """The powers of several inputs whose sum is at most the degree, at least two of them above 0."""
    if inputs > _DEGREE:
        return ()
    return tuple(
        powers
        for powers in product(range(_DEGREE + 1), repeat=inputs)
        if sum(powers) <= _DEGREE and np.count_nonzero(powers) > 1
    )
