"""What was worked out for all sessions and asked for last: bounded, so that it never fills the memory."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """So many values by their keys; the one that was asked for longest ago goes first.

    Two who ask at once for what is not there may both work it out: the same comes out.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._guard = Lock()
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def __contains__(self, key: Key) -> bool:
        return key in self._values

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: Key) -> Value | None:
        """The value, where it is there."""
        with self._guard:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key]

    def put(self, key: Key, value: Value) -> None:
        """Keep a value, and let go what is too much."""
        with self._guard:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)

    def found(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value; made where it is not there."""
        known = self.get(key)
        if known is None:
            known = make()
            self.put(key, known)
        return known
