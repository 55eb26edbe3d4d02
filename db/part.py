"""What the parts of the Store have in common: who acts, how they read and write, and what time it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy.orm import Session

from .gate import Gate

Transaction = Callable[[], AbstractContextManager[Session]]


class Part:
    """A part of the Store for one person. `reading` and `writing` begin a transaction."""

    def __init__(self, gate: Gate, reading: Transaction, writing: Transaction, now: Callable[[], datetime]) -> None:
        self._gate = gate
        self._reading = reading
        self._writing = writing
        self._now = now
