"""From a sample to a problem: target, inputs, order, what belongs together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ...document.evidence.signal import SplitKind
from ..sample import Sample
from .inputs import Feature, Inputs, Kind, Read, parts_of_moments, read_inputs
from .problem import Problem
from .series import (
    Ordering,
    is_series,
    last_before,
    past_of_classes,
    past_of_numbers,
    phase,
    place_in_season,
    season_of,
)
from .values import Codes, Floats, coded, flat, moments, numbers

LEAST_ROWS = 40
LEAST_OF_A_CLASS = 8
MOST_CLASSES = 50
_LEAST_GROUPS = 5
_TIME_BLOCKS = 60
_MOST_LAGGED_CLASSES = 20


class NothingToMeasure(Exception):
    """Too little is there to score a model; `code` says what is missing."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Later:
    """How many rows of a column of moments are later than the row's own time, and which share of those filled."""

    rows: int
    share: float


@dataclass(frozen=True)
class Prepared:
    """The problem, columns of moments against the rows' own time, and codes of what was left out."""

    problem: Problem
    later: dict[str, Later]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class _Target:
    """Class codes or numbers by row, NaN where a row does not count."""

    values: Floats
    classes: int
    left_out: frozenset[str]


def prepare(sample: Sample, seed: int) -> Prepared:
    """The problem of a sample. Raises NothingToMeasure."""
    if sample.table.num_rows < LEAST_ROWS:
        raise NothingToMeasure("too_few_rows")
    target = _classes_of(sample) if sample.task == "classification" else _numbers_of(sample)
    keep = ~np.isnan(target.values)
    if keep.sum() < LEAST_ROWS:
        raise NothingToMeasure("too_few_rows")
    times = _times_of(sample)
    order = np.flatnonzero(keep)
    if times is not None:
        order = order[np.argsort(np.nan_to_num(times[order], nan=-np.inf), kind="stable")]
    return _ordered(sample, target, times, order, seed)


def _ordered(sample: Sample, target: _Target, times: Floats | None, order: Codes, seed: int) -> Prepared:
    here = None if times is None else np.nan_to_num(times[order], nan=np.nanmin(times) - 1)
    read = read_inputs(sample.table.take(order), _input_names(sample), here, sample.rows_in_source, seed)
    groups = _groups_of(sample, order)
    split = _split(here, groups)
    problem = Problem(
        inputs=read.inputs,
        target=target.values[order],
        classes=target.classes,
        split=split,
        units=_units(split, groups, len(order)),
        row_numbers=sample.row_numbers[order],
        columns=len(read.inputs.names),
        times=here,
        groups=groups,
    )
    problem = _with_past(problem, sample.roles.target) if here is not None else problem
    if here is not None:
        problem = _with_time(problem, here, sample.roles.time)
    if not problem.inputs.names:
        raise NothingToMeasure("no_inputs")
    later = (
        {name: _later(days, here) for name, days in read.moments.items()}
        if here is not None and _is_dated(sample)
        else {}
    )
    return Prepared(problem, later, _left_out(sample, target, read, times, groups))


def _input_names(sample: Sample) -> list[str]:
    roles = sample.roles
    not_inputs = {roles.target, roles.time, roles.group, roles.second_label, *roles.personal}
    return [name for name in sample.table.column_names if name not in not_inputs]


def _left_out(
    sample: Sample, target: _Target, read: Read, times: Floats | None, groups: Codes | None
) -> tuple[str, ...]:
    codes = [*sorted(target.left_out), *sorted(read.left_out)]
    if sample.roles.time and times is None:
        codes.append("time_unreadable")
    if not sample.roles.time and read.moments:
        codes.append("time_not_named")
    if sample.roles.group and groups is not None and len(np.unique(groups)) < _LEAST_GROUPS:
        codes.append("too_few_groups")
    return tuple(codes)


# The target --------------------------------------------------------------------------------------


def _numbers_of(sample: Sample) -> _Target:
    found = numbers(flat(sample.table[sample.roles.target]))
    if found is None:
        raise NothingToMeasure("target_is_no_number")
    filled = found[~np.isnan(found)]
    if len(filled) == 0 or np.ptp(filled) == 0:
        raise NothingToMeasure("constant_target")
    return _Target(found, 0, frozenset())


def _classes_of(sample: Sample) -> _Target:
    codes, texts = coded(flat(sample.table[sample.roles.target]))
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    if len(texts) < 2:
        raise NothingToMeasure("one_class")
    kept = int((counts[:MOST_CLASSES] >= LEAST_OF_A_CLASS).sum())
    if kept < 2:
        raise NothingToMeasure("too_few_of_a_class")
    left_out = frozenset({"rare_classes"}) if kept < len(texts) else frozenset()
    values = np.where((codes < 0) | (codes >= kept), np.nan, codes).astype(np.float64)
    is_other_way = kept == 2 and _counts(sample.roles.positive, texts) == 0
    return _Target(1 - values if is_other_way else values, kept, left_out)


def _counts(named: str, texts: list[str]) -> int:
    """Which of two classes counts: the one that is named, else the rarer one."""
    wanted = named.strip().casefold()
    found = [place for place, text in enumerate(texts[:2]) if wanted and text.strip().casefold() == wanted]
    return found[0] if found else 1


# Time and groups ---------------------------------------------------------------------------------


def _times_of(sample: Sample) -> Floats | None:
    """When each row happened: in days, or as the column counts it."""
    if not sample.roles.time:
        return None
    array = flat(sample.table[sample.roles.time])
    found = moments(array)
    found = numbers(array) if found is None else found
    return None if found is None or np.isnan(found).all() else found


def _is_dated(sample: Sample) -> bool:
    """True where the time of a row is a moment, not a count."""
    return moments(flat(sample.table[sample.roles.time])) is not None


def _later(days: Floats, times: Floats) -> Later:
    """Where rows are dated by days, only the next day is later."""
    slack = 1.0 if np.all(times == np.floor(times)) else 0.0
    later, filled = int((days - times > slack).sum()), int((~np.isnan(days)).sum())
    return Later(later, later / max(filled, 1))


def _groups_of(sample: Sample, order: Codes) -> Codes | None:
    """Whose each row is; rows of nobody are each on their own."""
    if not sample.roles.group:
        return None
    codes = coded(flat(sample.table[sample.roles.group]))[0][order]
    alone = codes < 0
    codes[alone] = codes.max(initial=-1) + 1 + np.arange(alone.sum())
    return codes


def _split(times: Floats | None, groups: Codes | None) -> SplitKind:
    if times is not None and len(np.unique(times)) > _LEAST_GROUPS:
        return "by_time"
    return "by_group" if groups is not None and len(np.unique(groups)) >= _LEAST_GROUPS else "random"


def _units(split: SplitKind, groups: Codes | None, rows: int) -> Codes:
    """What scores are drawn by: groups, stretches of time, or single rows."""
    if groups is not None and len(np.unique(groups)) >= _LEAST_GROUPS:
        return groups
    return np.arange(rows) * _TIME_BLOCKS // rows if split == "by_time" else np.arange(rows)


def _with_time(problem: Problem, times: Floats, name: str) -> Problem:
    """The row's own time as an input: its parts, and but for changes in a series, how long it is since the first row.

    Honest, because what is scored comes later.
    """
    since = [] if problem.offset is not None else [times - times[0]]
    features = [(Kind.NUMBER, each) for each in (*since, *parts_of_moments(times))]
    return replace(problem, inputs=_more(problem.inputs, name, features))


def _more(inputs: Inputs, name: str, features: list[tuple[Kind, Floats]]) -> Inputs:
    """The inputs with those of another column."""
    kept = [Feature(len(inputs.names), kind, values) for kind, values in features if np.nanstd(values) > 0]
    return replace(
        inputs,
        matrix=np.column_stack([inputs.matrix, *(each.values for each in kept)]),
        kinds=(*inputs.kinds, *(each.kind for each in kept)),
        owners=np.append(inputs.owners, [each.owner for each in kept]).astype(np.int64),
        names=(*inputs.names, name) if kept else inputs.names,
    )


# The past of the target --------------------------------------------------------------------------


def _with_past(problem: Problem, name: str) -> Problem:
    """What time alone tells: the last value, that of a season ago; in a series, its past as inputs."""
    assert problem.times is not None
    keys = np.zeros(problem.rows, dtype=np.int64) if problem.groups is None else problem.groups
    if not is_series(problem.times, keys):
        return replace(problem, known={"last_value": last_before(problem.target, problem.times)})
    ordering = Ordering.of(problem.times, keys)
    season = season_of(problem.target, ordering)
    last = ordering.lag(problem.target, 1)
    known = {"last_value": last}
    if season is not None:
        known["seasonal_last_value"] = ordering.lag(problem.target, season)
    if problem.is_regression:
        return _series_of_numbers(problem, ordering, season, known, name)
    if problem.classes > _MOST_LAGGED_CLASSES:
        return replace(problem, known=known)
    features = [(Kind.CATEGORY, each) for each in past_of_classes(problem.target, ordering, season)]
    return replace(problem, known=known, inputs=_more(problem.inputs, name, features))


def _series_of_numbers(
    problem: Problem, ordering: Ordering, season: int | None, known: dict[str, Floats], name: str
) -> Problem:
    """Changes are learned, from how the past differs from the last value."""
    features = [(Kind.NUMBER, each) for each in past_of_numbers(problem.target, ordering, season)]
    place = place_in_season(ordering, season)
    if place is not None:
        features.append((Kind.CATEGORY, place))
    elif season is not None:
        features += [(Kind.NUMBER, each) for each in phase(ordering, season)]
    offset = np.where(
        np.isnan(known["last_value"]), np.mean(problem.target[: len(problem.target) // 3]), known["last_value"]
    )
    return replace(problem, known=known, offset=offset, inputs=_more(problem.inputs, name, features))
