"""How far the valuing of many proposals is, and how long it takes still, in words."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from app.choosing.pool import is_being_valued, is_done
from app.choosing.valuing import VALUERS
from db import Listed, Store
from scoping.text.languages import counted, message

_USUAL = 0.3
"""So many seconds one usually takes, before it is known how long they take here."""
_MINUTE, _STEP = 60, 10


class Progress:
    """Of some proposals; it asks no database, so that it can be looked at every second."""

    def __init__(self, store: Store, rows: Mapping[str, Listed]) -> None:
        self._store, self._rows = store, rows
        self._done, self.many = is_done(store, rows), len(rows)

    @property
    def done(self) -> int:
        """How many are valued."""
        return self._done()

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to wait for. What others asked for since may have pushed out what was found."""
        return self.done >= self.many or not is_being_valued(self._store, self._rows)

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return self.done / max(self.many, 1)

    def told(self) -> str:
        """How many are done, and about how long the others take, once that is known."""
        left = VALUERS.seconds_for(self.many - self.done)
        numbers = {"done": str(self.done), "many": str(self.many)}
        if left is None:
            return message("Valuing the proposals: {done} of {many}", **numbers)
        return message("Valuing the proposals: {done} of {many}, {time} to go", time=about(left), **numbers)


def usual_time(many: int) -> str:
    """About how long so many take, before anything is known of them."""
    return about(many * _USUAL)


def about(seconds: float) -> str:
    """A time that nobody should take too exactly."""
    if seconds < _MINUTE - _STEP / 2:
        tens = max(ceil(seconds / _STEP), 1) * _STEP
        return counted("about {count} second", "about {count} seconds", tens)
    return counted("about {count} minute", "about {count} minutes", ceil(seconds / _MINUTE))
