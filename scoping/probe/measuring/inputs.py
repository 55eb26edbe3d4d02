"""The columns of a sample as inputs of models: one matrix of floats, and what each of its columns is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from .texts import is_prose, prose_features
from .values import Codes, Floats, coded, flat, from_least, is_number, is_text, moments, numbers

MOST_CATEGORIES = 40
MOST_INPUTS = 300
"""Columns beyond these are left out of the models."""

_YEAR, _WEEK, _DAY = 365.2425, 7.0, 1.0
_ROUNDS = 3
_NEARLY_ALL = 0.98
_LEAST_FOR_IDENTIFIERS = 30
_NAMED_AS_IDENTIFIER = re.compile(r"(^|[_\W])(id|uuid|guid)$|[a-z](Id|ID)$", re.ASCII)


class Kind(Enum):
    """What a feature is, and so how a model takes it."""

    NUMBER = "number"
    CATEGORY = "category"
    MANY = "many"  # a code of so many values that each has to be learned out of fold


@dataclass(frozen=True)
class Feature:
    """One column of the matrix: which column of the data it comes from, and what it is."""

    owner: int
    kind: Kind
    values: Floats


@dataclass(frozen=True)
class Identifier:
    """A column that names rows. It is no input; whether it predicts is asked apart. Shape: rows x features."""

    name: str
    values: Floats


@dataclass(frozen=True)
class Inputs:
    """What models may use: `matrix` is rows x features; `names` are the columns that features come from."""

    matrix: Floats
    kinds: tuple[Kind, ...]
    owners: NDArray[np.int64]
    names: tuple[str, ...]
    identifiers: tuple[Identifier, ...] = ()
    room: float = 0.0
    """How many rows could be told apart, as a power of two: where it is small, rows repeat by themselves."""

    def features_of(self, name: int) -> NDArray[np.int64]:
        """The features that come from a column."""
        return np.flatnonzero(self.owners == name)

    def of_kind(self, kind: Kind) -> list[int]:
        """The features of a kind."""
        return [place for place, each in enumerate(self.kinds) if each is kind]


@dataclass(frozen=True)
class Read:
    """The inputs, the moments of each column of moments in days, and whether anything had to be left out."""

    inputs: Inputs
    moments: dict[str, Floats]
    left_out: frozenset[str]


def read_inputs(table: pa.Table, names: Sequence[str], time: Floats | None, rows_in_source: int, seed: int) -> Read:
    """Every column of `names` as features. `time` is when each row happened, in days, where that is known."""
    reader = _Reader(time, rows_in_source, seed)
    for name in names[:MOST_INPUTS]:
        reader.add(name, flat(table[name]))
    if len(names) > MOST_INPUTS:
        reader.left_out.add("too_many_columns")
    return reader.result(table.num_rows)


class _Reader:
    """Puts features together, column by column."""

    def __init__(self, time: Floats | None, rows_in_source: int, seed: int) -> None:
        self.time, self.rows, self.seed = time, rows_in_source, seed
        self.features: list[Feature] = []
        self.names: list[str] = []
        self.identifiers: list[Identifier] = []
        self.moments: dict[str, Floats] = {}
        self.left_out: set[str] = set()
        self.room = 0.0

    def add(self, name: str, array: pa.Array) -> None:
        if array.null_count == len(array):
            return
        days = moments(array)
        if days is not None:
            self._take(name, self._of_moments(name, days))
            return
        found = numbers(from_least(array))
        if found is not None:
            self._take_numbers(name, found, is_whole=_is_whole(found))
        elif is_text(array.type):
            self._take_texts(name, array)
        elif not is_number(array.type):
            self.left_out.add("columns_of_other_types")

    def _take(self, name: str, features: Sequence[tuple[Kind, Floats]]) -> None:
        kept = [(kind, values) for kind, values in features if _varies(values)]
        if kept:
            self.features += [Feature(len(self.names), kind, values) for kind, values in kept]
            self.names.append(name)
            self.room += max(_room_of(values) for _, values in kept)

    def _take_numbers(self, name: str, found: Floats, *, is_whole: bool) -> None:
        if is_whole and _numbers_rows(found, self.rows):
            self.identifiers.append(Identifier(name, found[:, None]))
        elif is_whole and is_named_as_identifier(name):
            self._take_many(name, np.unique(found, return_inverse=True)[1].astype(np.int64))
        else:
            self._take(name, [(Kind.NUMBER, found)])

    def _take_texts(self, name: str, array: pa.Array) -> None:
        codes, texts = coded(array)
        filled = int((codes >= 0).sum())
        if is_prose(codes, texts):
            self._take(name, [(Kind.NUMBER, each) for each in prose_features(codes, texts, self.seed)])
        elif len(texts) <= MOST_CATEGORIES:
            self._take(name, [(Kind.CATEGORY, np.where(codes < 0, np.nan, codes).astype(np.float64))])
        elif len(texts) >= _NEARLY_ALL * filled:
            self.identifiers.append(Identifier(name, _shape_of(codes, texts)))
        else:
            self._take_many(name, codes)

    def _take_many(self, name: str, codes: Codes) -> None:
        """A code of many values: what each means is learned out of fold; how frequent it is is a number."""
        missing = codes < 0
        counts = np.bincount(codes[~missing])
        often = np.where(missing, np.nan, np.log1p(counts[np.maximum(codes, 0)]))
        self._take(name, [(Kind.MANY, np.where(missing, np.nan, codes).astype(np.float64)), (Kind.NUMBER, often)])

    def _of_moments(self, name: str, days: Floats) -> list[tuple[Kind, Floats]]:
        """Parts of the year, the week and the day, and the time between columns; never the moment itself.

        Rows near in time are alike: by a random split, the moment itself would tell the answer of its neighbours.
        """
        first = next(iter(self.moments.values()), None) if self.time is None else self.time
        self.moments[name] = days
        between = [] if first is None else [days - first]
        return [(Kind.NUMBER, each) for each in (*parts_of_moments(days), *between)]

    def result(self, rows: int) -> Read:
        columns = [each.values for each in self.features]
        inputs = Inputs(
            np.column_stack(columns) if columns else np.empty((rows, 0)),
            tuple(each.kind for each in self.features),
            np.array([each.owner for each in self.features], dtype=np.int64),
            tuple(self.names),
            tuple(self.identifiers),
            self.room,
        )
        return Read(inputs, self.moments, frozenset(self.left_out))


def parts_of_moments(days: Floats) -> Iterator[Floats]:
    """Where in the year, the week and the day a moment is: as an angle's sine and cosine, and as a number.

    Only of what came round several times: once, it would be but another name of the moment itself.
    """
    span = float(np.nanmax(days) - np.nanmin(days))
    for length in (_YEAR, _WEEK, _DAY):
        if span >= _ROUNDS * length:
            phase = np.mod(days, length) / length
            yield from (phase, np.sin(2 * np.pi * phase), np.cos(2 * np.pi * phase))


def is_named_as_identifier(name: str) -> bool:
    """True where a column is called one: customer_id, patientId."""
    return _NAMED_AS_IDENTIFIER.search(name) is not None


def _varies(values: Floats) -> bool:
    filled = values[~np.isnan(values)]
    return len(filled) > 0 and bool(len(filled) < len(values) or np.ptp(filled) > 0)


def _room_of(values: Floats) -> float:
    """How rarely two rows have the same value by chance, as a power of two: an amount that is mostly zero has little."""
    shares = np.unique(values, return_counts=True)[1] / len(values)
    return float(-np.log2(np.sum(shares**2)))


def _is_whole(values: Floats) -> bool:
    filled = values[~np.isnan(values)]
    return bool(np.all(filled == np.floor(filled)))


def _numbers_rows(values: Floats, rows_in_source: int) -> bool:
    """Whole numbers, each once, that rise with the rows or fill their range: they count rows, and measure nothing."""
    filled = values[~np.isnan(values)]
    if len(filled) < max(_LEAST_FOR_IDENTIFIERS, _NEARLY_ALL * len(values)):
        return False
    if len(np.unique(filled)) < _NEARLY_ALL * len(filled):
        return False
    steps = np.diff(filled)
    is_monotone = bool(np.all(steps > 0) or np.all(steps < 0))
    return is_monotone or float(np.ptp(filled)) <= 2.0 * max(rows_in_source, len(filled))


def _shape_of(codes: Codes, texts: Sequence[str]) -> Floats:
    """What may be seen of a name of a row: its number, its length, its first letters."""
    shapes = np.array([_seen(text) for text in texts], dtype=np.float64)
    return np.where((codes < 0)[:, None], np.nan, shapes[codes])


def _seen(text: str) -> tuple[float, float, float, float]:
    digits = "".join(each for each in text if each in "0123456789")[:15]
    letters = [float(ord(each)) for each in text[:2]]
    first, second = (*letters, np.nan, np.nan)[:2]
    return float(digits) if digits else np.nan, float(len(text)), first, second
