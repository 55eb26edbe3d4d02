"""Results that are kept for the next time: who changes one figure of a proposal leaves most of its draws as they were.

A result is found by the content of what it was made from, so it is the same as if it were worked out again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from functools import wraps
from hashlib import blake2b
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import numpy as np

# Drawings of a simulation of ordinary size are kept, the millions of a large one are not.
_LARGEST_ARRAY = 1 << 22
_MOST_BYTES = 48 << 20

Given = ParamSpec("Given")
Result = TypeVar("Result")


class _Shelf:
    """The results in the order of their last use; the oldest go when there are too many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes, self._bytes = most_bytes, 0
        self._kept: OrderedDict[Any, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Any) -> Any:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def put(self, key: Any, result: Any) -> None:
        arrays = list(_arrays(result))
        size = sum(array.nbytes for array in arrays)
        if any(array.nbytes > _LARGEST_ARRAY for array in arrays):
            return
        for array in arrays:
            # Whoever gets it next must find it as it was.
            array.flags.writeable = False
        with self._lock:
            if key not in self._kept:
                self._kept[key] = (result, size)
                self._bytes += size
            while self._bytes > self._most_bytes:
                self._bytes -= self._kept.popitem(last=False)[1][1]

    @property
    def bytes(self) -> int:
        """How much is kept."""
        return self._bytes


SHELF = _Shelf(_MOST_BYTES)


def found_or_made(key: tuple[Any, ...], make: Callable[[], Result]) -> Result:
    """The result that is kept under a key of plain values, which say all that it follows from; otherwise a new one."""
    found = SHELF.get(key)
    if found is None:
        found = make()
        SHELF.put(key, found)
    result: Result = found
    return result


def remembered(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """The function, whose results are kept by the content of its arguments: arrays, lists of them, plain values.

    Its results are arrays, or tuples of arrays and numbers; they must not be changed, and cannot be.
    """

    @wraps(function)
    def recall(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        if any(array.nbytes > _LARGEST_ARRAY for array in _arrays((args, tuple(kwargs.values())))):
            return function(*args, **kwargs)
        key = (function.__qualname__, function.__module__, _content(args), _content(tuple(kwargs.items())))
        return found_or_made(key, lambda: function(*args, **kwargs))

    return recall


def _arrays(given: Any) -> Iterator[np.ndarray[Any, Any]]:
    if isinstance(given, np.ndarray):
        yield given
    elif isinstance(given, (tuple, list)):
        for each in given:
            yield from _arrays(each)


def _content(given: Any) -> Any:
    """What tells one argument from another."""
    if isinstance(given, np.ndarray):
        return given.shape, given.dtype.str, blake2b(np.ascontiguousarray(given).data, digest_size=16).digest()
    if isinstance(given, (tuple, list)):
        return tuple(map(_content, given))
    return given
