"""How the columns differ between the first and the last tenth of time: the population stability index.

The sum over bins of (a - b) ln(a / b), a and b being shares of the rows before and after (Siddiqi 2006). Bins of
numbers are tenths of the rows before; those of text are the categories with one per cent of them, and all others
together; missing values are a bin of their own. Every count is raised by a half, so that an empty bin is no infinity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import log
from typing import Any

import ibis
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
    numbers = [each.column.place for each in columns if each.column.type == "number" and each.present]
    words = [each.column.place for each in columns if each.column.type in ("text", "yes_no") and _is_repeated(each)]
    edges = {key: sorted(set(found)) for key, found in quantiles_at(tenths.before, numbers, _LEVELS).items()}
    asked = {**{each: edges.get(each, []) for each in numbers}, **{each: [] for each in words}}
    parts = [asked_of(part, dict(_below(part, asked))) for part in (tenths.before, tenths.after)]
    rows = [int(part["rows"]) for part in parts]
    if not all(rows):
        return {}
    bins = {place: [_bins(part, place, len(edges.get(place, []))) for part in parts] for place in numbers}
    bins |= _of_words(tenths, words, parts)
    return {place: _drift(before, after, rows) for place, (before, after) in bins.items()}


def _is_repeated(column: Counted) -> bool:
    return 0 < column.distinct <= max(2.0, _OFTEN_DIFFERENT * column.present)


def _below(part: ir.Table, edges: dict[str, list[float]]) -> Iterator[tuple[str, ir.Scalar]]:
    """How many rows there are, how many values of each column, and how many lie at or below each edge."""
    yield "rows", part.count()
    for place, own in edges.items():
        yield f"{place}_all", part[place].count()
        for at, edge in enumerate(own):
            yield f"{place}_{at}", (part[place].cast("float64") <= edge).sum()


def _bins(found: dict[str, Any], place: str, edges: int) -> list[int]:
    below = [int(found[f"{place}_{at}"] or 0) for at in range(edges)]
    upto = [0, *below, int(found[f"{place}_all"])]
    return [high - low for low, high in pairwise(upto)]


def _of_words(tenths: Tenths, places: Sequence[str], parts: Sequence[dict[str, Any]]) -> dict[str, list[list[int]]]:
    """For each column the counts of its frequent categories, and of all others, before and after."""
    least = _LEAST_SHARE * int(parts[0]["rows"])
    before = _together([_counts(tenths.before, each, least=least) for each in places])
    after = _together([_counts(tenths.after, each, among=list(before.get(each, []))) for each in places])
    bins = {}
    for place in places:
        frequent = list(before.get(place, {}))
        own = [[found.get(place, {}).get(word, 0) for word in frequent] for found in (before, after)]
        bins[place] = [
            [*counts, int(part[f"{place}_all"]) - sum(counts)] for counts, part in zip(own, parts, strict=True)
        ]
    return bins


def _counts(part: ir.Table, place: str, least: float = 0.0, among: list[str] | None = None) -> ir.Table:
    """How often the categories of a column come: those with so many rows at least, or those that are named."""
    words = part.select(place=ibis.literal(place), word=part[place].cast("string"))
    words = words.filter(words["word"].notnull() if among is None else words["word"].isin(among or [""]))
    counts = words.group_by(["place", "word"]).aggregate(count=words.count())
    return counts.filter(counts["count"] >= least)


def _together(each: Sequence[ir.Table]) -> dict[str, dict[str, int]]:
    """All of them in one question."""
    found: dict[str, dict[str, int]] = {}
    if each:
        whole = ibis.union(*each, distinct=False) if len(each) > 1 else each[0]
        for row in whole.to_pyarrow().to_pylist():
            found.setdefault(row["place"], {})[row["word"]] = int(row["count"])
    return found


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
