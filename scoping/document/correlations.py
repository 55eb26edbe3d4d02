"""Inputs that move together: rank correlations of named pairs, joined by a Gaussian copula."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import numpy as np
from pydantic import Field

from ..text.languages import message
from ..vocabulary import Unit
from .allowed import show
from .estimate import Array
from .fields import Quantity, Section
from .paths import Path

MOST_CORRELATIONS = 100
# Rounding must not refuse a matrix that is just possible.
_TOLERANCE = 1e-9
_PAIR = ("first", "second")

RankCorrelation = Annotated[float, Quantity(Unit.CORRELATION, -1, 1)]


class Correlation(Section):
    """Two inputs of the value model, and how strongly their ranks move together."""

    first: str = Field(title="One input", description="An input that may be uncertain.", min_length=1, max_length=200)
    second: str = Field(
        title="Another input", description="The input that moves with it, or against it.", min_length=1, max_length=200
    )
    rank_correlation: RankCorrelation = Field(
        title="Rank correlation",
        description="Spearman's: 1 always together, 0 not at all, −1 always against each other. Strong is 0.7.",
    )


def normal_correlation(rank: float) -> float:
    """Pearson correlation of two normal variables whose rank correlation is `rank`.

    Source: Pearson 1907, On Further Methods of Determining Correlation: r = 2 sin(pi rho / 6).

    >>> round(normal_correlation(0.5), 4)
    0.5176
    """
    return float(2 * np.sin(np.pi * rank / 6))


def copula(correlations: Sequence[Correlation]) -> tuple[list[str], Array]:
    """The paths named, and the correlation matrix of their normal scores; pairs not named do not move together."""
    paths = list(dict.fromkeys(path for each in correlations for path in (each.first, each.second)))
    place = {path: row for row, path in enumerate(paths)}
    matrix = np.eye(len(paths))
    for each in correlations:
        row, column = place[each.first], place[each.second]
        matrix[row, column] = matrix[column, row] = normal_correlation(each.rank_correlation)
    return paths, matrix


def canonical(correlations: Sequence[Correlation], known: Sequence[Path]) -> list[Correlation]:
    """The correlations with their inputs named as paths; a name with a point in it may stand there as it is."""
    by_plain_name = {".".join(path.keys): str(path) for path in known}
    return [
        each.model_copy(update={name: by_plain_name.get(getattr(each, name), getattr(each, name)) for name in _PAIR})
        for each in correlations
    ]


def conflicts(
    correlations: Sequence[Correlation], known: Sequence[Path]
) -> Iterator[tuple[tuple[int | str, ...], object, str]]:
    """What cannot be: the place within the list, what stands there, and what is allowed."""
    seen: set[frozenset[str]] = set()
    for index, each in enumerate(correlations):
        for name in _PAIR:
            if getattr(each, name) not in known:
                allowed = message(
                    "is not an input of this proposal; allowed: {names}", names=", ".join(known) or message("none yet")
                )
                yield (index, name), getattr(each, name), allowed
        pair = frozenset((each.first, each.second))
        if len(pair) < 2:
            yield (index, "second"), each.second, message("must be another input than the first")
        elif pair in seen:
            yield (index, "second"), each.second, message("this pair stands in the list already")
        seen.add(pair)
    lowest = float(np.linalg.eigvalsh(copula(correlations)[1])[0]) if correlations else 1.0
    if lowest < -_TOLERANCE:
        fitting = 1 / (1 - lowest)
        allowed = message(
            "these correlations cannot all hold at once (their matrix is not positive semi-definite); "
            "they can if each is at most about {share}% as strong",
            share=show(round(100 * fitting)),
        )
        yield (), [each.rank_correlation for each in correlations], allowed
