"""Series: what the past of the target itself tells, and what is known without any model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from .values import Codes, Floats

PERIODS = (4, 5, 7, 12, 24, 30, 48, 52, 60, 96, 168, 365)
"""Seasons that are looked for, in rows: quarters, working days, weeks, months, hours, and so on."""

_LEAST_ROWS = 60
_ROWS_A_KEY = 20
_MOSTLY_ONCE = 0.95
_NEAR = (2, 3, 4, 6)
_WINDOWS = (7, 30)
_HARMONICS = 3
# The part of each series on which the season is chosen: scores are taken on what comes after.
_BEFORE = 0.4
_NEARLY = 1.15
_SHORT_SEASON = 31


@dataclass(frozen=True)
class Ordering:
    """Rows by key and time, and the way back. `keys` are groups, or 0 for all."""

    order: Codes
    keys: Codes

    @classmethod
    def of(cls, times: Floats, keys: Codes) -> Ordering:
        """Rows by key, in the order of their times."""
        order = np.lexsort((times, keys))
        return cls(order, keys[order])

    def lag(self, values: Floats, by: int) -> Floats:
        """What stood so many rows earlier in the same series; NaN where it had not begun."""
        found = np.full(len(values), np.nan)
        if by < len(values):
            same = self.keys[by:] == self.keys[:-by]
            found[by:][same] = values[self.order][:-by][same]
        return self.back(found)

    def mean_so_far(self, values: Floats, window: int | None = None) -> Floats:
        """The mean of what came before, of all of it or of the last rows of a window."""
        ordered = values[self.order]
        place = self.place
        total = np.concatenate([[0.0], np.cumsum(ordered)])
        back = place if window is None else np.minimum(place, window)
        here = np.arange(len(ordered))
        with np.errstate(invalid="ignore", divide="ignore"):
            return self.back((total[here] - total[here - back]) / back)

    @property
    def place(self) -> Codes:
        """How many rows of the same series come before, in the order of the series."""
        starts = np.flatnonzero(np.diff(self.keys, prepend=self.keys[0] - 1))
        return np.arange(len(self.keys)) - np.repeat(starts, np.diff(np.append(starts, len(self.keys))))

    def back(self, ordered: Floats) -> Floats:
        """Values in the order of the series, in the order of the rows."""
        found = np.empty(len(ordered))
        found[self.order] = ordered
        return found


def is_series(times: Floats, keys: Codes) -> bool:
    """True where each key has many rows, and hardly two of them at one time."""
    if len(times) < _LEAST_ROWS or len(times) < _ROWS_A_KEY * len(np.unique(keys)):
        return False
    return len(np.unique(np.column_stack([keys, times]), axis=0)) >= _MOSTLY_ONCE * len(times)


def season_of(target: Floats, ordering: Ordering) -> int | None:
    """The period after which values come back best, on the first part; None where there is too little to see one."""
    most = int(ordering.place.max()) + 1
    early = ordering.back(ordering.place.astype(np.float64)) < _BEFORE * most
    errors = {
        period: float(np.mean(misses**2))
        for period in PERIODS
        if len(misses := _misses(target, ordering, period)[early])
        and len(misses := misses[~np.isnan(misses)]) >= period
    }
    if not errors:
        return None
    # Twice a season comes back as well as a season: the shortest of those that are nearly as good.
    return min(period for period, error in errors.items() if error <= _NEARLY * min(errors.values()))


def _misses(target: Floats, ordering: Ordering, period: int) -> Floats:
    return target - ordering.lag(target, period)


def past_of_numbers(target: Floats, ordering: Ordering, season: int | None) -> Iterator[Floats]:
    """The past of a series of numbers, as differences from its last value, as a modeller would give it."""
    last = ordering.lag(target, 1)
    yield last - ordering.mean_so_far(target)
    lags = [*_NEAR, *([season, season + 1] if season else [])]
    for lag in dict.fromkeys(lags):
        yield ordering.lag(target, lag) - last
    for window in _WINDOWS:
        yield ordering.mean_so_far(target, window) - last


def past_of_classes(target: Floats, ordering: Ordering, season: int | None) -> Iterator[Floats]:
    """The last classes of a series, and the one of a season ago."""
    for lag in dict.fromkeys([1, 2, 3, *([season] if season else [])]):
        yield ordering.lag(target, lag)


def place_in_season(ordering: Ordering, season: int | None) -> Floats | None:
    """Which place of a short season a row has, to be taken as a category."""
    if season is None or season > _SHORT_SEASON:
        return None
    return ordering.back(np.mod(ordering.place, season).astype(np.float64))


def phase(ordering: Ordering, season: int) -> Iterator[Floats]:
    """Where in its season a row is, as sines and cosines."""
    place = ordering.back(ordering.place.astype(np.float64))
    for harmonic in range(1, min(_HARMONICS, season // 2) + 1):
        angle = 2 * np.pi * harmonic * place / season
        yield np.sin(angle)
        yield np.cos(angle)


def last_before(target: Floats, times: Floats) -> Floats:
    """The mean target of the latest earlier moment: what is known where many rows share one."""
    _, place = np.unique(times, return_inverse=True)
    means = np.bincount(place, target) / np.bincount(place)
    return np.concatenate([[np.nan], means[:-1]])[place]
