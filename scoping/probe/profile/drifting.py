"""How the columns differ between the first and the last tenth of time: the population stability index.

The sum over bins of (a - b) ln(a / b), a and b being shares of the rows before and after (Siddiqi 2006). Bins of
numbers are tenths of the rows before; those of text are the categories with one per cent of them, and all others
together; missing values are a bin of their own. Every count is raised by a half, so that an empty bin is no infinity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import Any

import ibis.expr.types as ir

from ...document.evidence import Drift
from .asking import asked_of
from .counting import Counted
from .moments import quantiles_at, rounded
from .times import Tenths

_LEVELS = tuple(each / 10 for each in range(1, 10))
_LEAST_SHARE = 0.01
_OFTEN_DIFFERENT = 0.5
_HALF = 0.5


def drifts(tenths: Tenths, columns: Sequence[Counted]) -> dict[str, Drift]:
    """By place. Times move by themselves, and a value that comes once says nothing: they are left out."""
    rows = [int(part.count().to_pyarrow().as_py()) for part in (tenths.before, tenths.after)]
    if not all(rows):
        return {}
    numbers = [each.column.place for each in columns if each.column.type == "number" and each.present]
    words = [each.column.place for each in columns if each.column.type in ("text", "yes_no") and _is_repeated(each)]
    return {**_of_numbers(tenths, numbers, rows), **{each: _of_words(tenths, each, rows) for each in words}}


def _is_repeated(column: Counted) -> bool:
    return 0 < column.distinct <= max(2.0, _OFTEN_DIFFERENT * column.present)


def _of_numbers(tenths: Tenths, places: Sequence[str], rows: Sequence[int]) -> dict[str, Drift]:
    edges = {key: sorted(set(found)) for key, found in quantiles_at(tenths.before, places, _LEVELS).items()}
    edges = {place: edges.get(place, []) for place in places}
    parts = [asked_of(part, dict(_below(part, edges))) for part in (tenths.before, tenths.after)]
    return {place: _drift(*(_bins(found, place, len(edges[place])) for found in parts), rows) for place in places}


def _below(part: ir.Table, edges: dict[str, list[float]]) -> Iterator[tuple[str, ir.Scalar]]:
    """How many values are there, and how many lie at or below each edge."""
    for place, own in edges.items():
        yield f"{place}_all", part[place].count()
        for at, edge in enumerate(own):
            yield f"{place}_{at}", (part[place].cast("float64") <= edge).sum()


def _bins(found: dict[str, Any], place: str, edges: int) -> list[int]:
    below = [int(found[f"{place}_{at}"] or 0) for at in range(edges)]
    upto = [0, *below, int(found[f"{place}_all"])]
    return [high - low for low, high in zip(upto, upto[1:], strict=False)]


def _of_words(tenths: Tenths, place: str, rows: Sequence[int]) -> Drift:
    before = _frequent(tenths.before, place, _LEAST_SHARE * rows[0])
    after = _of(tenths.after, place, list(before))
    parts = []
    for part, found in zip((tenths.before, tenths.after), (before, after), strict=True):
        present = int(part[place].count().to_pyarrow().as_py())
        counts = [found.get(each, 0) for each in before]
        parts.append([*counts, present - sum(counts)])
    return _drift(*parts, rows)


def _counts(part: ir.Table, place: str) -> ir.Table:
    words = part.select(word=part[place].cast("string"))
    words = words.filter(words["word"].notnull())
    return words.group_by("word").aggregate(count=words.count())


def _frequent(part: ir.Table, place: str, least: float) -> dict[str, int]:
    counts = _counts(part, place)
    found = counts.filter(counts["count"] >= least).to_pyarrow().to_pylist()
    return {each["word"]: each["count"] for each in found}


def _of(part: ir.Table, place: str, words: list[str]) -> dict[str, int]:
    if not words:
        return {}
    counts = _counts(part, place)
    found = counts.filter(counts["word"].isin(words)).to_pyarrow().to_pylist()
    return {each["word"]: each["count"] for each in found}


def _drift(before: list[int], after: list[int], rows: Sequence[int]) -> Drift:
    missing = [count - sum(bins) for count, bins in zip(rows, (before, after), strict=True)]
    shares = [_shares([*bins, left]) for bins, left in zip((before, after), missing, strict=True)]
    # Sorted, so that the sum does not depend on the order in which an engine gives its groups.
    terms = sorted((a - b) * log(a / b) for a, b in zip(*shares, strict=True))
    return Drift(
        population_stability_index=rounded(sum(terms)),
        missing_before=rounded(missing[0] / rows[0]),
        missing_after=rounded(missing[1] / rows[1]),
    )


def _shares(bins: list[int]) -> list[float]:
    total = sum(bins) + _HALF * len(bins)
    return [(count + _HALF) / total for count in bins]
