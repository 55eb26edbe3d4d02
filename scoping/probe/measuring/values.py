"""Arrow columns as NumPy arrays: numbers, texts as codes, moments in days."""

from __future__ import annotations

from contextlib import suppress

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

LARGEST = 1e15
_SECONDS_A_DAY = 86_400.0
_MICROSECONDS = 1e6
_FORMATS = ("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d", "%d-%m-%Y", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M")
# So much of a text column has to be numbers, or moments, before it is read as such.
_MOSTLY = 0.95


def flat(column: pa.ChunkedArray) -> pa.Array:
    """One array without dictionaries."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(array, pa.ChunkedArray):
        array = array.chunk(0) if array.num_chunks else pa.array([], array.type)
    return array.dictionary_decode() if pa.types.is_dictionary(array.type) else array


def is_text(kind: pa.DataType) -> bool:
    """Texts of any width."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def is_number(kind: pa.DataType) -> bool:
    """Integers, floats and decimals."""
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def is_moment(kind: pa.DataType) -> bool:
    """Dates and timestamps."""
    return bool(pa.types.is_date(kind) or pa.types.is_timestamp(kind))


def numbers(array: pa.Array) -> Floats | None:
    """Floats with NaN where nothing, or nothing finite, is; None where the column is not of numbers."""
    kind = array.type
    if is_text(kind):
        return _numbers_in_text(array)
    if pa.types.is_duration(kind):
        return _tamed(pc.cast(array, pa.int64()).cast(pa.float64(), safe=False))
    if is_number(kind) or pa.types.is_boolean(kind):
        return _tamed(array.cast(pa.float64(), safe=False))
    return None


def from_least(array: pa.Array) -> pa.Array:
    """Whole numbers too large for a float's digits, counted from the least of them; others as they are."""
    if not pa.types.is_integer(array.type) or array.null_count == len(array):
        return array
    least, most = (each.as_py() for each in pc.min_max(array).values())
    if max(abs(least), abs(most)) <= LARGEST:
        return array
    if most - least <= LARGEST:
        return pc.subtract(array, pa.scalar(least, array.type))
    scale = LARGEST / (most - least)
    return pc.multiply(pc.subtract(array.cast(pa.float64(), safe=False), float(least)), scale)


def _tamed(array: pa.Array) -> Floats:
    found = np.array(array.to_numpy(zero_copy_only=False), dtype=np.float64)
    found[~np.isfinite(found)] = np.nan
    return np.clip(found, -LARGEST, LARGEST)


def _numbers_in_text(array: pa.Array) -> Floats | None:
    """Numbers that stand in a text column, where nearly all of it is numbers."""
    codes, texts = coded(array)
    read = np.array([_number(text) for text in texts], dtype=np.float64)
    found = np.where(codes < 0, np.nan, read[codes] if len(read) else np.nan)
    filled = int((codes >= 0).sum())
    return np.clip(found, -LARGEST, LARGEST) if filled and np.isfinite(found).sum() >= _MOSTLY * filled else None


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return np.nan
    return value if np.isfinite(value) else np.nan


def moments(array: pa.Array) -> Floats | None:
    """Days since 1970, NaN where nothing can be read; None where the column is not of moments."""
    if is_moment(array.type):
        return _days(array)
    return _moments_in_text(array) if is_text(array.type) else None


def _days(array: pa.Array) -> Floats:
    stamps = array.cast(pa.timestamp("us"), safe=False) if not pa.types.is_timestamp(array.type) else array
    whole = stamps.cast(pa.timestamp("us", tz=stamps.type.tz), safe=False).cast(pa.int64())
    seconds = np.array(whole.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), dtype=np.float64)
    return seconds / _MICROSECONDS / _SECONDS_A_DAY


def _moments_in_text(array: pa.Array) -> Floats | None:
    filled = len(array) - array.null_count
    for stamps in _readings(array):
        if filled and len(stamps) - stamps.null_count >= _MOSTLY * filled:
            return _days(stamps)
    return None


def _readings(array: pa.Array) -> list[pa.Array]:
    """The text read as moments, in each way in which it can be."""
    texts = array.cast(pa.string())
    readings = []
    with suppress(pa.ArrowInvalid):
        readings.append(pc.cast(texts, pa.timestamp("us")))
    for form in _FORMATS:
        readings.append(pc.strptime(texts, format=form, unit="us", error_is_null=True))
    return readings


def coded(array: pa.Array) -> tuple[Codes, list[str]]:
    """Codes of different values, the most frequent first, -1 where nothing is; and the values as texts."""
    texts = pc.cast(array, pa.string()) if not is_text(array.type) else array.cast(pa.string())
    encoded = pc.dictionary_encode(texts)
    raw = np.array(pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    counts = np.bincount(raw[raw >= 0], minlength=len(encoded.dictionary))
    order = np.argsort(-counts, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    values = encoded.dictionary.to_pylist()
    codes = np.where(raw < 0, -1, rank[raw]) if len(rank) else raw
    return codes, [values[each] for each in order]
